// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// The real program with real Spark: one session for all cases but the last two, which end servers.
class TestLocalSpark final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<KindlingServer>();
        m_server->startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        const auto made = m_server->ask("POST", u"/sessions"_s, R"({"name":"live","conf":{"livy.rsc.sql.num-rows":"7"}})");
        QCOMPARE(made.status, 201);
        QCOMPARE(made.json[u"state"], u"starting"_s);
        QCOMPARE(m_server->ask("POST", u"/sessions/0/statements"_s, R"({"code":"1","kind":"sql"})").status, 500);
        QCOMPARE(m_server->waitForState(u"/sessions/0/state"_s, { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        if (!m_server || m_server->process.state() != QProcess::Running)
            QSKIP("The server is not running.");
    }

    void tellsWhatItIs()
    {
        const auto version = m_server->ask("GET", u"/version"_s).json;
        QCOMPARE(version[u"version"], u"0.9.0-incubating"_s);
        QVERIFY(!version[u"sparkVersion"].toString().isEmpty());
        QVERIFY(m_server->ask("GET", u"/sessions/live"_s).json[u"appId"].toString().startsWith(u"local-"));
    }

    void runsPython_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("text");
        QTest::newRow("expression") << u"1+1"_s << u"2"_s;
        QTest::newRow("print and value") << u"print('hi')\n'é☃'"_s << u"hi\n'é☃'"_s;
        QTest::newRow("stderr last") << u"import sys\nprint('e', file=sys.stderr)\nprint('o')"_s << u"o\ne"_s;
        QTest::newRow("trailing loop") << u"for j in range(2):\n  j"_s << u"0\n1"_s;
        QTest::newRow("nothing") << u""_s << u""_s;
        QTest::newRow("worker") << u"sc.parallelize([1,2]).map(lambda x: x*2).sum()"_s << u"6"_s;
        QTest::newRow("streams") << u"import sys\nsys.stdin is None or sys.stdin.read()"_s << u"''"_s;
    }
    void runsPython()
    {
        QFETCH(QString, code);
        const QJsonValue output = m_server->run(0, u"pyspark"_s, code)[u"output"];
        QCOMPARE(output[u"status"], u"ok"_s);
        QTEST(output[u"data"][u"text/plain"].toString(), "text");
    }

    void tellsOfPythonErrorsFromTheUsersOwnFrameOn()
    {
        const QJsonValue output = m_server->run(0, u"pyspark"_s, u"def g():\n    raise ValueError('deep')\n\ng()"_s)[u"output"];
        QCOMPARE(output[u"status"], u"error"_s);
        QCOMPARE(output[u"ename"], u"ValueError"_s);
        QCOMPARE(output[u"evalue"], u"deep"_s);
        const QStringList traceback = output[u"traceback"].toVariant().toStringList();
        QCOMPARE(traceback, QStringList({ u"Traceback (most recent call last):\n"_s, u"  File \"<stdin>\", line 4, in <module>\n    g()\n"_s,
            u"  File \"<stdin>\", line 2, in g\n    raise ValueError('deep')\n"_s, u"ValueError: deep\n"_s }));
        QCOMPARE(m_server->run(0, u"pyspark"_s, u"def f(:"_s)[u"output"][u"ename"], u"SyntaxError"_s);
        QCOMPARE(m_server->run(0, u"pyspark"_s, u"%nope x"_s)[u"output"][u"ename"], u"UnknownMagic"_s);
    }

    void allKindsShareOneSession()
    {
        m_server->run(0, u"pyspark"_s, u"spark.range(9).selectExpr('id', 'id * 2 x').createOrReplaceTempView('t')"_s);
        const QJsonValue rows = m_server->run(0, u"sql"_s, u"select * from t order by id"_s)[u"output"][u"data"][u"application/json"];
        QCOMPARE(rows[u"data"].toArray().size(), 7);
        QCOMPARE(rows[u"data"][2], QJsonArray({ 2, 4 }));
        QCOMPARE(rows[u"schema"][u"fields"][1][u"type"], u"long"_s);
        const QJsonValue scala = m_server->run(0, u"spark"_s, u"println(\"out\")\nspark.table(\"t\")\n  .count"_s)[u"output"];
        QCOMPARE(scala[u"status"], u"ok"_s);
        const QString text = scala[u"data"][u"text/plain"].toString();
        QVERIFY2(text.contains(u"out\n") && text.contains(u": Long = 9\n"), qPrintable(text));
    }

    void sqlKeepsDigitsFractionsAndNesting()
    {
        const QJsonValue row = m_server->run(0, u"sql"_s,
            u"select 9223372036854775807 a, timestamp'2024-01-02 03:04:05.123456' b, named_struct('x', 1) c, "
            "double('nan') d, X'61ff' e, cast(null as string) f, interval 1 month g, map('k', 1) h"_s)[u"output"][u"data"][u"application/json"][u"data"][0];
        QCOMPARE(row[0].toInteger(), 9223372036854775807LL);
        QVERIFY(QRegularExpression(u"^2024-01-0\\dT.*\\.123456Z$"_s).match(row[1].toString()).hasMatch());
        QCOMPARE(row[2][u"x"], 1);
        QCOMPARE(row[3], u"NaN"_s);
        QVERIFY(row[5].isNull());
        QCOMPARE(row[4], QJsonArray({ 97, -1 }));
        QCOMPARE(row[6], u"INTERVAL '1' MONTH"_s);
        QCOMPARE(row[7][u"k"], 1);
        const QJsonValue failed = m_server->run(0, u"sql"_s, u"selec 1"_s)[u"output"];
        QCOMPARE(failed[u"ename"], u"Error"_s);
        QVERIFY(failed[u"evalue"].toString().contains(u"PARSE_SYNTAX_ERROR"));
        QVERIFY(failed[u"traceback"].toArray().size() > 1);
    }

    void scalaErrorsNameTheMistake()
    {
        const QJsonValue wrong = m_server->run(0, u"spark"_s, u"val y: Int = \"a\""_s)[u"output"];
        QCOMPARE(wrong[u"ename"], u"Error"_s);
        QVERIFY(wrong[u"evalue"].toString().contains(u"error: type mismatch"));
        QCOMPARE(m_server->run(0, u"spark"_s, u"val z = ("_s)[u"output"][u"evalue"], u"incomplete statement"_s);
        QCOMPARE(m_server->run(0, u"sparkr"_s, u"1"_s)[u"output"][u"ename"], u"InterpreterError"_s);
    }

    void completesScala()
    {
        const auto found = m_server->ask("POST", u"/sessions/0/completion"_s, R"({"code":"spark.ra","kind":"spark","cursor":8})");
        QCOMPARE(found.status, 200);
        QVERIFY(found.json[u"candidates"].toArray().contains(u"range"_s));
    }

    void magicsGiveTablesJsonAndPictures()
    {
        const QJsonValue table = m_server->run(0, u"pyspark"_s, u"rows = [{'name': 'a', 'n': 1}, {'name': None, 'n': 2}]\n%table rows"_s)
            [u"output"][u"data"][u"application/vnd.livy.table.v1+json"];
        QCOMPARE(table[u"headers"][0][u"name"], u"n"_s);
        QCOMPARE(table[u"headers"][1][u"type"], u"STRING_TYPE"_s);
        QCOMPARE(table[u"data"], QJsonArray({ QJsonArray{ 1, u"a"_s }, QJsonArray{ 2, QJsonValue() } }));
        const QJsonValue json = m_server->run(0, u"pyspark"_s, u"j = {'a': [1, 2]}\n%json j"_s)[u"output"][u"data"];
        QCOMPARE(json[u"application/json"][u"a"], QJsonArray({ 1, 2 }));
        const QJsonValue picture = m_server->run(0, u"pyspark"_s, u"import matplotlib.pyplot as plt\nplt.plot([1, 2])\n%matplot plt"_s);
        const QByteArray png = QByteArray::fromBase64(picture[u"output"][u"data"][u"image/png"].toString().toLatin1());
        QVERIFY2(png.startsWith("\x89PNG"), QJsonDocument(picture.toObject()).toJson().left(600).constData());
        QCOMPARE(m_server->run(0, u"pyspark"_s, u"bad = [[1], ['x']]\n%table bad"_s)[u"output"][u"ename"], u"ValueError"_s);
    }

    void cancelsWhatRuns_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("Python sleep") << u"pyspark"_s << u"import time\ntime.sleep(100)"_s;
        QTest::newRow("Python job") << u"pyspark"_s << u"import time\nsc.parallelize(range(4), 4).map(lambda x: time.sleep(100)).count()"_s;
        QTest::newRow("Scala sleep") << u"spark"_s << u"Thread.sleep(100000)"_s;
        QTest::newRow("SQL") << u"sql"_s << u"select count(*) from range(10000000) a join range(1000000) b on a.id % 3 = b.id % 3"_s;
    }
    void cancelsWhatRuns()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        const QByteArray body = QJsonDocument(QJsonObject{ { u"code"_s, code }, { u"kind"_s, kind } }).toJson();
        const int id = m_server->ask("POST", u"/sessions/0/statements"_s, body).json[u"id"].toInt();
        const QString path = u"/sessions/0/statements/%1"_s.arg(id);
        QCOMPARE(m_server->waitForState(path, { u"running"_s }, 20), u"running"_s);
        QCOMPARE(m_server->ask("POST", path + u"/cancel"_s).json[u"msg"], u"canceled"_s);
        QCOMPARE(m_server->waitForState(path, { u"cancelled"_s, u"available"_s }, 20), u"cancelled"_s);
        QCOMPARE(m_server->ask("GET", path).json[u"output"][u"status"], u"error"_s);
        QCOMPARE(m_server->run(0, kind, kind == u"sql" ? u"select 2"_s : u"1 + 1"_s)[u"output"][u"status"], u"ok"_s);
    }

    void keepsACancelThatComesAtOnce()
    {
        for (const QString& kind : { u"pyspark"_s, u"spark"_s, u"pyspark"_s, u"spark"_s, u"pyspark"_s, u"pyspark"_s }) {
            const QString code = kind == u"spark" ? u"Thread.sleep(100000)"_s : u"import time\ntime.sleep(100)"_s;
            const QByteArray body = QJsonDocument(QJsonObject{ { u"code"_s, code }, { u"kind"_s, kind } }).toJson();
            const int id = m_server->ask("POST", u"/sessions/0/statements"_s, body).json[u"id"].toInt();
            const QString path = u"/sessions/0/statements/%1"_s.arg(id);
            m_server->ask("POST", path + u"/cancel"_s);
            QCOMPARE(m_server->waitForState(path, { u"cancelled"_s, u"available"_s }, 30), u"cancelled"_s);
        }
        QCOMPARE(m_server->run(0, u"pyspark"_s, u"1 + 1"_s)[u"output"][u"status"], u"ok"_s);
    }

    void pythonMayDieAlone()
    {
        const QJsonValue died = m_server->run(0, u"pyspark"_s, u"import os, signal; os.kill(os.getpid(), 9)"_s);
        QVERIFY(died[u"output"][u"evalue"].toString().startsWith(u"Interpreter died:"));
        QCOMPARE(m_server->ask("GET", u"/sessions/0/state"_s).json[u"state"], u"error"_s);
        QCOMPARE(m_server->run(0, u"pyspark"_s, u"1"_s)[u"output"][u"evalue"], u"Interpreter died:\n"_s);
        QCOMPARE(m_server->run(0, u"sql"_s, u"select count(*) from t"_s)[u"output"][u"data"][u"application/json"][u"data"][0][0], 9);
        QCOMPARE(m_server->ask("GET", u"/sessions/0/state"_s).json[u"state"], u"idle"_s);
    }

    void aDeletedSessionTakesItsProcessesAlong()
    {
        const QList<qint64> processes = descendantsOf(m_server->pid());
        QVERIFY(processes.size() >= 2);
        QCOMPARE(m_server->ask("DELETE", u"/sessions/0"_s).json[u"msg"], u"deleted"_s);
        QCOMPARE(m_server->ask("GET", u"/sessions/0"_s).status, 404);
        expectEndOf(processes);
    }

    void batchesSucceedAndFail()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"job.py"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("import sys\nfrom pyspark.sql import SparkSession\nprint('args', sys.argv[1:])\n"
                   "if sys.argv[1] == 'fail': sys.exit(3)\n"
                   "print('count', SparkSession.builder.getOrCreate().range(5).count())\n");
        file.close();
        const auto submit = [&](const QString& argument) {
            const QJsonObject body{ { u"file"_s, file.fileName() }, { u"args"_s, QJsonArray{ argument } } };
            return m_server->ask("POST", u"/batches"_s, QJsonDocument(body).toJson()).json[u"id"].toInt(-1);
        };
        const int failing = submit(u"fail"_s);
        const int good = submit(u"good"_s);
        const QStringList ends{ u"success"_s, u"dead"_s, u"killed"_s };
        QCOMPARE(m_server->waitForState(u"/batches/%1/state"_s.arg(failing), ends, 120), u"dead"_s);
        QCOMPARE(m_server->waitForState(u"/batches/%1/state"_s.arg(good), ends, 120), u"success"_s);
        const QStringList log = m_server->ask("GET", u"/batches/%1/log?size=-1"_s.arg(good)).json[u"log"].toVariant().toStringList();
        QVERIFY(log.contains(u"args ['good']"_s));
        QVERIFY(log.contains(u"count 5"_s));
    }

    void aSessionWhoseJvmEndsIsDeadAndItsLogSaysWhy()
    {
        const auto made = m_server->ask("POST", u"/sessions"_s,
            R"({"kind":"spark","conf":{"spark.ui.enabled":false,"spark.pyspark.python":"/nowhere/python3"}})");
        const int session = made.json[u"id"].toInt();
        const QString path = u"/sessions/%1"_s.arg(session);
        QCOMPARE(m_server->waitForState(path, { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
        const QJsonValue noPython = m_server->run(session, u"pyspark"_s, u"1"_s)[u"output"];
        QCOMPARE(noPython[u"evalue"], u"Fail to start interpreter"_s);
        QVERIFY(noPython[u"traceback"][0].toString().contains(u"/nowhere/python3 does not start"));
        QVERIFY(m_server->ask("GET", path).json[u"appInfo"][u"sparkUiUrl"].isNull());
        m_server->ask("POST", path + u"/statements"_s, R"x({"code":"System.exit(5)"})x");
        QCOMPARE(m_server->waitForState(path, { u"dead"_s }, 60), u"dead"_s);
        QCOMPARE(m_server->ask("GET", path + u"/statements"_s).status, 400);
        const QStringList log = m_server->ask("GET", path + u"/log?size=-1"_s).json[u"log"].toVariant().toStringList();
        QVERIFY2(log.join(u'\n').contains(u"exit code 5"), qPrintable(log.join(u'\n')));
    }

    void aSessionThatCannotStartIsDeadAndItsLogSaysWhy()
    {
        const auto made = m_server->ask("POST", u"/sessions"_s, R"({"driverMemory":"1x"})");
        const QString path = u"/sessions/%1"_s.arg(made.json[u"id"].toInt());
        QCOMPARE(m_server->waitForState(path, { u"dead"_s }, 60), u"dead"_s);
        const QStringList log = m_server->ask("GET", path + u"/log?size=-1"_s).json[u"log"].toVariant().toStringList();
        QVERIFY2(log.join(u'\n').contains(u"1x"), qPrintable(log.join(u'\n')));
    }

    void endsWithAllItsChildrenOnSigterm()
    {
        m_server->ask("POST", u"/sessions"_s, "{}");
        QTRY_VERIFY_WITH_TIMEOUT(descendantsOf(m_server->pid()).size() >= 2, 30'000);
        const QList<qint64> processes = descendantsOf(m_server->pid());
        m_server->process.terminate();
        QVERIFY(m_server->process.waitForFinished(endPatienceMs));
        QCOMPARE(m_server->process.exitCode(), 0);
        expectEndOf(processes);
    }

private:
    std::unique_ptr<KindlingServer> m_server;
};

/// How servers begin and end.
class TestServeProcess final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wantsATokenAndKeepsItPrivate()
    {
        KindlingServer server;
        server.startOrSkip({});
        if (QTest::currentTestResolved())
            return;
        QCOMPARE(server.ask("GET", u"/version"_s).status, 401);
        QVERIFY(server.tokenLine.startsWith(u"Token: /"));
        QFile file(server.tokenLine.mid(7));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
        QCOMPARE(file.readAll().trimmed().size(), 64);
        const QUrl taken = server.url;
        KindlingServer second;
        QVERIFY(!second.start({ u"--port"_s, QString::number(taken.port()) }));
        QCOMPARE(second.process.exitCode(), 3);
        QVERIFY(second.problem.startsWith(u"kindling: error: port-taken: "));
        server.process.terminate();
        QVERIFY(server.process.waitForFinished(endPatienceMs));
        QVERIFY(!file.exists());
    }

    void warnsWhereNoTokenIsAskedFor()
    {
        KindlingServer server;
        server.startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        QByteArray said = server.problem.toUtf8();
        QTRY_VERIFY_WITH_TIMEOUT((said += server.process.readAllStandardError()).contains("without a token every program on this machine can run code as you"), 30'000);
        QCOMPARE(server.ask("GET", u"/version"_s).status, 200);
    }

    void takesTheTokenOfAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"kept.token"_s);
        QByteArray token;
        for (int start = 0; start < 2; ++start) {
            KindlingServer server;
            server.startOrSkip({ u"--token-file"_s, path });
            if (QTest::currentTestResolved())
                return;
            QCOMPARE(server.tokenLine, u"Token: "_s + path);
            QCOMPARE(server.ask("GET", u"/version"_s).status, 401);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray found = file.readAll().trimmed();
            QVERIFY(token.isEmpty() || found == token);
            token = found;
            server.url.setUserInfo(u"anybody:"_s + QString::fromLatin1(token));
            QCOMPARE(server.ask("GET", u"/version"_s).status, 200);
            server.process.terminate();
            QVERIFY(server.process.waitForFinished(endPatienceMs));
            QVERIFY(file.exists());
        }
        QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | QFileDevice::ReadOther));
        KindlingServer careless;
        QVERIFY(!careless.start({ u"--token-file"_s, path }));
        QCOMPARE(careless.process.exitCode(), 3);
        QVERIFY2(careless.problem.startsWith(u"kindling: error: token-file: "), qPrintable(careless.problem));
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("code");
        QTest::newRow("python") << u"KINDLING_PYTHON"_s << u"/nowhere/python3"_s << u"missing-python"_s;
        QTest::newRow("the user's python") << u"PYSPARK_PYTHON"_s << u"/nowhere/python3"_s << u"missing-python"_s;
        QTest::newRow("java") << u"JAVA_HOME"_s << u"/nowhere"_s << u"missing-java"_s;
        QTest::newRow("spark") << u"SPARK_HOME"_s << u"/nowhere"_s << u"missing-pyspark"_s;
        QTest::newRow("folder") << u"XDG_CACHE_HOME"_s << u"/proc"_s << u"no-space"_s;
    }
    void saysWhatIsMissing()
    {
        QFETCH(QString, variable);
        QFETCH(QString, value);
        QFETCH(QString, code);
        KindlingServer server;
        server.startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        server.process.kill();
        server.process.waitForFinished();
        KindlingServer broken;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        // Another cache folder would hide the Python that was fetched, where that is the one in use.
        const QString fetched = cachePath(u"spark-venv/bin/python"_s);
        if (variable == u"XDG_CACHE_HOME" && environment.value(u"KINDLING_PYTHON"_s).isEmpty() && QFile::exists(fetched))
            environment.insert(u"KINDLING_PYTHON"_s, fetched);
        environment.insert(variable, value);
        broken.process.setProcessEnvironment(environment);
        QVERIFY(!broken.start({ u"--no-token"_s }));
        QCOMPARE(broken.process.exitCode(), 3);
        QVERIFY2(broken.problem.startsWith(u"kindling: error: "_s + code + u": "), qPrintable(broken.problem));
    }

    void refusesWrongArguments_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no port") << QStringList{ u"--port"_s, u"99999"_s };
        QTest::newRow("a token and none") << QStringList{ u"--no-token"_s, u"--token-file"_s, u"/tmp/x"_s };
        QTest::newRow("no name") << QStringList{ u"--token-file"_s };
    }
    void refusesWrongArguments()
    {
        QFETCH(QStringList, arguments);
        KindlingServer server;
        QVERIFY(!server.start(arguments));
        QCOMPARE(server.process.exitCode(), 2);
    }

    void endsWithItsParentAndTakesAllChildrenAlong()
    {
        QProcess parent;
        parent.start(u"sh"_s, { u"-c"_s, QStringLiteral(KINDLING_BINARY) + u" serve --no-token --with-parent & echo $!; wait"_s });
        QVERIFY(parent.waitForStarted());
        QByteArray said;
        for (int tries = 0; tries < 180 && said.count('\n') < 3; ++tries) {
            if (!parent.waitForReadyRead(1000) && parent.state() == QProcess::NotRunning)
                break;
            said += parent.readAllStandardOutput();
        }
        const QByteArray problem = parent.readAllStandardError();
        if (problem.contains("error: missing-"))
            QSKIP(qPrintable(u"No Spark on this machine: "_s + QString::fromUtf8(problem)));
        QVERIFY2(said.contains("Listening"), problem.constData());
        const QList<QByteArray> lines = said.split('\n');
        const qint64 pid = lines.at(0).toLongLong();
        KindlingServer client;
        client.url = QUrl(QString::fromUtf8(lines.at(1)).section(u' ', 2));
        QCOMPARE(client.ask("POST", u"/sessions"_s, "{}").status, 201);
        QTRY_VERIFY_WITH_TIMEOUT(descendantsOf(pid).size() >= 2, 30'000);
        const QList<qint64> processes = descendantsOf(pid) + QList<qint64>{ pid };
        parent.kill();
        parent.waitForFinished();
        expectEndOf(processes);
    }
};

KINDLING_TEST(TestLocalSpark)
KINDLING_TEST(TestServeProcess)
#include "tst_localspark.moc"
