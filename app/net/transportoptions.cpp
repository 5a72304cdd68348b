// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/transportoptions.h"

#include "app/net/pemfile.h"

namespace kindling {

Result<QList<QSslCertificate>> readAuthorities(const QString& path)
{
    return readPemFile(path).and_then([&path](const QByteArray& pem) { return certificatesIn(pem, path); });
}

Result<TransportOptions> transportOptionsOf(const ServerProfile& profile)
{
    TransportOptions options{ .fingerprint = profile.fingerprint, .usesSystemProxy = profile.usesSystemProxy };
    options.largestAnswerBytes = bytesOfMiB(profile.largestAnswerMiB);
    if (!profile.authorityFile.isEmpty()) {
        auto authorities = readAuthorities(profile.authorityFile);
        if (!authorities)
            return std::unexpected(authorities.error());
        options.authorities = std::move(*authorities);
    }
    if (!profile.clientCertificateFile.isEmpty()) {
        auto client = readClientCertificate(profile.clientCertificateFile, profile.clientKeyFile);
        if (!client)
            return std::unexpected(client.error());
        options.client = std::move(*client);
    }
    return options;
}

} // namespace kindling
