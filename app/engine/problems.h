// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <utility>

namespace kindling {

/// An error of the engine's own, without an HTTP answer.
[[nodiscard]] inline Error problemOf(ErrorKind kind, QString title = {}, QString detail = {})
{
    return failure(kind, std::move(title), std::move(detail)).error();
}

/// Nothing more is asked until somebody signs in: another refused try might lock the account.
[[nodiscard]] inline bool needsPerson(const Error& error)
{
    return error.kind == ErrorKind::SignIn || error.kind == ErrorKind::PersonNeeded;
}

/// Was the answer to an unsafe request lost?
[[nodiscard]] inline bool isAnswerLost(const Error& error)
{
    return error.kind == ErrorKind::UnknownOutcome || error.kind == ErrorKind::Timeout;
}

/// Can the server not be asked anything now? Else the error is about the one question.
[[nodiscard]] inline bool isUnreachable(const Error& error)
{
    using enum ErrorKind;
    return needsPerson(error) || error.kind == Network || error.kind == Timeout || error.kind == Tls || error.kind == Busy;
}

/// How the engine says "no problem" where an Error is kept.
[[nodiscard]] inline Error noProblem()
{
    return problemOf(ErrorKind::Cancelled);
}

} // namespace kindling
