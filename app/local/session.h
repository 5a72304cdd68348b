// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/interpreter.h"
#include "app/local/sessionlifetime.h"
#include "app/local/statementlist.h"

#include <QPointer>

namespace kindling::local {

enum class SessionState { Starting, Idle, Busy, Error, ShuttingDown, Dead };
/// Livy's word
[[nodiscard]] QString wireName(SessionState state);

/// A statement that was just taken in: its id, and Livy's object for it.
struct NewStatement {
    int id = 0;
    QByteArray json;
};

/// One interactive session: its driver, its statements (one after another over all kinds), its log. A kind whose
/// interpreter died makes it `error` until a statement of another kind ran, as with Livy.
class Session final : public QObject {
    Q_OBJECT
public:
    using AddCallback = std::function<void(const std::optional<Refusal>&)>;

    /// After this long a cancelled statement counts as cancelled although its code may still run.
    static constexpr Clock::Duration cancelPatience{ 30'000 };

    /// `clock` outlives the session. `idle`: its idle time-out where the request names none.
    Session(int id, SessionRequest request, std::unique_ptr<Interpreter> driver, Clock& clock, Clock::Duration idle);
    ~Session() override;

    [[nodiscard]] int id() const { return m_id; }
    [[nodiscard]] const SessionRequest& request() const { return m_request; }
    [[nodiscard]] SessionState state() const { return m_state; }
    [[nodiscard]] bool isActive() const;
    [[nodiscard]] const RingLog& log() const { return m_log; }
    [[nodiscard]] StatementList& statements() { return m_statements; }
    /// Livy's session object
    [[nodiscard]] QByteArray json() const;

    /// Somebody asked for this session: what keeps one with a heartbeat alive.
    void beat() { m_lifetime.beat(m_clock.steady()); }
    /// Somebody uses it: what keeps one from its idle time-out. Statements and the like do so by themselves.
    void act() { m_lifetime.act(m_clock.steady()); }
    /// Its time is over, and nobody is ending it yet.
    [[nodiscard]] bool isOver() const;

    Parsed<NewStatement> run(const StatementRequest& request);
    /// Refused only where the session is not running; an unknown id is fine.
    std::optional<Refusal> cancel(int statementId);
    /// Beyond Livy: a fresh user Python in the same Spark session; what the old one runs ends.
    std::optional<Refusal> restartPython();
    /// The callback gets the candidates; none when the session ends meanwhile.
    std::optional<Refusal> complete(const CompletionRequest& request, std::function<void(QStringList)> callback);
    /// The callback gets what the driver refused, in Livy's words.
    std::optional<Refusal> add(ResourceKind kind, const QString& path, AddCallback callback);
    std::optional<Refusal> addUpload(ResourceKind kind, const UploadedFile& file, AddCallback callback);
    /// Ends the driver and calls back when it is gone.
    void stop(QObject* context, std::function<void()> callback);

Q_SIGNALS:
    void ended();

private:
    [[nodiscard]] std::optional<Refusal> refusalWhileNotRunning() const;
    Parsed<QString> kindOf(const StatementRequest& request) const;
    void connectDriver();
    void runNext();
    int await(AddCallback callback);
    void onAdded(int request, const QString& error);
    void onFinished(int id, const QByteArray& output, bool isInterpreterDead);
    void onPrinted(int id, const QString& text);
    void onPythonChanged(bool isAlive);
    void onEnded();
    void giveUpCancelling(int id);

    const int m_id;
    const SessionRequest m_request;
    std::unique_ptr<Interpreter> m_driver;
    Clock& m_clock;
    SessionState m_state = SessionState::Starting;
    StatementList m_statements;
    RingLog m_log;
    DriverInfo m_info;
    int m_runningId = -1; ///< -1 = none
    int m_nextRequest = 0; ///< of those that the driver answers beside the statements
    bool m_isDamaged = false;
    QHash<int, std::function<void(QStringList)>> m_completions;
    QHash<int, AddCallback> m_additions;
    SessionLifetime m_lifetime;
    RequestHandle m_cancelDeadline;
};

} // namespace kindling::local
