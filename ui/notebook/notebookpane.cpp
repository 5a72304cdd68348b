// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/notebookpane.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/answersaving.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/notebook/cellcolumn.h"
#include "ui/notebook/cellruns.h"
#include "ui/notebook/cellscroll.h"
#include "ui/notebook/cellview.h"
#include "ui/notebook/sessionrescue.h"
#include "ui/notebook/targetbar.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kindling {

NotebookPane::NotebookPane(NotebookDocument* document, Workspace* workspace, Dialogs* dialogs, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_workspace(workspace)
    , m_target(new TargetBar(workspace, this))
    , m_messages(new MessageBar(this))
    , m_column(new CellColumn(document))
    , m_scroll(new CellScroll(m_column, this))
    , m_empty(new EmptyState(tr("This notebook is empty"), tr("Cells hold code in PySpark, Scala, SparkR or SQL, or text in Markdown."),
          tr("Add a code cell"), this))
    , m_stack(new QStackedWidget(this))
    , m_runs(new CellRuns(document, workspace, this))
    , m_rescue(new SessionRescue(workspace, m_messages, this))
    , m_saving(new AnswerSaving(dialogs, m_messages, this))
{
    setObjectName(u"notebookPane"_s);
    setUpLayout();
    connectColumn();
    connectRuns();
    connectRescue();
    connect(m_empty, &EmptyState::activated, this, [this] { m_column->addCell(CellType::Code); });
    connect(m_target, &TargetBar::targetChanged, this, &NotebookPane::targetChanged);
    connect(m_target, &TargetBar::newSessionRequested, this, &NotebookPane::newSessionRequested);
    connect(m_target, &TargetBar::runCellClicked, this, &NotebookPane::runCurrentCell);
    connect(m_target, &TargetBar::runAllClicked, this, &NotebookPane::runAll);
    connect(m_target, &TargetBar::interruptClicked, this, &NotebookPane::interrupt);
    connect(document, &NotebookDocument::modifiedChanged, this, &NotebookPane::titleChanged);
    connect(document, &NotebookDocument::wasReset, this, &NotebookPane::updateEmptiness);
    connect(document, &NotebookDocument::cellInserted, this, &NotebookPane::updateEmptiness);
    connect(document, &NotebookDocument::cellRemoved, this, &NotebookPane::updateEmptiness);
    updateEmptiness();
}

void NotebookPane::setUpLayout()
{
    m_stack->addWidget(m_scroll);
    m_stack->addWidget(m_empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_target);
    column->addWidget(m_messages);
    column->addWidget(m_stack, 1);
    setFocusProxy(m_stack);
}

void NotebookPane::connectColumn()
{
    connect(m_column, &CellColumn::runRequested, this, [this](const CellId& id) { runCell(m_document->indexOf(id)); });
    connect(m_column, &CellColumn::interruptRequested, m_runs, &CellRuns::cancel);
    connect(m_column, &CellColumn::savingRequested, this, &NotebookPane::saveAnswer);
    connect(m_column, &CellColumn::revealRequested, m_scroll, &CellScroll::reveal);
}

void NotebookPane::connectRuns()
{
    connect(m_runs, &CellRuns::runChanged, this, [this](const CellId& cell, const Run& run, const ItemKey& session) {
        if (CellView* view = m_column->view(cell))
            view->showRun(run);
        m_lastStatements.insert(cell, { session, run.statement });
        m_rescue->follow(session, run);
    });
    connect(m_runs, &CellRuns::activeCountChanged, this, [this](int count) {
        m_target->setRunning(count > 0);
        Q_EMIT activeRunsChanged(count);
        if (count == 0)
            Q_EMIT runFinished();
    });
}

void NotebookPane::connectRescue()
{
    connect(m_target, &TargetBar::targetChanged, m_rescue,
        [this] { m_rescue->setTarget({ targetServer(), ItemType::Session, targetSession() }); });
    connect(m_rescue, &SessionRescue::pythonRestartRequested, this, &NotebookPane::pythonRestartRequested);
    connect(m_rescue, &SessionRescue::sessionRestartRequested, this, &NotebookPane::sessionRestartRequested);
    connect(m_rescue, &SessionRescue::newSessionRequested, this, &NotebookPane::newSessionRequested);
}

void NotebookPane::setTarget(const ServerId& server, const QString& sessionId)
{
    m_target->setTarget(server, sessionId);
}

ServerId NotebookPane::targetServer() const
{
    return m_target->server();
}

QString NotebookPane::targetSession() const
{
    return m_target->session();
}

void NotebookPane::saveAnswer(const CellId& id)
{
    const auto [session, statement] = m_lastStatements.value(id);
    m_saving->save({ m_workspace->server(session.server), session.id, statement });
}

bool NotebookPane::start(const CellId& id, int group)
{
    if (targetSession().isEmpty()) {
        m_messages->showProblem(tr("Choose a session first: code runs in one."));
        if (!targetServer().isEmpty())
            m_messages->setAction(tr("New session…"), [this] { Q_EMIT newSessionRequested(targetServer()); });
        else
            m_messages->setAction(tr("Start local Spark"), [this] { Q_EMIT localSparkRequested(); });
        return false;
    }
    if (m_runs->run({ targetServer(), ItemType::Session, targetSession() }, id, group)) {
        m_messages->dismiss();
        return true;
    }
    m_messages->showProblem(tr("Nothing was run: this server is not connected."));
    return false;
}

void NotebookPane::runCell(int index)
{
    if (index < 0 || index >= m_document->cellCount())
        return;
    const NotebookCell& cell = m_document->cellAt(index);
    if (cell.type == CellType::Code && !cell.source.trimmed().isEmpty())
        start(cell.id, 0);
}

void NotebookPane::runCurrentCell()
{
    if (m_column->currentId().isEmpty())
        return;
    if (CellView* view = m_column->view(m_column->currentId()))
        view->render();
    runCell(currentCell());
}

void NotebookPane::runAll()
{
    const int group = m_runs->newGroup({ targetServer(), ItemType::Session, targetSession() });
    const QList<NotebookCell> cells = m_document->cells();
    for (const NotebookCell& cell : cells)
        if (cell.type == CellType::Code && !cell.source.trimmed().isEmpty() && !start(cell.id, group))
            return;
}

void NotebookPane::interrupt()
{
    m_runs->cancelAll();
}

int NotebookPane::activeRuns() const
{
    return m_runs->activeCount();
}

int NotebookPane::currentCell() const
{
    return m_document->indexOf(m_column->currentId());
}

CellView* NotebookPane::cellView(int index) const
{
    CellView* view = index >= 0 && index < m_document->cellCount() ? m_column->view(m_document->cellAt(index).id) : nullptr;
    if (view)
        view->makeBody();
    return view;
}

void NotebookPane::updateEmptiness()
{
    m_stack->setCurrentWidget(m_document->cellCount() > 0 ? static_cast<QWidget*>(m_scroll) : m_empty);
}

} // namespace kindling
