// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"

namespace kindling {

/// "512m", "4g", "2048" (bytes), as Spark writes sizes, in MiB; 0 = not told, or not understood.
[[nodiscard]] double memoryMiB(const QString& text);
/// What driver and executors may take in all, as far as the server tells; 0 = not told.
[[nodiscard]] double memoryMiB(const SparkItem& item);
[[nodiscard]] qint64 coresOf(const SparkItem& item);
/// Both, and how many executors: else the two above are the least that it may take.
[[nodiscard]] bool isSizeKnown(const SparkItem& item);

} // namespace kindling
