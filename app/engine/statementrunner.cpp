// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner_p.h"

#include <algorithm>
#include <ranges>

namespace kindling {

namespace {
constexpr qsizetype mostEndedRuns = 100;
/// What failed to start is gone within moments; what says "error" for longer may still take statements.
constexpr std::chrono::minutes patienceWithFailedStart{ 1 };
}

std::chrono::milliseconds nextLook(std::chrono::milliseconds age, std::chrono::milliseconds roundTrip, bool isVisible)
{
    using std::chrono::milliseconds;
    const milliseconds cap = isVisible ? milliseconds(1000) : milliseconds(5000);
    const milliseconds share = (age * (isVisible ? 8 : 10) + milliseconds(99)) / 100; // rounded up: never more looks than meant
    return std::clamp(share, std::clamp(roundTrip, milliseconds(20), cap), cap);
}

constexpr qsizetype mostForATime = 256LL * 1024; ///< a larger result is not read once more for the time of its end

bool isUntimed(const Run& run)
{
    const bool hasResult = (run.state == RunState::Finished || run.state == RunState::Failed) && run.output;
    if (!hasResult || !run.started.isValid() || run.completed.isValid())
        return false;
    qsizetype bytes = 0;
    for (const auto& part : run.output->parts)
        bytes += part.json.size();
    return bytes <= mostForATime;
}

StatementRunner::StatementRunner(StatementsFacet* statements, QString sessionId, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_sessionId(std::move(sessionId))
    , d(std::make_unique<Private>(this, statements, clock))
{
    d->whyAbandoned = problemOf(ErrorKind::Unavailable, tr("This server runs no statements."));
}

StatementRunner::~StatementRunner() = default;

RunId StatementRunner::run(const QString& code, Kind kind, int group)
{
    Run run;
    run.id = ++d->lastRun;
    run.code = code;
    run.kind = kind;
    run.group = group;
    run.queued = d->clock.now();
    m_runs.append(run);
    d->justQueued.append(run.id);
    d->pumpSoon();
    return run.id;
}

void StatementRunner::cancel(RunId id)
{
    Run* run = d->find(id);
    if (!run || isTerminal(run->state))
        return;
    if (run->state == RunState::Submitting || run->state == RunState::Unconfirmed) {
        d->wantsCancel = true;
        return;
    }
    const bool isOnServer = run->state != RunState::Queued;
    if (isOnServer && !d->isCancelSent)
        d->cancelAsked = d->clock.steady();
    d->apply(id, RunEvent::CancelAsked);
    if (isOnServer)
        d->sendCancel(id);
}

void StatementRunner::cancelAll()
{
    QList<RunId> ids;
    for (const Run& run : std::as_const(m_runs)) {
        if (!isTerminal(run.state))
            ids.append(run.id);
    }
    // the queue first: it must not move up when the open one ends
    std::reverse(ids.begin(), ids.end());
    for (const RunId id : std::as_const(ids))
        cancel(id);
}

const Run* StatementRunner::find(RunId id) const
{
    return d->find(id);
}

int StatementRunner::activeCount() const
{
    return static_cast<int>(std::ranges::count_if(m_runs, [](const Run& run) { return !isTerminal(run.state); }));
}

void StatementRunner::setSessionState(const ItemState& state)
{
    const bool hasEnded = state.isEnded() && !d->session.isEnded();
    const ItemState before = std::exchange(d->session, state);
    if (state.value == ItemStateValue::Starting && !d->newestStatement)
        d->newestStatement = -1;
    d->noteStart(before);
    if (hasEnded)
        d->stopLingering();
    if (!hasEnded) {
        d->pumpSoon();
        return;
    }
    const Error why = d->lostWith(problemOf(ErrorKind::NotFound, {}, state.raw));
    const QList<Run> runs = m_runs;
    for (const Run& run : runs) {
        if (run.state == RunState::Queued)
            d->lose(run.id, why);
    }
    // the result may just have come: one last look, which decides
    lookNow();
}

void StatementRunner::abandon(const Error& why)
{
    d->statements = nullptr;
    d->whyAbandoned = why;
    d->loseAll(why);
}

void StatementRunner::setRowLimit(int rows)
{
    d->rowLimit = rows;
}

void StatementRunner::setVisible(bool isVisible)
{
    d->isVisible = isVisible;
    if (isVisible && d->backoff.failures() == 0)
        lookNow();
}

void StatementRunner::setBudget(ReadBudget* budget)
{
    d->budget = budget;
}

void StatementRunner::setRefusal(const std::optional<Error>& why)
{
    d->refusal = why;
}

void StatementRunner::lookNow()
{
    const Run* run = d->open();
    if (!run || d->isAsking || run->state == RunState::Submitting)
        return;
    d->backoff.reset();
    d->lookAfter(run->id, Clock::Duration(0));
}

void StatementRunner::serverAnswered()
{
    d->wasHeard = true;
    const Run* run = d->isPaused ? d->open() : nullptr;
    if (run)
        d->lookAfter(run->id, d->backoff.after(noProblem()));
}

bool StatementRunner::isAsking() const
{
    return d->open() != nullptr || d->lingering != 0;
}

Run* StatementRunner::Private::find(RunId id)
{
    // ids ascend with the place
    const auto at = std::ranges::lower_bound(q->m_runs, id, {}, &Run::id);
    return at != q->m_runs.end() && at->id == id ? &*at : nullptr;
}

Run* StatementRunner::Private::open()
{
    const auto isOpen = [](const Run& run) { return run.state != RunState::Queued && !isTerminal(run.state); };
    const auto at = std::ranges::find_if(q->m_runs, isOpen);
    return at == q->m_runs.end() ? nullptr : &*at;
}

void StatementRunner::Private::pumpSoon()
{
    if (std::exchange(isPumpPending, true))
        return;
    clock.after(Clock::Duration(0), q, [this] {
        isPumpPending = false;
        forgetOld();
        for (const RunId id : std::exchange(justQueued, {}))
            Q_EMIT q->runChanged(id);
        pump();
    });
}

// Outputs may be tens of megabytes each, and whoever listens has taken them by now.
void StatementRunner::Private::forgetOld()
{
    const auto isOver = [](const Run& run) { return isTerminal(run.state) && !run.isLingering; };
    bool isNewest = true;
    for (Run& run : q->m_runs | std::views::reverse | std::views::filter(isOver)) {
        if (run.output && !std::exchange(isNewest, false))
            run.output.reset();
    }
    auto toForget = std::ranges::count_if(q->m_runs, isOver) - mostEndedRuns;
    q->m_runs.removeIf([&](const Run& run) { return toForget > 0 && isOver(run) && toForget-- > 0; });
}

void StatementRunner::Private::pump()
{
    if (!statements) {
        loseAll(whyAbandoned);
        return;
    }
    if (session.isEnded()) {
        if (!open())
            loseAll(lostWith(problemOf(ErrorKind::NotFound, {}, session.raw)));
        return;
    }
    if (!mayPost() || open())
        return;
    const auto next = std::ranges::find(q->m_runs, RunState::Queued, &Run::state);
    if (next != q->m_runs.end() && refusal)
        refuse(next->id, *refusal);
    else if (next != q->m_runs.end())
        post(*next);
}

// "error" of a session that was at work says that one interpreter died, of one that starts, that it failed (livy-protocol 2.1).
void StatementRunner::Private::noteStart(const ItemState& before)
{
    using enum ItemStateValue;
    if (session.value != before.value)
        failedStart.cancel();
    if (session.value == NotStarted || session.value == Starting || session.value == Recovering) {
        isStarting = true;
    } else if (session.value == Idle || session.value == Running || session.value == Busy) {
        isStarting = false;
    } else if (session.value == Error && before.value != Error) {
        failedStart = clock.after(patienceWithFailedStart, q, [this] {
            isStarting = isStarting && session.value != Error;
            pumpSoon();
        });
    }
}

bool StatementRunner::Private::mayPost() const
{
    return session.acceptsStatements() && !(isStarting && session.value == ItemStateValue::Error);
}

void StatementRunner::Private::refuse(RunId id, const Error& why)
{
    find(id)->problem = why;
    apply(id, RunEvent::Refused);
}

void StatementRunner::Private::post(Run& run)
{
    backoff.reset();
    wantsCancel = isCancelSent = isAsking = isPaused = false;
    looksForPosted = vainLooks = 0;
    newestLookedAt = mostLookedAt;
    wasHeard = false;
    troubleNote.clear();
    twin.reset();
    posted = lastLook = clock.steady();
    run.submitted = clock.now();
    const RunId id = run.id;
    request = statements->run(q->m_sessionId, run.code, run.kind, q, [this, id](Result<Statement> answer) {
        onPosted(id, std::move(answer));
    });
    apply(id, RunEvent::Posted);
}

void StatementRunner::Private::apply(RunId id, RunEvent event)
{
    Run* run = find(id);
    if (!run || isTerminal(run->state))
        return;
    const RunState from = run->state;
    const RunState to = nextRunState(from, event);
    run->state = to;
    if (isTerminal(to))
        end(*run);
    else
        Q_EMIT q->runChanged(id);
    if (to != from)
        Q_EMIT q->runMoved(id, from);
}

void StatementRunner::Private::end(Run& run)
{
    const bool wasSent = run.submitted.isValid();
    run.ended = clock.now();
    run.isLingering = run.state == RunState::Cancelled && wasSent && run.started.isValid() && !run.output;
    if (wasSent) {
        timer.cancel();
        request.cancel();
        cancelRequest.cancel();
        isAsking = false;
    }
    const Run ended = run; // listeners may queue more, which moves the list
    noteDamage(ended);
    Q_EMIT q->runChanged(ended.id);
    if (ended.isLingering)
        lingerOn(ended.id);
    else if (wasSent && ended.state != RunState::Lost)
        lookAtLingering(Clock::Duration(0)); // what came after it has ended, so it has ended, too
    if (isUntimed(ended))
        lookForTime(ended.id);
    if (ended.group != 0 && ended.state != RunState::Finished && wasSent)
        endGroup(ended);
    pumpSoon();
}

void StatementRunner::Private::endGroup(const Run& run)
{
    QList<RunId> rest;
    for (const Run& each : std::as_const(q->m_runs)) {
        if (each.group == run.group && each.state == RunState::Queued)
            rest.append(each.id);
    }
    for (const RunId id : std::as_const(rest))
        apply(id, RunEvent::GroupEnded);
}

void StatementRunner::Private::loseAll(const Error& why)
{
    stopLingering();
    const QList<Run> runs = q->m_runs;
    for (const Run& run : runs)
        lose(run.id, why);
}

void StatementRunner::Private::lose(RunId id, const Error& why)
{
    Run* run = find(id);
    if (!run || isTerminal(run->state))
        return;
    run->problem = why;
    apply(id, RunEvent::SessionEnded);
}

} // namespace kindling
