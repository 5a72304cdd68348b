// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/timescale.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace kindling {

namespace {
constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr std::array<qint64, 22> steps{ second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second, minute, 2 * minute, 5 * minute,
    10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 28 * day };

/// How far the clock on the wall is ahead then.
qint64 aheadAt(qint64 time, const QTimeZone& zone)
{
    return qint64(QDateTime::fromMSecsSinceEpoch(time, zone).offsetFromUtc()) * second;
}

/// The next time after `time` at which a clock that is ahead by so much shows a whole step.
qint64 wholeStepAfter(qint64 time, qint64 step, qint64 ahead)
{
    return ((time + ahead) / step + 1) * step - ahead;
}

qint64 nextTick(qint64 time, qint64 step, const QTimeZone& zone)
{
    const qint64 next = wholeStepAfter(time, step, aheadAt(time, zone));
    const qint64 ahead = aheadAt(next, zone);
    if (ahead == aheadAt(time, zone))
        return next;
    // the clock was changed in between: the first whole step that it shows since
    const qint64 changed = wholeStepAfter(time, step, ahead);
    return aheadAt(changed, zone) == ahead ? changed : changed + step;
}
}

void TimeScale::setNow(qint64 now)
{
    m_now = now;
}

void TimeScale::setSpan(qint64 span)
{
    m_span = std::clamp(span, shortest, longest);
}

void TimeScale::follow()
{
    m_isFollowing = true;
}

void TimeScale::showFrom(qint64 begin)
{
    follow();
    // The end lies span / 50 ahead of now.
    setSpan((m_now - begin) * 50 / 49);
}

void TimeScale::zoom(double factor, double x)
{
    const qint64 time = timeAt(x);
    const double share = x / m_width;
    setSpan(std::llround(static_cast<double>(m_span) / factor));
    if (m_isFollowing)
        return;
    m_end = time + std::llround(static_cast<double>(m_span) * (1 - share));
    pan(0);
}

void TimeScale::pan(double pixels)
{
    m_end = end() - std::llround(pixels / m_width * static_cast<double>(m_span));
    m_isFollowing = m_end >= latestEnd();
}

qint64 TimeScale::end() const
{
    return m_isFollowing ? latestEnd() : m_end;
}

double TimeScale::xOf(qint64 time) const
{
    return static_cast<double>(time - begin()) / static_cast<double>(m_span) * m_width;
}

qint64 TimeScale::timeAt(double x) const
{
    return begin() + std::llround(x / m_width * static_cast<double>(m_span));
}

qint64 TimeScale::tickStep(int pixels) const
{
    const qint64 least = m_span * pixels / m_width;
    const auto* step = std::ranges::lower_bound(steps, least);
    return step == steps.end() ? steps.back() : *step;
}

QList<qint64> TimeScale::ticks(qint64 step, const QTimeZone& zone) const
{
    QList<qint64> times;
    for (qint64 time = nextTick(begin(), step, zone); time < end(); time = nextTick(time, step, zone))
        times += time;
    return times;
}

} // namespace kindling
