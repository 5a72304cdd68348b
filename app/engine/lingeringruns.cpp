// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner_p.h"

#include "app/livy/knownreasons.h"

#include <algorithm>

namespace kindling {

namespace {
/// After this nobody waits for it any more.
constexpr std::chrono::hours longestLingering{ 1 };

/// Livy sets the time within milliseconds.
constexpr Clock::Duration beforeTime{ 100 };

Clock::Duration pauseAt(Clock::Duration age)
{
    return std::clamp<Clock::Duration>(age / 10, std::chrono::seconds(1), std::chrono::seconds(15));
}
}

// Livy says "cancelled" when it has asked, not when the code has ended; what it gave appears later (livy-protocol 2.3).
void StatementRunner::Private::lingerOn(RunId id)
{
    stopLingering();
    lingering = id;
    lingersSince = clock.steady();
    lookAtLingering(pauseAt(Clock::Duration(0)));
}

void StatementRunner::Private::lookAtLingering(Clock::Duration delay)
{
    const Run* run = find(lingering);
    if (!run || !statements)
        return;
    lingeringTimer.cancel();
    lingeringRequest.cancel();
    lingeringTimer = clock.after(delay, q, [this, number = run->statement] {
        lingeringTimer = whenAffordable(budget, ReadBudget::Lane::Log, clock, q, [this, number] {
            lingeringRequest = statements->fetch(q->m_sessionId, number, q, [this](const Result<Statement>& answer) { onLingeringFetched(answer); });
        });
    });
}

void StatementRunner::Private::onLingeringFetched(const Result<Statement>& answer)
{
    Run* run = find(lingering);
    if (!run)
        return;
    const Clock::Duration age = clock.steady() - lingersSince;
    const bool isOver = !answer && (answer.error().kind == ErrorKind::NotFound || fateOfSession(answer.error()) == SessionFate::Ended);
    const bool isHopeless = !answer && (needsPerson(answer.error()) || answer.error().kind == ErrorKind::TooLarge);
    if (answer && answer->output) {
        run->output = answer->output;
        run->output->rowLimit = rowLimit;
        run->completed = answer->completed;
        run->note = StatementRunner::tr("Cancelled, but its code ran on to its end.");
        Q_EMIT q->toldLate(run->id);
        stopLingering();
    } else if (isOver || isHopeless || age > longestLingering) {
        stopLingering();
    } else {
        const QString note = StatementRunner::tr("Cancelled, but its code may still run and keep the session busy.");
        if (run->note != note) {
            run->note = note;
            Q_EMIT q->runChanged(run->id);
        }
        lookAtLingering(pauseAt(age));
    }
}

// Livy publishes a result a moment before the time of its end (livy-protocol 2.3). One more look; nobody waits for it.
void StatementRunner::Private::lookForTime(RunId id)
{
    clock.after(beforeTime, q, [this, id] {
        whenAffordable(budget, ReadBudget::Lane::Log, clock, q, [this, id] {
            const Run* run = find(id);
            if (!run || !statements)
                return;
            statements->fetch(q->m_sessionId, run->statement, q, [this, id](const Result<Statement>& answer) {
                Run* told = find(id);
                if (!told || !answer || !answer->completed.isValid())
                    return;
                told->completed = answer->completed;
                Q_EMIT q->toldLate(id);
                Q_EMIT q->runChanged(id);
            });
        });
    });
}

void StatementRunner::Private::stopLingering()
{
    lingeringTimer.cancel();
    lingeringRequest.cancel();
    Run* run = find(std::exchange(lingering, 0));
    if (!run)
        return;
    run->isLingering = false;
    Q_EMIT q->runChanged(run->id);
}

} // namespace kindling
