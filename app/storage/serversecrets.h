// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/headerline.h"
#include "app/core/serverprofile.h"
#include "app/storage/secretstore.h"

#include <QList>
#include <QStringList>

namespace kindling {

// What the secret store keeps for a server: its password or token under the server's id, and the values of its extra
// headers in an entry beside it.

/// What a person typed; empty = nothing new.
struct TypedSecrets {
    QString signIn;            ///< the password or token
    QList<HeaderLine> headers; ///< those that are new, or have another value
};

/// The name of the entry of header values; no server has such an id.
[[nodiscard]] ServerId headersEntry(const ServerId& server);
/// The lines of such an entry. What is no header is left out.
[[nodiscard]] QList<HeaderLine> headersFromEntry(const QString& text);
/// The line of that name, whatever its case; null = none.
[[nodiscard]] const HeaderLine* findHeader(const QList<HeaderLine>& lines, const QString& name);

/// A server's secrets as they are to be.
struct SecretChange {
    ServerProfile profile; ///< of its headers, those without a new value keep the stored one
    QStringList namesBefore; ///< of the headers that it had until now
    TypedSecrets typed;
};
/// The answer is the first error, if there was one; what else could be stored is.
void storeSecrets(SecretStore& store, const SecretChange& change, QObject* context, const SecretStore::WriteCallback& callback);
/// Removes all that is stored for a server.
void removeSecrets(SecretStore& store, const ServerId& server, QObject* context, const SecretStore::WriteCallback& callback);

} // namespace kindling
