// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/backoff.h"

#include <algorithm>

namespace kindling {

Backoff::Duration Backoff::after(const Error& error)
{
    m_failures = std::min(m_failures + 1, 16);
    const Duration bound = std::min(cap, Duration(1000 << std::min(m_failures - 1, 5)));
    // a floor keeps a jitter near zero from hammering a server that fails at once
    const Duration jittered = std::max(Duration(100), Duration(m_random.bounded(static_cast<int>(bound.count()) + 1)));
    return error.retryAfter ? std::max<Duration>(jittered, *error.retryAfter) : jittered;
}

} // namespace kindling
