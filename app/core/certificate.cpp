// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/certificate.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kindling {

using namespace Qt::StringLiterals;

Result<QByteArray> fingerprintFromText(const QString& text)
{
    static const QRegularExpression pattern(u"\\A([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}\\z"_s);
    const QString trimmed = text.trimmed();
    if (!pattern.match(trimmed).hasMatch())
        return failure(ErrorKind::Rejected, QCoreApplication::translate("Certificate", "A fingerprint has 64 hexadecimal digits (SHA-256)."));
    return QByteArray::fromHex(trimmed.toLatin1());
}

QString fingerprintText(const QByteArray& fingerprint)
{
    return QString::fromLatin1(fingerprint.toHex(':').toUpper());
}

} // namespace kindling
