// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/engine/statementrunner.h"
#include "app/notebook/notebookdocument.h"

#include <QList>
#include <QObject>
#include <QPointer>

namespace kindling {

class Workspace;

/// The runs of one notebook's cells: starts them, and puts their outputs into the document.
class CellRuns final : public QObject {
    Q_OBJECT
public:
    CellRuns(NotebookDocument* document, Workspace* workspace, QObject* parent = nullptr);

    /// Queues a cell's code in `session`. false = there is no such server, or it cannot run statements.
    bool run(const ItemKey& session, const CellId& cell, int group = 0);
    /// A number for a "run all" in `session`; 0 = cannot run.
    [[nodiscard]] int newGroup(const ItemKey& session);
    void cancel(const CellId& cell);
    void cancelAll();
    /// Runs that are not at their end.
    [[nodiscard]] int activeCount() const { return static_cast<int>(m_entries.size()); }
    /// nullptr = that cell does not run now; valid until control returns to the event loop.
    [[nodiscard]] const Run* activeRun(const CellId& cell) const;

Q_SIGNALS:
    /// After the document has the run's outputs.
    void runChanged(const kindling::CellId& cell, const kindling::Run& run, const kindling::ItemKey& session);
    void activeCountChanged(int count);

private:
    struct Entry {
        QPointer<StatementRunner> runner;
        RunId id = 0;
        CellId cell;
        ItemKey session;
        bool isCleared = false;
    };

    [[nodiscard]] StatementRunner* runnerOf(const ItemKey& session) const;
    void follow(StatementRunner* runner);
    void onRunChanged(StatementRunner* runner, RunId id);
    void onLingeringChanged(StatementRunner* runner, RunId id);
    void showOutputs(const CellId& cell, const Run& run);
    void dropDeadRunners();

    NotebookDocument* m_document;
    Workspace* m_workspace;
    QList<Entry> m_entries;
    QList<Entry> m_lingering; ///< ended, but an output, or the time of its end, may still come
    QList<QPointer<StatementRunner>> m_followed;
};

} // namespace kindling
