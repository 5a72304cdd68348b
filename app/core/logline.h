// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace kindling {

/// The parts of a server's log (livy-protocol 4).
enum class LogSection { Stdout, Stderr, Diagnostics };
inline constexpr int logSectionCount = 3;

/// One line of a stitched log. A gap line has no text: some lines before the next were not seen; how many, no server
/// tells, since what it counts are the lines that it still keeps.
struct LogLine {
    LogSection section = LogSection::Stdout;
    QString text;
    bool isGap = false;
    int keptLines = 0;                       ///< of a gap: how many lines of the section the server had after it
    std::chrono::milliseconds unwatched{ 0 }; ///< of a gap: since the look before it; 0 = it was the first look

    friend bool operator==(const LogLine&, const LogLine&) = default;
};

/// How many of the last lines of `before` are the first of `now`: the most that fit, so that nothing comes twice.
[[nodiscard]] qsizetype overlapOf(const QStringList& before, const QStringList& now);

} // namespace kindling
