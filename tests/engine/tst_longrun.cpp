// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLongRun final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void aServerThatStartsAnewHasOtherSessions();
    void aServerAwayForAnHourIsFoundAgain();
};

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
    {
    }
    void start()
    {
        ServerProfile profile;
        profile.id = u"prod"_s;
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    [[nodiscard]] Server& server() const { return *workspace.servers().constFirst(); }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Workspace workspace;
};
}

void TestLongRun::aServerThatStartsAnewHasOtherSessions()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s), sparkItem(u"1"_s, u"busy"_s, u"adhoc"_s) };
    bench.start();
    StatementRunner* before = bench.server().runner(u"0"_s);
    before->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(30s);
    bench.state->outage.reset();
    bench.state->statements.clear();
    bench.state->sessions = { sparkItem(u"0"_s, u"starting"_s, u"nightly"_s) };
    bench.clock.advance(1min);
    QCOMPARE(before->runs().constFirst().state, RunState::Lost);
    QVERIFY(bench.server().runner(u"0"_s) != before);
    QCOMPARE(bench.server().sessions().items().size(), 1);
    QCOMPARE(bench.server().sessions().find(u"0"_s)->item.name, u"nightly"_s);
    QStringList ends;
    for (const Transition& transition : bench.workspace.transitions()) {
        if (transition.to == goneState())
            ends.append(transition.itemName + u' ' + transition.note);
    }
    QCOMPARE(ends, (QStringList{ u"etl replaced"_s, u"adhoc "_s }));
}

void TestLongRun::aServerAwayForAnHourIsFoundAgain()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"busy"_s, u"etl"_s) };
    bench.start();
    StatementRunner* runner = bench.server().runner(u"0"_s);
    bench.state->sessions[0].state = ItemState::fromWire(u"idle"_s);
    bench.clock.advance(3s);
    runner->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.state->calls.clear();
    bench.clock.advance(1h);
    QCOMPARE(bench.server().connection(), ConnectionState::Offline);
    QVERIFY2(bench.state->calls.size() < 3 * 360, qPrintable(QString::number(bench.state->calls.size())));
    QCOMPARE(bench.server().sessions().items().size(), 1);
    QCOMPARE(runner->activeCount(), 1);
    bench.state->outage.reset();
    bench.state->statements[0].state = StatementState::Available;
    bench.clock.advance(31s);
    QCOMPARE(bench.server().connection(), ConnectionState::Online);
    QCOMPARE(runner->runs().constFirst().state, RunState::Finished);
    QCOMPARE(bench.state->countOf(u"POST"_s), 0);
}

KINDLING_TEST(TestLongRun)
#include "tst_longrun.moc"
