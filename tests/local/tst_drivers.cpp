// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/sparkbatch.h"
#include "app/local/sparkinterpreter.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

/// The processes of drivers and batches, with shell scripts in the place of Python.
class TestDrivers final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
    }
    void cleanup() { m_driver.reset(); }

    void speaksWithItsSupervisor()
    {
        start("read start\n"
              "echo 'ready 0 {\"appId\":\"a\",\"uiUrl\":null,\"sparkVersion\":\"4\"}'\n"
              "read request\n"
              "echo 'progress 3 0.25'\necho 'log 0 \"out \\u00e9\"'\necho 'err' >&2\n"
              "echo 'candidates 9 [\"x\",\"y\"]'\n"
              "echo 'done 3 {\"n\":12345678901234567890.5}'\necho 'died 4 {}'\n"
              "printf 'last words' >&2\n");
        QSignalSpy ready(m_driver.get(), &Interpreter::becameReady);
        QSignalSpy finished(m_driver.get(), &Interpreter::finished);
        QSignalSpy progressed(m_driver.get(), &Interpreter::progressed);
        QSignalSpy completed(m_driver.get(), &Interpreter::completed);
        QSignalSpy ended(m_driver.get(), &Interpreter::ended);
        QTRY_COMPARE(ready.count(), 1);
        QCOMPARE(ready[0][0].value<DriverInfo>().appId, u"a"_s);
        QVERIFY(ready[0][0].value<DriverInfo>().uiUrl.isNull());
        m_driver->execute(3, u"sql"_s, u"select 1"_s);
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(finished.count(), 2);
        QCOMPARE(finished[0][1].toByteArray(), QByteArray("{\"n\":12345678901234567890.5}"));
        QCOMPARE(finished[0][2].toBool(), false);
        QCOMPARE(finished[1][2].toBool(), true);
        QCOMPARE(progressed[0][1].toDouble(), 0.25);
        QCOMPARE(completed[0][1].toStringList(), QStringList({ u"x"_s, u"y"_s }));
        QVERIFY(m_log.contains(u"out é"_s));
        QVERIFY(m_log.contains(u"err"_s));
        QVERIFY(m_log.contains(u"last words"_s));
    }

    void tellsItsSupervisorWhatToAdd()
    {
        start("read start\necho 'ready 0 {}'\nread one\necho \"log 0 $(printf %s \"$one\" | sed 's/\"/\\\\\"/g; s/.*/\"&\"/')\"\n"
              "echo 'added 4 {\"error\": null}'\necho 'added 5 {\"error\": \"java.x.Y: why\"}'\nread two\n");
        QSignalSpy added(m_driver.get(), &Interpreter::added);
        QSignalSpy ready(m_driver.get(), &Interpreter::becameReady);
        QTRY_COMPARE(ready.count(), 1);
        m_driver->addUpload(4, ResourceKind::PyFile, { u"mod.py"_s, "x = 1\n" });
        QTRY_COMPARE(added.count(), 2);
        QVERIFY(added[0][1].toString().isNull());
        QCOMPARE(added[1][0].toInt(), 5);
        QCOMPARE(added[1][1].toString(), u"java.x.Y: why"_s);
        const QString kept = m_folder->filePath(u"own/uploads/4/mod.py"_s);
        QCOMPARE(m_log.first(), u"{\"id\":4,\"op\":\"add_pyfile\",\"path\":\"%1\"}"_s.arg(kept));
        QFile file(kept);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("x = 1\n"));
        m_driver->add(6, ResourceKind::Jar, u"/nowhere/none.jar"_s);
        m_clock->advance(std::chrono::milliseconds(1));
        QCOMPARE(added[2][1].toString(), u"java.io.FileNotFoundException: File file:/nowhere/none.jar does not exist"_s);
    }

    void survivesAGarbledSupervisor()
    {
        start("printf 'nonsense\\n\\n   \\ndone\\nready 0 {broken\\nprogress x y\\nlog 0\\nunknown 1 {}\\n'\nprintf 'done 1 {\"cut'\n");
        QSignalSpy ended(m_driver.get(), &Interpreter::ended);
        QTRY_COMPARE(ended.count(), 1);
    }

    void killsAGroupThatDoesNotEnd()
    {
        start("trap '' TERM\necho 'ready 0 {}'\nsleep 600 &\necho \"log 0 \\\"$!\\\"\"\nwait\nwhile true; do sleep 600; done\n");
        QSignalSpy ended(m_driver.get(), &Interpreter::ended);
        QTRY_VERIFY(!m_log.isEmpty());
        m_driver->stop();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(ended.count(), 0);
        m_clock->advance(std::chrono::seconds(6));
        QTRY_COMPARE(ended.count(), 1);
        const QString child = u"/proc/"_s + m_log.first();
        QTRY_VERIFY(!QFile::exists(child + u"/exe"_s) || QFile::symLinkTarget(child + u"/exe"_s).isEmpty());
    }

    void stoppingBeforeItIsReadyEndsItAtOnce()
    {
        start("sleep 600\n");
        QSignalSpy ended(m_driver.get(), &Interpreter::ended);
        m_driver->stop();
        QTRY_COMPARE(ended.count(), 1);
    }

    void aProgramThatIsMissingEndsTheDriverWithTheReason()
    {
        m_python = u"/nowhere/python"_s;
        start("");
        m_python = u"/bin/sh"_s;
        QTRY_VERIFY(!m_log.isEmpty());
    }

    void theSessionsFolderGoesWithTheDriver()
    {
        start("sleep 600\n");
        const QString own = m_folder->filePath(u"own"_s);
        QTRY_VERIFY(QFile::exists(own + u"/classes"_s));
        m_driver.reset();
        QVERIFY(!QFile::exists(own));
    }

    void aBatchLogsBothStreamsAndTellsItsExitCode()
    {
        const QString guard = write("echo out\necho err >&2\nprintf rest\nexit 4\n");
        SparkBatch batch(0, { .resources = {}, .file = u"/f.py"_s, .className = {}, .args = {} }, location(), guard, *m_clock);
        QStringList log;
        connect(&batch, &BatchProcess::logged, this, [&log](const QString& line) { log.append(line); });
        QSignalSpy started(&batch, &BatchProcess::started);
        QSignalSpy ended(&batch, &BatchProcess::ended);
        m_clock->advance(std::chrono::milliseconds(1));
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(started.count(), 1);
        QCOMPARE(log, QStringList({ u"out"_s, u"err"_s, u"rest"_s }));
        QCOMPARE(ended[0][0].toInt(), 4);
        QCOMPARE(ended[0][1].toBool(), false);
    }

    void aBatchIsKilledAlsoBeforeItStarted_data()
    {
        QTest::addColumn<bool>("isStarted");
        QTest::newRow("running") << true;
        QTest::newRow("not started") << false;
    }
    void aBatchIsKilledAlsoBeforeItStarted()
    {
        QFETCH(bool, isStarted);
        SparkBatch batch(0, {}, location(), write("sleep 600\n"), *m_clock);
        QSignalSpy started(&batch, &BatchProcess::started);
        QSignalSpy ended(&batch, &BatchProcess::ended);
        if (isStarted) {
            m_clock->advance(std::chrono::milliseconds(1));
            QTRY_COMPARE(started.count(), 1);
        }
        batch.kill();
        m_clock->advance(std::chrono::milliseconds(1)); // its start was due
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(ended[0][1].toBool(), true);
        QCOMPARE(started.count(), isStarted ? 1 : 0);
    }

    void findsSparkOrTellsWhatIsMissing_data()
    {
        QTest::addColumn<QByteArray>("python");
        QTest::addColumn<QByteArray>("java");
        QTest::addColumn<QString>("problem");
        const QByteArray java = "echo 'openjdk version \"21.0.1\"' >&2\n";
        QTest::newRow("all there") << QByteArray("SPARK") << java << QString();
        QTest::newRow("no pyspark") << QByteArray("exit 0\n") << java << u"missing-pyspark"_s;
        QTest::newRow("no spark-submit") << QByteArray("echo /nowhere\necho 4\n") << java << u"missing-pyspark"_s;
        QTest::newRow("python fails") << QByteArray("exit 1\n") << java << u"missing-python"_s;
        QTest::newRow("java fails") << QByteArray("SPARK") << QByteArray("exit 1\n") << u"missing-java"_s;
        QTest::newRow("java is old") << QByteArray("SPARK") << QByteArray("echo 'java version \"1.8.0_1\"'\n") << u"missing-java"_s;
    }
    void findsSparkOrTellsWhatIsMissing()
    {
        QFETCH(QByteArray, python);
        QFETCH(QByteArray, java);
        QFETCH(QString, problem);
        const QString spark = m_folder->filePath(u"spark"_s);
        QVERIFY(QDir().mkpath(spark + u"/bin"_s));
        QVERIFY(QDir().mkpath(m_folder->filePath(u"java/bin"_s)));
        program(spark + u"/bin/spark-submit"_s, "exit 0\n");
        python.replace("SPARK", QByteArray("echo " + spark.toUtf8() + "\necho 4.1.4\n"));
        program(m_folder->filePath(u"python"_s), python);
        program(m_folder->filePath(u"java/bin/java"_s), java);
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
        environment.insert(u"KINDLING_PYTHON"_s, m_folder->filePath(u"python"_s));
        environment.insert(u"JAVA_HOME"_s, m_folder->filePath(u"java"_s));
        environment.insert(u"PYSPARK_GATEWAY_PORT"_s, u"1"_s);
        const auto found = locateSpark(environment);
        QCOMPARE(found ? QString() : found.error().code, problem);
        if (!found)
            return;
        QCOMPARE(found->sparkVersion, u"4.1.4"_s);
        QCOMPARE(found->environment.value(u"SPARK_HOME"_s), spark);
        QCOMPARE(found->environment.value(u"SPARK_LOCAL_IP"_s), u"127.0.0.1"_s);
        QVERIFY(!found->environment.contains(u"PYSPARK_GATEWAY_PORT"_s));
    }

    void aSparkOfTheUsersOwnBringsItsPythonPart_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("pythonPath");
        const QString py4j = u"SPARK/python/lib/py4j-0.10.9-src.zip"_s;
        QTest::newRow("as Apache packs it") << QStringList{ u"python/pyspark/version.py"_s, u"python/lib/pyspark.zip"_s, u"python/lib/py4j-0.10.9-src.zip"_s }
                                            << u"SPARK/python:"_s + py4j;
        QTest::newRow("from the Python registry") << QStringList{ u"python/lib/pyspark.zip"_s, u"python/lib/py4j-0.10.9-src.zip"_s }
                                                  << u"SPARK/python/lib/pyspark.zip:"_s + py4j;
    }
    void aSparkOfTheUsersOwnBringsItsPythonPart()
    {
        QFETCH(QStringList, files);
        QFETCH(QString, pythonPath);
        const QString spark = m_folder->filePath(u"spark"_s);
        for (const QString& name : files + QStringList{ u"bin/spark-submit"_s }) {
            QVERIFY(QDir().mkpath(QFileInfo(spark + u'/' + name).path()));
            program(spark + u'/' + name, "exit 0\n");
        }
        QVERIFY(QDir().mkpath(m_folder->filePath(u"java/bin"_s)));
        program(m_folder->filePath(u"java/bin/java"_s), "echo 'openjdk version \"21.0.1\"' >&2\n");
        program(m_folder->filePath(u"python"_s), "echo \"$PYTHONPATH\"\necho 3.5.6\n");
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
        environment.insert(u"KINDLING_PYTHON"_s, m_folder->filePath(u"python"_s));
        environment.insert(u"JAVA_HOME"_s, m_folder->filePath(u"java"_s));
        environment.insert(u"SPARK_HOME"_s, spark);
        const auto found = locateSpark(environment);
        QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().text));
        QCOMPARE(found->environment.value(u"PYTHONPATH"_s), pythonPath.replace(u"SPARK"_s, spark));
        QCOMPARE(found->sparkHome, spark);
    }

    void theSessionChoosesThePythonOfItsCodeElseTheServer_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("python");
        QTest::newRow("none") << u"spark.x"_s << u"/servers"_s;
        QTest::newRow("Spark's setting") << u"spark.pyspark.python"_s << u"/mine"_s;
        QTest::newRow("the driver's") << u"spark.pyspark.driver.python"_s << u"/mine"_s;
    }
    void theSessionChoosesThePythonOfItsCodeElseTheServer()
    {
        QFETCH(QString, key);
        QFETCH(QString, python);
        SparkLocation place = location();
        place.userPython = u"/servers"_s;
        SessionRequest request;
        request.resources.conf.insert(key, u"/mine"_s);
        const QString script = write("read -r line; echo \"log 0 \\\"$(echo \"$line\" | sed 's/.*\"python\":\"\\([^\"]*\\)\".*/\\1/')\\\"\"\n");
        SparkInterpreter driver(0, request, { place, script, m_folder->filePath(u"own"_s) }, *m_clock);
        connect(&driver, &Interpreter::logged, this, [this](LogSection, const QString& line) { m_log.append(line); });
        m_clock->advance(std::chrono::milliseconds(1));
        QTRY_VERIFY_WITH_TIMEOUT(m_log.contains(python), 30'000);
    }

private:
    QString write(const QByteArray& script)
    {
        const QString path = m_folder->filePath(u"script.sh"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(script);
        return path;
    }
    static void program(const QString& path, const QByteArray& script)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script);
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
    }
    SparkLocation location() const
    {
        return { m_python, u"/nowhere"_s, u"4"_s, QProcessEnvironment::systemEnvironment() };
    }
    void start(const QByteArray& script)
    {
        m_log.clear();
        const SparkInterpreter::Setup setup{ location(), write(script), m_folder->filePath(u"own"_s) };
        m_driver = std::make_unique<SparkInterpreter>(0, SessionRequest{}, setup, *m_clock);
        connect(m_driver.get(), &Interpreter::logged, this,
            [this](LogSection, const QString& line) { m_log.append(line); });
        m_clock->advance(std::chrono::milliseconds(1));
    }

    QString m_python = u"/bin/sh"_s;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<SparkInterpreter> m_driver;
    QStringList m_log;
};

KINDLING_TEST(TestDrivers)
#include "tst_drivers.moc"
