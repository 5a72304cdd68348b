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
/// A server with a session on which a statement runs and whose log is watched.
struct Bench {
    Bench()
    {
        ServerProfile profile;
        profile.id = u"s"_s;
        server = std::make_unique<Server>(profile, std::make_unique<FakeSparkApi>(clock, state), clock);
        state->sessions = { sparkItem(u"0"_s, u"busy"_s, u"etl"_s), sparkItem(u"1"_s, u"idle"_s, u"other"_s) };
        server->start();
        clock.advance(100ms);
        runner = server->runner(u"0"_s);
        run = runner->run(u"1"_s, Kind::PySpark);
        log = server->log(ItemType::Session, u"0"_s);
        log->watch();
        clock.advance(1s);
        state->calls.clear();
    }
    [[nodiscard]] RunState stateOfRun() const { return runner->find(run)->state; }
    [[nodiscard]] int requestsIn(Clock::Duration time)
    {
        state->calls.clear();
        clock.advance(time);
        return static_cast<int>(state->calls.size());
    }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    std::unique_ptr<Server> server;
    StatementRunner* runner = nullptr;
    LogTailer* log = nullptr;
    RunId run = 0;
    QObject context;
};
}

/// The rows of the network fault matrix (performance.md 5.3) that the engine answers; docs/protocol.md has the whole.
class TestFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void aServerThatIsAwayIsAskedRarelyAndItsDataKept_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("refused, unknown name, unreachable") << ErrorKind::Network;
        QTest::newRow("silent") << ErrorKind::Timeout;
        QTest::newRow("no certificate that is trusted") << ErrorKind::Tls;
        QTest::newRow("500, 502, 504") << ErrorKind::Server;
        QTest::newRow("429, 503") << ErrorKind::Busy;
        QTest::newRow("a page instead of data") << ErrorKind::Protocol;
        QTest::newRow("an answer without end") << ErrorKind::TooLarge;
    }
    void aServerThatIsAwayIsAskedRarelyAndItsDataKept()
    {
        QFETCH(const ErrorKind, kind);
        Bench bench;
        const QDateTime seen = bench.server->lastSeen();
        bench.state->outage = errorOf(kind);
        bench.clock.advance(10s);
        QCOMPARE(bench.server->connection(), ConnectionState::Offline);
        QCOMPARE(bench.server->problem().kind, kind);
        QCOMPARE(bench.server->sessions().items().size(), 2);
        QVERIFY(bench.server->sessions().find(u"0"_s)->seen <= bench.server->lastSeen());
        QVERIFY(bench.server->lastSeen() <= seen.addSecs(3)); // how old it is can be told
        bench.clock.advance(5min);
        const int requests = bench.requestsIn(30min);
        // three or four that ask, each after 0.1 to 30 s with full jitter: two a minute each at the least
        QVERIFY2(requests >= 3 * 60 && requests <= 4 * 60 * 6, qPrintable(QString::number(requests)));
        // nobody knows: it is not called lost, but for a result that nobody can take
        QCOMPARE(bench.stateOfRun(), kind == ErrorKind::TooLarge ? RunState::Lost : RunState::Waiting);
        bench.state->outage.reset();
        bench.clock.advance(31s);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        QCOMPARE(bench.server->problem().kind, ErrorKind::Cancelled);
    }
    void aPersonsRefreshEndsTheWait()
    {
        Bench bench;
        bench.state->outage = errorOf(ErrorKind::Network);
        bench.clock.advance(10min);
        bench.state->outage.reset();
        bench.state->statements[0].state = StatementState::Available;
        bench.server->refresh();
        bench.clock.advance(100ms);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        QCOMPARE(bench.stateOfRun(), RunState::Finished);
    }
    void missingSignInPausesEverything_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("401") << ErrorKind::SignIn;
        QTest::newRow("no credential without a person") << ErrorKind::PersonNeeded;
    }
    void missingSignInPausesEverything()
    {
        QFETCH(const ErrorKind, kind);
        Bench bench;
        int prompts = 0;
        connect(bench.server.get(), &Server::connectionChanged, &bench.context, [&] { prompts += bench.server->connection() == ConnectionState::SignInNeeded; });
        bench.state->outage = errorOf(kind);
        bench.clock.advance(10s);
        QCOMPARE(bench.server->connection(), ConnectionState::SignInNeeded);
        QCOMPARE(bench.requestsIn(8h), 0); // neither lists, nor the statement, nor the log
        QCOMPARE(prompts, 1);
        bench.state->outage.reset();
        bench.state->statements[0].state = StatementState::Available;
        bench.server->refresh();
        bench.clock.advance(1s);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        QCOMPARE(bench.stateOfRun(), RunState::Finished);
        QVERIFY(bench.state->countOf(u"GET session log"_s) > 0);
    }
    void aSingleRefusedSignInSilencesNobodyForGood()
    {
        Bench bench;
        bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::SignIn)); };
        bench.state->onLog = [](ItemType) -> Script<LogSlice> { return std::unexpected(errorOf(ErrorKind::SignIn)); };
        bench.clock.advance(3s);
        QCOMPARE(bench.server->connection(), ConnectionState::Online); // the lists are let in
        bench.state->onFetch = {};
        bench.state->onLog = {};
        bench.state->statements[0].state = StatementState::Available;
        bench.clock.advance(35s);
        QCOMPARE(bench.stateOfRun(), RunState::Finished);
        QVERIFY(bench.log->hasLoaded());
    }
    void aForbiddenListLeavesTheOthers()
    {
        Bench bench;
        bench.state->onList = [&bench](ItemType type, int from, int size) -> Script<ItemPage> {
            if (type == ItemType::Batch)
                return std::unexpected(errorOf(ErrorKind::Forbidden));
            return ItemPage{ from, 2, bench.state->sessions.mid(from, size), 2 };
        };
        bench.clock.advance(10s);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        QCOMPARE(bench.server->problem().kind, ErrorKind::Forbidden);
        QCOMPARE(bench.server->sessions().items().size(), 2);
    }
    void aStatementThatCannotBeReadIsGivenUpWhileTheListsAnswer_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("mostMinutes");
        QTest::newRow("403") << ErrorKind::Forbidden << 3;
        QTest::newRow("not what the protocol says") << ErrorKind::Protocol << 3;
        QTest::newRow("a result without end") << ErrorKind::TooLarge << 1;
        QTest::newRow("silence") << ErrorKind::Timeout << 12;
        QTest::newRow("500") << ErrorKind::Server << 12;
    }
    void aStatementThatCannotBeReadIsGivenUpWhileTheListsAnswer()
    {
        QFETCH(const ErrorKind, kind);
        QFETCH(const int, mostMinutes);
        Bench bench;
        bench.state->onFetch = [kind](int) -> Script<Statement> { return std::unexpected(errorOf(kind)); };
        bench.state->calls.clear();
        bench.clock.advance(std::chrono::minutes(mostMinutes));
        QCOMPARE(bench.stateOfRun(), RunState::Lost);
        QCOMPARE(bench.runner->find(bench.run)->problem.kind, kind);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        QVERIFY(bench.state->countOf(u"GET statement"_s) <= 6 * mostMinutes);
        QCOMPARE(bench.state->countOf(u"POST"_s), 0);
    }
    void retryAfterIsObeyedByAllThatAsk()
    {
        Bench bench;
        bench.state->outage = errorOf(ErrorKind::Busy);
        bench.state->outage->retryAfter = 120s;
        bench.clock.advance(10s);
        QCOMPARE(bench.requestsIn(100s), 0);
        QVERIFY(bench.requestsIn(40s) > 0);
    }
    void aSilentServerStopsOnlyWhatWaitsForIt()
    {
        Bench bench;
        bench.state->onList = [&bench](ItemType type, int from, int size) -> Script<ItemPage> {
            if (type == ItemType::Batch)
                return std::nullopt;
            return ItemPage{ from, 2, bench.state->sessions.mid(from, size), 2 };
        };
        bench.state->calls.clear();
        bench.clock.advance(60s);
        QVERIFY(bench.state->countOf(u"GET batches"_s) <= 1);
        QVERIFY(bench.state->countOf(u"GET sessions"_s) >= 25);
        QVERIFY(bench.state->countOf(u"GET statement"_s) >= 20);
    }
    void aStatementThatIsForgottenIsNotASessionThatIsGone()
    {
        Bench bench;
        bench.state->statements.clear();
        bench.clock.advance(2s);
        QCOMPARE(bench.stateOfRun(), RunState::Lost);
        QVERIFY(bench.runner->find(bench.run)->problem.title.contains(u"no longer knows the statement"_s));
        QVERIFY(bench.server->sessions().find(u"0"_s));
        QCOMPARE(bench.server->runner(u"0"_s), bench.runner);
    }
    void aSessionDeletedElsewhereIsGoneAfterOneLook()
    {
        Bench bench;
        QSignalSpy seen(bench.server.get(), &Server::transitionSeen);
        bench.state->sessions.removeFirst();
        bench.clock.advance(2300ms);
        QVERIFY(!bench.server->sessions().find(u"0"_s));
        QCOMPARE(bench.stateOfRun(), RunState::Lost);
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen.at(0).at(0).value<Transition>().to.raw, u"gone"_s);
        QVERIFY(!bench.log->isWatched()); // what was read of it stays
    }
    void aServerThatBeganAgainAtZeroIsNotBelieved()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"0"_s, u"starting"_s, u"somebody else's"_s) };
        bench.clock.advance(2300ms);
        QCOMPARE(bench.stateOfRun(), RunState::Lost);
        QCOMPARE(bench.server->sessions().find(u"0"_s)->item.name, u"somebody else's"_s);
        QVERIFY(bench.server->runner(u"0"_s) != bench.runner);
    }
    void aCancelThatComesTooLateChangesNothing()
    {
        Bench bench;
        bench.runner->cancel(bench.run);
        bench.state->statements[0].state = StatementState::Available; // it ended before the cancel arrived
        bench.state->statements[0].output = okOutput("2");
        bench.clock.advance(2s);
        QCOMPARE(bench.stateOfRun(), RunState::Finished);
        QCOMPARE(bench.runner->find(bench.run)->output, okOutput("2"));
    }
    void afterASleepThereIsNoBurst()
    {
        Bench bench;
        for (int i = 2; i < 12; ++i) {
            bench.state->sessions.append(sparkItem(QString::number(i), u"busy"_s));
            bench.server->log(ItemType::Session, QString::number(i))->watch();
        }
        bench.clock.advance(10s);
        bench.state->latency = 0ms;
        bench.state->outage = errorOf(ErrorKind::Network);
        bench.clock.advance(30s);
        // the machine sleeps: time passes, and nothing runs until it wakes
        bench.clock.sleep(8h);
        bench.state->outage.reset();
        const int first = bench.requestsIn(900ms);
        // eleven logs, a statement, two lists, the version, and after it the lists of what may be another server
        QVERIFY2(first >= 1 && first <= 17, qPrintable(QString::number(first)));
        bench.clock.advance(1min);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
    }
    void aMachineThatSleptLooksAsSoonAsItIsAwake()
    {
        Bench bench;
        bench.server->setAttention(Server::Attention::Hidden);
        bench.server->refresh();
        bench.clock.advance(2s);
        // timers stand still with the machine, its wall clock does not
        bench.clock.jump(8h);
        bench.state->calls.clear();
        int dropsBefore = 0;
        bench.state->onList = [&](ItemType type, int, int) -> Script<ItemPage> {
            dropsBefore = bench.state->droppedConnections;
            const auto& all = type == ItemType::Session ? bench.state->sessions : bench.state->batches;
            return ItemPage{ 0, static_cast<int>(all.size()), all, all.size(), {} };
        };
        bench.clock.advance(7s);
        QCOMPARE(bench.state->countOf(u"GET sessions"_s), 1);
        QCOMPARE(dropsBefore, 1); // the connections of before lead nowhere
        QCOMPARE(bench.state->droppedConnections, 1);
        bench.clock.advance(30s);
        QCOMPARE(bench.state->countOf(u"GET sessions"_s), 1);
        bench.clock.jump(-8h); // one that is set right
        bench.clock.advance(7s);
        QCOMPARE(bench.state->countOf(u"GET sessions"_s), 1);
    }
    void aMachineThatSleptAsksNobodyToSignIn()
    {
        Bench bench;
        bench.state->outage = errorOf(ErrorKind::SignIn);
        bench.clock.advance(10s);
        QCOMPARE(bench.server->connection(), ConnectionState::SignInNeeded);
        bench.clock.jump(8h);
        QCOMPARE(bench.requestsIn(10min), 0);
    }
    void aProxyThatRefusedIsAskedOnceMoreAfterASleep()
    {
        Bench bench;
        bench.state->outage = errorOf(ErrorKind::PersonNeeded);
        bench.state->outage->httpStatus = 407;
        bench.clock.advance(10s);
        QCOMPARE(bench.server->connection(), ConnectionState::SignInNeeded);
        QCOMPARE(bench.requestsIn(10min), 0);
        bench.clock.jump(8h);
        const int asked = bench.requestsIn(10min);
        QVERIFY2(asked >= 1 && asked <= 6, qPrintable(QString::number(asked)));
        QCOMPARE(bench.requestsIn(10min), 0);
        bench.state->outage.reset();
        bench.clock.jump(8h);
        bench.clock.advance(10s);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
    }
    void aNetworkThatFlapsIsNotHammered()
    {
        Bench bench;
        bench.state->calls.clear();
        for (int i = 0; i < 60; ++i) {
            if (i % 2 == 0)
                bench.state->outage = errorOf(ErrorKind::Network);
            else
                bench.state->outage.reset();
            bench.clock.advance(5s);
        }
        QVERIFY2(bench.state->calls.size() < 5 * 60 * 4, qPrintable(QString::number(bench.state->calls.size())));
        bench.clock.advance(1min);
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        QCOMPARE(bench.stateOfRun(), RunState::Waiting);
    }
    void aWallClockThatJumpsChangesNoRhythm_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("a day forward") << 24;
        QTest::newRow("a day back") << -24;
        QTest::newRow("summer time") << 1;
    }
    void aWallClockThatJumpsChangesNoRhythm()
    {
        QFETCH(const int, hours);
        Bench bench;
        bench.clock.jump(std::chrono::hours(hours));
        bench.state->calls.clear();
        bench.clock.advance(20s);
        const int lists = bench.state->countOf(u"GET sessions"_s);
        QVERIFY2(lists >= 9 && lists <= 11, qPrintable(QString::number(lists)));
        QCOMPARE(bench.server->connection(), ConnectionState::Online);
        bench.state->statements[0].state = StatementState::Available;
        bench.clock.advance(2s);
        QCOMPARE(bench.stateOfRun(), RunState::Finished);
    }
    void anUnsafeRequestIsNeverSentAgain_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("lost answer") << ErrorKind::UnknownOutcome;
        QTest::newRow("refused connection") << ErrorKind::Network;
        QTest::newRow("429, 503") << ErrorKind::Busy;
        QTest::newRow("500") << ErrorKind::Server;
        QTest::newRow("401") << ErrorKind::SignIn;
    }
    void anUnsafeRequestIsNeverSentAgain()
    {
        QFETCH(const ErrorKind, kind);
        Bench bench;
        bench.state->onCreate = [kind](ItemType, const QString&) -> Script<SparkItem> { return std::unexpected(errorOf(kind)); };
        bench.state->onRemove = [kind](ItemType, const QString&) -> Script<Done> { return std::unexpected(errorOf(kind)); };
        bench.state->onRun = [kind](const QString&) -> Script<Statement> { return std::unexpected(errorOf(kind)); };
        bench.server->createBatch({}, &bench.context, [](const Result<SparkItem>&) {});
        bench.server->remove(ItemType::Session, u"1"_s, &bench.context, [](const Result<Done>&) {});
        bench.server->runner(u"1"_s)->run(u"1"_s, Kind::Sql);
        bench.clock.advance(10min);
        QCOMPARE(bench.state->countOf(u"POST batches"_s), 1);
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 1);
        QCOMPARE(bench.state->countOf(u"POST statements 1"_s), 1);
    }
};

KINDLING_TEST(TestFaults)
#include "tst_faults.moc"
