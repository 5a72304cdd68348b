// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kindling {

/// `kindling run` and `kindling check`: make every concrete class that they need, run without a display, return the
/// exit code. `argc` and `argv` as main got them.
int runNotebookCommand(int& argc, char** argv);
int runCheckCommand(int& argc, char** argv);

} // namespace kindling
