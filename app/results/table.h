// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <bit>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

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

/// The cells of one column, in little more room than their values need: eight bytes and one for what they mean, texts one
/// after another as UTF-8.
class ColumnCells final {
public:
    void reserve(qsizetype rows);
    void expect(double times);
    void append(const Cell& cell);
    void appendReal(double value) { add(Type::Real, std::bit_cast<quint64>(value)); }
    void appendInteger(std::int64_t value) { add(Type::Integer, std::bit_cast<quint64>(value)); }
    void appendText(QByteArrayView utf8);
    /// Gives back what was taken in advance.
    void squeeze();

    [[nodiscard]] Cell at(qsizetype row) const;
    [[nodiscard]] bool isNull(qsizetype row) const { return m_types[static_cast<size_t>(row)] == Type::Null; }
    /// The same without a copy, where the cell is one.
    [[nodiscard]] std::optional<double> real(qsizetype row) const;
    [[nodiscard]] std::optional<std::int64_t> integer(qsizetype row) const;
    [[nodiscard]] std::optional<QByteArrayView> text(qsizetype row) const;

    friend bool operator==(const ColumnCells&, const ColumnCells&) = default;

private:
    enum class Type : quint8 { Null, Boolean, Integer, Real, Text };
    void add(Type type, quint64 value);
    [[nodiscard]] bool is(qsizetype row, Type type) const { return m_types[static_cast<size_t>(row)] == type; }

    std::vector<Type> m_types;
    std::vector<quint64> m_values; ///< of a text: where its length and its bytes are
    std::vector<char> m_texts;
};

/// A result table: columns, and rows of as many cells. Ragged input is padded with null and `isRagged` set.
class Table {
public:
    Table() = default;
    explicit Table(QList<Column> columns);

    void reserveRows(qsizetype rows);
    /// About `times` as much as there is will come in all: takes the room for it.
    void expect(double times);
    void appendRow(const QList<Cell>& cells);
    /// The same cell by cell; what is beyond the columns is dropped.
    void addCell(const Cell& cell);
    void addReal(double value);
    void addInteger(std::int64_t value);
    void addText(QByteArrayView utf8);
    void endRow();
    /// No row comes any more.
    void squeeze();

    [[nodiscard]] qsizetype rowCount() const { return m_rowCount; }
    [[nodiscard]] qsizetype columnCount() const { return m_columns.size(); }
    [[nodiscard]] const Column& column(qsizetype index) const { return m_columns.at(index); }
    [[nodiscard]] const ColumnCells& cells(qsizetype column) const { return m_cells.at(column); }
    [[nodiscard]] Cell cell(qsizetype row, qsizetype column) const { return m_cells.at(column).at(row); }
    [[nodiscard]] bool isRagged() const { return m_isRagged; }
    /// The server stopped at its row cap; the true number of rows is not known.
    [[nodiscard]] bool isCapped() const { return m_isCapped; }
    void setCapped(bool isCapped) { m_isCapped = isCapped; }

    friend bool operator==(const Table&, const Table&) = default;

private:
    QList<Column> m_columns;
    QList<ColumnCells> m_cells;
    qsizetype m_rowCount = 0;
    qsizetype m_nextColumn = 0; ///< of the row that is being added
    bool m_isRagged = false;
    bool m_isCapped = false;
};

} // namespace kindling
