// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/engine/expiry.h"
#include "app/storage/noticepolicy.h"
#include "app/storage/observation.h"

#include <chrono>
#include <optional>

namespace kindling {

/// Something that a person may want to know without looking. The window words it.
struct Notice {
    NoticeKind kind = NoticeKind::LongStatement;
    ServerId server = {};
    QString serverName = {};
    ItemKey item = {};        ///< invalid = the server as a whole
    QString itemName = {};
    RunState run = RunState::Finished; ///< how the statement ended
    ItemState state = {};     ///< in which the batch ended
    bool isBack = false;      ///< the server can be reached again
    bool isForGood = false;   ///< the session's life ends, not its idle time
    std::chrono::milliseconds duration{ 0 }; ///< it took, runs or is idle at least, was away, has left
    std::optional<Error> problem = {};       ///< why the server cannot be reached
};

/// A session or batch as rules look at it.
struct NoticeFacts {
    ItemType type = ItemType::Batch;
    QString name = {};
    bool isOwn = false;
    QDateTime aliveSince = {}; ///< invalid = it has ended
    QDateTime idleSince = {};  ///< invalid = it is not idle
};

// When something is worth telling. All of these are pure.

/// Does the whole text fit the pattern, in which * is any text and ? one character, whatever the case? Empty fits all.
[[nodiscard]] bool fitsPattern(QStringView pattern, QStringView text);
/// Can the rule ever hold for it?
[[nodiscard]] bool concerns(const NoticeRule& rule, const NoticeFacts& item);
/// Since when it lasts, where that is as long as the rule allows, or longer; else invalid.
[[nodiscard]] QDateTime overstaysSince(const NoticeRule& rule, const NoticeFacts& item, const QDateTime& now);
/// Is it the end of a batch that had not ended before, and was none of success?
[[nodiscard]] bool isBatchFailure(ItemType type, const StateSeen& seen);
/// How long it took from its sending on, where it ended, was not cancelled, and took as long as `limit`, or longer.
[[nodiscard]] std::optional<std::chrono::milliseconds> longRun(const StatementSeen& seen, const QDateTime& now, std::chrono::seconds limit);
/// How long before its end a session's end is told of: five minutes, of a short time a quarter.
[[nodiscard]] std::chrono::milliseconds noticeBefore(std::optional<std::chrono::milliseconds> whole);
/// Is `end` to come, and no further away than that?
[[nodiscard]] bool isNear(const QDateTime& end, const QDateTime& now, std::chrono::milliseconds before);

} // namespace kindling
