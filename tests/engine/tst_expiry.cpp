// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/expiry.h"
#include "app/engine/keepalive.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestExpiry final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void readsTimes_data();
    void readsTimes();
    void countsFromOurLastActivity();
    void countsFromWhenItBecameIdle();
    void tellsNothingThatNobodyTold();
    void countsTheTtlFromItsBirth();
    void keepsASessionAlive();
    void touchesOftenWhereTheTimeoutIsNotTold();
    void touchesWhatIsKeptAsSoonAsTheMachineIsAwake();
    void anActOfOursSparesATouch();
    void triesAgainAfterTrouble();
    void givesUpOnASessionThatIsGone();
    void stopsWhenTakenBackOrEnded();
    void keepsNothingThatIsNotThere();
};

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
    {
        ServerProfile profile;
        profile.id = u"s"_s;
        server = std::make_unique<Server>(profile, std::make_unique<FakeSparkApi>(clock, state), clock);
        SparkItem session = sparkItem(u"0"_s, u"busy"_s, u"etl"_s);
        session.idleTimeout = u"30m"_s;
        session.ttl = u"8h"_s;
        state->sessions = { session };
        server->start();
        clock.advance(100ms);
    }
    void become(const QString& word)
    {
        state->sessions[0].state = ItemState::fromWire(word);
        clock.advance(3s);
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    std::unique_ptr<Server> server;
};
}

void TestExpiry::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qlonglong>("milliseconds");
    const QList<std::pair<QString, qlonglong>> rows{ { u"30m"_s, 1'800'000 }, { u"30min"_s, 1'800'000 }, { u"8h"_s, 28'800'000 }, { u"90s"_s, 90'000 },
        { u"2d"_s, 172'800'000 }, { u"500ms"_s, 500 }, { u"5000us"_s, 5 }, { u"90000"_s, 90'000 }, { u" 1 H "_s, 3'600'000 }, { u""_s, -1 },
        { u"h"_s, -1 }, { u"-3m"_s, -1 }, { u"0"_s, -1 }, { u"1.5h"_s, -1 }, { u"3 weeks"_s, -1 }, { u"ann"_s, -1 },
        { u"99999999999999999999999d"_s, -1 }, { u"\u0663m"_s, -1 } };
    for (const auto& [text, milliseconds] : rows)
        QTest::addRow("'%s'", qPrintable(text)) << text << milliseconds;
}

void TestExpiry::readsTimes()
{
    QFETCH(QString, text);
    QTEST(static_cast<qlonglong>(parseTimeText(text).value_or(-1ms).count()), "milliseconds");
}

void TestExpiry::countsFromOurLastActivity()
{
    Bench bench;
    QVERIFY(!bench.server->expiry(u"0"_s).idle.isValid()); // nobody saw any
    bench.become(u"idle"_s);
    bench.server->runner(u"0"_s)->run(u"1"_s, Kind::PySpark);
    bench.clock.advance(100ms);
    const QDateTime idle = bench.server->expiry(u"0"_s).idle;
    QVERIFY(qAbs(idle.secsTo(bench.clock.now().addSecs(1800))) <= 1);
    bench.clock.advance(10min);
    QCOMPARE(bench.server->expiry(u"0"_s).idle, idle); // looking is no activity
}

void TestExpiry::countsFromWhenItBecameIdle()
{
    Bench bench;
    bench.become(u"idle"_s);
    const QDateTime since = bench.server->sessions().find(u"0"_s)->stateSince;
    QCOMPARE(bench.server->expiry(u"0"_s).idle, since.addSecs(1800));
}

void TestExpiry::tellsNothingThatNobodyTold()
{
    Bench bench;
    bench.state->sessions[0].idleTimeout.clear();
    bench.state->sessions[0].ttl = u"ann"_s;
    bench.become(u"idle"_s);
    QCOMPARE(bench.server->expiry(u"0"_s), Expiry());
    QCOMPARE(bench.server->expiry(u"9"_s), Expiry());
    TrackedItem batch;
    batch.key.type = ItemType::Batch;
    batch.item.idleTimeout = u"1h"_s;
    QCOMPARE(expiryOf(batch, {}, bench.clock.now(), bench.clock.now()), Expiry());
    batch.key.type = ItemType::Session;
    batch.item.state = ItemState::fromWire(u"dead"_s);
    QCOMPARE(expiryOf(batch, {}, bench.clock.now(), bench.clock.now()), Expiry());
}

void TestExpiry::countsTheTtlFromItsBirth()
{
    Bench bench;
    const QDateTime life = bench.server->expiry(u"0"_s).life;
    QVERIFY(qAbs(life.secsTo(bench.clock.now().addSecs(8 * 3600))) <= 1);
    bench.clock.advance(1h);
    QCOMPARE(bench.server->expiry(u"0"_s).life, life);
    TrackedItem old = *bench.server->sessions().find(u"0"_s);
    ServerVersion version;
    version.minor = 8; // there it carries another thing
    QVERIFY(!expiryOf(old, version, {}, bench.clock.now()).life.isValid());
}

void TestExpiry::keepsASessionAlive()
{
    Bench bench;
    QList<OwnAct> acts;
    connect(bench.server.get(), &Server::observed, this, [&acts](const Observation& each) {
        if (const auto* act = std::get_if<OwnAct>(&each.what))
            acts.append(*act);
    });
    QSignalSpy changed(bench.server.get(), &Server::keptAliveChanged);
    bench.become(u"idle"_s);
    bench.clock.advance(1h);
    QCOMPARE(acts.size(), 0);
    bench.server->setKeptAlive(u"0"_s, true);
    QVERIFY(bench.server->isKeptAlive(u"0"_s));
    bench.clock.advance(1s);
    QCOMPARE(acts.size(), 1);
    QCOMPARE(acts.at(0).what, OwnAct::What::KeepAlive);
    bench.clock.advance(14min);
    QCOMPARE(acts.size(), 1);
    bench.clock.advance(24h);
    QCOMPARE(acts.size(), 1 + 24 * 4);
    QVERIFY(bench.server->expiry(u"0"_s).idle > bench.clock.now().addSecs(14 * 60));
    QCOMPARE(changed.size(), 1);
}

void TestExpiry::touchesOftenWhereTheTimeoutIsNotTold()
{
    Bench bench;
    bench.state->sessions[0].idleTimeout.clear();
    bench.become(u"idle"_s);
    bench.server->setKeptAlive(u"0"_s, true);
    for (int minute = 0; minute < 120; ++minute) {
        bench.clock.advance(1min);
        QVERIFY(bench.server->lastActivity(u"0"_s).secsTo(bench.clock.now()) <= 5 * 60);
    }
}

void TestExpiry::touchesWhatIsKeptAsSoonAsTheMachineIsAwake()
{
    Bench bench;
    bench.become(u"idle"_s);
    bench.server->setKeptAlive(u"0"_s, true);
    bench.clock.advance(1min);
    // timers stand still with the machine, its wall clock does not
    bench.clock.jump(20min);
    bench.clock.advance(7s);
    QVERIFY(bench.server->lastActivity(u"0"_s).secsTo(bench.clock.now()) < 7);
    bench.clock.advance(14min);
    QVERIFY(bench.server->lastActivity(u"0"_s).secsTo(bench.clock.now()) > 13 * 60);
}

void TestExpiry::anActOfOursSparesATouch()
{
    FakeClock clock;
    QList<Clock::Duration> touches;
    KeepAlive keep([&](const QString&) { touches.append(clock.steady()); }, clock);
    keep.keep(u"0"_s, 20min);
    clock.advance(0ms);
    keep.acted(u"0"_s);
    clock.advance(9min);
    keep.acted(u"0"_s);
    clock.advance(9min);
    QCOMPARE(touches.size(), 1);
    clock.advance(1min);
    QCOMPARE(touches.size(), 2);
    keep.failed(u"0"_s);
    clock.advance(30s);
    QCOMPARE(touches.size(), 3);
    keep.releaseAll();
    clock.advance(24h);
    QCOMPARE(touches.size(), 3);
    keep.acted(u"0"_s);
    keep.failed(u"0"_s);
    QVERIFY(!keep.keeps(u"0"_s));
}

void TestExpiry::triesAgainAfterTrouble()
{
    Bench bench;
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.server->setKeptAlive(u"0"_s, true);
    bench.clock.advance(5min);
    QVERIFY(bench.server->isKeptAlive(u"0"_s));
    bench.state->outage.reset();
    bench.clock.advance(31s);
    QVERIFY(bench.server->expiry(u"0"_s).idle.isValid());
}

void TestExpiry::givesUpOnASessionThatIsGone()
{
    Bench bench;
    QSignalSpy changed(bench.server.get(), &Server::keptAliveChanged);
    bench.state->outage = errorOf(ErrorKind::NotFound);
    bench.server->setKeptAlive(u"0"_s, true);
    bench.clock.advance(1s);
    QVERIFY(!bench.server->isKeptAlive(u"0"_s));
    QCOMPARE(changed.size(), 2);
}

void TestExpiry::stopsWhenTakenBackOrEnded()
{
    Bench bench;
    bench.server->setKeptAlive(u"0"_s, true);
    bench.clock.advance(1s);
    bench.server->setKeptAlive(u"0"_s, false);
    QVERIFY(!bench.server->isKeptAlive(u"0"_s));
    bench.server->setKeptAlive(u"0"_s, true);
    bench.clock.advance(1s);
    bench.become(u"dead"_s);
    QVERIFY(!bench.server->isKeptAlive(u"0"_s));
    bench.become(u"idle"_s);
    bench.server->setKeptAlive(u"0"_s, true);
    bench.state->sessions.clear();
    bench.clock.advance(3s);
    QVERIFY(!bench.server->isKeptAlive(u"0"_s));
}

void TestExpiry::keepsNothingThatIsNotThere()
{
    Bench bench;
    bench.server->setKeptAlive(u"9"_s, true);
    QVERIFY(!bench.server->isKeptAlive(u"9"_s));
    bench.become(u"dead"_s);
    bench.server->setKeptAlive(u"0"_s, true);
    QVERIFY(!bench.server->isKeptAlive(u"0"_s));
}

KINDLING_TEST(TestExpiry)
#include "tst_expiry.moc"
