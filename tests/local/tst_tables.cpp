// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include "app/local/linebuffer.h"
#include "app/local/sparklocation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

/// Sessions, statements, batches and logs over scripted drivers.
class TestTables final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void aSessionGoesFromStartingToIdleToBusyAndBack()
    {
        ScriptedServer server;
        QCOMPARE(server.ask("POST", "/sessions", "{}").status, 201);
        QCOMPARE(stateOf(server), u"starting"_s);
        server.drivers[0]->becomeReady();
        QCOMPARE(stateOf(server), u"idle"_s);
        QCOMPARE(server.json("GET", "/sessions/0")[u"appId"], u"local-1"_s);
        const HttpResponse made = run(server, "1+1");
        QCOMPARE(made.status, 201);
        QVERIFY(made.headers.contains(std::pair<QByteArray, QByteArray>("Location", "/sessions/0/statements/0")));
        QCOMPARE(stateOf(server), u"busy"_s);
        server.drivers[0]->finish();
        QCOMPARE(stateOf(server), u"idle"_s);
    }

    void statementsRunOneAfterAnotherOverAllKinds()
    {
        ScriptedServer server;
        begin(server);
        run(server, "a", "pyspark");
        run(server, "b\r\nc", "scala");
        ScriptedDriver& driver = *server.drivers[0];
        QCOMPARE(driver.runningKind, u"pyspark"_s);
        QCOMPARE(statement(server, 1)[u"state"], u"waiting"_s);
        QCOMPARE(statement(server, 1)[u"started"], 0);
        Q_EMIT driver.progressed(0, 0.5);
        QCOMPARE(statement(server, 0)[u"progress"].toDouble(), 0.5);
        driver.finish();
        QCOMPARE(statement(server, 0)[u"progress"].toDouble(), 1.0);
        QCOMPARE(driver.runningId, 1);
        QCOMPARE(driver.runningKind, u"spark"_s);
        QCOMPARE(driver.runningCode, u"b\nc"_s);
        QVERIFY(statement(server, 1)[u"started"].toInteger() > 0);
    }

    void whileItStartsItsStatementsAreAnEmptyList()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", "{}");
        QCOMPARE(server.json("GET", "/sessions/0/statements")[u"total_statements"], 0);
    }

    void theKindSharedIsNoKindOfAStatement()
    {
        ScriptedServer server;
        begin(server);
        const HttpResponse answer = run(server, "1", "shared");
        QCOMPARE(answer.status, 500);
        QVERIFY(answer.body.contains("Code type should be specified"));
        QCOMPARE(server.drivers[0]->runningId, -1);
    }

    void aPostStaysAPostWhateverItsQuerySays()
    {
        ScriptedServer server;
        begin(server);
        QCOMPARE(server.ask("POST", "/sessions/0?_method=DELETE").status, 405);
        QCOMPARE(server.ask("POST", "/sessions/0", {}, { { "Host", "127.0.0.1:8998" }, { "X-HTTP-Method-Override", "DELETE" } }).status, 405);
        QCOMPARE(stateOf(server), u"idle"_s);
    }

    void tenSessionsRunSideBySide()
    {
        ScriptedServer server;
        for (int id = 0; id < 10; ++id) {
            server.ask("POST", "/sessions", R"({"kind":"pyspark"})");
            server.drivers[id]->becomeReady();
            const QByteArray code = QByteArray::number(id);
            QCOMPARE(server.ask("POST", "/sessions/" + code + "/statements", "{\"code\":\"" + code + "\"}").status, 201);
        }
        for (int id = 9; id >= 0; --id) {
            QCOMPARE(server.drivers[id]->runningCode, QString::number(id));
            server.drivers[id]->finish("{\"status\":\"ok\",\"execution_count\":0,\"data\":" + QByteArray::number(id) + '}');
            for (int other = 0; other < 10; ++other) {
                const QJsonValue answer = server.json("GET", "/sessions/" + QByteArray::number(other) + "/statements/0");
                QCOMPARE(answer[u"state"], other < id ? u"running"_s : u"available"_s);
                QVERIFY(other < id || answer[u"output"][u"data"] == other);
            }
        }
    }

    void numbersOfAnOutputKeepAllTheirDigits()
    {
        ScriptedServer server;
        begin(server);
        run(server, "x");
        const QByteArray output = R"({"status":"ok","execution_count":0,"data":{"application/json":12345678901234567890.123456789}})";
        server.drivers[0]->finish(output);
        QVERIFY(server.ask("GET", "/sessions/0/statements/0").body.contains(output));
    }

    void aWaitingStatementIsCancelledAtOnce()
    {
        ScriptedServer server;
        begin(server);
        run(server, "a");
        run(server, "b");
        QCOMPARE(server.ask("POST", "/sessions/0/statements/1/cancel").status, 200);
        QCOMPARE(statement(server, 1)[u"state"], u"cancelled"_s);
        QVERIFY(server.drivers[0]->cancelled.isEmpty());
        server.drivers[0]->finish();
        QCOMPARE(server.drivers[0]->runningId, -1);
        QCOMPARE(stateOf(server), u"idle"_s);
    }

    void aRunningStatementIsCancellingUntilTheDriverEndsIt()
    {
        ScriptedServer server;
        begin(server);
        run(server, "a");
        server.ask("POST", "/sessions/0/statements/0/cancel");
        QCOMPARE(statement(server, 0)[u"state"], u"cancelling"_s);
        QCOMPARE(server.drivers[0]->cancelled, QList<int>{ 0 });
        server.drivers[0]->finish(R"({"status":"error","execution_count":0,"ename":"E","evalue":"v","traceback":[]})");
        QCOMPARE(statement(server, 0)[u"state"], u"cancelled"_s);
        QCOMPARE(statement(server, 0)[u"output"][u"ename"], u"E"_s);
        QCOMPARE(server.ask("POST", "/sessions/0/statements/0/cancel").status, 200);
        QCOMPARE(server.ask("POST", "/sessions/0/statements/77/cancel").status, 200);
        QCOMPARE(server.drivers[0]->cancelled.size(), 1);
    }

    void aStubbornStatementCountsAsCancelledAfterHalfAMinuteAndBlocksTheSession()
    {
        ScriptedServer server;
        begin(server);
        run(server, "a");
        server.ask("POST", "/sessions/0/statements/0/cancel");
        server.clock.advance(std::chrono::seconds(29));
        QCOMPARE(statement(server, 0)[u"state"], u"cancelling"_s);
        server.clock.advance(std::chrono::seconds(2));
        QCOMPARE(statement(server, 0)[u"state"], u"cancelled"_s);
        QVERIFY(statement(server, 0)[u"output"].isNull());
        QCOMPARE(stateOf(server), u"busy"_s);
        server.ask("POST", "/sessions/0/statements/0/cancel");
        QCOMPARE(server.drivers[0]->cancelled, (QList<int>{ 0, 0 }));
        QCOMPARE(statement(server, 0)[u"state"], u"cancelled"_s);
        server.drivers[0]->finish();
        QCOMPARE(statement(server, 0)[u"state"], u"cancelled"_s);
        QCOMPARE(statement(server, 0)[u"output"][u"status"], u"ok"_s);
        server.ask("POST", "/sessions/0/statements/0/cancel");
        QCOMPARE(server.drivers[0]->cancelled.size(), 2);
    }

    void aDeadInterpreterDamagesTheSessionUntilAnotherKindRan()
    {
        ScriptedServer server;
        begin(server);
        run(server, "x");
        server.drivers[0]->die();
        QCOMPARE(stateOf(server), u"error"_s);
        QCOMPARE(run(server, "select 1", "sql").status, 201);
        server.drivers[0]->finish();
        QCOMPARE(stateOf(server), u"idle"_s);
    }

    void aDeadSessionKeepsItsLogAndRefusesStatements()
    {
        ScriptedServer server;
        begin(server);
        run(server, "x");
        Q_EMIT server.drivers[0]->logged(LogSection::Stderr, u"killed"_s);
        Q_EMIT server.drivers[0]->ended();
        QCOMPARE(stateOf(server), u"dead"_s);
        QCOMPARE(server.ask("GET", "/sessions/0/statements").status, 400);
        QCOMPARE(server.ask("GET", "/sessions/0/statements/0").status, 400);
        QCOMPARE(parsedJson(run(server, "x").body), u"java.lang.IllegalStateException: Session is in state dead"_s);
        QCOMPARE(server.json("GET", "/sessions/0/log")[u"log"].toArray().last(), u"killed"_s);
        QCOMPARE(server.ask("DELETE", "/sessions/0").status, 0);
        server.clock.advance(std::chrono::milliseconds(1));
        QCOMPARE(server.ask("GET", "/sessions/0").status, 404);
    }

    void deletingWaitsUntilTheDriverIsGone()
    {
        ScriptedServer server;
        begin(server);
        server.drivers[0]->endsWhenStopped = false;
        const auto answer = server.askLater("DELETE", "/sessions/0", {}, { { "Host", "localhost:8998" } });
        QCOMPARE(answer->status, 0);
        QVERIFY(server.drivers[0]->isStopped);
        QCOMPARE(stateOf(server), u"shutting_down"_s);
        Q_EMIT server.drivers[0]->ended();
        QCOMPARE(answer->status, 200);
        QCOMPARE(server.ask("GET", "/sessions/0").status, 404);
    }

    void stoppingKeepsTheEntryAndEndsAll()
    {
        ScriptedServer server;
        begin(server);
        QCOMPARE(server.ask("POST", "/sessions/0/stop").status, 204);
        QCOMPARE(stateOf(server), u"dead"_s);
        server.ask("POST", "/sessions", "{}");
        bool areGone = false;
        server.sessionTable.stopAll([&] { areGone = true; });
        server.clock.advance(std::chrono::milliseconds(1));
        QVERIFY(areGone);
        QVERIFY(server.drivers[1]->isStopped);
    }

    void sessionsAreFoundByNameAndNamesAreUnique()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"name":"a b/ü","kind":"python"})");
        QCOMPARE(server.json("GET", "/sessions/a%20b%2F%C3%BC")[u"kind"], u"pyspark"_s);
        const HttpResponse twice = server.ask("POST", "/sessions", R"({"name":"a b/ü"})");
        QCOMPARE(twice.status, 400);
        QCOMPARE(parsedJson(twice.body)[u"msg"], u"Rejected, Reason: Duplicate session name: Some(a b/ü) for session 1"_s);
        QCOMPARE(server.json("POST", "/sessions", "{}")[u"id"], 2);
        QCOMPARE(server.ask("POST", "/sessions", R"({"name":"12"})").status, 400);
        QCOMPARE(server.ask("POST", "/sessions", R"({"name":""})").status, 400);
        QCOMPARE(server.ask("GET", "/sessions/99999999999").status, 400);
    }

    void listsAreCutAsLivyCutsThem_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QList<int>>("ids");
        QTest::newRow("all") << QByteArray() << QList<int>{ 0, 1, 2 };
        QTest::newRow("page") << QByteArray("?from=1&size=1") << QList<int>{ 1 };
        QTest::newRow("beyond") << QByteArray("?from=9") << QList<int>{};
        QTest::newRow("negative from") << QByteArray("?from=-1&size=2") << QList<int>{ 0 };
        QTest::newRow("negative size") << QByteArray("?size=-1") << QList<int>{};
        QTest::newRow("largest") << QByteArray("?from=2147483647&size=2147483647") << QList<int>{};
    }
    void listsAreCutAsLivyCutsThem()
    {
        QFETCH(QByteArray, query);
        QFETCH(QList<int>, ids);
        ScriptedServer server;
        for (int i = 0; i < 3; ++i) {
            server.ask("POST", "/sessions", "{}");
            server.ask("POST", "/batches", R"({"file":"/a.py"})");
        }
        for (const QByteArray& list : { QByteArray("/sessions"), QByteArray("/batches") }) {
            const QJsonValue answer = server.json("GET", list + query);
            QCOMPARE(answer[u"total"], 3);
            QList<int> found;
            for (const QJsonValue& item : answer[u"sessions"].toArray())
                found.append(item[u"id"].toInt());
            QCOMPARE(found, ids);
        }
        QCOMPARE(server.ask("GET", "/sessions?from=x").status, 400);
        QCOMPARE(server.ask("GET", "/batches?size=99999999999").status, 400);
    }

    void onlyTheLastStatementsAreRetained()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"kind":"pyspark","conf":{"livy.rsc.retained-statements":3}})");
        server.drivers[0]->becomeReady();
        for (int i = 0; i < 5; ++i) {
            server.ask("POST", "/sessions/0/statements", R"({"code":"1"})");
            server.drivers[0]->finish();
        }
        QCOMPARE(parsedJson(server.ask("GET", "/sessions/0/statements/0").body), u"Statement not found"_s);
        const QJsonValue list = server.json("GET", "/sessions/0/statements?order=desc&from=1&size=1");
        QCOMPARE(list[u"total_statements"], 3);
        QCOMPARE(list[u"statements"].toArray().size(), 1);
        QCOMPARE(list[u"statements"][0][u"id"], 3);
    }

    void theLogIsARingPerSectionWithLivysMarkers()
    {
        RingLog log;
        QCOMPARE(log.lines(), QStringList({ u"stdout: "_s, u"\nstderr: "_s }));
        for (int i = 0; i < 250; ++i)
            log.append(LogSection::Stderr, QString::number(i));
        log.append(LogSection::Stdout, u"out"_s);
        const LogPage all = log.page(0, -1);
        QCOMPARE(all.total, 203);
        QCOMPARE(all.lines.mid(0, 4), QStringList({ u"stdout: "_s, u"out"_s, u"\nstderr: "_s, u"50"_s }));
        QCOMPARE(log.page(-1, 2).lines, QStringList({ u"248"_s, u"249"_s }));
        QCOMPARE(log.page(-1, 2).from, 201);
        QCOMPARE(log.page(500, 5).lines, QStringList());
        QCOMPARE(log.tail().size(), 10);
    }

    void aBatchSucceedsFailsOrIsKilled()
    {
        ScriptedServer server;
        const HttpResponse made = server.ask("POST", "/batches", R"({"file":"/a.py","name":"n"})");
        QVERIFY(made.headers.contains(std::pair<QByteArray, QByteArray>("Location", "/batches/0")));
        QCOMPARE(server.json("GET", "/batches/n/state")[u"state"], u"starting"_s);
        Q_EMIT server.batches[0]->started();
        QCOMPARE(server.json("GET", "/batches/0")[u"state"], u"running"_s);
        Q_EMIT server.batches[0]->logged(u"line"_s);
        QCOMPARE(server.json("GET", "/batches/0/log")[u"log"][1], u"line"_s);
        Q_EMIT server.batches[0]->ended(0, false);
        QCOMPARE(server.json("GET", "/batches/0")[u"state"], u"success"_s);
        for (int i = 1; i <= 2; ++i)
            server.ask("POST", "/batches", R"({"file":"/a.py"})");
        Q_EMIT server.batches[1]->ended(1, false);
        QCOMPARE(server.json("GET", "/batches/1")[u"state"], u"dead"_s);
        Q_EMIT server.batches[2]->started();
        QCOMPARE(server.json("DELETE", "/batches/2")[u"msg"], u"deleted"_s);
        QCOMPARE(server.ask("GET", "/batches/2").status, 404);
        QCOMPARE(server.json("DELETE", "/batches/1")[u"msg"], u"deleted"_s);
        QCOMPARE(server.json("GET", "/batches")[u"total"], 1);
    }

    void readsJavaVersionsTimesAndLines()
    {
        QCOMPARE(javaMajorVersion(u"openjdk version \"21.0.12\" 2026-08-18"_s), 21);
        QCOMPARE(javaMajorVersion(u"java version \"1.8.0_202\""_s), 8);
        QCOMPARE(javaMajorVersion(u"no"_s), 0);
        QCOMPARE(durationMs(u"30m"_s), 1'800'000);
        QCOMPARE(durationMs(u"5"_s), 5);
        QCOMPARE(durationMs(u"abc"_s), -1);
        QCOMPARE(durationMs(u""_s), -1);
        LineBuffer buffer;
        QVERIFY(buffer.take("ab").isEmpty());
        QCOMPARE(buffer.take("c\n\nd"), QByteArrayList({ "abc", "" }));
        QCOMPARE(buffer.takeRest(), QByteArray("d"));
    }

    void cutsWhatHasNoLineEnd()
    {
        LineBuffer buffer(8);
        QCOMPARE(buffer.take("12345678"), QByteArrayList());
        QCOMPARE(buffer.take("9"), QByteArrayList({ "12345678" }));
        QCOMPARE(buffer.take("\nabcdefgh\nabcdefghi\n"), QByteArrayList({ "9", "abcdefgh", "abcdefgh", "i" }));
        QCOMPARE(buffer.take("abcdefg\xc3\xa4\n"), QByteArrayList({ "abcdefg", "\xc3\xa4" }));
        QCOMPARE(buffer.take(QByteArray(20, '\x80')).size(), 3); // not UTF-8 at all
        QCOMPARE(buffer.take(QByteArray(1'000'000, 'x')).size(), 125'000);
        QVERIFY(buffer.takeRest().size() <= 8);
    }

private:
    static void begin(ScriptedServer& server)
    {
        server.ask("POST", "/sessions", "{}");
        server.drivers[0]->becomeReady();
    }
    static HttpResponse run(ScriptedServer& server, const QByteArray& code, const QByteArray& kind = "pyspark")
    {
        QByteArray escaped = code;
        escaped.replace("\r", "\\r").replace("\n", "\\n");
        return server.ask("POST", "/sessions/0/statements", "{\"code\":\"" + escaped + "\",\"kind\":\"" + kind + "\"}");
    }
    static QString stateOf(ScriptedServer& server) { return server.json("GET", "/sessions/0/state")[u"state"].toString(); }
    static QJsonValue statement(ScriptedServer& server, int id)
    {
        return server.json("GET", "/sessions/0/statements/" + QByteArray::number(id));
    }
};

KINDLING_TEST(TestTables)
#include "tst_tables.moc"
