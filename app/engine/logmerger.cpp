// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"

#include <algorithm>
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

/// Blank lines and the like come again and again: where a full ring begins with nothing but those, it may well be that
/// it has been overwritten meanwhile. So a log whose lines repeat themselves is read exactly while four lines of the ring are
/// left at the next look; with one to three left it may have a gap marked that is none, and those lines twice.
bool isByChance(const QStringList& now, qsizetype overlap)
{
    constexpr qsizetype few = 3;
    if (overlap > few || now.size() < ringSize)
        return false;
    const auto rest = now.cbegin() + overlap;
    return std::all_of(now.cbegin(), rest, [&](const QString& line) { return std::find(rest, now.cend(), line) != now.cend(); });
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
        const qsizetype found = overlapOf(before, lines);
        const qsizetype overlap = isByChance(lines, found) ? 0 : found;
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
