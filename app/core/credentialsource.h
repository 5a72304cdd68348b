// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/requesthandle.h"

#include <QByteArray>
#include <QList>
#include <QObject>

#include <functional>
#include <utility>

namespace kindling {

/// What a request carries to prove who asks: ready-made header lines, sent up front.
struct Credential {
    QList<std::pair<QByteArray, QByteArray>> headers;

    /// `Authorization: Basic` with the UTF-8 of "user:password".
    [[nodiscard]] static Credential basic(const QString& user, const QString& password);
    [[nodiscard]] static Credential bearer(const QString& token);
};

/// Where a credential comes from: implemented above the transport, handed in by main. Asynchronous; a refusal and
/// "a person is needed" are values (ErrorKind::SignIn, ErrorKind::PersonNeeded). The caller has one request under way.
class CredentialSource {
public:
    using Callback = std::function<void(Result<Credential>)>;

    CredentialSource() = default;
    CredentialSource(const CredentialSource&) = delete;
    CredentialSource& operator=(const CredentialSource&) = delete;
    virtual ~CredentialSource() = default;

    virtual RequestHandle credential(QObject* context, Callback callback) = 0;
    /// The server refused what `credential()` gave last: do not give it again from a cache.
    virtual void wasRefused() = 0;
};

} // namespace kindling
