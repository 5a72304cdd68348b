// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/core/ids.h"
#include "app/livy/types.h"

#include <QSet>

#include <optional>

namespace kindling {

// What is wanted of a server, and what is kept of it to find out, after an answer was lost, what became of it.

/// What can be compared with the answer to a create.
struct Wish {
    QString name;
    QString proxyUser;
    QByteArray request; ///< as it is recorded
};

/// A create that has not been answered, or whose answer was lost.
struct LostLaunch {
    ItemType type;
    QString name;
    QString proxyUser;
    std::optional<QSet<QString>> knownIds; ///< before it was sent; unset = an older namesake could not be told from it
    Error error;
    int looks = 0;
    int failures = 0;
};

/// What is to be ended.
struct Ending {
    ItemType type;
    QString id;
    bool isStop = false; ///< it may stay listed
};

/// A DELETE or stop whose answer was lost.
struct LostRemoval {
    ItemType type;
    SparkItem item;
    Error error;
    bool isStop = false;
    int looks = 0;
    int failures = 0;
};

/// How a lost answer to a DELETE or stop is settled: this many looks that worked, this many that failed, this long between.
constexpr int looksToSettle = 3;
constexpr int failuresToSettle = 10;
constexpr Clock::Duration betweenSettlingLooks{ 2000 };

} // namespace kindling
