// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/postmortem.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr int linesLookedAt = 1000;
constexpr qsizetype linesBefore = 40;
constexpr qsizetype linesAfterIt = 20;
constexpr qsizetype statesTold = 20;
constexpr qsizetype longestLine = 4000; ///< what a pattern may have to look at
/// What was printed by the last statement may be read that much later.
constexpr std::chrono::minutes readingDelay{ 1 };
constexpr std::chrono::minutes lastWords{ 5 };

/// When lines were read that may tell of the end. An invalid bound is none.
struct Span {
    QDateTime from;
    QDateTime to;
};

/// The spans to look at, one after the other: what was printed shortly before the end tells more of it than what was
/// printed earlier. What a session printed before it idled for all its time did not end it, nor what it printed when it
/// was put away.
QList<Span> tellingSpans(const ItemRecord& record)
{
    if (const std::optional<IdleSpan> idle = idleBeforeTimeout(record))
        return { { idle->from.addDuration(readingDelay), idle->to } };
    const auto isEnd = [](const RecordedState& state) { return state.to == goneState() || state.to.isEnded(); };
    const auto end = std::ranges::find_if(record.states, isEnd);
    if (end == record.states.end())
        return { {} };
    return { { end->when.addDuration(-lastWords), {} }, {} };
}

bool hasRun(const ItemRecord& record)
{
    return std::ranges::any_of(record.states, [](const RecordedState& state) {
        const ItemStateValue value = state.to.value;
        return value == ItemStateValue::Running || value == ItemStateValue::Idle || value == ItemStateValue::Busy;
    });
}

/// The last line that shows it, since what came last is nearest to the end; -1 = none.
qsizetype lineOf(const QRegularExpression& pattern, const RecordedLog& log, const Span& telling)
{
    for (qsizetype i = log.lines.size() - 1; i >= 0; --i) {
        const LogLine& line = log.lines.at(i);
        const QDateTime read = log.times.value(i);
        const bool isWithin = !read.isValid() || ((!telling.from.isValid() || telling.from <= read) && (!telling.to.isValid() || read <= telling.to));
        const bool maySay = !line.isGap && isWithin;
        if (maySay && pattern.matchView(QStringView(line.text).left(longestLine)).hasMatch())
            return i;
    }
    return -1;
}

/// The first that fits, with its `line` (-1 = the states show it).
const Cause* causeWithin(const Span& span, const QList<Cause>& causes, const ItemRecord& record, const RecordedLog& log, qsizetype& line)
{
    const bool isStarted = hasRun(record);
    for (const Cause& cause : causes) {
        if (cause.isOnlyUnstarted && isStarted)
            continue;
        line = cause.log ? lineOf(*cause.log, log, span) : -1;
        if (line >= 0 || (cause.states && holds(*cause.states, record)))
            return &cause;
    }
    line = -1;
    return nullptr;
}

RecordedLog around(const RecordedLog& log, qsizetype line)
{
    const qsizetype middle = line < 0 ? log.lines.size() : line;
    const qsizetype from = std::max<qsizetype>(0, middle - linesBefore);
    const qsizetype count = std::min(log.lines.size(), middle + linesAfterIt + 1) - from;
    return { .first = log.first + from, .total = log.total, .lines = log.lines.mid(from, count), .times = log.times.mid(from, count) };
}
}

PostMortem examine(const QList<Cause>& causes, const ItemRecord& record, const RecordedLog& log)
{
    const QList<RecordedState>& states = record.states;
    PostMortem result{ .life = record.life, .states = states.size() > statesTold ? states.last(statesTold) : states, .causeId = {}, .log = {} };
    qsizetype line = -1;
    for (const Span& span : tellingSpans(record)) {
        if (const Cause* cause = causeWithin(span, causes, record, log, line)) {
            result.causeId = cause->id;
            break;
        }
    }
    result.causeLine = line < 0 ? -1 : log.first + line;
    result.log = around(log, line);
    return result;
}

RequestHandle readPostMortem(Recorder& recorder, const WantedLife& wanted, QObject* context, Recorder::Callback<PostMortem> callback)
{
    return readItemWithLog(recorder, wanted, { .life = 0, .first = -1, .most = linesLookedAt }, context,
        [callback = std::move(callback)](const Result<ItemRecordWithLog>& answer) {
            callback(answer.transform(
                [](const ItemRecordWithLog& both) { return examine(knownCauses(), both.item, both.log); }));
        });
}

} // namespace kindling
