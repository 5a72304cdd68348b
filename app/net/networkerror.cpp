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
        return { ErrorKind::Network, NetworkWords::tr("Nothing answers at %1.").arg(place) };
    if (code == HostNotFoundError)
        return { ErrorKind::Network, NetworkWords::tr("The name %1 is not known.").arg(url.host()) };
    if (code == RemoteHostClosedError)
        return { ErrorKind::Network, NetworkWords::tr("%1 closed the connection without an answer.").arg(place) };
    if (code == TimeoutError)
        return { ErrorKind::Timeout, NetworkWords::tr("%1 could not be reached in time.").arg(place) };
    if (code == SslHandshakeFailedError)
        return { ErrorKind::Tls, NetworkWords::tr("No safe connection to %1 could be made.").arg(place) };
    if (code == ProxyAuthenticationRequiredError)
        return { ErrorKind::PersonNeeded, NetworkWords::tr("The proxy on the way to %1 asks to sign in, or refused the sign-in.").arg(place) };
    if (code == ProxyConnectionRefusedError || code == ProxyConnectionClosedError || code == ProxyNotFoundError
        || code == ProxyTimeoutError || code == UnknownProxyError)
        return { ErrorKind::Network, NetworkWords::tr("The proxy on the way to %1 does not answer.").arg(place) };
    if (code == ProtocolFailure || code == ProtocolInvalidOperationError || code == UnknownContentError)
        return { ErrorKind::Protocol, NetworkWords::tr("What %1 answers is not HTTP.").arg(place) };
    if (code == ProtocolUnknownError)
        return { ErrorKind::Network, NetworkWords::tr("“%1” is not an address that can be asked.").arg(redacted(url).toDisplayString()) };
    return { ErrorKind::Network, NetworkWords::tr("The connection to %1 broke.").arg(place) };
}
}

Error noAnswerError(QNetworkReply::NetworkError code, const QString& words, const QUrl& url, const QString& tlsReason)
{
    Error error;
    std::tie(error.kind, error.title) = kindAndTitle(code, url);
    error.detail = words;
    error.url = redacted(url);
    if (code == QNetworkReply::ProxyAuthenticationRequiredError) {
        error.httpStatus = proxyAsksToSignIn;
        error.detail = NetworkWords::tr("Its user and password belong into its address in the environment (http_proxy, https_proxy): http://user:password@host:port");
    }
    if (!tlsReason.isEmpty()) {
        error.kind = ErrorKind::Tls;
        error.title = NetworkWords::tr("The certificate of %1 is not trusted: %2").arg(placeOf(url), tlsReason);
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
    error.title += u' ' + NetworkWords::tr("The request may have arrived: nobody can tell yet whether the server acted.");
    return error;
}

} // namespace kindling
