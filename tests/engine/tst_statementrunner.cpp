// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
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

class TestStatementRunner final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void looksNextByAgeRoundTripAndVisibility();
    void seesTheEndInTimeWithFewRequests_data();
    void seesTheEndInTimeWithFewRequests();
    void hiddenTabAsksLessOften();
    void waitsUntilTheSessionAcceptsStatements();
    void takesTheResultFromThePostsAnswer();
    void postsOneAfterTheOther();
    void firstFailureOfAGroupCancelsItsRest();
    void refusedPostFailsWithItsReason();
    void findsAStatementWhoseAnswerWasLost();
    void doesNotTakeAnOlderStatementForALostOne();
    void doesNotTakeWhatAnAttachedSessionHeldForALostOne_data();
    void doesNotTakeWhatAnAttachedSessionHeldForALostOne();
    void findsAShortStatementInASessionItSawStart();
    void findsAStatementThatArrivesLate();
    void nobodyCanTellWhatBecameOfOneThatIsNeverFound();
    void saysNotSentAfterThreeLooks();
    void neverPostsTwice();
    void keepsAskingThroughNetworkTrouble();
    void retryAfterIsObeyed();
    void losesAStatementTheServerForgot();
    void losesEverythingWhenTheSessionEnds();
    void takesAResultThatCameBeforeTheSessionEnded();
    void abandonLosesAllAndTakesNoMore();
    void cancelsAQueuedRunWithoutARequest();
    void cancelsARunningStatementHonestly();
    void cancelBeforeTheNumberIsKnownIsSentLater();
    void refusedCancelGoesOnRunning();
    void forcedCancelIsNotCalledStopped();
    void cancelAllSendsNothingFromTheQueue();
    void progressNeverFallsBack();
    void tellsADeadInterpreter();
    void serverWithoutStatementsLosesRuns();
};

namespace {
const ItemState idle = ItemState::fromWire(u"idle"_s);
const ItemState dead = ItemState::fromWire(u"dead"_s);

struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , api(clock, state)
        , runner(api.statements(), u"3"_s, clock)
    {
        runner.setSessionState(idle);
    }
    const Run& at(RunId id) const { return *runner.find(id); }
    RunState stateOf(RunId id) const { return runner.find(id)->state; }
    /// The statement on the server gets a state (and an output).
    void set(int number, StatementState to, std::optional<Output> output = {})
    {
        state->statements[number].state = to;
        state->statements[number].output = std::move(output);
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    FakeSparkApi api;
    StatementRunner runner;
};
}

void TestStatementRunner::looksNextByAgeRoundTripAndVisibility()
{
    QCOMPARE(nextLook(0ms, 5ms, true), 20ms);
    QCOMPARE(nextLook(250ms, 5ms, true), 20ms);
    QCOMPARE(nextLook(1000ms, 5ms, true), 80ms);
    QCOMPARE(nextLook(1000ms, 200ms, true), 200ms);
    QCOMPARE(nextLook(60s, 5ms, true), 1000ms);
    QCOMPARE(nextLook(60s, 9s, true), 1000ms);
    QCOMPARE(nextLook(1000ms, 5ms, false), 100ms);
    QCOMPARE(nextLook(10min, 5ms, false), 5000ms);
}

void TestStatementRunner::seesTheEndInTimeWithFewRequests_data()
{
    QTest::addColumn<int>("durationMs");
    QTest::addColumn<int>("mostRequests");
    QTest::newRow("0.1 s") << 100 << 7;
    QTest::newRow("1 s") << 1000 << 31;
    QTest::newRow("10 s") << 10'000 << 60;
    QTest::newRow("60 s") << 60'000 << 110;
}

void TestStatementRunner::seesTheEndInTimeWithFewRequests()
{
    QFETCH(int, durationMs);
    QFETCH(int, mostRequests);
    // the end may fall anywhere between two looks
    for (int shift = 0; shift < 40; ++shift) {
        for (const auto latency : { 2ms, 5ms, 20ms, 120ms }) {
            Bench bench;
            bench.state->latency = latency;
            const auto duration = std::chrono::milliseconds(durationMs - shift * durationMs / 200);
            bench.state->onFetch = [&](int number) -> Script<Statement> {
                const bool isOver = bench.clock.steady() >= duration;
                Statement now = statement(number, isOver ? StatementState::Available : StatementState::Running);
                if (isOver)
                    now.output = okOutput("1");
                return now;
            };
            const RunId id = bench.runner.run(u"x"_s, Kind::PySpark);
            while (bench.stateOf(id) != RunState::Finished)
                bench.clock.advance(1ms);
            const auto lag = bench.clock.steady() - duration;
            // the fake decides when a request leaves, so that a whole round trip may pass before and after
            const auto share = std::min<std::chrono::milliseconds>(1s, duration * 8 / 100);
            const auto allowed = std::max<std::chrono::milliseconds>({ 25ms, latency, share }) + 2 * latency;
            QVERIFY2(lag <= allowed, qPrintable(u"lag %1 of %2 ms"_s.arg(lag.count()).arg(allowed.count())));
            const int looks = bench.state->countOf(u"GET statement"_s);
            QVERIFY2(looks <= mostRequests, qPrintable(u"%1 requests at %2 ms round trip"_s.arg(looks).arg(latency.count())));
        }
    }
}

void TestStatementRunner::hiddenTabAsksLessOften()
{
    int visible = 0;
    for (const bool isVisible : { true, false }) {
        Bench bench;
        bench.runner.setVisible(isVisible);
        bench.runner.run(u"x"_s, Kind::PySpark);
        bench.clock.advance(60s);
        const int requests = bench.state->countOf(u"GET statement"_s);
        if (isVisible)
            visible = requests;
        else
            QVERIFY(requests < visible * 2 / 3);
    }
}

void TestStatementRunner::waitsUntilTheSessionAcceptsStatements()
{
    Bench bench;
    bench.runner.setSessionState(ItemState::fromWire(u"starting"_s));
    const RunId id = bench.runner.run(u"x"_s, Kind::PySpark);
    QSignalSpy changed(&bench.runner, &StatementRunner::runChanged);
    bench.clock.advance(10s);
    QCOMPARE(bench.stateOf(id), RunState::Queued);
    QCOMPARE(changed.size(), 1); // it is told of once, after run() gave its number
    QVERIFY(bench.state->calls.isEmpty());
    bench.runner.setSessionState(idle);
    bench.clock.advance(1ms);
    QCOMPARE(bench.stateOf(id), RunState::Submitting);
    bench.clock.advance(10ms);
    QCOMPARE(bench.stateOf(id), RunState::Waiting);
    QCOMPARE(bench.at(id).statement, 0);
    QVERIFY(bench.at(id).submitted.isValid());
}

void TestStatementRunner::takesTheResultFromThePostsAnswer()
{
    Bench bench;
    bench.state->onRun = [](const QString& code) -> Script<Statement> {
        Statement done = statement(7, StatementState::Available, code);
        done.output = okOutput("2");
        return done;
    };
    const RunId id = bench.runner.run(u"1+1"_s, Kind::PySpark);
    bench.clock.advance(1s);
    QCOMPARE(bench.stateOf(id), RunState::Finished);
    QCOMPARE(bench.at(id).output, okOutput("2"));
    QCOMPARE(bench.state->calls, QStringList{ u"POST statements 3"_s });
}

void TestStatementRunner::postsOneAfterTheOther()
{
    Bench bench;
    const RunId first = bench.runner.run(u"a"_s, Kind::PySpark);
    const RunId second = bench.runner.run(u"b"_s, Kind::Sql);
    bench.clock.advance(2s);
    QCOMPARE(bench.state->countOf(u"POST"_s), 1);
    QCOMPARE(bench.stateOf(second), RunState::Queued);
    QCOMPARE(bench.runner.activeCount(), 2);
    bench.set(0, StatementState::Available, okOutput("1"));
    bench.clock.advance(2s);
    QCOMPARE(bench.stateOf(first), RunState::Finished);
    QCOMPARE(bench.state->countOf(u"POST"_s), 2);
    QCOMPARE(bench.at(second).statement, 1);
    QCOMPARE(bench.runner.activeCount(), 1);
}

void TestStatementRunner::firstFailureOfAGroupCancelsItsRest()
{
    Bench bench;
    const int group = bench.runner.newGroup();
    const RunId first = bench.runner.run(u"a"_s, Kind::PySpark, group);
    const RunId second = bench.runner.run(u"b"_s, Kind::PySpark, group);
    const RunId other = bench.runner.run(u"c"_s, Kind::PySpark, bench.runner.newGroup());
    bench.clock.advance(1s);
    bench.set(0, StatementState::Available, errorOutput(u"ValueError"_s, u"no"_s));
    bench.clock.advance(2s);
    QCOMPARE(bench.stateOf(first), RunState::Failed);
    QCOMPARE(bench.stateOf(second), RunState::Cancelled);
    QCOMPARE(bench.stateOf(other), RunState::Waiting);
}

void TestStatementRunner::refusedPostFailsWithItsReason()
{
    Bench bench;
    bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::Server)); };
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(1s);
    QCOMPARE(bench.stateOf(id), RunState::Failed);
    QCOMPARE(bench.at(id).problem.kind, ErrorKind::Server);
    QVERIFY(bench.at(id).ended.isValid());
}

void TestStatementRunner::findsAStatementWhoseAnswerWasLost()
{
    Bench bench;
    bench.state->onRun = [&bench](const QString& code) -> Script<Statement> {
        QString normalised = code;
        bench.state->statements.append(statement(0, StatementState::Running, normalised.replace(u"\r\n"_s, u"\n"_s)));
        return std::unexpected(errorOf(ErrorKind::UnknownOutcome));
    };
    const RunId id = bench.runner.run(u"a\r\nb"_s, Kind::PySpark);
    QList<RunState> states;
    QObject::connect(&bench.runner, &StatementRunner::runChanged, &bench.runner, [&] { states.append(bench.stateOf(id)); });
    bench.clock.advance(100ms);
    QVERIFY(states.contains(RunState::Unconfirmed));
    QCOMPARE(bench.stateOf(id), RunState::Running);
    QCOMPARE(bench.at(id).statement, 0);
    bench.set(0, StatementState::Available, okOutput("1"));
    bench.clock.advance(2s);
    QCOMPARE(bench.stateOf(id), RunState::Finished);
}

void TestStatementRunner::doesNotTakeAnOlderStatementForALostOne()
{
    Bench bench;
    const RunId first = bench.runner.run(u"same"_s, Kind::PySpark);
    bench.clock.advance(10ms);
    bench.set(0, StatementState::Available, okOutput("1"));
    bench.clock.advance(1s);
    QCOMPARE(bench.stateOf(first), RunState::Finished);
    bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::UnknownOutcome)); };
    const RunId second = bench.runner.run(u"same"_s, Kind::PySpark);
    bench.clock.advance(2min);
    QCOMPARE(bench.stateOf(second), RunState::Lost);
}

void TestStatementRunner::doesNotTakeWhatAnAttachedSessionHeldForALostOne_data()
{
    QTest::addColumn<StatementState>("held");
    QTest::addColumn<int>("minutesAgo");
    QTest::newRow("its result of yesterday") << StatementState::Available << 24 * 60;
    QTest::newRow("a result of a clock that is fast") << StatementState::Available << -1;
    QTest::newRow("cancelled yesterday") << StatementState::Cancelled << 24 * 60;
    QTest::newRow("has run for an hour") << StatementState::Running << 60;
}

void TestStatementRunner::doesNotTakeWhatAnAttachedSessionHeldForALostOne()
{
    QFETCH(const StatementState, held);
    QFETCH(const int, minutesAgo);
    Bench bench;
    bench.state->statements = { statement(0, held, u"same"_s) };
    bench.state->statements[0].started = bench.clock.now().addSecs(-60 * minutesAgo);
    bench.state->statements[0].output = okOutput("old");
    bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::UnknownOutcome)); };
    const RunId id = bench.runner.run(u"same"_s, Kind::PySpark);
    bench.clock.advance(30s);
    QCOMPARE(bench.stateOf(id), RunState::Unconfirmed);
    bench.clock.advance(2min);
    QCOMPARE(bench.stateOf(id), RunState::Lost);
    QVERIFY(!bench.at(id).output);
    QCOMPARE(bench.at(id).statement, -1);
    QCOMPARE(bench.at(id).problem.kind, ErrorKind::UnknownOutcome);
    const bool mayBeOurs = held == StatementState::Available && minutesAgo < 1;
    QCOMPARE(bench.at(id).problem.title.contains(u"Statement 0 of the session has this code"_s), mayBeOurs);
    QCOMPARE(bench.at(id).problem.title.contains(u"Nobody can tell"_s), !mayBeOurs);
}

void TestStatementRunner::findsAShortStatementInASessionItSawStart()
{
    Bench bench;
    bench.runner.setSessionState(ItemState::fromWire(u"starting"_s));
    bench.runner.setSessionState(idle);
    bench.state->onRun = [&bench](const QString& code) -> Script<Statement> {
        bench.state->statements.append(statement(0, StatementState::Available, code));
        bench.set(0, StatementState::Available, okOutput("2"));
        return std::unexpected(errorOf(ErrorKind::UnknownOutcome));
    };
    const RunId id = bench.runner.run(u"1+1"_s, Kind::PySpark);
    bench.clock.advance(1s);
    QCOMPARE(bench.stateOf(id), RunState::Finished);
    QCOMPARE(bench.at(id).output, okOutput("2"));
    QCOMPARE(bench.state->countOf(u"LIST statements"_s), 1);
}

void TestStatementRunner::findsAStatementThatArrivesLate()
{
    Bench bench;
    bench.state->statements = { statement(4, StatementState::Available, u"a"_s) };
    bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::UnknownOutcome)); };
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(40s);
    QCOMPARE(bench.stateOf(id), RunState::Unconfirmed);
    bench.state->statements.append(statement(5, StatementState::Available, u"a"_s));
    bench.clock.advance(20s);
    QCOMPARE(bench.stateOf(id), RunState::Finished);
    QCOMPARE(bench.at(id).statement, 5);
}

void TestStatementRunner::nobodyCanTellWhatBecameOfOneThatIsNeverFound()
{
    Bench bench;
    Error noAnswer = errorOf(ErrorKind::UnknownOutcome);
    noAnswer.httpStatus = 504;
    bench.state->onRun = [&noAnswer](const QString&) -> Script<Statement> { return std::unexpected(noAnswer); };
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(55s);
    QCOMPARE(bench.stateOf(id), RunState::Unconfirmed);
    bench.clock.advance(20s);
    QCOMPARE(bench.stateOf(id), RunState::Lost);
    QCOMPARE(bench.at(id).problem.kind, ErrorKind::UnknownOutcome);
    QCOMPARE(bench.at(id).problem.httpStatus, 504);
    QVERIFY(bench.at(id).problem.title.contains(u"Nobody can tell"_s));
    QVERIFY(bench.state->countOf(u"LIST statements"_s) <= 15);
}

void TestStatementRunner::saysNotSentAfterThreeLooks()
{
    Bench bench;
    bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::Timeout)); };
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(20ms);
    QCOMPARE(bench.stateOf(id), RunState::Unconfirmed);
    bench.clock.advance(20s);
    QCOMPARE(bench.state->countOf(u"LIST statements"_s), 3);
    QCOMPARE(bench.stateOf(id), RunState::Failed);
    QVERIFY(bench.at(id).problem.title.contains(u"not sent"_s));
}

void TestStatementRunner::neverPostsTwice()
{
    for (const ErrorKind kind : { ErrorKind::UnknownOutcome, ErrorKind::Timeout, ErrorKind::Server, ErrorKind::Network, ErrorKind::Busy }) {
        Bench bench;
        bench.state->onRun = [kind](const QString&) -> Script<Statement> { return std::unexpected(errorOf(kind)); };
        bench.runner.run(u"a"_s, Kind::PySpark);
        bench.clock.advance(5min);
        QCOMPARE(bench.state->countOf(u"POST"_s), 1);
    }
}

void TestStatementRunner::keepsAskingThroughNetworkTrouble()
{
    Bench bench;
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.state->outage = errorOf(ErrorKind::Network);
    const int before = bench.state->countOf(u"GET statement"_s);
    bench.clock.advance(5min);
    const int during = bench.state->countOf(u"GET statement"_s) - before;
    QVERIFY2(during >= 10 && during < 120, qPrintable(QString::number(during)));
    QCOMPARE(bench.stateOf(id), RunState::Waiting);
    bench.state->outage.reset();
    bench.set(0, StatementState::Available, okOutput("1"));
    bench.runner.lookNow();
    bench.clock.advance(100ms);
    QCOMPARE(bench.stateOf(id), RunState::Finished);
}

void TestStatementRunner::retryAfterIsObeyed()
{
    Bench bench;
    bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.state->outage = errorOf(ErrorKind::Busy);
    bench.state->outage->retryAfter = 40s;
    bench.clock.advance(1s);
    const int before = bench.state->countOf(u"GET statement"_s);
    bench.clock.advance(38s);
    QCOMPARE(bench.state->countOf(u"GET statement"_s), before);
    bench.clock.advance(3s);
    QCOMPARE(bench.state->countOf(u"GET statement"_s), before + 1);
}

void TestStatementRunner::losesAStatementTheServerForgot()
{
    Bench bench;
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.state->statements.clear();
    bench.clock.advance(2s);
    QCOMPARE(bench.stateOf(id), RunState::Lost);
    QVERIFY(!bench.at(id).problem.title.isEmpty());
}

void TestStatementRunner::losesEverythingWhenTheSessionEnds()
{
    Bench bench;
    const RunId open = bench.runner.run(u"a"_s, Kind::PySpark);
    const RunId queued = bench.runner.run(u"b"_s, Kind::PySpark);
    bench.clock.advance(10s);
    bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::Rejected)); };
    bench.runner.setSessionState(dead);
    QCOMPARE(bench.stateOf(queued), RunState::Lost);
    bench.clock.advance(100ms);
    QCOMPARE(bench.stateOf(open), RunState::Lost);
    QVERIFY(bench.at(open).problem.title.contains(u"dead"_s));
    const RunId late = bench.runner.run(u"c"_s, Kind::PySpark);
    bench.clock.advance(100ms);
    QCOMPARE(bench.stateOf(late), RunState::Lost);
    QCOMPARE(bench.state->countOf(u"POST"_s), 1);
}

void TestStatementRunner::takesAResultThatCameBeforeTheSessionEnded()
{
    Bench bench;
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(60s);
    bench.set(0, StatementState::Available, okOutput("1"));
    bench.runner.setSessionState(dead);
    bench.clock.advance(100ms);
    QCOMPARE(bench.stateOf(id), RunState::Finished);
    // one that runs on in a session that ended never will
    Bench other;
    const RunId endless = other.runner.run(u"a"_s, Kind::PySpark);
    other.clock.advance(1s);
    other.runner.setSessionState(dead);
    other.clock.advance(100ms);
    QCOMPARE(other.stateOf(endless), RunState::Lost);
}

void TestStatementRunner::abandonLosesAllAndTakesNoMore()
{
    Bench bench;
    const RunId open = bench.runner.run(u"a"_s, Kind::PySpark);
    const RunId queued = bench.runner.run(u"b"_s, Kind::PySpark);
    bench.clock.advance(12ms); // an answer is on its way
    bench.runner.abandon(errorOf(ErrorKind::NotFound));
    QCOMPARE(bench.stateOf(open), RunState::Lost);
    QCOMPARE(bench.stateOf(queued), RunState::Lost);
    QCOMPARE(bench.at(open).problem.kind, ErrorKind::NotFound);
    const qsizetype calls = bench.state->calls.size();
    const RunId late = bench.runner.run(u"c"_s, Kind::PySpark);
    bench.clock.advance(10s);
    QCOMPARE(bench.stateOf(late), RunState::Lost);
    QCOMPARE(bench.stateOf(open), RunState::Lost);
    QCOMPARE(bench.state->calls.size(), calls);
}

void TestStatementRunner::cancelsAQueuedRunWithoutARequest()
{
    Bench bench;
    bench.runner.run(u"a"_s, Kind::PySpark);
    const RunId queued = bench.runner.run(u"b"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.runner.cancel(queued);
    bench.runner.cancel(4711);
    QCOMPARE(bench.stateOf(queued), RunState::Cancelled);
    QCOMPARE(bench.state->countOf(u"CANCEL"_s), 0);
}

void TestStatementRunner::cancelsARunningStatementHonestly()
{
    Bench bench;
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(10ms);
    bench.set(0, StatementState::Running);
    bench.clock.advance(1s);
    QCOMPARE(bench.stateOf(id), RunState::Running);
    bench.runner.cancel(id);
    bench.runner.cancel(id);
    QCOMPARE(bench.stateOf(id), RunState::Cancelling);
    bench.clock.advance(5s);
    QCOMPARE(bench.stateOf(id), RunState::Cancelling); // the server still says running
    QCOMPARE(bench.state->countOf(u"CANCEL statement 0"_s), 1);
    bench.set(0, StatementState::Cancelled, errorOutput(u"Error"_s, u"Job 8 cancelled"_s));
    bench.clock.advance(2s);
    QCOMPARE(bench.stateOf(id), RunState::Cancelled);
    QVERIFY(bench.at(id).output);
    QVERIFY(bench.at(id).note.isEmpty());
}

void TestStatementRunner::cancelBeforeTheNumberIsKnownIsSentLater()
{
    Bench bench;
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(1ms);
    bench.runner.cancel(id);
    QCOMPARE(bench.stateOf(id), RunState::Submitting);
    QCOMPARE(bench.state->countOf(u"CANCEL"_s), 0);
    bench.clock.advance(20ms);
    QCOMPARE(bench.state->countOf(u"CANCEL statement 0"_s), 1);
    QCOMPARE(bench.stateOf(id), RunState::Cancelling);
}

void TestStatementRunner::refusedCancelGoesOnRunning()
{
    Bench bench;
    bench.state->onCancel = [](int) -> Script<Done> { return std::unexpected(errorOf(ErrorKind::Server)); };
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.runner.cancel(id);
    bench.clock.advance(1s);
    QVERIFY(bench.stateOf(id) == RunState::Running);
    QVERIFY(bench.at(id).note.contains(u"scripted"_s));
    bench.runner.cancel(id);
    bench.clock.advance(1s);
    QCOMPARE(bench.state->countOf(u"CANCEL"_s), 2);
}

void TestStatementRunner::forcedCancelIsNotCalledStopped()
{
    Bench bench;
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.runner.cancel(id);
    bench.set(0, StatementState::Cancelling);
    bench.clock.advance(30s);
    bench.set(0, StatementState::Cancelled);
    bench.clock.advance(2s);
    QCOMPARE(bench.stateOf(id), RunState::Cancelled);
    QVERIFY(bench.at(id).note.contains(u"may still run"_s));
}

void TestStatementRunner::cancelAllSendsNothingFromTheQueue()
{
    Bench bench;
    const RunId open = bench.runner.run(u"a"_s, Kind::PySpark);
    const RunId queued = bench.runner.run(u"b"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.runner.cancelAll();
    bench.set(0, StatementState::Cancelled);
    bench.clock.advance(3s);
    QCOMPARE(bench.stateOf(open), RunState::Cancelled);
    QCOMPARE(bench.stateOf(queued), RunState::Cancelled);
    QCOMPARE(bench.state->countOf(u"POST"_s), 1);
    QCOMPARE(bench.runner.activeCount(), 0);
}

void TestStatementRunner::progressNeverFallsBack()
{
    Bench bench;
    const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(10ms);
    const QList<std::pair<double, double>> steps{ { 0.5, 0.5 }, { 0.4, 0.5 }, { 7, 1 }, { -1, 1 } };
    for (const auto& [said, shown] : steps) {
        bench.state->statements[0].progress = said;
        bench.clock.advance(2s);
        QCOMPARE(bench.at(id).progress, shown);
    }
}

void TestStatementRunner::tellsADeadInterpreter()
{
    Bench bench;
    QSignalSpy died(&bench.runner, &StatementRunner::interpreterDied);
    bench.runner.run(u"a"_s, Kind::PySpark);
    bench.clock.advance(10ms);
    bench.set(0, StatementState::Available, errorOutput(u"Error"_s, u"Interpreter died:\nboom"_s));
    bench.clock.advance(1s);
    QCOMPARE(died.size(), 1);
    QCOMPARE(died.at(0).at(0).value<Kind>(), Kind::PySpark);
    bench.runner.run(u"b"_s, Kind::PySpark);
    bench.clock.advance(10ms);
    bench.set(1, StatementState::Available, errorOutput(u"ValueError"_s, u"no"_s));
    bench.clock.advance(1s);
    QCOMPARE(died.size(), 1);
}

void TestStatementRunner::serverWithoutStatementsLosesRuns()
{
    FakeClock clock;
    StatementRunner runner(nullptr, u"3"_s, clock);
    runner.setSessionState(idle);
    const RunId id = runner.run(u"a"_s, Kind::PySpark);
    clock.advance(1s);
    QCOMPARE(runner.find(id)->state, RunState::Lost);
    QCOMPARE(runner.find(id)->problem.kind, ErrorKind::Unavailable);
}

KINDLING_TEST(TestStatementRunner)
#include "tst_statementrunner.moc"
