// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/table.h"

#include <QAbstractTableModel>
#include <QList>

#include <memory>

namespace kindling {

/// A result table to look at. Sorts and filters by a list of row numbers; the table is never changed. Numbers sort as
/// numbers, decimals by their exact value, text by code point, null always last. Long tables are sorted in a worker: the
/// rows move when it is done.
class ResultTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        NullRole = Qt::UserRole + 1, ///< bool
        ColumnTypeRole,              ///< int of ColumnType, for cells and the horizontal header
        TypeTextRole,                ///< the server's own words, for the horizontal header
        SourceRowRole,               ///< int: the row in table()
    };

    explicit ResultTableModel(QObject* parent = nullptr);

    /// Resets. Null = empty. Sorting and filter text are dropped.
    void setTable(std::shared_ptr<const Table> table);
    [[nodiscard]] const std::shared_ptr<const Table>& table() const { return m_table; }
    /// Only rows where any cell's shown text contains it, any case; empty = all.
    void setFilterText(const QString& text);
    [[nodiscard]] const QString& filterText() const { return m_filterText; }
    /// The row of table() that is shown at `row`.
    [[nodiscard]] qsizetype sourceRow(int row) const { return m_order.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// Vertical: the 1-based row of table().
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// Column -1: the order of the table.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    void setOrder(const QList<qsizetype>& order);
    [[nodiscard]] bool matches(qsizetype row) const;

    std::shared_ptr<const Table> m_table;
    QList<qsizetype> m_order; ///< rows of the table as shown
    QString m_filterText;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_generation = 0; ///< of the order; a worker's answer to an older one is dropped
};

/// -1, 0, 1: two decimals in text form ("-12.50", "1E+3") by their value; no number sorts after all numbers.
[[nodiscard]] int compareDecimals(QStringView left, QStringView right);

} // namespace kindling
