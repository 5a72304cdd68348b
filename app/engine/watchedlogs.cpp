// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/watchedlogs.h"

#include "app/engine/logtailer.h"

#include <algorithm>

namespace kindling {

using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration urgentRest = 2s;
constexpr Clock::Duration usualRest = 8s;
constexpr Clock::Duration longestRest = 60s;
constexpr Clock::Duration betweenLooks = 250ms; ///< four looks a second are the most
constexpr qsizetype manyLines = 50;             ///< a quarter of what the server keeps

Clock::Duration leastRest(bool isUrgent)
{
    return isUrgent ? urgentRest : usualRest;
}
}

WatchedLogs::WatchedLogs(TailerOf tailerOf, ReadBudget& budget, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_tailerOf(std::move(tailerOf))
    , m_budget(budget)
    , m_clock(clock)
{
}

void WatchedLogs::follow(const Place& place, bool isUrgent)
{
    const bool isNew = !m_followed.contains(place);
    Followed& followed = m_followed[place];
    followed.isUrgent = isUrgent;
    if (!isNew)
        return;
    followed.rest = leastRest(isUrgent);
    followed.due = m_clock.steady() + followed.rest;
    planFor(followed.due);
}

void WatchedLogs::hurry(const Place& place)
{
    const auto at = m_followed.find(place);
    if (at == m_followed.end())
        return;
    at->rest = leastRest(at->isUrgent);
    at->due = m_clock.steady();
    planFor(at->due);
}

void WatchedLogs::leave(const Place& place)
{
    m_followed.remove(place);
}

void WatchedLogs::leaveAll()
{
    m_followed.clear();
    m_timer.cancel();
    m_planned.reset();
    m_isLooking = false;
}

void WatchedLogs::plan()
{
    m_planned.reset();
    if (!m_followed.isEmpty())
        planFor(std::ranges::min_element(m_followed, {}, &Followed::due)->due);
}

void WatchedLogs::planFor(Clock::Duration due)
{
    if (m_isLooking || (m_planned && *m_planned <= due))
        return;
    m_planned = due;
    m_timer.cancel();
    m_timer = m_clock.after(std::max(betweenLooks, due - m_clock.steady()), this, [this] {
        m_timer = whenAffordable(&m_budget, ReadBudget::Lane::Background, m_clock, this, [this] { lookAtNext(); });
    });
}

void WatchedLogs::lookAtNext()
{
    const Clock::Duration now = m_clock.steady();
    auto next = m_followed.end();
    for (auto each = m_followed.begin(); each != m_followed.end(); ++each) {
        const bool isMoreUrgent = next == m_followed.end() || std::pair(!each->isUrgent, each->due) < std::pair(!next->isUrgent, next->due);
        if (each->due <= now && isMoreUrgent)
            next = each;
    }
    if (next == m_followed.end()) {
        plan();
        return;
    }
    const Place place = next.key();
    LogTailer* tailer = m_tailerOf(place.type, place.id);
    if (!tailer || tailer->hasSeenEnd()) {
        leave(place);
        plan();
        return;
    }
    next->due = now + next->rest;
    if (tailer->isWatched()) { // somebody has it open, and so it is read already
        plan();
        return;
    }
    m_isLooking = true;
    connect(tailer, &LogTailer::looked, this, [this, place](qsizetype fresh) { onLooked(place, fresh); }, Qt::SingleShotConnection);
    tailer->lookInBackground();
}

void WatchedLogs::onLooked(const Place& place, qsizetype freshLines)
{
    if (const auto at = m_followed.find(place); at != m_followed.end()) {
        const Clock::Duration least = leastRest(at->isUrgent);
        at->rest = freshLines >= manyLines ? least : std::clamp(freshLines > 0 ? at->rest : at->rest * 2, least, longestRest);
        at->due = std::max(at->due, m_clock.steady() + at->rest);
    }
    if (std::exchange(m_isLooking, false))
        plan();
}

} // namespace kindling
