// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/notebookrun.h"

#include "app/command/advice.h"
#include "app/command/keptresult.h"
#include "app/engine/problems.h"
#include "app/engine/statementrunner.h"

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration connectPatience = 2min; ///< also for a keyring that asks nobody
constexpr Clock::Duration outagePatience = 5min;
constexpr Clock::Duration beforeSecondSignIn = 10s;
constexpr Clock::Duration betweenTicks = 1s;

/// Was it run, as far as anybody can tell? What is on its way to the server counts.
bool hasBegun(const Run& run)
{
    const bool isRefused = run.state == RunState::Failed && !run.output;
    return run.submitted.isValid() && !isRefused;
}
}

NotebookRun::NotebookRun(Server& server, NotebookDocument& document, RunJob job, Console& console, QObject* parent)
    : QObject(parent)
    , m_server(server)
    , m_document(document)
    , m_job(std::move(job))
    , m_console(console)
    , m_clock(server.clock())
    , m_progress(console, m_clock, static_cast<int>(m_job.cells.size()))
{
}

void NotebookRun::start()
{
    m_document.clearOutputs();
    if (!save() || m_job.cells.isEmpty()) {
        if (!m_code)
            m_console.say(tr("The notebook has no code to run."));
        end(m_code.value_or(ExitCode::Ok));
        return;
    }
    m_server.ignore(ItemType::Batch);
    connect(&m_server, &Server::connectionChanged, this, &NotebookRun::onConnectionChanged);
    connect(&m_server.sessions(), &ItemStore::changed, this, &NotebookRun::onSessionsChanged);
    if (m_job.timeout.count() > 0) {
        m_clock.after(m_job.timeout, this, [this] {
            if (m_code)
                return;
            m_console.complain(tr("The time given (%1) is over.").arg(elapsedText(m_job.timeout)), tr("Give more with --timeout, or see what takes so long."));
            end(ExitCode::TimedOut, tr("The time given (%1) was over before the cell had ended.").arg(elapsedText(m_job.timeout)));
        });
    }
    m_patience = m_clock.after(connectPatience, this, [this] {
        fail(problemOf(ErrorKind::Timeout, tr("There was no connection to %1 within %2.").arg(m_server.profile().name, elapsedText(connectPatience))));
    });
    m_progress.wait(tr("Connecting to %1").arg(m_server.profile().name));
    tick();
    onConnectionChanged();
}

void NotebookRun::tick()
{
    m_clock.after(betweenTicks, this, [this] {
        if (m_phase == Phase::Ended)
            return;
        m_progress.tick();
        tick();
    });
}

void NotebookRun::giveUp(const Error& why)
{
    fail(why);
}

void NotebookRun::onConnectionChanged()
{
    if (m_code)
        return;
    switch (m_server.connection()) {
    case ConnectionState::Online:
        m_outage.cancel();
        m_isOut = false;
        m_signIn = SignInState::Fine;
        if (m_phase == Phase::Connecting)
            createSession();
        break;
    case ConnectionState::Offline:
        onOffline();
        break;
    case ConnectionState::SignInNeeded:
        onSignInRefused();
        break;
    case ConnectionState::Unconnected:
    case ConnectionState::Connecting:
    case ConnectionState::Stopped:
        break;
    }
}

void NotebookRun::onOffline()
{
    if (m_phase == Phase::Connecting) {
        fail(m_server.problem());
        return;
    }
    if (std::exchange(m_isOut, true))
        return;
    m_console.complain(tr("The connection to %1 is lost: %2").arg(m_server.profile().name, oneLine(m_server.problem())),
        tr("Looking for it again; the session goes on meanwhile."));
    m_outage = m_clock.after(outagePatience, this, [this] { fail(m_server.problem()); });
}

/// A gateway may refuse once what it let in before and lets in again, and a token may have been replaced. Trying more often
/// than once more could lock the account.
void NotebookRun::onSignInRefused()
{
    if (m_phase == Phase::Connecting || m_signIn == SignInState::TriedAgain) {
        fail(m_server.problem());
        return;
    }
    if (std::exchange(m_signIn, SignInState::Refused) == SignInState::Refused)
        return;
    m_isOut = false;
    m_console.complain(tr("The connection to %1 is lost: %2").arg(m_server.profile().name, oneLine(m_server.problem())),
        tr("Signing in once more; the session goes on meanwhile."));
    m_outage.cancel();
    m_outage = m_clock.after(beforeSecondSignIn, this, [this] {
        m_signIn = SignInState::TriedAgain;
        if (m_job.renewSignIn)
            m_job.renewSignIn();
        m_server.refresh();
    });
}

void NotebookRun::createSession()
{
    m_phase = Phase::Creating;
    m_patience.cancel();
    m_progress.wait(tr("Starting the session %1 on %2").arg(m_job.session.name, m_server.profile().name));
    m_server.createSession(m_job.session, this, [this](const Result<SparkItem>& answer) { onCreated(answer); });
}

void NotebookRun::onCreated(const Result<SparkItem>& answer)
{
    if (m_phase == Phase::Ended)
        return;
    m_phase = Phase::Running;
    if (!answer) {
        Error why = answer.error();
        if (why.kind == ErrorKind::UnknownOutcome || why.kind == ErrorKind::Timeout)
            why.title += u' ' + tr("If there is a session named %1 on the server, it is this run's.").arg(m_job.session.name);
        fail(why);
        return;
    }
    m_session = *answer;
    m_sessionId = answer->id;
    m_progress.wait(tr("Session %1 (%2) is starting").arg(m_sessionId, answer->name));
    if (m_code)
        endSession();
    else
        runNext();
}

void NotebookRun::onSessionsChanged()
{
    if (isSessionThere())
        m_session = m_server.sessions().find(m_sessionId)->item;
}

/// Ids begin again when a server was restarted: ours may by now name somebody else's session.
bool NotebookRun::isSessionThere() const
{
    const TrackedItem* seen = m_sessionId.isEmpty() ? nullptr : m_server.sessions().find(m_sessionId);
    return seen && isSameIncarnation(m_session, seen->item);
}

void NotebookRun::runNext()
{
    if (m_next >= m_job.cells.size()) {
        end(ExitCode::Ok);
        return;
    }
    // there is always a run of ours in it, which is lost as soon as the session is gone: it is still the same runner
    StatementRunner* runner = m_server.runner(m_sessionId);
    if (runner != m_runner) {
        m_runner = runner;
        connect(runner, &StatementRunner::runChanged, this, &NotebookRun::onRunChanged);
    }
    const PlannedCell& cell = m_job.cells.at(m_next);
    m_run = runner->run(cell.code, cell.kind);
}

void NotebookRun::onRunChanged(RunId id)
{
    const Run* run = m_runner ? m_runner->find(id) : nullptr;
    if (run && m_untimed.contains(id))
        onTimeCame(*run);
    if (!run || id != m_run || m_phase != Phase::Running)
        return;
    m_begun = m_next + (hasBegun(*run) ? 1 : 0);
    // until the session takes it, the session is what is waited for
    if (run->state == RunState::Submitting)
        m_progress.begin(static_cast<int>(m_next), m_job.cells.at(m_next));
    if (isTerminal(run->state))
        onCellEnded(*run);
    else if (run->state != RunState::Queued)
        m_progress.update(*run);
}

void NotebookRun::onCellEnded(const Run& ended)
{
    const Run run = ended;
    m_run = 0;
    const bool isKept = keepResult(run);
    if (isUntimed(run))
        m_untimed.insert(run.id, m_job.cells.at(m_next).id);
    if (run.state != RunState::Finished) {
        explainEnd(run);
        return;
    }
    m_progress.end(tr("done"));
    ++m_next;
    if (isKept)
        runNext();
}

void NotebookRun::onTimeCame(const Run& run)
{
    const int index = run.completed.isValid() && m_phase != Phase::Ended ? m_document.indexOf(m_untimed.take(run.id)) : -1;
    if (index < 0)
        return;
    const NotebookCell cell = m_document.cellAt(index);
    CellRun last = cell.run;
    last.completed = run.completed;
    m_document.setOutputs(cell.id, cell.outputs, last);
    (void)save();
}

/// Puts what came into the notebook and the notebook to disk. False = that failed, and this is at its end.
bool NotebookRun::keepResult(const Run& run)
{
    const PlannedCell& cell = m_job.cells.at(m_next);
    Run clean = run;
    clean.problem.title = m_console.withoutSecrets(run.problem.title);
    clean.note = m_console.withoutSecrets(run.note);
    const KeptResult kept = keptResult(clean, cell, m_job.session.conf);
    if (!kept.remark.isEmpty())
        m_console.say(tr("Cell %1: %2").arg(QString::number(cell.number), kept.remark));
    const CellRun last{ .number = run.output && run.output->executionCount >= 0 ? std::optional(run.output->executionCount) : std::nullopt,
        .started = run.started,
        .completed = run.completed };
    m_document.setOutputs(cell.id, kept.outputs, last);
    return save();
}

/// The cell under way will get no result any more.
void NotebookRun::keepProblem(const QString& what)
{
    const Run* run = m_runner ? m_runner->find(m_run) : nullptr;
    const CellRun last{ .number = {}, .started = run ? run->started : QDateTime(), .completed = {} };
    m_document.setOutputs(m_job.cells.at(m_next).id, { problemOutput(m_console.withoutSecrets(what)) }, last);
    (void)save();
}

void NotebookRun::explainEnd(const Run& run)
{
    const QString number = QString::number(m_job.cells.at(m_next).number);
    const bool isCodeError = run.state == RunState::Failed && run.output && run.output->status == Output::Status::Error;
    const bool wasSent = run.submitted.isValid();
    if (isCodeError) {
        m_progress.end(tr("failed"));
        QStringList lines = run.output->traceback;
        for (QString& line : lines) {
            if (!line.endsWith(u'\n'))
                line += u'\n';
        }
        m_console.complain(tr("Cell %1 failed on %2: %3: %4").arg(number, m_server.profile().name, run.output->errorName, run.output->errorValue)
                + u'\n' + lines.join(QString()).trimmed(),
            tr("Mend the cell's code; what it printed is in %1.").arg(m_job.outputPath));
        end(ExitCode::CellFailed);
    } else if (run.state == RunState::Cancelled) {
        m_progress.end(tr("cancelled"));
        m_console.complain(tr("Cell %1 was cancelled on %2 by somebody else.").arg(number, m_server.profile().name),
            tr("Ask who cancelled it, and run the notebook again."));
        end(ExitCode::CellFailed);
    } else {
        if (wasSent)
            m_progress.end(tr("lost"));
        fail(run.problem);
    }
}

bool NotebookRun::save()
{
    const auto saved = saveNotebook(m_job.outputPath, fileOf(m_document));
    if (!saved)
        fail(saved.error());
    return saved.has_value();
}

} // namespace kindling
