// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/timescale.h"

#include <QFontMetrics>
#include <QPalette>
#include <QRect>

class QPainter;

namespace kindling {

class TimelineModel;
struct ItemState;
struct TimelineGap;
struct TimelineSpan;

/// "idle", "gone"…
[[nodiscard]] QString spanWords(const TimelineSpan& span);

/// Where the parts of a timeline are, in pixels of its viewport.
struct TimelineLayout {
    TimelineLayout(QSize viewport, const QFont& font);

    [[nodiscard]] QRect rowsRect() const { return { 0, 0, size.width(), size.height() - axisHeight }; }
    [[nodiscard]] QRect axisRect() const { return { namesWidth, size.height() - axisHeight, stripsWidth(), axisHeight }; }
    [[nodiscard]] int stripsWidth() const { return qMax(1, size.width() - namesWidth - side); }

    static constexpr int side = 12;
    QSize size;
    int namesWidth = 0;
    int rowHeight = 0;
    int axisHeight = 0;
};

/// Draws the rows and the axis of a timeline with the theme's colours.
class TimelinePainter {
public:
    TimelinePainter(QPainter& painter, const TimelineModel& model, const TimeScale& scale, const TimelineLayout& layout, const QWidget& widget);

    void paintRow(int row, int top, bool isCurrent);
    void paintAxis();

private:
    void paintName(int row, const QRect& place);
    void paintStrips(int row, const QRect& track);
    void paintStrip(const TimelineSpan& span, const QRectF& strip, const QList<TimelineGap>& gaps);
    /// What is visible of the strip before the first gap in it.
    [[nodiscard]] QRectF beforeGap(const QRectF& strip, const QList<TimelineGap>& gaps) const;
    /// Veils what nobody watched.
    void paintGaps(int row, const QRect& track);

    QPainter& m_painter;
    const TimelineModel& m_model;
    const TimeScale& m_scale;
    TimelineLayout m_layout;
    QPalette m_palette;
    QFont m_font;
    bool m_hasFocus;
};

/// The stays of which something lies between the two times: the first, and the one behind the last.
[[nodiscard]] std::pair<qsizetype, qsizetype> visibleSpans(const QList<TimelineSpan>& spans, qint64 begin, qint64 end);

/// An end takes no time, but it can be seen: pixels.
inline constexpr int endWidth = 6;

} // namespace kindling
