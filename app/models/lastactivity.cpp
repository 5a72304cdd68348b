// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/lastactivity.h"

#include "app/engine/itemguard.h"
#include "app/engine/itemrecord.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"

#include <algorithm>
#include <utility>

namespace kindling {

LastActivity::LastActivity(const Workspace& workspace, Recorder* recorder, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_recorder(recorder)
{
}

void LastActivity::load()
{
    if (!m_recorder || std::exchange(m_isLoading, true))
        return;
    connect(&m_workspace, &Workspace::serverAdded, this, &LastActivity::watch);
    for (Server* server : m_workspace.servers())
        watch(server);
}

void LastActivity::watch(Server* server)
{
    const ItemStore* sessions = &server->sessions();
    connect(sessions, &ItemStore::changed, this, [this, sessions](const auto& added, const auto& updated, const auto& removed) {
        for (const TrackedItem& item : removed)
            m_recorded.remove(item.key);
        look(*sessions, added + updated);
    });
    connect(server, &Server::ownershipChanged, this, [this, sessions] { lookAtAll(*sessions); });
    lookAtAll(*sessions);
}

void LastActivity::lookAtAll(const ItemStore& sessions)
{
    QStringList ids;
    std::ranges::transform(sessions.items(), std::back_inserter(ids), [](const TrackedItem& item) { return item.key.id; });
    look(sessions, ids);
}

void LastActivity::look(const ItemStore& sessions, const QStringList& ids)
{
    for (const QString& id : ids) {
        const TrackedItem* item = sessions.find(id);
        const bool isOfInterest = item && item->item.state.value == ItemStateValue::Idle && !item->isSinceExact;
        if (!isOfInterest || m_recorded.contains(item->key) || !m_workspace.guard().isMine(*item))
            continue;
        m_recorded.insert(item->key, {});
        ++m_asked;
        readItemRecord(*m_recorder, { item->key }, this, [this, key = item->key](const Result<ItemRecord>& past) {
            if (past)
                take(key, *past);
            if (--m_asked == 0)
                Q_EMIT changed();
        });
    }
}

void LastActivity::take(const ItemKey& key, const ItemRecord& past)
{
    const TrackedItem* item = m_workspace.item(key);
    const auto recorded = m_recorded.find(key);
    if (!item || recorded == m_recorded.end() || past.states.isEmpty() || !isOfLife(item->item, past.life))
        return;
    if (const RecordedState& last = past.states.constLast(); last.to == item->item.state)
        *recorded = past.lastUse.touched.isValid() ? std::max(last.when, past.lastUse.touched) : last.when;
}

QDateTime LastActivity::of(const TrackedItem& item) const
{
    QDateTime last = item.stateSince;
    if (const QDateTime recorded = m_recorded.value(item.key); recorded.isValid() && !item.isSinceExact)
        last = std::min(last, recorded);
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
