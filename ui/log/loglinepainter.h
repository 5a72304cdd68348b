// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text/logdocument.h"

#include <QFontMetricsF>
#include <QPalette>
#include <QRect>

class QPainter;

namespace kindling {

class LogSelection;

/// Where a log's lines stand: sizes by font, and which columns are seen.
struct LogGrid {
    explicit LogGrid(const QFont& someFont);

    QFont font;
    QFontMetricsF metrics;
    int rowHeight = 16;
    double columnWidth = 8;
    qsizetype firstColumn = 0;
    qsizetype columns = 1; ///< that are seen, the last one perhaps in part
};

/// Paints single rows of a log: what is seen of the line, coloured by its level, with what is selected and what is
/// found marked. Its cost does not depend on how long a line is.
class LogLinePainter final {
public:
    LogLinePainter(QPainter& painter, const LogGrid& grid, const QPalette& palette);

    /// `matcher`: marks what it finds; may be null. `box` is the whole width of the view.
    void paint(const LogDocument& log, qsizetype row, const QRect& box, const LogSelection& selection, TextMatcher* matcher);

private:
    void paintMatches(const LogRow& line, const QString& shown, const QRectF& place, TextMatcher& matcher);
    void fill(const LogRow& line, const QString& shown, const QRectF& place, const TextSpan& span, const QColor& color);
    [[nodiscard]] double xOf(const LogRow& line, const QString& shown, qsizetype byte) const;
    [[nodiscard]] QColor colorOf(const LogRow& line) const;

    QPainter& m_painter;
    const LogGrid& m_grid;
    const QPalette& m_palette;
};

} // namespace kindling
