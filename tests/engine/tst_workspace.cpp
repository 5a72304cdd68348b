// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
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

class TestWorkspace final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void keepsServersThatDidNotChange();
    void changedAddressConnectsAnew();
    void whateverChangesTheWayConnectsAnew_data();
    void whateverChangesTheWayConnectsAnew();
    void whatRunsGoesOnAfterANewSignIn();
    void removedServerTakesItsRunsAlong();
    void aRemovedServerTellsHowACreationEnded_data();
    void aRemovedServerTellsHowACreationEnded();
    void aRemovedServerIsSeenToItsEnd();
    void keepsTransitionsOfAllServersInOrder();
    void keepsAtMostTenThousandTransitions();
    void localSparkConnectsWhenItRuns();
    void whatRanOnLocalSparkEndsWithIt();
    void findsItemsOfAllServers();
};

namespace {
ServerProfile profileOf(const QString& id, const QString& url)
{
    ServerProfile profile;
    profile.id = id;
    profile.name = id;
    profile.url = QUrl(url);
    return profile;
}

struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace(
              [this](const ServerProfile& profile) {
                  made.append(profile);
                  return std::make_unique<FakeSparkApi>(clock, state);
              },
              clock)
        , added(&workspace, &Workspace::serverAdded)
        , removed(&workspace, &Workspace::serverAboutToBeRemoved)
    {
        state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    QList<ServerProfile> made;
    Workspace workspace;
    QSignalSpy added;
    QSignalSpy removed;
};
}

void TestWorkspace::keepsServersThatDidNotChange()
{
    Bench bench;
    const ServerProfile a = profileOf(u"a"_s, u"http://a:8998"_s);
    bench.workspace.setProfiles({ a, profileOf(u"b"_s, u"http://b:8998"_s) });
    bench.clock.advance(100ms);
    Server* first = bench.workspace.server(u"a"_s);
    QCOMPARE(first->sessions().items().size(), 1);
    ServerProfile renamed = a;
    renamed.name = u"prod"_s;
    bench.workspace.setProfiles({ renamed });
    QCOMPARE(bench.workspace.server(u"a"_s), first);
    QCOMPARE(first->profile().name, u"prod"_s);
    QCOMPARE(first->sessions().items().size(), 1);
    QCOMPARE(bench.made.size(), 2);
    QCOMPARE(bench.added.size(), 2);
    QCOMPARE(bench.removed.size(), 1);
    QCOMPARE(bench.workspace.servers(), QList{ first });
    QCOMPARE(bench.workspace.server(u"b"_s), nullptr);
}

void TestWorkspace::changedAddressConnectsAnew()
{
    Bench bench;
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s) });
    bench.clock.advance(100ms);
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://c:8998"_s) });
    QCOMPARE(bench.made.size(), 2);
    QCOMPARE(bench.made.at(1).url, QUrl(u"http://c:8998"_s));
    QVERIFY(bench.workspace.server(u"a"_s)->sessions().items().isEmpty());
    bench.clock.advance(100ms);
    QCOMPARE(bench.workspace.server(u"a"_s)->connection(), ConnectionState::Online);
}

void TestWorkspace::whateverChangesTheWayConnectsAnew_data()
{
    QTest::addColumn<ServerProfile>("changed");
    QTest::addColumn<bool>("connects");
    const auto row = [](const char* name, bool connects, const std::function<void(ServerProfile&)>& change) {
        ServerProfile changed = profileOf(u"a"_s, u"http://a:8998"_s);
        change(changed);
        QTest::newRow(name) << changed << connects;
    };
    row("user", true, [](ServerProfile& profile) { profile.user = u"bo"_s; });
    row("acts for another", true, [](ServerProfile& profile) { profile.doAs = u"bo"_s; });
    row("authority", true, [](ServerProfile& profile) { profile.authorityFile = u"/ca.pem"_s; });
    row("pin", true, [](ServerProfile& profile) { profile.fingerprint = QByteArray(32, 'x'); });
    row("proxy", true, [](ServerProfile& profile) { profile.usesSystemProxy = false; });
    row("headers", true, [](ServerProfile& profile) { profile.headerNames = { u"X-Key"_s }; });
    row("client certificate", true, [](ServerProfile& profile) { profile.clientCertificateFile = u"/me.pem"_s; });
    row("largest answer", true, [](ServerProfile& profile) { profile.largestAnswerMiB = 100; });
    row("name", false, [](ServerProfile& profile) { profile.name = u"b"_s; });
    row("read only", false, [](ServerProfile& profile) { profile.isReadOnly = true; });
}

void TestWorkspace::whateverChangesTheWayConnectsAnew()
{
    QFETCH(const ServerProfile, changed);
    QFETCH(const bool, connects);
    Bench bench;
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s) });
    bench.workspace.setProfiles({ changed });
    QCOMPARE(bench.made.size(), connects ? 2 : 1);
    QCOMPARE(bench.workspace.server(u"a"_s)->profile(), changed);
}

void TestWorkspace::whatRunsGoesOnAfterANewSignIn()
{
    Bench bench;
    ServerProfile local = profileOf(u"local"_s, {});
    local.kind = ServerKind::LocalSpark;
    bench.state->onRun = [](const QString& code) -> Script<Statement> { return statement(0, StatementState::Running, code); };
    bench.state->onFetch = [](int id) -> Script<Statement> { return statement(id, StatementState::Running); };
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s), local });
    bench.clock.advance(1s);
    Server& server = *bench.workspace.server(u"a"_s);
    QVERIFY(!server.sessions().items().isEmpty());
    const QString session = server.sessions().items().constFirst().key.id;
    const QDateTime since = server.sessions().items().constFirst().stateSince;
    const RunId run = server.runner(session)->run(u"x"_s, Kind::PySpark);
    server.setKeptAlive(session, true);
    bench.clock.advance(1s);
    bench.state->outage = errorOf(ErrorKind::SignIn);
    bench.clock.advance(10min);
    QCOMPARE(server.connection(), ConnectionState::SignInNeeded);
    bench.state->outage.reset();
    bench.clock.advance(10min);
    QCOMPARE(server.connection(), ConnectionState::SignInNeeded); // nobody has signed in
    bench.workspace.signedIn(u"a"_s);
    bench.workspace.signedIn(u"local"_s); // has no address while it does not run
    bench.workspace.signedIn(u"none"_s);
    bench.clock.advance(1s);
    QCOMPARE(server.connection(), ConnectionState::Online);
    QCOMPARE(server.existingRunner(session)->find(run)->state, RunState::Running);
    QVERIFY(server.isKeptAlive(session));
    QCOMPARE(server.sessions().items().constFirst().stateSince, since);
    bench.state->onFetch = [](int id) -> Script<Statement> {
        Statement done = statement(id, StatementState::Available);
        done.output = okOutput("1");
        return done;
    };
    bench.clock.advance(5s);
    QCOMPARE(server.existingRunner(session)->find(run)->state, RunState::Finished);
    QCOMPARE(bench.workspace.server(u"local"_s)->connection(), ConnectionState::Stopped);
}

void TestWorkspace::removedServerTakesItsRunsAlong()
{
    Bench bench;
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s) });
    bench.clock.advance(100ms);
    QSignalSpy runs(&bench.workspace, &Workspace::activeRunsChanged);
    bench.workspace.server(u"a"_s)->runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(100ms);
    QCOMPARE(bench.workspace.activeRunCount(), 1);
    QCOMPARE(runs.size(), 1);
    bench.workspace.setProfiles({});
    QCOMPARE(bench.workspace.activeRunCount(), 0);
    QVERIFY(runs.size() >= 2);
    bench.state->calls.clear();
    bench.clock.advance(1min);
    QVERIFY(bench.state->calls.isEmpty());
}

void TestWorkspace::aRemovedServerTellsHowACreationEnded_data()
{
    QTest::addColumn<ItemType>("type");
    QTest::addColumn<bool>("isLost");
    QTest::newRow("session under way") << ItemType::Session << false;
    QTest::newRow("batch under way") << ItemType::Batch << false;
    QTest::newRow("session whose answer was lost") << ItemType::Session << true;
    QTest::newRow("batch whose answer was lost") << ItemType::Batch << true;
}

void TestWorkspace::aRemovedServerTellsHowACreationEnded()
{
    QFETCH(const ItemType, type);
    QFETCH(const bool, isLost);
    Bench bench;
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s) });
    bench.clock.advance(100ms);
    bench.state->onCreate = [isLost](ItemType, const QString&) -> Script<SparkItem> {
        return isLost ? Script<SparkItem>(std::unexpected(errorOf(ErrorKind::UnknownOutcome))) : std::nullopt;
    };
    const QPointer<Server> server = bench.workspace.server(u"a"_s);
    QList<Result<SparkItem>> answers;
    const auto reply = [&answers](const Result<SparkItem>& answer) { answers.append(answer); };
    if (type == ItemType::Session)
        server->createSession({}, this, reply);
    else
        server->createBatch({}, this, reply);
    bench.clock.advance(1s);
    bench.workspace.setProfiles({});
    QVERIFY(answers.isEmpty());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    bench.clock.advance(1min);
    QCOMPARE(answers.size(), 1);
    QCOMPARE(answers.constFirst().error().kind, ErrorKind::UnknownOutcome);
    QVERIFY(!answers.constFirst().error().title.isEmpty());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(server.isNull());
    QCOMPARE(answers.size(), 1);
}

void TestWorkspace::aRemovedServerIsSeenToItsEnd()
{
    Bench bench;
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s) });
    bench.clock.advance(100ms);
    bench.state->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return std::nullopt; };
    bench.workspace.server(u"a"_s)->runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.workspace.server(u"a"_s)->createSession({}, this, [](const Result<SparkItem>&) { });
    bench.clock.advance(100ms);
    QList<RunState> runs;
    QList<OwnAct> acts;
    connect(&bench.workspace, &Workspace::observed, this, [&](const Observation& seen) {
        if (const auto* statement = std::get_if<StatementSeen>(&seen.what))
            runs.append(statement->state);
        else if (const auto* act = std::get_if<OwnAct>(&seen.what))
            acts.append(*act);
    });
    bench.workspace.setProfiles({});
    bench.clock.advance(100ms);
    QCOMPARE(runs, QList{ RunState::Lost });
    QCOMPARE(acts.size(), 1);
    QCOMPARE(acts.constFirst().what, OwnAct::What::Create);
    QVERIFY(!acts.constFirst().answer.isEmpty());
}

void TestWorkspace::keepsTransitionsOfAllServersInOrder()
{
    Bench bench;
    QSignalSpy seen(&bench.workspace, &Workspace::transitionSeen);
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s), profileOf(u"b"_s, u"http://b:8998"_s) });
    bench.clock.advance(100ms);
    bench.state->sessions[0].state = ItemState::fromWire(u"busy"_s);
    bench.clock.advance(3s);
    const QList<Transition>& transitions = bench.workspace.transitions();
    QCOMPARE(transitions.size(), 4);
    QCOMPARE(seen.size(), 4);
    for (qsizetype i = 0; i < transitions.size(); ++i)
        QCOMPARE(transitions.at(i).number, i + 1);
    QVERIFY(transitions.at(0).key.server != transitions.at(1).key.server);
}

void TestWorkspace::keepsAtMostTenThousandTransitions()
{
    Bench bench;
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s) });
    ItemStore& store = bench.workspace.server(u"a"_s)->sessions();
    for (int i = 0; i < 5001; ++i) {
        store.mergeOne(sparkItem(u"x"_s, u"idle"_s));
        store.mergeOne(sparkItem(u"x"_s, u"busy"_s));
    }
    QCOMPARE(bench.workspace.transitions().size(), 10'000);
    QCOMPARE(bench.workspace.transitions().constLast().number, 10'002);
    QCOMPARE(bench.workspace.transitions().constFirst().number, 3);
}

void TestWorkspace::localSparkConnectsWhenItRuns()
{
    Bench bench;
    ServerProfile local = profileOf(u"local"_s, {});
    local.kind = ServerKind::LocalSpark;
    bench.workspace.setProfiles({ local });
    bench.clock.advance(10s);
    Server* server = bench.workspace.server(u"local"_s);
    QCOMPARE(server->connection(), ConnectionState::Stopped);
    QVERIFY(bench.made.isEmpty());
    bench.workspace.localSparkStarted(u"local"_s, QUrl(u"http://127.0.0.1:4040"_s));
    bench.clock.advance(100ms);
    QCOMPARE(bench.made.at(0).url, QUrl(u"http://127.0.0.1:4040"_s));
    QCOMPARE(server->connection(), ConnectionState::Online);
    // saved settings do not know the address, which is no reason to let go of it
    bench.workspace.setProfiles({ local });
    QCOMPARE(server->connection(), ConnectionState::Online);
    QCOMPARE(server->profile().url, QUrl(u"http://127.0.0.1:4040"_s));
    bench.workspace.localSparkStopped(u"local"_s);
    QCOMPARE(server->connection(), ConnectionState::Stopped);
    bench.workspace.localSparkStarted(u"unknown"_s, QUrl(u"http://127.0.0.1:1"_s));
    QCOMPARE(bench.made.size(), 1);
}

void TestWorkspace::whatRanOnLocalSparkEndsWithIt()
{
    Bench bench;
    ServerProfile local = profileOf(u"local"_s, {});
    local.kind = ServerKind::LocalSpark;
    bench.workspace.setProfiles({ local });
    bench.workspace.localSparkStarted(u"local"_s, QUrl(u"http://127.0.0.1:4040"_s));
    bench.clock.advance(100ms);
    QVERIFY(bench.workspace.item({ u"local"_s, ItemType::Session, u"0"_s }));
    QStringList seen;
    connect(&bench.workspace, &Workspace::observed, this, [&seen](const Observation& observation) {
        if (const auto* state = std::get_if<StateSeen>(&observation.what))
            seen.append(observation.item.key.id + u' ' + state->to.raw + u' ' + state->note);
    });
    bench.workspace.localSparkStopped(u"local"_s);
    QCOMPARE(seen, QStringList{ u"0 gone stopped"_s });
    QVERIFY(bench.workspace.server(u"local"_s)->sessions().items().isEmpty());
    bench.workspace.localSparkStopped(u"local"_s);
    QCOMPARE(seen.size(), 1);
    bench.workspace.localSparkStarted(u"local"_s, QUrl(u"http://127.0.0.1:4041"_s));
    bench.clock.advance(100ms);
    QCOMPARE(seen.constLast(), u"0 idle "_s);
}

void TestWorkspace::findsItemsOfAllServers()
{
    Bench bench;
    bench.workspace.setProfiles({ profileOf(u"a"_s, u"http://a:8998"_s) });
    bench.clock.advance(100ms);
    QVERIFY(bench.workspace.item({ u"a"_s, ItemType::Session, u"0"_s }));
    QVERIFY(!bench.workspace.item({ u"a"_s, ItemType::Batch, u"0"_s }));
    QVERIFY(!bench.workspace.item({ u"b"_s, ItemType::Session, u"0"_s }));
}

KINDLING_TEST(TestWorkspace)
#include "tst_workspace.moc"
