// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text/logtext.h"

#include <QString>

namespace kindling {

/// What is said in a mark's row of a log.
[[nodiscard]] QString markWords(const LogMark& mark);
/// The same where it is copied or saved.
[[nodiscard]] QString copiedMarkWords(const LogMark& mark);
/// "stdout", "stderr", "Diagnostics"
[[nodiscard]] QString sectionWords(LogSection section);

} // namespace kindling
