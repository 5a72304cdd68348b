// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/wakewatch.h"

namespace kindling {

using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration betweenTicks = 5s;
/// A clock that is kept right moves by less.
constexpr Clock::Duration shortestSleep = 5s;
}

WakeWatch::WakeWatch(Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void WakeWatch::start()
{
    m_lead = lead();
    m_timer.cancel();
    m_timer = m_clock.after(betweenTicks, this, [this] { tick(); });
}

void WakeWatch::stop()
{
    m_timer.cancel();
}

void WakeWatch::tick()
{
    const Clock::Duration before = m_lead;
    start();
    if (m_lead - before >= shortestSleep)
        Q_EMIT woke();
}

Clock::Duration WakeWatch::lead() const
{
    return Clock::Duration(m_clock.now().toMSecsSinceEpoch()) - m_clock.steady();
}

} // namespace kindling
