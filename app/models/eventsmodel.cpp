// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/eventsmodel.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"

namespace kindling {

EventsModel::EventsModel(Workspace* workspace, QObject* parent)
    : QAbstractTableModel(parent)
    , m_workspace(workspace)
{
    for (const Transition& transition : workspace->transitions())
        m_rows.append({ transition, serverName(transition.key.server) });
    connect(workspace, &Workspace::transitionSeen, this, &EventsModel::append);
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
    switch (role) {
    case Qt::DisplayRole:
        return display(row, static_cast<Column>(index.column()));
    case SortRole: // the order of events, also where two have the same time
        return static_cast<Column>(index.column()) == Column::When ? QVariant(row.transition.number)
                                                                   : display(row, static_cast<Column>(index.column()));
    case KeyRole:
        return QVariant::fromValue(row.transition.key);
    case ServerIdRole:
        return row.transition.key.server;
    case StateGlyphRole:
        return static_cast<int>(roleOf(row.transition.to, false));
    case StateValueRole:
        return static_cast<int>(row.transition.to.value);
    case StateRawRole:
        return row.transition.to.raw;
    case NameRole:
        return row.transition.itemName;
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

QVariant EventsModel::display(const Row& row, Column column)
{
    const Transition& transition = row.transition;
    switch (column) {
    case Column::When:
        return transition.when;
    case Column::Server:
        return row.serverName;
    case Column::Item:
        return itemLabel(transition.key.id, transition.itemName);
    case Column::From:
        return transition.from.raw;
    case Column::To:
        return transition.to.raw;
    case Column::Note:
        return transition.note;
    case Column::Count:
        break;
    }
    return {};
}

void EventsModel::append(const Transition& transition)
{
    if (m_rows.size() >= capacity) {
        beginRemoveRows({}, 0, 0);
        m_rows.removeFirst();
        endRemoveRows();
    }
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_rows.append({ transition, serverName(transition.key.server) });
    endInsertRows();
}

QString EventsModel::serverName(const ServerId& id) const
{
    const Server* server = m_workspace->server(id);
    return server ? server->profile().name : QString();
}

} // namespace kindling
