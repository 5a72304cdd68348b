// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/shell/drawnwindow.h"

#include <algorithm>

namespace kindling::test {

DrawnWindow::DrawnWindow()
    : shell({}, [this](const ServerProfile& profile) { return std::make_unique<FakeSparkApi>(m_clock, m_drawn.sharedState(profile.id)); })
{
    fillLikeTheDrawing(m_drawn);
    shell.settings->setServers(m_drawn.profiles());
}

bool DrawnWindow::isFilled() const
{
    return std::ranges::all_of(shell.workspace->servers(), [](Server* server) { return server->sessions().items().size() > 0; })
        && shell.workspace->servers().constFirst()->batches().items().size() > 0;
}

} // namespace kindling::test
