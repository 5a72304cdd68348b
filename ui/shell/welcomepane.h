// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace kindling {

/// What is shown before anything is: the acts that begin something, and what was open last.
class WelcomePane final : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePane(QWidget* parent = nullptr);
    /// Paths, newest first; at most eight are shown.
    void setRecentNotebooks(const QStringList& paths);

Q_SIGNALS:
    void startLocalRequested();
    void connectRequested();
    void newNotebookRequested();
    void sampleRequested();
    void openRequested();
    void openPathRequested(const QString& path);

private:
    QWidget* makeActs();

    QWidget* m_recent;
    QVBoxLayout* m_recentLayout;
};

} // namespace kindling
