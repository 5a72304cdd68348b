// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"
#include "app/core/states.h"
#include "app/engine/expiry.h"
#include "app/engine/itemstore.h"
#include "app/livy/sparkapi.h"

#include <QObject>

#include <memory>

namespace kindling {

class Clock;
class PollScheduler;
class StatementRunner;
class StatementWatch;
class LogTailer;
struct RecordedLife;

/// The live truth of one server: its connection, its stores, and what is done to it. Polls while started. While its
/// profile says read-only, whatever would change the server is refused (Unavailable), statements too.
class Server final : public QObject {
    Q_OBJECT
public:
    /// `api` may be replaced later (Local Spark gets its address when it runs); null = not connected.
    Server(ServerProfile profile, std::unique_ptr<SparkApi> api, Clock& clock, QObject* parent = nullptr);
    ~Server() override;

    [[nodiscard]] const ServerProfile& profile() const { return m_profile; }
    [[nodiscard]] ItemStore& sessions() { return m_sessions; }
    [[nodiscard]] ItemStore& batches() { return m_batches; }
    [[nodiscard]] ItemStore& store(ItemType type) { return type == ItemType::Session ? m_sessions : m_batches; }
    [[nodiscard]] SparkApi* api() { return m_api.get(); }

    [[nodiscard]] ConnectionState connection() const { return m_connection; }
    [[nodiscard]] const ServerVersion& version() const { return m_version; }
    /// Why we are not online; kind Cancelled = no problem.
    [[nodiscard]] const Error& problem() const { return m_problem; }
    [[nodiscard]] std::chrono::milliseconds roundTrip() const { return m_roundTrip; }
    [[nodiscard]] QDateTime lastSeen() const { return m_lastSeen; }
    /// How many reads a second it was asked for in the last few.
    [[nodiscard]] double readRate() const;

    void setProfile(const ServerProfile& profile);
    /// Begins to poll with this api, from nothing. Replaces the one before; runs of it are Lost.
    void connectWith(std::unique_ptr<SparkApi> api);
    /// Stops polling; the lists stay as last seen (with their age).
    void disconnectFrom(ConnectionState state);
    void start();
    /// Does not read that list: whether it can be read says nothing of the connection. To be called before start().
    void ignore(ItemType type);
    /// Look now (a user's act): resumes after back-off or sign-in.
    void refresh();
    /// How often lists are read: visible 2 s, background 15 s, hidden window 60 s.
    enum class Attention { Visible, Background, Hidden };
    void setAttention(Attention attention);

    /// Creates a session; the store shows it as soon as the answer is there. A lost answer is settled by its unique
    /// name (one is given where `wanted.name` is empty), which may take two minutes. Errors as the api's.
    RequestHandle createSession(NewSession wanted, QObject* context, Reply<SparkItem> reply);
    /// `name`: the name in the JSON, if there is one; without it a lost answer stays UnknownOutcome.
    RequestHandle createSessionRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply, const QString& name = {});
    RequestHandle createBatch(NewBatch wanted, QObject* context, Reply<SparkItem> reply);
    RequestHandle createBatchRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply, const QString& name = {});
    /// Deletes a session or a batch. Sent once; a lost answer is settled by looking.
    RequestHandle remove(ItemType type, const QString& id, QObject* context, Reply<Done> reply);
    /// Ends a session as remove() does, but its server keeps listing it as dead for a while, with its log.
    RequestHandle stop(const QString& sessionId, QObject* context, Reply<Done> reply);

    /// A fresh Python for that session, where the server can do that; what runs in the old one ends, its variables go.
    [[nodiscard]] bool canRestartPython() const { return m_api && m_api->python(); }
    RequestHandle restartPython(const QString& sessionId, QObject* context, Reply<Done> reply);

    /// The runner of a session, made on first use. When the session is gone, or another api came, its runs are Lost, it is
    /// deleted as soon as control returns to the event loop, and the next call makes a new one.
    [[nodiscard]] StatementRunner* runner(const QString& sessionId);
    /// The runner if there is one.
    [[nodiscard]] StatementRunner* existingRunner(const QString& sessionId) const;
    /// The watch over a session's statements, made on first use; lives and ends as runners do.
    [[nodiscard]] StatementWatch* statements(const QString& sessionId);
    /// Number of our statements that are not at their end, over all sessions.
    [[nodiscard]] int activeRunCount() const;
    [[nodiscard]] Clock& clock() const { return m_clock; }
    /// The tailer of an item's log, made on first use.
    [[nodiscard]] LogTailer* log(ItemType type, const QString& id);
    /// Looks now and then also at the logs that nobody has open, as far as the budget allows: batches and our own first, a
    /// session with a heartbeat only when attached; because all that is seen of logs is recorded. Off at first.
    void setWatchesLogs(bool watches);

    /// Was its list of these read since it was connected? What comes for the first time after that is new.
    [[nodiscard]] bool hasListed(ItemType type) const;
    /// Is it ours (Ownership)?
    [[nodiscard]] bool isOwn(const TrackedItem& item) const;
    /// What was begun from here in earlier runs.
    void rememberOwn(const QList<RecordedLife>& begun);
    /// Whose isOwn() is where the profile names no user; the user of this machine at first.
    void setLocalUser(const QString& name);

    /// The last act of ours that counted as activity of a session; invalid = none.
    [[nodiscard]] QDateTime lastActivity(const QString& sessionId) const;
    /// When a session would end by itself, as far as is known.
    [[nodiscard]] Expiry expiry(const QString& sessionId) const;
    /// Keeps a session from its idle time-out, until it ends or this is taken back.
    void setKeptAlive(const QString& sessionId, bool isKept);
    [[nodiscard]] bool isKeptAlive(const QString& sessionId) const;

Q_SIGNALS:
    /// connection(), version(), problem() or profile() changed.
    void connectionChanged();
    /// A list was read; lastSeen() and roundTrip() moved.
    void listed();
    void activeRunsChanged();
    void keptAliveChanged(const QString& sessionId);
    /// isOwn() answers otherwise for what did not change itself.
    void ownershipChanged();
    void transitionSeen(const kindling::Transition& transition);
    /// Everything seen of this server and done to it, in its order; `number` is not set.
    void observed(const kindling::Observation& observation);

private:
    class Private;
    friend class Private;
    void setConnection(ConnectionState state, const Error& problem);

    ServerProfile m_profile;
    std::unique_ptr<SparkApi> m_api;
    Clock& m_clock;
    ItemStore m_sessions;
    ItemStore m_batches;
    ConnectionState m_connection = ConnectionState::Unconnected;
    ServerVersion m_version;
    Error m_problem;
    std::chrono::milliseconds m_roundTrip{ 0 };
    QDateTime m_lastSeen;
    std::unique_ptr<Private> d;
};

} // namespace kindling
