// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"
#include "app/models/roles.h"
#include "app/storage/records.h"

#include <QAbstractTableModel>

namespace kindling {

/// One statement of a session, as recorded, or as the server says now.
struct StatementRow {
    StatementSeen seen;     ///< with its output only where the server told it
    double progress = -1;   ///< 0…1; below zero = not told
    qint64 record = 0;      ///< its number in the records; 0 = it is not there
    bool isKept = false;    ///< the records have its output

    friend bool operator==(const StatementRow& left, const StatementRow& right);
};

/// The statements of one session, the newest first: what was recorded, and over it what the server says. DisplayRole raw:
/// Number int (empty where none was ever told), Code its first line, State int of RunState, Progress double, Started
/// QDateTime, Took int ms. Never resets.
class StatementsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { Number, Code, State, Progress, Took, Started, Count };

    using QAbstractTableModel::QAbstractTableModel;

    void setRecorded(const QList<RecordedStatement>& statements);
    /// Ascending by id.
    void setLive(const QList<Statement>& statements);
    [[nodiscard]] const StatementRow& rowAt(int row) const { return m_rows.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void merge();
    void apply(const QList<StatementRow>& rows);

    QList<RecordedStatement> m_recorded;
    QList<Statement> m_live;
    QList<StatementRow> m_rows;
};

} // namespace kindling
