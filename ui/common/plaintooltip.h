// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kindling {

/// A tooltip that shows `text` to the letter, markup and line ends too, and wraps long lines: whatever a server or a file
/// name says. Cut to 2000 characters.
[[nodiscard]] QString plainToolTip(const QString& text);

} // namespace kindling
