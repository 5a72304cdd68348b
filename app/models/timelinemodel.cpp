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
    const Row& row = m_rows.at(index.row());
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
    if (!m_known.contains(key))
        return -1;
    const auto found = std::ranges::find_if(m_rows, [&key](const Row& row) { return row.key == key; });
    return static_cast<int>(found - m_rows.begin());
}

void TimelineModel::take(const Transition& transition)
{
    const bool isFirstSight = transition.from.raw.isEmpty();
    if (!m_known.contains(transition.key) && isFirstSight && isFinal(transition.to))
        return; // it had ended before anyone looked
    const int row = ensureRow(transition);
    extend(m_rows[row], transition);
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
    insert(at, { transition.key.server, transition.key, transition.itemName, {} });
    m_known.insert(transition.key);
    return at;
}

int TimelineModel::ensureServer(const ServerId& id)
{
    if (const int present = serverRow(id); present >= 0)
        return present;
    const Server* server = m_workspace->server(id);
    insert(rowCount(), { id, {}, server ? server->profile().name : QString(), {} });
    return rowCount() - 1;
}

void TimelineModel::insert(int at, const Row& row)
{
    beginInsertRows({}, at, at);
    m_rows.insert(at, row);
    endInsertRows();
}

void TimelineModel::removeAt(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        m_known.remove(m_rows.at(row).key);
    m_rows.remove(first, last - first + 1);
    endRemoveRows();
}

void TimelineModel::makeRoom()
{
    // The lowest are those that began longest ago; of them the first that has ended.
    int oldest = -1;
    for (int row = rowCount() - 1; row >= 0 && (oldest < 0 || !m_rows.at(oldest).hasEnded()); --row) {
        if (m_rows.at(row).key.isValid() && (oldest < 0 || m_rows.at(row).hasEnded()))
            oldest = row;
    }
    if (oldest >= 0)
        removeAt(oldest, oldest);
}

void TimelineModel::watch(Server* server)
{
    connect(server, &Server::connectionChanged, this, [this, server] { rename(server->profile().id, server->profile().name); });
}

void TimelineModel::rename(const ServerId& id, const QString& name)
{
    const int row = serverRow(id);
    if (row < 0 || m_rows.at(row).name == name)
        return;
    m_rows[row].name = name;
    Q_EMIT dataChanged(index(row), index(row), { Qt::DisplayRole, NameRole });
}

void TimelineModel::removeServer(const ServerId& id)
{
    const int first = serverRow(id);
    if (first < 0)
        return;
    int last = first;
    while (last + 1 < m_rows.size() && m_rows.at(last + 1).server == id)
        ++last;
    removeAt(first, last);
}

int TimelineModel::serverRow(const ServerId& id) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (!m_rows.at(row).key.isValid() && m_rows.at(row).server == id)
            return row;
    }
    return -1;
}

} // namespace kindling
