// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner_p.h"

#include "app/livy/knownreasons.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int looksUntilNotArrived = 3;
/// A minute in all: what a gateway gave up on may still stand before a busy server.
constexpr int looksUntilLost = 12;
/// The driver's clock may be behind ours.
constexpr std::chrono::seconds clocksDiffer{ 60 };
constexpr Clock::Duration betweenLooks{ 1000 };
/// Livy gives up to cancel after 30 s and says "cancelled" all the same; a little less allows for the way there.
constexpr Clock::Duration forcedCancel{ 29'000 };
constexpr int mostVainLooks = 5;
/// What the server says once, it goes on saying; what is slow or broken may pass.
constexpr std::chrono::minutes patienceWithRefusals{ 1 };
constexpr std::chrono::minutes patienceWithTrouble{ 10 };

/// Livy echoes code with normalised line ends.
QString normalised(QString code)
{
    return code.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n').trimmed();
}

bool mayPass(const Error& error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Server || error.kind == ErrorKind::Busy;
}

bool beganBefore(const Run& run, const Statement& statement)
{
    return statement.started.isValid() && statement.started < run.submitted.addDuration(-clocksDiffer);
}
}

void StatementRunner::Private::onPosted(RunId id, Result<Statement> answer)
{
    if (answer) {
        observe(id, *answer);
        return;
    }
    if (isAnswerLost(answer.error())) {
        lostAnswer = answer.error();
        apply(id, RunEvent::AnswerLost);
        lookAfter(id, Clock::Duration(0));
        return;
    }
    Run* run = find(id);
    run->problem = answer.error();
    heed(answer.error());
    if (session.isEnded())
        lose(id, lostWith(answer.error()));
    else
        apply(id, RunEvent::Refused);
}

void StatementRunner::Private::observe(RunId id, const Statement& statement)
{
    Run* run = find(id);
    const bool isFirst = run->statement < 0;
    run->statement = statement.id;
    newestStatement = std::max(newestStatement.value_or(-1), statement.id);
    run->progress = std::max(run->progress, std::clamp(statement.progress, 0.0, 1.0));
    run->started = statement.started;
    run->completed = statement.completed;
    if (statement.output) {
        run->output = statement.output;
        run->output->rowLimit = rowLimit;
    }
    noteWait(*run, statement.state);
    const RunEvent event = eventOf(statement);
    if (event == RunEvent::SawCancelled && isCancelSent && clock.steady() - cancelAsked >= forcedCancel)
        run->note = StatementRunner::tr("Cancelled, but its code may still run and keep the session busy.");
    apply(id, event);
    run = find(id);
    if (!run || isTerminal(run->state))
        return;
    if (session.isEnded()) {
        lose(id, lostWith(problemOf(ErrorKind::NotFound, {}, session.raw)));
        return;
    }
    if (std::exchange(wantsCancel, false))
        q->cancel(id);
    const Clock::Duration age = clock.steady() - posted;
    lookAfter(id, isFirst ? Clock::Duration(0) : nextLook(age, roundTrip, isVisible));
}

void StatementRunner::Private::lookAfter(RunId id, Clock::Duration delay)
{
    isPaused = false;
    timer.cancel();
    timer = clock.after(delay, q, [this, id] {
        timer = whenAffordable(budget, ReadBudget::Lane::Statement, clock, q, [this, id] { fetch(id); });
    });
}

void StatementRunner::Private::lookAfterTrouble(RunId id, const Error& error)
{
    if (std::exchange(wasHeard, false))
        ++vainLooks;
    if (isHopeless(error)) {
        giveUp(id, error);
        return;
    }
    isPaused = needsPerson(error);
    if (!isPaused)
        lookAfter(id, backoff.after(error));
    noteTrouble(id, error);
}

// A server that is away altogether says nothing of the statement, however long it is.
bool StatementRunner::Private::isHopeless(const Error& error) const
{
    if (error.kind == ErrorKind::TooLarge)
        return true;
    return vainLooks >= mostVainLooks && clock.steady() - lastLook >= (mayPass(error) ? patienceWithTrouble : patienceWithRefusals);
}

void StatementRunner::Private::giveUp(RunId id, Error why)
{
    const int number = find(id)->statement;
    if (number >= 0) {
        why.title = StatementRunner::tr("The result of statement %1 could not be read: %2").arg(number).arg(why.title);
    } else {
        why.kind = ErrorKind::UnknownOutcome;
        why.title = StatementRunner::tr("Nobody can tell whether the statement ran: the answer was lost, and the session's statements could not be read: %1")
                        .arg(why.title);
    }
    lose(id, why);
}

void StatementRunner::Private::noteLook(RunId id)
{
    backoff.reset();
    vainLooks = 0;
    lastLook = clock.steady();
    Run* run = find(id);
    const QString note = std::exchange(troubleNote, {});
    if (!note.isEmpty() && run->note == note)
        run->note.clear();
}

// The first may be a moment's trouble; that the whole server is away is said elsewhere.
void StatementRunner::Private::noteTrouble(RunId id, const Error& error)
{
    Run* run = find(id);
    const QString note = StatementRunner::tr("Its state could not be read: %1").arg(error.title);
    if (vainLooks < 2 || run->note == note)
        return;
    run->note = troubleNote = note;
    Q_EMIT q->runChanged(id);
}

void StatementRunner::Private::fetch(RunId id)
{
    const Run* run = find(id);
    if (!statements || !run || isTerminal(run->state))
        return;
    if (run->statement < 0) {
        findPosted(id);
        return;
    }
    isAsking = true;
    asked = clock.steady();
    request = statements->fetch(q->m_sessionId, run->statement, q, [this, id](Result<Statement> answer) {
        isAsking = false;
        onFetched(id, std::move(answer));
    });
}

void StatementRunner::Private::onFetched(RunId id, Result<Statement> answer)
{
    roundTrip = clock.steady() - asked;
    if (answer) {
        noteLook(id);
        answer->id = find(id)->statement;
        observe(id, *answer);
        return;
    }
    heed(answer.error());
    // a network that fails says nothing about the statement; a 404 does, and so does a session that has ended
    if (saysEnd(answer.error()))
        lose(id, lostWith(answer.error()));
    else
        lookAfterTrouble(id, answer.error());
}

void StatementRunner::Private::findPosted(RunId id)
{
    isAsking = true;
    const StatementRange newest{ .from = 0, .size = newestLookedAt, .isNewestFirst = true };
    request = statements->list(q->m_sessionId, newest, q, [this, id](Result<StatementPage> answer) {
        isAsking = false;
        onListed(id, std::move(answer));
    });
}

void StatementRunner::Private::onListed(RunId id, Result<StatementPage> answer)
{
    if (!answer) {
        heed(answer.error());
        if (saysEnd(answer.error())) {
            lose(id, lostWith(answer.error()));
        } else if (answer.error().kind == ErrorKind::TooLarge && newestLookedAt > 1) {
            newestLookedAt /= 2;
            lookAfter(id, Clock::Duration(0));
        } else {
            lookAfterTrouble(id, answer.error());
        }
        return;
    }
    noteLook(id);
    const Run& run = *find(id);
    const auto isOurs = [this, &run](const Statement& each) { return isPosted(run, each); };
    const auto found = std::ranges::find_if(std::as_const(answer->statements), isOurs);
    if (found != answer->statements.cend())
        observe(id, *found);
    else
        onMissing(id, answer->statements);
}

void StatementRunner::Private::onMissing(RunId id, const QList<Statement>& others)
{
    noteTwin(*find(id), others);
    newestStatement = newestStatement.value_or(-1);
    for (const Statement& each : others)
        newestStatement = std::max(*newestStatement, each.id);
    const bool mayHaveArrived = lostAnswer.kind == ErrorKind::UnknownOutcome || newestLookedAt < mostLookedAt;
    if (session.isEnded()) {
        lose(id, lostWith(problemOf(ErrorKind::NotFound, {}, session.raw)));
    } else if (++looksForPosted < (mayHaveArrived ? looksUntilLost : looksUntilNotArrived)) {
        lookAfter(id, betweenLooks * looksForPosted);
    } else if (mayHaveArrived) {
        lostAnswer.title = twin
            ? StatementRunner::tr("The answer was lost. Statement %1 of the session has this code and has ended: look whether it is this one.").arg(*twin)
            : StatementRunner::tr("Nobody can tell whether the statement ran: the answer was lost, and the server does not show it.");
        lose(id, lostAnswer);
    } else {
        find(id)->problem = problemOf(
            ErrorKind::Network, StatementRunner::tr("The statement was not sent: the connection broke before it reached the server."));
        apply(id, RunEvent::NotArrived);
    }
}

// A session that was there before us may hold an older run of the same code.
bool StatementRunner::Private::isPosted(const Run& run, const Statement& statement) const
{
    if (normalised(statement.code) != normalised(run.code))
        return false;
    if (newestStatement)
        return statement.id > *newestStatement;
    return !isTerminal(statement.state) && !beganBefore(run, statement);
}

// What had ended by the first look into such a session may be ours all the same.
void StatementRunner::Private::noteTwin(const Run& run, const QList<Statement>& others)
{
    if (newestStatement)
        return;
    const auto found = std::ranges::find_if(others, [&run](const Statement& each) {
        return normalised(each.code) == normalised(run.code) && isTerminal(each.state) && !beganBefore(run, each);
    });
    if (found != others.end())
        twin = found->id;
}

void StatementRunner::Private::sendCancel(RunId id)
{
    const Run* run = find(id);
    if (!run || run->statement < 0 || isCancelSent)
        return;
    if (refusal) {
        find(id)->note = refusal->title;
        apply(id, RunEvent::CancelFailed);
        return;
    }
    isCancelSent = true;
    cancelRequest = statements->cancel(q->m_sessionId, run->statement, q, [this, id](Result<Done> answer) {
        onCancelAnswered(id, std::move(answer));
    });
}

void StatementRunner::Private::onCancelAnswered(RunId id, Result<Done> answer)
{
    Q_EMIT q->cancelAnswered(id, answer ? QString() : answer.error().title);
    if (answer || isTerminal(find(id)->state)) {
        q->lookNow();
        return;
    }
    isCancelSent = false; // the person may ask again
    if (isAnswerLost(answer.error()))
        return;
    find(id)->note = StatementRunner::tr("The server did not take the request to cancel: %1").arg(answer.error().title);
    apply(id, RunEvent::CancelFailed);
}

void StatementRunner::Private::heed(const Error& error) const
{
    const bool isTold = fateOfSession(error) != SessionFate::NotTold || needsPerson(error);
    if (isTold && !session.isEnded())
        Q_EMIT q->sessionDoubted();
}

// A session that ended takes its statements along at once; one that may be ending is asked on, until it is known.
bool StatementRunner::Private::saysEnd(const Error& error) const
{
    return session.isEnded() || fateOfSession(error) == SessionFate::Ended || error.kind == ErrorKind::NotFound;
}

// Livy runs statements one after another, whatever it says of the one before (livy-protocol 7).
void StatementRunner::Private::noteWait(Run& run, StatementState state) const
{
    const QString words = StatementRunner::tr("Waits for the code that was cancelled before and still runs.");
    if (state == StatementState::Waiting && lingering != 0)
        run.note = words;
    else if (run.note == words)
        run.note.clear();
}

void StatementRunner::Private::noteDamage(const Run& run)
{
    if (!run.output || run.output->status != Output::Status::Error)
        return;
    const QString& value = run.output->errorValue;
    if (run.output->errorName.contains("Interpreter died"_L1) || value.contains("Interpreter died"_L1))
        Q_EMIT q->interpreterDied(run.kind, value);
}

Error StatementRunner::Private::lostWith(const Error& cause) const
{
    Error error = cause;
    if (session.isEnded())
        error.title = StatementRunner::tr("The session ended (%1) before the result was seen.").arg(session.raw);
    else if (fateOfSession(cause) == SessionFate::Ended)
        error.title = StatementRunner::tr("The session ended before the result was seen.");
    else
        error.title = StatementRunner::tr("The server no longer knows the statement.");
    return error;
}

} // namespace kindling
