// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logscan.h"

#include <chrono>
#include <utility>

namespace kindling {

namespace {
/// Rows of a line-by-line search between two questions whether to go on.
constexpr qsizetype stepRows = 256;
constexpr std::chrono::milliseconds betweenNews{ 50 };
constexpr qsizetype neverFound = -1;

class Scan final {
public:
    Scan(const LogText& text, const LogFilter& filter, const std::function<bool()>& isInterrupted)
        : m_text(text)
        , m_filter(filter)
        , m_isInterrupted(isInterrupted)
        , m_showsAll(filter.showsAll())
    {
        if (filter.pattern) {
            m_matcher = std::make_unique<TextMatcher>(filter.pattern);
            m_matcher->setInterruption(isInterrupted);
        }
    }

    void run(qsizetype first, const std::function<void(LogFound)>& found);

private:
    [[nodiscard]] bool isWanted(const LogRow& row) const
    {
        return row.isMark || (row.level >= m_filter.least && (!m_filter.section || row.section == *m_filter.section));
    }
    [[nodiscard]] bool mayHaveRows(const LogChunk& chunk) const { return chunk.hasMarks() || chunk.loudest() >= m_filter.least; }
    bool scanChunk(const LogChunk& chunk, qsizetype first, qsizetype base);
    qsizetype nextMatch(const LogChunk& chunk, qsizetype row);
    void take(const LogRow& row, qsizetype number, bool isMatch);

    const LogText& m_text;
    const LogFilter& m_filter;
    const std::function<bool()>& m_isInterrupted;
    bool m_showsAll;
    std::unique_ptr<TextMatcher> m_matcher;
    LogFound m_found;
};

void Scan::take(const LogRow& row, qsizetype number, bool isMatch)
{
    const bool isShown = m_showsAll || (isWanted(row) && (row.isMark || isMatch || !m_filter.isMatchingOnly || !m_matcher));
    if (!isShown)
        return;
    if (!m_showsAll)
        m_found.rows.push_back(static_cast<quint32>(number));
    if (isMatch && !row.isMark)
        m_found.matches.push_back(static_cast<quint32>(number));
}

/// The row at or after `row` that holds a literal.
qsizetype Scan::nextMatch(const LogChunk& chunk, qsizetype row)
{
    const auto span = m_matcher->find(chunk.bytes(), chunk.startOf(row));
    return span ? chunk.rowAt(span->start, row) : neverFound;
}

bool Scan::scanChunk(const LogChunk& chunk, qsizetype first, qsizetype base)
{
    const bool isBlockwise = m_matcher && m_filter.pattern->isLiteral();
    qsizetype match = isBlockwise ? nextMatch(chunk, first) : neverFound;
    for (qsizetype row = first; row < chunk.rowCount(); ++row) {
        if (m_showsAll && isBlockwise) {
            // only rows that match are of interest
            if (match == neverFound)
                break;
            row = match;
        }
        if (row % stepRows == 0 && m_isInterrupted())
            return false;
        const LogRow line = chunk.row(row);
        bool isMatch = isBlockwise && row == match;
        if (isMatch && row + 1 < chunk.rowCount())
            match = nextMatch(chunk, row + 1);
        else if (isMatch)
            match = neverFound;
        if (m_matcher && !isBlockwise && isWanted(line))
            isMatch = m_matcher->find(line.text).has_value();
        take(line, base + row, isMatch);
    }
    return true;
}

void Scan::run(qsizetype first, const std::function<void(LogFound)>& found)
{
    auto told = std::chrono::steady_clock::now();
    bool isFirst = true;
    m_found.scanned = m_text.rowCount();
    const bool isIdle = m_showsAll && !m_matcher;
    const qsizetype chunks = isIdle || first >= m_text.rowCount() ? 0 : m_text.chunkCount();
    for (qsizetype index = chunks > 0 ? m_text.chunkOf(first) : 0; index < chunks; ++index) {
        const qsizetype base = m_text.firstRowOf(index);
        const LogChunk& chunk = m_text.chunk(index);
        if (m_isInterrupted() || (mayHaveRows(chunk) && !scanChunk(chunk, std::max<qsizetype>(0, first - base), base)) || m_isInterrupted())
            return;
        const bool hasNews = !m_found.rows.empty() || !m_found.matches.empty();
        const auto now = std::chrono::steady_clock::now();
        if (now - told < betweenNews && !(isFirst && hasNews))
            continue;
        told = now;
        isFirst = isFirst && !hasNews;
        m_found.scanned = base + chunk.rowCount();
        m_found.hasGivenUp = m_matcher && m_matcher->hasGivenUp();
        found(std::exchange(m_found, { .scanned = m_text.rowCount() }));
    }
    m_found.hasGivenUp = m_matcher && m_matcher->hasGivenUp();
    found(std::move(m_found));
}
}

void scanLog(const LogText& text, qsizetype first, const LogFilter& filter, const std::function<bool()>& isInterrupted,
    const std::function<void(LogFound)>& found)
{
    Scan(text, filter, isInterrupted).run(first, found);
}

} // namespace kindling
