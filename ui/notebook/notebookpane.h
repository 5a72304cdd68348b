// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/engine/statementrunner.h"
#include "app/notebook/notebookdocument.h"

#include <QHash>
#include <QWidget>

class QStackedWidget;

namespace kindling {

class AnswerSaving;
class CellColumn;
class CellRuns;
class CellScroll;
class CellView;
class Dialogs;
class EmptyState;
class MessageBar;
class SessionRescue;
class TargetBar;
class Workspace;

/// A notebook on the screen: where it runs, its cells, and their runs. Owns none of what it is given.
class NotebookPane final : public QWidget {
    Q_OBJECT
public:
    NotebookPane(NotebookDocument* document, Workspace* workspace, Dialogs* dialogs, QWidget* parent = nullptr);

    [[nodiscard]] NotebookDocument* document() const { return m_document; }
    void setTarget(const ServerId& server, const QString& sessionId);
    /// Empty = none chosen.
    [[nodiscard]] ServerId targetServer() const;
    [[nodiscard]] QString targetSession() const;

    /// Queues a code cell; a cell of another type, or an empty one, is left alone. Without a session: says so in the pane.
    void runCell(int index);
    void runCurrentCell();
    /// Queues every code cell; the first that fails stops the rest.
    void runAll();
    void interrupt();
    [[nodiscard]] bool isRunning() const { return activeRuns() > 0; }
    [[nodiscard]] int activeRuns() const;

    /// -1 = no cell
    [[nodiscard]] int currentCell() const;
    /// With its widgets made; nullptr = no such cell.
    [[nodiscard]] CellView* cellView(int index) const;
    [[nodiscard]] MessageBar* messages() const { return m_messages; }

Q_SIGNALS:
    /// The last of the queued runs came to its end.
    void runFinished();
    void activeRunsChanged(int count);
    void targetChanged();
    /// The document's state of being modified changed.
    void titleChanged();
    void newSessionRequested(const kindling::ServerId& server);
    void pythonRestartRequested(const kindling::ItemKey& session);
    void sessionRestartRequested(const kindling::ItemKey& session);
    /// There is no server to choose: one on this machine is wanted.
    void localSparkRequested();

private:
    void setUpLayout();
    void connectColumn();
    void connectRuns();
    void connectRescue();
    bool start(const CellId& id, int group);
    void updateEmptiness();
    void saveAnswer(const CellId& id);

    NotebookDocument* m_document;
    Workspace* m_workspace;
    TargetBar* m_target;
    MessageBar* m_messages;
    CellColumn* m_column;
    CellScroll* m_scroll;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
    CellRuns* m_runs;
    SessionRescue* m_rescue;
    AnswerSaving* m_saving;
    QHash<CellId, std::pair<ItemKey, int>> m_lastStatements; ///< of which session, and its number
};

} // namespace kindling
