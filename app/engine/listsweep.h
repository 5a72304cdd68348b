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

/// What all pages together gave.
struct WholeList {
    QList<SparkItem> items;
    bool isComplete = true;   ///< else some may be missing: the list moved under the reading, or some could not be read
    bool isCut = false;       ///< not complete, as it is longer than what is read of a list
    int total = 0;            ///< of the list, as its last page told
    int pages = 0;            ///< that were asked for
    QString problem;          ///< the first item that could not be read
    Clock::Duration roundTrip{ 0 }; ///< of the first page
    Clock::Duration inFlight{ 0 };  ///< of all pages, without the waits between them
};

/// What is to be read: from the item numbered `first` on, which is not before any that is wanted. The first page is not
/// taken from `budget`, the others are.
struct ListSource {
    PageReader read;
    ReadBudget* budget = nullptr;
    int first = 0;
};

constexpr int listPageSize = 100;
/// The newest items: two pages hold them, also where some have come meanwhile.
constexpr int newestSize = 190;

/// Reads a list to its end, a page of 100 after the other, each id once. Items stand in the order of their creation and
/// move up as others are collected: each page therefore begins with what the one before ended with, and where it does not,
/// the reading goes back until it touches what was read. Errors as the reader's.
RequestHandle readList(ListSource source, Clock& clock, QObject* context, Reply<WholeList> reply);
RequestHandle readWholeList(PageReader read, ReadBudget* budget, Clock& clock, QObject* context, Reply<WholeList> reply);

} // namespace kindling
