// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/keepalive.h"

#include <algorithm>

namespace kindling {

using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration leastRest = 5s;
constexpr Clock::Duration longestRest = 24h;
constexpr Clock::Duration afterFailure = 30s;
}

KeepAlive::KeepAlive(Touch touch, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_touch(std::move(touch))
    , m_clock(clock)
{
}

void KeepAlive::keep(const QString& session, Clock::Duration idleTimeout)
{
    m_kept[session].rest = std::clamp(idleTimeout / 2, leastRest, longestRest);
    touchAfter(session, Clock::Duration(0));
}

void KeepAlive::release(const QString& session)
{
    if (const auto at = m_kept.find(session); at != m_kept.end()) {
        at->timer.cancel();
        m_kept.erase(at);
    }
}

void KeepAlive::releaseAll()
{
    for (Kept& each : m_kept)
        each.timer.cancel();
    m_kept.clear();
}

void KeepAlive::acted(const QString& session)
{
    if (const auto at = m_kept.constFind(session); at != m_kept.cend())
        touchAfter(session, at->rest);
}

void KeepAlive::touchAll()
{
    for (const QString& session : m_kept.keys())
        touchAfter(session, Clock::Duration(0));
}

void KeepAlive::failed(const QString& session)
{
    if (const auto at = m_kept.constFind(session); at != m_kept.cend())
        touchAfter(session, std::min(at->rest, afterFailure));
}

void KeepAlive::touchAfter(const QString& session, Clock::Duration delay)
{
    Kept& kept = m_kept[session];
    kept.timer.cancel();
    kept.timer = m_clock.after(delay, this, [this, session] { m_touch(session); });
}

} // namespace kindling
