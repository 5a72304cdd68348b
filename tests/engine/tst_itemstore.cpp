// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemstore.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestItemStore final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void firstListAddsEverythingInOneSignal();
    void unchangedListSaysNothing();
    void changedStateIsATransitionWithItsTime();
    void aChangeNotWatchedIsNotExact();
    void missingItemIsGone();
    void whatEndedUnwatchedIsNotedSo();
    void otherIncarnationReplacesTheItem_data();
    void otherIncarnationReplacesTheItem();
    void fieldsThatAppearAreTheSameIncarnation();
    void lateListKeepsWhatWasLearntAfterItWasAskedFor();
    void lateListDoesNotBringBackADeletedItem();
    void partialListRemovesNothing();
    void whatWasReadWhileAListWasReadIsNewer();
    void aListWithHolesRemovesWhatTwoLacked();
    void aListThatIsCutTellsNothingOfWhatComesAfter();
    void duplicateAndEmptyIdsAreIgnored();
    void newItemsInTheMiddleKeepTheServersOrder();
    void reorderedListKeepsTheKnownOrder();
    void marksOfOursSurviveAMerge();
    void clearForgetsWithoutTransitions();
    void tenThousandSessionsMergeAndKeepTheirRows();

private:
    FakeClock m_clock;
};

namespace {
struct Watched {
    explicit Watched(const Clock& clock)
        : store(u"s"_s, ItemType::Session, clock)
        , changed(&store, &ItemStore::changed)
    {
        QObject::connect(&store, &ItemStore::transitionSeen, &store, [this](const Transition& each) { transitions.append(each); });
    }
    QStringList ids() const
    {
        QStringList result;
        for (const TrackedItem& item : store.items())
            result.append(item.key.id);
        return result;
    }
    ItemStore store;
    QSignalSpy changed;
    QList<Transition> transitions;
};
}

void TestItemStore::firstListAddsEverythingInOneSignal()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s), sparkItem(u"1"_s, u"busy"_s, u"etl"_s) });
    QCOMPARE(watched.changed.size(), 1);
    QCOMPARE(watched.changed.at(0).at(0).toStringList(), (QStringList{ u"0"_s, u"1"_s }));
    QCOMPARE(watched.transitions.size(), 2);
    QCOMPARE(watched.transitions.at(1).itemName, u"etl"_s);
    QVERIFY(watched.transitions.at(0).from.raw.isEmpty());
    QCOMPARE(watched.transitions.at(0).to.raw, u"idle"_s);
    QVERIFY(!watched.store.find(u"0"_s)->isSinceExact);
    QCOMPARE(watched.store.find(u"1"_s)->key, (ItemKey{ u"s"_s, ItemType::Session, u"1"_s }));
    QCOMPARE(watched.store.find(u"2"_s), nullptr);
}

void TestItemStore::unchangedListSaysNothing()
{
    Watched watched(m_clock);
    const QList items{ sparkItem(u"0"_s, u"idle"_s) };
    watched.store.merge(items);
    m_clock.advance(2s);
    watched.store.merge(items);
    QCOMPARE(watched.changed.size(), 1);
    QCOMPARE(watched.transitions.size(), 1);
    QCOMPARE(watched.store.find(u"0"_s)->seen, m_clock.now());
}

void TestItemStore::changedStateIsATransitionWithItsTime()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"starting"_s) });
    m_clock.advance(2s);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) });
    QCOMPARE(watched.changed.size(), 2);
    QCOMPARE(watched.changed.at(1).at(1).toStringList(), QStringList{ u"0"_s });
    QCOMPARE(watched.transitions.size(), 2);
    QCOMPARE(watched.transitions.at(1).from.raw, u"starting"_s);
    QCOMPARE(watched.transitions.at(1).when, m_clock.now());
    QVERIFY(watched.transitions.at(1).number > watched.transitions.at(0).number);
    QCOMPARE(watched.store.find(u"0"_s)->stateSince, m_clock.now());
    QVERIFY(watched.store.find(u"0"_s)->isSinceExact);
    // the time of a state stays while other fields change
    const QDateTime since = m_clock.now();
    m_clock.advance(2s);
    SparkItem withApp = sparkItem(u"0"_s, u"idle"_s);
    withApp.appId = u"app-1"_s;
    watched.store.merge({ withApp });
    QCOMPARE(watched.changed.size(), 3);
    QCOMPARE(watched.store.find(u"0"_s)->stateSince, since);
}

void TestItemStore::aChangeNotWatchedIsNotExact()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) });
    m_clock.advance(1h);
    watched.store.merge({ sparkItem(u"0"_s, u"dead"_s) });
    QVERIFY(!watched.store.find(u"0"_s)->isSinceExact);
}

void TestItemStore::whatEndedUnwatchedIsNotedSo()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"running"_s), sparkItem(u"1"_s, u"success"_s), sparkItem(u"2"_s, u"running"_s) }, 1);
    m_clock.advance(9min);
    watched.store.merge({ sparkItem(u"0"_s, u"running"_s), sparkItem(u"1"_s, u"success"_s) }, 2);
    QCOMPARE(watched.transitions.constLast().note, QString()); // its end would have been listed still
    m_clock.advance(8h);
    watched.store.merge({}, 3);
    QCOMPARE(watched.transitions.size(), 6);
    QCOMPARE(watched.transitions.at(4).key.id, u"0"_s);
    QCOMPARE(watched.transitions.at(4).note, u"unwatched"_s);
    QCOMPARE(watched.transitions.at(5).note, QString());
}

void TestItemStore::missingItemIsGone()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s, u"a"_s), sparkItem(u"1"_s, u"idle"_s) });
    watched.store.merge({ sparkItem(u"1"_s, u"idle"_s) });
    const auto removed = watched.changed.at(1).at(2).value<QList<TrackedItem>>();
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.at(0).item.name, u"a"_s);
    QCOMPARE(watched.transitions.constLast().to.raw, u"gone"_s);
    QCOMPARE(watched.transitions.constLast().from.raw, u"idle"_s);
    QVERIFY(watched.transitions.constLast().note.isEmpty());
    QCOMPARE(watched.store.find(u"0"_s), nullptr);
}

void TestItemStore::otherIncarnationReplacesTheItem_data()
{
    QTest::addColumn<SparkItem>("before");
    QTest::addColumn<SparkItem>("now");
    const auto item = [](const QString& app, const QString& name, const QString& owner, const QString& kind, const QString& state) {
        SparkItem result = sparkItem(u"0"_s, state, name);
        result.appId = app;
        result.owner = owner;
        result.kindText = kind;
        return result;
    };
    const SparkItem base = item(u"app-1"_s, u"etl"_s, u"ann"_s, u"pyspark"_s, u"idle"_s);
    QTest::newRow("app id") << base << item(u"app-2"_s, u"etl"_s, u"ann"_s, u"pyspark"_s, u"idle"_s);
    QTest::newRow("name") << base << item(u"app-1"_s, u"other"_s, u"ann"_s, u"pyspark"_s, u"idle"_s);
    QTest::newRow("owner") << base << item(u"app-1"_s, u"etl"_s, u"bob"_s, u"pyspark"_s, u"idle"_s);
    QTest::newRow("kind") << base << item(u"app-1"_s, u"etl"_s, u"ann"_s, u"sql"_s, u"idle"_s);
    QTest::newRow("no name any more") << base << item({}, {}, {}, u"pyspark"_s, u"idle"_s);
    QTest::newRow("what was idle starts") << item({}, {}, {}, {}, u"idle"_s) << item({}, {}, {}, {}, u"starting"_s);
    QTest::newRow("what was busy has not started") << item({}, {}, {}, {}, u"busy"_s) << item({}, {}, {}, {}, u"not_started"_s);
    QTest::newRow("dead comes alive") << item({}, {}, {}, {}, u"dead"_s) << item({}, {}, {}, {}, u"starting"_s);
}

void TestItemStore::otherIncarnationReplacesTheItem()
{
    QFETCH(SparkItem, before);
    QFETCH(SparkItem, now);
    Watched watched(m_clock);
    watched.store.merge({ before });
    watched.store.setDamage(u"0"_s, u"pyspark"_s);
    watched.changed.clear();
    watched.store.merge({ now });
    QCOMPARE(watched.changed.size(), 1);
    QCOMPARE(watched.changed.at(0).at(0).toStringList(), QStringList{ u"0"_s });
    QVERIFY(watched.changed.at(0).at(1).toStringList().isEmpty());
    QCOMPARE(watched.changed.at(0).at(2).value<QList<TrackedItem>>().size(), 1);
    QVERIFY(watched.store.find(u"0"_s)->damage.isEmpty());
    QCOMPARE(watched.transitions.size(), 3);
    QCOMPARE(watched.transitions.at(1).note, u"replaced"_s);
    QVERIFY(watched.transitions.at(2).from.raw.isEmpty());
}

void TestItemStore::fieldsThatAppearAreTheSameIncarnation()
{
    SparkItem before = sparkItem(u"0"_s, u"starting"_s);
    before.kindText = u"python"_s;
    SparkItem now = sparkItem(u"0"_s, u"idle"_s, u"etl"_s);
    now.appId = u"app-1"_s;
    now.owner = u"ann"_s;
    now.kindText = u"pyspark"_s;
    QVERIFY(isSameIncarnation(before, now));
    SparkItem without = now;
    without.appId.clear();
    without.owner.clear();
    QVERIFY(isSameIncarnation(now, without));
    // inactive states may replace each other (livy-protocol 2.1)
    QVERIFY(isSameIncarnation(sparkItem(u"0"_s, u"killed"_s), sparkItem(u"0"_s, u"shutting_down"_s)));
    QVERIFY(isSameIncarnation(sparkItem(u"0"_s, u"shutting_down"_s), sparkItem(u"0"_s, u"dead"_s)));
}

void TestItemStore::lateListKeepsWhatWasLearntAfterItWasAskedFor()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) });
    const qint64 asked = watched.store.epoch();
    watched.store.mergeOne(sparkItem(u"1"_s, u"starting"_s));
    watched.store.mergeOne(sparkItem(u"0"_s, u"busy"_s));
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) }, asked);
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s }));
    QCOMPARE(watched.store.find(u"0"_s)->item.state.raw, u"busy"_s);
    // the next list was asked for later and is believed
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) }, watched.store.epoch());
    QCOMPARE(watched.ids(), QStringList{ u"0"_s });
    QCOMPARE(watched.store.find(u"0"_s)->item.state.raw, u"idle"_s);
}

void TestItemStore::lateListDoesNotBringBackADeletedItem()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) });
    const qint64 asked = watched.store.epoch();
    watched.store.remove(u"0"_s);
    QCOMPARE(watched.transitions.constLast().note, u"deleted"_s);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) }, asked);
    QVERIFY(watched.store.items().isEmpty());
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) }, watched.store.epoch());
    QCOMPARE(watched.store.items().size(), 1);
}

void TestItemStore::partialListRemovesNothing()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s), sparkItem(u"1"_s, u"idle"_s) });
    watched.store.mergePart({ sparkItem(u"1"_s, u"busy"_s), sparkItem(u"2"_s, u"idle"_s) });
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s, u"2"_s }));
    QCOMPARE(watched.store.find(u"1"_s)->item.state.raw, u"busy"_s);
    QCOMPARE(watched.changed.size(), 2);
}

void TestItemStore::whatWasReadWhileAListWasReadIsNewer()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s), sparkItem(u"1"_s, u"starting"_s) });
    const qint64 asked = watched.store.epoch();
    watched.store.mergePart({ sparkItem(u"1"_s, u"idle"_s), sparkItem(u"2"_s, u"starting"_s) }, asked);
    // its pages were read before
    watched.store.merge({ sparkItem(u"0"_s, u"busy"_s), sparkItem(u"1"_s, u"starting"_s) }, asked);
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s, u"2"_s }));
    QCOMPARE(watched.store.find(u"0"_s)->item.state.raw, u"busy"_s);
    QCOMPARE(watched.store.find(u"1"_s)->item.state.raw, u"idle"_s);
    watched.store.merge({ sparkItem(u"0"_s, u"busy"_s), sparkItem(u"1"_s, u"starting"_s), sparkItem(u"2"_s, u"starting"_s) }, asked);
    QCOMPARE(watched.store.find(u"1"_s)->item.state.raw, u"idle"_s); // with the same ids, too
    watched.store.merge({ sparkItem(u"0"_s, u"busy"_s), sparkItem(u"1"_s, u"busy"_s) }, watched.store.epoch());
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s }));
    QCOMPARE(watched.store.find(u"1"_s)->item.state.raw, u"busy"_s);
}

void TestItemStore::aListWithHolesRemovesWhatTwoLacked()
{
    using Extent = ItemStore::Extent;
    Watched watched(m_clock);
    ItemStore& store = watched.store;
    const SparkItem first = sparkItem(u"0"_s, u"idle"_s);
    const SparkItem second = sparkItem(u"1"_s, u"idle"_s);
    const SparkItem third = sparkItem(u"2"_s, u"idle"_s);
    store.merge({ first, second, third });
    store.merge({ first, third }, ItemStore::newest, Extent::Holed);
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s, u"2"_s }));
    store.mergeOne(second); // it was there all the same
    store.merge({ first }, store.epoch(), Extent::Holed);
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s, u"2"_s }));
    store.merge({ first, second }, store.epoch(), Extent::Holed);
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s }));
    QCOMPARE(watched.transitions.constLast().to.raw, u"gone"_s);
    store.merge({ first }, store.epoch(), Extent::Holed);
    store.merge({ first, second }, store.epoch());
    store.merge({ first }, store.epoch(), Extent::Holed); // the whole one between knew it
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s }));
    // what was learnt after a list was asked for is not lacking in it
    const qint64 asked = store.epoch();
    store.mergeOne(third);
    store.merge({ first }, asked, Extent::Holed);
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"2"_s }));
    store.merge({ first }, store.epoch(), Extent::Holed);
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"2"_s }));
}

void TestItemStore::aListThatIsCutTellsNothingOfWhatComesAfter()
{
    using Extent = ItemStore::Extent;
    Watched watched(m_clock);
    QList<SparkItem> items;
    for (int i = 0; i < 10; ++i)
        items.append(sparkItem(QString::number(i), u"idle"_s));
    watched.store.merge(items);
    items.resize(6);
    items.removeAt(2);
    for (int i = 0; i < 3; ++i)
        watched.store.merge(items, watched.store.epoch(), Extent::Cut);
    QCOMPARE(watched.ids(), u"0 1 3 4 5 6 7 8 9"_s.split(u' '));
    watched.store.merge(items, watched.store.epoch());
    QCOMPARE(watched.ids(), u"0 1 3 4 5"_s.split(u' '));
}

void TestItemStore::duplicateAndEmptyIdsAreIgnored()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s), sparkItem({}, u"idle"_s), sparkItem(u"0"_s, u"busy"_s) });
    watched.store.mergeOne(sparkItem({}, u"idle"_s));
    watched.store.remove(u"none"_s);
    QCOMPARE(watched.ids(), QStringList{ u"0"_s });
    QCOMPARE(watched.changed.size(), 1);
}

void TestItemStore::newItemsInTheMiddleKeepTheServersOrder()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s), sparkItem(u"2"_s, u"idle"_s) });
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s), sparkItem(u"1"_s, u"idle"_s), sparkItem(u"2"_s, u"idle"_s) });
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s, u"2"_s }));
}

void TestItemStore::reorderedListKeepsTheKnownOrder()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s), sparkItem(u"1"_s, u"idle"_s) });
    watched.store.merge({ sparkItem(u"2"_s, u"idle"_s), sparkItem(u"1"_s, u"idle"_s), sparkItem(u"0"_s, u"idle"_s) });
    QCOMPARE(watched.ids(), (QStringList{ u"0"_s, u"1"_s, u"2"_s }));
}

void TestItemStore::marksOfOursSurviveAMerge()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) });
    watched.store.setDeleting(u"0"_s, true);
    watched.store.setAttached(u"0"_s, true);
    watched.store.setDamage(u"0"_s, u"pyspark"_s);
    watched.store.setDamage(u"0"_s, u"pyspark"_s);
    QCOMPARE(watched.changed.size(), 4);
    watched.store.merge({ sparkItem(u"0"_s, u"error"_s) });
    const TrackedItem* item = watched.store.find(u"0"_s);
    QVERIFY(item->isDeleting && item->isAttached);
    QCOMPARE(item->damage, u"pyspark"_s);
    watched.store.merge({});
    QCOMPARE(watched.transitions.constLast().note, u"deleted"_s);
    watched.store.setDeleting(u"0"_s, true); // unknown by now: nothing happens
    QVERIFY(watched.store.items().isEmpty());
}

void TestItemStore::clearForgetsWithoutTransitions()
{
    Watched watched(m_clock);
    watched.store.merge({ sparkItem(u"0"_s, u"idle"_s) });
    watched.store.clear();
    watched.store.clear();
    QCOMPARE(watched.changed.size(), 2);
    QCOMPARE(watched.transitions.size(), 1);
}

void TestItemStore::tenThousandSessionsMergeAndKeepTheirRows()
{
    Watched watched(m_clock);
    QList<SparkItem> items;
    for (int i = 0; i < 10'000; ++i)
        items.append(sparkItem(QString::number(i), u"idle"_s, u"session %1"_s.arg(i)));
    watched.store.merge(items);
    items[5000].state = ItemState::fromWire(u"busy"_s);
    items.removeAt(7000);
    items.append(sparkItem(u"10000"_s, u"starting"_s));
    const std::clock_t begun = std::clock(); // of this process alone: other work on the machine does not count
    watched.store.merge(items);
    const auto spentMs = 1000 * (std::clock() - begun) / CLOCKS_PER_SEC;
    QVERIFY2(spentMs < 400, qPrintable(u"%1 ms"_s.arg(spentMs))); // the budget itself is measured in tests/bench
    QCOMPARE(watched.store.items().size(), 10'000);
    QCOMPARE(watched.changed.size(), 2);
    QCOMPARE(watched.changed.at(1).at(0).toStringList(), QStringList{ u"10000"_s });
    QCOMPARE(watched.changed.at(1).at(1).toStringList(), QStringList{ u"5000"_s });
    QCOMPARE(watched.store.items().at(6999).key.id, u"6999"_s);
    QCOMPARE(watched.store.items().at(7000).key.id, u"7001"_s);
}

KINDLING_TEST(TestItemStore)
#include "tst_itemstore.moc"
