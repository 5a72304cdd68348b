// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/arguments.h"
#include "app/core/serverprofile.h"
#include "app/net/transportoptions.h"

#include <QProcessEnvironment>

#include <optional>

namespace kindling {

/// How somebody signs in who is not at a window.
struct SignIn {
    AuthKind auth = AuthKind::None;
    QString user;
    QString secret; ///< password or token
    QString tokenFile = {}; ///< where it is from; empty = from nowhere that could change
};

/// The server that a command is for, and the way to it.
struct Target {
    QString server;               ///< as typed: an address, the name of a stored server, or "local"
    std::optional<SignIn> signIn; ///< nothing = as stored with the server
    TransportOptions transport;
    std::optional<int> largestAnswerMiB = {}; ///< nothing = as stored with the server
    QString doAs = {}; ///< for whom everything is asked, where the server allows it; empty = for whoever signs in
};

/// The options that say how a server is reached: sign-in, certificates, headers.
[[nodiscard]] QList<OptionRule> targetRules();
/// Reads them. Secrets come from the environment and from files, never from the command line.
[[nodiscard]] std::expected<Target, QString> readTarget(const QString& server, const Arguments& arguments, const QProcessEnvironment& environment);
/// A server that can be asked.
struct NamedServer {
    ServerProfile profile;
    TransportOptions transport;
    std::optional<SignIn> signIn; ///< nothing = as stored with the server
    ServerId recordedAs = {}; ///< the stored server that it is, by whatever name; else the address, or "local"
};
/// What the target's text means: Local Spark, one of `stored` by its name, or an address. What the target says itself
/// counts before what is stored.
[[nodiscard]] std::expected<NamedServer, QString> resolveServer(const Target& target, const QList<ServerProfile>& stored);
/// What it is recorded as while other programs record, too: several Local Sparks at once, which all count from 0, must not
/// be taken for one. `process`: the id of this one.
[[nodiscard]] ServerId recordedBesideOthers(const NamedServer& server, qint64 process);
/// The secret as its file holds it now, which whoever made the token may have renewed; else as it was.
[[nodiscard]] QString currentSecret(const SignIn& signIn);
/// Everything in it that must never be shown.
[[nodiscard]] QStringList secretsOf(const Target& target);

} // namespace kindling
