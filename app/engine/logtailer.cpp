// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"

#include "app/engine/backoff.h"
#include "app/engine/problems.h"
#include "app/engine/readbudget.h"

#include <optional>

namespace kindling {

namespace {
constexpr Clock::Duration interval{ 1000 };
constexpr qsizetype mostUnwatched = 1000;
constexpr qsizetype mostWatched = 5000; ///< minutes of a log, where the recorder writes within seconds
}

class LogTailer::Private final {
public:
    Private(LogTailer* tailer, LogsFacet* facet, Clock& someClock)
        : q(tailer)
        , logs(facet)
        , clock(someClock)
    {
    }

    void lookAfter(Clock::Duration delay);
    void ask();
    void onAnswered(Result<LogSlice> answer);
    void setProblem(const Error& problem);
    [[nodiscard]] bool wantsMore() const { return logs && (watchers > 0 || isOneLook) && !(isEnded && hasSeenEnd); }
    void dropRecorded();

    LogTailer* q;
    LogsFacet* logs;
    Clock& clock;
    ReadBudget* budget = nullptr;
    LogMerger merger;
    Backoff backoff;
    RequestHandle timer;
    RequestHandle request;
    int watchers = 0;
    std::optional<Clock::Duration> lastLook; ///< that was answered
    bool isOneLook = false; ///< asked for without anybody watching
    bool isRecorded = false;
    bool isEnded = false;
    bool hasSeenEnd = false; ///< an answer came that was asked for after the end
    bool isAsking = false;
    bool wasEndedWhenAsked = false;
    bool isPaused = false; ///< until somebody signs in
};

LogTailer::LogTailer(LogsFacet* logs, ItemKey key, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_key(std::move(key))
    , m_problem(noProblem())
    , d(std::make_unique<Private>(this, logs, clock))
{
    if (!logs)
        m_problem = problemOf(ErrorKind::Unavailable, tr("This server gives no logs."));
}

LogTailer::~LogTailer() = default;

void LogTailer::watch()
{
    if (++d->watchers > 1)
        return;
    lookNow();
    Q_EMIT stateChanged();
}

void LogTailer::unwatch()
{
    if (d->watchers == 0 || --d->watchers > 0)
        return;
    d->timer.cancel();
    Q_EMIT stateChanged();
}

void LogTailer::setEnded(bool isEnded)
{
    if (d->isEnded == isEnded)
        return;
    d->isEnded = isEnded;
    d->hasSeenEnd = false;
    lookNow();
}

bool LogTailer::isWatched() const
{
    return d->watchers > 0 && d->logs;
}

void LogTailer::setRecorded(bool isRecorded)
{
    // what came before was not, and must stay here
    d->isRecorded = isRecorded && (d->isRecorded || m_lines.isEmpty());
}

void LogTailer::setBudget(ReadBudget* budget)
{
    d->budget = budget;
}

void LogTailer::lookNow()
{
    d->backoff.reset();
    if (!d->isAsking && d->wantsMore())
        d->lookAfter(Clock::Duration(0));
}

void LogTailer::resume()
{
    if (d->isPaused && !d->isAsking && d->wantsMore())
        d->lookAfter(d->backoff.after(noProblem()));
}

void LogTailer::lookInBackground()
{
    d->isOneLook = true;
    d->ask();
    if (!d->isAsking)
        Q_EMIT looked(-1);
}

bool LogTailer::hasSeenEnd() const
{
    return d->isEnded && d->hasSeenEnd;
}

void LogTailer::abandon()
{
    d->timer.cancel();
    d->request.cancel();
    d->logs = nullptr;
    if (std::exchange(d->isAsking, false))
        Q_EMIT looked(-1);
    Q_EMIT stateChanged();
}

void LogTailer::Private::lookAfter(Clock::Duration delay)
{
    isPaused = false;
    timer.cancel();
    timer = clock.after(delay, q, [this] {
        timer = whenAffordable(budget, ReadBudget::Lane::Log, clock, q, [this] { ask(); });
    });
}

void LogTailer::Private::ask()
{
    if (!wantsMore() || isAsking)
        return;
    isAsking = true;
    wasEndedWhenAsked = isEnded;
    const auto reply = [this](Result<LogSlice> answer) {
        isAsking = false;
        isOneLook = false;
        onAnswered(std::move(answer));
    };
    request = q->m_key.type == ItemType::Session ? logs->sessionLog(q->m_key.id, {}, q, reply) : logs->batchLog(q->m_key.id, {}, q, reply);
}

void LogTailer::Private::onAnswered(Result<LogSlice> answer)
{
    if (!answer) {
        // an ended item may be forgotten by the server at any time; what was seen is all there is
        const bool isForgotten = answer.error().kind == ErrorKind::NotFound && isEnded;
        hasSeenEnd = hasSeenEnd || isForgotten;
        if (!isForgotten)
            setProblem(answer.error());
        isPaused = needsPerson(answer.error());
        if (wantsMore() && !isPaused)
            lookAfter(backoff.after(answer.error()));
        Q_EMIT q->looked(-1);
        return;
    }
    backoff.reset();
    hasSeenEnd = wasEndedWhenAsked;
    QList<LogLine> fresh = merger.merge(answer->lines);
    const Clock::Duration now = clock.steady();
    for (LogLine& line : fresh) {
        if (line.isGap && lastLook)
            line.unwatched = now - *lastLook;
    }
    lastLook = now;
    const qsizetype first = q->m_lines.size();
    q->m_lines.append(fresh);
    const bool isFirst = !std::exchange(q->m_hasLoaded, true);
    if (!fresh.isEmpty())
        Q_EMIT q->linesAppended(first);
    if (isFirst && q->m_problem.kind == ErrorKind::Cancelled)
        Q_EMIT q->stateChanged();
    setProblem(noProblem());
    if (wantsMore())
        lookAfter(isEnded ? Clock::Duration(0) : interval);
    dropRecorded();
    Q_EMIT q->looked(fresh.size());
}

void LogTailer::Private::dropRecorded()
{
    const qsizetype most = watchers > 0 ? mostWatched : mostUnwatched;
    if (isRecorded && q->m_lines.size() > 2 * most)
        q->m_lines.remove(0, q->m_lines.size() - most);
}

void LogTailer::Private::setProblem(const Error& problem)
{
    if (q->m_problem == problem)
        return;
    q->m_problem = problem;
    Q_EMIT q->stateChanged();
}

} // namespace kindling
