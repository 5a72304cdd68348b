// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/workspace.h"

#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/livy/sparkapi.h"
#include "app/storage/statenotes.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostTransitions = 10'000;

/// Need no other api be made? Whatever else changes, changes what is sent or whom it may reach.
bool isSameEndpoint(ServerProfile left, const ServerProfile& right)
{
    left.name = right.name;
    left.isReadOnly = right.isReadOnly;
    left.python = right.python;
    return left == right;
}
}

Workspace::Workspace(ApiFactory factory, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_factory(std::move(factory))
    , m_clock(clock)
    , m_guard(std::make_unique<ItemGuard>(*this))
{
}

Workspace::~Workspace() = default;

void Workspace::setProfiles(const QList<ServerProfile>& profiles)
{
    const QList<Server*> before = m_servers;
    for (Server* each : before) {
        if (std::ranges::none_of(profiles, [each](const ServerProfile& profile) { return profile.id == each->profile().id; }))
            removeServer(each);
    }
    for (const ServerProfile& profile : profiles) {
        if (Server* known = server(profile.id))
            changeServer(known, profile);
        else
            addServer(profile);
    }
}

Server* Workspace::server(const ServerId& id) const
{
    const auto at = std::ranges::find_if(m_servers, [&id](const Server* each) { return each->profile().id == id; });
    return at == m_servers.end() ? nullptr : *at;
}

const TrackedItem* Workspace::item(const ItemKey& key) const
{
    Server* owner = server(key.server);
    return owner ? owner->store(key.type).find(key.id) : nullptr;
}

int Workspace::activeRunCount() const
{
    int count = 0;
    for (const Server* each : m_servers)
        count += each->activeRunCount();
    return count;
}

void Workspace::setWatchesLogs(bool watches)
{
    m_watchesLogs = watches;
    for (Server* each : std::as_const(m_servers))
        each->setWatchesLogs(watches);
}

void Workspace::setLocalUser(const QString& name)
{
    m_localUser = name;
    for (Server* each : std::as_const(m_servers))
        each->setLocalUser(name);
}

void Workspace::signedIn(const ServerId& id)
{
    if (Server* changed = server(id))
        changed->refresh();
}

void Workspace::localSparkStarted(const ServerId& id, const QUrl& url)
{
    Server* local = server(id);
    if (!local)
        return;
    ServerProfile profile = local->profile();
    profile.url = url;
    local->setProfile(profile);
    local->connectWith(m_factory(profile));
}

void Workspace::localSparkStopped(const ServerId& id)
{
    Server* local = server(id);
    if (!local)
        return;
    // they were its children
    local->sessions().dropAll(statenote::serverStopped);
    local->batches().dropAll(statenote::serverStopped);
    local->disconnectFrom(ConnectionState::Stopped);
}

void Workspace::addServer(const ServerProfile& profile)
{
    const bool isLocal = profile.kind == ServerKind::LocalSpark;
    auto* added = new Server(profile, isLocal ? nullptr : m_factory(profile), m_clock, this);
    connect(added, &Server::transitionSeen, this, &Workspace::keepTransition);
    connect(added, &Server::observed, this, [this](Observation observation) {
        observation.number = ++m_lastObservation;
        Q_EMIT observed(observation);
    });
    connect(added, &Server::activeRunsChanged, this, &Workspace::activeRunsChanged);
    if (m_localUser)
        added->setLocalUser(*m_localUser);
    connect(added, &Server::ownershipChanged, this, &Workspace::ownershipChanged);
    added->setWatchesLogs(m_watchesLogs);
    m_servers.append(added);
    if (isLocal)
        added->disconnectFrom(ConnectionState::Stopped);
    Q_EMIT serverAdded(added);
    added->start();
}

void Workspace::changeServer(Server* changed, ServerProfile profile)
{
    const ServerProfile before = changed->profile();
    if (profile.kind == ServerKind::LocalSpark && before.kind == profile.kind)
        profile.url = before.url; // only known while it runs
    changed->setProfile(profile);
    if (isSameEndpoint(before, profile))
        return;
    if (profile.kind == ServerKind::LocalSpark)
        changed->disconnectFrom(ConnectionState::Stopped);
    else
        changed->connectWith(m_factory(profile));
}

void Workspace::removeServer(Server* removed)
{
    Q_EMIT serverAboutToBeRemoved(removed);
    m_servers.removeOne(removed);
    disconnect(removed, &Server::transitionSeen, this, nullptr);
    disconnect(removed, &Server::activeRunsChanged, this, nullptr);
    removed->disconnectFrom(ConnectionState::Stopped);
    // after those who wait for an answer of it: they hear of its end on the same turn
    m_clock.after(Clock::Duration(0), removed, [removed] { removed->deleteLater(); });
    Q_EMIT serverRemoved(removed->profile().id);
    Q_EMIT activeRunsChanged();
}

void Workspace::keepTransition(const Transition& transition)
{
    Transition numbered = transition;
    numbered.number = ++m_lastTransition;
    m_transitions.append(numbered);
    if (m_transitions.size() > mostTransitions)
        m_transitions.removeFirst();
    Q_EMIT transitionSeen(numbered);
}

} // namespace kindling
