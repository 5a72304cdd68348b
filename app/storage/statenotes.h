// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

/// Why a state came about, as a change of state and its record note it where that is known. Other notes are sentences.
namespace kindling::statenote {

inline constexpr QLatin1StringView deleted{ "deleted" };          ///< by us
inline constexpr QLatin1StringView stoppedHere{ "stopped-here" }; ///< by us; its server lists it still
inline constexpr QLatin1StringView serverStopped{ "stopped" };    ///< with its Local Spark
inline constexpr QLatin1StringView unseen{ "unseen" };            ///< with its Local Spark, when a window was killed
inline constexpr QLatin1StringView unwatched{ "unwatched" };      ///< while nobody looked, for as long as its end would have been told
inline constexpr QLatin1StringView replaced{ "replaced" };        ///< its id names another one now

} // namespace kindling::statenote
