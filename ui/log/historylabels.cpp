// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/historylabels.h"

#include "app/models/historymodel.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"

#include <QGuiApplication>

#include <utility>

namespace kindling {

namespace {
constexpr qsizetype longestText = 500;

QString textOf(HistoryModel::Column column, const QVariant& raw, const QDate& today)
{
    switch (column) {
    case HistoryModel::Column::When: return briefTime(raw.toDateTime(), today);
    case HistoryModel::Column::State: return runStateWords(static_cast<RunState>(raw.toInt()));
    case HistoryModel::Column::Took: return raw.isValid() ? durationText(std::chrono::milliseconds(raw.toLongLong())) : QString();
    case HistoryModel::Column::Server:
    case HistoryModel::Column::Item:
    case HistoryModel::Column::Code:
    case HistoryModel::Column::Problem:
    case HistoryModel::Column::Count: break;
    }
    return raw.toString().left(longestText).simplified();
}

QVariant alignmentOf(HistoryModel::Column column)
{
    const bool isNumber = column == HistoryModel::Column::Took;
    return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}
}

HistoryLabels::HistoryLabels(std::function<QDate()> today, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_today(std::move(today))
{
}

QVariant HistoryLabels::data(const QModelIndex& index, int role) const
{
    const auto column = static_cast<HistoryModel::Column>(index.column());
    const QVariant raw = QIdentityProxyModel::data(index, Qt::DisplayRole);
    if (role == Qt::DisplayRole)
        return textOf(column, raw, m_today());
    if (role == Qt::ToolTipRole)
        return plainToolTip(column == HistoryModel::Column::When ? exactTime(raw.toDateTime()) : textOf(column, raw, {}));
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role == Qt::FontRole && column == HistoryModel::Column::Code)
        return codeFont();
    if (role != Qt::ForegroundRole)
        return QIdentityProxyModel::data(index, role);
    const QModelIndex state = mapToSource(index.siblingAtColumn(static_cast<int>(HistoryModel::Column::State)));
    const auto end = static_cast<RunState>(state.data(Qt::DisplayRole).toInt());
    const bool isTrouble = end == RunState::Failed || end == RunState::Lost;
    const bool isShown = column == HistoryModel::Column::State || column == HistoryModel::Column::Problem;
    return isTrouble && isShown ? themeColor(ColorRole::Bad, QGuiApplication::palette()) : QVariant();
}

QVariant HistoryLabels::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto column = static_cast<HistoryModel::Column>(section);
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case HistoryModel::Column::When: return tr("When");
    case HistoryModel::Column::Server: return tr("Server");
    case HistoryModel::Column::Item: return tr("Session");
    case HistoryModel::Column::Code: return tr("Code");
    case HistoryModel::Column::State: return tr("State");
    case HistoryModel::Column::Took: return tr("Took", "how long a statement ran");
    case HistoryModel::Column::Problem: return tr("Problem");
    case HistoryModel::Column::Count: break;
    }
    return {};
}

} // namespace kindling
