// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/navigatormodel.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace kindling {

namespace {
StateRole glyphOf(ConnectionState connection)
{
    switch (connection) {
    case ConnectionState::Online:
        return StateRole::Idle;
    case ConnectionState::Connecting:
        return StateRole::Starting;
    case ConnectionState::Offline:
        return StateRole::Bad;
    case ConnectionState::SignInNeeded:
        return StateRole::Damaged;
    case ConnectionState::Stopped:
        return StateRole::Stopped;
    case ConnectionState::Unconnected:
        return StateRole::Waiting;
    }
    return StateRole::Waiting;
}
}

struct NavigatorModel::Node {
    bool isServer = false;
};

/// Of an item's index the internal pointer is its group, of a group's index its server; a server's has none.
struct NavigatorModel::GroupNode : Node {
    ServerNode* owner = nullptr;
    ItemStore* store = nullptr;
    QList<TrackedItem> rows; ///< newest first

    [[nodiscard]] int number() const { return store->type() == ItemType::Session ? 0 : 1; }
    [[nodiscard]] int rowOf(const ItemKey& key) const
    {
        const auto at = std::ranges::find(rows, key, &TrackedItem::key);
        return at == rows.end() ? -1 : static_cast<int>(at - rows.begin());
    }
};

struct NavigatorModel::ServerNode : Node {
    Server* server = nullptr;
    ServerId id;
    std::array<GroupNode, 2> groups;
};

NavigatorModel::NavigatorModel(Workspace* workspace, QObject* parent)
    : QAbstractItemModel(parent)
{
    connect(workspace, &Workspace::serverAdded, this, &NavigatorModel::addServer);
    connect(workspace, &Workspace::serverAboutToBeRemoved, this, &NavigatorModel::removeServer);
    for (Server* server : workspace->servers())
        addServer(server);
}

NavigatorModel::~NavigatorModel() = default;

QModelIndex NavigatorModel::indexOf(const ItemKey& key) const
{
    const ServerNode* node = nodeOf(key.server);
    if (!node)
        return {};
    const GroupNode& group = node->groups.at(key.type == ItemType::Session ? 0 : 1);
    const int row = group.rowOf(key);
    return row < 0 ? QModelIndex() : createIndex(row, 0, static_cast<const Node*>(&group));
}

QModelIndex NavigatorModel::indexOfServer(const ServerId& id) const
{
    const ServerNode* node = nodeOf(id);
    return node ? serverIndex(node) : QModelIndex();
}

QModelIndex NavigatorModel::indexOfGroup(const ServerId& id, ItemType type) const
{
    const ServerNode* node = nodeOf(id);
    return node ? groupIndex(&node->groups.at(type == ItemType::Session ? 0 : 1)) : QModelIndex();
}

QModelIndex NavigatorModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column);
    if (!parent.internalPointer())
        return createIndex(row, column, static_cast<const Node*>(m_nodes.at(static_cast<size_t>(parent.row())).get()));
    const auto* node = static_cast<const ServerNode*>(static_cast<const Node*>(parent.internalPointer()));
    return createIndex(row, column, static_cast<const Node*>(&node->groups.at(static_cast<size_t>(parent.row()))));
}

QModelIndex NavigatorModel::parent(const QModelIndex& child) const
{
    const auto* node = static_cast<const Node*>(child.internalPointer());
    if (!child.isValid() || !node)
        return {};
    return node->isServer ? serverIndex(static_cast<const ServerNode*>(node)) : groupIndex(static_cast<const GroupNode*>(node));
}

int NavigatorModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_nodes.size());
    const auto* node = static_cast<const Node*>(parent.internalPointer());
    if (!node)
        return 2;
    if (!node->isServer)
        return 0;
    const auto* owner = static_cast<const ServerNode*>(node);
    return static_cast<int>(owner->groups.at(static_cast<size_t>(parent.row())).rows.size());
}

int NavigatorModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant NavigatorModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto* node = static_cast<const Node*>(index.internalPointer());
    if (!node)
        return serverData(m_nodes.at(static_cast<size_t>(index.row())).get(), role);
    if (node->isServer)
        return groupData(&static_cast<const ServerNode*>(node)->groups.at(static_cast<size_t>(index.row())), role);
    const auto* group = static_cast<const GroupNode*>(node);
    const TrackedItem& item = group->rows.at(index.row());
    if (role == Qt::DisplayRole)
        return itemLabel(item.key.id, item.item.name);
    return itemRole(item, role);
}

void NavigatorModel::addServer(Server* server)
{
    const int row = static_cast<int>(m_nodes.size());
    auto node = std::make_unique<ServerNode>();
    node->isServer = true;
    node->server = server;
    node->id = server->profile().id;
    for (const ItemType type : { ItemType::Session, ItemType::Batch }) {
        GroupNode& group = node->groups.at(type == ItemType::Session ? 0 : 1);
        group.owner = node.get();
        group.store = &server->store(type);
        group.rows = QList(group.store->items().crbegin(), group.store->items().crend());
        connect(group.store, &ItemStore::changed, this, [this, &group](const auto& added, const auto& updated, const auto& removed) {
            const qsizetype before = group.rows.size();
            removeRows(&group, removed);
            if (!added.isEmpty())
                insertRows(&group);
            updateRows(&group, updated);
            if (const QModelIndex index = groupIndex(&group); group.rows.size() != before)
                Q_EMIT dataChanged(index, index, { ChildCountRole });
        });
    }
    const auto tell = [this, shown = node.get()] {
        const QModelIndex index = serverIndex(shown);
        Q_EMIT dataChanged(index, index);
    };
    connect(server, &Server::connectionChanged, this, tell);
    connect(server, &Server::listed, this, tell);
    beginInsertRows({}, row, row);
    m_nodes.push_back(std::move(node));
    endInsertRows();
}

void NavigatorModel::removeServer(Server* server)
{
    const auto at = std::ranges::find(m_nodes, server, [](const auto& node) { return node->server; });
    if (at == m_nodes.end())
        return;
    disconnect(server, nullptr, this, nullptr);
    for (const GroupNode& group : (*at)->groups)
        disconnect(group.store, nullptr, this, nullptr);
    const int row = static_cast<int>(at - m_nodes.begin());
    beginRemoveRows({}, row, row);
    m_nodes.erase(at);
    endRemoveRows();
}

void NavigatorModel::updateRows(GroupNode* group, const QStringList& updated)
{
    const QSet<QString> ids(updated.cbegin(), updated.cend());
    QList<int> rows;
    for (int row = static_cast<int>(group->rows.size()) - 1; row >= 0 && !ids.isEmpty(); --row) {
        TrackedItem& shown = group->rows[row];
        const TrackedItem* now = ids.contains(shown.key.id) ? group->store->find(shown.key.id) : nullptr;
        if (!now)
            continue;
        shown = *now;
        rows.append(row);
    }
    const QModelIndex parent = groupIndex(group);
    forEachRun(rows, [this, &parent](int first, int last) { Q_EMIT dataChanged(index(first, 0, parent), index(last, 0, parent)); });
}

void NavigatorModel::removeRows(GroupNode* group, const QList<TrackedItem>& removed)
{
    QSet<QString> ids;
    for (const TrackedItem& item : removed)
        ids.insert(item.key.id);
    QList<int> rows;
    for (int row = static_cast<int>(group->rows.size()) - 1; row >= 0 && !ids.isEmpty(); --row) {
        if (ids.contains(group->rows.at(row).key.id))
            rows.append(row);
    }
    if (hasManyGaps(rows))
        rows = sinkRows(group, rows);
    forEachRun(rows, [this, group](int first, int last) {
        beginRemoveRows(groupIndex(group), first, last);
        group->rows.remove(first, last - first + 1);
        endRemoveRows();
    });
}

QList<int> NavigatorModel::sinkRows(GroupNode* group, const QList<int>& rows)
{
    const QList<QPersistentModelIndex> parents{ groupIndex(group) };
    Q_EMIT layoutAboutToBeChanged(parents);
    const QModelIndexList before = persistentIndexList();
    const QList<int> places = sink(group->rows, rows);
    QModelIndexList after;
    for (const QModelIndex& each : before) {
        const bool isInGroup = each.internalPointer() == static_cast<const Node*>(group);
        after.append(isInGroup ? createIndex(places.at(each.row()), each.column(), each.internalPointer()) : each);
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged(parents);
    return lastRows(rows.size(), group->rows.size());
}

void NavigatorModel::insertRows(GroupNode* group)
{
    QSet<QString> shown;
    for (const TrackedItem& item : std::as_const(group->rows))
        shown.insert(item.key.id);
    const QList<TrackedItem> wanted(group->store->items().crbegin(), group->store->items().crend());
    for (qsizetype row = 0; row < wanted.size();) {
        qsizetype end = row;
        while (end < wanted.size() && !shown.contains(wanted.at(end).key.id))
            ++end;
        if (end == row) { // the store keeps the order of those it knew
            ++row;
            continue;
        }
        beginInsertRows(groupIndex(group), static_cast<int>(row), static_cast<int>(end) - 1);
        QList<TrackedItem> rows = group->rows.first(row);
        rows.append(wanted.sliced(row, end - row));
        rows.append(group->rows.sliced(row));
        group->rows = std::move(rows);
        endInsertRows();
        row = end;
    }
}

NavigatorModel::ServerNode* NavigatorModel::nodeOf(const ServerId& id) const
{
    const auto at = std::ranges::find(m_nodes, id, [](const auto& node) { return node->id; });
    return at == m_nodes.end() ? nullptr : at->get();
}

int NavigatorModel::rowOf(const ServerNode* node) const
{
    const auto at = std::ranges::find(m_nodes, node, [](const auto& each) { return each.get(); });
    return static_cast<int>(at - m_nodes.begin());
}

QModelIndex NavigatorModel::serverIndex(const ServerNode* node) const
{
    return createIndex(rowOf(node), 0);
}

QModelIndex NavigatorModel::groupIndex(const GroupNode* group) const
{
    return createIndex(group->number(), 0, static_cast<const Node*>(group->owner));
}

QVariant NavigatorModel::serverData(const ServerNode* node, int role) const
{
    const Server& server = *node->server;
    const Error& problem = server.problem();
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return server.profile().name;
    case NodeRole:
        return static_cast<int>(NodeType::Server);
    case ServerIdRole:
        return node->id;
    case KeyRole:
        return QVariant::fromValue(ItemKey{});
    case ConnectionRole:
        return static_cast<int>(server.connection());
    case StateGlyphRole:
        return static_cast<int>(glyphOf(server.connection()));
    case RoundTripRole:
        return static_cast<int>(server.roundTrip().count());
    case LastSeenRole:
        return server.lastSeen();
    case ProblemRole:
        return problem.kind == ErrorKind::Cancelled ? QString() : problem.title;
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

QVariant NavigatorModel::groupData(const GroupNode* group, int role) const
{
    switch (role) {
    case NodeRole:
        return static_cast<int>(group->number() == 0 ? NodeType::SessionGroup : NodeType::BatchGroup);
    case ServerIdRole:
        return group->owner->id;
    case KeyRole:
        return QVariant::fromValue(ItemKey{});
    case ChildCountRole:
        return static_cast<int>(group->rows.size());
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

} // namespace kindling
