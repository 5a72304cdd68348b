// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QUrl>

namespace kindling {

enum class ServerKind { Livy, LocalSpark };
enum class AuthKind { None, Basic, Bearer };

/// A configured server as the user entered it; secrets are not here but in the keychain, under `id`.
struct ServerProfile {
    ServerId id;
    QString name;
    ServerKind kind = ServerKind::Livy;
    QUrl url; ///< may have a path (gateway prefix); empty for Local Spark until it runs
    AuthKind auth = AuthKind::None;
    QString user; ///< for Basic

    friend bool operator==(const ServerProfile&, const ServerProfile&) = default;
};

/// Why the text is no usable server address, or the cleaned URL (scheme http or https, no user information, no query).
/// The window words the problem.
struct ServerUrlCheck {
    QUrl url;
    QString problem; ///< empty = fine; else one of "empty", "scheme", "host", "userinfo"
};
[[nodiscard]] ServerUrlCheck checkServerUrl(const QString& text);

} // namespace kindling
