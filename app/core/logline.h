// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace kindling {

/// The parts of a server's log (livy-protocol 4).
enum class LogSection { Stdout, Stderr, Diagnostics };
inline constexpr int logSectionCount = 3;

/// One line of a stitched log. A gap line has no text: an unknown number of lines before the next was not seen.
struct LogLine {
    LogSection section = LogSection::Stdout;
    QString text;
    bool isGap = false;

    friend bool operator==(const LogLine&, const LogLine&) = default;
};

/// How many of the last lines of `before` are the first of `now`: the most that fit, so that nothing comes twice.
[[nodiscard]] qsizetype overlapOf(const QStringList& before, const QStringList& now);

} // namespace kindling
