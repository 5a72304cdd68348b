// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/systemproxies.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QUrl>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
bool isAskedInPlace(const QNetworkProxy& proxy, const QString& scheme)
{
    return scheme == "http"_L1 && (proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::HttpCachingProxy);
}
}

QList<QNetworkProxy> proxiesFor(const QNetworkProxyQuery& query)
{
    const QString host = query.peerHostName();
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback())
        return { QNetworkProxy(QNetworkProxy::NoProxy) };
    return QNetworkProxyFactory::systemProxyForQuery(query);
}

QByteArray proxyAuthorization(const QUrl& url)
{
    const QNetworkProxy proxy = proxiesFor(QNetworkProxyQuery(url)).value(0);
    if (!isAskedInPlace(proxy, url.scheme()) || proxy.user().isEmpty())
        return {};
    return "Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64();
}

QList<QNetworkProxy> SystemProxies::queryProxy(const QNetworkProxyQuery& query)
{
    QList<QNetworkProxy> proxies = proxiesFor(query);
    for (QNetworkProxy& proxy : proxies) {
        if (!isAskedInPlace(proxy, query.protocolTag()))
            continue;
        proxy.setUser({});
        proxy.setPassword({});
    }
    return proxies;
}

void setProxies(QNetworkAccessManager& manager, bool usesSystemProxy)
{
    // Left alone, Qt may ask the system on its own account, for this machine too.
    if (usesSystemProxy)
        manager.setProxyFactory(new SystemProxies);
    else
        manager.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
}

} // namespace kindling
