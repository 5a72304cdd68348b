// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text/logtext.h"
#include "app/text/textpattern.h"

#include <functional>

namespace kindling {

/// Which rows of a log are shown, and what is looked for in them. Marks are shown with whatever is.
struct LogFilter {
    std::optional<LogSection> section = std::nullopt;
    LogLevel least = LogLevel::Plain;
    std::shared_ptr<const TextPattern> pattern = nullptr; ///< none = nothing is looked for
    bool isMatchingOnly = false;                          ///< lines without a match are not shown

    /// Every row is shown.
    [[nodiscard]] bool showsAll() const { return !section && least == LogLevel::Plain && !(isMatchingOnly && pattern); }
};

/// What a stretch of rows gave.
struct LogFound {
    qsizetype scanned = 0;       ///< rows below this are done
    std::vector<quint32> rows = {};    ///< that are shown; none are listed where all are
    std::vector<quint32> matches = {}; ///< among them
    bool hasGivenUp = false;      ///< an expression was too much work for a line
};

/// Looks through the rows from `first` on and hands over what was found: soon what is first, then now and then. Ends
/// early, with what was found unsaid, when `isInterrupted`. For any thread.
void scanLog(const LogText& text, qsizetype first, const LogFilter& filter, const std::function<bool()>& isInterrupted,
    const std::function<void(LogFound)>& found);

} // namespace kindling
