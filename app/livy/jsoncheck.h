// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace kindling {

/// Why a text that a person edited is no JSON object ("position 12: …"); empty = it is one.
[[nodiscard]] QString checkJsonObject(const QByteArray& json);

} // namespace kindling
