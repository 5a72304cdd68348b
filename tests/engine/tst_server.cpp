// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestServer final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void asksTheVersionFirstThenTheLists();
    void pollsByAttention();
    void goesOfflineAndComesBack();
    void asksAPersonToSignInAndWaits();
    void aSignInThatEndedMidwayIsAskedForOnce();
    void aServerWithoutBatchesIsOnline();
    void oneRefusedListIsAProblemNotAnOutage();
    void aServerThatHidesItsVersionIsOnline();
    void readsAllPagesOfALongList();
    void createdSessionIsShownAtOnce();
    void givesAUniqueNameWhereNoneIs();
    void createNeedsAConnection();
    void cancelledCreateStillShowsWhatCame();
    void createIsNeverSentTwice();
    void deletesOnceAndMarksMeanwhile();
    void settlesALostDeleteByLooking();
    void failedDeleteUnmarks();
    void lateListDoesNotReviveADeletedSession();
    void runnerFollowsItsSession();
    void runnerOfAGoneSessionIsReplaced();
    void reusedIdGetsAnotherRunner();
    void deadInterpreterDamagesTheSession();
    void watchingALogAttaches();
    void anotherApiStartsFromNothing();
    void lostApiAnswersWhatIsUnderWay();
    void countsActiveRuns();
};

namespace {
ServerProfile profileOf(const QString& id)
{
    ServerProfile profile;
    profile.id = id;
    profile.name = u"prod"_s;
    return profile;
}

struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , server(profileOf(u"s"_s), std::make_unique<FakeSparkApi>(clock, state), clock)
    {
        state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
    }
    void start()
    {
        server.start();
        clock.advance(100ms);
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Server server;
    QObject context;
};

template<typename T>
struct Caught {
    explicit Caught(std::optional<Result<T>>& target)
        : result(target)
    {
    }
    void operator()(Result<T> answer) const { result = std::move(answer); }
    std::optional<Result<T>>& result;
};
}

void TestServer::asksTheVersionFirstThenTheLists()
{
    Bench bench;
    QSignalSpy listed(&bench.server, &Server::listed);
    QCOMPARE(bench.server.connection(), ConnectionState::Unconnected);
    bench.server.start();
    QCOMPARE(bench.server.connection(), ConnectionState::Connecting);
    bench.clock.advance(6ms);
    QCOMPARE(bench.state->calls.first(1), QStringList{ u"GET version"_s });
    bench.clock.advance(10ms);
    QCOMPARE(bench.state->calls, (QStringList{ u"GET version"_s, u"GET sessions 0 100"_s, u"GET batches 0 100"_s }));
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    QCOMPARE(bench.server.version().minor, 9);
    QCOMPARE(bench.server.sessions().items().size(), 1);
    QCOMPARE(bench.server.roundTrip(), 5ms);
    QCOMPARE(listed.size(), 2);
    QVERIFY(bench.server.lastSeen().isValid());
}

void TestServer::pollsByAttention()
{
    Bench bench;
    bench.start();
    const std::array<std::pair<Server::Attention, int>, 3> rhythms{ { { Server::Attention::Visible, 2 }, { Server::Attention::Background, 15 },
        { Server::Attention::Hidden, 60 } } };
    for (const auto& [attention, seconds] : rhythms) {
        bench.server.setAttention(attention);
        bench.clock.advance(std::chrono::seconds(seconds));
        bench.state->calls.clear();
        bench.clock.advance(std::chrono::seconds(seconds * 20));
        const int polls = bench.state->countOf(u"GET sessions"_s);
        QVERIFY2(polls >= 17 && polls <= 21, qPrintable(QString::number(polls)));
    }
}

void TestServer::goesOfflineAndComesBack()
{
    Bench bench;
    bench.start();
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(5s);
    QCOMPARE(bench.server.connection(), ConnectionState::Offline);
    QCOMPARE(bench.server.problem().kind, ErrorKind::Network);
    QCOMPARE(bench.server.sessions().items().size(), 1); // as last seen
    bench.state->calls.clear();
    bench.state->outage.reset();
    bench.server.refresh();
    QCOMPARE(bench.server.connection(), ConnectionState::Connecting);
    bench.clock.advance(100ms);
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    QCOMPARE(bench.server.problem().kind, ErrorKind::Cancelled);
    // and without a person's help
    bench.state->outage = errorOf(ErrorKind::Server);
    bench.clock.advance(5s);
    QCOMPARE(bench.server.connection(), ConnectionState::Offline);
    bench.state->outage.reset();
    bench.state->calls.clear();
    bench.clock.advance(1min);
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    QCOMPARE(bench.state->countOf(u"GET version"_s), 1); // it may be another version now
}

void TestServer::asksAPersonToSignInAndWaits()
{
    Bench bench;
    bench.state->outage = errorOf(ErrorKind::SignIn);
    bench.start();
    QCOMPARE(bench.server.connection(), ConnectionState::SignInNeeded);
    bench.clock.advance(1h);
    QCOMPARE(bench.state->calls.size(), 1);
    bench.state->outage.reset();
    bench.server.refresh();
    bench.clock.advance(100ms);
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
}

void TestServer::aSignInThatEndedMidwayIsAskedForOnce()
{
    Bench bench;
    bench.start();
    bench.state->outage = errorOf(ErrorKind::SignIn);
    bench.clock.advance(3s);
    QCOMPARE(bench.server.connection(), ConnectionState::SignInNeeded);
    bench.state->outage.reset();
    QList<ConnectionState> states;
    connect(&bench.server, &Server::connectionChanged, this, [&] { states.append(bench.server.connection()); });
    bench.server.refresh();
    bench.clock.advance(100ms);
    QCOMPARE(states, (QList{ ConnectionState::Connecting, ConnectionState::Online }));
}

void TestServer::aServerWithoutBatchesIsOnline()
{
    Bench bench;
    bench.state->hasBatches = false;
    bench.start();
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    QCOMPARE(bench.state->countOf(u"GET batches"_s), 0);
    std::optional<Result<SparkItem>> result;
    bench.server.createBatch({}, &bench.context, Caught(result));
    QVERIFY(!result);
    bench.clock.advance(1ms);
    QVERIFY(result && !*result);
    QCOMPARE(result->error().kind, ErrorKind::Unavailable);
}

void TestServer::oneRefusedListIsAProblemNotAnOutage()
{
    Bench bench;
    bench.state->onList = [](ItemType type, int, int) -> Script<ItemPage> {
        if (type == ItemType::Batch)
            return std::unexpected(errorOf(ErrorKind::Forbidden));
        return ItemPage{};
    };
    bench.start();
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    QCOMPARE(bench.server.problem().kind, ErrorKind::Forbidden);
}

void TestServer::aServerThatHidesItsVersionIsOnline()
{
    using enum ErrorKind;
    for (const ErrorKind kind : { NotFound, Forbidden, Rejected, Protocol, TooLarge, Server }) {
        Bench bench;
        bench.state->onVersion = [kind]() -> Script<ServerVersion> { return std::unexpected(errorOf(kind)); };
        bench.start();
        QCOMPARE(bench.server.connection(), ConnectionState::Online);
        QVERIFY(bench.server.version().text.isEmpty());
        QCOMPARE(bench.server.sessions().items().size(), 1);
        // only one that broke may tell it later
        bench.state->onVersion = {};
        bench.clock.advance(1min);
        QCOMPARE(bench.server.version().text.isEmpty(), kind != Server);
        QCOMPARE(bench.state->countOf(u"GET version"_s), kind == Server ? 2 : 1);
    }
    for (const ErrorKind kind : { Network, Timeout, Tls, Busy, SignIn }) {
        Bench bench;
        bench.state->onVersion = [kind]() -> Script<ServerVersion> { return std::unexpected(errorOf(kind)); };
        bench.start();
        QCOMPARE(bench.server.connection(), kind == SignIn ? ConnectionState::SignInNeeded : ConnectionState::Offline);
        QCOMPARE(bench.state->countOf(u"GET sessions"_s), 0);
    }
}

void TestServer::readsAllPagesOfALongList()
{
    Bench bench;
    bench.state->sessions.clear();
    for (int i = 0; i < 1234; ++i)
        bench.state->sessions.append(sparkItem(QString::number(i), u"idle"_s));
    bench.start();
    QCOMPARE(bench.server.sessions().items().size(), 1234);
    QCOMPARE(bench.state->countOf(u"GET sessions"_s), 13);
}

void TestServer::createdSessionIsShownAtOnce()
{
    Bench bench;
    bench.start();
    std::optional<Result<SparkItem>> result;
    NewSession wanted;
    wanted.name = u"mine"_s;
    bench.server.createSession(wanted, &bench.context, Caught(result));
    QVERIFY(!result);
    bench.clock.advance(6ms);
    QVERIFY(result && *result);
    QCOMPARE((*result)->name, u"mine"_s);
    QVERIFY(bench.server.sessions().find((*result)->id));
}

void TestServer::givesAUniqueNameWhereNoneIs()
{
    Bench bench;
    bench.start();
    std::optional<Result<SparkItem>> first;
    std::optional<Result<SparkItem>> second;
    bench.server.createSession({}, &bench.context, Caught(first));
    bench.server.createBatch({}, &bench.context, Caught(second));
    bench.clock.advance(10ms);
    static const QRegularExpression pattern(u"^kindling-[0-9a-f]{8}$"_s);
    QVERIFY(pattern.match((*first)->name).hasMatch());
    QVERIFY(pattern.match((*second)->name).hasMatch());
    QVERIFY((*first)->name != (*second)->name);
}

void TestServer::createNeedsAConnection()
{
    FakeClock clock;
    QObject context;
    Server server(profileOf(u"s"_s), nullptr, clock);
    server.start();
    server.refresh();
    std::optional<Result<SparkItem>> created;
    std::optional<Result<Done>> removed;
    server.createSession({}, &context, Caught(created));
    server.remove(ItemType::Session, u"0"_s, &context, Caught(removed));
    clock.advance(1s);
    QVERIFY(created && !*created);
    QVERIFY(removed && !*removed);
    QCOMPARE(server.connection(), ConnectionState::Unconnected);
    QVERIFY(server.runner(u"0"_s));
    QVERIFY(server.log(ItemType::Batch, u"0"_s));
}

void TestServer::cancelledCreateStillShowsWhatCame()
{
    Bench bench;
    bench.start();
    std::optional<Result<SparkItem>> result;
    bench.server.createSession({}, &bench.context, Caught(result)).cancel();
    auto gone = std::make_unique<QObject>();
    bench.server.createSession({}, gone.get(), Caught(result));
    gone.reset();
    bench.clock.advance(10ms);
    QVERIFY(!result);
    QCOMPARE(bench.server.sessions().items().size(), 3);
}

void TestServer::createIsNeverSentTwice()
{
    for (const ErrorKind kind : { ErrorKind::UnknownOutcome, ErrorKind::Timeout, ErrorKind::Server, ErrorKind::Busy, ErrorKind::Network }) {
        Bench bench;
        bench.start();
        bench.state->onCreate = [kind](ItemType, const QString&) -> Script<SparkItem> { return std::unexpected(errorOf(kind)); };
        std::optional<Result<SparkItem>> result;
        bench.server.createSession({}, &bench.context, Caught(result));
        bench.clock.advance(5min);
        QVERIFY(result && !*result);
        QCOMPARE(bench.state->countOf(u"POST sessions"_s), 1);
    }
}

void TestServer::deletesOnceAndMarksMeanwhile()
{
    Bench bench;
    bench.start();
    std::optional<Result<Done>> result;
    bench.server.remove(ItemType::Session, u"0"_s, &bench.context, Caught(result));
    QVERIFY(bench.server.sessions().find(u"0"_s)->isDeleting);
    bench.clock.advance(10ms);
    QVERIFY(result && *result);
    QCOMPARE(bench.server.sessions().find(u"0"_s), nullptr);
    QCOMPARE(bench.state->countOf(u"DELETE"_s), 1);
}

void TestServer::settlesALostDeleteByLooking()
{
    Bench bench;
    bench.start();
    bench.state->onRemove = [&bench](ItemType, const QString&) -> Script<Done> {
        bench.clock.after(3s, &bench.context, [&bench] { bench.state->sessions = { sparkItem(u"0"_s, u"starting"_s, u"somebody else"_s) }; });
        return std::unexpected(errorOf(ErrorKind::UnknownOutcome));
    };
    std::optional<Result<Done>> result;
    bench.server.remove(ItemType::Session, u"0"_s, &bench.context, Caught(result));
    bench.clock.advance(1s);
    QVERIFY(!result);
    bench.clock.advance(5s);
    QVERIFY(result && *result);
    // the id now names another one, which stays
    QCOMPARE(bench.server.sessions().find(u"0"_s)->item.name, u"somebody else"_s);
    QVERIFY(!bench.server.sessions().find(u"0"_s)->isDeleting);
    QCOMPARE(bench.state->countOf(u"DELETE"_s), 1);
}

void TestServer::failedDeleteUnmarks()
{
    for (const ErrorKind kind : { ErrorKind::Forbidden, ErrorKind::UnknownOutcome }) {
        Bench bench;
        bench.start();
        bench.state->onRemove = [kind](ItemType, const QString&) -> Script<Done> { return std::unexpected(errorOf(kind)); };
        std::optional<Result<Done>> result;
        bench.server.remove(ItemType::Session, u"0"_s, &bench.context, Caught(result));
        bench.clock.advance(30s);
        QVERIFY(result && !*result);
        QCOMPARE(result->error().kind, kind);
        QVERIFY(!bench.server.sessions().find(u"0"_s)->isDeleting);
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 1);
    }
}

void TestServer::lateListDoesNotReviveADeletedSession()
{
    Bench bench;
    bench.start();
    bench.state->latency = 100ms;
    bench.server.refresh();
    bench.clock.advance(1ms); // the list is asked for
    bench.state->latency = 5ms;
    std::optional<Result<Done>> result;
    bench.server.remove(ItemType::Session, u"0"_s, &bench.context, Caught(result));
    bench.clock.advance(10ms);
    QVERIFY(result);
    bench.clock.advance(200ms);
    QCOMPARE(bench.server.sessions().find(u"0"_s), nullptr);
}

void TestServer::runnerFollowsItsSession()
{
    Bench bench;
    bench.state->sessions[0].state = ItemState::fromWire(u"starting"_s);
    bench.start();
    StatementRunner* runner = bench.server.runner(u"0"_s);
    QCOMPARE(bench.server.runner(u"0"_s), runner);
    QCOMPARE(bench.server.existingRunner(u"1"_s), nullptr);
    const RunId id = runner->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(5s);
    QCOMPARE(runner->find(id)->state, RunState::Queued);
    bench.state->sessions[0].state = ItemState::fromWire(u"idle"_s);
    bench.clock.advance(3s);
    QCOMPARE(runner->find(id)->state, RunState::Waiting);
    QVERIFY(bench.server.sessions().find(u"0"_s)->isAttached);
}

void TestServer::runnerOfAGoneSessionIsReplaced()
{
    Bench bench;
    bench.start();
    const QPointer<StatementRunner> runner = bench.server.runner(u"0"_s);
    const RunId id = runner->run(u"x"_s, Kind::PySpark);
    LogTailer* log = bench.server.log(ItemType::Session, u"0"_s);
    log->watch();
    bench.clock.advance(100ms);
    bench.state->sessions.clear();
    bench.clock.advance(3s);
    QCOMPARE(runner->find(id)->state, RunState::Lost);
    QCOMPARE(bench.server.existingRunner(u"0"_s), nullptr);
    QVERIFY(!log->isWatched());
    QCOMPARE(bench.server.activeRunCount(), 0);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(runner.isNull());
}

void TestServer::reusedIdGetsAnotherRunner()
{
    Bench bench;
    bench.start();
    StatementRunner* runner = bench.server.runner(u"0"_s);
    const RunId id = runner->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(100ms);
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"somebody else"_s) };
    bench.clock.advance(3s);
    QCOMPARE(runner->find(id)->state, RunState::Lost);
    QVERIFY(bench.server.runner(u"0"_s) != runner);
}

void TestServer::deadInterpreterDamagesTheSession()
{
    Bench bench;
    bench.start();
    bench.state->onRun = [](const QString& code) -> Script<Statement> {
        Statement done = statement(0, StatementState::Available, code);
        done.output = errorOutput(u"Error"_s, u"Interpreter died:\n"_s);
        return done;
    };
    bench.server.runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(100ms);
    QCOMPARE(bench.server.sessions().find(u"0"_s)->damage, u"pyspark"_s);
}

void TestServer::watchingALogAttaches()
{
    Bench bench;
    bench.start();
    QVERIFY(!bench.server.sessions().find(u"0"_s)->isAttached);
    LogTailer* log = bench.server.log(ItemType::Session, u"0"_s);
    QCOMPARE(bench.server.log(ItemType::Session, u"0"_s), log);
    log->watch();
    QVERIFY(bench.server.sessions().find(u"0"_s)->isAttached);
    log->unwatch();
    QVERIFY(!bench.server.sessions().find(u"0"_s)->isAttached);
    bench.clock.advance(1min);
    QCOMPARE(bench.state->countOf(u"GET session log"_s), 0); // nothing by id without a reader
}

void TestServer::anotherApiStartsFromNothing()
{
    Bench bench;
    bench.start();
    StatementRunner* runner = bench.server.runner(u"0"_s);
    const RunId id = runner->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(100ms);
    const auto other = std::make_shared<FakeSparkApi::State>();
    other->batches = { sparkItem(u"5"_s, u"running"_s) };
    std::optional<Result<SparkItem>> created;
    // from within an answer of the api that goes
    bench.server.createSession({}, &bench.context, [&](Result<SparkItem> answer) {
        created = std::move(answer);
        bench.server.connectWith(std::make_unique<FakeSparkApi>(bench.clock, other));
    });
    bench.clock.advance(5ms);
    QVERIFY(created);
    QVERIFY(bench.server.sessions().items().isEmpty());
    QCOMPARE(runner->find(id)->state, RunState::Lost);
    bench.state->calls.clear();
    bench.clock.advance(10s);
    QVERIFY(bench.state->calls.isEmpty());
    QCOMPARE(bench.server.batches().items().size(), 1);
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    bench.server.disconnectFrom(ConnectionState::Stopped);
    other->calls.clear();
    bench.clock.advance(1min);
    QVERIFY(other->calls.isEmpty());
    QCOMPARE(bench.server.connection(), ConnectionState::Stopped);
    QCOMPARE(bench.server.batches().items().size(), 1); // as last seen
}

void TestServer::lostApiAnswersWhatIsUnderWay()
{
    Bench bench;
    bench.start();
    bench.state->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return std::nullopt; };
    bench.state->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::nullopt; };
    std::optional<Result<SparkItem>> created;
    std::optional<Result<Done>> removed;
    bench.server.createSession({}, &bench.context, Caught(created));
    bench.server.remove(ItemType::Session, u"0"_s, &bench.context, Caught(removed));
    bench.clock.advance(1min);
    QVERIFY(!created && !removed);
    bench.server.disconnectFrom(ConnectionState::Stopped);
    QVERIFY(!created && !removed);
    bench.clock.advance(1ms);
    QCOMPARE(created->error().kind, ErrorKind::UnknownOutcome);
    QCOMPARE(removed->error().kind, ErrorKind::UnknownOutcome);
}

void TestServer::countsActiveRuns()
{
    Bench bench;
    bench.start();
    QSignalSpy changed(&bench.server, &Server::activeRunsChanged);
    bench.server.runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(100ms);
    QCOMPARE(bench.server.activeRunCount(), 1);
    QCOMPARE(changed.size(), 1);
    bench.state->statements[0].state = StatementState::Available;
    bench.clock.advance(1s);
    QCOMPARE(bench.server.activeRunCount(), 0);
    QCOMPARE(changed.size(), 2);
}

KINDLING_TEST(TestServer)
#include "tst_server.moc"
