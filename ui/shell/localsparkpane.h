// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLayout;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace kindling {

class LocalSpark;
class MessageBar;
class RoleLabel;

/// Local Spark's state for people: the phase of its start, its log, what is missing and the button that mends it.
class LocalSparkPane final : public QWidget {
    Q_OBJECT
public:
    explicit LocalSparkPane(LocalSpark* localSpark, QWidget* parent = nullptr);

    /// The Python of the next start; empty = Kindling's own.
    void setPython(const QString& path);
    /// Gives the focus to what comes next.
    void takeFocus();

Q_SIGNALS:
    /// A person typed another one.
    void pythonChosen(const QString& path);
    void startRequested();
    void stopRequested();
    void sessionRequested();

private:
    void setupLayout();
    [[nodiscard]] QLayout* pythonRow();
    void checkPython();
    void showPhase();
    void showProblem();
    void appendLine(const QString& line);

    LocalSpark* m_localSpark;
    QLabel* m_title;
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_startButton;
    QPushButton* m_stopButton;
    QPushButton* m_sessionButton;
    QLineEdit* m_python;
    RoleLabel* m_pythonHint;
    MessageBar* m_problem;
    QListWidget* m_log;
};

} // namespace kindling
