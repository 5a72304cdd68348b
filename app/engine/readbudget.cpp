// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/readbudget.h"

#include <algorithm>
#include <cmath>

namespace kindling {

using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration rateWindow = 5s;

double reserveOf(ReadBudget::Lane lane)
{
    switch (lane) {
    case ReadBudget::Lane::Statement:
        return 0;
    case ReadBudget::Lane::Log:
        return 5;
    case ReadBudget::Lane::List:
        return 10;
    case ReadBudget::Lane::Background:
        return 15;
    }
    return 0;
}

/// A wait may have to be repeated; the shared slot lets one handle cancel whichever is pending.
void waitInto(const std::shared_ptr<RequestHandle>& slot, ReadBudget* budget, ReadBudget::Lane lane,
    std::pair<Clock*, QObject*> where, std::function<void()> go)
{
    const Clock::Duration wait = budget ? budget->take(lane) : Clock::Duration(0);
    if (wait == Clock::Duration(0)) {
        go();
        return;
    }
    *slot = where.first->after(wait, where.second, [slot, budget, lane, where, go = std::move(go)]() mutable {
        waitInto(slot, budget, lane, where, std::move(go));
    });
}
}

ReadBudget::ReadBudget(const Clock& clock)
    : m_clock(clock)
    , m_refilled(clock.steady())
{
}

Clock::Duration ReadBudget::take(Lane lane)
{
    refill();
    const double needed = 1 + reserveOf(lane);
    // the tolerance absorbs the rounding of a wait to whole milliseconds
    if (m_tokens + 1e-6 >= needed) {
        m_tokens -= 1;
        m_taken.removeIf([since = m_refilled - rateWindow](Clock::Duration when) { return when <= since; });
        m_taken.append(m_refilled);
        return Clock::Duration(0);
    }
    const double milliseconds = std::ceil((needed - m_tokens) / perSecond * 1000);
    return Clock::Duration(std::max<Clock::Duration::rep>(1, static_cast<Clock::Duration::rep>(milliseconds)));
}

double ReadBudget::rate() const
{
    const Clock::Duration since = m_clock.steady() - rateWindow;
    const auto count = std::ranges::count_if(m_taken, [since](Clock::Duration when) { return when > since; });
    return static_cast<double>(count) / std::chrono::duration<double>(rateWindow).count();
}

void ReadBudget::refill()
{
    const Clock::Duration now = m_clock.steady();
    const double seconds = static_cast<double>((now - m_refilled).count()) / 1000;
    m_tokens = std::min(burst, m_tokens + std::max(0.0, seconds) * perSecond);
    m_refilled = now;
}

RequestHandle whenAffordable(ReadBudget* budget, ReadBudget::Lane lane, Clock& clock, QObject* context, std::function<void()> go)
{
    const auto slot = std::make_shared<RequestHandle>();
    waitInto(slot, budget, lane, { &clock, context }, std::move(go));
    return RequestHandle([slot] { slot->cancel(); });
}

} // namespace kindling
