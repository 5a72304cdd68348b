// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/eventsmodel.h"
#include "app/models/itemsfilter.h"
#include "app/models/itemsizes.h"
#include "app/models/itemsmodel.h"
#include "app/models/navigatormodel.h"
#include "app/storage/recorder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestItemModels final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void navigatorShowsServersGroupsAndItemsNewestFirst();
    void navigatorFollowsExactly();
    void navigatorTellsServersByTheirRoles();
    void navigatorFindsIndexesOfKeys();
    void itemsTableGivesRawValues();
    void itemsTableUpdatesOnlyTheRowThatChanged();
    void itemsTableKeepsSelectionThroughPolls();
    void itemsTableSortsByValue();
    void renamedServerShowsInItsItems();
    void removedServerTakesItsRows();
    void randomChangesKeepAllModelsRight();
    void manyGapsAreClosedAtOnce();
    void hostileCountsOfCoresAreTaken();
    void filterTakesWordsOwnerAndLife();
    void navigatorFilterKeepsServersUnlessASearchMissesThem();
    void eventsTellEveryTransition();
    void eventsTellOwnActsOfThisRunAndEarlierOnes();
    void eventsForgetTheOldest();
    void eventsSayWhetherOlderActsAreLeftOut();
};

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
        , navigator(&workspace)
        , items(&workspace)
        , events(&workspace)
        , navigatorTester(&navigator, QAbstractItemModelTester::FailureReportingMode::QtTest)
        , itemsTester(&items, QAbstractItemModelTester::FailureReportingMode::QtTest)
        , eventsTester(&events, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        SparkItem etl = sparkItem(u"9"_s, u"idle"_s, u"etl-ann"_s);
        etl.owner = u"ann"_s;
        etl.kindText = u"pyspark"_s;
        etl.appId = u"application_1"_s;
        etl.driverMemory = u"1g"_s;
        etl.executorMemory = u"2048m"_s;
        etl.driverCores = 1;
        etl.executorCores = 2;
        etl.numExecutors = 4;
        etl.queue = u"default"_s;
        state->sessions = { etl, sparkItem(u"12"_s, u"dead"_s) };
        state->batches = { sparkItem(u"7"_s, u"success"_s, u"nightly"_s) };
    }
    void connectServers(const QStringList& ids)
    {
        QList<ServerProfile> profiles;
        for (const QString& id : ids) {
            ServerProfile profile;
            profile.id = id;
            profile.name = u"server "_s + id;
            profiles.append(profile);
        }
        workspace.setProfiles(profiles);
        clock.advance(100ms);
    }
    QVariant cell(int row, ItemsModel::Column column, int role = Qt::DisplayRole) const
    {
        return items.index(row, static_cast<int>(column)).data(role);
    }
    int rowOf(const QString& id) const { return items.indexOf({ u"a"_s, ItemType::Session, id }).row(); }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Workspace workspace;
    NavigatorModel navigator;
    ItemsModel items;
    EventsModel events;
    QAbstractItemModelTester navigatorTester;
    QAbstractItemModelTester itemsTester;
    QAbstractItemModelTester eventsTester;
};

QStringList childrenOf(const QAbstractItemModel& model, const QModelIndex& parent)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(parent); ++row)
        result.append(model.index(row, 0, parent).data().toString());
    return result;
}
}

void TestItemModels::navigatorShowsServersGroupsAndItemsNewestFirst()
{
    Bench bench;
    bench.connectServers({ u"a"_s, u"b"_s });
    QCOMPARE(childrenOf(bench.navigator, {}), (QStringList{ u"server a"_s, u"server b"_s }));
    const QModelIndex server = bench.navigator.index(0, 0);
    QCOMPARE(bench.navigator.rowCount(server), 2);
    const QModelIndex sessions = bench.navigator.index(0, 0, server);
    QCOMPARE(sessions.data(NodeRole).toInt(), static_cast<int>(NodeType::SessionGroup));
    QCOMPARE(sessions.data(ChildCountRole).toInt(), 2);
    QVERIFY(!sessions.data().isValid());
    QVERIFY(!sessions.data(KeyRole).value<ItemKey>().isValid());
    QCOMPARE(childrenOf(bench.navigator, sessions), (QStringList{ u"12"_s, u"9 etl-ann"_s }));
    const QModelIndex batches = bench.navigator.index(1, 0, server);
    QCOMPARE(batches.data(NodeRole).toInt(), static_cast<int>(NodeType::BatchGroup));
    QCOMPARE(childrenOf(bench.navigator, batches), QStringList{ u"7 nightly"_s });
    const QModelIndex etl = bench.navigator.index(1, 0, sessions);
    QCOMPARE(etl.data(NodeRole).toInt(), static_cast<int>(NodeType::Session));
    QCOMPARE(etl.data(StateRawRole).toString(), u"idle"_s);
    QCOMPARE(etl.data(StateGlyphRole).toInt(), static_cast<int>(StateRole::Idle));
    QCOMPARE(etl.data(OwnerRole).toString(), u"ann"_s);
    QCOMPARE(etl.data(KeyRole).value<ItemKey>(), (ItemKey{ u"a"_s, ItemType::Session, u"9"_s }));
    QVERIFY(etl.data(AliveRole).toBool());
    QVERIFY(!bench.navigator.index(0, 0, sessions).data(AliveRole).toBool());
}

void TestItemModels::navigatorFollowsExactly()
{
    Bench bench;
    bench.connectServers({ u"a"_s });
    const QPersistentModelIndex etl = bench.navigator.indexOf({ u"a"_s, ItemType::Session, u"9"_s });
    QSignalSpy resets(&bench.navigator, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&bench.navigator, &QAbstractItemModel::rowsInserted);
    QSignalSpy removals(&bench.navigator, &QAbstractItemModel::rowsRemoved);
    bench.state->sessions.append(sparkItem(u"13"_s, u"starting"_s));
    bench.state->sessions.append(sparkItem(u"14"_s, u"starting"_s));
    bench.clock.advance(3s);
    QCOMPARE(inserts.size(), 1);
    QCOMPARE(inserts.at(0).at(1).toInt(), 0);
    QCOMPARE(inserts.at(0).at(2).toInt(), 1);
    QCOMPARE(etl.row(), 3);
    bench.state->sessions.remove(1, 2); // 12 and 13, neighbours
    bench.clock.advance(3s);
    QCOMPARE(removals.size(), 1);
    QCOMPARE(etl.row(), 1);
    QSignalSpy changes(&bench.navigator, &QAbstractItemModel::dataChanged);
    bench.state->sessions[0].state = ItemState::fromWire(u"busy"_s);
    bench.clock.advance(3s);
    QVERIFY(std::ranges::any_of(changes, [&etl](const auto& change) { return change.at(0).toModelIndex() == etl; }));
    QCOMPARE(etl.data(StateRawRole).toString(), u"busy"_s);
    QCOMPARE(resets.size(), 0);
}

void TestItemModels::navigatorTellsServersByTheirRoles()
{
    Bench bench;
    bench.state->latency = 12ms;
    bench.connectServers({ u"a"_s });
    const QModelIndex server = bench.navigator.indexOfServer(u"a"_s);
    QCOMPARE(server.data(ConnectionRole).toInt(), static_cast<int>(ConnectionState::Online));
    QCOMPARE(server.data(StateGlyphRole).toInt(), static_cast<int>(StateRole::Idle));
    QCOMPARE(server.data(RoundTripRole).toInt(), 12);
    QVERIFY(server.data(LastSeenRole).toDateTime().isValid());
    QVERIFY(server.data(ProblemRole).toString().isEmpty());
    bench.state->outage = errorOf(ErrorKind::Network);
    QSignalSpy changes(&bench.navigator, &QAbstractItemModel::dataChanged);
    bench.clock.advance(5s);
    QVERIFY(!changes.isEmpty());
    QCOMPARE(server.data(StateGlyphRole).toInt(), static_cast<int>(StateRole::Bad));
    QCOMPARE(server.data(ProblemRole).toString(), u"scripted"_s);
}

void TestItemModels::navigatorFindsIndexesOfKeys()
{
    Bench bench;
    bench.connectServers({ u"a"_s });
    QVERIFY(!bench.navigator.indexOf({ u"a"_s, ItemType::Session, u"99"_s }).isValid());
    QVERIFY(!bench.navigator.indexOf({ u"z"_s, ItemType::Session, u"9"_s }).isValid());
    QVERIFY(!bench.navigator.indexOfServer(u"z"_s).isValid());
    QVERIFY(!bench.navigator.indexOfGroup(u"z"_s, ItemType::Batch).isValid());
    const QModelIndex batch = bench.navigator.indexOf({ u"a"_s, ItemType::Batch, u"7"_s });
    QCOMPARE(batch.data().toString(), u"7 nightly"_s);
    QCOMPARE(batch.parent(), bench.navigator.indexOfGroup(u"a"_s, ItemType::Batch));
    QCOMPARE(batch.parent().parent(), bench.navigator.indexOfServer(u"a"_s));
    QVERIFY(!batch.parent().parent().parent().isValid());
}

void TestItemModels::itemsTableGivesRawValues()
{
    using Column = ItemsModel::Column;
    Bench bench;
    bench.connectServers({ u"a"_s });
    QCOMPARE(bench.items.rowCount(), 3);
    const int row = bench.rowOf(u"9"_s);
    QCOMPARE(bench.cell(row, Column::Server).toString(), u"server a"_s);
    QCOMPARE(bench.cell(row, Column::Type).toInt(), static_cast<int>(ItemType::Session));
    QCOMPARE(bench.cell(row, Column::Id).toString(), u"9"_s);
    QCOMPARE(bench.cell(row, Column::Name).toString(), u"etl-ann"_s);
    QCOMPARE(bench.cell(row, Column::Kind).toString(), u"pyspark"_s);
    QCOMPARE(bench.cell(row, Column::Owner).toString(), u"ann"_s);
    QCOMPARE(bench.cell(row, Column::StateText).toString(), u"idle"_s);
    QVERIFY(bench.cell(row, Column::Since).toDateTime().isValid());
    QCOMPARE(bench.cell(row, Column::AppId).toString(), u"application_1"_s);
    QCOMPARE(bench.cell(row, Column::Memory).toString(), u"1g / 2048m"_s);
    QCOMPARE(memoryMiB(bench.items.itemAt(row).item), 1024 + 4 * 2048);
    QCOMPARE(bench.cell(row, Column::Cores).toInt(), 9);
    QCOMPARE(bench.cell(row, Column::Queue).toString(), u"default"_s);
    QCOMPARE(bench.cell(row, Column::Queue, NameRole).toString(), u"etl-ann"_s);
    QVERIFY(bench.cell(bench.rowOf(u"12"_s), Column::Memory).toString().isEmpty());
    QVERIFY(!bench.cell(bench.rowOf(u"12"_s), Column::Cores).isValid());
    QCOMPARE(bench.items.itemAt(row).item.name, u"etl-ann"_s);
}

void TestItemModels::itemsTableUpdatesOnlyTheRowThatChanged()
{
    Bench bench;
    bench.connectServers({ u"a"_s });
    QSignalSpy changes(&bench.items, &QAbstractItemModel::dataChanged);
    bench.clock.advance(10s);
    QCOMPARE(changes.size(), 0);
    bench.state->sessions[0].state = ItemState::fromWire(u"busy"_s);
    bench.clock.advance(3s);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex().row(), bench.rowOf(u"9"_s));
    QCOMPARE(changes.at(0).at(1).toModelIndex().row(), bench.rowOf(u"9"_s));
}

void TestItemModels::itemsTableKeepsSelectionThroughPolls()
{
    Bench bench;
    bench.state->sessions.clear();
    for (int i = 0; i < 1000; ++i)
        bench.state->sessions.append(sparkItem(QString::number(i), u"idle"_s));
    bench.connectServers({ u"a"_s });
    bench.clock.advance(5s);
    QSignalSpy resets(&bench.items, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex selected = bench.items.indexOf({ u"a"_s, ItemType::Session, u"500"_s });
    bench.state->sessions.remove(100, 50);
    bench.state->sessions.append(sparkItem(u"1000"_s, u"idle"_s));
    bench.clock.advance(10s);
    QCOMPARE(selected.data(KeyRole).value<ItemKey>().id, u"500"_s);
    QCOMPARE(bench.items.rowCount(), 952);
    QCOMPARE(resets.size(), 0);
}

void TestItemModels::itemsTableSortsByValue()
{
    Bench bench;
    bench.connectServers({ u"a"_s });
    ItemsFilter filter(&bench.items);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.sort(static_cast<int>(ItemsModel::Column::Id));
    QStringList ids;
    for (int row = 0; row < filter.rowCount(); ++row)
        ids.append(filter.index(row, static_cast<int>(ItemsModel::Column::Id)).data().toString());
    QCOMPARE(ids, (QStringList{ u"7"_s, u"9"_s, u"12"_s }));
}

void TestItemModels::renamedServerShowsInItsItems()
{
    Bench bench;
    bench.connectServers({ u"a"_s });
    ServerProfile renamed = bench.workspace.server(u"a"_s)->profile();
    renamed.name = u"prod"_s;
    QSignalSpy changes(&bench.items, &QAbstractItemModel::dataChanged);
    bench.workspace.setProfiles({ renamed });
    QCOMPARE(bench.cell(0, ItemsModel::Column::Server).toString(), u"prod"_s);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(bench.navigator.index(0, 0).data().toString(), u"prod"_s);
}

void TestItemModels::removedServerTakesItsRows()
{
    Bench bench;
    bench.connectServers({ u"a"_s, u"b"_s });
    QCOMPARE(bench.items.rowCount(), 6);
    bench.connectServers({ u"b"_s });
    QCOMPARE(bench.items.rowCount(), 3);
    QCOMPARE(bench.navigator.rowCount(), 1);
    QVERIFY(!bench.items.indexOf({ u"a"_s, ItemType::Session, u"9"_s }).isValid());
    QCOMPARE(bench.items.indexOf({ u"b"_s, ItemType::Session, u"9"_s }).data(KeyRole).value<ItemKey>().server, u"b"_s);
    NavigatorModel late(&bench.workspace);
    ItemsModel lateItems(&bench.workspace);
    QCOMPARE(late.rowCount(late.index(0, 0, late.index(0, 0))), 2);
    QCOMPARE(lateItems.rowCount(), 3);
}

void TestItemModels::randomChangesKeepAllModelsRight()
{
    Bench bench;
    bench.connectServers({ u"a"_s });
    QRandomGenerator random(7);
    int last = 100;
    const QStringList words{ u"idle"_s, u"busy"_s, u"error"_s };
    for (int round = 0; round < 60; ++round) {
        QList<SparkItem>& sessions = bench.state->sessions;
        sessions.removeIf([&random](const SparkItem&) { return random.bounded(5) == 0; });
        for (SparkItem& session : sessions)
            session.state = ItemState::fromWire(words.at(random.bounded(3)));
        for (int add = random.bounded(4); add > 0; --add)
            sessions.insert(random.bounded(sessions.size() + 1), sparkItem(QString::number(++last), u"idle"_s));
        bench.clock.advance(3s);
        QStringList expected;
        for (const SparkItem& session : std::as_const(sessions))
            expected.prepend(session.id + u' ' + session.state.raw);
        QStringList shown;
        const QModelIndex group = bench.navigator.indexOfGroup(u"a"_s, ItemType::Session);
        for (int row = 0; row < bench.navigator.rowCount(group); ++row) {
            const QModelIndex item = bench.navigator.index(row, 0, group);
            shown.append(item.data(KeyRole).value<ItemKey>().id + u' ' + item.data(StateRawRole).toString());
            const QModelIndex flat = bench.items.indexOf(item.data(KeyRole).value<ItemKey>());
            QCOMPARE(flat.data(StateRawRole), item.data(StateRawRole));
        }
        QCOMPARE(shown, expected);
        QCOMPARE(bench.items.rowCount(), sessions.size() + 1);
    }
}

void TestItemModels::manyGapsAreClosedAtOnce()
{
    Bench bench;
    bench.state->sessions.clear();
    bench.state->batches.clear();
    for (int i = 0; i < 200; ++i)
        bench.state->sessions.append(sparkItem(QString::number(i), u"idle"_s, u"s"_s));
    bench.connectServers({ u"a"_s });
    ItemsFilter sorted(&bench.items);
    sorted.sort(static_cast<int>(ItemsModel::Column::Id), Qt::DescendingOrder);
    NavigatorFilter filtered;
    filtered.setSourceModel(&bench.navigator);
    const ItemKey kept{ u"a"_s, ItemType::Session, u"121"_s };
    const QPersistentModelIndex inTable = sorted.mapFromSource(bench.items.indexOf(kept));
    const QPersistentModelIndex inTree = filtered.mapFromSource(bench.navigator.indexOf(kept));
    const QPersistentModelIndex gone = bench.items.indexOf({ u"a"_s, ItemType::Session, u"120"_s });
    const QPersistentModelIndex goneInTree = bench.navigator.indexOf({ u"a"_s, ItemType::Session, u"120"_s });
    QSignalSpy removedFromTable(&bench.items, &QAbstractItemModel::rowsRemoved);
    QSignalSpy removedFromTree(&bench.navigator, &QAbstractItemModel::rowsRemoved);
    bench.state->sessions.removeIf([](const SparkItem& session) { return session.id.toInt() % 2 == 0; });
    bench.clock.advance(3s);
    QCOMPARE(removedFromTable.size(), 1);
    QCOMPARE(removedFromTree.size(), 1);
    QVERIFY(!gone.isValid() && !goneInTree.isValid());
    QCOMPARE(inTable.data(KeyRole).value<ItemKey>(), kept);
    QCOMPARE(inTree.data(KeyRole).value<ItemKey>(), kept);
    QCOMPARE(bench.navigator.indexOf(kept).data(KeyRole).value<ItemKey>(), kept);
    QCOMPARE(bench.items.rowCount(), 100);
    for (int row = 0; row < 100; ++row) {
        const QString id = QString::number(2 * row + 1);
        QCOMPARE(bench.cell(row, ItemsModel::Column::Id).toString(), id);
        QCOMPARE(bench.rowOf(id), row);
        QCOMPARE(sorted.index(99 - row, static_cast<int>(ItemsModel::Column::Id)).data().toString(), id);
    }
}

void TestItemModels::hostileCountsOfCoresAreTaken()
{
    Bench bench;
    bench.state->sessions[0].driverCores = std::numeric_limits<int>::max();
    bench.state->sessions[0].executorCores = std::numeric_limits<int>::max();
    bench.state->sessions[0].numExecutors = std::numeric_limits<int>::max();
    bench.connectServers({ u"a"_s });
    const int row = bench.rowOf(u"9"_s);
    QVERIFY(bench.cell(row, ItemsModel::Column::Cores).toLongLong() > std::numeric_limits<int>::max());
}

void TestItemModels::filterTakesWordsOwnerAndLife()
{
    Bench bench;
    bench.connectServers({ u"a"_s });
    ItemsFilter filter(&bench.items);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(filter.rowCount(), 3);
    const auto count = [&filter](const ItemRule& rule) {
        filter.setRule(rule);
        return filter.rowCount();
    };
    QCOMPARE(count({ .words = filterWords(u"  ETL pyspark "_s) }), 1);
    QCOMPARE(count({ .words = filterWords(u"etl sql"_s) }), 0);
    QCOMPARE(count({ .words = filterWords(u"application_1"_s) }), 1);
    QCOMPARE(count({ .words = filterWords(u"SERVER nightly"_s) }), 1);
    QCOMPARE(count({ .states = { u"IDLE"_s } }), 1);
    QCOMPARE(count({ .states = { u"idle"_s, u"success"_s, u"dead"_s } }), 3);
    QCOMPARE(count({ .states = { u"busy"_s } }), 0);
    QCOMPARE(count({ .kinds = { u"pyspark"_s } }), 1);
    QCOMPARE(count({ .kinds = { QString() } }), 2);
    QCOMPARE(count({ .owners = { u"Ann"_s } }), 1);
    QCOMPARE(count({ .owners = { u"ann"_s, QString() } }), 3);
    QCOMPARE(count({ .type = ItemType::Batch }), 1);
    QCOMPARE(count({ .servers = { u"a"_s } }), 3);
    QCOMPARE(count({ .servers = { u"b"_s } }), 0);
    QCOMPARE(count({ .isMine = [](const TrackedItem& item) { return item.item.owner == "ann"_L1; } }), 1);
    QCOMPARE(count({ .isOrphan = [](const TrackedItem& item) { return item.key.id == "12"_L1; } }), 1);
    QCOMPARE(count({ .isLiveOnly = true }), 1);
    bench.state->sessions[0].state = ItemState::fromWire(u"dead"_s);
    bench.clock.advance(3s);
    QCOMPARE(filter.rowCount(), 0);
}

void TestItemModels::navigatorFilterKeepsServersUnlessASearchMissesThem()
{
    Bench bench;
    bench.connectServers({ u"a"_s, u"b"_s });
    NavigatorFilter filter;
    filter.setSourceModel(&bench.navigator);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setRule({ .isLiveOnly = true });
    QCOMPARE(filter.rowCount(), 2);
    const QModelIndex first = filter.index(0, 0);
    QCOMPARE(filter.rowCount(first), 2);
    QCOMPARE(filter.rowCount(filter.index(0, 0, first)), 1);
    QCOMPARE(filter.rowCount(filter.index(1, 0, first)), 0);
    filter.setRule({ .words = { u"nightly"_s, u"b"_s } });
    QCOMPARE(filter.rowCount(), 1);
    filter.setRule({ .words = { u"nothing"_s } });
    QCOMPARE(filter.rowCount(), 0);
    filter.setRule({ .isMine = [](const TrackedItem& item) { return item.item.owner == "ann"_L1; } });
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(filter.rowCount(filter.index(0, 0, filter.index(0, 0))), 1);
}

void TestItemModels::eventsTellEveryTransition()
{
    using Column = EventsModel::Column;
    Bench bench;
    bench.connectServers({ u"a"_s });
    QCOMPARE(bench.events.rowCount(), 3);
    bench.state->sessions.removeFirst();
    bench.clock.advance(3s);
    QCOMPARE(bench.events.rowCount(), 4);
    const auto cell = [&bench](Column column, int role = Qt::DisplayRole) { return bench.events.index(3, static_cast<int>(column)).data(role); };
    QVERIFY(cell(Column::When).toDateTime().isValid());
    QCOMPARE(cell(Column::Server).toString(), u"server a"_s);
    QCOMPARE(cell(Column::Item).toString(), u"9 etl-ann"_s);
    QCOMPARE(cell(Column::From).toString(), u"idle"_s);
    QCOMPARE(cell(Column::To).toString(), u"gone"_s);
    QVERIFY(cell(Column::Note).toString().isEmpty());
    QCOMPARE(cell(Column::To, KeyRole).value<ItemKey>().id, u"9"_s);
    QCOMPARE(cell(Column::To, StateGlyphRole).toInt(), static_cast<int>(StateRole::Waiting));
    QCOMPARE(bench.events.transitionAt(0)->to.raw, u"idle"_s);
    QVERIFY(!cell(Column::To, ActRole).isValid());
    bench.connectServers({});
    QCOMPARE(cell(Column::Server).toString(), u"server a"_s); // as it was then
    EventsModel late(&bench.workspace);
    QCOMPARE(late.rowCount(), 4);
}

void TestItemModels::eventsTellOwnActsOfThisRunAndEarlierOnes()
{
    using Column = EventsModel::Column;
    const QTemporaryDir folder;
    Bench bench;
    Recorder recorder(folder.filePath(u"history"_s), bench.clock);
    connect(&bench.workspace, &Workspace::observed, &recorder, &Recorder::record);
    bench.connectServers({ u"a"_s });
    bench.state->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::unexpected(errorOf(ErrorKind::Forbidden)); };
    bench.workspace.server(u"a"_s)->remove(ItemType::Session, u"9"_s, &bench.items, [](const Result<Done>&) {});
    bench.clock.advance(100ms);
    const int last = bench.events.rowCount() - 1;
    const auto cell = [](const EventsModel& events, int row, Column column, int role = Qt::DisplayRole) {
        return events.index(row, static_cast<int>(column)).data(role);
    };
    QCOMPARE(cell(bench.events, last, Column::When, ActRole).toInt(), static_cast<int>(OwnAct::What::Remove));
    QCOMPARE(cell(bench.events, last, Column::Item).toString(), u"9 etl-ann"_s);
    QCOMPARE(cell(bench.events, last, Column::Note).toString(), errorOf(ErrorKind::Forbidden).title);
    QVERIFY(cell(bench.events, last, Column::Note, IsBadRole).toBool());
    QVERIFY(bench.events.transitionAt(last) == nullptr);

    bench.clock.advance(26h);
    const auto state = std::make_shared<FakeSparkApi::State>();
    Workspace next([&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(bench.clock, state); }, bench.clock);
    next.setProfiles({ bench.workspace.servers().constFirst()->profile() });
    EventsModel events(&next, &recorder);
    const QAbstractItemModelTester tester(&events, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 1, 30'000);
    QCOMPARE(cell(events, 0, Column::When, ActRole).toInt(), static_cast<int>(OwnAct::What::Remove));
    QCOMPARE(cell(events, 0, Column::Server).toString(), u"server a"_s);
    QCOMPARE(cell(events, 0, Column::Item).toString(), u"9 etl-ann"_s);
    QCOMPARE(cell(events, 0, Column::Note).toString(), errorOf(ErrorKind::Forbidden).title);
}

void TestItemModels::eventsForgetTheOldest()
{
    FakeClock clock;
    const auto state = std::make_shared<FakeSparkApi::State>();
    Workspace workspace([&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock);
    EventsModel events(&workspace);
    ServerProfile profile;
    profile.id = u"a"_s;
    workspace.setProfiles({ profile });
    ItemStore& store = workspace.server(u"a"_s)->sessions();
    for (int i = 0; i < 5001; ++i) {
        store.mergeOne(sparkItem(u"x"_s, u"idle"_s));
        store.mergeOne(sparkItem(u"x"_s, u"busy"_s));
    }
    QCOMPARE(events.rowCount(), 10'000);
    QCOMPARE(events.transitionAt(0)->number, 3);
    QVERIFY(events.isCut());
}

void TestItemModels::eventsSayWhetherOlderActsAreLeftOut()
{
    const QTemporaryDir folder;
    FakeClock clock;
    Recorder recorder(folder.filePath(u"history"_s), clock);
    const auto act = [&](int number) {
        recorder.record({ .number = 0, .when = clock.now(), .item = { .key = { u"a"_s, ItemType::Session, u"1"_s } },
            .what = OwnAct{ OwnAct::What::RunStatement, QString::number(number), {} } });
    };
    for (int i = 0; i < EventsModel::mostEarlierActs; ++i)
        act(i);
    clock.advance(1h);
    Workspace workspace([&](const ServerProfile&) { return std::unique_ptr<SparkApi>(); }, clock);
    EventsModel all(&workspace, &recorder);
    QTRY_COMPARE_WITH_TIMEOUT(all.rowCount(), EventsModel::mostEarlierActs, 60'000);
    QVERIFY(!all.isCut());
    act(EventsModel::mostEarlierActs);
    clock.advance(1h);
    EventsModel newest(&workspace, &recorder);
    QTRY_COMPARE_WITH_TIMEOUT(newest.rowCount(), EventsModel::mostEarlierActs, 60'000);
    QVERIFY(newest.isCut());
    QCOMPARE(newest.index(0, static_cast<int>(EventsModel::Column::To)).data().toString(), u"1"_s);
}

KINDLING_TEST(TestItemModels)
#include "tst_itemmodels.moc"
