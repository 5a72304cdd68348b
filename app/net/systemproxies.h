// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxyFactory>

class QNetworkAccessManager;
class QUrl;

namespace kindling {

/// The proxies that the environment (`http_proxy`, `no_proxy` …) and the desktop name, with their sign-in; none for this
/// machine itself.
[[nodiscard]] QList<QNetworkProxy> proxiesFor(const QNetworkProxyQuery& query);
/// What signs in to the proxy that is asked in place of the server at `url`, to be sent up front: a proxy that refuses
/// first would need the body of the request twice. Empty = no sign-in is known, or it is for the tunnel's builder (TLS).
[[nodiscard]] QByteArray proxyAuthorization(const QUrl& url);

/// The same proxies, without the sign-in that is sent up front.
class SystemProxies final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override;
};

/// Makes `manager` go through them, or through none.
void setProxies(QNetworkAccessManager& manager, bool usesSystemProxy);

} // namespace kindling
