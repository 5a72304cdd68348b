// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/credentialsource.h"

#include <QString>

namespace kindling {

Credential Credential::basic(const QString& user, const QString& password)
{
    const QByteArray pair = user.toUtf8() + ':' + password.toUtf8();
    return { { { "Authorization", "Basic " + pair.toBase64() } } };
}

Credential Credential::bearer(const QString& token)
{
    return { { { "Authorization", "Bearer " + token.toUtf8() } } };
}

} // namespace kindling
