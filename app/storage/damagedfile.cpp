// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/damagedfile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace kindling {

using namespace Qt::StringLiterals;

QString damagedName(const QString& path)
{
    const QString base = path + ".damaged-"_L1 + QFileInfo(path).lastModified().toString(u"yyyyMMdd-HHmmss"_s);
    QString name = base;
    for (int number = 2; QFile::exists(name); ++number)
        name = base + u'-' + QString::number(number);
    return name;
}

} // namespace kindling
