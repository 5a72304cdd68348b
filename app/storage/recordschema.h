// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

class QSqlDatabase;
class QSqlQuery;

namespace kindling {

/// What `PRAGMA user_version` says of a database of today.
[[nodiscard]] int recordSchemaVersion();
/// Brings a database to `version`, step by step, all or nothing. A database of a later version is refused
/// (Unavailable), one that is damaged too (Protocol).
[[nodiscard]] Result<void> migrateRecords(QSqlDatabase& database, int version = recordSchemaVersion());

/// What SQLite said: Protocol = the file is damaged, Busy = somebody else holds it, else Io.
[[nodiscard]] Error recordError(const QSqlQuery& query);

} // namespace kindling
