// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling::local;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// What the endpoint does and Livy does not.
class TestBeyondLivy final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatAStatementPrintsWhileItRuns()
    {
        ScriptedServer server;
        begin(server);
        QVERIFY(statement(server)[u"output"].isNull());
        Q_EMIT server.drivers[0]->printed(0, u"a\n"_s);
        Q_EMIT server.drivers[0]->printed(0, u"\"b\""_s);
        Q_EMIT server.drivers[0]->printed(7, u"of nobody"_s);
        const QJsonValue running = statement(server);
        QCOMPARE(running[u"state"], u"running"_s);
        QCOMPARE(running[u"output"][u"status"], u"ok"_s);
        QCOMPARE(running[u"output"][u"execution_count"], 0);
        QCOMPARE(running[u"output"][u"data"][u"text/plain"], u"a\n\"b\""_s);
        server.drivers[0]->finish();
        Q_EMIT server.drivers[0]->printed(0, u"too late"_s);
        QCOMPARE(statement(server)[u"output"][u"data"][u"text/plain"], u"2"_s);
    }

    void keepsWhatWasPrintedWhenACancelledStatementRunsOn()
    {
        ScriptedServer server;
        begin(server);
        server.ask("POST", "/sessions/0/statements/0/cancel");
        Q_EMIT server.drivers[0]->printed(0, u"it runs on"_s);
        server.clock.advance(Session::cancelPatience);
        QCOMPARE(statement(server)[u"state"], u"cancelled"_s);
        QCOMPARE(statement(server)[u"output"][u"data"][u"text/plain"], u"it runs on"_s);
    }

    void tellsOfPythonsDeathOutsideOfAStatement()
    {
        ScriptedServer server;
        begin(server);
        server.drivers[0]->finish();
        QCOMPARE(stateOf(server), u"idle"_s);
        Q_EMIT server.drivers[0]->pythonChanged(false);
        QCOMPARE(stateOf(server), u"error"_s);
        Q_EMIT server.drivers[0]->pythonChanged(true);
        QCOMPARE(stateOf(server), u"idle"_s);
    }

    void restartsPythonOnDemand()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", "{}");
        QCOMPARE(server.ask("POST", "/sessions/0/restart-python").status, 500);
        server.drivers[0]->becomeReady();
        server.ask("POST", "/sessions/0/statements", R"({"code":"1","kind":"pyspark"})");
        QCOMPARE(server.ask("POST", "/sessions/9/restart-python").status, 404);
        QCOMPARE(server.json("POST", "/sessions/0/restart-python")[u"msg"], u"restarting"_s);
        QCOMPARE(server.drivers[0]->pythonRestarts, 1);
        server.drivers[0]->die();
        QCOMPARE(stateOf(server), u"error"_s);
        Q_EMIT server.drivers[0]->pythonChanged(true);
        QCOMPARE(stateOf(server), u"idle"_s);
    }

    void aRestartDoesNotWakeWhatIsOver()
    {
        ScriptedServer server;
        begin(server);
        Q_EMIT server.drivers[0]->pythonChanged(false);
        QCOMPARE(stateOf(server), u"busy"_s);
        Q_EMIT server.drivers[0]->ended();
        Q_EMIT server.drivers[0]->pythonChanged(true);
        QCOMPARE(stateOf(server), u"dead"_s);
        QCOMPARE(server.ask("POST", "/sessions/0/restart-python").status, 500);
    }

private:
    /// A session that runs its first statement.
    static void begin(ScriptedServer& server)
    {
        server.ask("POST", "/sessions", "{}");
        server.drivers[0]->becomeReady();
        server.ask("POST", "/sessions/0/statements", R"({"code":"1","kind":"pyspark"})");
    }
    static QJsonValue statement(ScriptedServer& server) { return server.json("GET", "/sessions/0/statements/0"); }
    static QString stateOf(ScriptedServer& server) { return server.json("GET", "/sessions/0/state")[u"state"].toString(); }
};

KINDLING_TEST(TestBeyondLivy)
#include "tst_beyondlivy.moc"
