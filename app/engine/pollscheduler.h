// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/engine/backoff.h"
#include "app/engine/readbudget.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace kindling {

/// When the lists of one server are read. One question in flight per resource; failures back off; a missing sign-in
/// pauses everything until refresh(); a jump of the clock makes one look, not many.
class PollScheduler final : public QObject {
    Q_OBJECT
public:
    using Duration = Clock::Duration;
    /// Tells how one look ended: nothing = well.
    using Report = std::function<void(const std::optional<Error>&)>;
    /// One look; it calls its Report exactly once, later, unless its handle is cancelled.
    using Ask = std::function<RequestHandle(Report)>;
    enum class Rhythm { Repeated, Once };

    PollScheduler(ReadBudget& budget, Clock& clock, QObject* parent = nullptr);

    /// Returns the resource's number. Nothing is asked before look() or refresh().
    int add(Rhythm rhythm, Ask ask);
    /// Takes effect at once, also for looks that already wait.
    void setInterval(Duration interval);
    [[nodiscard]] Duration interval() const { return m_interval; }
    /// Asks as soon as the budget allows; while one is in flight, once more after it.
    void look(int resource);
    /// Asks in the rhythm from now on, at first after one interval.
    void start(int resource);
    /// Nothing more before the next look() or start().
    void rest(int resource);
    /// For how long, at least, to leave it alone after the look that is about to report well.
    void restAtLeast(int resource, Duration rest);
    [[nodiscard]] bool isWanted(int resource) const { return m_resources.at(static_cast<size_t>(resource)).isWanted; }
    /// Asks all that were ever asked, without waiting for a back-off to end.
    void lookAll();
    /// A person wants to know: forgets back-off and pause, and asks all that were ever asked.
    void refresh();
    /// Cancels what is under way; answers that still come are dropped.
    void stop();
    [[nodiscard]] bool isPaused() const { return m_isPaused; }

private:
    struct Resource {
        Ask ask;
        Rhythm rhythm = Rhythm::Repeated;
        Backoff backoff;
        RequestHandle timer;
        RequestHandle request;
        Duration asked{ 0 };
        Duration done{ 0 };
        std::optional<Duration> leastRest; ///< else it follows from how long the look took
        bool isWanted = false;
        bool isInFlight = false;
        bool asksAgain = false;
        bool isBackingOff = false;
    };
    void schedule(int resource, Duration delay);
    void ask(int resource);
    void finish(int resource, const std::optional<Error>& error);
    [[nodiscard]] Duration restOf(const Resource& resource);

    ReadBudget& m_budget;
    Clock& m_clock;
    std::vector<Resource> m_resources;
    QRandomGenerator m_random = QRandomGenerator::securelySeeded();
    Duration m_interval{ 2000 };
    int m_epoch = 0; ///< an answer of an older one is dropped
    bool m_isPaused = false;
};

} // namespace kindling
