// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/ids.h"
#include "app/livy/types.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>

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
    QString note;   ///< why, where known
};

/// The sessions or batches of one server in the server's order. One `changed` per merge.
class ItemStore final : public QObject {
    Q_OBJECT
public:
    ItemStore(ServerId server, ItemType type, const Clock& clock, QObject* parent = nullptr);

    /// A full list: updates, adds, and removes what is not in it.
    void merge(const QList<SparkItem>& items);
    /// One answer about one item: updates or adds it.
    void mergeOne(const SparkItem& item);
    void remove(const QString& id);
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
    TrackedItem tracked(const SparkItem& item, const TrackedItem* before);
    void announce(const TrackedItem& now, const TrackedItem* before);
    void reindex();

    ServerId m_server;
    ItemType m_type;
    const Clock& m_clock;
    QList<TrackedItem> m_items;
    QHash<QString, qsizetype> m_index;
};

} // namespace kindling
