// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/serverprofile.h"

namespace kindling {

/// What somebody without a window does next about `error`: a sentence, or empty where the error's own words say it.
[[nodiscard]] QString adviceFor(const Error& error);
/// The error in one line: its title, and what the other side said where that adds something.
[[nodiscard]] QString oneLine(const Error& error);

/// The same, with the server's name where the words do not name it.
[[nodiscard]] QString oneLine(const Error& error, const ServerProfile& server);

} // namespace kindling
