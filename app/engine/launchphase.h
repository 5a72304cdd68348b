// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"

#include <optional>

namespace kindling {

/// How far a session or batch that starts has come.
enum class LaunchPhase {
    Accepted,    ///< by the Livy server; no cluster has given it an app id yet
    Submitted,   ///< the cluster knows it, and has no room for its driver yet
    Driver,      ///< its driver starts
    Interpreter, ///< Spark is there; what runs the code is not
};

/// As its server tells by app id, links and the newest lines of its log. nullopt = it is not starting.
[[nodiscard]] std::optional<LaunchPhase> launchPhaseOf(const SparkItem& item);

} // namespace kindling
