// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server_p.h"
#include "app/livy/requestreader.h"
#include "app/livy/requestrecord.h"

#include <algorithm>
#include <limits>

namespace kindling {

namespace {
/// Longer than any rhythm of the lists, so that only what was really not watched counts.
constexpr std::chrono::minutes longestRhythm{ 2 };

StatementSeen seenOf(const Run& run)
{
    return { .id = run.statement, .code = run.code, .kind = run.kind, .state = run.state, .submitted = run.submitted,
        .started = run.started, .completed = run.completed, .problem = run.problem.title, .output = run.output };
}
}

ItemFacts Server::Private::factsFor(ItemType type, const QString& id) const
{
    const ItemKey key{ q->m_profile.id, type, id };
    const TrackedItem* item = q->store(type).find(id);
    return item ? factsOf(key, item->item) : ItemFacts{ .key = key };
}

void Server::Private::observeTransition(const Transition& transition)
{
    const bool isGone = transition.to == goneState();
    const ItemKey& key = transition.key;
    const ItemFacts facts = isGone ? removedFacts.value(key.id, ItemFacts{ .key = key }) : factsFor(key.type, key.id);
    observe(facts, StateSeen{ transition.from, transition.to, transition.note, isGone ? QByteArray() : configurationOf(key) });
}

void Server::Private::observeRuns(StatementRunner* runner)
{
    connect(runner, &StatementRunner::runMoved, q, [this, runner](RunId id, RunState from) { observeRun(*runner, id, from); });
    connect(runner, &StatementRunner::toldLate, q, [this, runner](RunId id) { observeLate(*runner, id); });
    connect(runner, &StatementRunner::cancelAnswered, q, [this, runner](RunId id, const QString& problem) {
        const Run* run = runner->find(id);
        const QString number = run ? QString::number(run->statement) : QString();
        observe(factsFor(ItemType::Session, runner->sessionId()), OwnAct{ OwnAct::What::CancelStatement, number, problem });
    });
}

void Server::Private::observeRun(const StatementRunner& runner, RunId id, RunState from)
{
    const Run* run = runner.find(id);
    if (!run || !run->submitted.isValid() || run->state == RunState::Submitting)
        return;
    const ItemFacts facts = factsFor(ItemType::Session, runner.sessionId());
    const QString problem = run->problem.title;
    const bool wasUnanswered = from == RunState::Submitting || from == RunState::Unconfirmed;
    if (wasUnanswered && run->state != RunState::Unconfirmed) {
        const QString number = run->statement < 0 ? QString() : QString::number(run->statement);
        observe(facts, OwnAct{ OwnAct::What::RunStatement, number, problem });
    }
    // without a number it could not be told from others; at its end it is kept all the same
    if (run->statement < 0 && !isTerminal(run->state))
        return;
    observe(facts, seenOf(*run));
}

void Server::Private::observeLate(const StatementRunner& runner, RunId id)
{
    const Run* run = runner.find(id);
    if (!run)
        return;
    StatementSeen late = seenOf(*run);
    late.submitted = {}; // it has ended before: nobody is to be told that twice
    observe(factsFor(ItemType::Session, runner.sessionId()), late);
}

void Server::Private::observeLog(LogTailer* log)
{
    connect(log, &LogTailer::linesAppended, q, [this, log](qsizetype first) {
        observe(factsFor(log->key().type, log->key().id), LogSeen{ log->lines().mid(first) });
    });
}

void Server::Private::observeOthers(const QString& sessionId, const QList<Statement>& statements)
{
    const StatementRunner* runner = runners.value(sessionId);
    for (const Statement& each : statements) {
        const bool isOurs = runner && std::ranges::any_of(runner->runs(), [&each](const Run& run) { return run.statement == each.id; });
        if (!isOurs)
            observe(factsFor(ItemType::Session, sessionId), seenOf(each));
    }
}

QByteArray Server::Private::configurationOf(const ItemKey& key) const
{
    const TrackedItem* session = key.type == ItemType::Session ? q->m_sessions.find(key.id) : nullptr;
    if (!session || !tellsConfiguration(session->item, q->m_version))
        return {};
    ServerVersion allFields;
    allFields.major = std::numeric_limits<int>::max();
    return recordableRequest(requestLike(session->item, q->m_version), allFields);
}

void Server::Private::observeGap()
{
    const QDateTime before = q->m_lastSeen;
    if (before.isValid() && before.addDuration(longestRhythm) < clock.now())
        observe({ .key = { q->m_profile.id, ItemType::Session, {} } }, GapSeen{ before });
}

} // namespace kindling
