// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kindling {

enum class ItemCommand;

/// `kindling run`, `check`, `list`, `stop` and `log`: make every concrete class that they need, run without a display,
/// return the exit code. `argc` and `argv` as main got them.
int runNotebookCommand(int& argc, char** argv);
int runCheckCommand(int& argc, char** argv);
int runItemCommand(ItemCommand command, int& argc, char** argv);

} // namespace kindling
