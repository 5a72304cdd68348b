// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/presence.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kindling {

using namespace Qt::StringLiterals;

Presence::Presence(const QString& recordFile)
{
    const QString path = recordFile + ".present"_L1;
    QDir().mkpath(QFileInfo(path).path());
    // children must not hold the lock after us
    m_descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (m_descriptor < 0)
        return;
    m_wasAlone = ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0;
    ::flock(m_descriptor, LOCK_SH); // nobody holds it alone for longer than these two lines
}

Presence::~Presence()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace kindling
