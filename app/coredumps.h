// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kindling {

/// Keeps this process and its children from leaving a core when they crash.
void forbidCoreDumps();

} // namespace kindling
