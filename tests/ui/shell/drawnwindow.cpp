// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/shell/drawnwindow.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::test {

DrawnWindow::DrawnWindow()
    : shell({}, [this](const ServerProfile& profile) { return std::make_unique<FakeSparkApi>(m_clock, m_drawn.sharedState(profile.id)); })
{
    fillLikeTheDrawing(m_drawn);
    const QStringList lines{ u"stderr: "_s, u"26/11/22 14:02:09 INFO DAGScheduler: Submitting 200 missing tasks from ShuffleMapStage 7"_s,
        u"26/11/22 14:02:10 WARN TaskSetManager: Lost task 14.0 in stage 7.0 (TID 214) (10.0.3.7 executor 3): FetchFailed"_s,
        u"26/11/22 14:02:11 ERROR TaskSetManager: Task 14 in stage 7.0 failed 4 times; aborting job"_s };
    for (const ServerProfile& profile : m_drawn.profiles())
        m_drawn.state(profile.id).onLog = [lines](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
    shell.settings->setServers(m_drawn.profiles());
}

bool DrawnWindow::isFilled() const
{
    return std::ranges::all_of(shell.workspace->servers(), [](Server* server) { return server->sessions().items().size() > 0; })
        && shell.workspace->servers().constFirst()->batches().items().size() > 0;
}

} // namespace kindling::test
