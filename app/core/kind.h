// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kindling {

/// The language of a session or a statement (Livy's `kind`). A shared session runs all of them.
enum class Kind { Shared, PySpark, Spark, SparkR, Sql, Unknown };

/// Livy's canonical wire word ("pyspark"); empty for Unknown.
[[nodiscard]] QString wireName(Kind kind);
/// Understands Livy's aliases (python, scala, r); anything else is Unknown.
[[nodiscard]] Kind kindFromWire(QStringView text);

} // namespace kindling
