// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/storage/records.h"

#include <QSqlDatabase>

namespace kindling {

/// Gives up what is older than the policy's days, then the lives that were not seen for longest until the database
/// is small enough; of a single life that is too large its older log. Each in a short transaction of its own.
/// Where it fails, some may have been given up all the same.
[[nodiscard]] Result<void> applyPolicy(const QSqlDatabase& database, const RecordPolicy& policy, const QDateTime& now);

} // namespace kindling
