// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"

#include <optional>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Livy's `livy.cache-log.size`; a section of exactly this many lines has most likely wrapped.
constexpr qsizetype ringSize = 200;

/// Headers are elements of the list: "stdout: " first, the others with a line feed before them, which no line of a
/// program can have.
std::optional<LogSection> sectionOf(const QString& line, bool isFirstLine)
{
    const QString word = line.trimmed();
    if (isFirstLine && word == "stdout:"_L1)
        return LogSection::Stdout;
    const bool isMarked = line.startsWith(u'\n') || isFirstLine;
    if (isMarked && word == "stderr:"_L1)
        return LogSection::Stderr;
    if (isMarked && (word == "YARN Diagnostics:"_L1 || word == "Kubernetes Diagnostics:"_L1))
        return LogSection::Diagnostics;
    return std::nullopt;
}

/// How many of the last lines of `before` are the first of `now`: the most that fit, so that nothing comes twice.
qsizetype overlapOf(const QStringList& before, const QStringList& now)
{
    for (qsizetype start = std::max<qsizetype>(0, before.size() - now.size()); start < before.size(); ++start) {
        if (std::equal(before.cbegin() + start, before.cend(), now.cbegin()))
            return before.size() - start;
    }
    return 0;
}
}

QList<LogLine> LogMerger::merge(const QStringList& serverLines)
{
    std::array<QStringList, 3> now;
    LogSection section = LogSection::Stdout;
    for (qsizetype i = 0; i < serverLines.size(); ++i) {
        if (const auto header = sectionOf(serverLines.at(i), i == 0))
            section = *header;
        else
            now.at(static_cast<size_t>(section)).append(serverLines.at(i));
    }
    QList<LogLine> result;
    for (size_t i = 0; i < now.size(); ++i) {
        QStringList& before = m_tail.at(i);
        QStringList& lines = now.at(i);
        if (lines.isEmpty())
            continue; // a restored session has lost its buffer; what we have is still the newest
        const auto which = static_cast<LogSection>(i);
        const qsizetype overlap = overlapOf(before, lines);
        const bool isRing = which != LogSection::Diagnostics;
        if (isRing && overlap == 0 && (!before.isEmpty() || lines.size() == ringSize))
            result.append({ .section = which, .text = {}, .isGap = true, .keptLines = static_cast<int>(lines.size()) });
        for (qsizetype line = overlap; line < lines.size(); ++line)
            result.append({ .section = which, .text = lines.at(line) });
        before = std::move(lines);
    }
    return result;
}

} // namespace kindling
