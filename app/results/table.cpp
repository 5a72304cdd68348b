// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QString numberText(double value)
{
    if (std::isnan(value))
        return u"NaN"_s;
    if (std::isinf(value))
        return value > 0 ? u"Infinity"_s : u"-Infinity"_s;
    // Plain digits in the range people read at a glance; to_chars alone would already write 1e+06.
    const double size = std::abs(value);
    const bool isPlain = size == 0.0 || (size >= 1e-5 && size < 1e17);
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   isPlain ? std::chars_format::fixed : std::chars_format::scientific);
    return QString::fromLatin1(buffer.data(), end.ptr - buffer.data());
}

struct CellText {
    QString operator()(std::monostate) const { return {}; }
    QString operator()(bool value) const { return value ? u"true"_s : u"false"_s; }
    QString operator()(std::int64_t value) const { return QString::number(value); }
    QString operator()(double value) const { return numberText(value); }
    QString operator()(const QString& value) const { return value; }
};
}

QString displayText(const Cell& cell)
{
    return std::visit(CellText{}, cell);
}

bool isNumeric(ColumnType type)
{
    return type == ColumnType::Integer || type == ColumnType::Real || type == ColumnType::Decimal;
}

void ColumnCells::reserve(qsizetype rows)
{
    m_types.reserve(static_cast<size_t>(rows));
    m_values.reserve(static_cast<size_t>(rows));
}

void ColumnCells::expect(double times)
{
    const auto reserveFor = [times](auto& values) { values.reserve(static_cast<size_t>(times * static_cast<double>(values.size()))); };
    reserveFor(m_types);
    reserveFor(m_values);
    reserveFor(m_texts);
}

void ColumnCells::squeeze()
{
    // A little room that was never written to costs less than to copy the rest.
    const auto trim = [](auto& values) {
        if (values.capacity() - values.size() > values.size() / 8)
            values.shrink_to_fit();
    };
    trim(m_types);
    trim(m_values);
    trim(m_texts);
}

void ColumnCells::add(Type type, quint64 value)
{
    m_types.push_back(type);
    m_values.push_back(value);
}

void ColumnCells::append(const Cell& cell)
{
    if (const auto* text = std::get_if<QString>(&cell))
        appendText(text->toUtf8());
    else if (const auto* real = std::get_if<double>(&cell))
        appendReal(*real);
    else if (const auto* integer = std::get_if<std::int64_t>(&cell))
        appendInteger(*integer);
    else if (const bool* boolean = std::get_if<bool>(&cell))
        add(Type::Boolean, *boolean ? 1 : 0);
    else
        add(Type::Null, 0);
}

void ColumnCells::appendText(QByteArrayView utf8)
{
    const size_t start = m_texts.size();
    const auto size = static_cast<quint64>(utf8.size());
    m_texts.resize(start + sizeof size + static_cast<size_t>(utf8.size()));
    std::memcpy(m_texts.data() + start, &size, sizeof size);
    std::ranges::copy(utf8, m_texts.data() + start + sizeof size);
    add(Type::Text, start);
}

std::optional<double> ColumnCells::real(qsizetype row) const
{
    return is(row, Type::Real) ? std::optional(std::bit_cast<double>(m_values[static_cast<size_t>(row)])) : std::nullopt;
}

std::optional<std::int64_t> ColumnCells::integer(qsizetype row) const
{
    return is(row, Type::Integer) ? std::optional(std::bit_cast<std::int64_t>(m_values[static_cast<size_t>(row)])) : std::nullopt;
}

std::optional<QByteArrayView> ColumnCells::text(qsizetype row) const
{
    if (!is(row, Type::Text))
        return std::nullopt;
    const char* start = m_texts.data() + m_values[static_cast<size_t>(row)];
    quint64 size = 0;
    std::memcpy(&size, start, sizeof size);
    return QByteArrayView(start + sizeof size, static_cast<qsizetype>(size));
}

Cell ColumnCells::at(qsizetype row) const
{
    const quint64 value = m_values[static_cast<size_t>(row)];
    switch (m_types[static_cast<size_t>(row)]) {
    case Type::Null: return {};
    case Type::Boolean: return value != 0;
    case Type::Integer: return std::bit_cast<std::int64_t>(value);
    case Type::Real: return std::bit_cast<double>(value);
    case Type::Text: return QString::fromUtf8(*text(row));
    }
    return {};
}

Table::Table(QList<Column> columns)
    : m_columns(std::move(columns))
    , m_cells(m_columns.size())
{
}

void Table::reserveRows(qsizetype rows)
{
    for (ColumnCells& column : m_cells)
        column.reserve(rows);
}

void Table::expect(double times)
{
    for (ColumnCells& column : m_cells)
        column.expect(times);
}

void Table::squeeze()
{
    for (ColumnCells& column : m_cells)
        column.squeeze();
}

void Table::appendRow(const QList<Cell>& cells)
{
    for (const Cell& cell : cells)
        addCell(cell);
    endRow();
}

void Table::addCell(const Cell& cell)
{
    if (m_nextColumn < m_columns.size())
        m_cells[m_nextColumn].append(cell);
    ++m_nextColumn;
}

void Table::addReal(double value)
{
    if (m_nextColumn < m_columns.size())
        m_cells[m_nextColumn].appendReal(value);
    ++m_nextColumn;
}

void Table::addInteger(std::int64_t value)
{
    if (m_nextColumn < m_columns.size())
        m_cells[m_nextColumn].appendInteger(value);
    ++m_nextColumn;
}

void Table::addText(QByteArrayView utf8)
{
    if (m_nextColumn < m_columns.size())
        m_cells[m_nextColumn].appendText(utf8);
    ++m_nextColumn;
}

void Table::endRow()
{
    m_isRagged = m_isRagged || m_nextColumn != m_columns.size();
    while (m_nextColumn < m_columns.size())
        addCell({});
    m_nextColumn = 0;
    ++m_rowCount;
}

} // namespace kindling
