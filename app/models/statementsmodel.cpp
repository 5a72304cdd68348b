// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/statementsmodel.h"

#include "app/engine/statementwatch.h"
#include "app/models/itemroles.h"

#include <algorithm>
#include <tuple>

namespace kindling {

namespace {
/// Rows that are one statement: by the server's number, or by that of the records where there is none.
bool isOne(const StatementRow& left, const StatementRow& right)
{
    return left.seen.id == right.seen.id && (left.seen.id >= 0 || left.record == right.record);
}

StatementRow rowOf(const RecordedStatement& recorded)
{
    StatementRow row;
    row.seen = recorded.what;
    if (row.seen.problem.isEmpty())
        row.seen.problem = recorded.error;
    row.record = recorded.number;
    row.isKept = recorded.hasOutput;
    return row;
}

void overlay(StatementRow& row, const Statement& live)
{
    const StatementSeen now = seenOf(live);
    row.seen.state = now.state;
    row.seen.started = now.started;
    row.seen.completed = now.completed;
    row.seen.output = now.output;
    row.progress = live.progress;
}
}

bool operator==(const StatementRow& left, const StatementRow& right)
{
    return left.seen.id == right.seen.id && left.seen.code == right.seen.code && left.seen.state == right.seen.state
        && left.seen.submitted == right.seen.submitted && left.seen.started == right.seen.started && left.seen.completed == right.seen.completed
        && left.seen.problem == right.seen.problem && left.seen.output == right.seen.output && left.progress == right.progress
        && left.record == right.record && left.isKept == right.isKept;
}

void StatementsModel::setRecorded(const QList<RecordedStatement>& statements)
{
    m_recorded = statements;
    merge();
}

void StatementsModel::setLive(const QList<Statement>& statements)
{
    m_live = statements;
    merge();
}

void StatementsModel::merge()
{
    QList<StatementRow> rows;
    for (const Statement& live : m_live) {
        StatementRow row;
        row.seen = seenOf(live);
        row.progress = live.progress;
        rows.prepend(row);
    }
    for (const RecordedStatement& recorded : m_recorded) {
        const auto live = std::ranges::find(m_live, recorded.what.id, &Statement::id);
        StatementRow row = rowOf(recorded);
        if (live == m_live.end()) {
            rows.append(row);
            continue;
        }
        overlay(row, *live);
        *std::ranges::find_if(rows, [&row](const StatementRow& each) { return each.seen.id == row.seen.id; }) = row;
    }
    // those without a number come last
    std::ranges::sort(rows, [](const StatementRow& left, const StatementRow& right) {
        return std::tie(left.seen.id, left.record) > std::tie(right.seen.id, right.record);
    });
    apply(rows);
}

void StatementsModel::apply(const QList<StatementRow>& rows)
{
    const auto isThere = [](const QList<StatementRow>& all, const StatementRow& row) {
        return std::ranges::any_of(all, [&row](const StatementRow& each) { return isOne(each, row); });
    };
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (isThere(rows, m_rows.at(row)))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < rows.size(); ++row) {
        if (row >= m_rows.size() || !isOne(m_rows.at(row), rows.at(row))) {
            beginInsertRows({}, row, row);
            m_rows.insert(row, rows.at(row));
            endInsertRows();
        } else if (m_rows.at(row) != rows.at(row)) {
            m_rows[row] = rows.at(row);
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
        }
    }
}

int StatementsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StatementsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant StatementsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const StatementRow& row = m_rows.at(index.row());
    switch (static_cast<Column>(index.column())) {
    case Column::Number:
        return row.seen.id < 0 ? QVariant() : QVariant(row.seen.id);
    case Column::Code:
        return firstLineOf(row.seen.code);
    case Column::State:
        return static_cast<int>(row.seen.state);
    case Column::Progress:
        return row.progress < 0 ? QVariant() : QVariant(row.progress);
    case Column::Started:
        return row.seen.started.isValid() ? row.seen.started : row.seen.submitted;
    case Column::Took:
        return tookMs(row.seen);
    case Column::Count:
        break;
    }
    return {};
}

} // namespace kindling
