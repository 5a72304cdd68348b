// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxyFactory>

class QNetworkAccessManager;

namespace kindling {

/// The proxies that the environment (`http_proxy`, `no_proxy` …) and the desktop name; none for this machine itself.
class SystemProxies final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override;
};

/// Makes `manager` go through them, or through none.
void setProxies(QNetworkAccessManager& manager, bool usesSystemProxy);

} // namespace kindling
