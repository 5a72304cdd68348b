// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server_p.h"
#include "app/storage/records.h"

namespace kindling {

namespace {
constexpr int proxyAsksToSignIn = 407;

/// Reading such a session by its id would keep it alive, which watching must not. Before 0.8 no server tells.
bool mayHaveHeartbeat(const SparkItem& item, const ServerVersion& version)
{
    return item.heartbeatTimeoutSeconds > 0 || (version.major == 0 && version.minor < 8);
}
}

void Server::setWatchesLogs(bool watches)
{
    if (std::exchange(d->watchesLogs, watches) == watches)
        return;
    for (const auto& logs : d->logs) {
        for (LogTailer* log : logs)
            log->setRecorded(watches);
    }
    d->watchedLogs.leaveAll();
    d->followAllLogs();
}

bool Server::isOwn(const TrackedItem& item) const
{
    return d->ownership.isOwn(item, m_profile);
}

void Server::rememberOwn(const QList<RecordedLife>& begun)
{
    for (const RecordedLife& life : begun)
        d->ownership.remember(life.facts, life.firstSeen);
    d->followAllLogs();
    Q_EMIT ownershipChanged();
}

void Server::setLocalUser(const QString& name)
{
    d->ownership.setLocalUser(name);
    Q_EMIT ownershipChanged();
}

QDateTime Server::lastActivity(const QString& sessionId) const
{
    return d->sessionClocks.value(sessionId).lastActivity;
}

Expiry Server::expiry(const QString& sessionId) const
{
    const TrackedItem* item = m_sessions.find(sessionId);
    if (!item)
        return {};
    const Private::SessionClock clock = d->sessionClocks.value(sessionId);
    const QDateTime begun = d->ownership.begunBy(*item);
    return expiryOf(*item, m_version, clock.lastActivity, begun.isValid() && begun < clock.born ? begun : clock.born);
}

void Server::setKeptAlive(const QString& sessionId, bool isKept)
{
    const TrackedItem* item = m_sessions.find(sessionId);
    const bool isPossible = item && !item->item.state.isEnded() && !m_profile.isReadOnly;
    if (isKept == isKeptAlive(sessionId) || (isKept && !isPossible))
        return;
    if (isKept)
        d->keepAlive.keep(sessionId, parseTimeText(item->item.idleTimeout).value_or(KeepAlive::shortestLikelyTimeout));
    else
        d->keepAlive.release(sessionId);
    Q_EMIT keptAliveChanged(sessionId);
}

bool Server::isKeptAlive(const QString& sessionId) const
{
    return d->keepAlive.keeps(sessionId);
}

LogTailer* Server::Private::backgroundLog(ItemType type, const QString& id)
{
    auto& known = logs.at(type == ItemType::Session ? 0 : 1);
    if (LogTailer* log = known.value(id))
        return log;
    LogTailer* made = q->log(type, id);
    backgroundLogs.insert(made);
    return made;
}

void Server::Private::followLog(const TrackedItem& item)
{
    const WatchedLogs::Place place{ item.key.type, item.key.id };
    const bool isBatch = item.key.type == ItemType::Batch;
    const bool isAllowed = isBatch || item.isAttached || !mayHaveHeartbeat(item.item, q->m_version);
    // there may be thousands of those that ended before anybody watched
    const bool isOfInterest = !item.item.state.isEnded() || watchedLogs.follows(place) || q->isOwn(item);
    if (watchesLogs && isAllowed && isOfInterest)
        watchedLogs.follow(place, isBatch || q->isOwn(item));
    else
        watchedLogs.leave(place);
}

void Server::Private::followAllLogs()
{
    for (const ItemStore* each : { &q->m_sessions, &q->m_batches }) {
        for (const TrackedItem& item : each->items())
            followLog(item);
    }
}

void Server::Private::watchItems(ItemStore& store, const QStringList& changed, const QList<TrackedItem>& removed)
{
    for (const TrackedItem& item : removed) {
        watchedLogs.leave({ item.key.type, item.key.id });
        if (item.key.type == ItemType::Session)
            forgetClock(item.key.id);
    }
    for (const QString& id : changed) {
        const TrackedItem* item = store.find(id);
        if (!item)
            continue;
        followLog(*item);
        if (item->key.type == ItemType::Session && item->item.state.isEnded())
            q->setKeptAlive(id, false);
    }
}

void Server::Private::forgetClock(const QString& sessionId)
{
    sessionClocks.remove(sessionId);
    q->setKeptAlive(sessionId, false);
}

void Server::Private::noteState(const ItemKey& key, const StateSeen& seen)
{
    const bool isFirstSight = seen.from.raw.isEmpty();
    if (!isFirstSight)
        watchedLogs.hurry({ key.type, key.id });
    if (key.type == ItemType::Session && isFirstSight)
        sessionClocks[key.id].born = clock.now();
}

void Server::Private::noteAct(const ItemKey& key, const OwnAct& act)
{
    if (!act.answer.isEmpty() || key.id.isEmpty() || key.type != ItemType::Session || act.what == OwnAct::What::Remove || act.what == OwnAct::What::Stop)
        return;
    sessionClocks[key.id].lastActivity = clock.now();
    keepAlive.acted(key.id);
}

void Server::Private::touch(const QString& sessionId)
{
    SessionsFacet* sessions = q->m_api ? q->m_api->sessions() : nullptr;
    if (!sessions) {
        keepAlive.failed(sessionId);
        return;
    }
    sessions->keepAlive(sessionId, q, [this, sessionId, epoch = apiEpoch](const Result<SparkItem>& answer) {
        if (epoch != apiEpoch)
            return;
        observe(factsFor(ItemType::Session, sessionId), OwnAct{ OwnAct::What::KeepAlive, {}, answer ? QString() : answer.error().title });
        if (answer)
            q->m_sessions.mergeOne(*answer);
        else if (answer.error().kind == ErrorKind::NotFound || answer.error().kind == ErrorKind::Rejected)
            q->setKeptAlive(sessionId, false);
        else
            keepAlive.failed(sessionId);
    });
}

void Server::Private::onWoke()
{
    if (q->m_api)
        q->m_api->dropConnections();
    // a proxy is another one, or none, where the machine wakes: it is asked once
    if (scheduler.isPaused() && q->m_problem.httpStatus == proxyAsksToSignIn)
        q->refresh();
    else
        scheduler.lookAll();
    // while the machine slept the server counted on
    keepAlive.touchAll();
}

} // namespace kindling
