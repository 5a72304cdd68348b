// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server_p.h"

#include <algorithm>
#include <utility>

namespace kindling {

using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration shortestRhythm = 2s;
constexpr Clock::Duration slowReading = 1s;
constexpr int longListShare = 20; ///< a long list that is slow to read is in flight for at most this part of the time
constexpr int slowListShare = 10; ///< a short one
constexpr Clock::Duration restPerPage = 500ms; ///< others have most of the server's budget

size_t slot(ItemType type)
{
    return type == ItemType::Session ? 0 : 1;
}

bool isLong(const WholeList& list)
{
    return list.total > newestSize;
}

/// Between two readings of a whole list.
Clock::Duration restAfter(const WholeList& list)
{
    const int share = isLong(list) ? longListShare : slowListShare;
    const Clock::Duration ofServer = list.inFlight > slowReading ? list.inFlight * share : Clock::Duration(0);
    return std::max(ofServer, list.pages * restPerPage);
}

ItemStore::Extent extentOf(const WholeList& list)
{
    using Extent = ItemStore::Extent;
    return list.isComplete ? Extent::Whole : list.isCut ? Extent::Cut : Extent::Holed;
}
}

bool Server::Private::hasList(ItemType type) const
{
    SparkApi* api = q->m_api.get();
    return api && (type == ItemType::Session ? api->sessions() != nullptr : api->batches() != nullptr);
}

bool Server::Private::readsList(ItemType type) const
{
    return hasList(type) && !isIgnored.at(slot(type));
}

PageReader Server::Private::pageReader(ItemType type) const
{
    SparkApi* api = q->m_api.get();
    if (type == ItemType::Session) {
        return [facet = api->sessions()](int from, int size, QObject* context, Reply<ItemPage> reply) {
            return facet->list(from, size, context, std::move(reply));
        };
    }
    return [facet = api->batches()](int from, int size, QObject* context, Reply<ItemPage> reply) {
        return facet->list(from, size, context, std::move(reply));
    };
}

void Server::Private::beginPolling()
{
    versionProblem.reset();
    listProblems = {};
    unreadable = {};
    isListed = {};
    isNewestFailing = {};
    isOnlineOnce = false;
    q->setConnection(ConnectionState::Connecting, noProblem());
    scheduler.look(versionLook);
    wakeWatch.start();
}

RequestHandle Server::Private::askVersion(const PollScheduler::Report& report)
{
    return q->m_api->version(&scheduler, [this, report](Result<ServerVersion> answer) {
        // one that does not tell its version, or whose gateway does not let it, is still a server
        versionProblem = answer || !isUnreachable(answer.error()) ? std::nullopt : std::optional(answer.error());
        const bool mayTellLater = !answer && (versionProblem || answer.error().kind == ErrorKind::Server);
        if (answer && answer->text != q->m_version.text) {
            q->m_version = *answer;
            Q_EMIT q->connectionChanged();
        }
        report(mayTellLater ? std::optional(answer.error()) : std::nullopt);
        if (!versionProblem) {
            for (const ItemType type : { ItemType::Session, ItemType::Batch }) {
                if (readsList(type))
                    scheduler.look(listLooks.at(slot(type)));
            }
        }
        if (versionProblem || (!readsList(ItemType::Session) && !readsList(ItemType::Batch)))
            evaluate();
    });
}

RequestHandle Server::Private::askList(ItemType type, const PollScheduler::Report& report)
{
    const qint64 epoch = q->store(type).epoch();
    return readWholeList(pageReader(type), &budget, clock, &scheduler, [this, type, epoch, report](const Result<WholeList>& list) {
        if (list)
            scheduler.restAtLeast(listLooks.at(slot(type)), restAfter(*list));
        report(list ? std::nullopt : std::optional(list.error()));
        onListed(type, list, epoch);
    });
}

RequestHandle Server::Private::askNewest(ItemType type, const PollScheduler::Report& report)
{
    const qint64 epoch = q->store(type).epoch();
    const int first = std::max(0, listTotals.at(slot(type)) - newestSize);
    return readList({ pageReader(type), &budget, first }, clock, &scheduler, [this, type, epoch, report](const Result<WholeList>& list) {
        report(list ? std::nullopt : std::optional(list.error()));
        onNewest(type, list, epoch);
    });
}

void Server::Private::onListed(ItemType type, const Result<WholeList>& list, qint64 epoch)
{
    listProblems.at(slot(type)) = list ? std::nullopt : std::optional(list.error());
    take(type, list, [&] {
        isNewestFailing.at(slot(type)) = false;
        unreadable.at(slot(type)) = list->problem;
        q->store(type).merge(list->items, epoch, extentOf(*list));
        isListed.at(slot(type)) = true;
        const int newest = newestLooks.at(slot(type));
        if (!isLong(*list) || restAfter(*list) <= shortestRhythm)
            scheduler.rest(newest);
        else if (!scheduler.isWanted(newest))
            scheduler.start(newest);
    });
}

void Server::Private::onNewest(ItemType type, const Result<WholeList>& list, qint64 epoch)
{
    const bool wasFailing = std::exchange(isNewestFailing.at(slot(type)), !list);
    if (!list || wasFailing)
        listProblems.at(slot(type)) = list ? std::nullopt : std::optional(list.error());
    if (list && wasFailing) // the older ones may have changed meanwhile
        scheduler.look(listLooks.at(slot(type)));
    take(type, list, [&] { q->store(type).mergePart(list->items, epoch); });
}

void Server::Private::take(ItemType type, const Result<WholeList>& list, const std::function<void()>& merge)
{
    if (!list) {
        evaluate();
        return;
    }
    listTotals.at(slot(type)) = list->total;
    q->m_roundTrip = list->roundTrip;
    observeGap();
    q->m_lastSeen = clock.now();
    merge();
    evaluate();
    resumePaused();
    Q_EMIT q->listed();
}

void Server::Private::resumePaused()
{
    if (scheduler.isPaused())
        return;
    watchedLogs.resume();
    for (StatementRunner* runner : std::as_const(runners))
        runner->serverAnswered();
    for (StatementWatch* watch : std::as_const(statementWatches))
        watch->resume();
    for (const auto& ofType : logs) {
        for (LogTailer* log : ofType)
            log->resume();
    }
}

Error Server::Private::remark() const
{
    const QString what = unreadable[0].isEmpty() ? unreadable[1] : unreadable[0];
    return what.isEmpty() ? noProblem() : problemOf(ErrorKind::Protocol, Server::tr("Some of what the server lists could not be read."), what);
}

void Server::Private::evaluate()
{
    for (const auto* problem : { &versionProblem, &listProblems[0], &listProblems[1] }) {
        if (*problem && needsPerson(**problem)) {
            watchedLogs.pause();
            q->setConnection(ConnectionState::SignInNeeded, **problem);
            return;
        }
    }
    const bool lacksSessions = !readsList(ItemType::Session) || listProblems[0];
    const bool lacksBatches = !readsList(ItemType::Batch) || listProblems[1];
    const std::optional<Error> problem = versionProblem ? versionProblem : listProblems[0] ? listProblems[0] : listProblems[1];
    if (problem && (versionProblem || (lacksSessions && lacksBatches))) {
        q->setConnection(ConnectionState::Offline, *problem);
        return;
    }
    // after an outage it may be another version
    const bool isBack = q->m_connection == ConnectionState::Offline && isOnlineOnce;
    isOnlineOnce = true;
    q->setConnection(ConnectionState::Online, problem.value_or(remark()));
    if (isBack)
        scheduler.look(versionLook);
}

} // namespace kindling
