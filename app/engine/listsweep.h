// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/engine/readbudget.h"
#include "app/livy/sparkapi.h"

#include <functional>

namespace kindling {

/// Reads one page: from, size, context, reply.
using PageReader = std::function<RequestHandle(int, int, QObject*, Reply<ItemPage>)>;

/// What all pages together gave. Without `isComplete` the list moved under the reading: some may be missing.
struct WholeList {
    QList<SparkItem> items;
    bool isComplete = true;
    QString problem; ///< the first item that could not be read
    Clock::Duration roundTrip{ 0 }; ///< of the first page
};

constexpr int listPageSize = 100;

/// Reads a list to its end, a page of 100 after the other, each id once. A list that shrank between two pages is read
/// again, twice at most. The first page is not taken from `budget`, the others are. Errors as the reader's.
RequestHandle readWholeList(PageReader read, ReadBudget* budget, Clock& clock, QObject* context, Reply<WholeList> reply);

} // namespace kindling
