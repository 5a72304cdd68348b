// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemrecord.h"

#include "app/engine/itemstore.h"
#include "app/storage/statenotes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Asks the recorder one question after the other; whichever is under way can be cancelled.
struct Inquiry {
    Recorder& recorder;
    QObject* context;
    std::optional<LogQuery> part; ///< nullopt = the log is not wanted
    Recorder::Callback<ItemRecordWithLog> callback;
    RequestHandle underWay = {};
    ItemRecordWithLog answer = {};
};
using InquiryPtr = std::shared_ptr<Inquiry>;

/// Goes on with the answer, or ends with the error.
template<typename T, typename Next>
Recorder::Callback<T> then(const InquiryPtr& inquiry, Next next)
{
    return [inquiry, next](const Result<T>& answer) {
        if (answer)
            next(*answer);
        else
            inquiry->callback(std::unexpected(answer.error()));
    };
}

void askLog(const InquiryPtr& inquiry)
{
    if (!inquiry->part) {
        inquiry->callback(inquiry->answer);
        return;
    }
    inquiry->part->life = inquiry->answer.item.life.number;
    inquiry->underWay = inquiry->recorder.log(*inquiry->part, inquiry->context, then<RecordedLog>(inquiry, [inquiry](const RecordedLog& log) {
        inquiry->answer.log = log;
        inquiry->callback(inquiry->answer);
    }));
}

void askLastUse(const InquiryPtr& inquiry)
{
    inquiry->underWay = inquiry->recorder.lastUse(inquiry->answer.item.life.number, inquiry->context,
        then<RecordedUse>(inquiry, [inquiry](const RecordedUse& lastUse) {
            inquiry->answer.item.lastUse = lastUse;
            askLog(inquiry);
        }));
}

void askConfiguration(const InquiryPtr& inquiry)
{
    inquiry->underWay = inquiry->recorder.configuration(inquiry->answer.item.life.number, inquiry->context,
        then<RecordedConfiguration>(inquiry, [inquiry](const RecordedConfiguration& configuration) {
            inquiry->answer.item.configuration = configuration;
            askLastUse(inquiry);
        }));
}

void askStates(const InquiryPtr& inquiry)
{
    inquiry->underWay = inquiry->recorder.states({ .life = inquiry->answer.item.life.number, .since = {} }, inquiry->context,
        then<QList<RecordedState>>(inquiry, [inquiry](const QList<RecordedState>& states) {
            inquiry->answer.item.states = states;
            askConfiguration(inquiry);
        }));
}

RequestHandle ask(const InquiryPtr& inquiry, const WantedLife& wanted)
{
    inquiry->underWay = inquiry->recorder.lives({ .server = {}, .item = wanted.item }, inquiry->context,
        then<QList<RecordedLife>>(inquiry, [inquiry, number = wanted.number](const QList<RecordedLife>& lives) {
            const auto life = std::ranges::find_if(lives, [number](const RecordedLife& each) { return number == 0 || each.number == number; });
            if (life == lives.end()) {
                inquiry->callback(failure(ErrorKind::NotFound, QCoreApplication::translate("kindling::ItemRecord", "Nothing was recorded of it.")));
                return;
            }
            inquiry->answer.item.life = *life;
            askStates(inquiry);
        }));
    // weak, so that the callback may hold its own handle
    return RequestHandle([watched = std::weak_ptr(inquiry)] {
        if (const auto asking = watched.lock())
            asking->underWay.cancel();
    });
}

bool isBad(const ItemState& state)
{
    return state.value == ItemStateValue::Dead || state.value == ItemStateValue::Error || state.value == ItemStateValue::Killed;
}
}

RequestHandle readItemRecord(Recorder& recorder, const WantedLife& wanted, QObject* context, Recorder::Callback<ItemRecord> callback)
{
    const auto inquiry = std::make_shared<Inquiry>(recorder, context, std::nullopt, [callback = std::move(callback)](const Result<ItemRecordWithLog>& answer) {
        callback(answer.transform([](const ItemRecordWithLog& both) { return both.item; }));
    });
    return ask(inquiry, wanted);
}

RequestHandle readItemWithLog(Recorder& recorder, const WantedLife& wanted, LogQuery part, QObject* context,
    Recorder::Callback<ItemRecordWithLog> callback)
{
    return ask(std::make_shared<Inquiry>(recorder, context, part, std::move(callback)), wanted);
}

bool isOfLife(const SparkItem& seen, const RecordedLife& life)
{
    const ItemFacts& facts = life.facts;
    return mayBeSameLife({ facts.name, facts.owner, facts.appId, facts.kind, life.state.value },
        { seen.name, seen.owner, seen.appId, seen.kindText, seen.state.value });
}

bool hasEndedBadly(const QList<RecordedState>& states)
{
    constexpr std::array noFaults{ statenote::deleted, statenote::stoppedHere, statenote::serverStopped, statenote::unseen, statenote::unwatched };
    const auto isNoFault = [&noFaults](const RecordedState& state) {
        return std::ranges::any_of(noFaults, [&state](QLatin1StringView note) { return state.note == note; });
    };
    if (states.isEmpty() || std::ranges::any_of(states, isNoFault))
        return false;
    const RecordedState& last = states.constLast();
    const bool isGone = last.to == goneState();
    const ItemState& end = isGone ? last.from : last.to;
    return isBad(end) || (isGone && end.value != ItemStateValue::Success);
}

} // namespace kindling
