// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <chrono>
#include <expected>
#include <optional>

namespace kindling {

/// What kind of thing went wrong; decides what a caller may do next (wait, sign in, look again, give up).
enum class ErrorKind {
    Network,        ///< no connection, name not found, connection lost before an answer to a safe request
    Timeout,        ///< our own deadline passed
    Tls,            ///< the certificate or the handshake was refused
    SignIn,         ///< 401, or 403 from the authentication layer: the credential is missing or wrong
    PersonNeeded,   ///< no credential can be had without a person at the window
    Forbidden,      ///< signed in, but not allowed
    NotFound,       ///< the thing is not there (404)
    Rejected,       ///< the server understood and refused (400, 405, 406, 409, 422…)
    Busy,           ///< the server or a gateway asks to come later (429, 503)
    Server,         ///< the server failed (500, 502, 504…)
    Protocol,       ///< an answer that is not what the protocol says; `detail` names the path
    TooLarge,       ///< more bytes than our cap
    UnknownOutcome, ///< an unsafe request whose answer was lost: look before doing anything else
    Unavailable,    ///< the feature does not exist on this server, or not on this machine
    Cancelled,      ///< ended by us
    Io,             ///< a file or the local machine
};

/// A failure as a value. `title` is a sentence for a person, `detail` what the other side said.
struct Error {
    ErrorKind kind = ErrorKind::Protocol;
    int httpStatus = 0; ///< 0 = no HTTP answer
    QString title;
    QString detail;
    QUrl url; ///< without user information and without secrets in its query
    QByteArray bodySample; ///< at most 2 KiB of the answer, redacted
    std::optional<std::chrono::seconds> retryAfter;

    friend bool operator==(const Error&, const Error&) = default;
};

template<typename T>
using Result = std::expected<T, Error>;

/// Shorthand for an error of our own without an HTTP answer.
[[nodiscard]] std::unexpected<Error> failure(ErrorKind kind, QString title, QString detail = {});

} // namespace kindling
