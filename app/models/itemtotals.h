// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/states.h"

#include <QList>
#include <QString>

#include <array>

namespace kindling {

class ItemsFilter;
class RequestedSizes;

/// How many sessions and batches there are, and what those that live hold.
struct ItemTotal {
    QString name;
    int count = 0;
    std::array<int, 8> byRole{}; ///< by StateRole
    qint64 cores = 0;
    double memoryMiB = 0;
    bool isAtLeast = false; ///< of some that live not all is known

    [[nodiscard]] int of(StateRole role) const { return byRole.at(static_cast<size_t>(role)); }
};

/// The same by the servers' words for the states, by owner and by queue; an empty name is for those without one. In the
/// order of their counts, the greatest first.
struct ItemTotals {
    ItemTotal all;
    QList<ItemTotal> byState;
    QList<ItemTotal> byOwner;
    QList<ItemTotal> byQueue;
};

/// Of the rows that are shown. What servers do not tell is taken from what was asked for.
[[nodiscard]] ItemTotals totalsOf(const ItemsFilter& shown, const RequestedSizes* requested = nullptr);

} // namespace kindling
