// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/kind.h"

#include <QString>
#include <QStringView>

namespace kindling::ipynb {

// Key names of the notebook file, for its reader and its writer.
inline constexpr QStringView cells = u"cells";
inline constexpr QStringView metadata = u"metadata";
inline constexpr QStringView format = u"nbformat";
inline constexpr QStringView formatMinor = u"nbformat_minor";
inline constexpr QStringView cellType = u"cell_type";
inline constexpr QStringView source = u"source";
inline constexpr QStringView outputs = u"outputs";
inline constexpr QStringView outputType = u"output_type";
inline constexpr QStringView executionCount = u"execution_count";
/// Our own object inside a cell's or an output's metadata, and its members.
inline constexpr QStringView ours = u"kindling";
inline constexpr QStringView kind = u"kind";
inline constexpr QStringView magic = u"magic"; ///< in memory only: the line that told the kind, put back on save
inline constexpr QStringView rowLimit = u"rowLimit"; ///< of a query's output: Output::rowLimit
inline constexpr QStringView started = u"started";
inline constexpr QStringView completed = u"completed";

/// The kind that a first line such as `%%sql` or `%%sql -o rows` names; Unknown for any other line.
[[nodiscard]] Kind kindOfMagic(QStringView line);

} // namespace kindling::ipynb
