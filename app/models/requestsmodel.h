// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/roles.h"
#include "app/net/requestlog.h"

#include <QAbstractTableModel>
#include <QList>

namespace kindling {

/// The last exchanges, oldest first. DisplayRole raw: When QDateTime, Server the host that was asked, Status int (empty =
/// no answer), Time int ms, Bytes qint64 received, Problem text. Roles: ServerIdRole, SortRole, IsBadRole (it failed).
class RequestsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { When, Server, Method, Path, Status, Time, Bytes, Problem, Count };

    explicit RequestsModel(RequestLog* log, QObject* parent = nullptr);

    [[nodiscard]] const Exchange& exchangeAt(int row) const { return m_rows.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void append(const Exchange& exchange, int dropped);

    QList<Exchange> m_rows;
};

} // namespace kindling
