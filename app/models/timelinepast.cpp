// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/recordedpast.h"
#include "app/models/timelinemodel.h"

#include <utility>

namespace kindling {

namespace {
QList<TimelineSpan> spansOf(const PastLife& past)
{
    QList<TimelineSpan> spans;
    for (const RecordedState& state : past.states) {
        if (!spans.isEmpty() && spans.last().isEnd() && state.to == goneState())
            continue;
        if (!spans.isEmpty() && !spans.last().until.isValid())
            spans.last().until = state.when;
        spans += TimelineSpan{ state.when, isLastState(state.to) ? state.when : QDateTime(), state.to };
    }
    return spans;
}
}

void TimelineModel::takePast()
{
    // The newest first, as they stand; what lives on is joined to its row.
    for (auto past = m_past->lives().crbegin(); past != m_past->lives().crend() && itemCount() < mostItems; ++past)
        takePast(*past);
    takePastGaps();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void TimelineModel::takePastGaps()
{
    QHash<ServerId, QDateTime> lastSeen;
    for (const PastLife& past : m_past->lives()) {
        QDateTime& last = lastSeen[past.life.facts.key.server];
        const QDateTime seen = past.life.lastSeen < m_past->begin() ? past.life.lastSeen : past.states.constLast().when;
        last = last.isValid() ? qMax(last, seen) : seen;
    }
    QHash<ServerId, QList<TimelineGap>> later = std::exchange(m_gaps, {});
    for (const RecordedGap& gap : m_past->gaps())
        addGap(gap.server, { gap.from, gap.to });
    // From the last thing recorded of a server until this program began, nobody may have watched.
    for (const auto& [server, last] : lastSeen.asKeyValueRange()) {
        if (last < m_past->begin())
            addGap(server, { last, m_past->begin() });
    }
    for (const auto& [server, gaps] : later.asKeyValueRange()) {
        for (const TimelineGap& gap : gaps)
            addGap(server, gap);
    }
}

void TimelineModel::takePast(const PastLife& past)
{
    const RecordedLife& life = past.life;
    const ItemKey& key = life.facts.key;
    QList<TimelineSpan> spans = spansOf(past);
    if (spans.isEmpty() || spans.constFirst().isEnd() || !m_workspace->server(key.server))
        return;
    Row row{ .server = key.server, .key = key, .name = life.facts.name, .number = 0, .spans = {}, .recorded = {} };
    TimelineSpan& last = spans.last();
    if (!last.isEnd()) {
        row.recorded = life;
        last.until = qMax(qMin(life.lastSeen, m_past->begin()), last.from);
    }
    row.spans = spans.last(qMin(spans.size(), mostSpans));
    const int present = rowOf(key);
    if (present >= 0 && !rowAt(present).hasEnded() && m_past->newest(key) == &past && continues(row)) {
        join(rowAt(present), row.spans);
        return;
    }
    row.number = --m_firstNumber;
    const int server = ensureServer(key.server);
    insert(server + 1 + blockOf(key.server)->items, row);
}

bool TimelineModel::continues(const Row& row) const
{
    const TrackedItem* item = m_workspace->item(row.key);
    if (!row.recorded || !item)
        return false;
    const auto marksOf = [](const ItemFacts& facts, const ItemState& state) -> LifeMarks {
        return { facts.name, facts.owner, facts.appId, facts.kind, state.value };
    };
    return mayBeSameLife(marksOf(row.recorded->facts, row.spans.constLast().state), marksOf(factsOf(item->key, item->item), item->item.state));
}

void TimelineModel::join(Row& row, QList<TimelineSpan> earlier)
{
    TimelineSpan& first = row.spans.first();
    if (earlier.constLast().state == first.state && first.damage.isEmpty()) {
        first.from = earlier.constLast().from;
        earlier.removeLast();
    } else {
        earlier.last().until = first.from;
    }
    row.spans = earlier + row.spans;
    if (row.spans.size() > mostSpans)
        row.spans = row.spans.last(mostSpans);
}

} // namespace kindling
