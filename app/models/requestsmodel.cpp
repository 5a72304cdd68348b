// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/requestsmodel.h"

namespace kindling {

RequestsModel::RequestsModel(RequestLog* log, QObject* parent)
    : QAbstractTableModel(parent)
    , m_rows(log->exchanges())
{
    connect(log, &RequestLog::exchangeRecorded, this, &RequestsModel::append);
}

int RequestsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RequestsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant RequestsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Exchange& exchange = m_rows.at(index.row());
    if (role == ServerIdRole)
        return exchange.server;
    if (role == IsBadRole)
        return exchange.status == 0 || exchange.status >= 400;
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case Column::When:
        return role == SortRole ? QVariant(exchange.number) : QVariant(exchange.when);
    case Column::Server:
        return exchange.url.host();
    case Column::Method:
        return QString::fromLatin1(exchange.method);
    case Column::Path:
        return exchange.url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    case Column::Status:
        return exchange.status > 0 ? QVariant(exchange.status) : QVariant();
    case Column::Time:
        return static_cast<int>(exchange.elapsed.count());
    case Column::Bytes:
        return exchange.receivedBytes;
    case Column::Problem:
        return exchange.problem;
    case Column::Count:
        break;
    }
    return {};
}

void RequestsModel::append(const Exchange& exchange, int dropped)
{
    if (const int count = std::min(dropped, rowCount()); count > 0) {
        beginRemoveRows({}, 0, count - 1);
        m_rows.remove(0, count);
        endRemoveRows();
    }
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_rows.append(exchange);
    endInsertRows();
}

} // namespace kindling
