// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

namespace kindling::local {

/// A child that leads a process group of its own, which `killGroup` ends as a whole. Its standard input is a pipe that
/// stays open while this process lives: the child takes its end as the order to kill its group (supervisor.py, guard.py, batch.py).
class ChildProcess final : public QProcess {
    Q_OBJECT
public:
    explicit ChildProcess(QObject* parent = nullptr);
    ~ChildProcess() override;

    void killGroup();

private:
    void clearAway();

    qint64 m_group = 0;
};

/// From here on, what is left of a child that died becomes this process's own, so that a `ChildProcess` can end it, also
/// where it had left the child's group, session and parents. For programs whose only children are these.
void adoptOrphans();

} // namespace kindling::local
