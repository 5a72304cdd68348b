// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemstore.h"

#include "app/livy/requestreader.h"
#include "app/storage/statenotes.h"

#include <QSet>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// A server lists what has ended that much longer (livy-protocol 2.1): whoever looked meanwhile has seen how.
constexpr std::chrono::minutes endIsTold{ 10 };

constexpr std::chrono::minutes longestWatchedGap{ 2 };

bool isSameButAge(TrackedItem left, const TrackedItem& right)
{
    left.seen = right.seen;
    return left == right;
}

bool hasSameIds(const QList<TrackedItem>& before, const QList<SparkItem>& now)
{
    return std::ranges::equal(before, now, {}, [](const TrackedItem& each) -> const QString& { return each.key.id; }, &SparkItem::id);
}

/// Those that both know, in the same order?
bool agreesInOrder(const QList<TrackedItem>& before, const QList<TrackedItem>& now, const QHash<QString, qsizetype>& index)
{
    qsizetype last = -1;
    for (const TrackedItem& each : now) {
        const qsizetype at = index.value(each.key.id, -1);
        if (at < 0 || before.at(at).key != each.key)
            continue;
        if (at < last)
            return false;
        last = at;
    }
    return true;
}

/// The link, unless who has it needs nothing else to get in: signed addresses and those with a password.
QString recordableLink(const QString& link)
{
    const QUrl url(link);
    if (!url.isValid())
        return {};
    const auto items = QUrlQuery(url).queryItems();
    const bool isSecret = !url.userInfo().isEmpty() || std::ranges::any_of(items, [](const auto& item) {
        return item.first.contains("sig"_L1, Qt::CaseInsensitive) || isSecretSetting(item.first, item.second);
    });
    return isSecret ? QString() : url.toString(QUrl::RemoveFragment);
}
}

ItemFacts factsOf(const ItemKey& key, const SparkItem& item)
{
    return { .key = key, .name = item.name, .owner = item.owner, .appId = item.appId, .kind = item.kindText, .idleTimeout = item.idleTimeout,
        .sparkUi = recordableLink(item.sparkUiUrl), .driverLog = recordableLink(item.driverLogUrl) };
}

bool isSameIncarnation(const SparkItem& before, const SparkItem& now)
{
    const auto marksOf = [](const SparkItem& item) -> LifeMarks { return { item.name, item.owner, item.appId, item.kindText, item.state.value }; };
    // a server always tells the name where there is one, and no session that has worked starts once more
    const bool hasLostName = !before.name.isEmpty() && now.name.isEmpty();
    const auto hasWorked = [](ItemStateValue state) { return state == ItemStateValue::Idle || state == ItemStateValue::Busy; };
    const bool startsAgain = hasWorked(before.state.value) && (now.state.value == ItemStateValue::Starting || now.state.value == ItemStateValue::NotStarted);
    return !hasLostName && !startsAgain && mayBeSameLife(marksOf(before), marksOf(now));
}

ItemStore::ItemStore(ServerId server, ItemType type, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_server(std::move(server))
    , m_type(type)
    , m_clock(clock)
{
}

void ItemStore::merge(const QList<SparkItem>& items, qint64 epoch, Extent extent)
{
    Changes changes;
    // Nearly every poll of a long list: nobody came, nobody went.
    if (hasSameIds(m_items, items)) {
        m_lacked.clear();
        mergeInPlace(items, epoch, changes);
    } else {
        QList<TrackedItem> next = absorb(items, epoch, changes);
        keepOrDrop(next, epoch, extent, changes);
        if (!agreesInOrder(m_items, next, m_index)) {
            const auto rank = [this](const TrackedItem& item) { return m_index.value(item.key.id, std::numeric_limits<qsizetype>::max()); };
            std::stable_sort(next.begin(), next.end(), [&rank](const auto& left, const auto& right) { return rank(left) < rank(right); });
        }
        m_items = std::move(next);
        reindex();
    }
    m_touched.removeIf([epoch](const auto& touched) { return touched.value() <= epoch; });
    publish(changes);
}

void ItemStore::keepOrDrop(QList<TrackedItem>& next, qint64 epoch, Extent extent, Changes& changes)
{
    QSet<QString> present;
    present.reserve(next.size());
    for (const TrackedItem& each : std::as_const(next))
        present.insert(each.key.id);
    const auto isPresent = [&present](const TrackedItem& each) { return present.contains(each.key.id); };
    const auto last = std::find_if(m_items.crbegin(), m_items.crend(), isPresent).base();
    const QSet<QString> lackedBefore = std::exchange(m_lacked, {});
    for (auto each = m_items.cbegin(); each != m_items.cend(); ++each) {
        if (isPresent(*each))
            continue;
        const QString& id = each->key.id;
        const bool isKnown = isNewerThan(id, epoch) || (extent == Extent::Cut && each >= last);
        const bool isInDoubt = extent != Extent::Whole && !lackedBefore.contains(id);
        if (!isKnown && isInDoubt)
            m_lacked.insert(id);
        if (isKnown || isInDoubt)
            next.append(*each);
        else
            drop(*each, each->isDeleting ? QString(statenote::deleted) : QString(), changes);
    }
}

void ItemStore::mergeInPlace(const QList<SparkItem>& items, qint64 epoch, Changes& changes)
{
    const QDateTime now = m_clock.now();
    for (qsizetype at = 0; at < items.size(); ++at) {
        const SparkItem& item = items.at(at);
        TrackedItem& known = m_items[at];
        if (isNewerThan(item.id, epoch))
            continue;
        if (known.item == item)
            known.seen = now;
        else
            known = absorbed(item, &known, changes);
    }
}

void ItemStore::mergePart(const QList<SparkItem>& items, qint64 epoch, const QString& note)
{
    Changes changes;
    const QList<TrackedItem> seen = absorb(items, epoch, changes);
    ++m_epoch;
    for (const TrackedItem& each : seen) {
        const QString& id = each.key.id;
        m_lacked.remove(id);
        if (!isNewerThan(id, epoch))
            m_touched.insert(id, m_epoch);
        const auto at = m_index.constFind(id);
        if (at != m_index.cend()) {
            m_items[*at] = each;
        } else {
            m_index.insert(id, m_items.size());
            m_items.append(each);
        }
    }
    for (Transition& transition : changes.transitions) {
        if (transition.note.isEmpty())
            transition.note = note;
    }
    publish(changes);
}

void ItemStore::mergeOne(const SparkItem& item, const QString& note)
{
    mergePart({ item }, newest, note);
}

void ItemStore::remove(const QString& id)
{
    m_touched.insert(id, ++m_epoch);
    const auto at = m_index.constFind(id);
    if (at == m_index.cend())
        return;
    Changes changes;
    drop(m_items.takeAt(*at), statenote::deleted, changes);
    reindex();
    publish(changes);
}

void ItemStore::dropAll(const QString& note)
{
    ++m_epoch;
    m_touched.clear();
    m_lacked.clear();
    Changes changes;
    for (const TrackedItem& item : std::exchange(m_items, {}))
        drop(item, note, changes);
    reindex();
    publish(changes);
}

void ItemStore::clear()
{
    ++m_epoch;
    m_touched.clear();
    m_lacked.clear();
    m_index.clear();
    const QList<TrackedItem> removed = std::exchange(m_items, {});
    if (!removed.isEmpty())
        Q_EMIT changed({}, {}, removed);
}

void ItemStore::setDeleting(const QString& id, bool isDeleting)
{
    alter(id, [isDeleting](TrackedItem& item) { item.isDeleting = isDeleting; });
}

void ItemStore::setAttached(const QString& id, bool isAttached)
{
    alter(id, [isAttached](TrackedItem& item) { item.isAttached = isAttached; });
}

void ItemStore::setDamage(const QString& id, const QString& damage)
{
    alter(id, [&damage](TrackedItem& item) { item.damage = damage; });
}

const TrackedItem* ItemStore::find(const QString& id) const
{
    const auto at = m_index.constFind(id);
    return at == m_index.cend() ? nullptr : &m_items.at(*at);
}

TrackedItem ItemStore::tracked(const SparkItem& item, const TrackedItem* before) const
{
    const QDateTime now = m_clock.now();
    TrackedItem result = before ? *before : TrackedItem{};
    result.key = { m_server, m_type, item.id };
    result.item = item;
    result.seen = now;
    // It goes on, but one of its interpreters is dead, whichever it was (livy-protocol 2.1).
    const bool hasRecovered = before && before->item.state.value == ItemStateValue::Error && item.state.acceptsStatements();
    if (hasRecovered && item.state.value != ItemStateValue::Error && result.damage.isEmpty())
        result.damage = item.kind() == Kind::Shared || item.kind() == Kind::Unknown ? u"interpreter"_s : item.kindText;
    if (!before || before->item.state != item.state) {
        result.stateSince = now;
        result.isSinceExact = before && before->seen.msecsTo(now) <= std::chrono::milliseconds(longestWatchedGap).count();
    }
    return result;
}

QList<TrackedItem> ItemStore::absorb(const QList<SparkItem>& items, qint64 epoch, Changes& changes) const
{
    QList<TrackedItem> result;
    result.reserve(items.size());
    QHash<QString, qsizetype> places;
    places.reserve(items.size());
    for (const SparkItem& item : items) {
        const TrackedItem* before = find(item.id);
        const bool isLate = isNewerThan(item.id, epoch);
        if (item.id.isEmpty() || places.contains(item.id) || (isLate && !before))
            continue;
        places.insert(item.id, result.size());
        if (isLate) {
            result.append(*before);
            continue;
        }
        result.append(absorbed(item, before, changes));
    }
    return result;
}

TrackedItem ItemStore::absorbed(const SparkItem& item, const TrackedItem* before, Changes& changes) const
{
    if (before && !isSameIncarnation(before->item, item)) {
        drop(*before, statenote::replaced, changes);
        before = nullptr;
    }
    TrackedItem now = tracked(item, before);
    take(now, before, changes);
    return now;
}

void ItemStore::take(const TrackedItem& now, const TrackedItem* before, Changes& changes) const
{
    if (!before)
        changes.added.append(now.key.id);
    else if (!isSameButAge(now, *before))
        changes.updated.append(now.key.id);
    if (!before || before->item.state != now.item.state) {
        changes.transitions.append({ .number = 0, .key = now.key, .itemName = now.item.name, .when = now.seen,
            .from = before ? before->item.state : ItemState{}, .to = now.item.state, .note = {} });
    }
}

void ItemStore::drop(const TrackedItem& item, QString note, Changes& changes) const
{
    const bool isUnwatched = item.item.state.isAlive() && item.seen.addDuration(endIsTold) < m_clock.now();
    if (note.isEmpty() && isUnwatched)
        note = statenote::unwatched;
    changes.removed.append(item);
    changes.transitions.append({ .number = 0, .key = item.key, .itemName = item.item.name, .when = m_clock.now(),
        .from = item.item.state, .to = goneState(), .note = note });
}

void ItemStore::publish(const Changes& changes)
{
    if (!changes.added.isEmpty() || !changes.updated.isEmpty() || !changes.removed.isEmpty())
        Q_EMIT changed(changes.added, changes.updated, changes.removed);
    for (Transition transition : changes.transitions) {
        transition.number = ++m_lastTransition;
        Q_EMIT transitionSeen(transition);
    }
}

template<typename Change>
void ItemStore::alter(const QString& id, Change change)
{
    const auto at = m_index.constFind(id);
    if (at == m_index.cend())
        return;
    TrackedItem after = m_items.at(*at);
    change(after);
    if (after == m_items.at(*at))
        return;
    m_items[*at] = after;
    Q_EMIT changed({}, { id }, {});
}

bool ItemStore::isNewerThan(const QString& id, qint64 epoch) const
{
    const auto touched = m_touched.constFind(id);
    return touched != m_touched.cend() && *touched > epoch;
}

void ItemStore::reindex()
{
    m_index.clear();
    m_index.reserve(m_items.size());
    for (qsizetype i = 0; i < m_items.size(); ++i)
        m_index.insert(m_items.at(i).key.id, i);
}

} // namespace kindling
