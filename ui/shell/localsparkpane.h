// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace kindling {

class LocalSpark;
class MessageBar;

/// Local Spark's state for people: the phase of its start, its log, what is missing and the button that mends it.
class LocalSparkPane final : public QWidget {
    Q_OBJECT
public:
    explicit LocalSparkPane(LocalSpark* localSpark, QWidget* parent = nullptr);

Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void sessionRequested();

private:
    void setupLayout();
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
    MessageBar* m_problem;
    QListWidget* m_log;
};

} // namespace kindling
