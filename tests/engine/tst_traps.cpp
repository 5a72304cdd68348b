// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
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

namespace {
struct Bench {
    Bench()
    {
        ServerProfile profile;
        profile.id = u"s"_s;
        server = std::make_unique<Server>(profile, std::make_unique<FakeSparkApi>(clock, state), clock);
        state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
        server->start();
        clock.advance(100ms);
    }
    void setState(const QString& word) { state->sessions.first().state = ItemState::fromWire(word); }
    [[nodiscard]] const TrackedItem& item() { return *server->sessions().find(u"0"_s); }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    std::unique_ptr<Server> server;
    QObject context;
};

Error refusal(int status, const QString& words)
{
    Error error = errorOf(status >= 500 ? ErrorKind::Server : ErrorKind::Rejected);
    error.httpStatus = status;
    error.detail = words;
    return error;
}
}

/// The traps of the protocol (livy-protocol 8) that only the engine can fall into, by their numbers.
class TestTraps final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void trap05StoppingARunNeverInterruptsTheSession()
    {
        Bench bench;
        StatementRunner* runner = bench.server->runner(u"0"_s);
        runner->run(u"1"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        runner->cancelAll();
        bench.clock.advance(10s);
        QCOMPARE(bench.state->countOf(u"CANCEL statement 0"_s), 1);
        QCOMPARE(bench.state->countOf(u"INTERRUPT"_s) + bench.state->countOf(u"STOP"_s), 0);
    }
    void trap06ACancelledRunMayHaveNoOutput()
    {
        Bench bench;
        StatementRunner* runner = bench.server->runner(u"0"_s);
        const RunId id = runner->run(u"1"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        bench.state->statements[0].state = StatementState::Cancelled;
        bench.clock.advance(1s);
        QCOMPARE(runner->find(id)->state, RunState::Cancelled);
        QVERIFY(!runner->find(id)->output);
    }
    void trap07MoreThanAHundredArePagedAndMergedById()
    {
        Bench bench;
        for (int i = 1; i < 250; ++i)
            bench.state->sessions.append(sparkItem(QString::number(i), u"idle"_s));
        bool isShifted = false;
        bench.state->onList = [&](ItemType type, int from, int size) -> Script<ItemPage> {
            // one ends between the first page and the second
            if (type == ItemType::Session && from > 0 && !std::exchange(isShifted, true))
                bench.state->sessions.removeFirst();
            const QList<SparkItem>& all = type == ItemType::Session ? bench.state->sessions : bench.state->batches;
            const QList<SparkItem> page = all.mid(from, size);
            return ItemPage{ from, static_cast<int>(all.size()), page, page.size() };
        };
        bench.server->refresh();
        bench.clock.advance(3s);
        QVERIFY(isShifted);
        QCOMPARE(bench.server->sessions().items().size(), 249);
        for (int i = 1; i < 250; ++i)
            QVERIFY(bench.server->sessions().find(QString::number(i)));
    }
    void anErrorWhileStartingIsNoInterpreterThatDied()
    {
        Bench bench;
        bench.setState(u"starting"_s);
        bench.clock.advance(3s);
        StatementRunner* runner = bench.server->runner(u"0"_s);
        const RunId id = runner->run(u"1"_s, Kind::PySpark);
        bench.setState(u"error"_s);
        bench.clock.advance(10s);
        QCOMPARE(runner->find(id)->state, RunState::Queued);
        bench.setState(u"dead"_s);
        bench.clock.advance(3s);
        QCOMPARE(runner->find(id)->state, RunState::Lost);
        QCOMPARE(bench.state->countOf(u"POST"_s), 0);
    }
    void anErrorThatStaysIsNotWaitedForForEver()
    {
        Bench bench;
        bench.setState(u"starting"_s);
        bench.clock.advance(3s);
        StatementRunner* runner = bench.server->runner(u"0"_s);
        runner->run(u"1"_s, Kind::PySpark);
        bench.setState(u"error"_s);
        bench.clock.advance(50s);
        QCOMPARE(bench.state->countOf(u"POST"_s), 0);
        bench.clock.advance(20s);
        QCOMPARE(bench.state->countOf(u"POST"_s), 1);
    }
    void anErrorAfterWorkLeavesTheOtherInterpreters()
    {
        Bench bench;
        bench.setState(u"starting"_s);
        bench.clock.advance(3s);
        StatementRunner* runner = bench.server->runner(u"0"_s);
        bench.setState(u"idle"_s);
        bench.clock.advance(3s);
        bench.setState(u"error"_s);
        bench.clock.advance(3s);
        runner->run(u"1"_s, Kind::Sql);
        bench.clock.advance(100ms);
        QCOMPARE(bench.state->countOf(u"POST"_s), 1);
    }
    void tellsTheRowLimitOfItsSessionWithEachOutput()
    {
        Bench bench;
        bench.state->sessions.first().conf = { { u"livy.rsc.sql.num-rows"_s, u"5000"_s } };
        bench.clock.advance(3s);
        StatementRunner* runner = bench.server->runner(u"0"_s);
        bench.state->onRun = [](const QString& code) -> Script<Statement> {
            Statement made = statement(0, StatementState::Available, code);
            made.output = okOutput("1");
            return made;
        };
        const RunId id = runner->run(u"1"_s, Kind::Sql);
        bench.clock.advance(1s);
        QCOMPARE(runner->find(id)->output->rowLimit, 5000);
    }
    void trap08ADyingSessionIsLookedAtNotCalledAFault()
    {
        Bench bench;
        bench.server->setAttention(Server::Attention::Hidden);
        bench.clock.advance(1min);
        StatementRunner* runner = bench.server->runner(u"0"_s);
        const RunId id = runner->run(u"System.exit(0)"_s, Kind::Spark);
        bench.clock.advance(100ms);
        bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(refusal(500, u"java.util.concurrent.CancellationException"_s)); };
        const int lists = bench.state->countOf(u"GET sessions"_s);
        bench.clock.advance(2s);
        QVERIFY(bench.state->countOf(u"GET sessions"_s) > lists); // not after a minute
        QVERIFY(!isTerminal(runner->find(id)->state));
        bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(refusal(400, u"requirement failed: Session isn't active."_s)); };
        bench.setState(u"dead"_s);
        bench.clock.advance(40s);
        QCOMPARE(runner->find(id)->state, RunState::Lost);
        QVERIFY(runner->find(id)->problem.title.contains(u"session ended"_s));
        QCOMPARE(bench.item().item.state.value, ItemStateValue::Dead);
    }
    void trap08GetOfStatementsOnADeadSessionEndsTheRunAtOnce()
    {
        Bench bench;
        StatementRunner* runner = bench.server->runner(u"0"_s);
        const RunId id = runner->run(u"1"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(refusal(400, u"requirement failed: Session isn't active."_s)); };
        bench.clock.advance(100ms);
        QCOMPARE(runner->find(id)->state, RunState::Lost);
        QCOMPARE(runner->find(id)->problem.title, u"The session ended before the result was seen."_s);
    }
    void trap08AStatementThatADeadSessionRefusedIsNotLost()
    {
        Bench bench;
        bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(refusal(500, u"Session is in state dead"_s)); };
        StatementRunner* runner = bench.server->runner(u"0"_s);
        QSignalSpy doubted(runner, &StatementRunner::sessionDoubted);
        const RunId id = runner->run(u"1"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        QCOMPARE(runner->find(id)->state, RunState::Failed); // it surely did not run
        QCOMPARE(doubted.size(), 1);
    }
    void trap13AProxyUserThatTheServerDroppedIsSaid()
    {
        Bench bench;
        QStringList notes;
        connect(bench.server.get(), &Server::transitionSeen, &bench.context, [&notes](const Transition& seen) { notes.append(seen.note); });
        NewSession wanted;
        wanted.proxyUser = u"bob"_s;
        bench.server->createSession(wanted, &bench.context, [](const Result<SparkItem>&) {});
        bench.clock.advance(10ms);
        QCOMPARE(notes, QStringList{ u"The server ignored that it should run as bob."_s });
        notes.clear();
        bench.state->onCreate = [](ItemType, const QString& name) -> Script<SparkItem> {
            SparkItem made = sparkItem(u"9"_s, u"starting"_s, name);
            made.proxyUser = u"bob"_s;
            return made;
        };
        bench.server->createSession(wanted, &bench.context, [](const Result<SparkItem>&) {});
        bench.clock.advance(10ms);
        QCOMPARE(notes, QStringList{ QString() });
    }
    void trap16IdleIsNotTheEndOfAStatement()
    {
        Bench bench;
        StatementRunner* runner = bench.server->runner(u"0"_s);
        const RunId id = runner->run(u"1"_s, Kind::PySpark);
        bench.clock.advance(10ms);
        bench.state->statements[0].state = StatementState::Running;
        for (int i = 0; i < 6; ++i) {
            bench.setState(i % 2 == 0 ? u"busy"_s : u"idle"_s);
            bench.clock.advance(3s);
            QCOMPARE(runner->find(id)->state, RunState::Running);
        }
        QCOMPARE(bench.state->countOf(u"POST statements"_s), 1);
    }
    void trap16ASessionThatRecoversFromErrorStaysMarkedAsDamaged()
    {
        Bench bench;
        bench.setState(u"error"_s);
        bench.clock.advance(3s);
        QVERIFY(bench.item().damage.isEmpty());
        bench.setState(u"idle"_s);
        bench.clock.advance(3s);
        QCOMPARE(bench.item().damage, u"interpreter"_s);
        QCOMPARE(roleOf(bench.item().item.state, true), StateRole::Damaged);
    }
    void trap16TheKindThatDiedIsKeptWhenTheSessionIsIdleAgain()
    {
        Bench bench;
        bench.state->onRun = [](const QString& code) -> Script<Statement> {
            Statement done = statement(0, StatementState::Available, code);
            done.output = errorOutput(u"Error"_s, u"Interpreter died:\nTraceback"_s);
            return done;
        };
        bench.server->runner(u"0"_s)->run(u"%table x"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        for (const QString& word : { u"error"_s, u"idle"_s, u"busy"_s }) {
            bench.setState(word);
            bench.clock.advance(3s);
            QCOMPARE(bench.item().damage, u"pyspark"_s);
        }
    }
    void trap16KilledMayTurnDead()
    {
        Bench bench;
        for (const QString& word : { u"killed"_s, u"shutting_down"_s, u"dead"_s }) {
            bench.setState(word);
            bench.clock.advance(3s);
            QCOMPARE(bench.item().item.state.raw, word);
            QVERIFY(bench.item().item.state.isEnded());
        }
        QVERIFY(bench.server->sessions().items().size() == 1);
    }
    void trap18HeadersOfALogAreNoLines()
    {
        LogMerger merger;
        const QList<LogLine> lines = merger.merge({ u"stdout: "_s, u"a"_s, u"\nstderr: "_s, u"b"_s, u"\nYARN Diagnostics: "_s, u"c"_s });
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.at(1).section, LogSection::Stderr);
        QCOMPARE(lines.at(2).section, LogSection::Diagnostics);
    }
    void trap19ListsAreReadWithoutKeepingSessionsAlive()
    {
        Bench bench;
        bench.clock.advance(1min);
        QCOMPARE(bench.state->countOf(u"GET item"_s) + bench.state->countOf(u"GET state"_s) + bench.state->countOf(u"LIST"_s), 0);
    }
    void trap20ListsAreReadSlowly()
    {
        Bench bench;
        bench.state->calls.clear();
        bench.clock.advance(1min);
        const int reads = bench.state->countOf(u"GET sessions"_s);
        QVERIFY2(reads >= 25 && reads <= 31, qPrintable(QString::number(reads)));
    }
    void trap22ARefusedBatchMayStillBeThere()
    {
        Bench bench;
        bench.server->setAttention(Server::Attention::Hidden);
        bench.clock.advance(1min);
        bench.state->onCreate = [&bench](ItemType, const QString& name) -> Script<SparkItem> {
            bench.state->batches.append(sparkItem(u"4"_s, u"starting"_s, name));
            return std::unexpected(refusal(400, u"Rejected, Reason: requirement failed: Local path /x cannot be added to user sessions."_s));
        };
        bool isRefused = false;
        bench.server->createBatch({}, &bench.context, [&isRefused](const Result<SparkItem>& made) { isRefused = !made; });
        bench.clock.advance(1s);
        QVERIFY(isRefused);
        QVERIFY(bench.server->batches().find(u"4"_s)); // shown, so that a person can delete it
    }
    void anItemThatCannotBeReadDoesNotHideTheOthers()
    {
        Bench bench;
        bench.state->sessions.append(sparkItem(u"1"_s, u"idle"_s));
        bench.clock.advance(3s);
        bench.state->onList = [&bench](ItemType type, int from, int size) -> Script<ItemPage> {
            if (type == ItemType::Batch)
                return ItemPage{};
            ItemPage page{ from, 2, bench.state->sessions.mid(from, size), 2 };
            page.items.removeFirst(); // its id could not be read
            page.problem = u"sessions[0].id: an id was expected"_s;
            return page;
        };
        bench.clock.advance(3s);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        QCOMPARE(bench.server->problem().kind, ErrorKind::Protocol);
        QCOMPARE(bench.server->problem().detail, u"sessions[0].id: an id was expected"_s);
        QCOMPARE(bench.server->sessions().items().size(), 2); // nobody knows which it was: none is taken for gone
        bench.state->onList = {};
        bench.clock.advance(3s);
        QCOMPARE(bench.server->problem().kind, ErrorKind::Cancelled);
    }
};

KINDLING_TEST(TestTraps)
#include "tst_traps.moc"
