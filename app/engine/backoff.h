// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QRandomGenerator>

#include <chrono>

namespace kindling {

/// How long to wait after failures in a row: full jitter under a bound that doubles from 1 s to 30 s, never less than
/// the server asked for.
class Backoff {
public:
    using Duration = std::chrono::milliseconds;
    static constexpr Duration cap{ 30'000 };

    /// Counts one more failure.
    [[nodiscard]] Duration after(const Error& error);
    void reset() { m_failures = 0; }
    [[nodiscard]] int failures() const { return m_failures; }

private:
    int m_failures = 0;
    QRandomGenerator m_random = QRandomGenerator::securelySeeded();
};

} // namespace kindling
