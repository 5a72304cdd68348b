// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/table.h"

namespace kindling {

/// How the numbers of one column stand under each other.
struct NumberShape {
    bool isGrouped = false; ///< some number has five digits before its point: groups of three help; years stay whole
    int decimals = 0;       ///< the most digits behind a point

    friend bool operator==(const NumberShape&, const NumberShape&) = default;
};

/// Digits behind the point of a plain decimal number, 0 without one; -1 for anything else (1e-7, NaN, text).
[[nodiscard]] int decimalsOf(QStringView text);
/// By the first rows, fewer where there are many columns; of a column that is not numeric: nothing is grouped.
[[nodiscard]] NumberShape shapeOf(const Table& table, qsizetype column);
/// "1284310.50" → "1 284 310.50", with narrow spaces that do not break; what is no plain number stays.
[[nodiscard]] QString groupedDigits(const QString& text);

} // namespace kindling
