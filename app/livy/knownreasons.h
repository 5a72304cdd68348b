// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

namespace kindling {

/// What a refusal tells of the session that was asked: nothing, that it has ended, or that it may just be ending, so
/// that its state should be looked at (livy-protocol 8, trap 8).
enum class SessionFate { NotTold, Ended, Doubtful };
[[nodiscard]] SessionFate fateOfSession(const Error& error);

/// A sentence for what Livy's own words are known to mean; empty = not known. `place`: whose words they are.
[[nodiscard]] QString titleOfKnownReason(int httpStatus, const QString& reason, const QString& place);

} // namespace kindling
