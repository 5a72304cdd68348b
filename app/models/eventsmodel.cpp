// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/eventsmodel.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"
#include "app/storage/recorder.h"

#include <algorithm>
#include <utility>

namespace kindling {

EventsModel::EventsModel(Workspace* workspace, Recorder* recorder, QObject* parent)
    : QAbstractTableModel(parent)
    , m_workspace(workspace)
{
    for (const Transition& transition : workspace->transitions())
        m_rows.append(rowOf(transition));
    connect(workspace, &Workspace::transitionSeen, this, [this](const Transition& transition) { append(rowOf(transition)); });
    connect(workspace, &Workspace::observed, this, &EventsModel::observe);
    if (!recorder)
        return;
    // Those that come from now on are told by the engine, and recorded as well.
    recorder->acts(mostEarlierActs + 1, this, [this, begin = workspace->clock().now()](const Result<QList<RecordedAct>>& acts) {
        if (acts)
            prepend(*acts, begin);
    });
}

int EventsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EventsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant EventsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows.at(index.row());
    const auto* act = std::get_if<OwnAct>(&row.what);
    switch (role) {
    case Qt::DisplayRole:
        return display(row, static_cast<Column>(index.column()));
    case KeyRole:
        return QVariant::fromValue(row.key);
    case ServerIdRole:
        return row.key.server;
    case NameRole:
        return row.itemName;
    case WhenRole:
        return row.when;
    case ActRole:
        return act ? QVariant(static_cast<int>(act->what)) : QVariant();
    case IsBadRole:
        if (act)
            return !act->answer.isEmpty();
        break;
    default: // roles are an open set of numbers, not an enum of ours
        break;
    }
    return act ? QVariant() : roleOfTransition(std::get<Transition>(row.what), role);
}

QVariant EventsModel::roleOfTransition(const Transition& transition, int role)
{
    const StateRole glyph = roleOf(transition.to, false);
    switch (role) {
    case StateGlyphRole:
        return static_cast<int>(glyph);
    case StateValueRole:
        return static_cast<int>(transition.to.value);
    case StateRawRole:
        return transition.to.raw;
    case IsBadRole:
        return glyph == StateRole::Bad || glyph == StateRole::Damaged;
    default: // see above
        return {};
    }
}

QVariant EventsModel::display(const Row& row, Column column)
{
    const auto* transition = std::get_if<Transition>(&row.what);
    const auto* act = std::get_if<OwnAct>(&row.what);
    switch (column) {
    case Column::When:
        return row.when;
    case Column::Server:
        return row.serverName;
    case Column::Item:
        return itemLabel(row.key.id, row.itemName);
    case Column::From:
        return transition ? transition->from.raw : QString();
    case Column::To:
        return transition ? transition->to.raw : act->detail;
    case Column::Note:
        return transition ? transition->note : act->answer;
    case Column::Count:
        break;
    }
    return {};
}

EventsModel::Row EventsModel::rowOf(const Transition& transition) const
{
    return { transition.when, transition.key, transition.itemName, serverName(transition.key.server), transition };
}

void EventsModel::observe(const Observation& observation)
{
    const auto* act = std::get_if<OwnAct>(&observation.what);
    const ItemFacts& item = observation.item;
    if (act)
        append({ observation.when, item.key, item.name, serverName(item.key.server), *act });
}

void EventsModel::append(Row row)
{
    if (m_rows.size() >= capacity) {
        m_isCut = true;
        beginRemoveRows({}, 0, 0);
        m_rows.removeFirst();
        endRemoveRows();
    }
    const int at = rowCount();
    beginInsertRows({}, at, at);
    m_rows.append(std::move(row));
    endInsertRows();
}

void EventsModel::prepend(const QList<RecordedAct>& newestFirst, const QDateTime& before)
{
    QList<Row> earlier;
    for (const RecordedAct& act : newestFirst) {
        if (act.when >= before)
            continue;
        m_isCut = earlier.size() >= std::min<qsizetype>(mostEarlierActs, capacity - m_rows.size());
        if (m_isCut)
            break;
        earlier.prepend({ act.when, act.item.key, act.item.name, serverName(act.item.key.server), act.what });
    }
    if (earlier.isEmpty())
        return;
    beginInsertRows({}, 0, static_cast<int>(earlier.size()) - 1);
    m_rows = earlier + m_rows;
    endInsertRows();
}

QString EventsModel::serverName(const ServerId& id) const
{
    const Server* server = m_workspace->server(id);
    return server ? server->profile().name : QString();
}

} // namespace kindling
