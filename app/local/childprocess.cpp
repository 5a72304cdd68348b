// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/childprocess.h"

#include <csignal>

#include <unistd.h>

namespace kindling::local {

ChildProcess::ChildProcess(QObject* parent)
    : QProcess(parent)
{
    setChildProcessModifier([] { ::setpgid(0, 0); });
    connect(this, &QProcess::started, this, [this] { m_group = processId(); });
    connect(this, &QProcess::finished, this, [this] {
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
