// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/livy/types.h"

#include <QByteArray>

namespace kindling {

class ItemMemory;

// Readers of Livy's answers (livy-protocol 1). Thread-safe. Unknown members are ignored, unknown words kept; a wrong type
// is an Error of kind Protocol whose detail names the path ("sessions[3].id: an id was expected").

[[nodiscard]] Result<SparkItem> decodeItem(const QByteArray& json);
/// With `memory`, entries that it knows are taken from there.
[[nodiscard]] Result<ItemPage> decodeItemPage(const QByteArray& json, ItemMemory* memory = nullptr);
[[nodiscard]] Result<Statement> decodeStatement(const QByteArray& json);
[[nodiscard]] Result<StatementPage> decodeStatementPage(const QByteArray& json);
[[nodiscard]] Result<LogSlice> decodeLog(const QByteArray& json);
[[nodiscard]] Result<ServerVersion> decodeVersion(const QByteArray& json);
/// In the server's order, without repetitions.
[[nodiscard]] Result<QStringList> decodeCandidates(const QByteArray& json);
/// The answer of GET …/state.
[[nodiscard]] Result<ItemState> decodeState(const QByteArray& json);

} // namespace kindling
