// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/postmortem.h"

#include <QCoreApplication>

#include <algorithm>

namespace kindling {

namespace {
constexpr int linesLookedAt = 1000;
constexpr qsizetype linesBefore = 40;
constexpr qsizetype linesAfterIt = 20;
constexpr qsizetype statesTold = 20;
constexpr qsizetype longestLine = 4000; ///< what a pattern may have to look at

/// The last line that shows it, since what came last is nearest to the end; -1 = none.
qsizetype lineOf(const QRegularExpression& pattern, const QList<LogLine>& lines)
{
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        if (!lines.at(i).isGap && pattern.matchView(QStringView(lines.at(i).text).left(longestLine)).hasMatch())
            return i;
    }
    return -1;
}

RecordedLog around(const RecordedLog& log, qsizetype line)
{
    const qsizetype middle = line < 0 ? log.lines.size() : line;
    const qsizetype from = std::max<qsizetype>(0, middle - linesBefore);
    const qsizetype count = std::min(log.lines.size(), middle + linesAfterIt + 1) - from;
    return { .first = log.first + from, .total = log.total, .lines = log.lines.mid(from, count), .times = log.times.mid(from, count) };
}

/// Asks the recorder one question after the other; whichever is under way can be cancelled.
struct Inquiry {
    Recorder& recorder;
    QObject* context;
    Recorder::Callback<PostMortem> callback;
    RequestHandle underWay = {};
    RecordedLife life = {};
    QList<RecordedState> states = {};
};

void askLog(const std::shared_ptr<Inquiry>& inquiry)
{
    inquiry->underWay = inquiry->recorder.log({ .life = inquiry->life.number, .first = -1, .most = linesLookedAt }, inquiry->context,
        [inquiry](const Result<RecordedLog>& log) {
            if (log)
                inquiry->callback(examine(knownCauses(), inquiry->life, inquiry->states, *log));
            else
                inquiry->callback(std::unexpected(log.error()));
        });
}

void askStates(const std::shared_ptr<Inquiry>& inquiry)
{
    inquiry->underWay = inquiry->recorder.states({ .life = inquiry->life.number, .since = {} }, inquiry->context,
        [inquiry](const Result<QList<RecordedState>>& states) {
            if (!states) {
                inquiry->callback(std::unexpected(states.error()));
                return;
            }
            inquiry->states = *states;
            askLog(inquiry);
        });
}
}

PostMortem examine(const QList<Cause>& causes, const RecordedLife& life, const QList<RecordedState>& states, const RecordedLog& log)
{
    PostMortem result{ .life = life, .states = states.size() > statesTold ? states.last(statesTold) : states, .causeId = {}, .log = {} };
    for (const Cause& cause : causes) {
        const qsizetype line = cause.log ? lineOf(*cause.log, log.lines) : -1;
        if (line < 0 && !(cause.states && holds(*cause.states, life, states)))
            continue;
        result.causeId = cause.id;
        result.causeLine = line < 0 ? -1 : log.first + line;
        result.log = around(log, line);
        return result;
    }
    result.log = around(log, -1);
    return result;
}

RequestHandle readPostMortem(Recorder& recorder, const ItemKey& item, LifeNumber life, QObject* context, Recorder::Callback<PostMortem> callback)
{
    const auto inquiry = std::make_shared<Inquiry>(recorder, context, std::move(callback));
    inquiry->underWay = recorder.lives({ .server = {}, .item = item }, context, [inquiry, life](const Result<QList<RecordedLife>>& lives) {
        if (!lives) {
            inquiry->callback(std::unexpected(lives.error()));
            return;
        }
        const auto wanted = std::ranges::find_if(*lives, [life](const RecordedLife& each) { return life == 0 || each.number == life; });
        if (wanted == lives->end()) {
            inquiry->callback(failure(ErrorKind::NotFound, QCoreApplication::translate("kindling::PostMortem", "Nothing was recorded of it.")));
            return;
        }
        inquiry->life = *wanted;
        askStates(inquiry);
    });
    return RequestHandle([inquiry] { inquiry->underWay.cancel(); });
}

} // namespace kindling
