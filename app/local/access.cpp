// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/access.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
/// Another name would be one that a foreign DNS server made to lead here.
bool isOwnHost(const QByteArray& host, quint16 port)
{
    const QByteArray name = host.toLower();
    const QByteArray end = ':' + QByteArray::number(port);
    return std::ranges::any_of(std::array{ "127.0.0.1", "localhost" }, [&](const char* own) {
        return name == own + end || (port == 80 && name == own);
    });
}

bool isUpload(const HttpRequest& request)
{
    return request.path.size() == 3 && request.path.first() == u"sessions" && request.path.last().startsWith(u"upload-");
}

/// What a page of any origin may send without asking first: the types of forms, or a body without a type.
bool canComeFromAForm(const HttpRequest& request)
{
    const QByteArray type = request.header("Content-Type").split(';').first().trimmed().toLower();
    if (type.isEmpty())
        return !request.body.isEmpty();
    return type == "application/x-www-form-urlencoded" || type == "multipart/form-data" || type == "text/plain";
}

/// Browsers say so themselves where a page of another site asks, also for pictures and scripts, which have no Origin.
bool isCrossSite(const HttpRequest& request)
{
    const QByteArray site = request.header("Sec-Fetch-Site");
    return !site.isEmpty() && site != "same-origin" && site != "none";
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
    if (!isOwnHost(host, request.port))
        return messageResponse(403, u"This server answers only for 127.0.0.1 and localhost with its own port."_s);
    if (request.headerCount("Origin") > 0 && request.header("Origin") != "http://" + host)
        return messageResponse(403, u"This server does not answer web pages of other origins."_s);
    if (isCrossSite(request))
        return messageResponse(403, u"This server does not answer web pages of other sites."_s);
    if (m_token.isEmpty())
        return refusalWithoutToken(request);
    if (knowsToken(request.header("Authorization")))
        return std::nullopt;
    HttpResponse response = messageResponse(401, u"A token is needed; the server printed where it is kept."_s);
    response.headers.emplaceBack("WWW-Authenticate", "Bearer realm=\"Kindling Local Spark\"");
    response.headers.emplaceBack("WWW-Authenticate", "Basic realm=\"Kindling Local Spark\", charset=\"UTF-8\"");
    return response;
}

std::optional<HttpResponse> Access::refusalWithoutToken(const HttpRequest& request)
{
    if (isUpload(request) || !canComeFromAForm(request))
        return std::nullopt;
    return messageResponse(403,
        u"Without a token this server takes no body that a web page's form could send. Send it as Content-Type: application/json."_s);
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
