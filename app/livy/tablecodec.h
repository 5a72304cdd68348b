// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/results/table.h"

#include <QByteArray>
#include <QString>

namespace kindling {

/// A table, and what was odd about it (empty = nothing).
struct DecodedTable {
    Table table;
    QString note;
};

/// Is the value an SQL result: an object with `schema.fields` and `data` (livy-protocol 3.4)?
[[nodiscard]] bool looksLikeSqlResult(const QByteArray& json);
/// Exactly 1000 rows are taken for the server's cap. Errors: Protocol, naming the path.
[[nodiscard]] Result<DecodedTable> decodeSqlTable(const QByteArray& json);
/// `application/vnd.livy.table.v1+json` (livy-protocol 3.1, 3.2). Errors: Protocol, naming the path.
[[nodiscard]] Result<DecodedTable> decodeMagicTable(const QByteArray& json);

} // namespace kindling
