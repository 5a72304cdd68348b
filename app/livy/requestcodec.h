// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"

#include <QByteArray>

namespace kindling {

// Writers of Livy's request bodies (livy-protocol 1.1, 1.3, 1.4). Empty and unset fields are left out, since Livy fails on null.

/// Fields that a server of `version` would refuse are left out; of an unknown version only those that all know are sent.
[[nodiscard]] QByteArray encodeSession(const NewSession& wanted, const ServerVersion& version);
[[nodiscard]] QByteArray encodeBatch(const NewBatch& wanted);
[[nodiscard]] QByteArray encodeStatement(const QString& code, Kind kind);
/// For add-jar and its kin.
[[nodiscard]] QByteArray encodeUri(const QString& uri);
/// `cursor` counts UTF-16 units.
[[nodiscard]] QByteArray encodeCompletion(const QString& code, Kind kind, int cursor);

} // namespace kindling
