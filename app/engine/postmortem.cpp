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

/// The time whose lines may tell of the end. What a session printed before it idled for all its time did not end it, nor
/// what it printed when it was put away. Nothing = all lines.
std::optional<IdleSpan> tellingTime(const ItemRecord& record)
{
    const std::optional<IdleSpan> idle = idleBeforeTimeout(record);
    return idle.transform([](const IdleSpan& span) { return IdleSpan{ span.from.addDuration(readingDelay), span.to }; });
}

/// The last line that shows it, since what came last is nearest to the end; -1 = none.
qsizetype lineOf(const QRegularExpression& pattern, const RecordedLog& log, const std::optional<IdleSpan>& telling)
{
    for (qsizetype i = log.lines.size() - 1; i >= 0; --i) {
        const LogLine& line = log.lines.at(i);
        const QDateTime read = log.times.value(i);
        const bool maySay = !line.isGap && (!telling || (telling->from <= read && read <= telling->to));
        if (maySay && pattern.matchView(QStringView(line.text).left(longestLine)).hasMatch())
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
}

PostMortem examine(const QList<Cause>& causes, const ItemRecord& record, const RecordedLog& log)
{
    const QList<RecordedState>& states = record.states;
    PostMortem result{ .life = record.life, .states = states.size() > statesTold ? states.last(statesTold) : states, .causeId = {}, .log = {} };
    const std::optional<IdleSpan> telling = tellingTime(record);
    for (const Cause& cause : causes) {
        const qsizetype line = cause.log ? lineOf(*cause.log, log, telling) : -1;
        if (line < 0 && !(cause.states && holds(*cause.states, record)))
            continue;
        result.causeId = cause.id;
        result.causeLine = line < 0 ? -1 : log.first + line;
        result.log = around(log, line);
        return result;
    }
    result.log = around(log, -1);
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
