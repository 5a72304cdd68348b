// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>

namespace kindling {

/// What this user shows a server that asks for a certificate.
struct ClientCertificate {
    QList<QSslCertificate> chain; ///< one's own first; empty = none
    QSslKey key;
};

/// From PEM files; without `keyPath` the key is beside the certificate. Errors: Io, saying which file lacks what.
[[nodiscard]] Result<ClientCertificate> readClientCertificate(const QString& path, const QString& keyPath);

} // namespace kindling
