// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemsfilter.h"
#include "app/models/itemsmodel.h"
#include "app/models/itemtotals.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Column = ItemsModel::Column;

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
        , items(&workspace)
        , filter(&items)
        , tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        ServerProfile profile;
        profile.id = u"a"_s;
        profile.name = u"server a"_s;
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    void poll()
    {
        workspace.server(u"a"_s)->refresh();
        clock.advance(2s);
    }
    [[nodiscard]] QStringList shown() const
    {
        QStringList ids;
        for (int row = 0; row < filter.rowCount(); ++row)
            ids += filter.index(row, static_cast<int>(Column::Id)).data().toString();
        return ids;
    }
    /// What a reader with paper and pencil would find.
    [[nodiscard]] QStringList expected(Column column, Qt::SortOrder order) const
    {
        QList<int> rows;
        for (int row = 0; row < items.rowCount(); ++row) {
            if (filter.rule().accepts(items.itemAt(row), u"server a"_s))
                rows += row;
        }
        std::ranges::stable_sort(rows, [&](int left, int right) {
            const int found = items.compare(left, right, column);
            return order == Qt::AscendingOrder ? found < 0 : found > 0;
        });
        QStringList ids;
        for (const int row : rows)
            ids += items.itemAt(row).item.id;
        return ids;
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Workspace workspace;
    ItemsModel items;
    ItemsFilter filter;
    QAbstractItemModelTester tester;
};

SparkItem item(int number, const QString& state, const QString& owner)
{
    SparkItem made = sparkItem(QString::number(number), state, u"job-"_s + QString::number(number % 7));
    made.owner = owner;
    return made;
}
}

class TestItemsFilter final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void showsWhatTheRuleWantsInItsOrderWhateverHappens_data()
    {
        QTest::addColumn<int>("most");
        QTest::addColumn<int>("rounds");
        QTest::newRow("a few at a time") << 4 << 80;
        QTest::newRow("very many at a time") << 150 << 12;
    }
    void showsWhatTheRuleWantsInItsOrderWhateverHappens()
    {
        QFETCH(int, most);
        QFETCH(int, rounds);
        Bench bench;
        QRandomGenerator random(11);
        const QStringList states{ u"idle"_s, u"busy"_s, u"dead"_s };
        const QStringList owners{ u"ann"_s, u"bo"_s, QString() };
        Column column = Column::Id;
        Qt::SortOrder order = Qt::AscendingOrder;
        int last = 0;
        for (int round = 0; round < rounds; ++round) {
            QList<SparkItem>& sessions = bench.state->sessions;
            for (int change = random.bounded(most); change > 0 && !sessions.isEmpty(); --change)
                sessions[random.bounded(sessions.size())].state = ItemState::fromWire(states.at(random.bounded(3)));
            for (int gone = random.bounded(most); gone > 0 && sessions.size() > most; --gone)
                sessions.removeAt(random.bounded(sessions.size()));
            for (int come = random.bounded(most); come > 0; --come)
                sessions += item(++last, states.at(random.bounded(3)), owners.at(random.bounded(3)));
            bench.poll();
            if (round % 3 == 0) {
                ItemRule rule;
                rule.states = random.bounded(2) == 0 ? QStringList() : states.mid(random.bounded(3), 2);
                rule.isLiveOnly = random.bounded(4) == 0;
                bench.filter.setRule(rule);
            }
            if (round % 4 == 1) {
                column = static_cast<Column>(random.bounded(static_cast<int>(Column::Count)));
                order = random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
                bench.filter.sort(static_cast<int>(column), order);
            }
            QCOMPARE(bench.shown(), bench.expected(column, order));
        }
    }
    void aSelectedRowStaysTheSameOne()
    {
        Bench bench;
        for (int number = 0; number < 300; ++number)
            bench.state->sessions += item(number, number % 2 == 0 ? u"idle"_s : u"busy"_s, u"ann"_s);
        bench.poll();
        QCOMPARE(bench.filter.rowCount(), 300);
        const QPersistentModelIndex selected = bench.filter.mapFromSource(bench.items.indexOf({ u"a"_s, ItemType::Session, u"150"_s }));
        const QPersistentModelIndex hidden = bench.filter.mapFromSource(bench.items.indexOf({ u"a"_s, ItemType::Session, u"151"_s }));
        QSignalSpy resets(&bench.filter, &QAbstractItemModel::modelReset);
        bench.filter.sort(static_cast<int>(Column::Id), Qt::DescendingOrder);
        bench.filter.setRule({ .states = { u"idle"_s } });
        QCOMPARE(bench.filter.rowCount(), 150);
        QCOMPARE(selected.data(KeyRole).value<ItemKey>().id, u"150"_s);
        QVERIFY(!hidden.isValid());
        bench.state->sessions.removeFirst();
        bench.poll();
        QCOMPARE(selected.data(KeyRole).value<ItemKey>().id, u"150"_s);
        QCOMPARE(resets.size(), 0);
    }
    void tellsOneChangeOfOneRow()
    {
        Bench bench;
        for (int number = 0; number < 50; ++number)
            bench.state->sessions += item(number, u"idle"_s, u"ann"_s);
        bench.poll();
        bench.filter.sort(static_cast<int>(Column::Id));
        QSignalSpy changed(&bench.filter, &QAbstractItemModel::dataChanged);
        QSignalSpy laidOut(&bench.filter, &QAbstractItemModel::layoutChanged);
        QSignalSpy removed(&bench.filter, &QAbstractItemModel::rowsRemoved);
        bench.state->sessions[20].state = ItemState::fromWire(u"busy"_s);
        bench.poll();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 20);
        bench.state->sessions.removeAt(20);
        bench.poll();
        QCOMPARE(removed.size(), 1);
        QCOMPARE(laidOut.size(), 0);
    }
    void asksItsConditionsAnew()
    {
        Bench bench;
        bench.state->sessions = { item(1, u"idle"_s, u"ann"_s), item(2, u"idle"_s, u"bo"_s) };
        bench.poll();
        QString wanted = u"1"_s;
        bench.filter.setRule({ .isOrphan = [&wanted](const TrackedItem& each) { return each.key.id == wanted; } });
        QCOMPARE(bench.shown(), QStringList{ u"1"_s });
        wanted = u"2"_s;
        bench.filter.refresh();
        QCOMPARE(bench.shown(), QStringList{ u"2"_s });
    }
    void addsUpWhatIsShown()
    {
        Bench bench;
        SparkItem big = item(1, u"idle"_s, u"ann"_s);
        big.driverMemory = u"4g"_s;
        big.driverCores = 2;
        big.executorMemory = u"8g"_s;
        big.executorCores = 4;
        big.numExecutors = 3;
        big.queue = u"etl"_s;
        SparkItem untold = item(2, u"busy"_s, u"ann"_s);
        SparkItem dead = big;
        dead.id = u"3"_s;
        dead.owner = u"bo"_s;
        dead.state = ItemState::fromWire(u"dead"_s);
        bench.state->sessions = { big, untold, dead };
        bench.poll();
        const ItemTotals totals = totalsOf(bench.filter);
        QCOMPARE(totals.all.count, 3);
        QCOMPARE(totals.all.cores, 14);
        QCOMPARE(totals.all.memoryMiB, 28.0 * 1024);
        QVERIFY(totals.all.isAtLeast);
        QCOMPARE(totals.byOwner.size(), 2);
        QCOMPARE(totals.byOwner.at(0).name, u"ann"_s);
        QCOMPARE(totals.byOwner.at(0).count, 2);
        QCOMPARE(totals.byOwner.at(0).of(StateRole::Active), 1);
        QCOMPARE(totals.byOwner.at(1).cores, 0);
        QVERIFY(!totals.byOwner.at(1).isAtLeast);
        QCOMPARE(totals.byQueue.size(), 2);
        QCOMPARE(totals.byState.size(), 3);
        bench.filter.setRule({ .states = { u"dead"_s } });
        QCOMPARE(totalsOf(bench.filter).all.count, 1);
        QVERIFY(totalsOf(bench.filter).byOwner.constFirst().name == "bo"_L1);
        bench.filter.setRule({ .states = { u"idle"_s } });
        QVERIFY(!totalsOf(bench.filter).all.isAtLeast);
        bench.state->sessions[0].numExecutors = 0;
        bench.poll();
        QCOMPARE(totalsOf(bench.filter).all.cores, 6);
        QVERIFY(totalsOf(bench.filter).all.isAtLeast); // there may be more of the executors
    }
};

KINDLING_TEST(TestItemsFilter)
#include "tst_itemsfilter.moc"
