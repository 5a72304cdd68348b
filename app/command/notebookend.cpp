// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/notebookrun.h"

#include "app/command/advice.h"
#include "app/engine/statementrunner.h"

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration removePatience = 3min;
constexpr Clock::Duration cancelPatience = 35s; ///< Livy itself gives up after 30
}

void NotebookRun::interrupt()
{
    if (m_phase == Phase::Ended)
        return;
    const bool hasSession = !m_sessionId.isEmpty() || m_phase == Phase::Creating;
    if (std::exchange(m_isInterrupted, true)) {
        if (hasSession)
            m_console.complain(tr("Nobody waits for the session %1 on %2 any more: it may still be there.").arg(m_job.session.name, m_server.profile().name),
                tr("Look at the server's sessions, and delete it if it is."));
        finish();
        return;
    }
    m_console.complain(tr("Interrupted."), hasSession && !m_job.endsServer ? tr("Seeing to the session; once more ends at once.") : QString());
    if (m_code == ExitCode::Ok)
        m_code = ExitCode::Interrupted;
    else
        end(ExitCode::Interrupted, tr("The run was interrupted before the cell had ended."));
}

/// With the server, the session or the file.
void NotebookRun::fail(const Error& why)
{
    if (m_phase == Phase::Ending || m_phase == Phase::Ended)
        return;
    onSessionsChanged();
    m_console.complain(oneLine(why, m_server.profile()), adviceFor(why));
    const bool hasFailed = m_session.state.isEnded() || m_session.state.value == ItemStateValue::Error;
    if (hasFailed && !m_session.log.isEmpty())
        m_console.complain(tr("The session's last words:") + u'\n' + m_session.log.toStringList().join(u'\n'));
    if (m_code)
        endSession();
    else
        end(ExitCode::Trouble, oneLine(why));
}

void NotebookRun::end(ExitCode code, const QString& why)
{
    if (m_code)
        return;
    m_code = code;
    m_patience.cancel();
    m_outage.cancel();
    const qsizetype left = m_job.cells.size() - m_begun;
    if (code != ExitCode::Ok && left > 0)
        m_console.say(tr("%n cell(s) were not run.", nullptr, static_cast<int>(left)));
    if (m_run != 0 && m_begun > m_next)
        keepProblem(why); // which may fail and so see to the session
    // one that is being made must first be known to be deleted
    if (m_phase == Phase::Connecting || m_phase == Phase::Running)
        endSession();
}

void NotebookRun::endSession()
{
    m_phase = Phase::Ending;
    if (m_sessionId.isEmpty() || m_job.endsServer)
        finish();
    else if (m_job.keepsSession)
        cancelAndKeep();
    else
        removeSession();
}

void NotebookRun::removeSession()
{
    if (!isSessionThere()) {
        m_console.say(tr("The session %1 is gone from the server.").arg(m_sessionId));
        finish();
        return;
    }
    m_progress.wait(tr("Deleting session %1").arg(m_sessionId));
    m_patience = m_clock.after(removePatience, this, [this] {
        Error error;
        error.kind = ErrorKind::UnknownOutcome;
        onRemoved(std::unexpected(error));
    });
    m_server.remove(ItemType::Session, m_sessionId, this, [this](const Result<Done>& answer) { onRemoved(answer); });
}

void NotebookRun::onRemoved(const Result<Done>& answer)
{
    if (m_phase == Phase::Ended)
        return;
    const QString server = m_server.profile().name;
    if (answer) {
        m_console.say(tr("Session %1 was deleted.").arg(m_sessionId));
    } else if (answer.error().kind == ErrorKind::UnknownOutcome || answer.error().kind == ErrorKind::Timeout) {
        m_console.complain(tr("Nobody can tell whether session %1 (%2) on %3 was deleted.").arg(m_sessionId, m_job.session.name, server),
            tr("Look at the server's sessions, and delete it if it is still there."));
    } else {
        m_console.complain(tr("Session %1 (%2) on %3 was not deleted: %4").arg(m_sessionId, m_job.session.name, server, oneLine(answer.error())),
            tr("Delete it by hand when the server can be reached."));
    }
    if (!answer && m_code == ExitCode::Ok)
        m_code = ExitCode::Trouble;
    finish();
}

/// The session stays, but not with a cell in it that nobody waits for.
void NotebookRun::cancelAndKeep()
{
    const auto leave = [this] {
        m_console.say(tr("Session %1 (%2) is kept.").arg(m_sessionId, m_session.name));
        finish();
    };
    const Run* run = m_runner ? m_runner->find(m_run) : nullptr;
    if (!run || isTerminal(run->state)) {
        leave();
        return;
    }
    connect(m_runner, &StatementRunner::runChanged, this, [this, leave](RunId id) {
        const Run* changed = m_runner->find(id);
        if (m_phase == Phase::Ending && changed && id == m_run && isTerminal(changed->state))
            leave();
    });
    m_patience = m_clock.after(cancelPatience, this, leave);
    m_runner->cancel(m_run);
}

void NotebookRun::finish()
{
    m_phase = Phase::Ended;
    m_patience.cancel();
    m_clock.after(Clock::Duration(0), this, [this] { Q_EMIT finished(m_code.value_or(ExitCode::Ok)); });
}

} // namespace kindling
