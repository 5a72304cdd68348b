// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemrecord.h"

#include <QCoreApplication>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Asks the recorder one question after the other; whichever is under way can be cancelled.
struct Inquiry {
    Recorder& recorder;
    QObject* context;
    Recorder::Callback<ItemRecord> callback;
    RequestHandle underWay = {};
    RecordedLife life = {};
};

void askStates(const std::shared_ptr<Inquiry>& inquiry)
{
    inquiry->underWay = inquiry->recorder.states({ .life = inquiry->life.number, .since = {} }, inquiry->context,
        [inquiry](const Result<QList<RecordedState>>& states) {
            if (states)
                inquiry->callback(ItemRecord{ inquiry->life, *states });
            else
                inquiry->callback(std::unexpected(states.error()));
        });
}

bool isBad(const ItemState& state)
{
    return state.value == ItemStateValue::Dead || state.value == ItemStateValue::Error || state.value == ItemStateValue::Killed;
}
}

RequestHandle readItemRecord(Recorder& recorder, const ItemKey& item, LifeNumber life, QObject* context, Recorder::Callback<ItemRecord> callback)
{
    const auto inquiry = std::make_shared<Inquiry>(recorder, context, std::move(callback));
    inquiry->underWay = recorder.lives({ .server = {}, .item = item }, context, [inquiry, life](const Result<QList<RecordedLife>>& lives) {
        if (!lives) {
            inquiry->callback(std::unexpected(lives.error()));
            return;
        }
        const auto wanted = std::ranges::find_if(*lives, [life](const RecordedLife& each) { return life == 0 || each.number == life; });
        if (wanted == lives->end()) {
            inquiry->callback(failure(ErrorKind::NotFound, QCoreApplication::translate("kindling::ItemRecord", "Nothing was recorded of it.")));
            return;
        }
        inquiry->life = *wanted;
        askStates(inquiry);
    });
    // weak, so that the callback may hold its own handle
    return RequestHandle([watched = std::weak_ptr(inquiry)] {
        if (const auto asking = watched.lock())
            asking->underWay.cancel();
    });
}

bool hasEndedBadly(const QList<RecordedState>& states)
{
    const bool isOurWish = std::ranges::any_of(states, [](const RecordedState& state) { return state.note == "deleted"_L1; });
    if (states.isEmpty() || isOurWish)
        return false;
    const RecordedState& last = states.constLast();
    const bool isGone = last.to == goneState();
    const ItemState& end = isGone ? last.from : last.to;
    return isBad(end) || (isGone && end.value != ItemStateValue::Success);
}

} // namespace kindling
