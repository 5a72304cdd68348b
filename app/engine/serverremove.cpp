// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server_p.h"

#include <algorithm>

namespace kindling {

RequestHandle Server::remove(ItemType type, const QString& id, QObject* context, Reply<Done> reply)
{
    const auto operation = std::make_shared<Operation<Done>>(
        context, std::move(reply), d->witnessOf<Done>(OwnAct::What::Remove, d->factsFor(type, id)));
    if (!d->hasList(type))
        return d->refuse(operation, problemOf(ErrorKind::Unavailable, tr("Not connected to the server.")));
    const auto lost = std::make_shared<Private::LostRemoval>(Private::LostRemoval{ .type = type, .item = {}, .error = noProblem() });
    if (const TrackedItem* item = store(type).find(id))
        lost->item = item->item;
    lost->item.id = id;
    store(type).setDeleting(id, true);
    const int number = ++d->lastOperation;
    d->operations.emplace(number, [this, operation, lost](const Error& why) { d->endRemoval(operation, *lost, std::unexpected(why)); });
    const Reply<Done> answered = [this, operation, lost, number, epoch = d->apiEpoch](Result<Done> answer) {
        if (epoch != d->apiEpoch)
            return;
        d->operations.erase(number);
        if (!answer && isAnswerLost(answer.error())) {
            lost->error = answer.error();
            d->settleRemoval(operation, lost);
        } else {
            d->endRemoval(operation, *lost, std::move(answer));
        }
    };
    if (type == ItemType::Session)
        m_api->sessions()->remove(id, this, answered);
    else
        m_api->batches()->remove(id, this, answered);
    return Operation<Done>::handleOf(operation);
}

RequestHandle Server::restartPython(const QString& sessionId, QObject* context, Reply<Done> reply)
{
    if (canRestartPython())
        return m_api->python()->restart(sessionId, context, std::move(reply));
    const QString why = m_api ? tr("This server cannot restart Python alone: begin a new session.") : tr("Not connected to the server.");
    return m_clock.after(Clock::Duration{ 0 }, context,
        [reply = std::move(reply), why] { reply(std::unexpected(problemOf(ErrorKind::Unavailable, why))); });
}

void Server::Private::settleRemoval(const Removal& operation, const std::shared_ptr<LostRemoval>& lost)
{
    const int number = ++lastOperation;
    operations.emplace(number, [this, operation, lost](const Error&) { endRemoval(operation, *lost, std::unexpected(lost->error)); });
    const auto looked = [this, operation, lost, number, epoch = apiEpoch](const Result<WholeList>& list) {
        if (epoch != apiEpoch)
            return;
        operations.erase(number);
        onRemovalLooked(operation, lost, list);
    };
    readWholeList(pageReader(lost->type), &budget, clock, q, looked);
}

void Server::Private::onRemovalLooked(const Removal& operation, const std::shared_ptr<LostRemoval>& lost, const Result<WholeList>& list)
{
    const auto isThere = [&lost](const SparkItem& item) { return item.id == lost->item.id && isSameIncarnation(lost->item, item); };
    if (list && list->isComplete && std::ranges::none_of(list->items, isThere)) {
        endRemoval(operation, *lost, Done{});
        return;
    }
    int& counted = list ? lost->looks : lost->failures;
    if (++counted >= (list ? looksToSettle : failuresToSettle)) {
        endRemoval(operation, *lost, std::unexpected(lost->error));
        return;
    }
    const int number = ++lastOperation;
    operations.emplace(number, [this, operation, lost](const Error&) { endRemoval(operation, *lost, std::unexpected(lost->error)); });
    clock.after(betweenSettlingLooks, q, [this, operation, lost, number] {
        if (operations.erase(number) > 0)
            settleRemoval(operation, lost);
    });
}

void Server::Private::endRemoval(const Removal& operation, const LostRemoval& lost, Result<Done> result)
{
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
