// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/ids.h"
#include "app/livy/types.h"
#include "app/storage/observation.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <limits>

namespace kindling {

/// A session or batch as last seen, with what only we know of it.
struct TrackedItem {
    ItemKey key;
    SparkItem item;
    QDateTime seen;        ///< of the last answer that held it
    QDateTime stateSince;  ///< when we first saw the present state
    bool isSinceExact = false; ///< we watched the change; else "at least since"
    QString damage;        ///< non-empty: an interpreter died, in the server's words ("pyspark")
    bool isDeleting = false; ///< our DELETE is under way
    bool isAttached = false; ///< we read it by id, which renews its heartbeat

    friend bool operator==(const TrackedItem&, const TrackedItem&) = default;
};

/// A state change as seen; the last one of an item is its disappearance (`to.raw` "gone").
struct Transition {
    qint64 number = 0;
    ItemKey key;
    QString itemName;
    QDateTime when;
    ItemState from; ///< raw empty = first sight
    ItemState to;
    QString note;   ///< why, where known (statenotes.h), or a sentence
};

/// The sessions or batches of one server in the server's order. One `changed` per merge.
class ItemStore final : public QObject {
    Q_OBJECT
public:
    ItemStore(ServerId server, ItemType type, const Clock& clock, QObject* parent = nullptr);

    /// Counts what was learnt of single items. Taken before a list is asked for, it lets merge() know what that list
    /// cannot know yet.
    [[nodiscard]] qint64 epoch() const { return m_epoch; }
    static constexpr qint64 newest = std::numeric_limits<qint64>::max();
    /// What a list tells by lacking an item.
    enum class Extent {
        Whole, ///< it is gone
        Holed, ///< it is gone where the list before lacked it, too, and nobody told of it since
        Cut,   ///< as Holed, but nothing of what comes after the list's last item
    };
    /// A list from its beginning on: updates, adds, and removes what is gone. What was learnt of single items after `epoch` stays.
    void merge(const QList<SparkItem>& items, qint64 epoch = newest, Extent extent = Extent::Whole);
    /// Some of a list: updates and adds. A full list that was asked for before knows less of them.
    void mergePart(const QList<SparkItem>& items, qint64 epoch = newest, const QString& note = {});
    /// One answer about one item: updates or adds it. `note` goes with the transition, where there is one.
    void mergeOne(const SparkItem& item, const QString& note = {});
    /// It was deleted: a list that was asked for before does not bring it back.
    void remove(const QString& id);
    /// All of them have gone, for the reason that `note` names.
    void dropAll(const QString& note);
    /// Forgets all without transitions: another server is behind this address.
    void clear();
    void setDeleting(const QString& id, bool isDeleting);
    void setAttached(const QString& id, bool isAttached);
    void setDamage(const QString& id, const QString& damage);

    [[nodiscard]] const QList<TrackedItem>& items() const { return m_items; }
    /// nullptr = unknown; valid until the next merge
    [[nodiscard]] const TrackedItem* find(const QString& id) const;
    [[nodiscard]] ItemType type() const { return m_type; }

Q_SIGNALS:
    /// After the store is consistent. Ids in the order of items(); `removed` hold what was last known.
    void changed(const QStringList& added, const QStringList& updated, const QList<kindling::TrackedItem>& removed);
    void transitionSeen(const kindling::Transition& transition);

private:
    struct Changes {
        QStringList added;
        QStringList updated;
        QList<TrackedItem> removed;
        QList<Transition> transitions;
    };
    [[nodiscard]] TrackedItem tracked(const SparkItem& item, const TrackedItem* before) const;
    [[nodiscard]] QList<TrackedItem> absorb(const QList<SparkItem>& items, qint64 epoch, Changes& changes) const;
    void mergeInPlace(const QList<SparkItem>& items, qint64 epoch, Changes& changes);
    /// Of those that a list lacks.
    void keepOrDrop(QList<TrackedItem>& next, qint64 epoch, Extent extent, Changes& changes);
    /// What is to be kept of an answer about one item, with what was known of it.
    [[nodiscard]] TrackedItem absorbed(const SparkItem& item, const TrackedItem* before, Changes& changes) const;
    void take(const TrackedItem& now, const TrackedItem* before, Changes& changes) const;
    void drop(const TrackedItem& item, QString note, Changes& changes) const;
    void publish(const Changes& changes);
    template<typename Change>
    void alter(const QString& id, Change change);
    [[nodiscard]] bool isNewerThan(const QString& id, qint64 epoch) const;
    void reindex();

    ServerId m_server;
    ItemType m_type;
    const Clock& m_clock;
    QList<TrackedItem> m_items;
    QHash<QString, qsizetype> m_index;
    QHash<QString, qint64> m_touched; ///< by id: the epoch in which we learnt of it alone
    QSet<QString> m_lacked;           ///< what the last list lacked, but may be there
    qint64 m_epoch = 0;
    qint64 m_lastTransition = 0;
};

[[nodiscard]] ItemFacts factsOf(const ItemKey& key, const SparkItem& item);
/// Do both name the same incarnation, as far as anyone can tell? Ids are used again after a server's restart.
[[nodiscard]] bool isSameIncarnation(const SparkItem& before, const SparkItem& now);

} // namespace kindling
