// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server_p.h"
#include "app/storage/statenotes.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

RequestHandle Server::remove(ItemType type, const QString& id, QObject* context, Reply<Done> reply)
{
    return d->end({ .type = type, .id = id }, context, std::move(reply));
}

RequestHandle Server::stop(const QString& sessionId, QObject* context, Reply<Done> reply)
{
    return d->end({ .type = ItemType::Session, .id = sessionId, .isStop = true }, context, std::move(reply));
}

RequestHandle Server::Private::end(const Ending& ending, QObject* context, Reply<Done> reply)
{
    const auto& [type, id, isStop] = ending;
    const auto operation = std::make_shared<Operation<Done>>(
        context, std::move(reply), witnessOf<Done>(isStop ? OwnAct::What::Stop : OwnAct::What::Remove, factsFor(type, id)));
    if (const auto why = whyUnchangeable())
        return refuse(operation, *why);
    if (!hasList(type))
        return refuse(operation, problemOf(ErrorKind::Unavailable, Server::tr("Not connected to the server.")));
    const auto lost = std::make_shared<LostRemoval>(LostRemoval{ .type = type, .item = {}, .error = noProblem(), .isStop = isStop });
    if (const TrackedItem* item = q->store(type).find(id))
        lost->item = item->item;
    lost->item.id = id;
    q->store(type).setDeleting(id, !isStop);
    const auto fail = [this, operation, lost](const Error& why) { endRemoval(operation, *lost, std::unexpected(why)); };
    const auto answered = [this, operation, lost](Result<Done> answer) {
        if (!answer && isAnswerLost(answer.error())) {
            lost->error = answer.error();
            settleRemoval(operation, lost);
        } else {
            endRemoval(operation, *lost, std::move(answer));
        }
    };
    send(ending, pending.expect<Done>(fail, answered));
    return Operation<Done>::handleOf(operation);
}

RequestHandle Server::restartPython(const QString& sessionId, QObject* context, Reply<Done> reply)
{
    const auto operation = std::make_shared<Operation<Done>>(
        context, std::move(reply), d->witnessOf<Done>(OwnAct::What::RestartPython, d->factsFor(ItemType::Session, sessionId)));
    if (const auto why = d->whyUnchangeable())
        return d->refuse(operation, *why);
    if (!canRestartPython()) {
        const QString lack = m_api ? tr("This server cannot restart Python alone: begin a new session.") : tr("Not connected to the server.");
        return d->refuse(operation, problemOf(ErrorKind::Unavailable, lack));
    }
    const auto fail = [operation](const Error& why) { operation->answer(std::unexpected(why)); };
    const auto answered = [this, operation](Result<Done> answer) {
        if (answer)
            d->scheduler.look(d->listLooks.at(0));
        operation->answer(std::move(answer));
    };
    m_api->python()->restart(sessionId, this, d->pending.expect<Done>(fail, answered));
    return Operation<Done>::handleOf(operation);
}

std::optional<Error> Server::Private::whyUnchangeable() const
{
    if (!q->m_profile.isReadOnly)
        return std::nullopt;
    return problemOf(ErrorKind::Unavailable, Server::tr("“%1” is marked read-only in Kindling: nothing is changed on it.").arg(q->m_profile.name));
}

void Server::Private::send(const Ending& ending, const Reply<Done>& answered)
{
    if (ending.isStop)
        q->m_api->sessions()->stop(ending.id, q, answered);
    else if (ending.type == ItemType::Session)
        q->m_api->sessions()->remove(ending.id, q, answered);
    else
        q->m_api->batches()->remove(ending.id, q, answered);
}

void Server::Private::noteStopped(const QString& id)
{
    if (!hasList(ItemType::Session))
        return;
    q->m_api->sessions()->fetch(id, q, [this, epoch = apiEpoch](const Result<SparkItem>& answer) {
        if (answer && epoch == apiEpoch)
            q->m_sessions.mergeOne(*answer, statenote::stoppedHere);
    });
}

void Server::Private::settleRemoval(const Removal& operation, const std::shared_ptr<LostRemoval>& lost)
{
    const auto fail = [this, operation, lost](const Error&) { endRemoval(operation, *lost, std::unexpected(lost->error)); };
    const auto looked = [this, operation, lost](const Result<WholeList>& list) { onRemovalLooked(operation, lost, list); };
    readForOperation(lost->type, pending.expect<WholeList>(fail, looked));
}

void Server::Private::onRemovalLooked(const Removal& operation, const std::shared_ptr<LostRemoval>& lost, const Result<WholeList>& list)
{
    const auto isThere = [&lost](const SparkItem& item) {
        return item.id == lost->item.id && isSameIncarnation(lost->item, item) && !(lost->isStop && item.state.isEnded());
    };
    if (list && list->isComplete && std::ranges::none_of(list->items, isThere)) {
        endRemoval(operation, *lost, Done{});
        return;
    }
    int& counted = list ? lost->looks : lost->failures;
    if (++counted >= (list ? looksToSettle : failuresToSettle)) {
        endRemoval(operation, *lost, std::unexpected(lost->error));
        return;
    }
    const auto fail = [this, operation, lost](const Error&) { endRemoval(operation, *lost, std::unexpected(lost->error)); };
    const auto lookAgain = [this, operation, lost](const Result<Done>&) { settleRemoval(operation, lost); };
    clock.after(betweenSettlingLooks, q, [next = pending.expect<Done>(fail, lookAgain)] { next(Done{}); });
}

void Server::Private::endRemoval(const Removal& operation, const LostRemoval& lost, Result<Done> result)
{
    if (lost.isStop) {
        if (result)
            noteStopped(lost.item.id);
        operation->answer(std::move(result));
        return;
    }
    ItemStore& store = q->store(lost.type);
    const TrackedItem* present = store.find(lost.item.id);
    // the id may already name another one, which is not ours to touch
    const bool isSame = present && isSameIncarnation(lost.item, present->item);
    if (isSame && result)
        store.remove(lost.item.id);
    else if (isSame)
        store.setDeleting(lost.item.id, false);
    operation->answer(std::move(result));
}

} // namespace kindling
