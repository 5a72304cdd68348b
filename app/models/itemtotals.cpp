// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/itemtotals.h"

#include "app/models/itemroles.h"
#include "app/models/itemsfilter.h"
#include "app/models/itemsizes.h"
#include "app/models/requestedsizes.h"

#include <QHash>

#include <algorithm>

namespace kindling {

namespace {
struct Share {
    StateRole role;
    bool isAlive;
    qint64 cores;
    double memoryMiB;
    bool isAtLeast; ///< not all of it is known
};

void add(ItemTotal& total, const Share& share)
{
    ++total.count;
    ++total.byRole.at(static_cast<size_t>(share.role));
    if (!share.isAlive)
        return;
    total.cores += share.cores;
    total.memoryMiB += share.memoryMiB;
    total.isAtLeast |= share.isAtLeast;
}

QList<ItemTotal> sorted(const QHash<QString, ItemTotal>& totals)
{
    QList<ItemTotal> list;
    for (const auto& [name, total] : totals.asKeyValueRange()) {
        list += total;
        list.last().name = name;
    }
    std::ranges::sort(list, [](const ItemTotal& one, const ItemTotal& other) {
        return one.count != other.count ? one.count > other.count : QString::compare(one.name, other.name, Qt::CaseInsensitive) < 0;
    });
    return list;
}
}

ItemTotals totalsOf(const ItemsFilter& shown, const RequestedSizes* requested)
{
    ItemTotals totals;
    QHash<QString, ItemTotal> states;
    QHash<QString, ItemTotal> owners;
    QHash<QString, ItemTotal> queues;
    for (int row = 0; row < shown.rowCount(); ++row) {
        const TrackedItem& tracked = shown.itemAt(row);
        const bool isUntold = requested && tracked.item.state.isAlive() && (!isSizeKnown(tracked.item) || tracked.item.queue.isEmpty());
        const std::optional<SparkItem> completed = isUntold ? requested->completed(tracked) : std::nullopt;
        const SparkItem& item = completed ? *completed : tracked.item;
        const Share share{ roleOf(item.state, !tracked.damage.isEmpty()), item.state.isAlive(), coresOf(item), memoryMiB(item), !isSizeKnown(item) };
        add(totals.all, share);
        add(states[item.state.raw.toLower()], share);
        add(owners[ownerOf(item)], share);
        add(queues[item.queue], share);
    }
    totals.byState = sorted(states);
    totals.byOwner = sorted(owners);
    totals.byQueue = sorted(queues);
    return totals;
}

} // namespace kindling
