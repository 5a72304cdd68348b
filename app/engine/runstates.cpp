// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/runstates.h"

#include "app/livy/types.h"

namespace kindling {

namespace {
RunState whileQueued(RunEvent event)
{
    if (event == RunEvent::Posted)
        return RunState::Submitting;
    if (event == RunEvent::CancelAsked || event == RunEvent::GroupEnded)
        return RunState::Cancelled;
    if (event == RunEvent::Refused)
        return RunState::Failed;
    return event == RunEvent::SessionEnded ? RunState::Lost : RunState::Queued;
}

/// The server has it, or may have it.
RunState whileSent(RunState state, RunEvent event)
{
    switch (event) {
    case RunEvent::SawWaiting:
        return RunState::Waiting;
    case RunEvent::SawRunning:
        return RunState::Running;
    case RunEvent::SawCancelling:
        return RunState::Cancelling;
    case RunEvent::SawOk:
        return RunState::Finished;
    case RunEvent::SawError:
        return RunState::Failed;
    case RunEvent::SawCancelled:
        return RunState::Cancelled;
    case RunEvent::SessionEnded:
        return RunState::Lost;
    case RunEvent::Posted:
    case RunEvent::Refused:
    case RunEvent::AnswerLost:
    case RunEvent::NotArrived:
    case RunEvent::CancelAsked:
    case RunEvent::CancelFailed:
    case RunEvent::GroupEnded:
        return state;
    }
    return state;
}

RunState whileSubmitting(RunEvent event)
{
    if (event == RunEvent::Refused)
        return RunState::Failed;
    return event == RunEvent::AnswerLost ? RunState::Unconfirmed : whileSent(RunState::Submitting, event);
}

RunState whileRunning(RunState state, RunEvent event)
{
    if (event == RunEvent::CancelAsked)
        return RunState::Cancelling;
    if (event == RunEvent::SawWaiting)
        return state;
    return whileSent(state, event);
}

RunState whileCancelling(RunEvent event)
{
    if (event == RunEvent::CancelFailed)
        return RunState::Running;
    if (event == RunEvent::SawWaiting || event == RunEvent::SawRunning)
        return RunState::Cancelling;
    return whileSent(RunState::Cancelling, event);
}
}

RunState nextRunState(RunState state, RunEvent event)
{
    switch (state) {
    case RunState::Queued:
        return whileQueued(event);
    case RunState::Submitting:
        return whileSubmitting(event);
    case RunState::Unconfirmed:
        return event == RunEvent::NotArrived ? RunState::Failed : whileSent(state, event);
    case RunState::Waiting:
    case RunState::Running:
        return whileRunning(state, event);
    case RunState::Cancelling:
        return whileCancelling(event);
    case RunState::Finished:
    case RunState::Failed:
    case RunState::Cancelled:
    case RunState::Lost:
        return state;
    }
    return state;
}

RunEvent eventOf(const Statement& statement)
{
    switch (statement.state) {
    case StatementState::Waiting:
        return RunEvent::SawWaiting;
    case StatementState::Available: {
        const bool isError = statement.output && statement.output->status == Output::Status::Error;
        return isError ? RunEvent::SawError : RunEvent::SawOk;
    }
    case StatementState::Cancelling:
        return RunEvent::SawCancelling;
    case StatementState::Cancelled:
        return RunEvent::SawCancelled;
    case StatementState::Running:
    case StatementState::Unknown:
        return RunEvent::SawRunning;
    }
    return RunEvent::SawRunning;
}

} // namespace kindling
