// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// The user's own R in a session with real Spark; skipped where no R with SparkR is. The cases share the session and run in order.
class TestSparkR final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QProcess r;
        r.start(u"R"_s, { u"--no-echo"_s, u"-e"_s, u"suppressMessages(library(SparkR))"_s });
        if (!r.waitForFinished(60'000) || r.exitStatus() != QProcess::NormalExit || r.exitCode() != 0)
            QSKIP("There is no R with SparkR in its library on this machine.");
        m_server = std::make_unique<KindlingServer>();
        m_server->startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        QCOMPARE(m_server->ask("POST", u"/sessions"_s, R"({"kind":"sparkr"})").status, 201);
        QCOMPARE(m_server->waitForState(u"/sessions/0/state"_s, { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
    }
    void cleanupTestCase()
    {
        if (!m_server)
            return;
        m_server->process.terminate();
        m_server->process.waitForFinished(endPatienceMs);
    }
    void init()
    {
        if (!m_server || m_server->process.state() != QProcess::Running)
            QSKIP("There is no server with R.");
    }

    void shows_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("text");
        QTest::newRow("value") << u"1 + 1"_s << u"[1] 2"_s;
        QTest::newRow("nothing") << u"x <- 5"_s << u""_s;
        QTest::newRow("the last value alone") << u"x\nx + 1"_s << u"[1] 6"_s;
        QTest::newRow("printed") << u"cat('a\\n'); message('b'); print('é')"_s << u"a\nb\n[1] \"é\""_s;
        QTest::newRow("warning") << u"f <- function() warning('careful')\nf(); 3"_s << u"[1] 3\nWarning message:\nIn f() : careful"_s;
        QTest::newRow("output led elsewhere") << u"sink('/dev/null'); cat('hidden')"_s << u""_s;
        QTest::newRow("and back") << u"cat('shown')"_s << u"shown"_s;
    }
    void shows()
    {
        QFETCH(QString, code);
        QFETCH(QString, text);
        const QJsonValue output = run(code);
        QCOMPARE(output[u"data"], (QJsonObject{ { u"text/plain"_s, text } }));
    }

    void tellsMistakes_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QStringList>("traceback");
        QTest::newRow("unknown name") << u"nope"_s << u"object 'nope' not found"_s << QStringList();
        QTest::newRow("in a function") << u"f <- function(a) stop('boom ', a)\ng <- function() f(3)\ng()"_s << u"boom 3"_s
                                       << QStringList{ u"g()\n"_s, u"f(3)\n"_s };
        QTest::newRow("syntax") << u"a b"_s << u"<text>:1:3: unexpected symbol\n1: a b\n      ^"_s << QStringList();
    }
    void tellsMistakes()
    {
        QFETCH(QString, code);
        QFETCH(QString, value);
        QFETCH(QStringList, traceback);
        const QJsonValue output = run(code);
        QCOMPARE(output[u"ename"], u"Error"_s);
        QCOMPARE(output[u"evalue"], value);
        QCOMPARE(output[u"traceback"].toVariant().toStringList(), traceback);
        QCOMPARE(stateOf(), u"idle"_s);
    }

    void sharesTheSessionWithTheOtherKinds()
    {
        m_server->run(0, u"pyspark"_s, u"spark.range(7).createOrReplaceTempView('frompython')"_s);
        QCOMPARE(run(u"collect(sql('select sum(id) as s from frompython'))$s"_s)[u"data"][u"text/plain"], u"[1] 21"_s);
        QCOMPARE(run(u"createOrReplaceTempView(createDataFrame(data.frame(a = 1:3)), 'fromr')"_s)[u"status"], u"ok"_s);
        const QJsonValue rows = m_server->run(0, u"sql"_s, u"select sum(a) from fromr"_s)[u"output"][u"data"][u"application/json"];
        QCOMPARE(rows[u"data"], (QJsonArray{ QJsonArray{ 6 } }));
        QVERIFY(run(u"sql('select nope from fromr')"_s)[u"evalue"].toString().contains(u"UNRESOLVED_COLUMN"));
    }

    void runsFunctionsInWorkers()
    {
        const QJsonValue output = run(u"frame <- createDataFrame(data.frame(a = 1:3))\n"
                                      "collect(dapply(frame, function(p) data.frame(p$a * 2), structType(structField('b', 'double'))))$b"_s);
        QCOMPARE(output[u"data"][u"text/plain"], u"[1] 2 4 6"_s);
    }

    void drawsPictures()
    {
        const QJsonValue data = run(u"plot(1:10); cat('drawn')"_s)[u"data"];
        QCOMPARE(data[u"text/plain"], u"drawn"_s);
        QVERIFY(QByteArray::fromBase64(data[u"image/png"].toString().toLatin1()).startsWith("\x89PNG"));
    }

    void cancels_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("sleep") << u"cat('on'); Sys.sleep(600)"_s;
        QTest::newRow("loop") << u"cat('on'); i <- 0; while (TRUE) i <- i + 1"_s;
        QTest::newRow("Spark job") << u"cat('on'); collect(sql('select slow(id) from range(4)'))"_s;
    }
    void cancels()
    {
        QFETCH(QString, code);
        m_server->run(0, u"pyspark"_s, u"import time\nspark.udf.register('slow', lambda x: time.sleep(600))"_s);
        const QJsonObject body{ { u"code"_s, code } };
        const auto made = m_server->ask("POST", u"/sessions/0/statements"_s, QJsonDocument(body).toJson());
        const QString path = u"/sessions/0/statements/%1"_s.arg(made.json[u"id"].toInt());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->ask("GET", path).json[u"output"][u"data"][u"text/plain"], u"on"_s, 60'000);
        QElapsedTimer timer;
        timer.start();
        m_server->ask("POST", path + u"/cancel"_s);
        QCOMPARE(m_server->waitForState(path, { u"cancelled"_s, u"available"_s }, 29), u"cancelled"_s);
        qInfo("cancelled after %lld ms", timer.elapsed());
        QCOMPARE(run(u"collect(sql('select 5 as five'))$five"_s)[u"data"][u"text/plain"], u"[1] 5"_s);
    }

    void rMayDieAlone()
    {
        QVERIFY(run(u"quit('no', 3)"_s)[u"evalue"].toString().startsWith(u"Interpreter died:\n"));
        QCOMPARE(stateOf(), u"error"_s);
        QCOMPARE(run(u"1"_s)[u"evalue"], u"Interpreter died:\n"_s);
        QCOMPARE(m_server->run(0, u"sql"_s, u"select count(*) from frompython"_s)[u"output"][u"status"], u"ok"_s);
    }

private:
    QJsonValue run(const QString& code) { return m_server->run(0, u"sparkr"_s, code)[u"output"]; }
    QString stateOf() { return m_server->ask("GET", u"/sessions/0/state"_s).json[u"state"].toString(); }

    std::unique_ptr<KindlingServer> m_server;
};

KINDLING_TEST(TestSparkR)
#include "tst_sparkr.moc"
