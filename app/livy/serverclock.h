// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transport.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace kindling {

struct Statement;
struct StatementPage;

/// The moment of an HTTP date (RFC 9110, 5.6.7), in UTC; nullopt where it is none.
[[nodiscard]] std::optional<QDateTime> httpDate(const QByteArray& value);

/// How far a server's clock is ahead of ours, as the `Date` of its answers tells: to a second by one answer, closer by
/// several. What differs by less than two seconds counts as the same time.
class ServerClock {
public:
    /// An answer that a cache may have kept tells nothing.
    void note(const HttpResponse& response);
    /// Negative = behind; 0 = the same, or not known.
    [[nodiscard]] std::chrono::milliseconds ahead() const { return m_ahead; }
    /// A moment of the server's clock on ours; an invalid one stays so.
    [[nodiscard]] QDateTime toOurs(const QDateTime& theirs) const;
    void toOurs(Statement& statement) const;
    void toOurs(StatementPage& page) const;

private:
    struct Bounds {
        std::chrono::milliseconds least{ 0 };
        std::chrono::milliseconds most{ 0 };
    };
    std::optional<Bounds> m_bounds; ///< of what it is ahead
    std::chrono::milliseconds m_ahead{ 0 };
};

} // namespace kindling
