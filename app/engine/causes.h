// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemrecord.h"

#include <QRegularExpression>

namespace kindling {

/// What the states of a life say by themselves, without its log.
enum class StateRule {
    Deleted,     ///< we deleted it
    StoppedHere, ///< we stopped it
    IdleTimeout, ///< it had been idle for as long as it may
    LikelyIdleTimeout, ///< it had been idle for as long as is usual; how long it may was not told
    Stopped,     ///< its server was stopped from here, and was all it lived in
    Unseen,      ///< its server went with a window that was killed, and was all it lived in
    Unwatched,   ///< it ended while nobody watched its server
    Replaced,    ///< its id came to name another one: the server was started anew
    Killed,
};

/// One reason for an end, as the file of causes has it.
struct Cause {
    QString id;
    std::optional<QRegularExpression> log; ///< any of its patterns
    std::optional<StateRule> states;
    bool isOnlyUnstarted = false; ///< it ends nothing that ran
};

/// What people are told of a cause, in their language. Empty = no such cause.
struct CauseWords {
    QString says;   ///< what happened: one sentence
    QString advice; ///< what to do: one or two
};
[[nodiscard]] CauseWords wordsOf(const QString& causeId);

/// The causes in a file's text, in its order. Protocol = what is wrong, with its line.
[[nodiscard]] Result<QList<Cause>> readCauses(const QString& text);
/// Those that the program carries.
[[nodiscard]] const QList<Cause>& knownCauses();

/// Does the rule hold for this life?
[[nodiscard]] bool holds(StateRule rule, const ItemRecord& record);

/// The time without use before an end.
struct IdleSpan {
    QDateTime from;
    QDateTime to;
    bool isGuess = false; ///< how long it may be idle was not told
};
/// Where the end looks like an idle time-out: the server put the session away after it had not been used for so long.
[[nodiscard]] std::optional<IdleSpan> idleBeforeTimeout(const ItemRecord& record);

} // namespace kindling
