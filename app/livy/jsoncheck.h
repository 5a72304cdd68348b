// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace kindling {

/// Why a text that a person edited is no JSON object ("unexpected end"); empty = it is one.
[[nodiscard]] QString checkJsonObject(const QByteArray& json);

/// The text of the member "name" of such an object; empty = it has none.
[[nodiscard]] QString nameInRequest(const QByteArray& json);

} // namespace kindling
