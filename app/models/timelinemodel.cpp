// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/timelinemodel.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"
#include "app/models/recordedpast.h"

#include <algorithm>

namespace kindling {

bool isLastState(const ItemState& state)
{
    return state == goneState() || state.value == ItemStateValue::Dead || state.value == ItemStateValue::Killed
        || state.value == ItemStateValue::Success;
}

StateRole roleOf(const TimelineSpan& span)
{
    return span.state == goneState() ? StateRole::Stopped : roleOf(span.state, !span.damage.isEmpty());
}

TimelineModel::TimelineModel(Workspace* workspace, RecordedPast* past, QObject* parent)
    : QAbstractListModel(parent)
    , m_workspace(workspace)
    , m_past(past)
{
    for (Server* server : workspace->servers())
        watch(server);
    for (const Transition& transition : workspace->transitions())
        take(transition);
    connect(workspace, &Workspace::transitionSeen, this, [this](const Transition& transition) {
        take(transition);
        markDamage(transition.key);
    });
    connect(workspace, &Workspace::serverAdded, this, &TimelineModel::watch);
    connect(workspace, &Workspace::serverRemoved, this, &TimelineModel::removeServer);
    connect(workspace, &Workspace::observed, this, [this](const Observation& seen) {
        if (const auto* gap = std::get_if<GapSeen>(&seen.what))
            addGap(seen.item.key.server, { gap->from, seen.when });
    });
    if (!past)
        return;
    connect(past, &RecordedPast::loaded, this, qOverload<>(&TimelineModel::takePast));
    past->load();
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
        // Where it was seen last it is no more, as far as is known.
        return static_cast<int>(row.hasEnded() && !row.spans.last().isEnd() ? StateRole::Stopped : roleOf(row.spans.last()));
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

int TimelineModel::rowOf(const ItemKey& key) const
{
    const auto newest = m_newest.constFind(key);
    if (newest == m_newest.cend())
        return -1;
    const int first = serverRow(key.server) + 1;
    const auto begin = m_rows.begin() + first;
    const auto end = begin + std::ranges::find(m_blocks, key.server, &Block::server)->items;
    const auto found = std::ranges::lower_bound(begin, end, *newest, std::ranges::greater(), &Row::number);
    return static_cast<int>(found - m_rows.begin());
}

template <typename Change> void TimelineModel::change(int row, Change what)
{
    Row& changed = rowAt(row);
    m_ended -= static_cast<int>(changed.hasEnded());
    what(changed);
    m_ended += static_cast<int>(changed.hasEnded());
    Q_EMIT dataChanged(index(row), index(row));
}

void TimelineModel::take(const Transition& transition)
{
    const bool isFirstSight = transition.from.raw.isEmpty();
    int row = rowOf(transition.key);
    if (row >= 0 && isFirstSight && continues(rowAt(row))) {
        change(row, [](Row& known) {
            known.spans.last().until = {};
            known.recorded.reset();
        });
    }
    const bool isNew = row < 0 || (isFirstSight && isOtherLife(rowAt(row), transition));
    if (isNew && isFirstSight && isLastState(transition.to))
        return; // it had ended before anyone looked
    if (isNew) {
        if (row >= 0 && !rowAt(row).hasEnded())
            change(row, [&transition](Row& other) { other.spans.last().until = qMax(transition.when, other.spans.last().from); });
        row = addRow(transition);
    }
    change(row, [&transition](Row& known) { extend(known, transition); });
}

bool TimelineModel::isOtherLife(const Row& row, const Transition& transition)
{
    return row.hasEnded() || (!transition.itemName.isEmpty() && !row.name.isEmpty() && transition.itemName != row.name);
}

void TimelineModel::extend(Row& row, const Transition& transition)
{
    if (!transition.itemName.isEmpty())
        row.name = transition.itemName;
    const TimelineSpan* last = row.spans.isEmpty() ? nullptr : &row.spans.constLast();
    // That the server forgets what has ended is no news, and neither is what is as it was.
    if (last && ((last->isEnd() && transition.to == goneState()) || (!last->until.isValid() && last->state == transition.to)))
        return;
    append(row, { transition.when, isLastState(transition.to) ? transition.when : QDateTime(), transition.to });
}

void TimelineModel::append(Row& row, const TimelineSpan& span)
{
    TimelineSpan added = span;
    if (!row.spans.isEmpty()) {
        TimelineSpan& last = row.spans.last();
        // A clock that was set back must not turn a stay around.
        added.from = qMax(span.from, last.from);
        added.until = span.until.isValid() ? added.from : span.until;
        if (!last.until.isValid())
            last.until = added.from;
    }
    row.spans += added;
    if (row.spans.size() > mostSpans)
        row.spans.removeFirst();
}

void TimelineModel::markDamage(const ItemKey& key)
{
    const TrackedItem* item = m_workspace->item(key);
    const int at = item && !item->damage.isEmpty() && item->item.state.isAlive() ? rowOf(key) : -1;
    if (at < 0 || rowAt(at).spans.isEmpty() || rowAt(at).hasEnded())
        return;
    const TimelineSpan& last = rowAt(at).spans.constLast();
    // A change of state is told a moment later, and marked then.
    if (!last.damage.isEmpty() || last.state != item->item.state)
        return;
    change(at, [this, item](Row& row) { append(row, { m_workspace->clock().now(), {}, item->item.state, item->damage }); });
}

void TimelineModel::addGap(const ServerId& server, const TimelineGap& gap)
{
    QList<TimelineGap>& gaps = m_gaps[server];
    gaps += gap;
    if (gaps.size() > mostGaps)
        gaps.removeFirst();
    if (const int first = serverRow(server); first >= 0)
        Q_EMIT dataChanged(index(first), index(first + blockOf(server)->items));
}

int TimelineModel::addRow(const Transition& transition)
{
    if (itemCount() >= mostItems)
        makeRoom();
    const int at = ensureServer(transition.key.server) + 1;
    insert(at, { .server = transition.key.server, .key = transition.key, .name = transition.itemName, .number = ++m_lastNumber, .spans = {}, .recorded = {} });
    return at;
}

int TimelineModel::ensureServer(const ServerId& id)
{
    if (const int present = serverRow(id); present >= 0)
        return present;
    const Server* server = m_workspace->server(id);
    insert(rowCount(), { .server = id, .key = {}, .name = server ? server->profile().name : QString(), .number = 0, .spans = {}, .recorded = {} });
    return rowCount() - 1;
}

void TimelineModel::insert(int at, const Row& row)
{
    beginInsertRows({}, at, at);
    m_rows.insert(m_rows.begin() + at, row);
    if (row.key.isValid()) {
        ++blockOf(row.server)->items;
        m_newest.insert(row.key, qMax(m_newest.value(row.key, row.number), row.number));
        m_ended += static_cast<int>(row.hasEnded());
    } else {
        m_blocks.append({ row.server, 0 });
    }
    endInsertRows();
}

void TimelineModel::removeItem(int row)
{
    beginRemoveRows({}, row, row);
    --blockOf(rowAt(row).server)->items;
    forget(rowAt(row));
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void TimelineModel::forget(const Row& row)
{
    m_ended -= static_cast<int>(row.hasEnded());
    // An older life of it goes before the newest does.
    if (m_newest.value(row.key) == row.number)
        m_newest.remove(row.key);
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
    for (ItemStore* store : { &server->sessions(), &server->batches() }) {
        connect(store, &ItemStore::changed, this, [this, store](const QStringList&, const QStringList& updated, const auto&) {
            for (const QString& id : updated) {
                if (const TrackedItem* item = store->find(id); item && !item->damage.isEmpty())
                    markDamage(item->key);
            }
        });
    }
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
    m_gaps.remove(id);
    const int first = serverRow(id);
    if (first < 0)
        return;
    const auto block = blockOf(id);
    const int last = first + block->items;
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        forget(rowAt(row));
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
