// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/multipart.h"

#include <QRandomGenerator>

namespace kindling {

namespace {
QByteArray boundaryFor(const QByteArray& bytes)
{
    QByteArray boundary;
    do
        boundary = "kindling-" + QByteArray::number(QRandomGenerator::global()->generate64(), 16);
    while (bytes.contains(boundary));
    return boundary;
}

// As web forms do it: a name may hold what would end the header.
QByteArray quotedName(const QString& name)
{
    return '"' + name.toUtf8().replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") + '"';
}
}

Multipart encodeFilePart(const QByteArray& part, const QString& fileName, const QByteArray& bytes)
{
    const QByteArray boundary = boundaryFor(bytes);
    const QByteArray head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=" + quotedName(fileName)
        + "\r\nContent-Type: application/octet-stream\r\n\r\n";
    return { "multipart/form-data; boundary=" + boundary, head + bytes + "\r\n--" + boundary + "--\r\n" };
}

} // namespace kindling
