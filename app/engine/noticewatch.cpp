// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/noticewatch.h"

#include "app/engine/itemrecord.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"

#include <algorithm>

namespace kindling {

using std::chrono::milliseconds;

namespace {
constexpr qsizetype mostTold = 1000;
/// The beginning of one stay as it is seen and as it is recorded differ by less; a rule's limit is no shorter.
constexpr std::chrono::minutes sameStay{ 1 };
}

NoticeWatch::NoticeWatch(Workspace& workspace, Recorder* recorder, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_recorder(recorder)
    , m_gate(workspace.clock())
    , m_outages(workspace.clock())
{
    connect(&m_gate, &NoticeGate::noticed, this, &NoticeWatch::noticed);
    connect(&m_outages, &ServerOutages::began, this, [this](const ServerId& id, const Error& problem) {
        if (const Server* server = m_workspace.server(id))
            tell({ .kind = NoticeKind::ServerUnreachable, .problem = problem }, *server);
    });
    connect(&m_outages, &ServerOutages::ended, this, [this](const ServerId& id, milliseconds duration) {
        if (const Server* server = m_workspace.server(id))
            tell({ .kind = NoticeKind::ServerUnreachable, .isBack = true, .duration = duration }, *server);
    });
    connect(&workspace, &Workspace::observed, this, &NoticeWatch::onObserved);
    connect(&workspace, &Workspace::serverAdded, this, &NoticeWatch::follow);
    connect(&workspace, &Workspace::serverRemoved, this, [this](const ServerId& id) {
        m_outages.forget(id);
        m_watched.removeIf([&id](const auto& watched) { return watched.key().server == id; });
        m_told.removeIf([&id](const auto& told) { return told.key().server == id; });
    });
    for (Server* server : workspace.servers())
        follow(server);
}

void NoticeWatch::setPolicy(const NoticePolicy& policy)
{
    if (policy == m_policy)
        return;
    m_policy = policy;
    if (!policy.isOn)
        m_gate.clear();
    for (Server* server : m_workspace.servers())
        considerAll(*server);
}

void NoticeWatch::follow(Server* server)
{
    for (const ItemStore* store : { &server->sessions(), &server->batches() }) {
        connect(store, &ItemStore::changed, this, [this, server, store](const auto& added, const auto& updated, const auto& removed) {
            onChanged(*server, *store, added + updated, removed);
        });
    }
    connect(server, &Server::listed, this, [this, server] { onTime(*server); });
    connect(server, &Server::ownershipChanged, this, [this, server] { considerAll(*server); });
    connect(server, &Server::connectionChanged, this, [this, server] { m_outages.look(*server); });
    m_outages.look(*server);
    considerAll(*server);
}

void NoticeWatch::considerAll(Server& server)
{
    for (const ItemStore* store : { &server.sessions(), &server.batches() }) {
        for (const TrackedItem& item : store->items())
            consider(server, item);
    }
}

void NoticeWatch::onChanged(const Server& server, const ItemStore& store, const QStringList& changed, const QList<TrackedItem>& removed)
{
    // an id that names another one now is among both
    for (const TrackedItem& item : removed)
        m_watched.remove(item.key);
    for (const QString& id : changed) {
        if (const TrackedItem* item = store.find(id))
            consider(server, *item);
    }
}

void NoticeWatch::consider(const Server& server, const TrackedItem& item)
{
    if (item.item.state.isEnded()) {
        m_watched.remove(item.key);
        return;
    }
    const auto known = m_watched.constFind(item.key);
    const Watched watched = known == m_watched.cend() ? Watched{ .aliveSince = item.stateSince } : *known;
    const NoticeFacts facts = factsOf(server, item, watched);
    const bool isConcerned = std::ranges::any_of(m_policy.rules, [&facts](const NoticeRule& rule) { return concerns(rule, facts); });
    const bool mayEnd = facts.type == ItemType::Session && facts.isOwn;
    if (!isConcerned && !mayEnd) {
        m_watched.remove(item.key);
    } else if (known == m_watched.cend()) {
        m_watched.insert(item.key, watched);
        askPast(item);
    }
}

void NoticeWatch::askPast(const TrackedItem& item)
{
    if (!m_recorder || item.isSinceExact)
        return;
    readItemRecord(*m_recorder, { item.key }, this, [this, key = item.key](const Result<ItemRecord>& past) {
        if (past)
            onPast(key, *past);
    });
}

void NoticeWatch::onPast(const ItemKey& key, const ItemRecord& past)
{
    const TrackedItem* item = m_workspace.item(key);
    const auto watched = m_watched.find(key);
    if (!item || watched == m_watched.end() || past.life.isGone || past.states.isEmpty() || !isOfLife(item->item, past.life))
        return;
    watched->aliveSince = std::min(watched->aliveSince, past.life.firstSeen);
    if (past.states.constLast().to == item->item.state)
        watched->idleSince = past.states.constLast().when;
    const QDateTime& ran = past.lastUse.ran;
    if (ran.isValid())
        watched->lastRun = watched->lastRun.isValid() ? std::max(watched->lastRun, ran) : ran;
}

NoticeFacts NoticeWatch::factsOf(const Server& server, const TrackedItem& item, const Watched& watched)
{
    NoticeFacts facts{ .type = item.key.type, .name = item.item.name, .isOwn = server.isOwn(item), .aliveSince = watched.aliveSince };
    if (item.item.state.value == ItemStateValue::Idle) {
        const QDateTime idle = !item.isSinceExact && watched.idleSince.isValid() ? watched.idleSince : item.stateSince;
        facts.idleSince = watched.lastRun.isValid() ? std::max(idle, watched.lastRun) : idle;
    }
    return facts;
}

void NoticeWatch::onObserved(const Observation& observation)
{
    Server* server = m_workspace.server(observation.item.key.server);
    if (!server)
        return;
    if (const auto* state = std::get_if<StateSeen>(&observation.what))
        onState(*server, observation.item, *state);
    else if (const auto* statement = std::get_if<StatementSeen>(&observation.what))
        onStatement(*server, observation.item, *statement);
    else if (const auto* act = std::get_if<OwnAct>(&observation.what))
        onAct(observation.item, *act);
}

void NoticeWatch::onState(Server& server, const ItemFacts& item, const StateSeen& seen)
{
    if (const auto watched = m_watched.find(item.key); watched != m_watched.end())
        watched->idleSince = {}; // of an earlier stay
    const TrackedItem* tracked = server.store(item.key.type).find(item.key.id);
    const bool isPast = seen.from.raw.isEmpty() && !server.hasListed(item.key.type);
    if (!tracked || isPast || tracked->isDeleting || !isBatchFailure(item.key.type, seen))
        return;
    if (!m_policy.onlyOwnBatches || server.isOwn(*tracked))
        tell({ .kind = NoticeKind::BatchFailed, .item = item.key, .itemName = item.name, .state = seen.to }, server);
}

void NoticeWatch::onStatement(const Server& server, const ItemFacts& item, const StatementSeen& seen)
{
    const std::optional<milliseconds> took = longRun(seen, m_workspace.clock().now(), m_policy.longStatement);
    if (!took || (m_isLookedAt && m_isLookedAt(item.key)))
        return;
    tell({ .kind = NoticeKind::LongStatement, .item = item.key, .itemName = item.name, .run = seen.state, .duration = *took }, server);
}

void NoticeWatch::onAct(const ItemFacts& item, const OwnAct& act)
{
    const auto watched = m_watched.find(item.key);
    if (watched != m_watched.end() && act.what == OwnAct::What::RunStatement && act.answer.isEmpty())
        watched->lastRun = m_workspace.clock().now();
}

void NoticeWatch::onTime(Server& server)
{
    bool hasTold = false;
    for (auto watched = m_watched.begin(); watched != m_watched.end(); ++watched) {
        const ItemKey& key = watched.key();
        const TrackedItem* item = key.server == server.profile().id ? server.store(key.type).find(key.id) : nullptr;
        if (!item)
            continue;
        hasTold |= checkRules(server, *item, *watched);
        if (key.type == ItemType::Session)
            checkEnd(server, *item, *watched);
    }
    if (hasTold)
        keepTold();
}

bool NoticeWatch::checkRules(const Server& server, const TrackedItem& item, const Watched& watched)
{
    if (!m_policy.isOn)
        return false;
    const QDateTime now = m_workspace.clock().now();
    const NoticeFacts facts = factsOf(server, item, watched);
    bool hasTold = false;
    for (const NoticeRule& rule : std::as_const(m_policy.rules)) {
        const QDateTime since = overstaysSince(rule, facts, now);
        if (!since.isValid())
            continue;
        QList<Told>& told = m_told[item.key];
        const auto isSame = [&rule](const Told& each) { return each.rule == rule; };
        if (std::ranges::any_of(told, [&](const Told& each) { return isSame(each) && since <= each.since.addDuration(sameStay); }))
            continue;
        told.removeIf(isSame);
        told.append({ rule, since });
        hasTold = true;
        const bool isBatch = rule.what == NoticeRule::What::BatchRunsLong;
        tell({ .kind = isBatch ? NoticeKind::BatchRunsLong : NoticeKind::SessionIdleLong, .item = item.key, .itemName = item.item.name,
                 .duration = milliseconds(since.msecsTo(now)) },
            server);
    }
    return hasTold;
}

void NoticeWatch::setTold(const QList<ToldRule>& told)
{
    m_told.clear();
    for (const ToldRule& each : told)
        m_told[each.item].append({ each.rule, each.since });
}

void NoticeWatch::keepTold()
{
    if (m_told.size() > mostTold)
        m_told.removeIf([this](const auto& told) { return !m_watched.contains(told.key()); });
    QList<ToldRule> all;
    for (const auto& [key, told] : std::as_const(m_told).asKeyValueRange()) {
        for (const Told& each : told)
            all.append({ each.rule, key, each.since });
    }
    Q_EMIT toldChanged(all);
}

void NoticeWatch::checkEnd(const Server& server, const TrackedItem& item, Watched& watched)
{
    const QDateTime now = m_workspace.clock().now();
    const Expiry expiry = server.expiry(item.key.id);
    const bool isIdleNear = !server.isKeptAlive(item.key.id) && isNear(expiry.idle, now, noticeBefore(parseTimeText(item.item.idleTimeout)));
    const bool isLifeNear = isNear(expiry.life, now, noticeBefore(parseTimeText(item.item.ttl)));
    const QDateTime end = isLifeNear ? expiry.life : isIdleNear ? expiry.idle : QDateTime();
    if (!server.isOwn(item) || !end.isValid() || watched.toldEnd == end)
        return;
    watched.toldEnd = end;
    tell({ .kind = NoticeKind::SessionExpires, .item = item.key, .itemName = item.item.name, .isForGood = isLifeNear,
             .duration = milliseconds(now.msecsTo(end)) },
        server);
}

void NoticeWatch::tell(Notice notice, const Server& server)
{
    if (!m_policy.isOn || m_policy.silenced.contains(notice.kind))
        return;
    notice.server = server.profile().id;
    notice.serverName = server.profile().name;
    m_gate.push(notice);
}

} // namespace kindling
