// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/tlstrust.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>
#include <array>

namespace kindling {

namespace {
/// What a pinned certificate need not prove: who vouches for it, or for what is said of it, and for which name.
bool isAboutTrust(const QSslError& error)
{
    static constexpr std::array needless{ QSslError::SelfSignedCertificate, QSslError::SelfSignedCertificateInChain,
        QSslError::UnableToGetIssuerCertificate, QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
        QSslError::CertificateUntrusted, QSslError::InvalidCaCertificate, QSslError::HostNameMismatch,
        QSslError::OcspResponseCannotBeTrusted, QSslError::OcspResponseCertIdUnknown };
    return std::ranges::contains(needless, error.error());
}

/// The server tells nothing of revocation, as most do.
bool isSilence(const QSslError& error, const QList<QSslCertificate>& shown)
{
    // Qt looks for the issuer among what was shown alone; without it, it takes no answer for the certificate's.
    if (error.error() == QSslError::OcspResponseCertIdUnknown)
        return shown.size() == 1;
    return error.error() == QSslError::OcspNoResponseFound || error.error() == QSslError::OcspTryLater;
}
}

QByteArray fingerprintOf(const QSslCertificate& certificate)
{
    return certificate.digest(QCryptographicHash::Sha256);
}

QByteArray keyFingerprintOf(const QSslCertificate& certificate)
{
    const QByteArray key = certificate.publicKey().toDer();
    return key.isEmpty() ? QByteArray() : QCryptographicHash::hash(key, QCryptographicHash::Sha256);
}

TlsTrust::TlsTrust(const TransportOptions& options)
    : m_configuration(QSslConfiguration::defaultConfiguration())
    , m_fingerprint(options.fingerprint)
{
    // Without any authority each handshake comes to `accepts`, and fails where nobody says yes.
    if (!m_fingerprint.isEmpty())
        m_configuration.setCaCertificates({});
    else if (!options.authorities.isEmpty())
        m_configuration.setCaCertificates(options.authorities);
    m_configuration.setOcspStaplingEnabled(QSslSocket::isFeatureSupported(QSsl::SupportedFeature::Ocsp));
    if (!options.client.chain.isEmpty()) {
        m_configuration.setLocalCertificateChain(options.client.chain);
        m_configuration.setPrivateKey(options.client.key);
    }
}

bool TlsTrust::matters(const QSslError& error, const QList<QSslCertificate>& shown) const
{
    return !isSilence(error, shown) && (m_fingerprint.isEmpty() || !isAboutTrust(error));
}

bool TlsTrust::accepts(const QList<QSslCertificate>& shown, const QList<QSslError>& errors) const
{
    const bool isRightOne = m_fingerprint.isEmpty() || isPinned(shown.value(0));
    return isRightOne && std::ranges::none_of(errors, [&](const QSslError& error) { return matters(error, shown); });
}

QString TlsTrust::refusal(const QList<QSslCertificate>& shown, const QList<QSslError>& errors) const
{
    if (std::ranges::contains(errors, QSslError::CertificateRevoked, &QSslError::error)) // for which Qt has no words
        return QCoreApplication::translate("TlsTrust", "its authority has revoked it, as the server itself shows (OCSP).");
    if (!m_fingerprint.isEmpty() && !isPinned(shown.value(0))) {
        return QCoreApplication::translate("TlsTrust", "it is not the pinned one. Pinned: %1; shown: %2.")
            .arg(fingerprintText(m_fingerprint), fingerprintText(fingerprintOf(shown.value(0))));
    }
    const auto worst = std::ranges::find_if(errors, [&](const QSslError& error) { return matters(error, shown); });
    return worst == errors.end() ? QString() : worst->errorString();
}

bool TlsTrust::isPinned(const QSslCertificate& shown) const
{
    return !m_fingerprint.isEmpty() && (fingerprintOf(shown) == m_fingerprint || keyFingerprintOf(shown) == m_fingerprint);
}

} // namespace kindling
