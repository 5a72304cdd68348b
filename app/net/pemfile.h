// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>

namespace kindling {

/// A file of certificates and keys, as far as one may be long. Errors: Io.
[[nodiscard]] Result<QByteArray> readPemFile(const QString& path);
/// All that are in `pem`, which was read from `path`. Errors: Io if it holds none.
[[nodiscard]] Result<QList<QSslCertificate>> certificatesIn(const QByteArray& pem, const QString& path);

} // namespace kindling
