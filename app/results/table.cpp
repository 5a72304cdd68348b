// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results/table.h"

#include <array>
#include <charconv>
#include <cmath>

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

Table::Table(QList<Column> columns)
    : m_columns(std::move(columns))
    , m_cells(m_columns.size())
{
}

void Table::reserveRows(qsizetype rows)
{
    for (QList<Cell>& column : m_cells)
        column.reserve(rows);
}

void Table::appendRow(QList<Cell> cells)
{
    if (cells.size() != m_columns.size()) {
        m_isRagged = true;
        cells.resize(m_columns.size());
    }
    for (qsizetype column = 0; column < cells.size(); ++column)
        m_cells[column].append(std::move(cells[column]));
    ++m_rowCount;
}

} // namespace kindling
