// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/storage/records.h"

#include <QSqlDatabase>

namespace kindling {

/// Gives up what is older than the policy's days. Then, until the database is small enough, the older half of the log or
/// of the outputs of whichever life is large, and only where none is, the lives that were not seen for longest, what is
/// gone before what lives. Each in a short transaction of its own. Where it fails, some may have been given up all the same.
[[nodiscard]] Result<void> applyPolicy(const QSqlDatabase& database, const RecordPolicy& policy, const QDateTime& now);

} // namespace kindling
