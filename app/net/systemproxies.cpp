// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/systemproxies.h"

#include <QHostAddress>
#include <QNetworkAccessManager>

namespace kindling {

using namespace Qt::StringLiterals;

QList<QNetworkProxy> SystemProxies::queryProxy(const QNetworkProxyQuery& query)
{
    const QString host = query.peerHostName();
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback())
        return { QNetworkProxy(QNetworkProxy::NoProxy) };
    return QNetworkProxyFactory::systemProxyForQuery(query);
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
