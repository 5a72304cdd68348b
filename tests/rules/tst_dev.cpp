// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// `./dev` in a tree of its own on a machine that is played: a Debian without network whose user is nobody special.
class TestDev final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsOnlyForWhatTheCommandNeeds_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("lacking");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<QString>("says");
        QTest::newRow("build without Spark") << u"build"_s << u""_s << true << u"going on without Spark"_s;
        QTest::newRow("setup without Spark") << u"setup"_s << u""_s << false << u"Spark could not be fetched"_s;
        QTest::newRow("run without Spark") << u"run"_s << u""_s << false << u"Spark could not be fetched"_s;
        QTest::newRow("build without Maven") << u"build"_s << u"maven"_s << true << u"are missing: maven"_s;
        QTest::newRow("build without CMake") << u"build"_s << u"cmake"_s << false << u"an administrator has to run this"_s;
    }
    void endsOnlyForWhatTheCommandNeeds()
    {
        QFETCH(QString, command);
        QFETCH(QString, lacking);
        QFETCH(bool, goesOn);
        QFETCH(QString, says);
        const QTemporaryDir tree;
        play(tree, lacking);
        if (QTest::currentTestFailed())
            return;
        QProcess dev;
        dev.setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"SPARK_HOME"_s);
        environment.insert(u"PATH"_s, tree.filePath(u"bin:"_s) + environment.value(u"PATH"_s));
        environment.insert(u"HOME"_s, tree.path());
        dev.setProcessEnvironment(environment);
        dev.start(u"sh"_s, { tree.filePath(u"dev"_s), command });
        QVERIFY(dev.waitForFinished(60'000));
        const QByteArray said = dev.readAll();
        QVERIFY2((dev.exitCode() == 0) == goesOn, said.constData());
        QVERIFY2(said.contains("CMake was called") == goesOn, said.constData());
        QVERIFY2(said.contains(says.toUtf8()), said.constData());
    }

private:
    static void play(const QTemporaryDir& tree, const QString& lacking)
    {
        QVERIFY(QDir(tree.path()).mkpath(u"bin"_s) && QDir(tree.path()).mkpath(u"resources/local"_s));
        QVERIFY(QFile::copy(QStringLiteral(KINDLING_SOURCE_DIR "/dev"), tree.filePath(u"dev"_s)));
        write(tree.filePath(u"resources/local/fetch-spark.sh"_s), "exit 3");
        write(tree.filePath(u"bin/dpkg-query"_s),
            "case $3 in *Status*) [ \"$4\" = '" + lacking.toUtf8() + "' ] || echo installed ;; *) echo 6.8.2 ;; esac");
        write(tree.filePath(u"bin/dpkg"_s), "exit 0");
        write(tree.filePath(u"bin/cmake"_s), "echo CMake was called");
        write(tree.filePath(u"bin/id"_s), "echo 1000");
        write(tree.filePath(u"bin/sudo"_s), "exit 1");
    }
    static void write(const QString& path, const QByteArray& script)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script + '\n');
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
};

KINDLING_TEST(TestDev)
#include "tst_dev.moc"
