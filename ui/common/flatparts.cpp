// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/flatparts.h"

#include "ui/common/flatstyle.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QToolButton>
#include <QWidget>

namespace kindling {

namespace {
constexpr double radius = 4;

QColor shifted(const QColor& color, int percent)
{
    return color.lightness() > 128 ? color.darker(100 + percent) : color.lighter(100 + 3 * percent);
}
}

void drawSeparator(const QStyleOption* option, QPainter* painter)
{
    const QRect rect = option->rect;
    painter->fillRect(rect, themeColor(ColorRole::Window, option->palette));
    const QRect line = rect.width() < rect.height() ? QRect(rect.left() + rect.width() / 2, rect.top(), 1, rect.height())
                                                    : QRect(rect.left(), rect.top() + rect.height() / 2, rect.width(), 1);
    painter->fillRect(line, themeColor(ColorRole::Line, option->palette));
}

void drawTabClose(const QStyleOption* option, QPainter* painter)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isHot = (option->state & QStyle::State_MouseOver) && (option->state & QStyle::State_Enabled);
    if (isHot) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(themeColor(ColorRole::Line, option->palette));
        painter->drawRoundedRect(option->rect, 3, 3);
    }
    painter->setPen(QPen(themeColor(isHot ? ColorRole::Text : ColorRole::Secondary, option->palette), 1.3));
    const QRectF cross = QRectF(option->rect).adjusted(4.5, 4.5, -4.5, -4.5);
    painter->drawLine(cross.topLeft(), cross.bottomRight());
    painter->drawLine(cross.topRight(), cross.bottomLeft());
    painter->restore();
}

void drawBox(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& line)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

void drawPushPanel(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const bool isPrimary = widget && widget->property(primaryProperty).toBool() && has(option, QStyle::State_Enabled);
    const bool isFlat = button && button->features.testFlag(QStyleOptionButton::Flat);
    const bool isHot = has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled);
    const bool isOn = has(option, QStyle::State_On);
    const bool isDown = has(option, QStyle::State_Sunken);
    if (isFlat && !isHot && !isDown && !isOn && !has(option, QStyle::State_HasFocus))
        return;
    QColor fill = themeColor(isPrimary ? ColorRole::PrimaryFill : isOn ? ColorRole::Selection : ColorRole::Button, option->palette);
    if (isDown)
        fill = shifted(fill, 10);
    else if (isHot)
        fill = shifted(fill, 4);
    QColor line = isPrimary ? fill : themeColor(ColorRole::Line, option->palette);
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange))
        line = themeColor(isPrimary ? ColorRole::Text : ColorRole::Accent, option->palette);
    drawBox(painter, option->rect, fill, line);
}

bool unfolds(const QWidget* widget)
{
    const auto* tool = qobject_cast<const QToolButton*>(widget);
    return tool && tool->arrowType() != Qt::NoArrow;
}

void drawToolPanel(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const bool isOn = has(option, QStyle::State_On) && !unfolds(widget);
    const bool isDown = has(option, QStyle::State_Sunken);
    const bool isHot = has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled);
    const bool isFocused = has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
    if (!isOn && !isDown && !isHot && !isFocused)
        return;
    QColor fill = themeColor(isOn ? ColorRole::Selection : ColorRole::Button, option->palette);
    if (isDown || isHot)
        fill = shifted(fill, isDown ? 10 : 4);
    drawBox(painter, option->rect, fill, themeColor(isFocused ? ColorRole::Accent : ColorRole::Line, option->palette));
}

void drawField(const QStyleOption* option, QPainter* painter)
{
    const bool isFocused = has(option, QStyle::State_HasFocus);
    drawBox(painter, option->rect, themeColor(has(option, QStyle::State_Enabled) ? ColorRole::Base : ColorRole::Window, option->palette),
        themeColor(isFocused ? ColorRole::Accent : ColorRole::Line, option->palette));
}

void drawTab(const QStyleOptionTab* tab, QPainter* painter)
{
    const QRect rect = tab->rect;
    const QColor line = themeColor(ColorRole::Line, tab->palette);
    if (!has(tab, QStyle::State_Selected)) {
        if (has(tab, QStyle::State_MouseOver))
            painter->fillRect(rect.adjusted(0, 2, 0, -1), shifted(themeColor(ColorRole::Window, tab->palette), 3));
        return;
    }
    painter->fillRect(rect, themeColor(ColorRole::Base, tab->palette));
    painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), themeColor(ColorRole::Accent, tab->palette));
    painter->fillRect(QRect(rect.left(), rect.top() + 2, 1, rect.height()), line);
    painter->fillRect(QRect(rect.right(), rect.top() + 2, 1, rect.height()), line);
    if (has(tab, QStyle::State_HasFocus) && has(tab, QStyle::State_KeyboardFocusChange))
        drawBox(painter, rect.adjusted(3, 5, -3, -4), {}, themeColor(ColorRole::Accent, tab->palette));
}

void drawHeader(const QStyleOptionHeader* header, QPainter* painter, const QWidget* widget)
{
    painter->fillRect(header->rect, themeColor(ColorRole::Window, header->palette));
    const QColor line = themeColor(ColorRole::Line, header->palette);
    const QRect rect = header->rect;
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line);
    // At the table's own edge there is a line already, or none is needed.
    if (!widget || rect.right() < widget->width() - 1)
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line);
}

void drawMenuBarItem(const QStyleOptionMenuItem* item, QPainter* painter, const QStyle& style, const QWidget* widget)
{
    painter->fillRect(item->rect, themeColor(ColorRole::Window, item->palette));
    if (has(item, QStyle::State_Selected))
        drawBox(painter, item->rect.adjusted(0, 2, 0, -2), themeColor(has(item, QStyle::State_Sunken) ? ColorRole::Selection : ColorRole::Button, item->palette), {});
    int flags = Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
    if (!style.styleHint(QStyle::SH_UnderlineShortcut, item, widget))
        flags |= Qt::TextHideMnemonic;
    style.drawItemText(painter, item->rect, flags, item->palette, has(item, QStyle::State_Enabled), item->text, QPalette::WindowText);
}

void drawProgress(const QStyleOptionProgressBar* bar, QPainter* painter, bool isGroove)
{
    const double height = qMin(5, bar->rect.height());
    QRectF rect(bar->rect.left(), bar->rect.center().y() + 0.5 - height / 2, bar->rect.width(), height);
    if (!isGroove) {
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        const double part = range > 0 ? qBound(0.0, double(bar->progress - bar->minimum) / double(range), 1.0) : 0.3;
        rect.setWidth(rect.width() * part);
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(themeColor(isGroove ? ColorRole::Line : ColorRole::Active, bar->palette));
    painter->drawRoundedRect(rect, height / 2, height / 2);
    painter->restore();
}

void drawChevron(QPainter* painter, const QRect& rect, const QColor& color, int direction)
{
    const QPointF middle = QRectF(rect).center();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF({ middle + QPointF(-3.5, -1.5 * direction), middle + QPointF(0, 2 * direction), middle + QPointF(3.5, -1.5 * direction) }));
    painter->restore();
}

// Empty ones must be seen too: their line has the contrast of text.
void drawIndicator(const QStyleOption* option, QPainter* painter, bool isRound)
{
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const bool isPartly = has(option, QStyle::State_NoChange);
    const bool isOn = has(option, QStyle::State_On) || isPartly;
    const QColor line = themeColor(isEnabled ? ColorRole::Secondary : ColorRole::Line, option->palette);
    const QColor onFill = isEnabled ? themeColor(ColorRole::PrimaryFill, option->palette) : line;
    const QPointF middle = QRectF(option->rect).center();
    QRectF box(0, 0, indicatorExtent, indicatorExtent);
    box.moveCenter(middle);
    box.adjust(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isOn ? onFill : line, 1));
    painter->setBrush(isOn ? onFill : themeColor(isEnabled ? ColorRole::Base : ColorRole::Window, option->palette));
    if (isRound)
        painter->drawEllipse(box);
    else
        painter->drawRoundedRect(box, radius - 1, radius - 1);
    const QColor mark = themeColor(ColorRole::PrimaryText, option->palette);
    painter->setPen(QPen(mark, 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(mark);
    if (isRound && isOn)
        painter->drawEllipse(middle, 2, 2);
    else if (isPartly)
        painter->drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0));
    else if (isOn)
        painter->drawPolyline(QPolygonF({ middle + QPointF(-3.2, 0.2), middle + QPointF(-1, 2.5), middle + QPointF(3.2, -2.4) }));
    painter->restore();
}

} // namespace kindling
