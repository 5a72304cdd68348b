// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/networkplace.h"

#include <QNetworkInterface>
#include <QStringList>

namespace kindling {

QByteArray networkPlace()
{
    QStringList own;
    const QList<QHostAddress> addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress& address : addresses) {
        if (!address.isLoopback() && !address.isLinkLocal())
            own.append(address.toString());
    }
    own.sort();
    return own.join(u' ').toLatin1();
}

} // namespace kindling
