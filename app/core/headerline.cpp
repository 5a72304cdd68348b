// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/headerline.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QString words(const char* text)
{
    return QCoreApplication::translate("HeaderLine", text);
}

/// What the transport says itself, or what would change where a request ends.
bool isReserved(const QByteArray& name)
{
    static constexpr std::array<QByteArrayView, 11> reserved{ "accept-encoding", "connection", "content-encoding", "content-length",
        "content-type", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade" };
    return std::ranges::contains(reserved, QByteArrayView(name.toLower()));
}
}

Result<HeaderLine> headerFromText(const QByteArray& text)
{
    static const QRegularExpression token(u"\\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\\z"_s);
    const qsizetype colon = text.indexOf(':');
    const QByteArray name = text.first(std::max<qsizetype>(colon, 0)).trimmed();
    const QByteArray value = text.sliced(colon + 1).trimmed();
    if (!token.match(QString::fromLatin1(name)).hasMatch())
        return failure(ErrorKind::Rejected, words(QT_TRANSLATE_NOOP("HeaderLine", "A header is written as “Name: value”.")));
    const auto isControl = [](char byte) { return (byte >= 0 && byte < ' ' && byte != '\t') || byte == 127; };
    if (value.isEmpty() || std::ranges::any_of(value, isControl)) {
        return failure(ErrorKind::Rejected, words(QT_TRANSLATE_NOOP("HeaderLine", "The value of the header %1 is empty or not one line."))
                .arg(QString::fromLatin1(name)));
    }
    if (isReserved(name)) {
        return failure(ErrorKind::Rejected, words(QT_TRANSLATE_NOOP("HeaderLine", "The header %1 is set by the connection itself."))
                .arg(QString::fromLatin1(name)));
    }
    return HeaderLine{ name, value };
}

} // namespace kindling
