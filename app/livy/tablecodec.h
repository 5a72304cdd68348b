// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/results/table.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace kindling {

/// A table, and what was odd about it (empty = nothing).
struct DecodedTable {
    Table table;
    QString note;
};

/// Nothing where the value is no SQL result: an object with `schema.fields` and a list `data` (livy-protocol 3.4).
/// Exactly `rowLimit` rows are taken for the server's cap (0 = not known: the usual one). Errors: Protocol, naming the path.
[[nodiscard]] std::optional<Result<DecodedTable>> decodeSqlTable(const QByteArray& json, int rowLimit = 0);
/// `application/vnd.livy.table.v1+json` (livy-protocol 3.1, 3.2). Errors: Protocol, naming the path.
[[nodiscard]] Result<DecodedTable> decodeMagicTable(const QByteArray& json);

} // namespace kindling
