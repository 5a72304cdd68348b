// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/table.h"

#include <QList>
#include <QString>

#include <functional>

namespace kindling {

enum class TableFormat {
    Csv,      ///< RFC 4180: commas, CRLF; null is nothing, empty text is ""
    Tsv,      ///< for the clipboard: tabs, LF, quoted where a spreadsheet needs it
    Markdown, ///< a pipe table; numbers at the right
};

/// Which part of a table, in the order given. An empty list means all.
struct TableSelection {
    QList<qsizetype> rows;
    QList<qsizetype> columns;
    bool hasHeader = true; ///< Markdown always has one
    /// Is the cell of this row and column part of it? Others of those rows and columns are left empty. Not set = all are.
    std::function<bool(qsizetype row, qsizetype column)> holds = {};
    /// CSV and TSV: text that a spreadsheet would take for a formula gets a ' before it. Numbers stay.
    bool isFormulaSafe = false;
};

/// The table as text. Indexes that do not exist are left out.
[[nodiscard]] QString exportTable(const Table& table, TableFormat format, const TableSelection& selection = {});

} // namespace kindling
