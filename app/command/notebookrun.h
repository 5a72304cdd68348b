// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/console.h"
#include "app/command/exitcode.h"
#include "app/command/notebookplan.h"
#include "app/command/runprogress.h"
#include "app/engine/server.h"
#include "app/notebook/notebookdocument.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <optional>

namespace kindling {

/// What is to be run, and how it ends.
struct RunJob {
    QList<PlannedCell> cells;
    QString outputPath;
    NewSession session;                ///< with a name: a lost answer is settled by it
    std::chrono::seconds timeout{ 0 }; ///< 0 = none
    bool keepsSession = false;
    bool endsServer = false; ///< the session goes with the server, which the caller ends
    std::function<void()> renewSignIn = {}; ///< has the sign-in taken anew from where it comes from, before it is tried again
};

/// Runs a notebook's cells one after the other in a session of its own, writes each result before the next cell begins,
/// stops at the first failure, and sees to it that the session goes.
class NotebookRun final : public QObject {
    Q_OBJECT
public:
    /// All must outlive this.
    NotebookRun(Server& server, NotebookDocument& document, RunJob job, Console& console, QObject* parent = nullptr);

    /// Begins; the server's own connection is the caller's.
    void start();
    /// There will be no connection.
    void giveUp(const Error& why);
    /// Somebody wants it to end. The second time at once, whatever is left behind.
    void interrupt();

Q_SIGNALS:
    /// Once, after everything was said.
    void finished(kindling::ExitCode code);

private:
    enum class Phase { Connecting, Creating, Running, Ending, Ended };
    enum class SignInState { Fine, Refused, TriedAgain };

    void onConnectionChanged();
    void onOffline();
    void onSignInRefused();
    void createSession();
    void onCreated(const Result<SparkItem>& answer);
    void onSessionsChanged();
    [[nodiscard]] bool isSessionThere() const;
    void runNext();
    void onRunChanged(RunId id);
    void onCellEnded(const Run& run);
    void explainEnd(const Run& run);
    void onTimeCame(const Run& run);
    [[nodiscard]] bool keepResult(const Run& run);
    void keepProblem(const QString& what);
    [[nodiscard]] bool save();
    void tick();

    // how it ends: notebookend.cpp
    void fail(const Error& why);
    /// `why`: what the notebook says of the cell under way.
    void end(ExitCode code, const QString& why = {});
    void endSession();
    void removeSession();
    void cancelAndKeep();
    void onRemoved(const Result<Done>& answer);
    void finish();

    Server& m_server;
    NotebookDocument& m_document;
    RunJob m_job;
    Console& m_console;
    Clock& m_clock;
    RunProgress m_progress;
    Phase m_phase = Phase::Connecting;
    std::optional<ExitCode> m_code; ///< once it is to end
    QPointer<StatementRunner> m_runner;
    RunId m_run = 0; ///< 0 = no cell is under way
    qsizetype m_next = 0; ///< of the plan
    qsizetype m_begun = 0; ///< cells that were run, or may have been
    QHash<RunId, CellId> m_untimed; ///< whose time of their end is still to come
    QString m_sessionId;
    SparkItem m_session; ///< as last seen
    bool m_isInterrupted = false;
    bool m_isOut = false; ///< the server cannot be reached, or does not list its sessions
    SignInState m_signIn = SignInState::Fine;
    RequestHandle m_patience; ///< of what is waited for now
    RequestHandle m_outage; ///< what comes next while the server cannot be asked
};

} // namespace kindling
