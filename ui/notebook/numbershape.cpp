// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/numbershape.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr qsizetype sampledRows = 1000;
/// Of a whole table: the window does not wait for more.
constexpr qsizetype sampledCells = 20'000;
constexpr qsizetype groupedFrom = 5;
constexpr QChar narrowSpace(0x202f);

struct PlainNumber {
    qsizetype first = 0;  ///< of its digits before the point
    qsizetype whole = 0;  ///< how many these are; 0 = not a plain number
    qsizetype behind = 0; ///< digits behind the point
};

qsizetype digitsFrom(QStringView text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() && text.at(end) >= u'0' && text.at(end) <= u'9')
        ++end;
    return end - from;
}

PlainNumber plainNumber(QStringView text)
{
    PlainNumber number;
    number.first = text.startsWith(u'-') ? 1 : 0;
    number.whole = digitsFrom(text, number.first);
    qsizetype end = number.first + number.whole;
    if (end < text.size() && text.at(end) == u'.') {
        number.behind = digitsFrom(text, end + 1);
        end += 1 + number.behind;
    }
    return end == text.size() ? number : PlainNumber{};
}
}

int decimalsOf(QStringView text)
{
    const PlainNumber number = plainNumber(text);
    return number.whole > 0 ? static_cast<int>(number.behind) : -1;
}

NumberShape shapeOf(const Table& table, qsizetype column)
{
    NumberShape shape;
    if (!isNumeric(table.column(column).type))
        return shape;
    const qsizetype rows = std::min({ sampledRows, table.rowCount(), 1 + sampledCells / table.columnCount() });
    for (qsizetype row = 0; row < rows; ++row) {
        const PlainNumber number = plainNumber(displayText(table.cell(row, column)));
        if (number.whole == 0)
            continue;
        shape.isGrouped = shape.isGrouped || number.whole >= groupedFrom;
        shape.decimals = std::max(shape.decimals, static_cast<int>(number.behind));
    }
    return shape;
}

QString groupedDigits(const QString& text)
{
    const PlainNumber number = plainNumber(text);
    QString grouped = text;
    for (qsizetype left = number.whole - 3; left > 0; left -= 3)
        grouped.insert(number.first + left, narrowSpace);
    return grouped;
}

} // namespace kindling
