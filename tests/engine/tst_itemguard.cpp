// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/engine/ownpast.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "app/storage/recorder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
    {
        profile.id = u"s"_s;
        profile.name = u"prod"_s;
        state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
        workspace.setLocalUser(u"ann"_s);
    }
    void apply()
    {
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    [[nodiscard]] Server& server() const { return *workspace.server(u"s"_s); }
    [[nodiscard]] bool isMine(const QString& owner, const QString& proxyUser = {}) const
    {
        TrackedItem item = itemOf(owner);
        item.item.proxyUser = proxyUser;
        return workspace.guard().isMine(item);
    }
    [[nodiscard]] static TrackedItem itemOf(const QString& owner)
    {
        TrackedItem item;
        item.key = { u"s"_s, ItemType::Session, u"1"_s };
        item.item = sparkItem(u"1"_s, u"idle"_s);
        item.item.owner = owner;
        return item;
    }
    [[nodiscard]] int sent() const { return state->countOf(u"POST"_s) + state->countOf(u"DELETE"_s) + state->countOf(u"STOP"_s); }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    ServerProfile profile;
    Workspace workspace;
    QObject context;
};
}

class TestItemGuard final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void knowsMineByTheUserOfThisMachine()
    {
        Bench bench;
        bench.apply();
        QVERIFY(bench.isMine(u"ann"_s));
        QVERIFY(bench.isMine(u"Ann@EXAMPLE.ORG"_s));
        QVERIFY(bench.isMine(u"CORP\\ann"_s));
        QVERIFY(bench.isMine(u"livy"_s, u"ann"_s));
        QVERIFY(!bench.isMine(u"bo"_s));
        QVERIFY(!bench.isMine({}));
        bench.workspace.setLocalUser({});
        QVERIFY(!bench.isMine({}));
    }
    void knowsMineByTheUserConfiguredForTheServer()
    {
        Bench bench;
        bench.profile.user = u"svc"_s;
        bench.profile.doAs = u"etl"_s;
        bench.apply();
        QVERIFY(bench.isMine(u"svc"_s));
        QVERIFY(bench.isMine(u"livy"_s, u"etl"_s));
        QVERIFY(!bench.isMine(u"ann"_s));
    }
    void whatLocalSparkRunsIsMine()
    {
        Bench bench;
        bench.profile.kind = ServerKind::LocalSpark;
        bench.apply();
        QVERIFY(bench.isMine(u"somebody"_s));
    }
    void whatWasStartedFromHereIsMineWhateverItsOwner()
    {
        Bench bench;
        bench.state->onCreate = [](ItemType, const QString& name) -> Script<SparkItem> {
            SparkItem made = sparkItem(u"9"_s, u"starting"_s, name);
            made.owner = u"knox"_s;
            return made;
        };
        bench.apply();
        bench.server().createSession({}, &bench.context, [](const Result<SparkItem>&) {});
        bench.clock.advance(100ms);
        QCOMPARE(bench.workspace.guard().lockOf(ItemKey{ u"s"_s, ItemType::Session, u"9"_s }), ItemLock::None);
    }
    void whatWasStartedFromHereIsMineWithoutNameAndOwner()
    {
        Bench bench;
        bench.state->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return sparkItem(u"9"_s, u"starting"_s); };
        bench.apply();
        bench.server().createSessionRaw("{}", &bench.context, [](const Result<SparkItem>&) {});
        bench.clock.advance(100ms);
        const TrackedItem* made = bench.workspace.item({ u"s"_s, ItemType::Session, u"9"_s });
        QVERIFY(made && bench.workspace.guard().isMine(*made));
        TrackedItem another = *made;
        another.item.name = u"of-somebody"_s; // the id names another one after a restart of the server
        QVERIFY(!bench.workspace.guard().isMine(another));
    }
    void whatEarlierRunsStartedIsMine()
    {
        QTemporaryDir folder;
        Bench bench;
        bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s), sparkItem(u"1"_s, u"idle"_s, u"other"_s), sparkItem(u"2"_s, u"idle"_s, u"mine-once"_s) };
        const auto isMine = [&bench](const QString& id) {
            const TrackedItem* item = bench.workspace.item({ u"s"_s, ItemType::Session, id });
            return item && bench.workspace.guard().isMine(*item);
        };
        Recorder recorder(folder.filePath(u"records"_s), bench.clock);
        const auto begin = [&](const QString& id, const QString& name, const QString& answer) {
            const ItemFacts facts{ .key = { u"s"_s, ItemType::Session, id }, .name = name };
            recorder.record({ .number = 0, .when = bench.clock.now(), .item = facts, .what = StateSeen{ {}, ItemState::fromWire(u"starting"_s), {} } });
            recorder.record({ .number = 0, .when = bench.clock.now(), .item = facts, .what = OwnAct{ OwnAct::What::Create, name, answer } });
        };
        const QDateTime begun = bench.clock.now();
        bench.state->sessions[0].ttl = u"1h"_s;
        begin(u"0"_s, u"etl"_s, {});
        bench.clock.advance(50min);
        begin(u"1"_s, u"other"_s, u"refused"_s); // and somebody else made it then
        begin(u"2"_s, u"another-name"_s, {});
        const OwnPast past(bench.workspace, recorder);
        QSignalSpy changed(&bench.workspace, &Workspace::ownershipChanged);
        bench.apply();
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30'000);
        QVERIFY(isMine(u"0"_s));
        QCOMPARE(bench.server().expiry(u"0"_s).life, begun.addSecs(3600)); // and not from when this run began
        QVERIFY(!isMine(u"1"_s));
        QVERIFY(!isMine(u"2"_s));
    }
    void locksWhatIsOfOthersUntilUnlocked()
    {
        Bench bench;
        bench.apply();
        ItemGuard& guard = bench.workspace.guard();
        QSignalSpy changed(&guard, &ItemGuard::unlockedChanged);
        QCOMPARE(guard.lockOf(Bench::itemOf(u"ann"_s)), ItemLock::None);
        QCOMPARE(guard.lockOf(Bench::itemOf(u"bo"_s)), ItemLock::OtherOwner);
        QCOMPARE(guard.lockOf(Bench::itemOf({})), ItemLock::None);
        guard.setUnlocked(true);
        guard.setUnlocked(true);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(guard.lockOf(Bench::itemOf(u"bo"_s)), ItemLock::None);
        bench.profile.isReadOnly = true;
        bench.apply();
        QCOMPARE(guard.lockOf(Bench::itemOf(u"ann"_s)), ItemLock::ReadOnlyServer);
    }
    void aReadOnlyServerTakesNoCreateAndNoDelete()
    {
        Bench bench;
        bench.profile.isReadOnly = true;
        bench.apply();
        QCOMPARE(bench.server().connection(), ConnectionState::Online);
        QList<Error> errors;
        const auto made = [&errors](const Result<SparkItem>& answer) { errors += answer.error(); };
        bench.server().createSession({}, &bench.context, made);
        bench.server().createSessionRaw("{}", &bench.context, made);
        bench.server().createBatch({}, &bench.context, made);
        bench.server().createBatchRaw("{}", &bench.context, made);
        const auto done = [&errors](const Result<Done>& answer) { errors += answer.error(); };
        for (const ItemType type : { ItemType::Session, ItemType::Batch })
            bench.server().remove(type, u"0"_s, &bench.context, done);
        bench.server().stop(u"0"_s, &bench.context, done);
        bench.server().restartPython(u"0"_s, &bench.context, done);
        bench.clock.advance(100ms);
        QCOMPARE(errors.size(), 8);
        for (const Error& error : std::as_const(errors)) {
            QCOMPARE(error.kind, ErrorKind::Unavailable);
            QCOMPARE(error.title, u"“prod” is marked read-only in Kindling: nothing is changed on it."_s);
        }
        QCOMPARE(bench.sent(), 0);
        QVERIFY(!bench.server().sessions().find(u"0"_s)->isDeleting);
    }
    void aReadOnlyServerRunsNoStatementAndKeepsNothingAlive()
    {
        Bench bench;
        bench.state->onRun = [](const QString& code) -> Script<Statement> { return statement(0, StatementState::Running, code); };
        bench.state->onFetch = [](int id) -> Script<Statement> { return statement(id, StatementState::Running); };
        bench.apply();
        StatementRunner* runner = bench.server().runner(u"0"_s);
        const RunId running = runner->run(u"1"_s, Kind::PySpark);
        const RunId queued = runner->run(u"2"_s, Kind::PySpark);
        bench.server().setKeptAlive(u"0"_s, true);
        bench.clock.advance(1s);
        QCOMPARE(runner->find(running)->state, RunState::Running);
        const int sent = bench.sent();
        bench.profile.isReadOnly = true;
        bench.apply();
        QVERIFY(!bench.server().isKeptAlive(u"0"_s));
        bench.server().setKeptAlive(u"0"_s, true);
        QVERIFY(!bench.server().isKeptAlive(u"0"_s));
        runner->cancel(running);
        bench.clock.advance(1s);
        QCOMPARE(runner->find(running)->state, RunState::Running);
        QVERIFY(runner->find(running)->note.contains("read-only"_L1));
        bench.state->onFetch = [](int id) -> Script<Statement> {
            Statement done = statement(id, StatementState::Available);
            done.output = okOutput("1");
            return done;
        };
        bench.clock.advance(5s);
        QCOMPARE(runner->find(running)->state, RunState::Finished);
        QCOMPARE(runner->find(queued)->state, RunState::Failed);
        QVERIFY(runner->find(queued)->problem.title.contains("read-only"_L1));
        QCOMPARE(bench.sent(), sent);
        bench.profile.isReadOnly = false;
        bench.apply();
        const RunId later = runner->run(u"3"_s, Kind::PySpark);
        bench.clock.advance(1s);
        QCOMPARE(runner->find(later)->state, RunState::Finished);
    }
};

KINDLING_TEST(TestItemGuard)
#include "tst_itemguard.moc"
