// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notebook/rawjson.h"
#include "app/results/output.h"

#include <optional>

namespace kindling {

/// Text that a notebook file holds as one string or as a list of lines; nothing for any other shape. Elements of a
/// list that are no strings are left out.
[[nodiscard]] std::optional<QString> multilineText(QByteArrayView json);
/// One output of a code cell (stream, display_data, execute_result, error) as a statement's output; nothing if it is
/// none of these.
[[nodiscard]] std::optional<Output> readNotebookOutput(QByteArrayView json);

} // namespace kindling
