// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/timelinepainter.h"

#include "app/models/timelinemodel.h"
#include "ui/common/statedelegate.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QWidget>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int glyphSide = 12;
constexpr int gap = 6;
constexpr qint64 dayLength = qint64(24) * 3600 * 1000;

QString tickText(const QDateTime& time, qint64 step)
{
    if (step >= dayLength || time.time() == QTime(0, 0))
        return QLocale().toString(time.date(), QLocale::ShortFormat);
    return time.toString(step < 60'000 ? u"HH:mm:ss"_s : u"HH:mm"_s);
}
}

QString spanWords(const TimelineSpan& span)
{
    if (span.state == goneState())
        return QCoreApplication::translate("kindling::TimelineView", "gone", "state");
    const QString words = stateWords(span.state);
    return span.damage.isEmpty() ? words : words + u" · "_s + stateWords(span.state, span.damage);
}

TimelineLayout::TimelineLayout(QSize viewport, const QFont& font)
    : size(viewport)
{
    const QFontMetrics metrics(font);
    namesWidth = std::clamp(size.width() / 5, metrics.averageCharWidth() * 16, metrics.averageCharWidth() * 30);
    rowHeight = kindling::rowHeight(metrics);
    axisHeight = QFontMetrics(secondaryFont(font)).height() + 8;
}

std::pair<qsizetype, qsizetype> visibleSpans(const QList<TimelineSpan>& spans, qint64 begin, qint64 end)
{
    const auto first = std::ranges::lower_bound(spans, begin, {}, [](const TimelineSpan& span) {
        return span.until.isValid() ? span.until.toMSecsSinceEpoch() : std::numeric_limits<qint64>::max();
    });
    const auto last = std::ranges::upper_bound(first, spans.end(), end, {}, [](const TimelineSpan& span) { return span.from.toMSecsSinceEpoch(); });
    return { first - spans.begin(), last - spans.begin() };
}

TimelinePainter::TimelinePainter(QPainter& painter, const TimelineModel& model, const TimeScale& scale, const TimelineLayout& layout,
    const QWidget& widget)
    : m_painter(painter)
    , m_model(model)
    , m_scale(scale)
    , m_layout(layout)
    , m_palette(widget.palette())
    , m_font(widget.font())
    , m_hasFocus(widget.hasFocus())
{
}

void TimelinePainter::paintRow(int row, int top, bool isCurrent)
{
    const QRect whole(0, top, m_layout.size.width(), m_layout.rowHeight);
    // In high contrast neither its name nor its strips could be told from the selection's colour.
    const bool isFilled = toneOf(m_palette) != ThemeTone::HighContrast;
    if (isCurrent && isFilled)
        m_painter.fillRect(whole, themeColor(ColorRole::Selection, m_palette));
    if (isCurrent && !isFilled) {
        m_painter.setPen(themeColor(ColorRole::Accent, m_palette));
        m_painter.drawRect(whole.adjusted(0, 0, -1, -1));
    }
    if (isCurrent && m_hasFocus)
        m_painter.fillRect(QRect(0, top, 3, m_layout.rowHeight), themeColor(ColorRole::Accent, m_palette));
    paintName(row, whole.adjusted(TimelineLayout::side, 0, m_layout.namesWidth - whole.width() - gap, 0));
    if (!m_model.isItem(row))
        return;
    const QRect track(m_layout.namesWidth, top + 4, m_layout.stripsWidth(), m_layout.rowHeight - 8);
    m_painter.fillRect(track, themeColor(ColorRole::Window, m_palette));
    m_painter.save();
    m_painter.setClipRect(track);
    paintStrips(row, track);
    paintGaps(row, track);
    m_painter.restore();
}

void TimelinePainter::paintName(int row, const QRect& place)
{
    const QModelIndex index = m_model.index(row);
    const bool isItem = m_model.isItem(row);
    QRect rest = place;
    QFont font = m_font;
    font.setBold(!isItem);
    if (const QVariant glyph = index.data(StateGlyphRole); glyph.isValid()) {
        const auto role = static_cast<StateRole>(glyph.toInt());
        paintStateGlyph(m_painter, QRectF(rest.left(), rest.center().y() + 0.5 - glyphSide / 2.0, glyphSide, glyphSide), role,
            themeColor(colorOf(role), m_palette));
        rest.setLeft(rest.left() + glyphSide + gap);
    }
    m_painter.setFont(font);
    m_painter.setPen(themeColor(ColorRole::Text, m_palette));
    const QString text = index.data().toString().simplified().left(200);
    m_painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, QFontMetrics(font).elidedText(text, Qt::ElideRight, rest.width()));
}

void TimelinePainter::paintStrips(int row, const QRect& track)
{
    const QList<TimelineSpan>& spans = m_model.spansAt(row);
    const QList<TimelineGap> gaps = m_model.gapsAt(row);
    const auto [first, last] = visibleSpans(spans, m_scale.timeAt(-endWidth), m_scale.end());
    double painted = -endWidth;
    for (qsizetype i = first; i < last; ++i) {
        const TimelineSpan& span = spans.at(i);
        const double from = qMax(m_scale.xOf(span.from.toMSecsSinceEpoch()), double(-endWidth));
        const double until = span.until.isValid() ? m_scale.xOf(span.until.toMSecsSinceEpoch()) : m_scale.xOf(m_scale.end());
        double right = span.isEnd() ? from + endWidth : qMin(until, double(track.width() + endWidth)) - 1;
        // Hundreds of short stays within a pixel are one pixel's work.
        if (right <= painted && !span.isEnd())
            continue;
        right = qMax(right, from + 1);
        painted = right;
        paintStrip(span, QRectF(track.left() + from, track.top(), right - from, track.height()), gaps);
    }
}

QRectF TimelinePainter::beforeGap(const QRectF& strip, const QList<TimelineGap>& gaps) const
{
    QRectF seen = strip.intersected(QRectF(m_layout.namesWidth, strip.top(), m_layout.stripsWidth(), strip.height()));
    for (const TimelineGap& gap : gaps) {
        const double from = m_layout.namesWidth + m_scale.xOf(gap.from.toMSecsSinceEpoch());
        const double to = m_layout.namesWidth + m_scale.xOf(gap.to.toMSecsSinceEpoch());
        if (from < seen.right() && to > seen.left())
            seen.setRight(qMax(from, seen.left()));
    }
    return seen;
}

void TimelinePainter::paintStrip(const TimelineSpan& span, const QRectF& strip, const QList<TimelineGap>& gaps)
{
    const QColor color = themeColor(colorOf(roleOf(span)), m_palette);
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(color);
    m_painter.drawRoundedRect(strip, 2, 2);
    // The word besides the colour, where there is room for it.
    const QFont font = secondaryFont(m_font);
    const QFontMetrics metrics(font);
    const QString words = spanWords(span);
    const int needed = metrics.horizontalAdvance(words) + 2 * gap;
    if (strip.width() < needed || strip.height() + 2 < metrics.height())
        return;
    const QRectF room = beforeGap(strip, gaps);
    if (room.width() < needed)
        return;
    m_painter.setFont(font);
    m_painter.setPen(themeColor(ColorRole::Base, m_palette));
    m_painter.drawText(room.adjusted(gap, 0, -gap, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, words);
}

void TimelinePainter::paintGaps(int row, const QRect& track)
{
    const QList<TimelineSpan>& spans = m_model.spansAt(row);
    // After its end there was nothing to be watched.
    const bool hasEnd = !spans.isEmpty() && spans.constLast().isEnd();
    const double end = hasEnd ? m_scale.xOf(spans.constLast().from.toMSecsSinceEpoch()) : double(track.width());
    QColor veil = themeColor(ColorRole::Window, m_palette);
    veil.setAlphaF(0.7F);
    for (const TimelineGap& gap : m_model.gapsAt(row)) {
        const double from = qMax(m_scale.xOf(gap.from.toMSecsSinceEpoch()), 0.0);
        const double to = qMin(m_scale.xOf(gap.to.toMSecsSinceEpoch()), qMin(end, double(track.width())));
        if (to - from < 1)
            continue;
        const QRectF place(track.left() + from, track.top(), to - from, track.height());
        m_painter.fillRect(place, veil);
        m_painter.fillRect(place, QBrush(themeColor(ColorRole::Secondary, m_palette), Qt::BDiagPattern));
    }
}

void TimelinePainter::paintAxis()
{
    const QRect axis = m_layout.axisRect();
    m_painter.fillRect(QRect(0, axis.top(), m_layout.size.width(), axis.height()), themeColor(ColorRole::Base, m_palette));
    m_painter.setPen(themeColor(ColorRole::Line, m_palette));
    m_painter.drawLine(0, axis.top(), m_layout.size.width(), axis.top());
    m_painter.setFont(secondaryFont(m_font));
    const QFontMetrics metrics(m_painter.font());
    const qint64 step = m_scale.tickStep(metrics.horizontalAdvance(u"0000-00-00"_s) + 24);
    for (const qint64 time : m_scale.ticks(step, QTimeZone(QTimeZone::LocalTime))) {
        const int x = axis.left() + qRound(m_scale.xOf(time));
        m_painter.setPen(themeColor(ColorRole::Line, m_palette));
        m_painter.drawLine(x, axis.top(), x, axis.top() + 4);
        const QString text = tickText(QDateTime::fromMSecsSinceEpoch(time), step);
        const int width = metrics.horizontalAdvance(text);
        if (x + width / 2 + 2 > m_layout.size.width())
            continue;
        m_painter.setPen(themeColor(ColorRole::Secondary, m_palette));
        m_painter.drawText(QRect(x - width / 2, axis.top() + 4, width + 1, axis.height() - 4), Qt::AlignCenter | Qt::TextSingleLine, text);
    }
}

} // namespace kindling
