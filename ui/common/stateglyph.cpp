// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/stateglyph.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <optional>

namespace kindling {

namespace {

void paintRing(QPainter& painter, const QRectF& square, const QColor& color)
{
    const double width = square.width() * 0.12;
    painter.setPen(QPen(color, width));
    painter.setBrush(Qt::NoBrush);
    const double inset = square.width() * 0.14 + width / 2;
    painter.drawEllipse(square.adjusted(inset, inset, -inset, -inset));
}

/// A part of a disc; angles in degrees, counter-clockwise from three o'clock.
void paintPie(QPainter& painter, const QRectF& square, const QColor& color, int start, int span)
{
    paintRing(painter, square, color);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double inset = square.width() * 0.18;
    painter.drawPie(square.adjusted(inset, inset, -inset, -inset), start * 16, span * 16);
}

void paintStrokes(QPainter& painter, const QColor& color, double width, const QList<QPolygonF>& lines)
{
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& line : lines)
        painter.drawPolyline(line);
}

class GlyphEngine final : public QIconEngine {
public:
    GlyphEngine(StateRole role, std::optional<QPalette> palette)
        : m_role(role)
        , m_palette(std::move(palette))
    {
    }
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override
    {
        paintStateGlyph(*painter, rect, m_role, themeColor(colorOf(m_role), m_palette.value_or(QGuiApplication::palette())));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new GlyphEngine(m_role, m_palette); }

private:
    StateRole m_role;
    std::optional<QPalette> m_palette;
};

}

void paintStateGlyph(QPainter& painter, const QRectF& rect, StateRole role, const QColor& color)
{
    const double side = qMin(rect.width(), rect.height());
    const QRectF box(rect.center() - QPointF(side / 2, side / 2), QSizeF(side, side));
    const auto at = [&](double x, double y) { return box.topLeft() + QPointF(x, y) * side; };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    switch (role) {
    case StateRole::Idle:
        painter.drawEllipse(box.adjusted(side * 0.16, side * 0.16, -side * 0.16, -side * 0.16));
        break;
    case StateRole::Active: paintPie(painter, box, color, 90, 180); break;
    case StateRole::Starting: paintPie(painter, box, color, 0, 90); break;
    case StateRole::Waiting: paintRing(painter, box, color); break;
    case StateRole::Damaged: painter.drawPolygon(QPolygonF({ at(0.5, 0.12), at(0.92, 0.86), at(0.08, 0.86) })); break;
    case StateRole::Bad:
        paintStrokes(painter, color, side * 0.14, { { at(0.24, 0.24), at(0.76, 0.76) }, { at(0.76, 0.24), at(0.24, 0.76) } });
        break;
    case StateRole::Success:
        paintStrokes(painter, color, side * 0.14, { { at(0.18, 0.54), at(0.41, 0.77), at(0.83, 0.25) } });
        break;
    case StateRole::Stopped: painter.drawRect(QRectF(at(0.22, 0.22), at(0.78, 0.78))); break;
    }
    painter.restore();
}

ColorRole colorOf(StateRole role)
{
    switch (role) {
    case StateRole::Idle:
    case StateRole::Success: return ColorRole::Good;
    case StateRole::Active: return ColorRole::Active;
    case StateRole::Starting:
    case StateRole::Waiting: return ColorRole::Waiting;
    case StateRole::Damaged:
    case StateRole::Bad: return ColorRole::Bad;
    case StateRole::Stopped: break;
    }
    return ColorRole::Ended;
}

QIcon stateIcon(StateRole role, const QPalette& palette)
{
    return QIcon(new GlyphEngine(role, palette));
}

QIcon stateIcon(StateRole role)
{
    return QIcon(new GlyphEngine(role, {}));
}

} // namespace kindling
