// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/rules/sourcefile.h"

namespace kindling::rules {

/// Includes that go upward, sideways between panes, or to what the layer must not know (section 3 of the design).
[[nodiscard]] QStringList layerOffences(const SourceFile& file);
/// A .cpp whose first include is not its own header.
[[nodiscard]] QStringList includeOrderOffences(const SourceFile& file);

} // namespace kindling::rules
