// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/certificate.h"
#include "app/core/headerline.h"
#include "app/core/serverprofile.h"
#include "app/net/clientcertificate.h"
#include "app/net/networkplace.h"

#include <QList>
#include <QSslCertificate>

#include <functional>

namespace kindling {

[[nodiscard]] constexpr qint64 bytesOfMiB(int mebibytes)
{
    return mebibytes * 1024LL * 1024;
}

/// How one server is reached, beyond its address and its sign-in.
struct TransportOptions {
    QList<QSslCertificate> authorities = {}; ///< trusted in place of the system's; empty = the system's
    QByteArray fingerprint = {};             ///< SHA-256 of the one certificate or key that is trusted, 32 bytes; empty = not pinned
    QList<HeaderLine> headers = {};          ///< sent with every request to this server; their values may be secrets
    bool usesSystemProxy = true;             ///< as the environment and the desktop say; never for this machine itself
    ClientCertificate client = {};           ///< shown to this server alone, and only if it asks
    qint64 largestAnswerBytes = bytesOfMiB(ServerProfile::usualLargestAnswerMiB); ///< of a decoded body
    std::function<QByteArray()> place = networkPlace; ///< when it says something else, no old connection is used any more
};

/// The certificates of a PEM file. Errors: Io if it cannot be read or holds none.
[[nodiscard]] Result<QList<QSslCertificate>> readAuthorities(const QString& path);
/// As a server's profile says; its headers are not among them, since their values are a secret of the credential.
/// Errors: Io, as readAuthorities and readClientCertificate.
[[nodiscard]] Result<TransportOptions> transportOptionsOf(const ServerProfile& profile);

} // namespace kindling
