// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QByteArray>
#include <QDateTime>

namespace kindling {

/// A server's certificate, as far as a person judges it.
struct ShownCertificate {
    QString subject, issuer;
    QDateTime expires;
    QByteArray fingerprint; ///< SHA-256, 32 bytes; empty = none was shown
    QByteArray keyFingerprint = {}; ///< of its public key, which a renewal may keep; empty = not known
};

/// 64 hexadecimal digits, with colons or without, as 32 bytes. Errors: Rejected.
[[nodiscard]] Result<QByteArray> fingerprintFromText(const QString& text);
/// The same with colons, for people.
[[nodiscard]] QString fingerprintText(const QByteArray& fingerprint);

} // namespace kindling
