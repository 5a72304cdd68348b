// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/childprocess.h"

#include <QDir>
#include <QFile>

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

/// A child starts in our session and in that group; what left the session has no parent but us when the child is dead.
/// False = there was none.
bool killOrphansOnce(qint64 group)
{
    const pid_t ownSession = ::getsid(0);
    bool isAnyKilled = false;
    for (const pid_t pid : childrenOf(::getpid())) {
        if (::getpgid(pid) != group && ::getsid(pid) == ownSession)
            continue;
        killFamily(pid);
        ::waitpid(pid, nullptr, 0);
        isAnyKilled = true;
    }
    return isAnyKilled;
}

/// What one round ends leaves orphans of its own where it was dying already when the round looked at it.
void killOrphans(qint64 group)
{
    constexpr int mostRounds = 20;
    for (int round = 0; round < mostRounds && killOrphansOnce(group); ++round) { }
}
}

void adoptOrphans()
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

ChildProcess::ChildProcess(QObject* parent)
    : QProcess(parent)
{
    setChildProcessModifier([] { ::setpgid(0, 0); });
    connect(this, &QProcess::started, this, [this] { m_group = processId(); });
    connect(this, &QProcess::finished, this, [this] {
        killOrphans(m_group);
        killGroup();
        m_group = 0;
    });
}

ChildProcess::~ChildProcess()
{
    disconnect();
    killGroup();
    waitForFinished(2000);
}

void ChildProcess::killGroup()
{
    if (m_group > 1)
        ::kill(-static_cast<pid_t>(m_group), SIGKILL);
}

} // namespace kindling::local
