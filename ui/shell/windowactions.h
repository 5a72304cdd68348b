// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

class QAction;
class QActionGroup;
class QMenuBar;
class QWidget;

namespace kindling {

/// Every action of the window, in its menus, with its shortcut. The window says what they do.
struct WindowActions {
    Q_DECLARE_TR_FUNCTIONS(WindowActions)
public:
    QAction* newNotebook;
    QAction* open;
    QAction* save;
    QAction* saveAs;
    QAction* closeTab;
    QAction* quit;
    QAction* undo;
    QAction* redo;
    QAction* settings;
    QAction* runCell;
    QAction* runAll;
    QAction* interrupt;
    QAction* addServer;
    QAction* startLocalSpark;
    QAction* stopLocalSpark;
    QAction* newSession;
    QAction* deleteSelected;
    QAction* refresh;
    QAction* findCommand;
    QAction* submitBatch;
    QAction* sample;
    QAction* about;
    QActionGroup* colorSchemes; ///< data: int of ColorSchemeChoice

    /// Fills `bar`; `viewExtras` (dock toggles) stand at the top of the View menu. Actions are children of `parent`.
    [[nodiscard]] static WindowActions create(QMenuBar* bar, const QList<QAction*>& viewExtras, QWidget* parent);
};

} // namespace kindling
