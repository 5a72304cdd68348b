// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QTimeZone>
#include <QtTypes>

namespace kindling {

/// Which stretch of time is shown over how many pixels; all times are milliseconds of the epoch. At the end of time it
/// follows `now`; moved away from it, it stays where it is.
class TimeScale {
public:
    static constexpr qint64 shortest = 10'000;
    static constexpr qint64 longest = qint64(90) * 24 * 3600 * 1000;

    void setWidth(int pixels) { m_width = qMax(1, pixels); }
    /// Moves on where it follows.
    void setNow(qint64 now);
    /// The stretch shown, ending where it ended.
    void setSpan(qint64 span);
    void follow();
    /// Shows from there until now.
    void showFrom(qint64 begin);

    /// The time at pixel `x` stays there; `factor` above 1 shows less time. Following, the end stays instead.
    void zoom(double factor, double x);
    /// To the right for more than 0, that is, into the past. Ends at now, where it follows again.
    void pan(double pixels);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    [[nodiscard]] qint64 span() const { return m_span; }
    [[nodiscard]] qint64 begin() const { return end() - m_span; }
    [[nodiscard]] qint64 end() const;
    [[nodiscard]] double xOf(qint64 time) const;
    [[nodiscard]] qint64 timeAt(double x) const;

    /// Milliseconds between the marks of an axis that are at least `pixels` apart: a step people count in.
    [[nodiscard]] qint64 tickStep(int pixels) const;
    /// The times of the marks within what is shown: whole steps of the clock on the wall in `zone`, also where it is changed
    /// to or from summer time.
    [[nodiscard]] QList<qint64> ticks(qint64 step, const QTimeZone& zone) const;

private:
    /// A little of the future, so that "now" does not stick to the edge.
    [[nodiscard]] qint64 latestEnd() const { return m_now + m_span / 50; }

    int m_width = 1;
    qint64 m_now = 0;
    qint64 m_span = qint64(30) * 60 * 1000;
    qint64 m_end = 0; ///< where it does not follow
    bool m_isFollowing = true;
};

} // namespace kindling
