// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logselection.h"

#include "app/text/shownline.h"
#include "ui/log/logwords.h"

#include <algorithm>

namespace kindling {

void LogSelection::selectLines(qsizetype anchor, qsizetype cursor)
{
    m_isLines = true;
    m_anchor = { anchor, 0 };
    m_cursor = { cursor, 0 };
}

void LogSelection::extendToLine(qsizetype row)
{
    selectLines(m_anchor.row < 0 ? row : m_anchor.row, row);
}

void LogSelection::selectCharacters(const LogPlace& anchor, const LogPlace& cursor)
{
    m_isLines = false;
    m_anchor = anchor;
    m_cursor = cursor;
}

void LogSelection::shift(qsizetype by)
{
    if (m_cursor.row < 0)
        return;
    m_anchor.row += by;
    m_cursor.row += by;
}

bool LogSelection::holdsLine(qsizetype row) const
{
    return m_isLines && m_cursor.row >= 0 && row >= first().row && row <= last().row;
}

TextSpan LogSelection::spanOf(qsizetype row, const LogRow& line) const
{
    if (isEmpty() || row < first().row || row > last().row)
        return {};
    if (m_isLines)
        return { 0, line.text.size() };
    const qsizetype begin = row == first().row ? std::min(first().byte, line.text.size()) : 0;
    const qsizetype end = row == last().row ? std::min(last().byte, line.text.size()) : line.text.size();
    return { begin, end - begin };
}

std::optional<QString> LogSelection::text(const LogDocument& log, qsizetype most) const
{
    if (isEmpty())
        return QString();
    const qsizetype begin = std::min(log.placeOf(first().row), log.placeCount());
    qsizetype end = std::min(log.placeOf(last().row), log.placeCount());
    if (end < log.placeCount() && log.rowAt(end) == last().row)
        ++end;
    qsizetype size = 0;
    for (qsizetype place = begin; place < end; ++place) {
        size += spanOf(log.rowAt(place), log.at(place)).size + 1;
        if (size > most)
            return std::nullopt;
    }
    QString text;
    text.reserve(size);
    for (qsizetype place = begin; place < end; ++place) {
        const qsizetype row = log.rowAt(place);
        const LogRow line = log.text().row(row);
        const TextSpan span = spanOf(row, line);
        if (place > begin)
            text += u'\n';
        text += line.isMark ? copiedMarkWords(log.text().mark(row)) : copiedText(line.text.sliced(span.start, span.size));
    }
    return text;
}

} // namespace kindling
