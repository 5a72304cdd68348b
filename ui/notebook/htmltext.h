// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kindling {

/// HTML as plain text for a fixed font: nothing is loaded, nothing is run; tables stand in columns, numbers to the right.
/// Of very large ones the beginning.
[[nodiscard]] QString textOfHtml(const QString& html);

} // namespace kindling
