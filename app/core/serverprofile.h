// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QByteArray>
#include <QStringList>
#include <QUrl>

namespace kindling {

enum class ServerKind { Livy, LocalSpark };
enum class AuthKind { None, Basic, Bearer };

/// A configured server as the user entered it; secrets are not here but in the keychain, under `id`.
struct ServerProfile {
    static constexpr int leastLargestAnswerMiB = 1;
    static constexpr int usualLargestAnswerMiB = 64;
    static constexpr int mostLargestAnswerMiB = 2048;

    ServerId id;
    QString name;
    ServerKind kind = ServerKind::Livy;
    QUrl url; ///< may have a path (gateway prefix); empty for Local Spark until it runs
    AuthKind auth = AuthKind::None;
    QString user; ///< for Basic

    QString doAs = {};            ///< for whom sessions and batches are made; empty = for the user who signs in
    bool isReadOnly = false;      ///< it is watched, and nothing on it is changed from here
    QString python = {};          ///< Local Spark: interpreter, or folder of a virtual environment, for users' code; empty = Kindling's
    QString authorityFile = {};    ///< PEM: trusted in place of the system's certificate authorities; empty = the system's
    QByteArray fingerprint = {};    ///< SHA-256 of the one certificate or key that is trusted, 32 bytes; empty = not pinned
    bool usesSystemProxy = true;  ///< as the environment and the desktop say
    QStringList headerNames = {};    ///< sent with every request; their values are secrets too
    QString clientCertificateFile = {}; ///< PEM: what this user shows a server that asks; empty = none
    QString clientKeyFile = {};         ///< PEM: its private key; empty = it is in the same file
    int largestAnswerMiB = usualLargestAnswerMiB; ///< what is longer is not taken into memory

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
