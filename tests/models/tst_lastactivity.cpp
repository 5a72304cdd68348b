// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "app/models/lastactivity.h"
#include "app/models/recordedpast.h"
#include "app/storage/recorder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <variant>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Bench {
    explicit Bench(FakeClock& someClock)
        : clock(someClock)
        , state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
    {
        SparkItem session = sparkItem(u"1"_s, u"idle"_s, u"etl"_s);
        session.owner = u"ann"_s;
        state->sessions = { session };
        workspace.setLocalUser(u"ann"_s);
    }
    void begin()
    {
        ServerProfile profile;
        profile.id = u"a"_s;
        profile.name = u"prod"_s;
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    [[nodiscard]] const TrackedItem& session() const { return *workspace.item({ u"a"_s, ItemType::Session, u"1"_s }); }

    FakeClock& clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Workspace workspace;
};

/// As if a window had been there for a second.
void recordEarlierRun(FakeClock& clock, Recorder& recorder)
{
    Bench earlier(clock);
    QObject::connect(&earlier.workspace, &Workspace::observed, &recorder, &Recorder::record);
    earlier.begin();
    clock.advance(1s);
}

/// What an earlier run left.
struct Records {
    Records() { recordEarlierRun(clock, recorder); }
    void add(const ItemKey& key, std::variant<StateSeen, OwnAct> what)
    {
        std::visit([&](const auto& one) { recorder.record({ .number = 0, .when = clock.now(), .item = { .key = key }, .what = one }); }, what);
    }
    FakeClock clock;
    QTemporaryDir folder;
    Recorder recorder{ folder.filePath(u"history"_s), clock };
};

/// Has the records tell all that they know.
bool hasLoaded(LastActivity& activity)
{
    QSignalSpy changed(&activity, &LastActivity::changed);
    activity.load();
    return changed.wait(60'000);
}
}

class TestLastActivity final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void countsFromTheLastChangeOrActThatWasSeen()
    {
        FakeClock clock;
        Bench bench(clock);
        bench.state->onRun = [](const QString& code) -> Script<Statement> {
            Statement done = statement(0, StatementState::Available, code);
            done.output = okOutput("1");
            return done;
        };
        bench.begin();
        const LastActivity activity(bench.workspace, nullptr);
        QVERIFY(!activity.isOrphan(bench.session(), 2h));
        clock.advance(2h);
        QVERIFY(activity.isOrphan(bench.session(), 2h));
        bench.workspace.server(u"a"_s)->runner(u"1"_s)->run(u"1"_s, Kind::PySpark);
        clock.advance(1s);
        QVERIFY(!activity.isOrphan(bench.session(), 2h));
        clock.advance(2h);
        QVERIFY(activity.isOrphan(bench.session(), 2h));
        bench.state->sessions[0].state = ItemState::fromWire(u"busy"_s);
        clock.advance(3s);
        bench.state->sessions[0].state = ItemState::fromWire(u"idle"_s);
        clock.advance(3s);
        QVERIFY(!activity.isOrphan(bench.session(), 1h));
    }
    void onlyMineThatIdleAreOrphans()
    {
        FakeClock clock;
        Bench bench(clock);
        bench.begin();
        clock.advance(5h);
        const LastActivity activity(bench.workspace, nullptr);
        QVERIFY(activity.isOrphan(bench.session(), 4h));
        bench.workspace.setLocalUser(u"bo"_s);
        QVERIFY(!activity.isOrphan(bench.session(), 4h));
        bench.workspace.setLocalUser(u"ann"_s);
        bench.state->sessions[0].state = ItemState::fromWire(u"dead"_s);
        clock.advance(3s);
        clock.advance(5h);
        QVERIFY(!activity.isOrphan(bench.session(), 4h));
    }
    void remembersWhatEarlierRunsSaw()
    {
        const QTemporaryDir folder;
        FakeClock clock;
        Recorder recorder(folder.filePath(u"history"_s), clock);
        recordEarlierRun(clock, recorder);
        const QDateTime seen = clock.now();
        clock.advance(9h);
        Bench bench(clock);
        LastActivity activity(bench.workspace, &recorder);
        QSignalSpy changed(&activity, &LastActivity::changed);
        activity.load();
        activity.load();
        bench.begin();
        QVERIFY(changed.wait(30'000));
        QVERIFY(activity.of(bench.session()) <= seen);
        QVERIFY(activity.isOrphan(bench.session(), 8h));
        QVERIFY(!activity.isOrphan(bench.session(), 10h));
        // Another life of that id has nothing to do with it.
        bench.state->sessions[0].name = u"other"_s;
        clock.advance(3s);
        QVERIFY(!activity.isOrphan(bench.session(), 1h));
        QVERIFY(changed.wait(30'000));
        QVERIFY(!activity.isOrphan(bench.session(), 1h));
    }
    void remembersHoweverMuchWasRecordedSince()
    {
        Records records;
        for (int i = 0; i < 25'000; ++i) { // of a busy platform
            records.clock.advance(48s);
            records.add({ u"a"_s, ItemType::Batch, QString::number(i) }, StateSeen{ {}, ItemState::fromWire(u"running"_s), {} });
        }
        Bench bench(records.clock);
        bench.begin();
        LastActivity activity(bench.workspace, &records.recorder);
        QVERIFY(!activity.isOrphan(bench.session(), 1h));
        QVERIFY(hasLoaded(activity));
        QVERIFY(activity.isOrphan(bench.session(), 168h));
        QVERIFY(activity.isOrphan(bench.session(), 330h));
    }
    void anActOfAnEarlierRunIsAnActivity()
    {
        Records records;
        records.clock.advance(5h);
        records.add({ u"a"_s, ItemType::Session, u"1"_s }, OwnAct{ OwnAct::What::KeepAlive, {}, {}, {} });
        records.clock.advance(4h);
        Bench bench(records.clock);
        bench.begin();
        LastActivity activity(bench.workspace, &records.recorder);
        QVERIFY(hasLoaded(activity));
        QVERIFY(activity.isOrphan(bench.session(), 4h));
        QVERIFY(!activity.isOrphan(bench.session(), 5h));
    }
    void theRecordsAreAskedOfMineAlone()
    {
        Records records;
        records.clock.advance(9h);
        Bench bench(records.clock);
        bench.workspace.setLocalUser(u"bo"_s);
        bench.begin();
        LastActivity activity(bench.workspace, &records.recorder);
        QSignalSpy changed(&activity, &LastActivity::changed);
        activity.load();
        bool isAnswered = false; // whatever was asked before is answered by then
        records.recorder.lives({ .server = {}, .item = {}, .most = 1 }, &records.recorder, [&isAnswered](const auto&) { isAnswered = true; });
        QTRY_VERIFY(isAnswered);
        QCOMPARE(changed.size(), 0);
        bench.workspace.setLocalUser(u"ann"_s); // it is mine, after all
        QVERIFY(changed.wait(60'000));
        QVERIFY(activity.isOrphan(bench.session(), 8h));
    }
    void whatWasRecordedLongAgoIsNotRead()
    {
        const QTemporaryDir folder;
        FakeClock clock;
        Recorder recorder(folder.filePath(u"history"_s), clock);
        recordEarlierRun(clock, recorder);
        clock.advance(48h);
        RecordedPast past(&recorder, clock, 24h);
        QSignalSpy loaded(&past, &RecordedPast::loaded);
        past.load();
        QVERIFY(loaded.wait(30'000));
        QVERIFY(past.lives().isEmpty());
        QVERIFY(past.newest({ u"a"_s, ItemType::Session, u"1"_s }) == nullptr);
    }
};

KINDLING_TEST(TestLastActivity)
#include "tst_lastactivity.moc"
