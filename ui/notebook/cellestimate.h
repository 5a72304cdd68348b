// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kindling {

struct NotebookCell;

/// About how many pixels high a cell will be below its header, told from its text alone. Exact for plain code and text
/// output, so that nothing has to move when its widgets come.
[[nodiscard]] int estimatedHeight(const NotebookCell& cell);

} // namespace kindling
