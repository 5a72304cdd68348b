// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/keepalive.h"
#include "app/engine/listsweep.h"
#include "app/engine/logtailer.h"
#include "app/engine/lostanswers.h"
#include "app/engine/operation.h"
#include "app/engine/ownership.h"
#include "app/engine/pollscheduler.h"
#include "app/engine/problems.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/statementwatch.h"
#include "app/engine/wakewatch.h"
#include "app/engine/watchedlogs.h"

#include <QSet>

#include <array>
#include <optional>

namespace kindling {

/// The moving parts of a Server.
class Server::Private final {
public:
    using Launch = std::shared_ptr<Operation<SparkItem>>;
    using Removal = std::shared_ptr<Operation<Done>>;
    using Send = std::function<RequestHandle(QObject*, Reply<SparkItem>)>;

    /// What the server counts from, as far as we saw it.
    struct SessionClock {
        QDateTime born;
        QDateTime lastActivity;
    };

    Private(Server* server, Clock& someClock);

    // polling: serverlists.cpp
    RequestHandle askVersion(const PollScheduler::Report& report);
    RequestHandle askList(ItemType type, const PollScheduler::Report& report);
    RequestHandle askNewest(ItemType type, const PollScheduler::Report& report);
    void onListed(ItemType type, const Result<WholeList>& list, qint64 epoch);
    void onNewest(ItemType type, const Result<WholeList>& list, qint64 epoch);
    void take(ItemType type, const Result<WholeList>& list, const std::function<void()>& merge);
    void evaluate();
    [[nodiscard]] Error remark() const;
    /// Those that a refused sign-in silenced ask again, since the server lets us in.
    void resumePaused();
    void beginPolling();
    [[nodiscard]] PageReader pageReader(ItemType type) const;
    [[nodiscard]] bool hasList(ItemType type) const;
    [[nodiscard]] bool readsList(ItemType type) const;

    // what hangs on items: server.cpp
    void onItemsChanged(ItemType type, const QStringList& changed, const QList<TrackedItem>& removed);
    void retire(ItemType type, const QString& id, const Error& why);
    void retireAll(const Error& why);
    void showAttached(const QString& sessionId);
    void countRuns();
    void applyReadOnly();

    // the stream of what is seen: serverobserve.cpp
    template<typename What>
    void observe(const ItemFacts& item, What what);
    [[nodiscard]] ItemFacts factsFor(ItemType type, const QString& id) const;
    void observeTransition(const Transition& transition);
    void observeRuns(StatementRunner* runner);
    void observeRun(const StatementRunner& runner, RunId id, RunState from);
    void observeLate(const StatementRunner& runner, RunId id);
    void observeLog(LogTailer* log);
    void observeOthers(const QString& sessionId, const QList<Statement>& statements);
    [[nodiscard]] QByteArray configurationOf(const ItemKey& key) const;
    void observeGap();
    /// Sees how an operation of ours on an item ended.
    template<typename T>
    [[nodiscard]] std::function<void(const Result<T>&)> witnessOf(OwnAct::What what, const ItemFacts& item, const QByteArray& request = {});

    // what is watched unasked, and what would end: serverwatch.cpp
    void watchItems(ItemStore& store, const QStringList& changed, const QList<TrackedItem>& removed);
    void followLog(const TrackedItem& item);
    void followAllLogs();
    [[nodiscard]] LogTailer* backgroundLog(ItemType type, const QString& id);
    void forgetClock(const QString& sessionId);
    void noteState(const ItemKey& key, const StateSeen& seen);
    void noteAct(const ItemKey& key, const OwnAct& act);
    void touch(const QString& sessionId);
    void onWoke();

    // commands: serverlaunch.cpp, serverremove.cpp
    RequestHandle launch(ItemType type, const Wish& wish, const Send& send, QObject* context, Reply<SparkItem> reply);
    void takeLaunched(const LostLaunch& launch, const SparkItem& made);
    void sendLaunch(const Launch& operation, const std::shared_ptr<LostLaunch>& lost, const Send& send);
    /// Learns what there is before anything is added to it.
    void listThenLaunch(const Launch& operation, const std::shared_ptr<LostLaunch>& lost, const Send& send);
    void settleLaunch(const Launch& operation, const std::shared_ptr<LostLaunch>& lost);
    void onLaunchLooked(const Launch& operation, const std::shared_ptr<LostLaunch>& lost, const Result<WholeList>& list);
    RequestHandle end(const Ending& ending, QObject* context, Reply<Done> reply);
    void send(const Ending& ending, const Reply<Done>& answered);
    void noteStopped(const QString& id);
    void settleRemoval(const Removal& operation, const std::shared_ptr<LostRemoval>& lost);
    void onRemovalLooked(const Removal& operation, const std::shared_ptr<LostRemoval>& lost, const Result<WholeList>& list);
    void endRemoval(const Removal& operation, const LostRemoval& lost, Result<Done> result);
    [[nodiscard]] std::optional<Error> whyUnchangeable() const; ///< nullopt = the server may be changed
    template<typename T>
    RequestHandle refuse(const std::shared_ptr<Operation<T>>& operation, const Error& why);
    /// Answers what is under way with "unknown": the api that would have answered is gone.
    void abortOperations();
    /// A whole list for an operation under way; the reading ends with the api.
    void readForOperation(ItemType type, Reply<WholeList> reply);
    void endReads();

    Server* q;
    Clock& clock;
    ReadBudget budget;
    PollScheduler scheduler;
    int versionLook = 0;
    std::array<int, 2> listLooks{};   ///< by ItemType: at the whole list
    std::array<int, 2> newestLooks{}; ///< by ItemType: at the newest part of a long one, more often
    std::array<int, 2> listTotals{};  ///< by ItemType: how many there are
    std::optional<Error> versionProblem;
    std::array<std::optional<Error>, 2> listProblems; ///< by ItemType
    std::array<bool, 2> isListed{}; ///< by ItemType: since the api came
    std::array<bool, 2> isIgnored{}; ///< by ItemType
    std::array<bool, 2> isNewestFailing{}; ///< by ItemType
    std::array<QString, 2> unreadable; ///< by ItemType: what of a list could not be understood
    bool isOnlineOnce = false; ///< since the last outage
    int apiEpoch = 0;
    int lastRunCount = 0;
    QHash<QString, StatementRunner*> runners;
    QHash<QString, StatementWatch*> statementWatches;
    std::array<QHash<QString, LogTailer*>, 2> logs; ///< by ItemType
    WatchedLogs watchedLogs;
    KeepAlive keepAlive;
    WakeWatch wakeWatch;
    bool watchesLogs = false;
    QSet<LogTailer*> backgroundLogs; ///< that nobody else has: they go with their items
    Ownership ownership;
    QHash<QString, SessionClock> sessionClocks;
    QHash<QString, ItemFacts> removedFacts; ///< of what the merge under way removes
    PendingReplies pending; ///< of the operations under way
    QHash<int, RequestHandle> reads; ///< for them
    int lastRead = 0;
};

template<typename T>
RequestHandle Server::Private::refuse(const std::shared_ptr<Operation<T>>& operation, const Error& why)
{
    clock.after(Clock::Duration(0), q, [operation, why] { operation->answer(std::unexpected(why)); });
    return Operation<T>::handleOf(operation);
}

template<typename What>
void Server::Private::observe(const ItemFacts& item, What what)
{
    if constexpr (std::is_same_v<What, StateSeen>)
        noteState(item.key, what);
    else if constexpr (std::is_same_v<What, OwnAct>)
        noteAct(item.key, what);
    Q_EMIT q->observed({ .number = 0, .when = clock.now(), .item = item, .what = std::move(what) });
}

template<typename T>
std::function<void(const Result<T>&)> Server::Private::witnessOf(OwnAct::What what, const ItemFacts& item, const QByteArray& request)
{
    return [this, what, item, request](const Result<T>& result) {
        ItemFacts facts = item;
        if constexpr (std::is_same_v<T, SparkItem>) {
            if (result)
                facts = factsOf({ item.key.server, item.key.type, result->id }, *result);
        }
        observe(facts, OwnAct{ what, item.name, result ? QString() : result.error().title, request });
    };
}

} // namespace kindling
