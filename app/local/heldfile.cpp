// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/heldfile.h"

#include <QFile>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kindling::local {

namespace {
bool isLocked(int descriptor)
{
    return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
}

/// Whether the path still leads to the open file: another process may have replaced it before it was locked.
bool leadsTo(const QByteArray& path, int descriptor)
{
    struct stat named = {};
    struct stat open = {};
    return ::lstat(path.constData(), &named) == 0 && ::fstat(descriptor, &open) == 0 && named.st_ino == open.st_ino
        && named.st_dev == open.st_dev;
}
}

std::optional<HeldFile> HeldFile::make(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    constexpr int mostTries = 100;
    for (int i = 0; i < mostTries; ++i) {
        const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (descriptor >= 0 && isLocked(descriptor) && leadsTo(name, descriptor))
            return HeldFile(path, descriptor);
        if (descriptor >= 0)
            ::close(descriptor); // somebody who removes leftovers was quicker
        else if (errno != EEXIST || !removeUnheld(path))
            return std::nullopt;
    }
    return std::nullopt;
}

bool HeldFile::removeUnheld(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    const int descriptor = ::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return errno == ENOENT || (errno == ELOOP && ::unlink(name.constData()) == 0);
    const bool isOurs = isLocked(descriptor);
    // Who unlinks a file holds its lock, so what was compared here stays so until the next line.
    const bool isGone = isOurs && (!leadsTo(name, descriptor) || ::unlink(name.constData()) == 0);
    ::close(descriptor);
    return isGone;
}

HeldFile& HeldFile::operator=(HeldFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

HeldFile::~HeldFile()
{
    if (m_descriptor < 0)
        return;
    QFile::remove(m_path);
    ::close(m_descriptor);
}

bool HeldFile::write(const QByteArray& content) const
{
    return ::write(m_descriptor, content.constData(), static_cast<size_t>(content.size())) == content.size();
}

} // namespace kindling::local
