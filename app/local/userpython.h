// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/sparklocation.h"

#include <optional>

namespace kindling::local {

/// The interpreter that a person means: of a folder, a virtual environment, the one in it; else what was said.
[[nodiscard]] QString interpreterIn(const QString& path);
/// Why that Python cannot run code with that Spark: it does not run, is too old, or cannot load Spark's Python part, which
/// it is given from Spark's own folder. Runs it once (a second).
[[nodiscard]] std::optional<StartProblem> problemOfPython(const QString& python, const SparkLocation& spark);

} // namespace kindling::local
