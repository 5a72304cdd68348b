// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/resulttablemodel.h"

#include <algorithm>

namespace kindling {

namespace {
/// A decimal number taken apart: 0.digits × 10^exponent, without leading or trailing zeros in `digits`.
struct Decimal {
    bool isNumber = false;
    bool isNegative = false;
    qint64 exponent = 0;
    QString digits; ///< empty = zero
};

/// The digits with at most one point among them; -1 = something else stands there.
qint64 readDigits(QStringView text, QString& digits)
{
    qint64 beforePoint = -1;
    for (const QChar each : text) {
        if (each >= u'0' && each <= u'9')
            digits.append(each);
        else if (each == u'.' && beforePoint < 0)
            beforePoint = digits.size();
        else
            return -1;
    }
    if (digits.isEmpty())
        return -1;
    return beforePoint < 0 ? digits.size() : beforePoint;
}

Decimal parse(QStringView text)
{
    Decimal result;
    text = text.trimmed();
    result.isNegative = text.startsWith(u'-');
    if (result.isNegative || text.startsWith(u'+'))
        text = text.sliced(1);
    const qsizetype mark = std::min(text.size(), std::max(text.indexOf(u'e'), text.indexOf(u'E')));
    qint64 shift = 0;
    if (mark >= 0) {
        bool isShift = false;
        shift = text.sliced(mark + 1).toLongLong(&isShift);
        if (!isShift || std::abs(shift) > 1'000'000)
            return {};
        text = text.first(mark);
    }
    const qint64 beforePoint = readDigits(text, result.digits);
    if (beforePoint < 0)
        return {};
    result.isNumber = true;
    qsizetype leading = 0;
    while (leading < result.digits.size() && result.digits.at(leading) == u'0')
        ++leading;
    result.digits.remove(0, leading);
    while (result.digits.endsWith(u'0'))
        result.digits.chop(1);
    result.exponent = beforePoint - leading + shift;
    result.isNegative = result.isNegative && !result.digits.isEmpty();
    return result;
}

int compareMagnitude(const Decimal& left, const Decimal& right)
{
    if (left.digits.isEmpty() || right.digits.isEmpty())
        return static_cast<int>(!left.digits.isEmpty()) - static_cast<int>(!right.digits.isEmpty());
    if (left.exponent != right.exponent)
        return left.exponent < right.exponent ? -1 : 1;
    const int order = left.digits.compare(right.digits);
    return order < 0 ? -1 : static_cast<int>(order > 0);
}
}

int compareDecimals(QStringView left, QStringView right)
{
    const Decimal first = parse(left);
    const Decimal second = parse(right);
    if (first.isNumber != second.isNumber)
        return first.isNumber ? -1 : 1;
    if (!first.isNumber) {
        const int order = left.compare(right);
        return order < 0 ? -1 : static_cast<int>(order > 0);
    }
    if (first.isNegative != second.isNegative)
        return first.isNegative ? -1 : 1;
    const int order = compareMagnitude(first, second);
    return first.isNegative ? -order : order;
}

} // namespace kindling
