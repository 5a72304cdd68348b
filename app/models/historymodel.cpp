// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/historymodel.h"

#include "app/engine/problems.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"

#include <algorithm>

namespace kindling {

namespace {
bool isSame(const RecordedStatement& left, const RecordedStatement& right)
{
    const auto marks = [](const RecordedStatement& row) { return std::tie(row.what.state, row.what.started, row.what.completed, row.hasOutput); };
    return marks(left) == marks(right);
}

/// Numbers begin again where a damaged file was set aside.
bool isOne(const RecordedStatement& left, const RecordedStatement& right)
{
    return left.number == right.number && left.what.submitted == right.what.submitted;
}
}

HistoryModel::HistoryModel(Recorder& recorder, const Workspace& workspace, QObject* parent)
    : QAbstractTableModel(parent)
    , m_recorder(recorder)
    , m_workspace(workspace)
    , m_problem(noProblem())
{
    connect(&recorder, &Recorder::recorded, this, &HistoryModel::readNewest);
    setState(true, noProblem());
    readNewest();
}

void HistoryModel::setSearch(const QString& text)
{
    if (text == m_search)
        return;
    m_search = text;
    clear();
    setState(true, noProblem());
    readNewest();
}

QDate HistoryModel::today() const
{
    return m_workspace.clock().now().toLocalTime().date();
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RecordedStatement& row = m_rows.at(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case SortRole: // the order in which they were recorded, also where two have the same time
        return column == Column::When ? QVariant(row.number) : display(row, column);
    case KeyRole:
        return QVariant::fromValue(row.item.key);
    case ServerIdRole:
        return row.item.key.server;
    case NameRole:
        return row.item.name;
    case CodeRole:
        return row.what.code;
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

bool HistoryModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore && !m_isFetching;
}

void HistoryModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_isFetching = true;
    m_older = m_recorder.statements({ .text = m_search, .life = 0, .below = m_rows.constLast().number, .most = pageSize }, this,
        [this](const Result<QList<RecordedStatement>>& page) { onOlder(page); });
}

QVariant HistoryModel::display(const RecordedStatement& row, Column column) const
{
    switch (column) {
    case Column::When:
        // of what others sent only the driver's time is known
        return row.what.submitted.isValid() ? row.what.submitted : row.what.started;
    case Column::Server: {
        const Server* server = m_workspace.server(row.item.key.server);
        return server ? server->profile().name : QString();
    }
    case Column::Item:
        return itemLabel(row.item.key.id, row.item.name);
    case Column::Code:
        return firstLineOf(row.what.code);
    case Column::State:
        return static_cast<int>(row.what.state);
    case Column::Took:
        return tookMs(row.what);
    case Column::Problem:
        return row.error.isEmpty() ? row.what.problem : row.error;
    case Column::Count:
        break;
    }
    return {};
}

void HistoryModel::readNewest()
{
    m_newest.cancel();
    m_newest = m_recorder.statements({ .text = m_search, .life = 0, .most = pageSize }, this,
        [this](const Result<QList<RecordedStatement>>& page) { onNewest(page); });
}

void HistoryModel::onNewest(const Result<QList<RecordedStatement>>& page)
{
    if (!page) {
        setState(false, page.error());
        return;
    }
    const auto known = std::ranges::find_if(*page, [this](const RecordedStatement& row) { return !m_rows.isEmpty() && isOne(row, m_rows.constFirst()); });
    if (known == page->end()) {
        // nothing shown yet, more new ones than a page holds, or other records than before
        clear();
        append(*page);
        m_hasMore = page->size() == pageSize;
    } else {
        const qsizetype fresh = known - page->begin();
        update(page->mid(fresh));
        prepend(page->first(fresh));
    }
    setState(false, noProblem());
}

void HistoryModel::onOlder(const Result<QList<RecordedStatement>>& page)
{
    if (!page) {
        m_isFetching = m_hasMore = false;
        setState(false, page.error());
        return;
    }
    append(*page);
    m_hasMore = page->size() == pageSize;
    m_isFetching = false;
}

void HistoryModel::update(const QList<RecordedStatement>& page)
{
    for (const RecordedStatement& row : page) {
        const auto at = std::ranges::lower_bound(m_rows, row.number, std::ranges::greater(), &RecordedStatement::number);
        if (at == m_rows.end() || at->number != row.number || isSame(*at, row))
            continue;
        *at = row;
        const int place = static_cast<int>(at - m_rows.begin());
        Q_EMIT dataChanged(index(place, 0), index(place, columnCount() - 1));
    }
}

void HistoryModel::prepend(const QList<RecordedStatement>& page)
{
    if (page.isEmpty())
        return;
    beginInsertRows({}, 0, static_cast<int>(page.size()) - 1);
    m_rows = page + m_rows;
    endInsertRows();
}

void HistoryModel::append(const QList<RecordedStatement>& page)
{
    if (page.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page.size()) - 1);
    m_rows += page;
    endInsertRows();
}

void HistoryModel::clear()
{
    m_older.cancel();
    m_isFetching = m_hasMore = false;
    if (m_rows.isEmpty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_rows.clear();
    endRemoveRows();
}

void HistoryModel::setState(bool isLoading, const Error& problem)
{
    if (isLoading == m_isLoading && problem == m_problem)
        return;
    m_isLoading = isLoading;
    m_problem = problem;
    Q_EMIT stateChanged();
}

} // namespace kindling
