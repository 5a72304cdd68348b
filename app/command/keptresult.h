// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/notebookplan.h"
#include "app/engine/statementrunner.h"

namespace kindling {

/// What the output notebook keeps of a cell that has ended.
struct KeptResult {
    QList<Output> outputs;
    QString remark; ///< that stands among them, too; empty = none
};

/// `settings`: those that the session was asked for. Without a result it is the run's problem.
[[nodiscard]] KeptResult keptResult(const Run& run, const PlannedCell& cell, const QMap<QString, QString>& settings);
/// A problem that is not one of the cell's code.
[[nodiscard]] Output problemOutput(const QString& what);

} // namespace kindling
