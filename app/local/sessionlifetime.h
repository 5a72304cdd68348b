// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/requests.h"

#include <optional>

namespace kindling::local {

/// Livy looks this often for what has outlived its time.
constexpr Clock::Duration sweepInterval{ 60'000 };
/// An ended session or batch is shown this long.
constexpr Clock::Duration retention{ 600'000 };

/// When a session has outlived its time (livy-protocol 2.4). All times are the clock's steady ones.
class SessionLifetime {
public:
    /// `idle`: the idle time-out where the request names none.
    SessionLifetime(const SessionRequest& request, Clock::Duration idle, Clock::Duration now);

    /// Somebody asked for this session.
    void beat(Clock::Duration now) { m_lastBeat = now; }
    /// Somebody used it: the idle time begins anew.
    void act(Clock::Duration now) { m_lastActivity = now; }
    void end(Clock::Duration now) { m_ended = now; }
    /// A busy session is not idle, however long its statement takes.
    [[nodiscard]] bool isOver(Clock::Duration now, bool isBusy) const;

private:
    Clock::Duration m_started;
    Clock::Duration m_lastBeat;
    Clock::Duration m_lastActivity;
    std::optional<Clock::Duration> m_ended;
    std::optional<Clock::Duration> m_heartbeat;
    std::optional<Clock::Duration> m_ttl;
    Clock::Duration m_idle;
};

} // namespace kindling::local
