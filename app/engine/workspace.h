// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/serverprofile.h"
#include "app/engine/itemstore.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace kindling {

class ItemGuard;
class Server;
class SparkApi;
class LocalSpark;

/// Makes the api of a profile; given by main, since only it knows transports, secrets and dialects.
using ApiFactory = std::function<std::unique_ptr<SparkApi>(const ServerProfile&)>;

/// All servers of the window and everything seen of them.
class Workspace final : public QObject {
    Q_OBJECT
public:
    Workspace(ApiFactory factory, Clock& clock, QObject* parent = nullptr);
    ~Workspace() override;

    /// Makes the servers equal to `profiles`: adds, removes, changes. Keeps what did not change.
    void setProfiles(const QList<ServerProfile>& profiles);
    [[nodiscard]] const QList<Server*>& servers() const { return m_servers; }
    [[nodiscard]] Server* server(const ServerId& id) const;
    [[nodiscard]] const TrackedItem* item(const ItemKey& key) const;
    /// Every transition seen since the start, oldest first, at most 10 000.
    [[nodiscard]] const QList<Transition>& transitions() const { return m_transitions; }
    [[nodiscard]] int activeRunCount() const;
    /// Whether all servers look at the logs that nobody has open (Server::setWatchesLogs). Off at first.
    void setWatchesLogs(bool watches);
    [[nodiscard]] Clock& clock() const { return m_clock; }
    /// Server::setLocalUser() of all, also of those that come.
    void setLocalUser(const QString& name);
    /// Which of all that may be changed from here.
    [[nodiscard]] ItemGuard& guard() const { return *m_guard; }
    /// Its password or token is another now: asks at once. What runs there goes on.
    void signedIn(const ServerId& id);
    /// The address of a running Local Spark: the server with kind LocalSpark is connected to it.
    void localSparkStarted(const ServerId& id, const QUrl& url);
    /// All that ran on it has gone with it.
    void localSparkStopped(const ServerId& id);

Q_SIGNALS:
    void serverAdded(kindling::Server* server);
    void serverAboutToBeRemoved(kindling::Server* server);
    /// It is no longer among servers().
    void serverRemoved(const kindling::ServerId& id);
    void transitionSeen(const kindling::Transition& transition);
    /// The stream of everything seen and done, of all servers; `number` ascends from 1.
    void observed(const kindling::Observation& observation);
    void activeRunsChanged();
    /// What is ours of a server's sessions and batches, though they did not change themselves.
    void ownershipChanged();

private:
    void addServer(const ServerProfile& profile);
    void changeServer(Server* changed, ServerProfile profile);
    void removeServer(Server* removed);
    void keepTransition(const Transition& transition);

    ApiFactory m_factory;
    Clock& m_clock;
    std::unique_ptr<ItemGuard> m_guard;
    QList<Server*> m_servers;
    QList<Transition> m_transitions;
    qint64 m_lastTransition = 0;
    qint64 m_lastObservation = 0;
    bool m_watchesLogs = false;
    std::optional<QString> m_localUser;
};

} // namespace kindling
