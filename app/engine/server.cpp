// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server_p.h"
#include "app/livy/rowlimit.h"

namespace kindling {

using namespace std::chrono_literals;

namespace {
size_t slot(ItemType type)
{
    return type == ItemType::Session ? 0 : 1;
}

Clock::Duration intervalOf(Server::Attention attention)
{
    switch (attention) {
    case Server::Attention::Visible:
        return 2s;
    case Server::Attention::Background:
        return 15s;
    case Server::Attention::Hidden:
        return 60s;
    }
    return 2s;
}
}

Server::Private::Private(Server* server, Clock& someClock)
    : q(server)
    , clock(someClock)
    , budget(someClock)
    , scheduler(budget, someClock)
    , watchedLogs([this](ItemType type, const QString& id) { return backgroundLog(type, id); }, budget, someClock)
    , keepAlive([this](const QString& id) { touch(id); }, someClock)
    , wakeWatch(someClock)
{
    QObject::connect(&wakeWatch, &WakeWatch::woke, server, [this] { onWoke(); });
    using Rhythm = PollScheduler::Rhythm;
    versionLook = scheduler.add(Rhythm::Once, [this](const PollScheduler::Report& report) { return askVersion(report); });
    for (const ItemType type : { ItemType::Session, ItemType::Batch }) {
        listLooks.at(slot(type)) = scheduler.add(Rhythm::Repeated,
            [this, type](const PollScheduler::Report& report) { return askList(type, report); });
        newestLooks.at(slot(type)) = scheduler.add(Rhythm::Repeated,
            [this, type](const PollScheduler::Report& report) { return askNewest(type, report); });
    }
}

Server::Server(ServerProfile profile, std::unique_ptr<SparkApi> api, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_profile(std::move(profile))
    , m_api(std::move(api))
    , m_clock(clock)
    , m_sessions(m_profile.id, ItemType::Session, clock)
    , m_batches(m_profile.id, ItemType::Batch, clock)
    , m_problem(noProblem())
    , d(std::make_unique<Private>(this, clock))
{
    for (ItemStore* each : { &m_sessions, &m_batches }) {
        connect(each, &ItemStore::transitionSeen, this, [this](const Transition& transition) {
            d->observeTransition(transition);
            Q_EMIT transitionSeen(transition);
        });
        connect(each, &ItemStore::changed, this, [this, each](const auto& added, const auto& updated, const auto& removed) {
            d->onItemsChanged(each->type(), added + updated, removed);
            d->watchItems(*each, added + updated, removed);
        });
    }
}

Server::~Server()
{
    d->scheduler.stop();
    d->endReads();
}

double Server::readRate() const
{
    return d->budget.rate();
}

void Server::setProfile(const ServerProfile& profile)
{
    if (profile == m_profile)
        return;
    m_profile = profile;
    d->applyReadOnly();
    Q_EMIT connectionChanged();
}

void Server::connectWith(std::unique_ptr<SparkApi> api)
{
    disconnectFrom(ConnectionState::Unconnected);
    // the one before may be the caller: it goes when its call has returned
    const std::shared_ptr<SparkApi> before = std::exchange(m_api, std::move(api));
    m_clock.after(Clock::Duration(0), this, [before] {});
    m_version = {};
    m_sessions.clear();
    m_batches.clear();
    start();
}

void Server::disconnectFrom(ConnectionState state)
{
    ++d->apiEpoch;
    d->scheduler.stop();
    d->watchedLogs.leaveAll();
    d->keepAlive.releaseAll();
    d->wakeWatch.stop();
    d->retireAll(problemOf(ErrorKind::UnknownOutcome, tr("The connection to the server was ended.")));
    d->abortOperations();
    setConnection(state, noProblem());
}

void Server::start()
{
    if (m_api)
        d->beginPolling();
}

void Server::ignore(ItemType type)
{
    d->isIgnored.at(slot(type)) = true;
}

void Server::refresh()
{
    if (!m_api)
        return;
    d->versionProblem.reset();
    d->listProblems = {};
    d->scheduler.refresh();
    if (m_connection == ConnectionState::SignInNeeded || m_connection == ConnectionState::Offline)
        setConnection(ConnectionState::Connecting, noProblem());
    for (StatementRunner* runner : std::as_const(d->runners))
        runner->lookNow();
    for (StatementWatch* watch : std::as_const(d->statementWatches))
        watch->lookNow();
    for (const auto& logs : d->logs) {
        for (LogTailer* log : logs)
            log->lookNow();
    }
}

void Server::setAttention(Attention attention)
{
    d->scheduler.setInterval(intervalOf(attention));
}

bool Server::hasListed(ItemType type) const
{
    return d->isListed.at(slot(type));
}

StatementRunner* Server::runner(const QString& sessionId)
{
    if (StatementRunner* existing = existingRunner(sessionId))
        return existing;
    auto* runner = new StatementRunner(m_api ? m_api->statements() : nullptr, sessionId, m_clock, this);
    runner->setBudget(&d->budget);
    runner->setRefusal(d->whyUnchangeable());
    d->runners.insert(sessionId, runner);
    if (const TrackedItem* item = m_sessions.find(sessionId)) {
        runner->setRowLimit(rowLimitOf(item->item.conf.toMap()));
        runner->setSessionState(item->item.state);
    }
    connect(runner, &StatementRunner::runChanged, this, [this, sessionId] {
        d->showAttached(sessionId);
        d->countRuns();
    });
    connect(runner, &StatementRunner::interpreterDied, this, [this, sessionId](Kind kind) {
        m_sessions.setDamage(sessionId, wireName(kind));
    });
    connect(runner, &StatementRunner::sessionDoubted, this, [this] { d->scheduler.look(d->listLooks.at(slot(ItemType::Session))); });
    d->observeRuns(runner);
    return runner;
}

void Server::Private::applyReadOnly()
{
    const auto why = whyUnchangeable();
    for (StatementRunner* runner : std::as_const(runners))
        runner->setRefusal(why);
    for (const TrackedItem& session : q->m_sessions.items()) {
        if (why)
            q->setKeptAlive(session.key.id, false);
    }
}

StatementRunner* Server::existingRunner(const QString& sessionId) const
{
    return d->runners.value(sessionId);
}

StatementWatch* Server::statements(const QString& sessionId)
{
    StatementWatch*& watch = d->statementWatches[sessionId];
    if (watch)
        return watch;
    watch = new StatementWatch(m_api ? m_api->statements() : nullptr, sessionId, m_clock, this);
    watch->setBudget(&d->budget);
    if (const TrackedItem* item = m_sessions.find(sessionId)) {
        watch->setRowLimit(rowLimitOf(item->item.conf.toMap()));
        watch->setSessionState(item->item.state);
    }
    connect(watch, &StatementWatch::stateChanged, this, [this, sessionId] { d->showAttached(sessionId); });
    connect(watch, &StatementWatch::changed, this, [this, sessionId](const auto& statements) { d->observeOthers(sessionId, statements); });
    return watch;
}

int Server::activeRunCount() const
{
    int count = 0;
    for (const StatementRunner* runner : std::as_const(d->runners))
        count += runner->activeCount();
    return count;
}

LogTailer* Server::log(ItemType type, const QString& id)
{
    LogTailer*& log = d->logs.at(slot(type))[id];
    if (log) {
        d->backgroundLogs.remove(log);
        return log;
    }
    log = new LogTailer(m_api ? m_api->logs() : nullptr, { m_profile.id, type, id }, m_clock, this);
    log->setBudget(&d->budget);
    log->setRecorded(d->watchesLogs);
    if (const TrackedItem* item = store(type).find(id))
        log->setEnded(item->item.state.isEnded());
    if (type == ItemType::Session)
        connect(log, &LogTailer::stateChanged, this, [this, id] { d->showAttached(id); });
    d->observeLog(log);
    return log;
}

void Server::setConnection(ConnectionState state, const Error& problem)
{
    if (state == m_connection && problem == m_problem)
        return;
    m_connection = state;
    m_problem = problem;
    Q_EMIT connectionChanged();
}

void Server::Private::onItemsChanged(ItemType type, const QStringList& changed, const QList<TrackedItem>& removed)
{
    removedFacts.clear();
    for (const TrackedItem& item : removed) {
        removedFacts.insert(item.key.id, factsOf(item.key, item.item));
        const QString why = tr("The session is gone from the server.");
        retire(type, item.key.id, problemOf(ErrorKind::NotFound, why, item.item.state.raw));
    }
    if (runners.isEmpty() && statementWatches.isEmpty() && logs.at(slot(type)).isEmpty())
        return;
    for (const QString& id : changed) {
        const TrackedItem* item = q->store(type).find(id);
        if (!item)
            continue;
        if (StatementRunner* runner = type == ItemType::Session ? runners.value(id) : nullptr) {
            runner->setRowLimit(rowLimitOf(item->item.conf.toMap()));
            runner->setSessionState(item->item.state);
        }
        if (StatementWatch* watch = type == ItemType::Session ? statementWatches.value(id) : nullptr) {
            watch->setRowLimit(rowLimitOf(item->item.conf.toMap()));
            watch->setSessionState(item->item.state);
        }
        if (LogTailer* log = logs.at(slot(type)).value(id))
            log->setEnded(item->item.state.isEnded());
    }
}

void Server::Private::retire(ItemType type, const QString& id, const Error& why)
{
    StatementRunner* runner = type == ItemType::Session ? runners.take(id) : nullptr;
    if (runner) {
        runner->abandon(why);
        runner->deleteLater();
    }
    if (StatementWatch* watch = type == ItemType::Session ? statementWatches.take(id) : nullptr) {
        watch->abandon();
        watch->deleteLater();
    }
    if (LogTailer* log = logs.at(slot(type)).take(id)) {
        log->abandon();
        if (backgroundLogs.remove(log))
            log->deleteLater();
    }
    if (runner)
        countRuns();
}

void Server::Private::retireAll(const Error& why)
{
    const QStringList sessions = runners.keys() + statementWatches.keys() + logs[0].keys();
    for (const QString& id : sessions)
        retire(ItemType::Session, id, why);
    const QStringList batches = logs[1].keys();
    for (const QString& id : batches)
        retire(ItemType::Batch, id, why);
}

void Server::Private::showAttached(const QString& sessionId)
{
    const LogTailer* log = logs[0].value(sessionId);
    const StatementRunner* runner = runners.value(sessionId);
    const StatementWatch* watch = statementWatches.value(sessionId);
    const bool isRead = (log && log->isWatched()) || (watch && watch->isWatched());
    q->m_sessions.setAttached(sessionId, isRead || (runner && runner->isAsking()));
}

void Server::Private::countRuns()
{
    const int count = q->activeRunCount();
    if (std::exchange(lastRunCount, count) != count)
        Q_EMIT q->activeRunsChanged();
}

} // namespace kindling
