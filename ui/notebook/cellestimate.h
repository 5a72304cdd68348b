// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kindling {

struct NotebookCell;

/// About how many pixels high a cell will be, told from its text alone.
[[nodiscard]] int estimatedHeight(const NotebookCell& cell);

} // namespace kindling
