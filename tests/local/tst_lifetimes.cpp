// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How long sessions and batches are there, and how many; on a fake clock.
class TestLifetimes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void anIdleSessionIsRemovedByTheNextLookAfterItsTime_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("livesSeconds");
        QTest::addColumn<int>("goneSeconds");
        QTest::newRow("its own time-out") << QByteArray(R"({"idleTimeout":"25s"})") << 59 << 60;
        QTest::newRow("longer than a look") << QByteArray(R"({"idleTimeout":"61s"})") << 119 << 120;
        QTest::newRow("the server's") << QByteArray("{}") << 3659 << 3660;
        QTest::newRow("longer than the server's") << QByteArray(R"({"idleTimeout":"2h"})") << 7259 << 7260;
        QTest::newRow("ttl") << QByteArray(R"({"ttl":"40s"})") << 59 << 60;
        QTest::newRow("ttl beside a longer idle time") << QByteArray(R"({"ttl":"90s","idleTimeout":"1d"})") << 119 << 120;
        QTest::newRow("heartbeat") << QByteArray(R"({"heartbeatTimeoutInSecond":10})") << 59 << 60;
        QTest::newRow("longest") << QByteArray(R"({"idleTimeout":"9223372036854775807d","ttl":"9223372036854775807d"})")
                                 << 1'000'000 << -1;
    }
    void anIdleSessionIsRemovedByTheNextLookAfterItsTime()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, livesSeconds);
        QFETCH(int, goneSeconds);
        ScriptedServer server;
        QCOMPARE(server.ask("POST", "/sessions", request).status, 201);
        server.drivers[0]->becomeReady();
        server.clock.advance(std::chrono::seconds(livesSeconds));
        QCOMPARE(server.json("GET", "/sessions")[u"total"], 1);
        if (goneSeconds < 0)
            return;
        server.clock.advance(std::chrono::seconds(goneSeconds - livesSeconds));
        QCOMPARE(server.ask("GET", "/sessions/0").status, 404);
        QCOMPARE(server.json("GET", "/sessions")[u"total"], 0);
    }

    void itIsShuttingDownUntilItsDriverIsGone()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"ttl":"1s"})");
        server.drivers[0]->becomeReady();
        server.drivers[0]->endsWhenStopped = false;
        server.clock.advance(5min);
        QCOMPARE(server.json("GET", "/sessions/0/state")[u"state"], u"shutting_down"_s);
        Q_EMIT server.drivers[0]->ended();
        QCOMPARE(server.ask("GET", "/sessions/0").status, 404);
    }

    void useKeepsASessionFromItsIdleTimeOut_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("keeps");
        const QByteArray post = "POST";
        QTest::newRow("connect") << post << QByteArray("/connect") << QByteArray() << true;
        QTest::newRow("statement") << post << QByteArray("/statements") << QByteArray(R"({"code":"1","kind":"sql"})") << true;
        QTest::newRow("cancel") << post << QByteArray("/statements/0/cancel") << QByteArray() << true;
        QTest::newRow("completion") << post << QByteArray("/completion") << QByteArray(R"({"code":"a","kind":"sql"})") << true;
        QTest::newRow("add-file") << post << QByteArray("/add-file") << QByteArray(R"({"uri":"/a"})") << true;
        QTest::newRow("look") << QByteArray("GET") << QByteArray() << QByteArray() << false;
        QTest::newRow("statements") << QByteArray("GET") << QByteArray("/statements") << QByteArray() << false;
        QTest::newRow("log") << QByteArray("GET") << QByteArray("/log") << QByteArray() << false;
        QTest::newRow("refused") << post << QByteArray("/statements") << QByteArray("{bad") << false;
    }
    void useKeepsASessionFromItsIdleTimeOut()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(bool, keeps);
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"idleTimeout":"70s"})");
        server.drivers[0]->becomeReady();
        server.clock.advance(55s);
        server.ask(method, "/sessions/0" + path, body);
        if (server.drivers[0]->runningId >= 0)
            server.drivers[0]->finish();
        server.clock.advance(66s);
        QCOMPARE(server.ask("GET", "/sessions/0").status, keeps ? 200 : 404);
    }

    void aRunningStatementIsNoIdleTime()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"idleTimeout":"5m"})");
        server.drivers[0]->becomeReady();
        server.ask("POST", "/sessions/0/statements", R"({"code":"1","kind":"sql"})");
        server.clock.advance(2h);
        QCOMPARE(server.json("GET", "/sessions/0")[u"state"], u"busy"_s);
        server.drivers[0]->finish();
        server.clock.advance(4min);
        QCOMPARE(server.ask("GET", "/sessions/0").status, 200);
        server.clock.advance(3min);
        QCOMPARE(server.ask("GET", "/sessions/0").status, 404);
    }

    void aDamagedSessionTimesOutAsAnyOther()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"idleTimeout":"5m"})");
        server.drivers[0]->becomeReady();
        server.ask("POST", "/sessions/0/statements", R"({"code":"1","kind":"pyspark"})");
        server.drivers[0]->die();
        server.clock.advance(4min);
        QCOMPARE(server.json("GET", "/sessions/0")[u"state"], u"error"_s);
        server.clock.advance(3min);
        QCOMPARE(server.ask("GET", "/sessions/0").status, 404);
    }

    void askingByIdOrNameIsAHeartbeatAndTheListIsNone()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"name":"kept","heartbeatTimeoutInSecond":90})");
        server.ask("POST", "/sessions", R"({"name":"lost","heartbeatTimeoutInSecond":90})");
        for (int i = 0; i < 10; ++i) {
            server.clock.advance(30s);
            QCOMPARE(server.ask("GET", i % 2 == 0 ? "/sessions/kept/state" : "/sessions/0/log").status, 200);
            server.ask("GET", "/sessions");
        }
        QCOMPARE(server.ask("GET", "/sessions/1").status, 404);
        QCOMPARE(server.ask("GET", "/sessions/0").status, 200);
    }

    void theDeadAreShownTenMinutes()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", R"({"name":"n"})");
        server.ask("POST", "/batches", R"({"file":"/a.py"})");
        server.ask("POST", "/batches", R"({"file":"/a.py"})");
        Q_EMIT server.drivers[0]->ended();
        Q_EMIT server.batches[0]->ended(0, false);
        server.clock.advance(10min);
        QCOMPARE(server.ask("GET", "/sessions/0").status, 200);
        QCOMPARE(server.ask("POST", "/sessions", R"({"name":"n"})").status, 400);
        QCOMPARE(server.ask("GET", "/batches/0").status, 200);
        server.clock.advance(1min);
        QCOMPARE(server.ask("GET", "/sessions/0").status, 404);
        QCOMPARE(server.ask("POST", "/sessions", R"({"name":"n"})").status, 201);
        QCOMPARE(server.ask("GET", "/batches/0").status, 404);
        QCOMPARE(server.json("GET", "/batches/1")[u"state"], u"starting"_s);
    }

    void aMachineHasRoomForSoManySessions_data()
    {
        QTest::addColumn<double>("gib");
        QTest::addColumn<int>("sessions");
        QTest::addColumn<QString>("memory");
        QTest::newRow("tiny") << 1.0 << 1 << u"512m"_s;
        QTest::newRow("sold as 4 GB") << 3.7 << 1 << u"1g"_s;
        QTest::newRow("4 GiB") << 4.0 << 1 << u"1g"_s;
        QTest::newRow("8 GiB") << 8.0 << 4 << u"1g"_s;
        QTest::newRow("32 GiB") << 32.0 << 20 << u"1g"_s;
        QTest::newRow("a big server") << 4096.0 << 100 << u"1g"_s;
    }
    void aMachineHasRoomForSoManySessions()
    {
        QFETCH(double, gib);
        QFETCH(int, sessions);
        QFETCH(QString, memory);
        const MachineLimits limits = limitsFor(static_cast<qint64>(gib * 1024 * 1024 * 1024));
        QCOMPARE(limits.sessions, sessions);
        QCOMPARE(limits.driverMemory, memory);
    }

    void aSmallMachineRefusesTheSecondSessionAndSaysWhy()
    {
        ScriptedServer server({}, limitsFor(4LL << 30));
        QCOMPARE(server.ask("POST", "/sessions", "{}").status, 201);
        const HttpResponse refused = server.ask("POST", "/sessions", "{}");
        QCOMPARE(refused.status, 400);
        const QString text = parsedJson(refused.body)[u"msg"].toString();
        QVERIFY2(text.startsWith(u"Rejected, too many sessions are being created! This server runs 1 at a time (this machine has 4.0 GiB"),
            qPrintable(text));
        QCOMPARE(server.drivers.size(), 1);
        Q_EMIT server.drivers[0]->ended();
        QCOMPARE(server.ask("POST", "/sessions", "{}").status, 201);
    }

    void aDriverLargerThanTheMachineIsRefused_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("fits") << QByteArray(R"({"driverMemory":"3g"})") << 201;
        QTest::newRow("does not fit") << QByteArray(R"({"driverMemory":"64g"})") << 400;
        QTest::newRow("in the settings") << QByteArray(R"({"conf":{"spark.driver.memory":"9000"}})") << 400;
        QTest::newRow("beyond all numbers") << QByteArray(R"({"driverMemory":"9223372036854775807t"})") << 400;
        QTest::newRow("not a size: Java will say so") << QByteArray(R"({"driverMemory":"1x"})") << 201;
    }
    void aDriverLargerThanTheMachineIsRefused()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        ScriptedServer server({}, limitsFor(8LL << 30));
        QCOMPARE(server.ask("POST", "/sessions", request).status, status);
    }

    void sessionsAndBatchesShareTheMachinesMemory()
    {
        ScriptedServer server({}, limitsFor(8LL << 30)); // six for drivers, a half of which beside each heap
        const auto submit = [&server](const QByteArray& memory) {
            return server.ask("POST", "/batches", R"({"file":"/a.py","driverMemory":")" + memory + R"("})");
        };
        QCOMPARE(submit("2g").status, 201);
        QCOMPARE(server.ask("POST", "/sessions", "{}").status, 201);
        const HttpResponse refused = submit("1600m");
        QCOMPARE(refused.status, 400);
        QCOMPARE(parsedJson(refused.body)[u"msg"],
            u"Rejected, too many sessions are being created! Sessions and batches that run hold 4.0 GiB of the 6.0 GiB that this "
            "machine has for them, and this one takes 2.1 GiB: end one first, ask for less driverMemory, or start the server with a "
            "larger --sessions."_s);
        QCOMPARE(server.json("GET", "/batches")[u"total"], 1);
        QCOMPARE(submit("1536m").status, 201);
        QCOMPARE(server.ask("POST", "/sessions", R"({"driverMemory":"1m"})").status, 400);
        server.batches[0]->kill();
        QCOMPARE(server.ask("POST", "/sessions", "{}").status, 201);
        QCOMPARE(server.ask("POST", "/sessions", "{}").status, 400);
        Q_EMIT server.drivers[0]->ended();
        QCOMPARE(submit("1g").status, 201);
    }

    void theFirstDriverRunsWhateverItTakes()
    {
        ScriptedServer server({}, limitsFor(4LL << 30));
        QCOMPARE(server.ask("POST", "/batches", R"({"file":"/a.py","driverMemory":"4g"})").status, 201);
        QCOMPARE(server.ask("POST", "/batches", R"({"file":"/a.py"})").status, 400);
        QCOMPARE(server.ask("DELETE", "/batches/0").status, 200);
        QCOMPARE(server.ask("POST", "/batches", R"({"file":"/a.py","conf":{"spark.driver.memory":"5g"}})").status, 400);
        QCOMPARE(server.ask("POST", "/batches", R"({"file":"/a.py"})").status, 201);
    }

    void moreSessionsByWishHaveMoreRoom()
    {
        MachineLimits limits = limitsFor(4LL << 30);
        QCOMPARE(limits.driversBytes(), 2LL << 30);
        limits.sessions = 4;
        QCOMPARE(limits.driversBytes(), 6LL << 30);
        ScriptedServer server({}, limits);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(server.ask("POST", "/sessions", "{}").status, 201);
        QCOMPARE(server.ask("POST", "/batches", R"({"file":"/a.py"})").status, 400);
        ScriptedServer unknown;
        for (int i = 0; i < 40; ++i)
            QCOMPARE(unknown.ask("POST", "/batches", R"({"file":"/a.py","driverMemory":"900t"})").status, 201);
    }

    void driversGetTheServersMemoryUnlessTheyNameTheirs()
    {
        const MachineLimits limits{ .driverMemory = u"2g"_s };
        QCOMPARE(limits.withMemory(SessionRequest{}).resources.driverMemory, u"2g"_s);
        QCOMPARE(limits.withMemory(*parseSessionRequest(R"({"driverMemory":"3g"})")).resources.driverMemory, u"3g"_s);
        const auto named = parseBatchRequest(R"({"file":"/a.py","conf":{"spark.driver.memory":"3g"}})");
        QVERIFY(limits.withMemory(*named).resources.driverMemory.isEmpty());
    }

    void readsSizes()
    {
        QCOMPARE(sparkBytes(u"512m"_s), 512LL << 20);
        QCOMPARE(sparkBytes(u"2GB"_s), 2LL << 30);
        QCOMPARE(sparkBytes(u"3"_s), 3LL << 20);
        QCOMPARE(sparkBytes(u"64k"_s), 65536);
        QVERIFY(!sparkBytes(u""_s) && !sparkBytes(u"g"_s) && !sparkBytes(u"1x"_s) && !sparkBytes(u"-1g"_s));
    }
};

KINDLING_TEST(TestLifetimes)
#include "tst_lifetimes.moc"
