// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/access.h"

#include <QRandomGenerator>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
/// "localhost:8998" and the like; the port does not matter, another name would be a rebound one.
bool isLocalHost(const QByteArray& host)
{
    const QUrl url = QUrl(u"http://"_s + QString::fromLatin1(host) + u'/', QUrl::StrictMode);
    const QString name = url.host();
    return url.isValid() && url.userInfo().isEmpty() && url.path() == u'/'
        && (name == u"127.0.0.1" || name == u"localhost" || name == u"::1");
}

bool isSameSecret(const QByteArray& a, const QByteArray& b)
{
    if (a.size() != b.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a.at(i) ^ b.at(i);
    return difference == 0;
}
}

std::optional<HttpResponse> Access::refusal(const HttpRequest& request) const
{
    const QByteArray host = request.header("Host");
    if (request.headerCount("Host") != 1)
        return messageResponse(400, u"Exactly one Host header is needed."_s);
    if (!isLocalHost(host))
        return messageResponse(403, u"This server answers only for 127.0.0.1, localhost and [::1]."_s);
    const QByteArray origin = request.header("Origin");
    if (!origin.isNull() && origin != "http://" + host)
        return messageResponse(403, u"This server does not answer web pages of other origins."_s);
    if (m_token.isEmpty() || knowsToken(request.header("Authorization")))
        return std::nullopt;
    HttpResponse response = messageResponse(401, u"A token is needed; the server printed where it is kept."_s);
    response.headers.emplaceBack("WWW-Authenticate", "Bearer realm=\"Kindling Local Spark\"");
    response.headers.emplaceBack("WWW-Authenticate", "Basic realm=\"Kindling Local Spark\", charset=\"UTF-8\"");
    return response;
}

bool Access::knowsToken(const QByteArray& authorization) const
{
    const qsizetype space = authorization.indexOf(' ');
    const QByteArray scheme = authorization.left(space).toLower();
    const QByteArray value = authorization.mid(space + 1).trimmed();
    if (scheme == "bearer")
        return isSameSecret(value, m_token);
    if (scheme != "basic")
        return false;
    const QByteArray pair = QByteArray::fromBase64(value);
    const qsizetype colon = pair.indexOf(':');
    return colon >= 0 && isSameSecret(pair.mid(colon + 1), m_token);
}

QByteArray Access::makeToken()
{
    QByteArray bytes(32, Qt::Uninitialized);
    for (char& byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes.toHex();
}

} // namespace kindling::local
