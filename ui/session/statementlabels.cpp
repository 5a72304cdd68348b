// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/statementlabels.h"

#include "app/models/statementsmodel.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"

#include <QGuiApplication>

#include <utility>

namespace kindling {

using Column = StatementsModel::Column;

namespace {
QString textOf(Column column, const QVariant& raw, const QDate& today)
{
    switch (column) {
    case Column::State: return runStateWords(static_cast<RunState>(raw.toInt()));
    case Column::Progress: return raw.isValid() ? StatementLabels::tr("%1 %").arg(qRound(raw.toDouble() * 100)) : QString();
    case Column::Started: return briefTime(raw.toDateTime(), today);
    case Column::Took: return raw.isValid() ? durationText(std::chrono::milliseconds(raw.toLongLong())) : QString();
    case Column::Number:
    case Column::Code:
    case Column::Count: break;
    }
    return raw.toString().simplified();
}

QVariant alignmentOf(Column column)
{
    const bool isNumber = column == Column::Number || column == Column::Progress || column == Column::Took;
    return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

ColorRole colorOf(RunState state)
{
    switch (state) {
    case RunState::Failed:
    case RunState::Lost: return ColorRole::Bad;
    case RunState::Running:
    case RunState::Cancelling: return ColorRole::Active;
    case RunState::Queued:
    case RunState::Submitting:
    case RunState::Unconfirmed:
    case RunState::Waiting: return ColorRole::Waiting;
    case RunState::Finished:
    case RunState::Cancelled: break;
    }
    return ColorRole::Text;
}
}

StatementLabels::StatementLabels(std::function<QDate()> today, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_today(std::move(today))
{
}

QVariant StatementLabels::data(const QModelIndex& index, int role) const
{
    const auto column = static_cast<Column>(index.column());
    const QVariant raw = QIdentityProxyModel::data(index, Qt::DisplayRole);
    if (role == Qt::DisplayRole)
        return textOf(column, raw, m_today());
    if (role == Qt::ToolTipRole)
        return plainToolTip(column == Column::Started ? exactTime(raw.toDateTime()) : textOf(column, raw, {}));
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role == Qt::FontRole && column == Column::Code)
        return codeFont();
    if (role == Qt::ForegroundRole && column == Column::State)
        return themeColor(colorOf(static_cast<RunState>(raw.toInt())), QGuiApplication::palette());
    return QIdentityProxyModel::data(index, role);
}

QVariant StatementLabels::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto column = static_cast<Column>(section);
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Number: return tr("No.", "number of a statement");
    case Column::Code: return tr("Code");
    case Column::State: return tr("State");
    case Column::Progress: return tr("Progress");
    case Column::Started: return tr("Started");
    case Column::Took: return tr("Took", "how long a statement ran");
    case Column::Count: break;
    }
    return {};
}

} // namespace kindling
