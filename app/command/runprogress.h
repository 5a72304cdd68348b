// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/console.h"
#include "app/command/notebookplan.h"
#include "app/core/clock.h"
#include "app/engine/statementrunner.h"

namespace kindling {

/// Tells how the cells get on: a bar that moves on a terminal, else a line for each step worth one.
class RunProgress final {
public:
    RunProgress(Console& console, const Clock& clock, int cellCount);

    /// What is being waited for before any cell runs; replaced by the next.
    void wait(const QString& what);
    void begin(int index, const PlannedCell& cell);
    void update(const Run& run);
    /// Time has passed: the terminal's line counts it.
    void tick();
    void end(const QString& how);

private:
    void draw();
    [[nodiscard]] QString label() const;
    [[nodiscard]] Clock::Duration age() const { return m_clock.steady() - m_begun; }

    Console& m_console;
    const Clock& m_clock;
    int m_cellCount;
    QString m_waiting;
    QString m_cell; ///< its place in the notebook, and its language; empty = none is under way
    int m_index = 0;
    RunState m_state = RunState::Queued;
    double m_progress = 0;
    Clock::Duration m_begun{ 0 };
    Clock::Duration m_told{ 0 };
    double m_toldProgress = 0;
};

/// "0.4 s", "12 s", "3 min 05 s", "2 h 07 min"
[[nodiscard]] QString elapsedText(Clock::Duration time);

} // namespace kindling
