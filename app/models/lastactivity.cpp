// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/lastactivity.h"

#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/recordedpast.h"

namespace kindling {

namespace {
/// Since when the recorded life is in that state; invalid where it names another life, or another state.
QDateTime recordedSince(const PastLife& past, const TrackedItem& item)
{
    const auto marksOf = [](const ItemFacts& facts, const ItemState& state) -> LifeMarks {
        return { facts.name, facts.owner, facts.appId, facts.kind, state.value };
    };
    const ItemFacts now = factsOf(item.key, item.item);
    const RecordedState& last = past.states.constLast();
    const bool isSame = mayBeSameLife(marksOf(past.life.facts, last.to), marksOf(now, item.item.state));
    return isSame && last.to == item.item.state ? last.when : QDateTime();
}
}

LastActivity::LastActivity(const Workspace& workspace, const RecordedPast* past)
    : m_workspace(workspace)
    , m_past(past)
{
}

QDateTime LastActivity::of(const TrackedItem& item) const
{
    QDateTime last = item.stateSince;
    const PastLife* past = m_past && !item.isSinceExact ? m_past->newest(item.key) : nullptr;
    if (const QDateTime recorded = past ? recordedSince(*past, item) : QDateTime(); recorded.isValid())
        last = qMin(last, recorded);
    const Server* server = m_workspace.server(item.key.server);
    const QDateTime ours = server && item.key.type == ItemType::Session ? server->lastActivity(item.key.id) : QDateTime();
    return ours.isValid() && ours > last ? ours : last;
}

bool LastActivity::isOrphan(const TrackedItem& item, std::chrono::hours idleFor) const
{
    if (item.key.type != ItemType::Session || item.item.state.value != ItemStateValue::Idle || !m_workspace.guard().isMine(item))
        return false;
    const QDateTime last = of(item);
    return last.isValid() && last.addDuration(idleFor) <= m_workspace.clock().now();
}

} // namespace kindling
