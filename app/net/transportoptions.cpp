// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/transportoptions.h"

#include <QCoreApplication>
#include <QFile>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 mostPemBytes = 4LL * 1024 * 1024;

QString words(const char* text)
{
    return QCoreApplication::translate("TransportOptions", text);
}
}

Result<QList<QSslCertificate>> readAuthorities(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::Io, words(QT_TRANSLATE_NOOP("TransportOptions", "The certificate file %1 cannot be read.")).arg(path),
            file.errorString());
    }
    const QList<QSslCertificate> found = QSslCertificate::fromData(file.read(mostPemBytes), QSsl::Pem);
    if (found.isEmpty())
        return failure(ErrorKind::Io, words(QT_TRANSLATE_NOOP("TransportOptions", "The file %1 holds no certificate (PEM).")).arg(path));
    return found;
}

Result<TransportOptions> transportOptionsOf(const ServerProfile& profile)
{
    TransportOptions options{ .fingerprint = profile.fingerprint, .usesSystemProxy = profile.usesSystemProxy };
    if (!profile.authorityFile.isEmpty()) {
        auto authorities = readAuthorities(profile.authorityFile);
        if (!authorities)
            return std::unexpected(authorities.error());
        options.authorities = std::move(*authorities);
    }
    return options;
}

} // namespace kindling
