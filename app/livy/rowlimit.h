// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace kindling {

/// How many rows of a query's result a session gives at most that says nothing of it.
constexpr int usualRowLimit = 1000;
/// The setting of a session that says how many.
[[nodiscard]] QString rowLimitSetting();
/// What the settings of a session say; 0 = nothing usable.
[[nodiscard]] int rowLimitOf(const QMap<QString, QString>& settings);

} // namespace kindling
