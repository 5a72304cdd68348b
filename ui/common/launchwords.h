// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kindling {

struct SparkItem;

/// "starting · waiting for app id": the state with how far one that starts has come; empty = it is not starting.
[[nodiscard]] QString launchWords(const SparkItem& item);

} // namespace kindling
