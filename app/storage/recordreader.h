// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/storage/outputblob.h"
#include "app/storage/records.h"

#include <QSqlDatabase>

namespace kindling {

// Questions to the database of the records, on its thread. Errors as recordError().

[[nodiscard]] Result<QList<RecordedLife>> readLives(const QSqlDatabase& database, const LifeQuery& wanted);
[[nodiscard]] Result<QList<RecordedState>> readStates(const QSqlDatabase& database, const StateQuery& wanted);
[[nodiscard]] Result<RecordedLog> readLog(const QSqlDatabase& database, const LogQuery& wanted);
[[nodiscard]] Result<QList<RecordedStatement>> readStatements(const QSqlDatabase& database, const StatementQuery& wanted);
/// NotFound = the statement has none.
[[nodiscard]] Result<UnpackedOutput> readOutput(const QSqlDatabase& database, qint64 statement);
/// NotFound = there is no such life.
[[nodiscard]] Result<RecordedConfiguration> readConfiguration(const QSqlDatabase& database, LifeNumber life);
/// Newest first.
[[nodiscard]] Result<QList<RecordedRequest>> readRequests(const QSqlDatabase& database, int most);
[[nodiscard]] Result<RecordedUse> readLastUse(const QSqlDatabase& database, LifeNumber life);
/// Newest first.
[[nodiscard]] Result<QList<RecordedAct>> readActs(const QSqlDatabase& database, int most);
/// Oldest first.
[[nodiscard]] Result<QList<RecordedGap>> readGaps(const QSqlDatabase& database, const QDateTime& since);

} // namespace kindling
