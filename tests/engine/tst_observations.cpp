// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "app/storage/recordfields.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestObservations final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void numbersEverythingOfAllServers();
    void tellsStatesWithWhoItIs();
    void aReplacedItemGoesUnderItsOwnName();
    void tellsAStatementFromItsNumberToItsEnd();
    void tellsARefusedStatement();
    void tellsLogLinesOnce();
    void tellsWhatWeDidAndWhatWasAnswered();
    void tellsEveryActThatChangesTheServer();
    void tellsARefusedRestartOfPython();
    void tellsACancelAndItsAnswer();
    void tellsWhatACancelledOneGaveLater();
    void tellsWhenAServerWasNotWatched();
};

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
    {
        SparkItem session = sparkItem(u"0"_s, u"idle"_s, u"etl"_s);
        session.owner = u"ann"_s;
        session.appId = u"application_1"_s;
        session.idleTimeout = u"30m"_s;
        state->sessions = { session };
        QObject::connect(&workspace, &Workspace::observed, &workspace, [this](const Observation& each) { seen.append(each); });
    }
    void start(const QStringList& servers = { u"prod"_s })
    {
        QList<ServerProfile> profiles;
        for (const QString& id : servers) {
            profiles.append(ServerProfile());
            profiles.last().id = id;
        }
        workspace.setProfiles(profiles);
        clock.advance(100ms);
    }
    [[nodiscard]] Server& server() const { return *workspace.servers().constFirst(); }
    template<typename What>
    [[nodiscard]] QList<What> all() const
    {
        QList<What> result;
        for (const Observation& each : seen) {
            if (const auto* what = std::get_if<What>(&each.what))
                result.append(*what);
        }
        return result;
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Workspace workspace;
    QList<Observation> seen;
    QObject context;
};
}

void TestObservations::numbersEverythingOfAllServers()
{
    Bench bench;
    bench.start({ u"prod"_s, u"test"_s });
    QCOMPARE(bench.seen.size(), 2);
    QCOMPARE(bench.seen.at(0).number, 1);
    QCOMPARE(bench.seen.at(1).number, 2);
    QCOMPARE(bench.seen.at(1).item.key, (ItemKey{ u"test"_s, ItemType::Session, u"0"_s }));
}

void TestObservations::tellsStatesWithWhoItIs()
{
    Bench bench;
    bench.start();
    bench.state->sessions[0].state = ItemState::fromWire(u"busy"_s);
    bench.clock.advance(3s);
    bench.state->sessions.clear();
    bench.clock.advance(3s);
    const QList<StateSeen> states = bench.all<StateSeen>();
    QCOMPARE(states.size(), 3);
    QVERIFY(states.at(0).from.raw.isEmpty());
    QCOMPARE(states.at(1).from.raw, u"idle"_s);
    QCOMPARE(states.at(1).to.raw, u"busy"_s);
    QCOMPARE(states.at(2).to, goneState());
    for (const Observation& each : std::as_const(bench.seen)) {
        QCOMPARE(each.item.name, u"etl"_s);
        QCOMPARE(each.item.owner, u"ann"_s);
        QCOMPARE(each.item.appId, u"application_1"_s);
        QCOMPARE(each.item.idleTimeout, u"30m"_s);
    }
    QVERIFY(bench.seen.at(0).when < bench.seen.at(1).when);
}

void TestObservations::aReplacedItemGoesUnderItsOwnName()
{
    Bench bench;
    bench.start();
    bench.state->sessions = { sparkItem(u"0"_s, u"starting"_s, u"adhoc"_s) };
    bench.clock.advance(3s);
    QCOMPARE(bench.seen.size(), 3);
    QCOMPARE(bench.all<StateSeen>().at(1).note, u"replaced"_s);
    QCOMPARE(bench.seen.at(1).item.name, u"etl"_s);
    QCOMPARE(bench.seen.at(2).item.name, u"adhoc"_s);
}

void TestObservations::tellsAStatementFromItsNumberToItsEnd()
{
    Bench bench;
    bench.start();
    bench.server().runner(u"0"_s)->run(u"1 + 1"_s, Kind::PySpark);
    bench.clock.advance(50ms);
    bench.state->statements[0].state = StatementState::Available;
    bench.state->statements[0].output = okOutput("2");
    bench.clock.advance(5s);
    const QList<StatementSeen> statements = bench.all<StatementSeen>();
    QCOMPARE(statements.size(), 2);
    QCOMPARE(statements.at(0).state, RunState::Waiting);
    QCOMPARE(statements.at(0).id, 0);
    QCOMPARE(statements.at(0).code, u"1 + 1"_s);
    QVERIFY(statements.at(0).submitted.isValid());
    QCOMPARE(statements.at(1).state, RunState::Finished);
    QCOMPARE(statements.at(1).output, okOutput("2"));
    const QList<OwnAct> acts = bench.all<OwnAct>();
    QCOMPARE(acts.size(), 1);
    QCOMPARE(acts.at(0).what, OwnAct::What::RunStatement);
    QCOMPARE(acts.at(0).detail, u"0"_s);
    QVERIFY(acts.at(0).answer.isEmpty());
}

void TestObservations::tellsARefusedStatement()
{
    Bench bench;
    bench.start();
    bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::Rejected)); };
    bench.server().runner(u"0"_s)->run(u"x"_s, Kind::Sql);
    bench.clock.advance(5s);
    const QList<StatementSeen> statements = bench.all<StatementSeen>();
    QCOMPARE(statements.size(), 1);
    QCOMPARE(statements.at(0).id, -1);
    QCOMPARE(statements.at(0).state, RunState::Failed);
    QCOMPARE(statements.at(0).problem, u"scripted"_s);
    QCOMPARE(bench.all<OwnAct>().at(0).answer, u"scripted"_s);
}

void TestObservations::tellsLogLinesOnce()
{
    Bench bench;
    bench.start();
    QStringList lines{ u"stdout: "_s, u"a"_s, u"b"_s };
    bench.state->onLog = [&lines](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
    bench.server().log(ItemType::Session, u"0"_s)->watch();
    bench.clock.advance(3s);
    lines.append(u"c"_s);
    bench.clock.advance(3s);
    const QList<LogSeen> logs = bench.all<LogSeen>();
    QCOMPARE(logs.size(), 2);
    QCOMPARE(logs.at(0).lines.size(), 2);
    QCOMPARE(logs.at(1).lines, (QList<LogLine>{ { LogSection::Stdout, u"c"_s } }));
}

void TestObservations::tellsWhatWeDidAndWhatWasAnswered()
{
    Bench bench;
    bench.start();
    NewBatch batch;
    batch.file = u"/a.py"_s;
    batch.name = u"nightly"_s;
    bench.server().createBatch(batch, &bench.context, {}).cancel(); // even when nobody waits for the answer
    bench.server().remove(ItemType::Session, u"0"_s, &bench.context, {});
    bench.clock.advance(1s);
    bench.state->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return std::unexpected(errorOf(ErrorKind::Rejected)); };
    bench.server().createBatch(batch, &bench.context, {});
    bench.clock.advance(1s);
    const QList<OwnAct> acts = bench.all<OwnAct>();
    QCOMPARE(acts.size(), 3);
    QCOMPARE(acts.at(0).what, OwnAct::What::Create);
    QCOMPARE(acts.at(0).detail, u"nightly"_s);
    QCOMPARE(acts.at(1).what, OwnAct::What::Remove);
    QVERIFY(acts.at(1).answer.isEmpty());
    QCOMPARE(acts.at(2).answer, u"scripted"_s);
    const auto isAct = [](const Observation& each) { return std::holds_alternative<OwnAct>(each.what); };
    const auto created = std::ranges::find_if(bench.seen, isAct);
    QCOMPARE(created->item.key, (ItemKey{ u"prod"_s, ItemType::Batch, u"0"_s }));
}

void TestObservations::tellsEveryActThatChangesTheServer()
{
    Bench bench;
    bench.state->hasPython = true;
    bench.state->sessions += sparkItem(u"1"_s, u"idle"_s);
    bench.start();
    Server& server = bench.server();
    server.createSession({}, &bench.context, {});
    server.createSessionRaw("{}", &bench.context, {});
    server.createBatch({}, &bench.context, {});
    server.createBatchRaw("{}", &bench.context, {});
    server.setKeptAlive(u"0"_s, true);
    bench.clock.advance(1s);
    const RunId run = server.runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(50ms);
    server.runner(u"0"_s)->cancel(run);
    server.restartPython(u"0"_s, &bench.context, {});
    bench.clock.advance(1s);
    server.stop(u"0"_s, &bench.context, {});
    server.remove(ItemType::Session, u"1"_s, &bench.context, {});
    bench.clock.advance(1s);
    const auto isRead = [](const QString& call) { return call.startsWith("GET"_L1) || call.startsWith("LIST"_L1); };
    const qsizetype changes = bench.state->calls.size() - std::ranges::count_if(bench.state->calls, isRead);
    const QList<OwnAct> acts = bench.all<OwnAct>();
    QCOMPARE(changes, 10);
    QCOMPARE(acts.size(), changes);
    using What = OwnAct::What;
    for (const What what : { What::Create, What::RunStatement, What::CancelStatement, What::RestartPython, What::KeepAlive, What::Stop, What::Remove })
        QVERIFY2(std::ranges::any_of(acts, [what](const OwnAct& act) { return act.what == what && act.answer.isEmpty(); }), qPrintable(toField(what)));
}

void TestObservations::tellsARefusedRestartOfPython()
{
    Bench bench;
    bench.start();
    bool isRefused = false;
    bench.server().restartPython(u"0"_s, &bench.context, [&isRefused](const Result<Done>& answer) { isRefused = !answer; });
    QVERIFY(!isRefused);
    bench.clock.advance(1s);
    QVERIFY(isRefused);
    const QList<OwnAct> acts = bench.all<OwnAct>();
    QCOMPARE(acts.size(), 1);
    QCOMPARE(acts.at(0).what, OwnAct::What::RestartPython);
    QVERIFY(!acts.at(0).answer.isEmpty());
}

void TestObservations::tellsACancelAndItsAnswer()
{
    Bench bench;
    bench.start();
    StatementRunner* runner = bench.server().runner(u"0"_s);
    const RunId run = runner->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(50ms);
    runner->cancel(run);
    bench.clock.advance(1s);
    const QList<OwnAct> acts = bench.all<OwnAct>();
    QCOMPARE(acts.size(), 2);
    QCOMPARE(acts.at(1).what, OwnAct::What::CancelStatement);
    QCOMPARE(acts.at(1).detail, u"0"_s);
}

void TestObservations::tellsWhatACancelledOneGaveLater()
{
    Bench bench;
    bench.start();
    StatementRunner* runner = bench.server().runner(u"0"_s);
    const RunId run = runner->run(u"while True: pass"_s, Kind::PySpark);
    bench.clock.advance(50ms);
    bench.state->statements[0].state = StatementState::Running;
    bench.state->statements[0].started = bench.clock.now();
    bench.clock.advance(1s);
    runner->cancel(run);
    bench.state->statements[0].state = StatementState::Cancelled;
    bench.clock.advance(1s);
    const qsizetype before = bench.all<StatementSeen>().size();
    QCOMPARE(bench.all<StatementSeen>().constLast().state, RunState::Cancelled);
    bench.state->statements[0].output = okOutput("late");
    bench.clock.advance(20s);
    const QList<StatementSeen> statements = bench.all<StatementSeen>();
    QCOMPARE(statements.size(), before + 1);
    QCOMPARE(statements.constLast().state, RunState::Cancelled);
    QCOMPARE(statements.constLast().output, okOutput("late"));
}

void TestObservations::tellsWhenAServerWasNotWatched()
{
    Bench bench;
    bench.start();
    bench.clock.advance(1min);
    QVERIFY(bench.all<GapSeen>().isEmpty());
    const QDateTime last = bench.server().lastSeen();
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(1h);
    QVERIFY(bench.all<GapSeen>().isEmpty());
    bench.state->outage.reset();
    bench.clock.advance(1min);
    const QList<GapSeen> gaps = bench.all<GapSeen>();
    QCOMPARE(gaps.size(), 1);
    QVERIFY(gaps.at(0).from.secsTo(last) <= 2);
}

KINDLING_TEST(TestObservations)
#include "tst_observations.moc"
