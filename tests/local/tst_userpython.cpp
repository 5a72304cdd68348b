// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/userpython.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling::local;
using namespace Qt::StringLiterals;

/// A Python of the user's own, played by shell scripts.
class TestUserPython final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void aFolderMeansTheInterpreterInIt()
    {
        const QTemporaryDir folder;
        const QString venv = folder.path();
        QCOMPARE(interpreterIn(venv), venv + u"/bin/python"_s);
        QVERIFY(QDir(venv).mkpath(u"bin"_s));
        program(venv + u"/bin/python"_s, "");
        QCOMPARE(interpreterIn(venv), venv + u"/bin/python"_s);
        program(venv + u"/bin/python3"_s, "");
        QCOMPARE(interpreterIn(venv), venv + u"/bin/python3"_s);
        QCOMPARE(interpreterIn(u"/usr/bin/python3"_s), u"/usr/bin/python3"_s);
        QCOMPARE(interpreterIn(u"python3.12"_s), u"python3.12"_s);
    }

    void tellsWhyAPythonDoesNotFit_data()
    {
        QTest::addColumn<QByteArray>("python");
        QTest::addColumn<QString>("spark");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("words");
        const QByteArray good = "\necho loaded\n";
        QTest::newRow("fits") << QByteArray("echo 3.12.4" + good) << u"4.1.4"_s << QString() << QString();
        QTest::newRow("the oldest") << QByteArray("echo 3.10.0" + good) << u"4.1.4"_s << QString() << QString();
        QTest::newRow("too old") << QByteArray("echo 3.9.18" + good) << u"4.1.4"_s << u"wrong-python"_s << u" is Python 3.9.18; Spark 4.1.4 needs 3.10 or later."_s;
        QTest::newRow("old Spark") << QByteArray("echo 3.8.1" + good) << u"3.4.4"_s << QString() << QString();
        QTest::newRow("another Spark") << QByteArray("echo 3.6.1" + good) << u"5.0.0"_s << QString() << QString();
        QTest::newRow("Python 2") << QByteArray("echo 2.7.18\nexit 1\n") << u"3.5.6"_s << u"wrong-python"_s << u"needs 3.8 or later"_s;
        QTest::newRow("cannot load it") << QByteArray("echo 3.13.0\necho 'Traceback'\necho \"ModuleNotFoundError: No module named 'distutils'\"\nexit 1\n")
                                        << u"3.4.4"_s << u"wrong-python"_s << u"Spark 3.4.4 does not work with it: ModuleNotFoundError: No module named 'distutils'"_s;
        QTest::newRow("another program") << QByteArray("echo hello\n") << u"4.1.4"_s << u"missing-python"_s << u"does not run as Python. hello"_s;
        QTest::newRow("silent") << QByteArray("exit 0\n") << u"4.1.4"_s << u"missing-python"_s << u"does not run as Python."_s;
        QTest::newRow("cut short") << QByteArray("echo 3.13.0\n") << u"4.1.4"_s << u"wrong-python"_s << u"does not work with it"_s;
    }
    void tellsWhyAPythonDoesNotFit()
    {
        QFETCH(QByteArray, python);
        QFETCH(QString, spark);
        QFETCH(QString, code);
        QFETCH(QString, words);
        const QTemporaryDir folder;
        program(folder.filePath(u"python"_s), python);
        const auto problem = problemOfPython(folder.filePath(u"python"_s), location(folder.path(), spark));
        QCOMPARE(problem ? problem->code : QString(), code);
        if (problem)
            QVERIFY2(problem->text.contains(words), qPrintable(problem->text));
    }

    void whatIsNotThereDoesNotRun()
    {
        const auto problem = problemOfPython(u"/nowhere/python"_s, location(u"/nowhere"_s, u"4.1.4"_s));
        QVERIFY(problem && problem->code == u"missing-python");
    }

    void itGetsSparksOwnPythonPart()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(u"python/lib"_s));
        for (const QString& name : { u"/python/lib/pyspark.zip"_s, u"/python/lib/py4j-0.10-src.zip"_s })
            program(folder.path() + name, "");
        program(folder.filePath(u"python3"_s), "echo 3.12.1\necho \"$PYTHONPATH\"\nexit 1\n");
        SparkLocation spark = location(folder.path(), u"4.1.4"_s);
        spark.environment.insert(u"PYTHONPATH"_s, u"/mine"_s);
        const auto problem = problemOfPython(folder.filePath(u"python3"_s), spark);
        const QString lib = folder.path() + u"/python/lib/"_s;
        QVERIFY(problem && problem->text.endsWith(lib + u"py4j-0.10-src.zip:"_s + lib + u"pyspark.zip:/mine"_s));
    }

private:
    static SparkLocation location(const QString& home, const QString& version)
    {
        return { u"/bin/sh"_s, home, version, QProcessEnvironment::systemEnvironment() };
    }
    static void program(const QString& path, const QByteArray& script)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script);
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
    }
};

KINDLING_TEST(TestUserPython)
#include "tst_userpython.moc"
