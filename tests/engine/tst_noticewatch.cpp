// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/noticewatch.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "app/storage/recorder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestNoticeWatch final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void tellsOfABatchThatFails();
    void tellsOfABatchThatIsFirstSeenDead();
    void tellsNothingOfThePast();
    void aBatchDeletedFromHereIsNoNews();
    void tellsOnlyOfOwnBatchesWhereThatIsWanted();
    void tellsOfALongStatement();
    void aStatementThatIsLookedAtIsNotTold();
    void aShortStatementIsNotTold();
    void tellsOfASessionThatIsAboutToEnd();
    void aSessionOfOthersMayEndUntold();
    void aSessionThatIsKeptAliveDoesNotEnd();
    void tellsOfTheEndOfItsLife();
    void tellsOnceOfAnOutageAndOfItsEnd();
    void anOutageLastsWhileTheMachineSleeps();
    void aShortOutageIsNotTold();
    void aServerThatNeverAnsweredHasNoOutage();
    void aRefusedSignInIsAnOutage();
    void aServerThatIsTakenAwayHasNoOutage();
    void tellsOnceOfABatchThatRunsLong();
    void anotherLifeOfAnIdIsToldAgain();
    void tellsOnceForEachTimeASessionIsIdleLong();
    void whatLastsSinceAnEarlierRunIsKnown();
    void whatWasToldIsNotToldAgainAfterAReconnect();
    void whatWasToldIsNotToldAgainByALaterRun();
    void aRuleThatIsAddedLaterHoldsAtOnce();
    void tellsNothingThatIsSwitchedOff_data();
    void tellsNothingThatIsSwitchedOff();
    void manyThatFailAtOnceAreOneMessage();
    void watchesFewOfMany();
};

namespace {
struct Bench {
    explicit Bench(const QString& user = u"ann"_s)
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
        , watch(workspace)
    {
        profile.id = u"prod"_s;
        profile.name = u"Production"_s;
        profile.user = user;
        QObject::connect(&watch, &NoticeWatch::noticed, &watch, [this](const QList<Notice>& notices) {
            ++messages;
            told += notices;
        });
    }
    void start()
    {
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    void addRule(NoticeRule::What what, const QString& pattern, std::chrono::minutes limit)
    {
        policy.rules.append({ what, pattern, limit });
        watch.setPolicy(policy);
    }
    void addSession(const QString& owner, const QString& idleTimeout = {}, const QString& ttl = {})
    {
        SparkItem session = sparkItem(u"0"_s, u"busy"_s, u"etl"_s);
        session.owner = owner;
        session.idleTimeout = idleTimeout;
        session.ttl = ttl;
        state->sessions = { session };
    }
    void become(QList<SparkItem>& items, const QString& word)
    {
        items[0].state = ItemState::fromWire(word);
        clock.advance(5s);
    }
    [[nodiscard]] Server& server() const { return *workspace.servers().constFirst(); }
    [[nodiscard]] QList<NoticeKind> kinds() const
    {
        QList<NoticeKind> kinds;
        for (const Notice& notice : told)
            kinds.append(notice.kind);
        return kinds;
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Workspace workspace;
    NoticeWatch watch;
    ServerProfile profile;
    NoticePolicy policy;
    QList<Notice> told;
    int messages = 0;
};

using Kinds = QList<NoticeKind>;

/// Of all that a bench sees.
struct Records {
    explicit Records(Bench& bench)
        : recorder(folder.filePath(u"records.sqlite"_s), bench.clock)
    {
        QObject::connect(&bench.workspace, &Workspace::observed, &recorder, &Recorder::record);
    }
    /// Until all is answered, as many questions as are asked one after another, and more.
    void letAnswer()
    {
        for (int question = 0; question < 10; ++question) {
            bool isAnswered = false;
            recorder.lives({ .server = {}, .item = {}, .most = 1 }, &recorder, [&isAnswered](const auto&) { isAnswered = true; });
            QTRY_VERIFY_WITH_TIMEOUT(isAnswered, 60'000);
        }
    }
    QTemporaryDir folder;
    Recorder recorder;
};

/// One who knows the records, and listens.
struct Listener {
    Listener(Workspace& workspace, Records& records)
        : watch(workspace, &records.recorder)
    {
        QObject::connect(&watch, &NoticeWatch::noticed, &watch, [this](const QList<Notice>& notices) { told += notices; });
        watch.setPolicy({ .rules = { { NoticeRule::What::BatchRunsLong, {}, 60min }, { NoticeRule::What::SessionIdleLong, {}, 60min } } });
    }
    NoticeWatch watch;
    QList<Notice> told;
};
}

void TestNoticeWatch::tellsOfABatchThatFails()
{
    Bench bench;
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"nightly"_s) };
    bench.start();
    bench.become(bench.state->batches, u"dead"_s);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::BatchFailed });
    QCOMPARE(bench.told.at(0).item, (ItemKey{ u"prod"_s, ItemType::Batch, u"7"_s }));
    QCOMPARE(bench.told.at(0).itemName, u"nightly"_s);
    QCOMPARE(bench.told.at(0).state.value, ItemStateValue::Dead);
    QCOMPARE(bench.told.at(0).serverName, u"Production"_s);
    bench.become(bench.state->batches, u"killed"_s);
    bench.clock.advance(1h);
    QCOMPARE(bench.told.size(), 1);
}

void TestNoticeWatch::tellsOfABatchThatIsFirstSeenDead()
{
    Bench bench;
    bench.start();
    bench.state->batches = { sparkItem(u"7"_s, u"dead"_s, u"nightly"_s) };
    bench.clock.advance(5s);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::BatchFailed });
}

void TestNoticeWatch::tellsNothingOfThePast()
{
    Bench bench;
    bench.state->batches = { sparkItem(u"7"_s, u"dead"_s), sparkItem(u"8"_s, u"killed"_s), sparkItem(u"9"_s, u"running"_s) };
    bench.start();
    bench.clock.advance(1min);
    QVERIFY(bench.told.isEmpty());
    bench.server().connectWith(std::make_unique<FakeSparkApi>(bench.clock, bench.state));
    bench.clock.advance(1min);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::aBatchDeletedFromHereIsNoNews()
{
    Bench bench;
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s) };
    bench.state->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::nullopt; };
    bench.start();
    bench.server().remove(ItemType::Batch, u"7"_s, &bench.watch, [](const Result<Done>&) {});
    bench.become(bench.state->batches, u"killed"_s);
    bench.clock.advance(1min);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::tellsOnlyOfOwnBatchesWhereThatIsWanted()
{
    Bench bench;
    bench.policy.onlyOwnBatches = true;
    bench.watch.setPolicy(bench.policy);
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s), sparkItem(u"8"_s, u"running"_s) };
    bench.state->batches[0].owner = u"bob"_s;
    bench.state->batches[1].owner = u"ann"_s;
    bench.start();
    bench.state->batches[1].state = ItemState::fromWire(u"dead"_s);
    bench.become(bench.state->batches, u"dead"_s);
    bench.clock.advance(5s);
    QCOMPARE(bench.told.size(), 1);
    QCOMPARE(bench.told.at(0).item.id, u"8"_s);
}

void TestNoticeWatch::tellsOfALongStatement()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
    bench.start();
    bench.server().runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(2min);
    QVERIFY(bench.told.isEmpty());
    bench.state->statements[0].state = StatementState::Available;
    bench.state->statements[0].output = okOutput("1");
    bench.clock.advance(5s);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::LongStatement });
    QCOMPARE(bench.told.at(0).run, RunState::Finished);
    QVERIFY(bench.told.at(0).duration >= 2min && bench.told.at(0).duration < 3min);
    QCOMPARE(bench.told.at(0).item.id, u"0"_s);
    bench.clock.advance(1h);
    QCOMPARE(bench.told.size(), 1);
}

void TestNoticeWatch::aStatementThatIsLookedAtIsNotTold()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
    bench.watch.setLookedAt([](const ItemKey& key) { return key.id == "0"_L1; });
    bench.start();
    bench.server().runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(2min);
    bench.state->statements[0].state = StatementState::Available;
    bench.clock.advance(5s);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::aShortStatementIsNotTold()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
    bench.start();
    bench.server().runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(30s);
    bench.state->statements[0].state = StatementState::Available;
    bench.clock.advance(5s);
    QCOMPARE(bench.server().activeRunCount(), 0);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::tellsOfASessionThatIsAboutToEnd()
{
    Bench bench;
    bench.addSession(u"Ann"_s, u"30m"_s);
    bench.start();
    bench.become(bench.state->sessions, u"idle"_s);
    bench.clock.advance(24min);
    QVERIFY(bench.told.isEmpty());
    bench.clock.advance(2min);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::SessionExpires });
    QVERIFY(bench.told.at(0).duration > 4min && bench.told.at(0).duration <= 5min);
    QVERIFY(!bench.told.at(0).isForGood);
    bench.clock.advance(2min);
    QCOMPARE(bench.told.size(), 1);
    // used again, it is told again
    bench.become(bench.state->sessions, u"busy"_s);
    bench.become(bench.state->sessions, u"idle"_s);
    bench.clock.advance(26min);
    QCOMPARE(bench.told.size(), 2);
}

void TestNoticeWatch::aSessionOfOthersMayEndUntold()
{
    Bench bench;
    bench.addSession(u"bob"_s, u"30m"_s, u"1h"_s);
    bench.start();
    bench.become(bench.state->sessions, u"idle"_s);
    bench.clock.advance(1h);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::aSessionThatIsKeptAliveDoesNotEnd()
{
    Bench bench;
    bench.addSession(u"ann"_s, u"30m"_s);
    bench.start();
    bench.server().setKeptAlive(u"0"_s, true);
    bench.become(bench.state->sessions, u"idle"_s);
    bench.clock.advance(2h);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::tellsOfTheEndOfItsLife()
{
    Bench bench;
    bench.state->onVersion = []() -> Script<ServerVersion> {
        ServerVersion version;
        version.text = u"0.9.0"_s;
        version.minor = 9;
        return version;
    };
    bench.addSession(u"ann"_s, {}, u"2h"_s);
    bench.start();
    bench.clock.advance(114min);
    QVERIFY(bench.told.isEmpty());
    bench.clock.advance(2min);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::SessionExpires });
    QVERIFY(bench.told.at(0).isForGood);
}

void TestNoticeWatch::tellsOnceOfAnOutageAndOfItsEnd()
{
    Bench bench;
    bench.start();
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(20s);
    QVERIFY(bench.told.isEmpty());
    bench.server().refresh();
    bench.clock.advance(1h);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::ServerUnreachable });
    QVERIFY(!bench.told.at(0).isBack);
    QCOMPARE(bench.told.at(0).problem->kind, ErrorKind::Network);
    bench.state->outage.reset();
    bench.clock.advance(1min);
    QCOMPARE(bench.told.size(), 2);
    QVERIFY(bench.told.at(1).isBack);
    QVERIFY(bench.told.at(1).duration >= 1h);
}

void TestNoticeWatch::anOutageLastsWhileTheMachineSleeps()
{
    Bench bench;
    bench.start();
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(2min);
    bench.clock.jump(8h);
    bench.state->outage.reset();
    bench.clock.advance(1min);
    QCOMPARE(bench.told.size(), 2);
    QVERIFY(bench.told.at(1).duration >= 8h);
}

void TestNoticeWatch::aShortOutageIsNotTold()
{
    Bench bench;
    bench.start();
    for (int i = 0; i < 5; ++i) {
        bench.state->outage = errorOf(ErrorKind::Network);
        bench.clock.advance(10s);
        QCOMPARE(bench.server().connection(), ConnectionState::Offline);
        bench.state->outage.reset();
        bench.server().refresh();
        bench.clock.advance(1min);
    }
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::aServerThatNeverAnsweredHasNoOutage()
{
    Bench bench;
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.start();
    bench.clock.advance(1h);
    bench.state->outage.reset();
    bench.clock.advance(1min);
    QCOMPARE(bench.server().connection(), ConnectionState::Online);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::aRefusedSignInIsAnOutage()
{
    Bench bench;
    bench.start();
    bench.state->outage = errorOf(ErrorKind::SignIn);
    bench.clock.advance(1min);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::ServerUnreachable });
    QCOMPARE(bench.told.at(0).problem->kind, ErrorKind::SignIn);
}

void TestNoticeWatch::aServerThatIsTakenAwayHasNoOutage()
{
    Bench bench;
    bench.start();
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(10s);
    bench.workspace.setProfiles({});
    bench.clock.advance(1h);
    QVERIFY(bench.told.isEmpty());
}

void TestNoticeWatch::tellsOnceOfABatchThatRunsLong()
{
    Bench bench;
    bench.addRule(NoticeRule::What::BatchRunsLong, u"night*"_s, 60min);
    bench.state->batches = { sparkItem(u"7"_s, u"starting"_s, u"nightly"_s), sparkItem(u"8"_s, u"running"_s, u"adhoc"_s) };
    bench.start();
    bench.clock.advance(30min);
    bench.become(bench.state->batches, u"running"_s);
    bench.clock.advance(29min);
    QVERIFY(bench.told.isEmpty());
    bench.clock.advance(24h);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::BatchRunsLong });
    QCOMPARE(bench.told.at(0).item.id, u"7"_s);
    QVERIFY(bench.told.at(0).duration >= 60min && bench.told.at(0).duration < 61min);
}

void TestNoticeWatch::anotherLifeOfAnIdIsToldAgain()
{
    Bench bench;
    bench.addRule(NoticeRule::What::BatchRunsLong, {}, 60min);
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"nightly"_s) };
    bench.start();
    bench.clock.advance(61min);
    QCOMPARE(bench.told.size(), 1);
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"another"_s) };
    bench.clock.advance(59min);
    QCOMPARE(bench.told.size(), 1);
    bench.clock.advance(2min);
    QCOMPARE(bench.told.size(), 2);
    QCOMPARE(bench.told.at(1).itemName, u"another"_s);
}

void TestNoticeWatch::tellsOnceForEachTimeASessionIsIdleLong()
{
    Bench bench;
    bench.addRule(NoticeRule::What::SessionIdleLong, {}, 60min);
    bench.addSession(u"ann"_s);
    bench.start();
    bench.become(bench.state->sessions, u"idle"_s);
    bench.clock.advance(59min);
    QVERIFY(bench.told.isEmpty());
    // too short for the lists to see it work, but it was used
    bench.server().runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
    bench.clock.advance(1s);
    bench.state->statements[0].state = StatementState::Available;
    bench.clock.advance(59min);
    QVERIFY(bench.told.isEmpty());
    bench.clock.advance(24h);
    QCOMPARE(bench.kinds(), Kinds{ NoticeKind::SessionIdleLong });
    bench.become(bench.state->sessions, u"busy"_s);
    bench.become(bench.state->sessions, u"idle"_s);
    bench.clock.advance(61min);
    QCOMPARE(bench.told.size(), 2);
}

void TestNoticeWatch::whatLastsSinceAnEarlierRunIsKnown()
{
    Bench bench;
    Records records(bench);
    const auto wasSeen = [&](ItemType type, const SparkItem& item) {
        records.recorder.record({ .number = 0, .when = bench.clock.now(), .item = factsOf({ u"prod"_s, type, item.id }, item), .what = StateSeen{ {}, item.state, {} } });
    };
    bench.addSession(u"ann"_s);
    bench.state->sessions[0].state = ItemState::fromWire(u"idle"_s);
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"nightly"_s), sparkItem(u"8"_s, u"running"_s, u"of another life"_s) };
    wasSeen(ItemType::Session, bench.state->sessions.at(0));
    wasSeen(ItemType::Batch, bench.state->batches.at(0));
    wasSeen(ItemType::Batch, sparkItem(u"8"_s, u"running"_s, u"before"_s));
    bench.clock.advance(40min);
    // whoever keeps it alive does not use it
    records.recorder.record({ .number = 0, .when = bench.clock.now(), .item = factsOf({ u"prod"_s, ItemType::Session, u"0"_s }, bench.state->sessions.at(0)),
        .what = OwnAct{ OwnAct::What::KeepAlive, {}, {} } });
    bench.clock.advance(10min);

    Listener listener(bench.workspace, records);
    bench.start();
    records.letAnswer();
    bench.clock.advance(9min);
    QVERIFY(listener.told.isEmpty());
    bench.clock.advance(2min);
    QCOMPARE(listener.told.size(), 2);
    for (const Notice& notice : std::as_const(listener.told)) {
        QVERIFY(notice.item.id != u"8"_s);
        QVERIFY(notice.duration >= 60min && notice.duration < 62min);
    }
    bench.clock.advance(50min);
    QCOMPARE(listener.told.size(), 3);
}

void TestNoticeWatch::whatWasToldIsNotToldAgainAfterAReconnect()
{
    Bench bench;
    Records records(bench);
    Listener listener(bench.workspace, records);
    bench.addSession(u"ann"_s);
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"nightly"_s) };
    bench.start();
    bench.become(bench.state->sessions, u"idle"_s);
    bench.clock.advance(61min);
    QCOMPARE(listener.told.size(), 2);
    bench.server().connectWith(std::make_unique<FakeSparkApi>(bench.clock, bench.state));
    bench.clock.advance(1s);
    records.letAnswer();
    bench.clock.advance(3h);
    QCOMPARE(listener.told.size(), 2);
}

void TestNoticeWatch::whatWasToldIsNotToldAgainByALaterRun()
{
    Bench bench;
    Records records(bench);
    bench.addRule(NoticeRule::What::BatchRunsLong, {}, 60min);
    QList<ToldRule> kept;
    connect(&bench.watch, &NoticeWatch::toldChanged, this, [&kept](const QList<ToldRule>& told) { kept = told; });
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"nightly"_s) };
    bench.start();
    bench.clock.advance(61min);
    QCOMPARE(bench.told.size(), 1);
    QCOMPARE(kept.size(), 1);
    for (const bool isRemembered : { true, false }) {
        Workspace later([&bench](const ServerProfile&) { return std::make_unique<FakeSparkApi>(bench.clock, bench.state); }, bench.clock);
        Listener listener(later, records);
        if (isRemembered)
            listener.watch.setTold(kept);
        later.setProfiles({ bench.profile });
        bench.clock.advance(100ms);
        records.letAnswer();
        bench.clock.advance(2h);
        QCOMPARE(listener.told.size(), isRemembered ? 0 : 1);
    }
}

void TestNoticeWatch::aRuleThatIsAddedLaterHoldsAtOnce()
{
    Bench bench;
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"nightly"_s) };
    bench.start();
    bench.clock.advance(2h);
    bench.policy.isOn = false;
    bench.addRule(NoticeRule::What::BatchRunsLong, u"nightly"_s, 60min);
    bench.clock.advance(5s);
    QVERIFY(bench.told.isEmpty());
    bench.policy.isOn = true;
    bench.watch.setPolicy(bench.policy);
    bench.clock.advance(5s);
    QCOMPARE(bench.told.size(), 1);
    bench.addRule(NoticeRule::What::SessionIdleLong, u"nothing"_s, 60min);
    bench.clock.advance(5s);
    QCOMPARE(bench.told.size(), 1);
}

void TestNoticeWatch::tellsNothingThatIsSwitchedOff_data()
{
    QTest::addColumn<bool>("isOn");
    QTest::addColumn<bool>("isSilenced");
    QTest::addColumn<qsizetype>("told");
    QTest::newRow("all") << true << false << qsizetype(1);
    QTest::newRow("this kind") << true << true << qsizetype(0);
    QTest::newRow("as a whole") << false << false << qsizetype(0);
}

void TestNoticeWatch::tellsNothingThatIsSwitchedOff()
{
    QFETCH(bool, isOn);
    QFETCH(bool, isSilenced);
    Bench bench;
    bench.policy.isOn = isOn;
    if (isSilenced)
        bench.policy.silenced.insert(NoticeKind::BatchFailed);
    bench.watch.setPolicy(bench.policy);
    bench.state->batches = { sparkItem(u"7"_s, u"running"_s) };
    bench.start();
    bench.become(bench.state->batches, u"dead"_s);
    QTEST(bench.told.size(), "told");
}

void TestNoticeWatch::manyThatFailAtOnceAreOneMessage()
{
    Bench bench;
    for (int i = 0; i < 40; ++i)
        bench.state->batches.append(sparkItem(QString::number(i), u"running"_s));
    bench.start();
    for (SparkItem& batch : bench.state->batches)
        batch.state = ItemState::fromWire(u"dead"_s);
    bench.clock.advance(1min);
    QCOMPARE(bench.messages, 1);
    QCOMPARE(bench.told.size(), 40);
}

void TestNoticeWatch::watchesFewOfMany()
{
    Bench bench;
    bench.addRule(NoticeRule::What::BatchRunsLong, u"*9999"_s, 60min);
    for (int i = 0; i < 10'000; ++i)
        bench.state->batches.append(sparkItem(QString::number(i), u"running"_s, u"batch %1"_s.arg(i)));
    bench.start();
    bench.server().setAttention(Server::Attention::Hidden);
    bench.clock.advance(70min);
    QCOMPARE(bench.told.size(), 1);
    QCOMPARE(bench.told.at(0).item.id, u"9999"_s);
}

KINDLING_TEST(TestNoticeWatch)
#include "tst_noticewatch.moc"
