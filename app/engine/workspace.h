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
    /// Which of all that may be changed from here.
    [[nodiscard]] ItemGuard& guard() const { return *m_guard; }
    /// Begins anew with a server, from a fresh api: after its password or token changed.
    void reconnect(const ServerId& id);
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
};

} // namespace kindling
