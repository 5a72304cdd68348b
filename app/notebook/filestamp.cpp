// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/filestamp.h"

#include <QFileInfo>
#include <QTimeZone>

namespace kindling {

FileStamp FileStamp::of(const QString& path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return {};
    return { file.lastModified(QTimeZone::UTC), file.size() };
}

FileStamp FileStamp::fromText(const QString& text)
{
    bool isTime = false;
    bool isSize = false;
    const qint64 time = text.section(u' ', 0, 0).toLongLong(&isTime);
    const qint64 size = text.section(u' ', 1).toLongLong(&isSize);
    if (!isTime || !isSize)
        return {};
    return { QDateTime::fromMSecsSinceEpoch(time, QTimeZone::UTC), size };
}

QString FileStamp::toText() const
{
    return isValid() ? QString::number(modified.toMSecsSinceEpoch()) + u' ' + QString::number(size) : QString();
}

} // namespace kindling
