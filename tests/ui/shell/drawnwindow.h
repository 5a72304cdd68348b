// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/shell/shellfixture.h"

namespace kindling::test {

/// A whole window on the servers of the drawings.
class DrawnWindow final {
public:
    DrawnWindow();
    /// Have all servers been read? To be tried until it is so.
    [[nodiscard]] bool isFilled() const;
    [[nodiscard]] MainWindow& window() const { return *shell.window; }

private:
    PanesFixture m_drawn;
    SystemClock m_clock;

public:
    ShellFixture shell;
};

} // namespace kindling::test
