// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kindling {

/// What a scheduler reads from a command's end.
enum class ExitCode {
    Ok = 0,
    CellFailed = 1, ///< the code of a cell raised an error, or the cell was cancelled
    BadUsage = 2,   ///< nothing was done
    Trouble = 3,    ///< with the server, the session or the output file
    TimedOut = 4,
    Interrupted = 130, ///< by SIGINT or SIGTERM
};

} // namespace kindling
