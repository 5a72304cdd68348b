// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigator/navigatorlabels.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/roles.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/words.h"

#include <QFont>
#include <QLocale>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestText = 300;

NodeType nodeOf(const QModelIndex& index)
{
    return static_cast<NodeType>(index.data(NodeRole).toInt());
}
}

NavigatorLabels::NavigatorLabels(Workspace* workspace, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_workspace(workspace)
{
}

QVariant NavigatorLabels::data(const QModelIndex& index, int role) const
{
    const bool isServer = nodeOf(mapToSource(index)) == NodeType::Server;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(mapToSource(index));
    case Qt::FontRole:
        if (isServer) {
            QFont bold;
            bold.setBold(true);
            return bold;
        }
        return {};
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(mapToSource(index)));
    case Qt::AccessibleTextRole:
        return spokenText(mapToSource(index));
    case StateGlyphRole:
        return isServer ? QVariant() : QIdentityProxyModel::data(index, role);
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QString NavigatorLabels::textOf(const QModelIndex& index) const
{
    switch (nodeOf(index)) {
    case NodeType::SessionGroup: return tr("Sessions");
    case NodeType::BatchGroup: return tr("Batches");
    case NodeType::Server:
    case NodeType::Session:
    case NodeType::Batch: break;
    }
    return index.data().toString().left(longestText).simplified();
}

QString NavigatorLabels::wordsOf(const QModelIndex& index) const
{
    switch (nodeOf(index)) {
    case NodeType::Server: return serverWords(index);
    case NodeType::SessionGroup:
    case NodeType::BatchGroup: return QLocale().toString(index.data(ChildCountRole).toInt());
    case NodeType::Session:
    case NodeType::Batch: break;
    }
    return itemWords(index);
}

QString NavigatorLabels::serverWords(const QModelIndex& index) const
{
    const auto state = static_cast<ConnectionState>(index.data(ConnectionRole).toInt());
    const Server* server = m_workspace->server(index.data(ServerIdRole).toString());
    if (server != nullptr && server->profile().isReadOnly)
        return tr("%1 · read-only").arg(connectionWords(state));
    const int roundTrip = index.data(RoundTripRole).toInt();
    if (state == ConnectionState::Online && roundTrip > 0)
        return tr("%1 · %2 ms").arg(connectionWords(state)).arg(roundTrip);
    return connectionWords(state);
}

QString NavigatorLabels::itemWords(const QModelIndex& index) const
{
    if (index.data(DeletingRole).toBool())
        return tr("deleting");
    const ItemState state{ static_cast<ItemStateValue>(index.data(StateValueRole).toInt()), index.data(StateRawRole).toString() };
    const QString damage = index.data(DamageRole).toString();
    const QString words = stateWords(state, damage).simplified().left(40);
    const bool isRunning = state.value == ItemStateValue::Busy || state.value == ItemStateValue::Running;
    const QDateTime since = index.data(SinceRole).toDateTime();
    if (!isRunning || !damage.isEmpty() || !since.isValid())
        return words;
    return words + u' ' + ageText(std::chrono::milliseconds(since.msecsTo(m_workspace->clock().now())));
}

QString NavigatorLabels::spokenText(const QModelIndex& index) const
{
    const QString text = textOf(index) + u", " + wordsOf(index);
    const bool isOpen = m_openItem.isValid() && index.data(KeyRole).value<ItemKey>() == m_openItem;
    return isOpen ? tr("%1, in the tab in front", "a session or batch").arg(text) : text;
}

QString NavigatorLabels::toolTip(const QModelIndex& index) const
{
    const NodeType node = nodeOf(index);
    if (node == NodeType::Server) {
        const Server* server = m_workspace->server(index.data(ServerIdRole).toString());
        const QString url = server != nullptr ? server->profile().url.toString() : QString();
        const QString problem = index.data(ProblemRole).toString();
        const QDateTime seen = index.data(LastSeenRole).toDateTime();
        QStringList lines{ textOf(index), url, problem.left(longestText) };
        lines += seen.isValid() ? tr("Last seen %1").arg(exactTime(seen)) : QString();
        lines.removeAll(QString());
        return lines.join(u'\n');
    }
    if (node == NodeType::SessionGroup || node == NodeType::BatchGroup)
        return {};
    const QString since = exactTime(index.data(SinceRole).toDateTime());
    const QString when = index.data(SinceExactRole).toBool() ? tr("since %1").arg(since) : tr("at least since %1").arg(since);
    return textOf(index) + u'\n' + itemWords(index) + u", " + when;
}

} // namespace kindling
