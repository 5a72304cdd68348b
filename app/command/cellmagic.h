// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/output.h"

#include <QString>

#include <expected>

namespace kindling {

/// What the first line of a cell (sparkmagic's "%%sql -q -n 100") asks for beyond the cell's kind.
struct CellMagic {
    int mostRows = -1;    ///< keep at most so many rows of the table; -1 = as many as the server gives
    bool isQuiet = false; ///< keep no output of a success
};

/// Reads a line that begins with "%%". The error says why such a cell cannot run without a notebook's own Python.
[[nodiscard]] std::expected<CellMagic, QString> readCellMagic(const QString& line);
/// `output` as the magic wants it kept.
[[nodiscard]] Output keptOutput(Output output, const CellMagic& magic);

} // namespace kindling
