// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace kindling {

/// How the window was asked for on the command line.
struct WindowOptions {
    QStringList files;
    bool isSample = false;
    QString screenshot; ///< with isSample: run all, write this picture, end
};

/// Makes every concrete class of the window, hands them to each other, and runs until the window closes.
/// `argc` and `argv` as main got them. Returns the exit code.
int runWindow(int& argc, char** argv, const WindowOptions& options);

} // namespace kindling
