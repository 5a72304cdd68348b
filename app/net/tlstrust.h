// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transportoptions.h"

#include <QSslConfiguration>
#include <QSslError>

namespace kindling {

/// Whom a TLS connection trusts: the system's authorities, a file's, or one pinned certificate or key and no other; and
/// nobody whose own server says that the certificate was revoked (OCSP stapling; most servers say nothing of it).
class TlsTrust final {
public:
    explicit TlsTrust(const TransportOptions& options);

    [[nodiscard]] const QSslConfiguration& configuration() const { return m_configuration; }
    /// May the handshake go on in spite of `errors`? Where nothing is wrong but that the server tells nothing of
    /// revocation; or with the pinned certificate, or one of the pinned key, which needs no authority and no name, but
    /// must be in date. `shown`: as the server sent them, its own first.
    [[nodiscard]] bool accepts(const QList<QSslCertificate>& shown, const QList<QSslError>& errors) const;
    /// Why it may not, as the end of a sentence about the certificate.
    [[nodiscard]] QString refusal(const QList<QSslCertificate>& shown, const QList<QSslError>& errors) const;

private:
    [[nodiscard]] bool matters(const QSslError& error, const QList<QSslCertificate>& shown) const;
    [[nodiscard]] bool isPinned(const QSslCertificate& shown) const;

    QSslConfiguration m_configuration;
    QByteArray m_fingerprint;
};

[[nodiscard]] QByteArray fingerprintOf(const QSslCertificate& certificate);
/// Of its public key (SubjectPublicKeyInfo), which a renewal may keep; empty = a key of a kind that is not known.
[[nodiscard]] QByteArray keyFingerprintOf(const QSslCertificate& certificate);

} // namespace kindling
