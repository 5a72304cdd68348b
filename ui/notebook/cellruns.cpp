// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellruns.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"

#include <algorithm>

namespace kindling {

CellRuns::CellRuns(NotebookDocument* document, Workspace* workspace, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_workspace(workspace)
{
}

StatementRunner* CellRuns::runnerOf(const ItemKey& session) const
{
    Server* server = session.isValid() ? m_workspace->server(session.server) : nullptr;
    return server && server->api() && server->api()->statements() ? server->runner(session.id) : nullptr;
}

int CellRuns::newGroup(const ItemKey& session)
{
    StatementRunner* runner = runnerOf(session);
    return runner ? runner->newGroup() : 0;
}

bool CellRuns::run(const ItemKey& session, const CellId& cell, int group)
{
    const int index = m_document->indexOf(cell);
    StatementRunner* runner = index >= 0 ? runnerOf(session) : nullptr;
    if (!runner)
        return false;
    follow(runner);
    const NotebookCell& wanted = m_document->cellAt(index);
    const RunId id = runner->run(wanted.source, wanted.kind, group);
    m_lingering.removeIf([&cell](const Entry& entry) { return entry.cell == cell; });
    m_entries.append({ runner, id, cell, session, false });
    Q_EMIT activeCountChanged(activeCount());
    onRunChanged(runner, id);
    return true;
}

void CellRuns::follow(StatementRunner* runner)
{
    m_followed.removeIf([](const QPointer<StatementRunner>& known) { return known.isNull(); });
    if (m_followed.contains(runner))
        return;
    m_followed.append(runner);
    connect(runner, &StatementRunner::runChanged, this, [this, runner](RunId id) { onRunChanged(runner, id); });
    connect(runner, &QObject::destroyed, this, &CellRuns::dropDeadRunners);
}

void CellRuns::onRunChanged(StatementRunner* runner, RunId id)
{
    const auto entry = std::ranges::find_if(m_entries, [&](const Entry& e) { return e.runner == runner && e.id == id; });
    const Run* found = entry == m_entries.end() ? nullptr : runner->find(id);
    if (!found) {
        onLingeringChanged(runner, id);
        return;
    }
    const Run run = *found;
    const CellId cell = entry->cell;
    const ItemKey session = entry->session;
    if (isTerminal(run.state)) {
        if (run.isLingering || isUntimed(run))
            m_lingering.append(*entry);
        m_entries.erase(entry);
        showOutputs(cell, run);
    } else if (run.state == RunState::Running && !entry->isCleared) {
        entry->isCleared = true;
        m_document->setOutputs(cell, {}, {});
    }
    Q_EMIT runChanged(cell, run, session);
    if (isTerminal(run.state))
        Q_EMIT activeCountChanged(activeCount());
}

void CellRuns::onLingeringChanged(StatementRunner* runner, RunId id)
{
    const auto entry = std::ranges::find_if(m_lingering, [&](const Entry& e) { return e.runner == runner && e.id == id; });
    const Run* found = entry == m_lingering.end() ? nullptr : runner->find(id);
    if (!found)
        return;
    const Run run = *found;
    const CellId cell = entry->cell;
    const ItemKey session = entry->session;
    if (!run.isLingering)
        m_lingering.erase(entry);
    if (run.output)
        showOutputs(cell, run);
    Q_EMIT runChanged(cell, run, session);
}

void CellRuns::showOutputs(const CellId& cell, const Run& run)
{
    const CellRun last{ .number = run.output && run.output->executionCount >= 0 ? std::optional(run.output->executionCount) : std::nullopt,
        .started = run.started,
        .completed = run.completed };
    m_document->setOutputs(cell, run.output ? QList<Output>{ *run.output } : QList<Output>{}, last);
}

void CellRuns::dropDeadRunners()
{
    m_lingering.removeIf([](const Entry& entry) { return entry.runner.isNull(); });
    QList<Entry> lost;
    m_entries.removeIf([&lost](const Entry& entry) {
        if (entry.runner)
            return false;
        lost.append(entry);
        return true;
    });
    for (const Entry& entry : std::as_const(lost)) {
        Run run;
        run.state = RunState::Lost;
        run.problem.kind = ErrorKind::Cancelled;
        run.problem.title = tr("The server was removed while this ran");
        Q_EMIT runChanged(entry.cell, run, entry.session);
    }
    if (!lost.isEmpty())
        Q_EMIT activeCountChanged(activeCount());
}

void CellRuns::cancel(const CellId& cell)
{
    const QList<Entry> entries = m_entries;
    for (const Entry& entry : entries)
        if (entry.cell == cell && entry.runner)
            entry.runner->cancel(entry.id);
}

void CellRuns::cancelAll()
{
    // From the back: the one that runs goes last, so that its end does not start the next.
    const QList<Entry> entries = m_entries;
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry)
        if (entry->runner)
            entry->runner->cancel(entry->id);
}

const Run* CellRuns::activeRun(const CellId& cell) const
{
    for (const Entry& entry : m_entries)
        if (entry.cell == cell && entry.runner)
            return entry.runner->find(entry.id);
    return nullptr;
}

} // namespace kindling
