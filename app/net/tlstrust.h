// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transportoptions.h"

#include <QSslConfiguration>
#include <QSslError>

namespace kindling {

/// Whom a TLS connection trusts: the system's authorities, a file's, or one pinned certificate and no other.
class TlsTrust final {
public:
    explicit TlsTrust(const TransportOptions& options);

    [[nodiscard]] const QSslConfiguration& configuration() const { return m_configuration; }
    /// May the handshake go on in spite of `errors`? Only with the pinned certificate, which needs no authority and no
    /// name, but must be in date.
    [[nodiscard]] bool accepts(const QSslCertificate& shown, const QList<QSslError>& errors) const;
    /// Why it may not, as the end of a sentence about the certificate.
    [[nodiscard]] QString refusal(const QSslCertificate& shown, const QList<QSslError>& errors) const;

private:
    QSslConfiguration m_configuration;
    QByteArray m_fingerprint;
};

[[nodiscard]] QByteArray fingerprintOf(const QSslCertificate& certificate);

} // namespace kindling
