// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/seentext.h"

#include "app/text/shownline.h"
#include "ui/log/logwords.h"

#include <algorithm>

namespace kindling {

namespace {
/// Nobody listens to more of one line.
constexpr qsizetype mostColumns = 2000;

QString readOut(const LogDocument& log, qsizetype row)
{
    const LogRow line = log.text().row(row);
    if (line.isMark)
        return markWords(log.text().mark(row));
    QString words = shownText(line, 0, mostColumns + 1);
    const qsizetype most = unitAt(words, mostColumns);
    if (words.size() > most)
        words = words.first(most) + u'…';
    return words;
}
}

SeenText::SeenText(const LogDocument& log, qsizetype first, qsizetype count)
    : m_log(log)
{
    const qsizetype end = std::min(log.placeCount(), first + count);
    for (qsizetype place = first; place < end; ++place) {
        if (!m_lines.isEmpty())
            m_text += u'\n';
        const qsizetype row = log.rowAt(place);
        const QString words = readOut(log, row);
        m_lines += { .row = row, .start = m_text.size(), .length = words.size() };
        m_text += words;
    }
}

int SeenText::offsetIn(const Line& line, qsizetype byte) const
{
    const LogRow row = m_log.text().row(line.row);
    const qsizetype unit = row.isMark ? 0 : unitAt(m_text.sliced(line.start, line.length), columnAt(row, byte));
    return static_cast<int>(line.start + unit);
}

int SeenText::offsetOf(const LogPlace& place) const
{
    const auto line = std::ranges::lower_bound(m_lines, place.row, {}, &Line::row);
    if (line == m_lines.cend())
        return static_cast<int>(m_text.size());
    return line->row == place.row ? offsetIn(*line, place.byte) : static_cast<int>(line->start);
}

LogPlace SeenText::placeAt(int offset) const
{
    if (m_lines.isEmpty())
        return {};
    auto line = std::ranges::upper_bound(m_lines, offset, {}, &Line::start);
    if (line != m_lines.cbegin())
        --line;
    const LogRow row = m_log.text().row(line->row);
    const qsizetype unit = std::clamp<qsizetype>(offset - line->start, 0, line->length);
    return { line->row, row.isMark ? 0 : byteAt(row, m_text.sliced(line->start, unit).toUcs4().size()) };
}

std::pair<int, int> SeenText::spanOf(const LogSelection& selection) const
{
    std::optional<int> begin;
    int end = 0;
    for (const Line& line : m_lines) {
        const TextSpan span = selection.spanOf(line.row, m_log.text().row(line.row));
        const bool isWhole = selection.holdsLine(line.row);
        if (!isWhole && span.size == 0)
            continue;
        if (!begin)
            begin = isWhole ? static_cast<int>(line.start) : offsetIn(line, span.start);
        end = isWhole ? static_cast<int>(line.start + line.length) : offsetIn(line, span.start + span.size);
    }
    return { begin.value_or(end), end };
}

} // namespace kindling
