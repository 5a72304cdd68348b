// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/machinelimits.h"

#include <algorithm>
#include <limits>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr qint64 mib = 1024 * 1024;
constexpr qint64 gib = 1024 * mib;
constexpr qint64 forTheRest = 2 * gib;
constexpr qint64 besideTheHeap = gib / 2;
}

qint64 MachineLimits::driversBytes() const
{
    return std::max(memoryBytes - forTheRest, sessions * driverBytes({}));
}

qint64 MachineLimits::heapBytes(const Resources& resources) const
{
    for (const QString& size : { resources.driverMemory, resources.conf.value(u"spark.driver.memory"_s), driverMemory }) {
        if (const auto heap = sparkBytes(size))
            return *heap;
    }
    return gib; // Spark's own default
}

qint64 MachineLimits::driverBytes(const Resources& resources) const
{
    return std::min(heapBytes(resources), std::numeric_limits<qint64>::max() / 2) + besideTheHeap;
}

MachineLimits limitsFor(qint64 memoryBytes)
{
    const bool isSmall = memoryBytes < 3 * gib;
    const qint64 heap = isSmall ? gib / 2 : gib;
    const qint64 sessions = std::max<qint64>(1, (memoryBytes - forTheRest) / (heap + besideTheHeap));
    return { .memoryBytes = memoryBytes, .sessions = static_cast<int>(std::min<qint64>(sessions, 100)),
        .driverMemory = isSmall ? u"512m"_s : u"1g"_s };
}

qint64 machineMemoryBytes()
{
    return qint64{ ::sysconf(_SC_PHYS_PAGES) } * ::sysconf(_SC_PAGESIZE);
}

std::optional<qint64> sparkBytes(const QString& text)
{
    qsizetype digits = 0;
    while (digits < text.size() && text.at(digits) >= u'0' && text.at(digits) <= u'9')
        ++digits;
    bool isNumber = false;
    const qint64 number = text.left(digits).toLongLong(&isNumber);
    QString unit = text.mid(digits).toLower();
    if (unit.size() == 2 && unit.endsWith(u'b'))
        unit.chop(1);
    static const QMap<QString, qint64> units{ { u""_s, mib }, { u"b"_s, 1 }, { u"k"_s, 1024 }, { u"m"_s, mib }, { u"g"_s, gib },
        { u"t"_s, 1024 * gib } };
    if (!isNumber || !units.contains(unit))
        return std::nullopt;
    return number > std::numeric_limits<qint64>::max() / units.value(unit) ? std::numeric_limits<qint64>::max()
                                                                            : number * units.value(unit);
}

} // namespace kindling::local
