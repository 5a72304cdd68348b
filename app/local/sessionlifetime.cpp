// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/sessionlifetime.h"

namespace kindling::local {

SessionLifetime::SessionLifetime(const SessionRequest& request, Clock::Duration idle, Clock::Duration now)
    : m_started(now)
    , m_lastBeat(now)
    , m_lastActivity(now)
    , m_idle(request.idleTimeout.isNull() ? idle : Clock::Duration{ durationMs(request.idleTimeout) })
{
    if (request.heartbeatSeconds > 0)
        m_heartbeat = std::chrono::seconds(request.heartbeatSeconds);
    if (!request.ttl.isNull())
        m_ttl = Clock::Duration{ durationMs(request.ttl) };
}

bool SessionLifetime::isOver(Clock::Duration now, bool isBusy) const
{
    if (m_heartbeat && now - m_lastBeat > *m_heartbeat)
        return true;
    if (m_ended)
        return now - *m_ended > retention;
    if (m_ttl && now - m_started > *m_ttl)
        return true;
    return !isBusy && now - m_lastActivity > m_idle;
}

} // namespace kindling::local
