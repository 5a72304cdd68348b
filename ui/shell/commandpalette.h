// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/commandlist.h"

#include <QDialog>

class QAction;
class QLineEdit;
class QListWidget;

namespace kindling {

class ElidedLabel;

/// Finds a command by some of its letters and runs it; by keyboard alone. What was chosen runs after it has closed.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    CommandPalette(QList<Command> commands, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setupWidgets();
    void place();
    void showMatches();
    void announceCurrent();
    void runCurrent();

    QList<Command> m_commands;
    QLineEdit* m_text;
    QListWidget* m_list;
    ElidedLabel* m_hint;
};

/// Stands at the end of the menu bar, tells the shortcut, and does what `open` does.
[[nodiscard]] QWidget* makePaletteButton(QAction* open, QWidget* parent);

} // namespace kindling
