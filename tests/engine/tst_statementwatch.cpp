// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/statementwatch.h"
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

namespace {
ServerProfile profileOf(const QString& id)
{
    ServerProfile profile;
    profile.id = id;
    profile.name = id;
    return profile;
}

struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , server(profileOf(u"prod"_s), std::make_unique<FakeSparkApi>(clock, state), clock)
    {
        state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
        QObject::connect(&server, &Server::observed, &server, [this](const Observation& each) {
            if (const auto* seen = std::get_if<StatementSeen>(&each.what))
                statementsSeen += *seen;
            if (const auto* act = std::get_if<OwnAct>(&each.what))
                acts += *act;
            if (const auto* change = std::get_if<StateSeen>(&each.what))
                states += *change;
        });
        server.start();
        clock.advance(100ms);
    }
    StatementWatch* watch() { return server.statements(u"0"_s); }
    [[nodiscard]] int looks() const { return state->countOf(u"LIST statements"_s); }
    [[nodiscard]] bool isAttached() const { return const_cast<Server&>(server).sessions().find(u"0"_s)->isAttached; }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Server server;
    QList<StatementSeen> statementsSeen;
    QList<OwnAct> acts;
    QList<StateSeen> states;
};
}

class TestStatementWatch final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void asksForFewerWhereAllTogetherAreTooLarge()
    {
        Bench bench;
        bench.state->onListStatements = [&bench]() -> Script<StatementPage> {
            if (bench.looks() <= 3)
                return std::unexpected(errorOf(ErrorKind::TooLarge));
            return StatementPage{ 1, { statement(4, StatementState::Waiting, u"a"_s) } };
        };
        bench.watch()->watch();
        bench.clock.advance(1s);
        QCOMPARE(bench.looks(), 4); // of 100, 50, 25, 12
        QCOMPARE(bench.watch()->statements().size(), 1);
        QCOMPARE(bench.watch()->problem().kind, ErrorKind::Cancelled);
        bench.state->onListStatements = []() -> Script<StatementPage> { return std::unexpected(errorOf(ErrorKind::TooLarge)); };
        bench.clock.advance(10min);
        QCOMPARE(bench.watch()->problem().kind, ErrorKind::TooLarge); // one alone is
        QVERIFY2(bench.looks() < 150, qPrintable(QString::number(bench.looks())));
    }
    void looksOnlyWhileWatchedAndThenIsAttached()
    {
        Bench bench;
        bench.clock.advance(10s);
        QCOMPARE(bench.looks(), 0);
        QVERIFY(!bench.isAttached());
        bench.watch()->watch();
        bench.clock.advance(5s);
        QVERIFY(bench.isAttached());
        const int looks = bench.looks();
        QCOMPARE(looks, 3);
        bench.watch()->unwatch();
        QVERIFY(!bench.isAttached());
        bench.clock.advance(1min);
        QCOMPARE(bench.looks(), looks);
    }
    void tellsWhatChanged()
    {
        Bench bench;
        bench.state->statements = { statement(0, StatementState::Available, u"a"_s), statement(1, StatementState::Running, u"b"_s) };
        QSignalSpy changed(bench.watch(), &StatementWatch::changed);
        bench.watch()->watch();
        bench.clock.advance(1s);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.watch()->statements().size(), 2);
        bench.clock.advance(10s);
        QCOMPARE(changed.size(), 1); // nothing is new
        bench.state->statements[1].progress = 0.5;
        bench.state->statements += statement(2, StatementState::Waiting, u"c"_s);
        bench.clock.advance(2s);
        QCOMPARE(changed.size(), 2);
        const auto news = changed.at(1).at(0).value<QList<Statement>>();
        QCOMPARE(news.size(), 2);
        QCOMPARE(bench.watch()->statements().at(1).progress, 0.5);
        QCOMPARE(bench.watch()->statements().at(2).id, 2);
    }
    void keepsWhatTheServerForgets()
    {
        Bench bench;
        bench.state->statements = { statement(0, StatementState::Available, u"a"_s) };
        bench.watch()->watch();
        bench.clock.advance(1s);
        bench.state->statements = { statement(7, StatementState::Available, u"b"_s) };
        bench.clock.advance(3s);
        QCOMPARE(bench.watch()->statements().size(), 2);
    }
    void manyNewOnesAtOnceAreAllSeen()
    {
        Bench bench;
        bench.watch()->watch();
        bench.clock.advance(1s);
        for (int i = 0; i < 60; ++i)
            bench.state->statements += statement(i, StatementState::Available, u"x"_s);
        bench.clock.advance(3s);
        QCOMPARE(bench.watch()->statements().size(), 60);
    }
    void whatOthersRunIsObserved()
    {
        Bench bench;
        bench.server.runner(u"0"_s)->run(u"ours"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        bench.statementsSeen.clear();
        bench.state->statements += statement(1, StatementState::Available, u"theirs"_s);
        bench.watch()->watch();
        bench.clock.advance(500ms);
        const auto of = [&bench](const QString& code) {
            return std::ranges::count_if(bench.statementsSeen, [&code](const StatementSeen& seen) { return seen.code == code; });
        };
        QCOMPARE(of(u"theirs"_s), 1);
        const auto theirs = std::ranges::find(bench.statementsSeen, u"theirs"_s, &StatementSeen::code);
        QCOMPARE(theirs->state, RunState::Finished);
        // our own are told by those who run them
        QVERIFY(std::ranges::none_of(bench.statementsSeen, [](const StatementSeen& seen) { return seen.code == "ours"_L1 && !seen.submitted.isValid(); }));
    }
    void leavesAStartingSessionAlone()
    {
        Bench bench;
        bench.state->sessions[0].state = ItemState::fromWire(u"starting"_s);
        bench.server.refresh();
        bench.clock.advance(100ms);
        bench.watch()->watch();
        bench.clock.advance(10s);
        QCOMPARE(bench.looks(), 0);
        bench.state->sessions[0].state = ItemState::fromWire(u"idle"_s);
        bench.clock.advance(3s);
        QVERIFY(bench.looks() > 0);
    }
    void tellsAProblemAndGoesOn()
    {
        Bench bench;
        bench.state->onListStatements = []() -> Script<StatementPage> { return std::unexpected(errorOf(ErrorKind::Server)); };
        bench.watch()->watch();
        bench.clock.advance(1s);
        QCOMPARE(bench.watch()->problem().kind, ErrorKind::Server);
        QVERIFY(!bench.watch()->hasLoaded());
        bench.state->onListStatements = {};
        bench.clock.advance(1min);
        QCOMPARE(bench.watch()->problem().kind, ErrorKind::Cancelled);
        QVERIFY(bench.watch()->hasLoaded());
    }
    void asksNothingWhileNobodyIsSignedIn()
    {
        Bench bench;
        bench.watch()->watch();
        bench.clock.advance(1s);
        bench.state->outage = errorOf(ErrorKind::SignIn);
        bench.clock.advance(10s);
        const int looks = bench.looks();
        bench.clock.advance(10min);
        QCOMPARE(bench.looks(), looks);
        QCOMPARE(bench.watch()->problem().kind, ErrorKind::SignIn);
    }
    void aGoneSessionIsAskedNoMore()
    {
        Bench bench;
        StatementWatch* watch = bench.watch();
        watch->watch();
        bench.clock.advance(1s);
        bench.state->sessions.clear();
        bench.clock.advance(5s);
        const int looks = bench.looks();
        QVERIFY(!watch->isWatched());
        bench.clock.advance(1min);
        QCOMPARE(bench.looks(), looks);
        QVERIFY(bench.watch() != watch);
    }
    void aStopKeepsTheSessionListed()
    {
        Bench bench;
        std::optional<Result<Done>> stopped;
        bench.server.stop(u"0"_s, &bench.server, [&stopped](Result<Done> answer) { stopped = std::move(answer); });
        QVERIFY(!bench.server.sessions().find(u"0"_s)->isDeleting);
        bench.clock.advance(1s);
        QVERIFY(stopped && *stopped);
        QCOMPARE(bench.state->countOf(u"STOP session"_s), 1);
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 0);
        QCOMPARE(bench.server.sessions().find(u"0"_s)->item.state.value, ItemStateValue::Dead);
        QCOMPARE(bench.states.constLast().note, u"stopped-here"_s);
        QCOMPARE(bench.acts.constLast().what, OwnAct::What::Stop);
    }
    void aLostStopIsSettledByLooking()
    {
        Bench bench;
        bench.state->outage = errorOf(ErrorKind::UnknownOutcome);
        std::optional<Result<Done>> stopped;
        bench.server.stop(u"0"_s, &bench.server, [&stopped](Result<Done> answer) { stopped = std::move(answer); });
        bench.clock.advance(1s);
        QVERIFY(!stopped);
        bench.state->outage.reset();
        bench.state->sessions[0].state = ItemState::fromWire(u"dead"_s);
        bench.clock.advance(10s);
        QVERIFY(stopped && *stopped);
        QCOMPARE(bench.state->countOf(u"STOP session"_s), 1);
    }
};

KINDLING_TEST(TestStatementWatch)
#include "tst_statementwatch.moc"
