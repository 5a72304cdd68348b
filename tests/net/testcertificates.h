// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslConfiguration>
#include <QTemporaryDir>

namespace kindling::test {

/// Certificates for servers on 127.0.0.1, made fresh by the openssl command.
class TestCertificates final {
public:
    /// Makes the authority that `issue` uses. False = there is no openssl, or it failed (`problem`).
    [[nodiscard]] bool make();
    [[nodiscard]] QString problem() const { return m_problem; }
    /// The authority's own certificate, PEM.
    [[nodiscard]] QString authorityPath() const { return m_folder.filePath(QStringLiteral("ca.pem")); }

    struct Wanted {
        QString alternativeName = QStringLiteral("IP:127.0.0.1"); ///< as openssl writes it
        QString from = QStringLiteral("20200101000000Z");
        QString until = QStringLiteral("20990101000000Z");
        QStringList key = { QStringLiteral("ec"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256") }; ///< for openssl req
        QString digest = QStringLiteral("sha256");
        int keyOf = 0; ///< that of an earlier one, counted from 1, is kept; 0 = a key of its own
    };
    /// What a server with such a certificate, vouched for by the authority, is configured with.
    [[nodiscard]] QSslConfiguration issue(const Wanted& wanted);
    /// The same, vouched for by an authority between, which the server shows too or forgets.
    [[nodiscard]] QSslConfiguration issueBetween(bool isShown);
    /// Of what was issued last: "pem", "key".
    [[nodiscard]] QString lastPath(const QString& suffix) const { return path(QString::number(m_count) + u'.' + suffix); }
    /// What the authority says of the revocation of what was issued last, as a server shows it (OCSP, DER); empty = failed.
    enum class Said { Good, Revoked, Unknown };
    [[nodiscard]] QByteArray ocspAnswer(Said said);
    /// SHA-256 of the public key of what was issued last, as openssl has it.
    [[nodiscard]] QByteArray lastKeyFingerprint();
    /// The same, vouched for by itself.
    [[nodiscard]] QSslConfiguration selfSigned();

private:
    [[nodiscard]] bool run(const QStringList& arguments);
    [[nodiscard]] QString newKey(const QStringList& kind);
    [[nodiscard]] QSslConfiguration configuration(const QString& certificate, const QString& key) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_problem;
    int m_count = 0;
};

} // namespace kindling::test
