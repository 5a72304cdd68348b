// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/runrecord.h"

#include "app/livy/requestreader.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr int linesCompared = 5000;
constexpr qsizetype longestLine = 4000;

bool isEnd(const RecordedState& state)
{
    return state.to.isEnded() || state.to == goneState();
}

/// The line with each number as one zero.
QString withoutNumbers(const LogLine& line)
{
    QString text;
    for (const QChar c : QStringView(line.text).left(longestLine)) {
        const bool isDigit = c >= u'0' && c <= u'9';
        if (!isDigit)
            text += c;
        else if (!text.endsWith(u'0'))
            text += u'0';
    }
    return text;
}

bool isSameLine(const LogLine& one, const LogLine& other)
{
    return one.isGap == other.isGap && one.text == other.text;
}

bool isReadToItsEnd(const RecordedLog& log)
{
    return log.first + log.lines.size() >= log.total;
}

bool isLike(const LogLine& one, const LogLine& other)
{
    return one.isGap == other.isGap && withoutNumbers(one) == withoutNumbers(other);
}

template<typename Wanted>
std::optional<QList<Setting>> settingsIn(const Result<Wanted>& request)
{
    return request ? std::optional(settingsOf(*request)) : std::nullopt;
}
}

QDateTime RunRecord::started() const
{
    return item.states.isEmpty() ? item.life.firstSeen : item.states.constFirst().when;
}

QDateTime RunRecord::ended() const
{
    const auto end = std::ranges::find_if(item.states, isEnd);
    return end == item.states.end() ? QDateTime() : end->when;
}

ItemState RunRecord::lastState() const
{
    if (item.states.isEmpty())
        return item.life.state;
    const RecordedState& last = item.states.constLast();
    return last.to == goneState() ? last.from : last.to;
}

KnownSettings settingsOf(ItemType type, const RecordedConfiguration& configuration)
{
    if (type == ItemType::Batch)
        return { settingsIn(readBatchRequest(configuration.requested)), std::nullopt };
    return { settingsIn(readSessionRequest(configuration.requested)), settingsIn(readSessionRequest(configuration.effective)) };
}

RequestHandle readRun(Recorder& recorder, const WantedLife& wanted, QObject* context, Recorder::Callback<RunRecord> callback)
{
    return readItemWithLog(recorder, wanted, { .life = 0, .first = 0, .most = linesCompared }, context,
        [callback = std::move(callback)](const Result<ItemRecordWithLog>& answer) {
            callback(answer.transform([](const ItemRecordWithLog& both) {
                const KnownSettings known = settingsOf(both.item.life.facts.key.type, both.item.configuration);
                return RunRecord{ both.item, known.requested.value_or(known.effective.value_or(QList<Setting>())), both.log };
            }));
        });
}

LogComparison compareLogs(const RecordedLog& left, const RecordedLog& right)
{
    const qsizetype common = std::min(left.lines.size(), right.lines.size());
    LogComparison result;
    result.isWhole = isReadToItsEnd(left) && isReadToItsEnd(right);
    result.isSame = left.lines.size() == right.lines.size() && std::ranges::equal(left.lines, right.lines, isSameLine);
    qsizetype line = 0;
    while (line < common && isLike(left.lines.at(line), right.lines.at(line)))
        ++line;
    if (line < common || left.lines.size() != right.lines.size())
        result.first = line;
    return result;
}

} // namespace kindling
