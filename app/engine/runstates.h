// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/states.h"

namespace kindling {

struct Statement;

/// What may happen to a run.
enum class RunEvent {
    Posted,       ///< its POST left
    Refused,      ///< the server took no statement, or none may be sent to it
    AnswerLost,   ///< the POST's answer was lost
    NotArrived,   ///< looked for: the POST never reached the server
    SawWaiting,   ///< the server says waiting
    SawRunning,
    SawCancelling,
    SawOk,        ///< at its end, well
    SawError,     ///< at its end, with an error
    SawCancelled,
    CancelAsked,  ///< by the person
    CancelFailed, ///< the server did not take the request to cancel
    GroupEnded,   ///< an earlier run of its group did not end well
    SessionEnded, ///< or nobody can ask any more
};

/// The state after `event`; the same where the event says nothing new. A run never goes back, ends once, and what was
/// sent is never just dropped.
[[nodiscard]] RunState nextRunState(RunState state, RunEvent event);
/// What a statement's answer says. An unknown word counts as running: keep asking.
[[nodiscard]] RunEvent eventOf(const Statement& statement);

} // namespace kindling
