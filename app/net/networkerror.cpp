// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/networkerror.h"

#include "app/net/requestlog.h"

namespace kindling {

using namespace Qt::StringLiterals;

QString placeOf(const QUrl& url)
{
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return url.port() < 0 ? host : host + u':' + QString::number(url.port());
}

namespace {
std::pair<ErrorKind, QString> kindAndTitle(QNetworkReply::NetworkError code, const QUrl& url)
{
    const QString place = placeOf(url);
    using enum QNetworkReply::NetworkError;
    if (code == ConnectionRefusedError)
        return { ErrorKind::Network, u"Nothing answers at %1."_s.arg(place) };
    if (code == HostNotFoundError)
        return { ErrorKind::Network, u"The name %1 is not known."_s.arg(url.host()) };
    if (code == RemoteHostClosedError)
        return { ErrorKind::Network, u"%1 closed the connection without an answer."_s.arg(place) };
    if (code == TimeoutError)
        return { ErrorKind::Timeout, u"%1 could not be reached in time."_s.arg(place) };
    if (code == SslHandshakeFailedError)
        return { ErrorKind::Tls, u"No safe connection to %1 could be made."_s.arg(place) };
    if (code == ProxyAuthenticationRequiredError)
        return { ErrorKind::Network, u"The proxy on the way to %1 asks to sign in."_s.arg(place) };
    if (code == ProxyConnectionRefusedError || code == ProxyConnectionClosedError || code == ProxyNotFoundError
        || code == ProxyTimeoutError || code == UnknownProxyError)
        return { ErrorKind::Network, u"The proxy on the way to %1 does not answer."_s.arg(place) };
    if (code == ProtocolFailure || code == ProtocolInvalidOperationError || code == UnknownContentError)
        return { ErrorKind::Protocol, u"What %1 answers is not HTTP."_s.arg(place) };
    if (code == ProtocolUnknownError)
        return { ErrorKind::Network, u"“%1” is not an address that can be asked."_s.arg(redacted(url).toDisplayString()) };
    return { ErrorKind::Network, u"The connection to %1 broke."_s.arg(place) };
}
}

Error noAnswerError(QNetworkReply::NetworkError code, const QString& words, const QUrl& url, const QString& tlsReason)
{
    Error error;
    std::tie(error.kind, error.title) = kindAndTitle(code, url);
    error.detail = words;
    error.url = redacted(url);
    if (!tlsReason.isEmpty()) {
        error.kind = ErrorKind::Tls;
        error.title = u"The certificate of %1 is not trusted: %2"_s.arg(placeOf(url), tlsReason);
    }
    return error;
}

bool mayHaveArrived(QNetworkReply::NetworkError code)
{
    using enum QNetworkReply::NetworkError;
    return code != ConnectionRefusedError && code != HostNotFoundError && code != SslHandshakeFailedError
        && code != ProxyConnectionRefusedError && code != ProxyNotFoundError && code != ProxyTimeoutError
        && code != ProxyAuthenticationRequiredError && code != ProtocolUnknownError;
}

Error asUnknownOutcome(Error error)
{
    error.kind = ErrorKind::UnknownOutcome;
    error.title += u" The request may have arrived: nobody can tell yet whether the server acted."_s;
    return error;
}

} // namespace kindling
