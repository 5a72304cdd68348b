// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/timelinemodel.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
bool isGone(const ItemState& state)
{
    return state.raw == "gone"_L1;
}

/// Nothing comes after it but that the server forgets it.
bool isFinal(const ItemState& state)
{
    return isGone(state) || state.value == ItemStateValue::Dead || state.value == ItemStateValue::Killed
        || state.value == ItemStateValue::Success;
}
}

TimelineModel::TimelineModel(Workspace* workspace, QObject* parent)
    : QAbstractListModel(parent)
    , m_workspace(workspace)
{
    for (Server* server : workspace->servers())
        watch(server);
    for (const Transition& transition : workspace->transitions())
        take(transition);
    connect(workspace, &Workspace::transitionSeen, this, &TimelineModel::take);
    connect(workspace, &Workspace::serverAdded, this, &TimelineModel::watch);
    connect(workspace, &Workspace::serverRemoved, this, &TimelineModel::removeServer);
}

int TimelineModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.key.isValid() ? itemLabel(row.key.id, row.name) : row.name;
    case NodeRole:
        if (!row.key.isValid())
            return static_cast<int>(NodeType::Server);
        return static_cast<int>(row.key.type == ItemType::Session ? NodeType::Session : NodeType::Batch);
    case ServerIdRole:
        return row.server;
    case KeyRole:
        return QVariant::fromValue(row.key);
    case NameRole:
        return row.name;
    case StateGlyphRole:
        if (row.spans.isEmpty())
            return {};
        return static_cast<int>(isGone(row.spans.last().state) ? StateRole::Stopped : roleOf(row.spans.last().state, false));
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

int TimelineModel::rowOf(const ItemKey& key) const
{
    const auto known = m_known.constFind(key);
    if (known == m_known.cend())
        return -1;
    const int first = serverRow(key.server) + 1;
    const auto begin = m_rows.begin() + first;
    const auto end = begin + std::ranges::find(m_blocks, key.server, &Block::server)->items;
    const auto found = std::ranges::lower_bound(begin, end, *known, std::ranges::greater(), &Row::number);
    return static_cast<int>(found - m_rows.begin());
}

void TimelineModel::take(const Transition& transition)
{
    const bool isFirstSight = transition.from.raw.isEmpty();
    if (!m_known.contains(transition.key) && isFirstSight && isFinal(transition.to))
        return; // it had ended before anyone looked
    const int row = ensureRow(transition);
    m_ended -= static_cast<int>(rowAt(row).hasEnded());
    extend(rowAt(row), transition);
    m_ended += static_cast<int>(rowAt(row).hasEnded());
    Q_EMIT dataChanged(index(row), index(row));
}

void TimelineModel::extend(Row& row, const Transition& transition)
{
    if (!transition.itemName.isEmpty())
        row.name = transition.itemName;
    // A clock that was set back must not turn a stay around.
    QDateTime when = transition.when;
    if (!row.spans.isEmpty())
        when = qMax(when, row.spans.last().from);
    const bool wasFinal = !row.spans.isEmpty() && row.spans.last().isEnd();
    if (!row.spans.isEmpty() && !row.spans.last().until.isValid())
        row.spans.last().until = when;
    // That the server forgets what has ended is no news.
    if (wasFinal && isGone(transition.to))
        return;
    row.spans += TimelineSpan{ when, isFinal(transition.to) ? when : QDateTime(), transition.to };
    if (row.spans.size() > mostSpans)
        row.spans.removeFirst();
}

int TimelineModel::ensureRow(const Transition& transition)
{
    if (const int present = rowOf(transition.key); present >= 0)
        return present;
    if (m_known.size() >= mostItems)
        makeRoom();
    const int at = ensureServer(transition.key.server) + 1;
    insert(at, { .server = transition.key.server, .key = transition.key, .name = transition.itemName, .number = ++m_lastNumber, .spans = {} });
    return at;
}

int TimelineModel::ensureServer(const ServerId& id)
{
    if (const int present = serverRow(id); present >= 0)
        return present;
    const Server* server = m_workspace->server(id);
    insert(rowCount(), { .server = id, .key = {}, .name = server ? server->profile().name : QString(), .number = 0, .spans = {} });
    return rowCount() - 1;
}

void TimelineModel::insert(int at, const Row& row)
{
    beginInsertRows({}, at, at);
    m_rows.insert(m_rows.begin() + at, row);
    if (row.key.isValid()) {
        ++blockOf(row.server)->items;
        m_known.insert(row.key, row.number);
    } else {
        m_blocks.append({ row.server, 0 });
    }
    endInsertRows();
}

void TimelineModel::removeItem(int row)
{
    beginRemoveRows({}, row, row);
    m_ended -= static_cast<int>(rowAt(row).hasEnded());
    --blockOf(rowAt(row).server)->items;
    m_known.remove(rowAt(row).key);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void TimelineModel::makeRoom()
{
    // The lowest are those that began longest ago; of them the first that has ended.
    int row = rowCount() - 1;
    while (row >= 0 && !(isItem(row) && (m_ended == 0 || rowAt(row).hasEnded())))
        --row;
    if (row >= 0)
        removeItem(row);
}

void TimelineModel::watch(Server* server)
{
    connect(server, &Server::connectionChanged, this, [this, server] { rename(server->profile().id, server->profile().name); });
}

void TimelineModel::rename(const ServerId& id, const QString& name)
{
    const int row = serverRow(id);
    if (row < 0 || rowAt(row).name == name)
        return;
    rowAt(row).name = name;
    Q_EMIT dataChanged(index(row), index(row), { Qt::DisplayRole, NameRole });
}

void TimelineModel::removeServer(const ServerId& id)
{
    const int first = serverRow(id);
    if (first < 0)
        return;
    const auto block = blockOf(id);
    const int last = first + block->items;
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        m_ended -= static_cast<int>(rowAt(row).hasEnded());
        m_known.remove(rowAt(row).key);
    }
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    m_blocks.erase(block);
    endRemoveRows();
}

QList<TimelineModel::Block>::iterator TimelineModel::blockOf(const ServerId& id)
{
    return std::ranges::find(m_blocks, id, &Block::server);
}

int TimelineModel::serverRow(const ServerId& id) const
{
    int row = 0;
    for (const Block& block : m_blocks) {
        if (block.server == id)
            return row;
        row += 1 + block.items;
    }
    return -1;
}

} // namespace kindling
