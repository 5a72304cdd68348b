// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/tlstrust.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSslKey>

#include <algorithm>
#include <array>

namespace kindling {

namespace {
/// What a pinned certificate need not prove: who vouches for it, and for which name.
bool isAboutTrust(const QSslError& error)
{
    static constexpr std::array needless{ QSslError::SelfSignedCertificate, QSslError::SelfSignedCertificateInChain,
        QSslError::UnableToGetIssuerCertificate, QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
        QSslError::CertificateUntrusted, QSslError::InvalidCaCertificate, QSslError::HostNameMismatch };
    return std::ranges::contains(needless, error.error());
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
}

bool TlsTrust::accepts(const QSslCertificate& shown, const QList<QSslError>& errors) const
{
    return isPinned(shown) && std::ranges::all_of(errors, isAboutTrust);
}

QString TlsTrust::refusal(const QSslCertificate& shown, const QList<QSslError>& errors) const
{
    if (!m_fingerprint.isEmpty() && !isPinned(shown)) {
        return QCoreApplication::translate("TlsTrust", "it is not the pinned one. Pinned: %1; shown: %2.")
            .arg(fingerprintText(m_fingerprint), fingerprintText(fingerprintOf(shown)));
    }
    const auto worst = m_fingerprint.isEmpty() ? errors.begin() : std::ranges::find_if_not(errors, isAboutTrust);
    return worst == errors.end() ? QString() : worst->errorString();
}

bool TlsTrust::isPinned(const QSslCertificate& shown) const
{
    return !m_fingerprint.isEmpty() && (fingerprintOf(shown) == m_fingerprint || keyFingerprintOf(shown) == m_fingerprint);
}

} // namespace kindling
