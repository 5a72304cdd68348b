// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/itemsizes.h"

#include <algorithm>

namespace kindling {

double memoryMiB(const QString& text)
{
    const QString lower = text.trimmed().toLower();
    qsizetype digits = 0;
    while (digits < lower.size() && (lower.at(digits).isDigit() || lower.at(digits) == u'.'))
        ++digits;
    const double number = lower.first(digits).toDouble();
    const QStringView unit = QStringView(lower).sliced(digits);
    if (unit.startsWith(u't'))
        return number * 1024 * 1024;
    if (unit.startsWith(u'g'))
        return number * 1024;
    if (unit.startsWith(u'm'))
        return number;
    return unit.startsWith(u'k') ? number / 1024 : number / 1024 / 1024;
}

double memoryMiB(const SparkItem& item)
{
    return memoryMiB(item.driverMemory) + memoryMiB(item.executorMemory) * std::max(1, item.numExecutors);
}

qint64 coresOf(const SparkItem& item)
{
    return item.driverCores + qint64{ item.executorCores } * std::max(1, item.numExecutors);
}

bool isSizeKnown(const SparkItem& item)
{
    return coresOf(item) > 0 && memoryMiB(item) > 0 && item.numExecutors > 0;
}

} // namespace kindling
