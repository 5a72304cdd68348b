// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/cellmagic.h"
#include "app/core/error.h"
#include "app/core/kind.h"
#include "app/notebook/ipynb.h"

namespace kindling {

/// One cell that is to run.
struct PlannedCell {
    CellId id;
    int number = 0; ///< its place among all cells of the notebook, from 1
    Kind kind = Kind::PySpark;
    QString code;
    CellMagic magic;
};

/// The code cells of a notebook in their order, without the empty ones. The error (Rejected) names the first cell that
/// cannot run without a notebook's own Python: nothing of such a notebook is run.
[[nodiscard]] Result<QList<PlannedCell>> planNotebook(const NotebookFile& file);
/// How many rows the server must give for the cells' wishes; 0 = they have none beyond what it gives anyway.
[[nodiscard]] int rowsWanted(const QList<PlannedCell>& cells);

} // namespace kindling
