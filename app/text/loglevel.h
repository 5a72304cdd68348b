// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <optional>

namespace kindling {

/// How loud a line of a log is. A line without a word for it has that of the line it belongs to.
enum class LogLevel : quint8 { Plain, Warning, Error };

/// The level that a line names itself ("… WARN …", "ERROR: …", "Traceback …", "java.lang.Error: …"), if it does.
[[nodiscard]] std::optional<LogLevel> namedLevel(QByteArrayView line);
/// It belongs to the line before: a stack, a cause.
[[nodiscard]] bool isContinuation(QByteArrayView line);

} // namespace kindling
