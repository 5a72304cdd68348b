// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QByteArray>
#include <QList>

namespace kindling::test {

/// What servers answered, without the very long, and texts like those that make trouble.
[[nodiscard]] QList<QByteArray> answerBodies();
/// The outputs of statements in the same way.
[[nodiscard]] QList<QByteArray> statementOutputs();
/// What servers said of logs, a line a line.
[[nodiscard]] QList<QByteArray> logTexts();

/// What every failed reading owes: a kind that fits and a sentence.
template<typename T>
[[nodiscard]] bool isSound(const Result<T>& result)
{
    return result || (result.error().kind == ErrorKind::Protocol && !result.error().title.isEmpty());
}

} // namespace kindling::test
