// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"

#include <chrono>
#include <optional>

namespace kindling {

/// A time as Livy writes it ("30m", "8h", "90000" = milliseconds); nullopt = none, or not one.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseTimeText(QStringView text);

/// When a session would end by itself, as far as its own fields and what we saw tell; invalid = not told.
struct Expiry {
    QDateTime idle; ///< it lives at least until then: others may have used it since
    QDateTime life; ///< its ttl, counted from its start or, where that was not seen, from our first sight

    friend bool operator==(const Expiry&, const Expiry&) = default;
};

/// `lastActivity`: the last that counts for the server (livy-protocol 2.4) that we know of; invalid = none.
/// `version` tells what `ttl` means; `born` is when we first saw it.
[[nodiscard]] Expiry expiryOf(const TrackedItem& item, const ServerVersion& version, const QDateTime& lastActivity, const QDateTime& born);

} // namespace kindling
