// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemsfilter.h"
#include "app/models/itemsmodel.h"
#include "app/models/itemtotals.h"
#include "app/models/requestedsizes.h"
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
constexpr auto patience = 60'000ms;

/// A server "a" that tells nothing of its batches' sizes, as Livy, and a recorder of what is seen of it.
struct Bench {
    Bench()
        : workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
        , items(&workspace)
        , filter(&items)
        , requested(workspace, &recorder)
    {
        // heard of after `requested` has heard of it: the order must not matter
        QObject::connect(&workspace, &Workspace::observed, &recorder, &Recorder::record);
        ServerProfile profile;
        profile.id = u"a"_s;
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    void submit(const QString& id, const NewBatch& wanted)
    {
        SparkItem batch = sparkItem(id, u"running"_s, wanted.name);
        state->onCreate = [batch](ItemType, const QString&) -> Script<SparkItem> { return batch; };
        state->batches += batch;
        workspace.server(u"a"_s)->createBatch(wanted, &workspace, [](const Result<SparkItem>&) {});
        clock.advance(2s);
    }
    void poll()
    {
        workspace.server(u"a"_s)->refresh();
        clock.advance(2s);
    }
    void load()
    {
        QSignalSpy changed(&requested, &RequestedSizes::changed);
        requested.load();
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
    }
    [[nodiscard]] ItemTotals totals() const { return totalsOf(filter, &requested); }

    QTemporaryDir folder;
    FakeClock clock;
    Recorder recorder{ folder.filePath(u"records.sqlite"_s), clock };
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    Workspace workspace;
    ItemsModel items;
    ItemsFilter filter;
    RequestedSizes requested;
};

NewBatch load()
{
    NewBatch wanted;
    wanted.file = u"/load.py"_s;
    wanted.name = u"load"_s;
    wanted.driverMemory = u"2g"_s;
    wanted.driverCores = 1;
    wanted.executorMemory = u"4g"_s;
    wanted.executorCores = 2;
    wanted.numExecutors = 3;
    wanted.queue = u"etl"_s;
    return wanted;
}
}

class TestRequestedSizes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void whatWasAskedForCountsWhereTheServerDoesNotTell()
    {
        Bench bench;
        bench.submit(u"7"_s, load());
        QCOMPARE(bench.totals().all.cores, 0); // before the records are read
        QVERIFY(bench.totals().all.isAtLeast);
        bench.load();
        const ItemTotals totals = bench.totals();
        QCOMPARE(totals.all.cores, 7);
        QCOMPARE(totals.all.memoryMiB, 14.0 * 1024);
        QVERIFY(!totals.all.isAtLeast);
        QCOMPARE(totals.byQueue.size(), 1);
        QCOMPARE(totals.byQueue.constFirst().name, u"etl"_s);
        // what the server tells counts
        bench.state->batches[0].numExecutors = 1;
        bench.poll();
        QCOMPARE(bench.totals().all.cores, 3);
    }
    void sparksOwnSettingsCountWhereAFieldIsLeftOpen()
    {
        Bench bench;
        NewBatch wanted = load();
        wanted.executorMemory.clear();
        wanted.numExecutors.reset();
        wanted.queue.clear();
        wanted.conf = { { u"spark.executor.memory"_s, u"1g"_s }, { u"spark.executor.instances"_s, u"-4"_s }, { u"spark.driver.memory"_s, u"64g"_s },
            { u"spark.yarn.queue"_s, u"ml"_s } };
        bench.submit(u"7"_s, wanted);
        bench.load();
        QCOMPARE(bench.totals().all.memoryMiB, 3.0 * 1024);
        QVERIFY(bench.totals().all.isAtLeast); // nobody knows how many executors
        QCOMPARE(bench.totals().byQueue.constFirst().name, u"ml"_s);
    }
    void whatIsAskedForLaterIsLearnt()
    {
        Bench bench;
        bench.load();
        QCOMPARE(bench.totals().all.cores, 0);
        QSignalSpy changed(&bench.requested, &RequestedSizes::changed);
        bench.submit(u"7"_s, load());
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        QCOMPARE(bench.totals().all.cores, 7);
        bench.state->batches += sparkItem(u"8"_s, u"running"_s, u"of-others"_s);
        bench.poll();
        QCOMPARE(bench.totals().all.cores, 7);
        QVERIFY(bench.totals().all.isAtLeast);
    }
    void anotherOneOfTheIdIsNotWhatWasAskedFor()
    {
        Bench bench;
        bench.submit(u"7"_s, load());
        bench.load();
        bench.state->batches = { sparkItem(u"7"_s, u"running"_s, u"somebody-elses"_s) };
        bench.poll();
        QCOMPARE(bench.totals().all.cores, 0);
        QVERIFY(bench.totals().all.isAtLeast);
    }
    void anEndedOneHoldsNothing()
    {
        Bench bench;
        bench.submit(u"7"_s, load());
        bench.load();
        bench.state->batches[0].state = ItemState::fromWire(u"success"_s);
        bench.poll();
        QCOMPARE(bench.totals().all.cores, 0);
        QVERIFY(!bench.totals().all.isAtLeast);
    }
    void withoutRecordsNothingMoreIsKnown()
    {
        Bench bench;
        bench.submit(u"7"_s, load());
        RequestedSizes unknown(bench.workspace, nullptr);
        unknown.load();
        QVERIFY(!unknown.completed(bench.items.itemAt(0)));
    }
};

KINDLING_TEST(TestRequestedSizes)
#include "tst_requestedsizes.moc"
