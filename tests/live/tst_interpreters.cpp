// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// What the interpreters of one real session answer; the cases share it and run in order.
class TestInterpreters final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<KindlingServer>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SPARKR_DRIVER_R"_s, u"/nowhere/R"_s);
        m_server->process.setProcessEnvironment(environment);
        m_server->startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        QCOMPARE(m_server->ask("POST", u"/sessions"_s, R"({"conf":{"livy.rsc.sql.num-rows":"7"}})").status, 201);
        QCOMPARE(m_server->waitForState(u"/sessions/0/state"_s, { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
    }
    void cleanupTestCase() { m_server.reset(); }
    void init()
    {
        if (!m_server || m_server->process.state() != QProcess::Running)
            QSKIP("The server is not running.");
    }

    void shows_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("text");
        const QString python = u"pyspark"_s;
        const QString scala = u"spark"_s;
        QTest::newRow("await") << python << u"import asyncio\nasync def q(x):\n    await asyncio.sleep(0.01)\n    return x\nawait q(7)"_s << u"7"_s;
        QTest::newRow("warning") << python << u"import warnings\nwarnings.warn('careful')\n3"_s
                                 << u"3\n<stdin>:2: UserWarning: careful\n  warnings.warn('careful')"_s;
        QTest::newRow("a logger set up earlier") << python << u"import logging\nlogging.warning('one')"_s << u"WARNING:root:one"_s;
        QTest::newRow("the same logger later") << python << u"logging.warning('two')"_s << u"WARNING:root:two"_s;
        QTest::newRow("own Spark for programs") << python << u"import os\nos.environ.get('PYSPARK_GATEWAY_PORT')"_s << u""_s;
        QTest::newRow("data frame") << python << u"spark.range(3)"_s << u"DataFrame[id: bigint]"_s;
        QTest::newRow("comment") << scala << u"// nothing"_s << u""_s;
        QTest::newRow("chain") << scala << u"Seq(1, 2)\n  .map(_ + 1)\n  // between\n  .sum"_s << u"val res0: Int = 5\n"_s;
        QTest::newRow("case class") << scala << u"case class P(a: Int)\nval ps = Seq(P(1)).toDS.map(p => p.copy(a = p.a + 1)).collect().toList"_s
                                    << u"class P\nval ps: List[P] = List(P(2))\n"_s;
        QTest::newRow("printed") << scala << u"println(\"a\"); print(\"b\"); System.out.println(\"é\")"_s << u"a\nbé\n"_s;
    }
    void shows()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        QFETCH(QString, text);
        const QJsonValue output = run(kind, code)[u"output"];
        QString shown = output[u"data"][u"text/plain"].toString();
        shown.remove(QRegularExpression(u"^warning: .*\\n"_s, QRegularExpression::MultilineOption));
        QCOMPARE(shown, text);
    }

    void tellsMistakes_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const QString python = u"pyspark"_s;
        QTest::newRow("input") << python << u"input('x? ')"_s << u"EOFError"_s << u"no keyboard"_s;
        QTest::newRow("exit") << python << u"exit()"_s << u"SystemExit"_s << u"None"_s;
        QTest::newRow("%table of mixed types") << python << u"t = [{'a': 1}, {'a': 'x'}]\n%table t"_s << u"ValueError"_s << u"column 'a'"_s;
        QTest::newRow("%json of no number") << python << u"j = float('nan')\n%json j"_s << u"ValueError"_s << u"JSON compliant"_s;
        QTest::newRow("%json of a set") << python << u"j = {1}\n%json j"_s << u"TypeError"_s << u"serializable"_s;
        QTest::newRow("%table of nothing") << python << u"%table"_s << u"ValueError"_s << u"name of a variable"_s;
        QTest::newRow("%matplot of nothing") << python << u"%matplot nope"_s << u"KeyError"_s << u"'nope'"_s;
        QTest::newRow("unknown magic") << python << u"%nope x"_s << u"UnknownMagic"_s << u"unknown magic command 'nope'"_s;
        QTest::newRow("worker") << python << u"sc.parallelize([1]).map(lambda x: 1/0).collect()"_s << u"Py4JJavaError"_s << u"ZeroDivisionError"_s;
        QTest::newRow("half a pair in front of it") << python << u"print('\\ud83d')\n1/0"_s << u"ZeroDivisionError"_s << u"division"_s;
        QTest::newRow("script") << u"sql"_s << u"select 1; select ';'"_s << u"Error"_s << u"holds 2 SQL statements"_s;
        QTest::newRow("Scala's line") << u"spark"_s << u"val a = 1\n\nval b = {\n  1 +\n  nope\n}"_s << u"Error"_s
                                      << u"<console>:5: error: not found: value nope"_s;
        QTest::newRow("Scala's exception") << u"spark"_s << u"val a = 1\n1 / 0"_s << u"Error"_s << u"java.lang.ArithmeticException: / by zero"_s;
        QTest::newRow("no R") << u"sparkr"_s << u"1"_s << u"InterpreterError"_s << u"Fail to start interpreter"_s;
    }
    void tellsMistakes()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        QFETCH(QString, name);
        QFETCH(QString, value);
        const QJsonValue output = run(kind, code)[u"output"];
        QCOMPARE(output[u"status"], u"error"_s);
        QCOMPARE(output[u"ename"], name);
        QVERIFY2(output[u"evalue"].toString().contains(value), qPrintable(output[u"evalue"].toString()));
        QCOMPARE(stateOf(), u"idle"_s);
    }

    void richValuesOfferHtmlAndPictures()
    {
        const QJsonValue frame = run(u"pyspark"_s, u"import pandas as pd\npd.DataFrame({'a': [1]})"_s)[u"output"][u"data"];
        QVERIFY(frame[u"text/html"].toString().contains(u"<table"));
        QCOMPARE(frame[u"text/plain"], u"   a\n0  1"_s);
        const QJsonValue figure = run(u"pyspark"_s, u"import matplotlib.pyplot as plt\nplt.figure()"_s)[u"output"][u"data"];
        QVERIFY(QByteArray::fromBase64(figure[u"image/png"].toString().toLatin1()).startsWith("\x89PNG"));
    }

    void sqlValuesLoseNothing_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("json");
        QTest::newRow("decimal") << u"cast('12345678901234567890.123456789012345678' as decimal(38,18))"_s << u"12345678901234567890.123456789012345678"_s;
        QTest::newRow("long") << u"9223372036854775807"_s << u"9223372036854775807"_s;
        QTest::newRow("timestamp") << u"timestamp'2024-01-02 03:04:05.123456 UTC'"_s << u"\"2024-01-02T03:04:05.123456Z\""_s;
        QTest::newRow("a late year") << u"timestamp'12000-01-01 00:00:00 UTC'"_s << u"\"+12000-01-01T00:00:00Z\""_s;
        QTest::newRow("the last of Python's microseconds") << u"timestamp'9999-12-31 23:59:59.999999 UTC'"_s << u"\"9999-12-31T23:59:59.999999Z\""_s;
        QTest::newRow("an early year") << u"timestamp'0001-01-01 00:00:00.000001 UTC'"_s << u"\"0001-01-01T00:00:00.000001Z\""_s;
        QTest::newRow("nested timestamps")
            << u"named_struct('a', array(named_struct('a', timestamp'9999-12-31 23:59:59.999999 UTC', 'b', date'2024-01-02'), null), "
               "'m', map(timestamp'2024-01-02 00:00:00 UTC', array(timestamp'9999-12-31 23:59:59.999999 UTC', null)))"_s
            << u"{\"a\":[{\"a\":\"9999-12-31T23:59:59.999999Z\",\"b\":\"2024-01-02\"},null],"
               "\"m\":{\"2024-01-02T00:00:00Z\":[\"9999-12-31T23:59:59.999999Z\",null]}}"_s;
        QTest::newRow("timestamp_ntz") << u"timestamp_ntz'2024-01-02 03:04:05.5'"_s << u"\"2024-01-02T03:04:05.5\""_s;
        QTest::newRow("date") << u"date'1500-02-28'"_s << u"\"1500-02-28\""_s;
        QTest::newRow("interval") << u"interval '1 02:03:04.5' day to second"_s << u"\"INTERVAL '1 02:03:04.5' DAY TO SECOND\""_s;
        QTest::newRow("months") << u"interval '1-2' year to month"_s << u"\"INTERVAL '1-2' YEAR TO MONTH\""_s;
        QTest::newRow("nested") << u"named_struct('d', array(named_struct('x', 1.50BD, 't', date'2024-01-02')), 'm', map(1, interval 1 day))"_s
                                << u"{\"d\":[{\"x\":1.50,\"t\":\"2024-01-02\"}],\"m\":{\"1\":\"INTERVAL '1' DAY\"}}"_s;
        QTest::newRow("a name twice") << u"named_struct('a', 1, 'a', 'x')"_s << u"[1,\"x\"]"_s;
        QTest::newRow("binary") << u"X'61ff'"_s << u"[97,-1]"_s;
        QTest::newRow("not a number") << u"double('NaN')"_s << u"\"NaN\""_s;
        QTest::newRow("infinity") << u"float('-Infinity')"_s << u"\"-Infinity\""_s;
        QTest::newRow("void") << u"null"_s << u"null"_s;
        QTest::newRow("array key") << u"map(array(1), 2)"_s << u"{\"[1]\":2}"_s;
    }
    void sqlValuesLoseNothing()
    {
        QFETCH(QString, expression);
        QFETCH(QString, json);
        const QJsonValue statement = run(u"sql"_s, u"select %1 v, 1 v"_s.arg(expression));
        const QByteArray raw = m_server->raw(u"/sessions/0/statements/%1"_s.arg(statement[u"id"].toInt()));
        const QByteArray row = "\"data\":[[" + json.toUtf8() + ",1]]";
        QVERIFY2(raw.contains(row), raw.constData());
    }

    void scalaMagicsLoseNothing()
    {
        const QJsonValue statement = run(u"spark"_s, u"val exact = Seq(BigDecimal(\"12345678901234567890.123456789012345678\"))\n%json exact"_s);
        const QByteArray raw = m_server->raw(u"/sessions/0/statements/%1"_s.arg(statement[u"id"].toInt()));
        QVERIFY2(raw.contains("[12345678901234567890.123456789012345678]"), raw.constData());
    }

    void hugeOutputIsCutAndSaysSo()
    {
        const QString text = run(u"pyspark"_s, u"print('x' * 50_000_000)\n'end'"_s)[u"output"][u"data"][u"text/plain"].toString();
        QVERIFY(text.size() < 8'100'000);
        QVERIFY(text.contains(u"characters left out"));
        QVERIFY(text.endsWith(u"\n'end'"));
    }

    void outputIsSeenWhileTheStatementRuns_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("Python") << u"pyspark"_s << u"import time\nprint('first', flush=True)\ntime.sleep(600)"_s;
        QTest::newRow("Scala") << u"spark"_s << u"println(\"first\")\nThread.sleep(600000)"_s;
    }
    void outputIsSeenWhileTheStatementRuns()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        const QString path = post(kind, code);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->ask("GET", path).json[u"output"][u"data"][u"text/plain"], u"first\n"_s, 30'000);
        QCOMPARE(m_server->ask("GET", path).json[u"state"], u"running"_s);
        m_server->ask("POST", path + u"/cancel"_s);
        QCOMPARE(m_server->waitForState(path, { u"cancelled"_s }, 30), u"cancelled"_s);
        QCOMPARE(m_server->ask("GET", path).json[u"output"][u"status"], u"error"_s);
    }

    void sqlTellsHowFarItIs()
    {
        run(u"pyspark"_s, u"import time\nspark.udf.register('slowly', lambda x: time.sleep(0.6) or x, 'long')"_s);
        const QString path = post(u"sql"_s, u"select count(slowly(id)) from range(0, 8, 1, 8)"_s);
        QList<double> seen;
        const auto hasEnded = [&] {
            const QJsonValue statement = m_server->ask("GET", path).json;
            if (seen.isEmpty() || seen.last() != statement[u"progress"].toDouble())
                seen += statement[u"progress"].toDouble();
            return statement[u"state"] == u"available"_s;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), 60'000);
        QCOMPARE(m_server->ask("GET", path).json[u"output"][u"data"][u"application/json"][u"data"][0][0], 8);
        QVERIFY(std::ranges::any_of(seen, [](double value) { return value > 0 && value < 1; }));
        QCOMPARE(seen.last(), 1.0);
    }

    void aResultThatNoClientCouldReadIsCutAndSaysSo()
    {
        const QJsonValue rows = run(u"sql"_s, u"select repeat('x', 10000000) from range(7)"_s)[u"output"][u"data"];
        QCOMPARE(rows[u"application/json"][u"data"].toArray().size(), 3);
        QVERIFY(rows[u"text/plain"].toString().contains(u"Only 3 of these 7 rows are shown"));
        const QJsonValue json = run(u"pyspark"_s, u"j = ['x' * 10_000_000] * 4\n%json j"_s)[u"output"];
        QCOMPARE(json[u"ename"], u"ResultTooLarge"_s);
        QVERIFY(json[u"evalue"].toString().contains(u"32 MiB at most"));
    }

    void completesEveryKind_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("candidate");
        QTest::newRow("Python") << u"pyspark"_s << u"spark.ra"_s << u"range"_s;
        QTest::newRow("Python column") << u"pyspark"_s << u"people['per"_s << u"person_id"_s;
        QTest::newRow("SQL keyword") << u"sql"_s << u"sele"_s << u"select"_s;
        QTest::newRow("SQL view") << u"sql"_s << u"select * from peop"_s << u"people"_s;
        QTest::newRow("SQL column") << u"sql"_s << u"select * from people p where p.pers"_s << u"person_id"_s;
        QTest::newRow("Scala") << u"spark"_s << u"\"a\".toUpp"_s << u"toUpperCase"_s;
    }
    void completesEveryKind()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        QFETCH(QString, candidate);
        run(u"pyspark"_s, u"people = spark.range(3).withColumnRenamed('id', 'person_id')\npeople.createOrReplaceTempView('people')"_s);
        const QJsonObject body{ { u"code"_s, code }, { u"kind"_s, kind }, { u"cursor"_s, code.size() } };
        const auto answer = m_server->ask("POST", u"/sessions/0/completion"_s, QJsonDocument(body).toJson());
        QVERIFY2(answer.json[u"candidates"].toArray().contains(candidate), QJsonDocument(answer.json.toObject()).toJson().constData());
    }

    void filesAndModulesReachTheSession()
    {
        QTemporaryDir folder;
        const QString module = write(folder, u"kindling_live_module.py"_s, "X = 41\n");
        QCOMPARE(add(u"pyfile"_s, module), 200);
        QCOMPARE(add(u"file"_s, write(folder, u"live.txt"_s, "hello")), 200);
        QCOMPARE(add(u"file"_s, u"/nowhere/at/all"_s), 500);
        QCOMPARE(text(u"import kindling_live_module as m\nm.X + sc.parallelize([1]).map(lambda x: __import__('kindling_live_module').X).sum()"_s), u"82"_s);
        QCOMPARE(text(u"from pyspark import SparkFiles\nopen(SparkFiles.get('live.txt')).read()"_s), u"'hello'"_s);
    }

    void cancelsAtOnceWhatWouldRunForMinutes_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("Python loop") << u"pyspark"_s << u"print('on')\nwhile True: pass"_s;
        QTest::newRow("Python await") << u"pyspark"_s << u"import asyncio\nprint('on')\nawait asyncio.sleep(600)"_s;
        QTest::newRow("Python program") << u"pyspark"_s << u"import subprocess\nprint('on')\nsubprocess.run(['sleep', '600'])"_s;
        QTest::newRow("Scala sleep") << u"spark"_s << u"println(\"on\"); Thread.sleep(600000)"_s;
        QTest::newRow("Scala job") << u"spark"_s << u"println(\"on\"); sc.parallelize(1 to 4, 4).map(x => { Thread.sleep(600000); x }).count"_s;
    }
    void cancelsAtOnceWhatWouldRunForMinutes()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        // Others may be at work on this machine: the best of three counts.
        qint64 best = 30'000;
        for (int attempt = 0; attempt < 3 && best > 1'000; ++attempt) {
            const QString path = post(kind, code);
            QTRY_VERIFY_WITH_TIMEOUT(!m_server->ask("GET", path).json[u"output"].isNull(), 60'000);
            QElapsedTimer timer;
            timer.start();
            m_server->ask("POST", path + u"/cancel"_s);
            QCOMPARE(m_server->waitForState(path, { u"cancelled"_s }, 30), u"cancelled"_s);
            best = std::min(best, timer.elapsed());
        }
        qInfo("cancelled after %lld ms", best);
        QVERIFY2(best <= 1'000, "That took longer than a second.");
        QCOMPARE(run(kind, u"1 + 1"_s)[u"output"][u"status"], u"ok"_s);
    }

    void aRestartedPythonFindsTheViews()
    {
        run(u"pyspark"_s, u"spark.range(9).createOrReplaceTempView('kept')\ngone = 1"_s);
        const QJsonValue died = run(u"pyspark"_s,
            u"import os, signal, time\nos.system('sleep 600 &')\nif os.fork() == 0:\n    time.sleep(600)\n"
            "os.kill(os.getpid(), signal.SIGKILL)"_s)[u"output"];
        QVERIFY2(died[u"evalue"].toString().contains(u"SIGKILL"), qPrintable(died[u"evalue"].toString()));
        QCOMPARE(stateOf(), u"error"_s);
        QCOMPARE(m_server->ask("POST", u"/sessions/0/restart-python"_s).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"idle"_s, 60'000);
        QCOMPARE(text(u"spark.table('kept').count()"_s), u"9"_s);
        QCOMPARE(run(u"pyspark"_s, u"gone"_s)[u"output"][u"ename"], u"NameError"_s);
        QCOMPARE(text(u"import kindling_live_module\nkindling_live_module.X"_s), u"41"_s);
    }

    void pythonKilledFromOutsideIsNoticedAndTheRestGoesOn()
    {
        const qint64 python = text(u"import os\nos.getpid()"_s).toLongLong();
        QVERIFY(python > 1);
        QProcess::execute(u"kill"_s, { u"-9"_s, QString::number(python) });
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"error"_s, 30'000);
        QCOMPARE(run(u"sql"_s, u"select count(*) from kept"_s)[u"output"][u"data"][u"application/json"][u"data"][0][0], 9);
        QCOMPARE(run(u"spark"_s, u"spark.table(\"kept\").count"_s)[u"output"][u"status"], u"ok"_s);
        const QString log = m_server->ask("GET", u"/sessions/0/log?size=-1"_s).json[u"log"].toVariant().toStringList().join(u'\n');
        QVERIFY2(log.contains(u"ended by signal SIGKILL"), qPrintable(log));
    }

    void aScalaLoopThatNothingInterruptsIsSaidSo()
    {
        const QString path = post(u"spark"_s, u"println(\"on\"); while (true) {}"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_server->ask("GET", path).json[u"output"].isNull(), 60'000);
        m_server->ask("POST", path + u"/cancel"_s);
        // An older Java can stop it, and then it has ended.
        const auto isTold = [&] {
            const QJsonValue output = m_server->ask("GET", path).json[u"output"];
            return output[u"status"] == u"error"_s || output[u"data"][u"text/plain"].toString().contains(u"it runs on");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isTold(), 40'000);
    }

private:
    QJsonValue run(const QString& kind, const QString& code) { return m_server->run(0, kind, code); }
    QString text(const QString& python) { return run(u"pyspark"_s, python)[u"output"][u"data"][u"text/plain"].toString(); }
    QString stateOf() { return m_server->ask("GET", u"/sessions/0/state"_s).json[u"state"].toString(); }
    QString post(const QString& kind, const QString& code)
    {
        const QByteArray body = QJsonDocument(QJsonObject{ { u"code"_s, code }, { u"kind"_s, kind } }).toJson();
        return u"/sessions/0/statements/%1"_s.arg(m_server->ask("POST", u"/sessions/0/statements"_s, body).json[u"id"].toInt());
    }
    int add(const QString& what, const QString& path)
    {
        return m_server->ask("POST", u"/sessions/0/add-"_s + what, QJsonDocument(QJsonObject{ { u"uri"_s, path } }).toJson()).status;
    }
    static QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& content)
    {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName();
    }

    std::unique_ptr<KindlingServer> m_server;
};

KINDLING_TEST(TestInterpreters)
#include "tst_interpreters.moc"
