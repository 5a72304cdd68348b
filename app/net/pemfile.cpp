// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/pemfile.h"

#include <QCoreApplication>
#include <QFile>

namespace kindling {

namespace {
constexpr qint64 mostPemBytes = 4LL * 1024 * 1024;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PemFile)
};
}

Result<QByteArray> readPemFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Io, Words::tr("The certificate file %1 cannot be read.").arg(path), file.errorString());
    return file.read(mostPemBytes);
}

Result<QList<QSslCertificate>> certificatesIn(const QByteArray& pem, const QString& path)
{
    QList<QSslCertificate> found = QSslCertificate::fromData(pem, QSsl::Pem);
    if (found.isEmpty())
        return failure(ErrorKind::Io, Words::tr("The file %1 holds no certificate (PEM).").arg(path));
    return found;
}

} // namespace kindling
