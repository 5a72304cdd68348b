// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>

#include <utility>

namespace kindling {

/// A header line to be sent: name and value.
using HeaderLine = std::pair<QByteArray, QByteArray>;

/// How one server is reached, beyond its address and its sign-in.
struct TransportOptions {
    QList<QSslCertificate> authorities = {}; ///< trusted in place of the system's; empty = the system's
    QByteArray fingerprint = {};             ///< SHA-256 of the one certificate that is trusted, 32 bytes; empty = not pinned
    QList<HeaderLine> headers = {};          ///< sent with every request to this server; their values may be secrets
    bool usesSystemProxy = true;             ///< as the environment and the desktop say; never for this machine itself
};

/// The certificates of a PEM file. Errors: Io if it cannot be read or holds none.
[[nodiscard]] Result<QList<QSslCertificate>> readAuthorities(const QString& path);
/// 64 hexadecimal digits, with colons or without, as 32 bytes. Errors: Rejected.
[[nodiscard]] Result<QByteArray> fingerprintFromText(const QString& text);
/// The same with colons, for people.
[[nodiscard]] QString fingerprintText(const QByteArray& fingerprint);
/// "Name: value" as a line that may be sent: no line end inside, and none of the headers that the transport itself
/// sets. The error (Rejected) never holds the value.
[[nodiscard]] Result<HeaderLine> headerFromText(const QByteArray& text);

} // namespace kindling
