// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/output.h"

#include <optional>

namespace kindling {

struct UnpackedOutput {
    Output output;
    bool isWhole = true; ///< else parts were left out for their size
};

/// An output in few bytes, for the database. Parts beyond `mostBytes` in all are left out, the largest first.
[[nodiscard]] QByteArray packOutput(const Output& output, qsizetype mostBytes = 8 * 1024 * 1024);
/// nullopt = not what packOutput made.
[[nodiscard]] std::optional<UnpackedOutput> unpackOutput(const QByteArray& packed);

} // namespace kindling
