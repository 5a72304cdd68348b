// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/watchedlogs.h"

#include "app/engine/logtailer.h"
#include "app/engine/problems.h"

#include <algorithm>
#include <array>
#include <tuple>

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

/// Does it say something of the one log only?
bool isOfOneLog(const Error& problem)
{
    return problem.kind == ErrorKind::NotFound || problem.kind == ErrorKind::Rejected || problem.kind == ErrorKind::Forbidden
        || problem == noProblem();
}

/// How the next look is chosen. In turns, so that neither many that print nor many that change take every look.
enum class Choice { ChangedFirst, UrgentFirst, LongestOverdue };
constexpr std::array turns{ Choice::ChangedFirst, Choice::UrgentFirst, Choice::ChangedFirst, Choice::LongestOverdue };
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
    followed.due = m_clock.steady();
    planFor(followed.due);
}

void WatchedLogs::hurry(const Place& place)
{
    const auto at = m_followed.find(place);
    if (at == m_followed.end())
        return;
    at->rest = leastRest(at->isUrgent);
    at->due = m_clock.steady();
    at->hasChanged = true;
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
    m_backoff.reset();
    m_restsUntil = Clock::Duration(0);
    m_isLooking = false;
}

void WatchedLogs::pause()
{
    m_isPaused = true;
    m_timer.cancel();
    m_planned.reset();
}

void WatchedLogs::resume()
{
    if (!std::exchange(m_isPaused, false))
        return;
    // the lists may be read where a log is not
    m_restsUntil = std::max(m_restsUntil, m_clock.steady() + m_backoff.after(noProblem()));
    plan();
}

void WatchedLogs::plan()
{
    m_planned.reset();
    if (!m_followed.isEmpty())
        planFor(std::ranges::min_element(m_followed, {}, &Followed::due)->due);
}

void WatchedLogs::planFor(Clock::Duration due)
{
    due = std::max(due, m_restsUntil);
    if (m_isLooking || m_isPaused || (m_planned && *m_planned <= due))
        return;
    m_planned = due;
    m_timer.cancel();
    m_timer = m_clock.after(std::max(betweenLooks, due - m_clock.steady()), this, [this] {
        m_timer = whenAffordable(&m_budget, ReadBudget::Lane::Background, m_clock, this, [this] { lookAtNext(); });
    });
}

auto WatchedLogs::chooseNext(Clock::Duration now) -> QHash<Place, Followed>::iterator
{
    const Choice choice = turns.at(m_turn++ % turns.size());
    const auto rank = [choice](const Followed& each) {
        const bool isFirst = choice == Choice::ChangedFirst && each.hasChanged;
        const bool isLater = choice != Choice::LongestOverdue && !each.isUrgent;
        return std::tuple(!isFirst, isLater, each.due);
    };
    auto next = m_followed.end();
    for (auto each = m_followed.begin(); each != m_followed.end(); ++each) {
        if (each->due <= now && (next == m_followed.end() || rank(*each) < rank(*next)))
            next = each;
    }
    return next;
}

void WatchedLogs::lookAtNext()
{
    const Clock::Duration now = m_clock.steady();
    const auto next = chooseNext(now);
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
    next->hasChanged = false;
    if (tailer->isWatched()) { // somebody has it open, and so it is read already
        plan();
        return;
    }
    m_isLooking = true;
    connect(tailer, &LogTailer::looked, this, [this, place, tailer](qsizetype fresh) {
        if (fresh < 0)
            onFailed(place, tailer->problem());
        else
            m_backoff.reset();
        onLooked(place, fresh);
    }, Qt::SingleShotConnection);
    tailer->lookInBackground();
}

void WatchedLogs::onFailed(const Place& place, const Error& problem)
{
    if (needsPerson(problem))
        pause();
    else if (problem.kind == ErrorKind::Forbidden)
        leave(place);
    else if (!isOfOneLog(problem))
        m_restsUntil = m_clock.steady() + m_backoff.after(problem);
}

void WatchedLogs::onLooked(const Place& place, qsizetype freshLines)
{
    if (const auto at = m_followed.find(place); at != m_followed.end()) {
        const Clock::Duration least = leastRest(at->isUrgent);
        at->rest = freshLines >= manyLines ? least : std::clamp(freshLines > 0 ? at->rest : at->rest * 2, least, longestRest);
        if (!at->hasChanged) // or the answer may not know of the change yet
            at->due = std::max(at->due, m_clock.steady() + at->rest);
    }
    if (std::exchange(m_isLooking, false))
        plan();
}

} // namespace kindling
