// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementwatch.h"

#include "app/engine/backoff.h"
#include "app/engine/problems.h"
#include "app/engine/readbudget.h"
#include "app/engine/runstates.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr Clock::Duration shortestRest{ 2000 };
constexpr Clock::Duration longestRest{ 15'000 };
constexpr int allKept = 100;  ///< what a server keeps of a session
constexpr int fewNewest = 5;  ///< beyond those that still run
constexpr int restPerTrip = 10; ///< answers hold whole outputs: a slow one is asked for less often

bool isSame(const Statement& left, const Statement& right)
{
    return left.state == right.state && left.progress == right.progress && left.started == right.started && left.completed == right.completed
        && left.output == right.output;
}
}

class StatementWatch::Private final {
public:
    Private(StatementWatch* watch, StatementsFacet* statements, QString id, Clock& someClock)
        : q(watch)
        , facet(statements)
        , session(std::move(id))
        , clock(someClock)
    {
    }

    void lookAfter(Clock::Duration delay);
    void ask();
    void onAnswered(const Result<StatementPage>& answer);
    void merge(StatementPage page);
    void setProblem(const Error& problem);
    [[nodiscard]] int wanted() const;
    [[nodiscard]] bool wantsMore() const { return facet && watchers > 0 && state.acceptsStatements(); }

    StatementWatch* q;
    StatementsFacet* facet;
    QString session;
    Clock& clock;
    ReadBudget* budget = nullptr;
    ItemState state;
    Backoff backoff;
    RequestHandle timer;
    RequestHandle request;
    Clock::Duration asked{ 0 };
    int most = allKept; ///< to be asked for together: fewer where so many are too large
    int watchers = 0;
    bool isAsking = false;
    bool isPaused = false; ///< until somebody signs in
    int rowLimit = 0;
    bool hasHole = true;   ///< older ones than the last answer held may be missing
};

StatementSeen seenOf(const Statement& statement)
{
    return { .id = statement.id, .code = statement.code, .kind = Kind::Unknown, .state = nextRunState(RunState::Waiting, eventOf(statement)),
        .submitted = {}, .started = statement.started, .completed = statement.completed, .problem = {}, .output = statement.output };
}

StatementWatch::StatementWatch(StatementsFacet* statements, QString sessionId, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_problem(noProblem())
    , d(std::make_unique<Private>(this, statements, std::move(sessionId), clock))
{
    if (!statements)
        m_problem = problemOf(ErrorKind::Unavailable, tr("This server gives no statements."));
}

StatementWatch::~StatementWatch() = default;

void StatementWatch::watch()
{
    if (++d->watchers > 1)
        return;
    lookNow();
    Q_EMIT stateChanged();
}

void StatementWatch::unwatch()
{
    if (d->watchers == 0 || --d->watchers > 0)
        return;
    d->timer.cancel();
    d->hasHole = true;
    Q_EMIT stateChanged();
}

bool StatementWatch::isWatched() const
{
    return d->watchers > 0 && d->facet;
}

void StatementWatch::setSessionState(const ItemState& state)
{
    const bool didAccept = d->state.acceptsStatements();
    d->state = state;
    if (!didAccept && state.acceptsStatements())
        lookNow();
}

void StatementWatch::setBudget(ReadBudget* budget)
{
    d->budget = budget;
}

void StatementWatch::lookNow()
{
    d->backoff.reset();
    if (!d->isAsking && d->wantsMore())
        d->lookAfter(Clock::Duration(0));
}

void StatementWatch::setRowLimit(int rows)
{
    d->rowLimit = rows;
}

void StatementWatch::resume()
{
    if (d->isPaused && !d->isAsking && d->wantsMore())
        d->lookAfter(d->backoff.after(noProblem()));
}

void StatementWatch::abandon()
{
    d->timer.cancel();
    d->request.cancel();
    d->facet = nullptr;
    d->isAsking = false;
    Q_EMIT stateChanged();
}

void StatementWatch::Private::lookAfter(Clock::Duration delay)
{
    isPaused = false;
    timer.cancel();
    timer = clock.after(delay, q, [this] {
        timer = whenAffordable(budget, ReadBudget::Lane::Log, clock, q, [this] { ask(); });
    });
}

int StatementWatch::Private::wanted() const
{
    if (hasHole)
        return allKept;
    const auto open = std::ranges::count_if(q->m_statements, [](const Statement& each) { return !isTerminal(each.state); });
    return std::min(allKept, static_cast<int>(open) + fewNewest);
}

void StatementWatch::Private::ask()
{
    if (!wantsMore() || isAsking)
        return;
    isAsking = true;
    asked = clock.steady();
    request = facet->list(session, { .from = 0, .size = std::min(wanted(), most), .isNewestFirst = true }, q, [this](const Result<StatementPage>& answer) {
        isAsking = false;
        onAnswered(answer);
    });
}

void StatementWatch::Private::onAnswered(const Result<StatementPage>& answer)
{
    if (!answer && answer.error().kind == ErrorKind::TooLarge && std::min(wanted(), most) > 1) {
        most = std::min(wanted(), most) / 2;
        lookAfter(Clock::Duration(0));
        return;
    }
    if (!answer) {
        setProblem(answer.error());
        isPaused = needsPerson(answer.error());
        if (wantsMore() && !isPaused)
            lookAfter(backoff.after(answer.error()));
        return;
    }
    backoff.reset();
    most = std::min(allKept, 2 * most); // perhaps it was one large result, and that is behind
    const bool isFirst = !std::exchange(q->m_hasLoaded, true);
    merge(*answer);
    if (isFirst && q->m_problem.kind == ErrorKind::Cancelled)
        Q_EMIT q->stateChanged();
    setProblem(noProblem());
    if (wantsMore())
        lookAfter(hasHole ? Clock::Duration(0) : std::clamp((clock.steady() - asked) * restPerTrip, shortestRest, longestRest));
}

void StatementWatch::Private::merge(StatementPage page)
{
    for (Statement& each : page.statements) {
        if (each.output)
            each.output->rowLimit = rowLimit;
    }
    QList<Statement>& known = q->m_statements;
    const int newest = known.isEmpty() ? -1 : known.constLast().id;
    QList<Statement> changes;
    for (const Statement& each : std::as_const(page.statements)) {
        const auto at = std::ranges::lower_bound(known, each.id, {}, &Statement::id);
        const bool isKnown = at != known.end() && at->id == each.id;
        if (isKnown && isSame(*at, each))
            continue;
        changes += each;
        if (isKnown)
            *at = each;
        else
            known.insert(at, each);
    }
    // The server keeps no more either; what it dropped is in the records.
    if (known.size() > 2 * allKept)
        known.remove(0, known.size() - allKept);
    // between what was known and a short answer there may be others
    hasHole = !hasHole && !page.statements.isEmpty()
        && std::ranges::none_of(page.statements, [newest](const Statement& each) { return each.id <= newest + 1; });
    if (!changes.isEmpty())
        Q_EMIT q->changed(changes);
}

void StatementWatch::Private::setProblem(const Error& problem)
{
    if (q->m_problem == problem)
        return;
    q->m_problem = problem;
    Q_EMIT q->stateChanged();
}

} // namespace kindling
