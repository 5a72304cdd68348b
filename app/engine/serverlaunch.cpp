// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server_p.h"
#include "app/livy/requestrecord.h"

#include <QRandomGenerator>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Two minutes in all: a gateway gives up on a create that blocks long before the server lists what it makes.
constexpr int looksForLaunch = 12;
constexpr Clock::Duration longestLaunchPause{ 12'000 };

Clock::Duration pauseAfter(int looks)
{
    return std::min(longestLaunchPause, betweenSettlingLooks * (1 << std::clamp(looks - 1, 0, 8)));
}

/// A name that no other item can have, by which a lost answer is settled.
QString uniqueName()
{
    return u"kindling-%1"_s.arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'));
}

// A server without impersonation takes the wish and drops it (livy-protocol 8, trap 13).
QString remarkOn(const QString& proxyUser, const SparkItem& made)
{
    const bool isDropped = !proxyUser.isEmpty() && made.proxyUser != proxyUser;
    return isDropped ? Server::tr("The server ignored that it should run as %1.").arg(proxyUser) : QString();
}
}

RequestHandle Server::createSession(NewSession wanted, QObject* context, Reply<SparkItem> reply)
{
    if (wanted.name.isEmpty())
        wanted.name = uniqueName();
    const auto send = [this, wanted](QObject* own, Reply<SparkItem> answer) { return m_api->sessions()->create(wanted, own, std::move(answer)); };
    return d->launch(ItemType::Session, { wanted.name, wanted.proxyUser, recordableRequest(wanted, m_version) }, send, context, std::move(reply));
}

RequestHandle Server::createSessionRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply, const QString& name)
{
    const auto send = [this, json](QObject* own, Reply<SparkItem> answer) { return m_api->sessions()->createRaw(json, own, std::move(answer)); };
    return d->launch(ItemType::Session, { name, {}, recordableSessionRequest(json, m_version) }, send, context, std::move(reply));
}

RequestHandle Server::createBatch(NewBatch wanted, QObject* context, Reply<SparkItem> reply)
{
    if (wanted.name.isEmpty())
        wanted.name = uniqueName();
    const auto send = [this, wanted](QObject* own, Reply<SparkItem> answer) { return m_api->batches()->create(wanted, own, std::move(answer)); };
    return d->launch(ItemType::Batch, { wanted.name, wanted.proxyUser, recordableRequest(wanted) }, send, context, std::move(reply));
}

RequestHandle Server::createBatchRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply, const QString& name)
{
    const auto send = [this, json](QObject* own, Reply<SparkItem> answer) { return m_api->batches()->createRaw(json, own, std::move(answer)); };
    return d->launch(ItemType::Batch, { name, {}, recordableBatchRequest(json) }, send, context, std::move(reply));
}

RequestHandle Server::Private::launch(ItemType type, const Wish& wish, const Send& send, QObject* context, Reply<SparkItem> reply)
{
    const ItemFacts facts{ .key = { q->m_profile.id, type, {} }, .name = wish.name };
    const Launch operation = std::make_shared<Operation<SparkItem>>(context, std::move(reply), witnessOf<SparkItem>(OwnAct::What::Create, facts, wish.request));
    if (const auto why = whyUnchangeable())
        return refuse(operation, *why);
    if (!q->m_api)
        return refuse(operation, problemOf(ErrorKind::Unavailable, Server::tr("Not connected to the server.")));
    if (!hasList(type))
        return refuse(operation, problemOf(ErrorKind::Unavailable, Server::tr("This server does not offer that.")));
    ownership.expect(wish.name);
    const auto lost = std::make_shared<LostLaunch>(LostLaunch{
        .type = type, .name = wish.name, .proxyUser = wish.proxyUser, .knownIds = {}, .error = noProblem() });
    if (!q->hasListed(type) && !wish.name.isEmpty()) {
        listThenLaunch(operation, lost, send);
        return Operation<SparkItem>::handleOf(operation);
    }
    lost->knownIds.emplace();
    for (const TrackedItem& item : q->store(type).items())
        lost->knownIds->insert(item.key.id);
    sendLaunch(operation, lost, send);
    return Operation<SparkItem>::handleOf(operation);
}

void Server::Private::listThenLaunch(const Launch& operation, const std::shared_ptr<LostLaunch>& lost, const Send& send)
{
    const auto fail = [operation](const Error&) {
        operation->answer(std::unexpected(problemOf(ErrorKind::Unavailable, Server::tr("Nothing was sent: the connection to the server was ended."))));
    };
    const auto listed = [this, operation, lost, send](const Result<WholeList>& list) {
        if (operation->isAnswered()) // cancelled: nobody wants it any more
            return;
        if (!list && needsPerson(list.error())) {
            operation->answer(std::unexpected(list.error()));
            return;
        }
        if (list && list->isComplete) {
            lost->knownIds.emplace();
            for (const SparkItem& item : list->items)
                lost->knownIds->insert(item.id);
        }
        sendLaunch(operation, lost, send);
    };
    readForOperation(lost->type, pending.expect<WholeList>(fail, listed));
}

void Server::Private::sendLaunch(const Launch& operation, const std::shared_ptr<LostLaunch>& lost, const Send& send)
{
    const auto fail = [operation](const Error& why) { operation->answer(std::unexpected(why)); };
    const auto answered = [this, operation, lost](Result<SparkItem> answer) {
        if (answer) {
            takeLaunched(*lost, *answer);
            operation->answer(std::move(answer));
            return;
        }
        lost->error = answer.error();
        if (isAnswerLost(lost->error) && !lost->name.isEmpty() && lost->knownIds) {
            settleLaunch(operation, lost);
            return;
        }
        // a refused creation may still have left something behind (livy-protocol 8, trap 22)
        scheduler.look(listLooks.at(lost->type == ItemType::Session ? 0 : 1));
        operation->answer(std::move(answer));
    };
    send(q, pending.expect<SparkItem>(fail, answered));
}

void Server::Private::takeLaunched(const LostLaunch& launch, const SparkItem& made)
{
    ownership.remember(factsOf({ q->m_profile.id, launch.type, made.id }, made), clock.now());
    q->store(launch.type).mergeOne(made, remarkOn(launch.proxyUser, made));
}

void Server::Private::settleLaunch(const Launch& operation, const std::shared_ptr<LostLaunch>& lost)
{
    const auto fail = [operation, lost](const Error&) { operation->answer(std::unexpected(lost->error)); };
    const auto looked = [this, operation, lost](const Result<WholeList>& list) { onLaunchLooked(operation, lost, list); };
    readForOperation(lost->type, pending.expect<WholeList>(fail, looked));
}

void Server::Private::onLaunchLooked(const Launch& operation, const std::shared_ptr<LostLaunch>& lost, const Result<WholeList>& list)
{
    const auto isOurs = [&lost](const SparkItem& item) { return item.name == lost->name && !lost->knownIds->contains(item.id); };
    if (list) {
        const auto found = std::ranges::find_if(list->items, isOurs);
        if (found != list->items.end()) {
            takeLaunched(*lost, *found);
            operation->answer(*found);
            return;
        }
    }
    int& counted = list ? lost->looks : lost->failures;
    if (++counted >= (list ? looksForLaunch : failuresToSettle)) {
        operation->answer(std::unexpected(lost->error));
        return;
    }
    const auto fail = [operation, lost](const Error&) { operation->answer(std::unexpected(lost->error)); };
    const auto lookAgain = [this, operation, lost](const Result<Done>&) { settleLaunch(operation, lost); };
    clock.after(pauseAfter(lost->looks + lost->failures), q, [next = pending.expect<Done>(fail, lookAgain)] { next(Done{}); });
}

void Server::Private::readForOperation(ItemType type, Reply<WholeList> reply)
{
    const int number = ++lastRead;
    reads.insert(number, readWholeList(pageReader(type), &budget, clock, q, [this, number, reply = std::move(reply)](Result<WholeList> list) {
        reads.remove(number);
        reply(std::move(list));
    }));
}

void Server::Private::endReads()
{
    for (RequestHandle& read : reads)
        read.cancel();
    reads.clear();
}

void Server::Private::abortOperations()
{
    endReads();
    const Error why = problemOf(ErrorKind::UnknownOutcome, Server::tr("The connection to the server was ended before it answered."));
    const QList<PendingReplies::Fail> waiting = pending.takeAll();
    for (const PendingReplies::Fail& fail : waiting)
        clock.after(Clock::Duration(0), q, [fail, why] { fail(why); });
}

} // namespace kindling
