// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/itemsmodel.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"
#include "app/models/itemsizes.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Past these one change of all between them costs less than one for each.
constexpr qsizetype mostRuns = 64;

int textOrder(const QString& left, const QString& right)
{
    return QString::compare(left, right, Qt::CaseInsensitive);
}

template<typename T>
int order(const T& left, const T& right)
{
    return left < right ? -1 : (right < left ? 1 : 0);
}

/// Ids are opaque; numbers among them go by their value, before all others.
int idOrder(const QString& left, const QString& right)
{
    bool isLeftNumber = false;
    bool isRightNumber = false;
    const qulonglong leftNumber = left.toULongLong(&isLeftNumber);
    const qulonglong rightNumber = right.toULongLong(&isRightNumber);
    if (isLeftNumber && isRightNumber)
        return order(leftNumber, rightNumber);
    return isLeftNumber != isRightNumber ? order(isRightNumber, isLeftNumber) : textOrder(left, right);
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
    const int row = rowOf(key);
    return row < 0 ? QModelIndex() : index(row, 0);
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
    return itemRole(item, role);
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
        return ownerOf(spark);
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

int ItemsModel::compare(int left, int right, Column column) const
{
    const TrackedItem& one = m_rows.at(left);
    const TrackedItem& other = m_rows.at(right);
    switch (column) {
    case Column::State:
        return order(roleOf(one.item.state, !one.damage.isEmpty()), roleOf(other.item.state, !other.damage.isEmpty()));
    case Column::Server:
        return textOrder(serverName(one.key.server), serverName(other.key.server));
    case Column::Type:
        return order(one.key.type, other.key.type);
    case Column::Id:
        return idOrder(one.item.id, other.item.id);
    case Column::Name:
        return textOrder(one.item.name, other.item.name);
    case Column::Kind:
        return textOrder(one.item.kindText, other.item.kindText);
    case Column::Owner:
        return textOrder(ownerOf(one.item), ownerOf(other.item));
    case Column::StateText:
        return textOrder(one.item.state.raw, other.item.state.raw);
    case Column::Since:
        return order(one.stateSince, other.stateSince);
    case Column::AppId:
        return textOrder(one.item.appId, other.item.appId);
    case Column::Memory:
        return order(memoryMiB(one.item), memoryMiB(other.item));
    case Column::Cores:
        return order(coresOf(one.item), coresOf(other.item));
    case Column::Queue:
        return textOrder(one.item.queue, other.item.queue);
    case Column::Count:
        break;
    }
    return 0;
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
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), { Qt::DisplayRole });
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
        if (const int row = rowOf(item.key); row >= 0)
            rows.append(row);
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
    m_staleFrom = qMin(m_staleFrom, qsizetype(first));
    endInsertRows();
}

void ItemsModel::update(const QList<TrackedItem>& items)
{
    QList<int> rows;
    QHash<int, const TrackedItem*> changed;
    for (const TrackedItem& item : items) {
        if (const int row = rowOf(item.key); row >= 0 && !changed.contains(row)) {
            rows.append(row);
            changed.insert(row, &item);
        }
    }
    if (rows.isEmpty())
        return;
    std::ranges::sort(rows, std::greater());
    // Whoever sorts relies on it that nothing has changed of which it was not told yet.
    const auto tell = [this, &changed](int first, int last) {
        for (int row = first; row <= last; ++row) {
            if (const TrackedItem* item = changed.value(row))
                m_rows[row] = *item;
        }
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    };
    if (rows.size() > mostRuns)
        tell(rows.constLast(), rows.constFirst());
    else
        forEachRun(rows, tell);
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
        m_staleFrom = qMin(m_staleFrom, qsizetype(first));
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
    m_staleFrom = 0;
    Q_EMIT layoutChanged();
    return lastRows(rows.size(), m_rows.size());
}

int ItemsModel::rowOf(const ItemKey& key) const
{
    // Many runs of rows may go at once: their followers are numbered anew only when somebody asks.
    for (; m_staleFrom < m_rows.size(); ++m_staleFrom)
        m_index.insert(m_rows.at(m_staleFrom).key, static_cast<int>(m_staleFrom));
    return m_index.value(key, -1);
}

} // namespace kindling
