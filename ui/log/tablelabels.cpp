// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/tablelabels.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/eventsmodel.h"
#include "app/models/requestsmodel.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestText = 500;

/// Without the date, which is in the tool tip.
QString timeOfDay(const QVariant& value)
{
    return value.toDateTime().toLocalTime().time().toString(Qt::ISODateWithMs);
}

QVariant alignment(bool isRight)
{
    return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString stateText(const QString& raw)
{
    if (raw.isEmpty())
        return {};
    return raw == "gone"_L1 ? EventsLabels::tr("gone") : stateWords(ItemState::fromWire(raw)).left(longestText);
}

QString transitionText(EventsModel::Column column, const QVariant& raw)
{
    switch (column) {
    case EventsModel::Column::From:
    case EventsModel::Column::To: return stateText(raw.toString());
    case EventsModel::Column::Note: return noteWords(raw.toString().left(longestText)).simplified();
    case EventsModel::Column::When:
    case EventsModel::Column::Server:
    case EventsModel::Column::Item:
    case EventsModel::Column::Count: break;
    }
    return raw.toString().left(longestText).simplified();
}

QString actText(OwnAct::What what, EventsModel::Column column, const QVariant& raw)
{
    switch (column) {
    case EventsModel::Column::From: return EventsLabels::tr("you", "who changed it");
    case EventsModel::Column::To: return EventsLabels::actWords(what, raw.toString());
    case EventsModel::Column::Note: return raw.toString().isEmpty() ? EventsLabels::tr("done") : raw.toString().left(longestText).simplified();
    case EventsModel::Column::When:
    case EventsModel::Column::Server:
    case EventsModel::Column::Item:
    case EventsModel::Column::Count: break;
    }
    return raw.toString().left(longestText).simplified();
}

bool isNumeric(RequestsModel::Column column)
{
    return column == RequestsModel::Column::Status || column == RequestsModel::Column::Time || column == RequestsModel::Column::Bytes;
}

QString requestText(RequestsModel::Column column, const QVariant& raw)
{
    switch (column) {
    case RequestsModel::Column::When: return timeOfDay(raw);
    case RequestsModel::Column::Time: return RequestsLabels::tr("%1 ms").arg(QLocale().toString(raw.toInt()));
    case RequestsModel::Column::Bytes: return QLocale().toString(raw.toLongLong());
    case RequestsModel::Column::Status: return raw.isValid() && raw.toInt() > 0 ? raw.toString() : u"–"_s;
    case RequestsModel::Column::Server:
    case RequestsModel::Column::Method:
    case RequestsModel::Column::Path:
    case RequestsModel::Column::Problem:
    case RequestsModel::Column::Count: break;
    }
    return raw.toString().left(longestText).simplified();
}
}

QString EventsLabels::actWords(OwnAct::What what, const QString& detail)
{
    const QString number = detail.simplified().left(40);
    switch (what) {
    case OwnAct::What::Create: return tr("created");
    case OwnAct::What::Stop: return tr("stopped");
    case OwnAct::What::Remove: return tr("deleted");
    case OwnAct::What::RunStatement: return number.isEmpty() ? tr("ran a statement") : tr("ran statement %1").arg(number);
    case OwnAct::What::CancelStatement: return number.isEmpty() ? tr("cancelled a statement") : tr("cancelled statement %1").arg(number);
    case OwnAct::What::KeepAlive: return tr("kept alive");
    case OwnAct::What::RestartPython: return tr("restarted Python");
    }
    return {};
}

QString EventsLabels::textOf(const QModelIndex& index) const
{
    const auto column = static_cast<EventsModel::Column>(index.column());
    const QVariant raw = QIdentityProxyModel::data(index, Qt::DisplayRole);
    if (column == EventsModel::Column::When) {
        // The day is told where it is not that of the newest.
        const QDate newest = this->index(rowCount() - 1, 0).data(WhenRole).toDateTime().toLocalTime().date();
        const QDateTime when = raw.toDateTime().toLocalTime();
        return when.date() == newest ? timeOfDay(raw) : clockTime(when, newest);
    }
    const QVariant act = index.data(ActRole);
    return act.isValid() ? actText(static_cast<OwnAct::What>(act.toInt()), column, raw) : transitionText(column, raw);
}

QVariant EventsLabels::data(const QModelIndex& index, int role) const
{
    const auto column = static_cast<EventsModel::Column>(index.column());
    if (role == Qt::DisplayRole)
        return textOf(index);
    if (role == Qt::ToolTipRole)
        return plainToolTip(column == EventsModel::Column::When ? exactTime(index.data(WhenRole).toDateTime()) : textOf(index));
    if (role == Qt::TextAlignmentRole)
        return alignment(false);
    if (role != Qt::ForegroundRole)
        return QIdentityProxyModel::data(index, role);
    if (index.data(ActRole).isValid()) {
        const bool isProblem = column == EventsModel::Column::Note && index.data(IsBadRole).toBool();
        return isProblem ? QVariant(themeColor(ColorRole::Bad, QGuiApplication::palette())) : QVariant();
    }
    if (column != EventsModel::Column::To)
        return {};
    return themeColor(colorOf(static_cast<StateRole>(index.data(StateGlyphRole).toInt())), QGuiApplication::palette());
}

QVariant EventsLabels::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(false);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<EventsModel::Column>(section)) {
    case EventsModel::Column::When: return tr("When");
    case EventsModel::Column::Server: return tr("Server");
    case EventsModel::Column::Item: return tr("Session or batch");
    case EventsModel::Column::From: return tr("From");
    case EventsModel::Column::To: return tr("To, or act");
    case EventsModel::Column::Note: return tr("Note or answer");
    case EventsModel::Column::Count: break;
    }
    return {};
}

RequestsLabels::RequestsLabels(const Workspace* workspace, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_workspace(workspace)
{
}

QString RequestsLabels::textOf(const QModelIndex& index) const
{
    const auto column = static_cast<RequestsModel::Column>(index.column());
    // one that is not configured, or not any more, is known by its host alone
    const Server* server = column == RequestsModel::Column::Server ? m_workspace->server(index.data(ServerIdRole).toString()) : nullptr;
    return requestText(column, server ? server->profile().name : QIdentityProxyModel::data(index, Qt::DisplayRole));
}

QVariant RequestsLabels::data(const QModelIndex& index, int role) const
{
    const auto column = static_cast<RequestsModel::Column>(index.column());
    if (role == Qt::DisplayRole)
        return textOf(index);
    if (role == Qt::ToolTipRole)
        return plainToolTip(column == RequestsModel::Column::When ? exactTime(QIdentityProxyModel::data(index, Qt::DisplayRole).toDateTime()) : textOf(index));
    if (role == Qt::TextAlignmentRole)
        return alignment(isNumeric(column));
    if (role != Qt::ForegroundRole)
        return QIdentityProxyModel::data(index, role);
    const bool isTold = column == RequestsModel::Column::Status || column == RequestsModel::Column::Problem;
    return isTold && index.data(IsBadRole).toBool() ? themeColor(ColorRole::Bad, QGuiApplication::palette()) : QVariant();
}

QVariant RequestsLabels::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto column = static_cast<RequestsModel::Column>(section);
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(isNumeric(column));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case RequestsModel::Column::When: return tr("When");
    case RequestsModel::Column::Server: return tr("Server");
    case RequestsModel::Column::Method: return tr("Method");
    case RequestsModel::Column::Path: return tr("Path");
    case RequestsModel::Column::Status: return tr("Status");
    case RequestsModel::Column::Time: return tr("Time");
    case RequestsModel::Column::Bytes: return tr("Bytes");
    case RequestsModel::Column::Problem: return tr("Problem");
    case RequestsModel::Column::Count: break;
    }
    return {};
}

} // namespace kindling
