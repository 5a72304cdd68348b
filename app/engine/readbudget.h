// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QList>

#include <functional>

namespace kindling {

/// What may be asked of one server in all: a token bucket of 10 reads a second with a burst of 30. What nobody looks
/// at yields first, then lists, a running statement last: a lane may only take while its reserve for the lanes above it is there.
class ReadBudget {
public:
    enum class Lane { Statement, Log, List, Background };
    static constexpr double perSecond = 10;
    static constexpr double burst = 30;

    explicit ReadBudget(const Clock& clock);

    /// Takes one read, or tells how long to wait before asking again. Zero = taken.
    [[nodiscard]] Clock::Duration take(Lane lane);
    /// Reads a second, over the last five seconds.
    [[nodiscard]] double rate() const;

private:
    void refill();

    const Clock& m_clock;
    Clock::Duration m_refilled;
    double m_tokens = burst;
    QList<Clock::Duration> m_taken; ///< when, of the last seconds
};

/// Calls `go` at once or when `budget` (null = without limit) has room. The handle cancels the wait.
RequestHandle whenAffordable(ReadBudget* budget, ReadBudget::Lane lane, Clock& clock, QObject* context, std::function<void()> go);

} // namespace kindling
