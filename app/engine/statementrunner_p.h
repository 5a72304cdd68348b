// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/backoff.h"
#include "app/engine/problems.h"
#include "app/engine/readbudget.h"
#include "app/engine/runstates.h"
#include "app/engine/statementrunner.h"

namespace kindling {

/// The moving parts of a StatementRunner: what is open, what was asked, when to look next.
class StatementRunner::Private final {
public:
    Private(StatementRunner* runner, StatementsFacet* facet, Clock& someClock)
        : q(runner)
        , statements(facet)
        , clock(someClock)
    {
    }

    /// Ours is among them, unless others sent as many in the second since; all might hold megabytes of outputs.
    static constexpr int mostLookedAt = 20;

    // the queue: statementrunner.cpp
    [[nodiscard]] Run* find(RunId id);
    [[nodiscard]] Run* open();
    void pumpSoon();
    void pump();
    /// Follows whether the session has come to work.
    void noteStart(const ItemState& before);
    [[nodiscard]] bool mayPost() const;
    void forgetOld();
    void post(Run& run);
    /// Applies an event and tells; at an end also sees to the group and the next in the queue.
    void apply(RunId id, RunEvent event);
    void end(Run& run);
    void endGroup(const Run& run);
    void refuse(RunId id, const Error& why);
    void loseAll(const Error& why);
    void lose(RunId id, const Error& why);

    // what the server says: statementlooks.cpp
    void onPosted(RunId id, Result<Statement> answer);
    void observe(RunId id, const Statement& statement);
    void lookAfter(RunId id, Clock::Duration delay);
    void lookAfterTrouble(RunId id, const Error& error);
    /// Will looking on bring nothing, although the server answers what else it is asked?
    [[nodiscard]] bool isHopeless(const Error& error) const;
    void giveUp(RunId id, Error why);
    void noteLook(RunId id);
    void noteTrouble(RunId id, const Error& error);
    void fetch(RunId id);
    void onFetched(RunId id, Result<Statement> answer);
    void findPosted(RunId id);
    void onListed(RunId id, Result<StatementPage> answer);
    void onMissing(RunId id, const QList<Statement>& others);
    /// Can it only be what our POST brought?
    [[nodiscard]] bool isPosted(const Run& run, const Statement& statement) const;
    void noteTwin(const Run& run, const QList<Statement>& others);
    void sendCancel(RunId id);
    void onCancelAnswered(RunId id, Result<Done> answer);
    void noteDamage(const Run& run);
    void noteWait(Run& run, StatementState state) const;
    /// Has the state looked at where the error says something of the session.
    void heed(const Error& error) const;
    [[nodiscard]] bool saysEnd(const Error& error) const;

    // what runs on after it was cancelled: lingeringruns.cpp
    void lingerOn(RunId id);
    void lookAtLingering(Clock::Duration delay);
    void onLingeringFetched(const Result<Statement>& answer);
    void stopLingering();
    void lookForTime(RunId id); ///< of what isUntimed()
    [[nodiscard]] Error lostWith(const Error& cause) const;

    StatementRunner* q;
    StatementsFacet* statements; ///< null = abandoned
    Clock& clock;
    ReadBudget* budget = nullptr;
    ItemState session;
    Error whyAbandoned;
    std::optional<Error> refusal; ///< why nothing may be sent
    RunId lastRun = 0;
    std::optional<int> newestStatement; ///< of this session, below zero = it had none; unset = not known yet
    bool isStarting = false; ///< the session was seen to start, and not at work since
    int rowLimit = 0;
    bool isVisible = true;
    bool isPumpPending = false;
    QList<RunId> justQueued; ///< not told of yet: the caller must first know the number

    // of the one open run
    Backoff backoff;
    RequestHandle request;
    RequestHandle timer;
    RequestHandle failedStart; ///< the end of the patience with a session that failed while starting
    RequestHandle cancelRequest;
    Clock::Duration posted{ 0 };
    Clock::Duration asked{ 0 };
    Clock::Duration roundTrip{ 0 };
    Clock::Duration cancelAsked{ 0 };
    bool wantsCancel = false; ///< asked for before the statement's number was known
    bool isCancelSent = false;
    bool isAsking = false;
    bool isPaused = false; ///< until somebody signs in
    bool wasHeard = false; ///< the server answered something else since the last look
    int vainLooks = 0;     ///< in a row, each after the server had answered something else
    Clock::Duration lastLook{ 0 }; ///< that brought anything
    QString troubleNote;
    Error lostAnswer; ///< what came instead of the POST's answer
    int looksForPosted = 0;
    int newestLookedAt = mostLookedAt; ///< fewer where so many are too large
    std::optional<int> twin; ///< of a session that was there before: what may be the statement looked for

    // of the one that was cancelled and has not been seen to end; 0 = none
    RunId lingering = 0;
    Clock::Duration lingersSince{ 0 };
    RequestHandle lingeringTimer;
    RequestHandle lingeringRequest;
};

} // namespace kindling
