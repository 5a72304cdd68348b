// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/childprocess.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <csignal>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
QList<pid_t> childrenOf(pid_t parent)
{
    QList<pid_t> found;
    const QDir tasks(u"/proc/%1/task"_s.arg(parent));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(tasks.filePath(task + u"/children"_s));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& pid : file.readAll().simplified().split(' ')) {
            if (!pid.isEmpty())
                found.append(static_cast<pid_t>(pid.toLongLong()));
        }
    }
    return found;
}

void killFamily(pid_t pid)
{
    const QList<pid_t> children = childrenOf(pid);
    ::kill(pid, SIGKILL);
    for (const pid_t child : children)
        killFamily(child);
}

/// The kernel keeps one list of children for the whole process: who reads it has to know which of them are nobody's orphans.
QList<const ChildProcess*> living;

/// False = there was none.
bool killOrphansOnce()
{
    bool isAnyKilled = false;
    for (const pid_t pid : childrenOf(::getpid())) {
        if (std::ranges::any_of(living, [pid](const ChildProcess* child) { return child->processId() == pid; }))
            continue;
        killFamily(pid);
        ::waitpid(pid, nullptr, 0);
        isAnyKilled = true;
    }
    return isAnyKilled;
}

/// What one round ends leaves orphans of its own where it was dying already when the round looked at it.
void killOrphans()
{
    int adopts = 0;
    ::prctl(PR_GET_CHILD_SUBREAPER, &adopts);
    constexpr int mostRounds = 20;
    for (int round = 0; adopts != 0 && round < mostRounds && killOrphansOnce(); ++round) { }
}
}

void adoptOrphans()
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

ChildProcess::ChildProcess(QObject* parent)
    : QProcess(parent)
{
    living.append(this);
    setChildProcessModifier([] { ::setpgid(0, 0); });
    connect(this, &QProcess::started, this, [this] { m_group = processId(); });
    connect(this, &QProcess::finished, this, &ChildProcess::clearAway);
}

ChildProcess::~ChildProcess()
{
    disconnect();
    killGroup();
    waitForFinished(2000);
    living.removeOne(this);
    clearAway();
}

void ChildProcess::clearAway()
{
    killOrphans();
    killGroup();
    m_group = 0;
}

void ChildProcess::killGroup()
{
    if (m_group > 1)
        ::kill(-static_cast<pid_t>(m_group), SIGKILL);
}

} // namespace kindling::local
