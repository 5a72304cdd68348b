// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/transportoptions.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 mostPemBytes = 4LL * 1024 * 1024;

QString words(const char* text)
{
    return QCoreApplication::translate("TransportOptions", text);
}

/// What the transport says itself, or what would change where a request ends.
bool isReserved(const QByteArray& name)
{
    static constexpr std::array<QByteArrayView, 11> reserved{ "accept-encoding", "connection", "content-encoding", "content-length",
        "content-type", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade" };
    return std::ranges::contains(reserved, QByteArrayView(name.toLower()));
}
}

Result<QList<QSslCertificate>> readAuthorities(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::Io, words(QT_TRANSLATE_NOOP("TransportOptions", "The certificate file %1 cannot be read.")).arg(path),
            file.errorString());
    }
    const QList<QSslCertificate> found = QSslCertificate::fromData(file.read(mostPemBytes), QSsl::Pem);
    if (found.isEmpty())
        return failure(ErrorKind::Io, words(QT_TRANSLATE_NOOP("TransportOptions", "The file %1 holds no certificate (PEM).")).arg(path));
    return found;
}

Result<QByteArray> fingerprintFromText(const QString& text)
{
    static const QRegularExpression pattern(u"\\A([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}\\z"_s);
    const QString trimmed = text.trimmed();
    if (!pattern.match(trimmed).hasMatch())
        return failure(ErrorKind::Rejected, words(QT_TRANSLATE_NOOP("TransportOptions", "A fingerprint has 64 hexadecimal digits (SHA-256).")));
    return QByteArray::fromHex(trimmed.toLatin1());
}

QString fingerprintText(const QByteArray& fingerprint)
{
    return QString::fromLatin1(fingerprint.toHex(':').toUpper());
}

Result<HeaderLine> headerFromText(const QByteArray& text)
{
    static const QRegularExpression token(u"\\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\\z"_s);
    const qsizetype colon = text.indexOf(':');
    const QByteArray name = text.first(std::max<qsizetype>(colon, 0)).trimmed();
    const QByteArray value = text.sliced(colon + 1).trimmed();
    if (!token.match(QString::fromLatin1(name)).hasMatch())
        return failure(ErrorKind::Rejected, words(QT_TRANSLATE_NOOP("TransportOptions", "A header is written as “Name: value”.")));
    const auto isControl = [](char byte) { return (byte >= 0 && byte < ' ' && byte != '\t') || byte == 127; };
    if (value.isEmpty() || std::ranges::any_of(value, isControl)) {
        return failure(ErrorKind::Rejected, words(QT_TRANSLATE_NOOP("TransportOptions", "The value of the header %1 is empty or not one line."))
                .arg(QString::fromLatin1(name)));
    }
    if (isReserved(name)) {
        return failure(ErrorKind::Rejected, words(QT_TRANSLATE_NOOP("TransportOptions", "The header %1 is set by the connection itself."))
                .arg(QString::fromLatin1(name)));
    }
    return HeaderLine{ name, value };
}

} // namespace kindling
