// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/itemsmodel.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// "512m", "4g", "2048" (bytes), as Spark writes sizes; 0 = not understood.
double memoryMiB(const QString& text)
{
    const QString lower = text.trimmed().toLower();
    qsizetype digits = 0;
    while (digits < lower.size() && (lower.at(digits).isDigit() || lower.at(digits) == u'.'))
        ++digits;
    const double number = lower.first(digits).toDouble();
    const QStringView unit = QStringView(lower).sliced(digits);
    if (unit.startsWith(u't'))
        return number * 1024 * 1024;
    if (unit.startsWith(u'g'))
        return number * 1024;
    if (unit.startsWith(u'm'))
        return number;
    return unit.startsWith(u'k') ? number / 1024 : number / 1024 / 1024;
}

qint64 coresOf(const SparkItem& item)
{
    return item.driverCores + qint64{ item.executorCores } * std::max(1, item.numExecutors);
}

/// Ids are opaque; numbers among them sort as numbers, before all others.
QString sortableId(const QString& id)
{
    bool isNumber = false;
    const qulonglong number = id.toULongLong(&isNumber);
    return isNumber ? u"%1"_s.arg(number, 20, 10, QLatin1Char('0')) : QString(u'~' + id);
}
}

ItemsModel::ItemsModel(Workspace* workspace, QObject* parent)
    : QAbstractTableModel(parent)
{
    connect(workspace, &Workspace::serverAdded, this, &ItemsModel::addServer);
    connect(workspace, &Workspace::serverAboutToBeRemoved, this, &ItemsModel::removeServer);
    for (Server* server : workspace->servers())
        addServer(server);
}

QModelIndex ItemsModel::indexOf(const ItemKey& key) const
{
    const auto row = m_index.constFind(key);
    return row == m_index.cend() ? QModelIndex() : index(*row, 0);
}

int ItemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ItemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant ItemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TrackedItem& item = m_rows.at(index.row());
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole)
        return display(item, column);
    if (role == SortRole)
        return sortValue(item, column);
    return itemRole(item, m_serverNames.value(item.key.server), role);
}

QVariant ItemsModel::display(const TrackedItem& item, Column column) const
{
    const SparkItem& spark = item.item;
    switch (column) {
    case Column::State:
    case Column::StateText:
        return spark.state.raw;
    case Column::Server:
        return m_serverNames.value(item.key.server);
    case Column::Type:
        return static_cast<int>(item.key.type);
    case Column::Id:
        return spark.id;
    case Column::Name:
        return spark.name;
    case Column::Kind:
        return spark.kindText;
    case Column::Owner:
        return itemRole(item, {}, OwnerRole);
    case Column::Since:
        return item.stateSince;
    case Column::AppId:
        return spark.appId;
    case Column::Memory: {
        const bool isSet = !spark.driverMemory.isEmpty() || !spark.executorMemory.isEmpty();
        return isSet ? QString(spark.driverMemory + " / "_L1 + spark.executorMemory) : QString();
    }
    case Column::Cores:
        return coresOf(spark) > 0 ? QVariant(coresOf(spark)) : QVariant();
    case Column::Queue:
        return spark.queue;
    case Column::Count:
        break;
    }
    return {};
}

QVariant ItemsModel::sortValue(const TrackedItem& item, Column column) const
{
    const SparkItem& spark = item.item;
    if (column == Column::State)
        return static_cast<int>(roleOf(spark.state, !item.damage.isEmpty()));
    if (column == Column::Id)
        return sortableId(spark.id);
    if (column == Column::Memory)
        return memoryMiB(spark.driverMemory) + memoryMiB(spark.executorMemory) * std::max(1, spark.numExecutors);
    if (column == Column::Cores)
        return coresOf(spark);
    return display(item, column);
}

void ItemsModel::addServer(Server* server)
{
    m_serverNames.insert(server->profile().id, server->profile().name);
    connect(server, &Server::connectionChanged, this, [this, server] { rename(server->profile().id, server->profile().name); });
    for (ItemStore* store : { &server->sessions(), &server->batches() }) {
        append(store->items());
        watch(*store);
    }
}

void ItemsModel::rename(const ServerId& id, const QString& name)
{
    QString& known = m_serverNames[id];
    if (known == name)
        return;
    known = name;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), { Qt::DisplayRole, SortRole, FilterTextRole });
}

void ItemsModel::removeServer(Server* server)
{
    disconnect(server, nullptr, this, nullptr);
    for (ItemStore* store : { &server->sessions(), &server->batches() })
        disconnect(store, nullptr, this, nullptr);
    QList<int> rows;
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows.at(row).key.server == server->profile().id)
            rows.append(row);
    }
    removeAll(std::move(rows));
    m_serverNames.remove(server->profile().id);
}

void ItemsModel::watch(ItemStore& store)
{
    connect(&store, &ItemStore::changed, this, [this, &store](const auto& added, const auto& updated, const auto& removed) {
        applyChange(store, added, updated, removed);
    });
}

void ItemsModel::applyChange(const ItemStore& store, const QStringList& added, const QStringList& updated,
    const QList<TrackedItem>& removed)
{
    QList<int> rows;
    for (const TrackedItem& item : removed) {
        if (const auto row = m_index.constFind(item.key); row != m_index.cend())
            rows.append(*row);
    }
    removeAll(std::move(rows));
    const auto itemsOf = [&store](const QStringList& ids) {
        QList<TrackedItem> items;
        items.reserve(ids.size());
        for (const QString& id : ids) {
            if (const TrackedItem* item = store.find(id))
                items.append(*item);
        }
        return items;
    };
    update(itemsOf(updated));
    append(itemsOf(added));
}

void ItemsModel::append(const QList<TrackedItem>& items)
{
    if (items.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(items.size()) - 1);
    m_rows.append(items);
    reindex(first);
    endInsertRows();
}

void ItemsModel::update(const QList<TrackedItem>& items)
{
    QList<int> rows;
    for (const TrackedItem& item : items) {
        const auto row = m_index.constFind(item.key);
        if (row == m_index.cend())
            continue;
        m_rows[*row] = item;
        rows.append(*row);
    }
    std::ranges::sort(rows, std::greater());
    forEachRun(rows, [this](int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1)); });
}

void ItemsModel::removeAll(QList<int> rows)
{
    std::ranges::sort(rows, std::greater());
    if (hasManyGaps(rows))
        rows = sinkRows(rows);
    forEachRun(rows, [this](int first, int last) {
        beginRemoveRows({}, first, last);
        for (int row = first; row <= last; ++row)
            m_index.remove(m_rows.at(row).key);
        m_rows.remove(first, last - first + 1);
        reindex(first);
        endRemoveRows();
    });
}

QList<int> ItemsModel::sinkRows(const QList<int>& rows)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    const QList<int> places = sink(m_rows, rows);
    QModelIndexList after;
    for (const QModelIndex& each : before)
        after.append(createIndex(places.at(each.row()), each.column()));
    changePersistentIndexList(before, after);
    reindex(0);
    Q_EMIT layoutChanged();
    return lastRows(rows.size(), m_rows.size());
}

void ItemsModel::reindex(qsizetype from)
{
    for (qsizetype row = from; row < m_rows.size(); ++row)
        m_index.insert(m_rows.at(row).key, static_cast<int>(row));
}

} // namespace kindling
