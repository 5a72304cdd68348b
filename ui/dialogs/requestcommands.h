// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"
#include "app/livy/types.h"

#include <QByteArray>

namespace kindling {

// The same request as a line for a POSIX shell. No secret of ours is in it: the shell asks for it, or has it in a variable ($TOKEN).

/// `path`: the list it is posted to ("sessions"). Goes the server's way: for the same user, with its own authority and its
/// headers, whose values the shell has in variables of their names. A pinned certificate cannot be told to curl.
[[nodiscard]] QString curlCommand(const ServerProfile& server, const QString& path, const QByteArray& json);
/// spark-submit with the same options.
[[nodiscard]] QString sparkCommand(const NewBatch& wanted);
/// The shell of the session's language (pyspark, spark-shell, sparkR, spark-sql) with the same options.
[[nodiscard]] QString sparkCommand(const NewSession& wanted);

} // namespace kindling
