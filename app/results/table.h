// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <cstdint>
#include <variant>

namespace kindling {

enum class ColumnType { Text, Boolean, Integer, Real, Decimal, Date, Timestamp, Binary, Nested, Null };

/// A column's name and type; `typeText` is the server's own words ("decimal(20,2)", "INT_TYPE").
struct Column {
    QString name;
    QString typeText;
    ColumnType type = ColumnType::Text;

    friend bool operator==(const Column&, const Column&) = default;
};

/// One cell, lossless: null, boolean, 64-bit integer, double, or text. Decimals, integers beyond 64 bits and nested
/// values are their exact text (nested: compact JSON).
using Cell = std::variant<std::monostate, bool, std::int64_t, double, QString>;

/// What a cell shows: empty for null; doubles in the shortest form that reads back the same.
[[nodiscard]] QString displayText(const Cell& cell);
/// Is its column to be aligned at the right?
[[nodiscard]] bool isNumeric(ColumnType type);

/// A result table: columns, and rows of as many cells. Ragged input is padded with null and `isRagged` set.
class Table {
public:
    Table() = default;
    explicit Table(QList<Column> columns);

    void reserveRows(qsizetype rows);
    /// Pads or cuts `cells` to the number of columns.
    void appendRow(QList<Cell> cells);

    [[nodiscard]] qsizetype rowCount() const { return m_rowCount; }
    [[nodiscard]] qsizetype columnCount() const { return m_columns.size(); }
    [[nodiscard]] const Column& column(qsizetype index) const { return m_columns.at(index); }
    [[nodiscard]] const Cell& cell(qsizetype row, qsizetype column) const { return m_cells.at(column).at(row); }
    [[nodiscard]] bool isRagged() const { return m_isRagged; }
    /// The server stopped at its row cap; the true number of rows is not known.
    [[nodiscard]] bool isCapped() const { return m_isCapped; }
    void setCapped(bool isCapped) { m_isCapped = isCapped; }

    friend bool operator==(const Table&, const Table&) = default;

private:
    QList<Column> m_columns;
    QList<QList<Cell>> m_cells; ///< by column, then by row
    qsizetype m_rowCount = 0;
    bool m_isRagged = false;
    bool m_isCapped = false;
};

} // namespace kindling
