// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/loglinepainter.h"

#include "app/text/shownline.h"
#include "ui/common/theme.h"
#include "ui/log/logselection.h"
#include "ui/log/logwords.h"

#include <QPainter>

#include <algorithm>

namespace kindling {

namespace {
constexpr int side = 12;
/// A longer line is looked through only around what is seen.
constexpr qsizetype wholeBytes = 64 * 1024;
constexpr qsizetype aroundBytes = 4096;
}

LogGrid::LogGrid(const QFont& someFont)
    : font(someFont)
    , metrics(someFont)
    , rowHeight(static_cast<int>(metrics.height()) + 2)
    , columnWidth(std::max(1.0, metrics.horizontalAdvance(u'0')))
{
}

LogLinePainter::LogLinePainter(QPainter& painter, const LogGrid& grid, const QPalette& palette)
    : m_painter(painter)
    , m_grid(grid)
    , m_palette(palette)
{
    painter.setFont(grid.font);
    painter.setLayoutDirection(Qt::LeftToRight);
}

QColor LogLinePainter::colorOf(const LogRow& line) const
{
    if (line.isMark)
        return themeColor(ColorRole::Secondary, m_palette);
    switch (line.level) {
    case LogLevel::Warning: return themeColor(ColorRole::Waiting, m_palette);
    case LogLevel::Error: return themeColor(ColorRole::Bad, m_palette);
    case LogLevel::Plain: break;
    }
    return themeColor(ColorRole::Text, m_palette);
}

void LogLinePainter::paint(const LogDocument& log, qsizetype row, const QRect& box, const LogSelection& selection, TextMatcher* matcher)
{
    const LogRow line = log.text().row(row);
    const bool isSelected = selection.holdsLine(row);
    const bool isForeign = isSelected && toneOf(m_palette) == ThemeTone::HighContrast;
    if (isSelected)
        m_painter.fillRect(box, m_palette.color(QPalette::Highlight));
    const QRectF place = QRectF(box).adjusted(side, 0, 0, 0);
    const QString shown = line.isMark ? markWords(log.text().mark(row)) : shownText(line, m_grid.firstColumn, m_grid.columns);
    if (!line.isMark && !isSelected)
        fill(line, shown, place, selection.spanOf(row, line), m_palette.color(QPalette::Highlight));
    if (!line.isMark && matcher != nullptr)
        paintMatches(line, shown, place, *matcher);
    m_painter.setPen(isForeign ? m_palette.color(QPalette::HighlightedText) : colorOf(line));
    m_painter.drawText(QPointF(place.left(), place.top() + 1 + m_grid.metrics.ascent()), shown);
}

void LogLinePainter::paintMatches(const LogRow& line, const QString& shown, const QRectF& place, TextMatcher& matcher)
{
    const QColor color = themeColor(ColorRole::MarkBackground, m_palette);
    const qsizetype begin = byteAt(line, m_grid.firstColumn);
    const qsizetype end = byteAt(line, m_grid.firstColumn + m_grid.columns);
    qsizetype from = line.text.size() <= wholeBytes ? 0 : byteAt(line, columnAt(line, std::max<qsizetype>(0, begin - aroundBytes)));
    const QByteArrayView text = line.text.first(std::min(line.text.size(), line.text.size() <= wholeBytes ? wholeBytes : end + aroundBytes));
    while (const auto found = matcher.find(text, from)) {
        if (found->start >= end)
            return;
        if (found->start + found->size > begin)
            fill(line, shown, place, *found, color);
        from = std::max(found->start + found->size, from + 1);
        while (from < text.size() && (static_cast<uchar>(text.at(from)) & 0xc0) == 0x80)
            ++from;
    }
}

void LogLinePainter::fill(const LogRow& line, const QString& shown, const QRectF& place, const TextSpan& span, const QColor& color)
{
    if (span.size <= 0)
        return;
    const double left = xOf(line, shown, span.start);
    const double right = xOf(line, shown, span.start + span.size);
    m_painter.fillRect(QRectF(place.left() + left, place.top(), right - left, place.height()), color);
}

double LogLinePainter::xOf(const LogRow& line, const QString& shown, qsizetype byte) const
{
    const qsizetype column = std::clamp<qsizetype>(columnAt(line, byte) - m_grid.firstColumn, 0, m_grid.columns + 1);
    return m_grid.metrics.horizontalAdvance(shown.first(unitAt(shown, column)));
}

} // namespace kindling
