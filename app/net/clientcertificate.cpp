// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/clientcertificate.h"

#include "app/net/pemfile.h"

#include <QCoreApplication>

namespace kindling {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::ClientCertificate)
};

// Asked for without its passphrase, OpenSSL would take it from the terminal.
bool isEncrypted(const QByteArray& pem)
{
    return pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || pem.contains("Proc-Type: 4,ENCRYPTED");
}

Result<QSslKey> keyIn(const QByteArray& pem, const QString& path)
{
    if (!pem.contains("PRIVATE KEY-----"))
        return failure(ErrorKind::Io, Words::tr("The file %1 holds no private key (PEM).").arg(path),
            Words::tr("The key of a client certificate is in the same file, or in one of its own that is named beside it."));
    if (isEncrypted(pem))
        return failure(ErrorKind::Io, Words::tr("The private key in %1 is encrypted.").arg(path),
            Words::tr("Keep it without a passphrase, in a file that only you can read: openssl pkey -in FILE -out KEY"));
    for (const QSsl::KeyAlgorithm kind : { QSsl::Rsa, QSsl::Ec, QSsl::Dsa }) {
        if (QSslKey key(pem, kind); !key.isNull())
            return key;
    }
    return failure(ErrorKind::Io, Words::tr("The private key in %1 cannot be read: only RSA, EC and DSA keys can.").arg(path));
}
}

Result<ClientCertificate> readClientCertificate(const QString& path, const QString& keyPath)
{
    const Result<QByteArray> pem = readPemFile(path);
    if (!pem)
        return std::unexpected(pem.error());
    const Result<QList<QSslCertificate>> chain = certificatesIn(*pem, path);
    if (!chain)
        return std::unexpected(chain.error());
    const Result<QByteArray> keyPem = keyPath.isEmpty() ? pem : readPemFile(keyPath);
    if (!keyPem)
        return std::unexpected(keyPem.error());
    const Result<QSslKey> key = keyIn(*keyPem, keyPath.isEmpty() ? path : keyPath);
    if (!key)
        return std::unexpected(key.error());
    return ClientCertificate{ *chain, *key };
}

} // namespace kindling
