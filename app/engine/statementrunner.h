// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/core/states.h"
#include "app/livy/sparkapi.h"

#include <QDateTime>
#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace kindling {

class ReadBudget;

using RunId = qint64;

/// One run of one piece of code, from the click to its end.
struct Run {
    RunId id = 0;
    QString code;
    Kind kind = Kind::PySpark;
    RunState state = RunState::Queued;
    int statement = -1;   ///< the server's number; -1 = not known yet
    double progress = 0;  ///< 0…1, the highest seen
    QDateTime queued;     ///< our clock
    QDateTime submitted;  ///< our clock; invalid = not yet
    QDateTime started;    ///< by the driver, as in Statement
    QDateTime completed;
    QDateTime ended;      ///< our clock
    std::optional<Output> output;
    Error problem;        ///< for Failed without output, and Lost
    QString note;         ///< a sentence: "Cancelled, but its code may still run."
    bool isLingering = false; ///< Cancelled, but its code has not been seen to end: an output may still come
    int group = 0;        ///< runs of one "run all": the first that fails cancels the queued rest
};

/// The queue of one session: posts one statement at a time, waits for its end, follows its progress, tells honestly
/// what became of it. Statements are never sent twice.
class StatementRunner final : public QObject {
    Q_OBJECT
public:
    StatementRunner(StatementsFacet* statements, QString sessionId, Clock& clock, QObject* parent = nullptr);
    ~StatementRunner() override;

    [[nodiscard]] const QString& sessionId() const { return m_sessionId; }
    /// Queues; it is posted as soon as the session accepts statements and no other of ours is open.
    RunId run(const QString& code, Kind kind, int group = 0);
    /// A new group number for "run all".
    [[nodiscard]] int newGroup() { return ++m_lastGroup; }
    /// Queued: gone at once. Waiting or running: asks the server.
    void cancel(RunId id);
    void cancelAll();
    /// nullptr = unknown, or long ended
    [[nodiscard]] const Run* find(RunId id) const;
    /// Those not at their end, and the newest hundred that are. An output is kept until another run has ended.
    [[nodiscard]] const QList<Run>& runs() const { return m_runs; }
    [[nodiscard]] int activeCount() const;

    /// The session's state as the store saw it; without one (starting) runs stay queued, ended makes all Lost.
    void setSessionState(const ItemState& state);
    /// The server object got another api, or the session is gone: everything open becomes Lost.
    void abandon(const Error& why);
    /// How many rows of a query's result the session gives at most; 0 = not known.
    void setRowLimit(int rows);
    /// A hidden tab asks less often (10 % of the age, at most every 5 s, instead of 8 % and 1 s).
    void setVisible(bool isVisible);
    /// Nothing may be sent that changes the server, for this reason: what is queued fails with it. nullopt = all may.
    void setRefusal(const std::optional<Error>& why);
    /// Shares the server's reads; null = without limit. Must outlive this.
    void setBudget(ReadBudget* budget);
    /// A person wants to know: forgets back-off.
    void lookNow();
    /// The server answered something else: goes on after a sign-in that was refused. What cannot be read while the
    /// server answers otherwise becomes Lost after a while; with a server that is away it waits.
    void serverAnswered();
    /// Is it asking the server about a statement (which renews the session's heartbeat)?
    [[nodiscard]] bool isAsking() const;

Q_SIGNALS:
    /// Once more after its end where isLingering changes, or the time of its end comes late.
    void runChanged(kindling::RunId id);
    /// Its state became another one.
    void runMoved(kindling::RunId id, kindling::RunState from);
    /// One gave after its end what it had not given before: a cancelled one an output, another the time of its end.
    void toldLate(kindling::RunId id);
    /// The server answered our request to cancel; `problem` is empty where it took it.
    void cancelAnswered(kindling::RunId id, const QString& problem);
    /// An interpreter died; `kind` cannot run until the session is restarted.
    void interpreterDied(kindling::Kind kind, const QString& why);
    /// The server's words say that the session has ended, or may have, or that nobody is signed in: look at the list.
    void sessionDoubted();

private:
    class Private;
    friend class Private;
    QString m_sessionId;
    int m_lastGroup = 0;
    QList<Run> m_runs;
    std::unique_ptr<Private> d;
};

/// Was its result seen a moment before the time of its end was told, which then comes late?
[[nodiscard]] bool isUntimed(const Run& run);
/// When to look next at a running statement (design section 5): clamp(8 % of its age, max(20 ms, round trip), 1 s);
/// hidden 10 % and 5 s.
[[nodiscard]] std::chrono::milliseconds nextLook(std::chrono::milliseconds age, std::chrono::milliseconds roundTrip, bool isVisible);

} // namespace kindling
