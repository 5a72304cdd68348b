// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

class QKeyEvent;

namespace kindling {

/// What a person may want done with a cell, by key or by menu.
enum class CellCommand {
    Run,
    RunAndNext,
    RunAndInsert,
    Edit,
    LeaveEdit,
    Previous,
    Next,
    InsertAbove,
    InsertBelow,
    Remove,
    ToMarkdown,
    ToCode,
    MoveUp,
    MoveDown,
    Undo,
};

/// The keys while typing in a cell: Shift, Ctrl and Alt with Enter, and Esc.
[[nodiscard]] std::optional<CellCommand> editModeCommand(const QKeyEvent& event);

/// Jupyter's keys while a cell is chosen but not typed in. Remembers the first D of "D D".
class CommandKeys final {
public:
    /// `isUsed`: also true for the first D, which commands nothing yet.
    struct Answer {
        bool isUsed = false;
        std::optional<CellCommand> command;
    };
    [[nodiscard]] Answer take(const QKeyEvent& event);

private:
    bool m_hasFirstD = false;
};

} // namespace kindling
