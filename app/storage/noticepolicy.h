// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>

#include <chrono>

namespace kindling {

/// What a person is told of without having looked. The last two come from rules of their own.
enum class NoticeKind { LongStatement, BatchFailed, SessionExpires, ServerUnreachable, BatchRunsLong, SessionIdleLong };

/// A rule of a person's own: tell me when it lasts longer than `limit`.
struct NoticeRule {
    enum class What {
        BatchRunsLong,   ///< of anybody
        SessionIdleLong, ///< of one's own
    };
    What what = What::BatchRunsLong;
    QString pattern;                 ///< of its name, with * and ?; empty = any
    std::chrono::minutes limit{ 60 };

    friend bool operator==(const NoticeRule&, const NoticeRule&) = default;
};

/// That a rule was told of an item, and of which stay.
struct ToldRule {
    NoticeRule rule;
    ItemKey item;
    QDateTime since;

    friend bool operator==(const ToldRule&, const ToldRule&) = default;
};

/// What a person wants to be told.
struct NoticePolicy {
    bool isOn = true;
    QSet<NoticeKind> silenced = {};                ///< of the first four; a rule that is not wanted is taken away
    bool onlyOwnBatches = false;              ///< of those that failed
    std::chrono::seconds longStatement{ 60 };
    QList<NoticeRule> rules = {};

    friend bool operator==(const NoticePolicy&, const NoticePolicy&) = default;
};

/// The policy with every number in its range, and without the rules that are too many or have no usable pattern.
[[nodiscard]] NoticePolicy cleanedPolicy(NoticePolicy policy);

} // namespace kindling
