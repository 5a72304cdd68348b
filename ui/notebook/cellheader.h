// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/statementrunner.h"
#include "app/notebook/notebookdocument.h"
#include "ui/notebook/cellcommand.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace kindling {

class RoleLabel;

/// The line above a cell: number, kind, and what became of its last run or how far the present one is.
class CellHeader final : public QWidget {
    Q_OBJECT
public:
    explicit CellHeader(QWidget* parent = nullptr);

    void setKind(CellType type, Kind kind);
    /// As the document has it: number, duration, time, and whether an output is an error.
    void showLast(const CellRun& run, bool hasOutput, bool isError);
    /// A run of ours, under way or just ended.
    void showRun(const Run& run);
    /// The small buttons at the right end.
    void setToolsShown(bool isShown);

Q_SIGNALS:
    void kindChosen(kindling::CellType type, kindling::Kind kind);
    void interruptClicked();
    void commandChosen(kindling::CellCommand command);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setUpKinds();
    void setUpTools();
    void setUpRow();
    void showEnd(StateRole role, const QString& words, const QString& tip);
    void hideEnd();
    void tick();
    void updateGlyph();

    RoleLabel* m_number;
    QComboBox* m_kind;
    QProgressBar* m_progress;
    RoleLabel* m_words;
    QPushButton* m_interrupt;
    QLabel* m_glyph;
    RoleLabel* m_end;
    QToolButton* m_add;
    QToolButton* m_menu;
    StateRole m_role = StateRole::Idle;
    QString m_runWords;
    QElapsedTimer m_since;
    QTimer m_ticks; ///< moves the seconds on the screen, asks nobody
};

} // namespace kindling
