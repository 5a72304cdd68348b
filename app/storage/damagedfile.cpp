// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/damagedfile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QString baseName(const QString& path)
{
    return path + ".damaged-"_L1 + QFileInfo(path).lastModified().toString(u"yyyyMMdd-HHmmss"_s);
}

bool areAlike(const QString& path, const QString& other)
{
    QFile first(path);
    QFile second(other);
    return first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly) && first.readAll() == second.readAll();
}
}

std::optional<FileMark> fileMark(const QString& path)
{
    struct stat found = {};
    if (::stat(QFile::encodeName(path).constData(), &found) != 0)
        return std::nullopt;
    return FileMark{ found.st_dev, found.st_ino };
}

QString damagedName(const QString& path)
{
    const QString base = baseName(path);
    QString name = base;
    for (int number = 2; QFile::exists(name); ++number)
        name = base + u'-' + QString::number(number);
    return name;
}

QString copyAside(const QString& path)
{
    if (const QString present = baseName(path); areAlike(path, present))
        return present;
    const QString name = damagedName(path);
    return QFile::copy(path, name) ? name : QString();
}

} // namespace kindling
