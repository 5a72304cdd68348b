// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QKeySequence;
class QMainWindow;
class QWidget;

namespace kindling {

/// Moves the focus from one part of the window to the next: the docks in sight and what they surround.
class PaneFocus final : public QObject {
    Q_OBJECT
public:
    explicit PaneFocus(QMainWindow* window);

    /// To the next part, and back; for a menu.
    [[nodiscard]] const QList<QAction*>& actions() const { return m_actions; }

private:
    void addAction(const QString& text, const QString& name, const QKeySequence& key, int step);
    void go(int step) const;
    [[nodiscard]] QList<QWidget*> parts() const;

    QMainWindow* m_window;
    QList<QAction*> m_actions;
};

} // namespace kindling
