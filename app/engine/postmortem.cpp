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

RequestHandle readPostMortem(Recorder& recorder, const WantedLife& wanted, QObject* context, Recorder::Callback<PostMortem> callback)
{
    return readItemWithLog(recorder, wanted, { .life = 0, .first = -1, .most = linesLookedAt }, context,
        [callback = std::move(callback)](const Result<ItemRecordWithLog>& answer) {
            callback(answer.transform(
                [](const ItemRecordWithLog& both) { return examine(knownCauses(), both.item.life, both.item.states, both.log); }));
        });
}

} // namespace kindling
