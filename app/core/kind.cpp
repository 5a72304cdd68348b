// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/kind.h"

#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array<std::pair<QLatin1StringView, Kind>, 10> kindWords{ {
    { "shared"_L1, Kind::Shared },
    { "pyspark"_L1, Kind::PySpark },
    { "spark"_L1, Kind::Spark },
    { "sparkr"_L1, Kind::SparkR },
    { "sql"_L1, Kind::Sql },
    { "python"_L1, Kind::PySpark },
    { "pyspark3"_L1, Kind::PySpark },
    { "scala"_L1, Kind::Spark },
    { "r"_L1, Kind::SparkR },
    { "spark-sql"_L1, Kind::Sql },
} };
}

QString wireName(Kind kind)
{
    for (const auto& [word, value] : kindWords) {
        if (value == kind)
            return word;
    }
    return {};
}

Kind kindFromWire(QStringView text)
{
    for (const auto& [word, value] : kindWords) {
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            return value;
    }
    return Kind::Unknown;
}

} // namespace kindling
