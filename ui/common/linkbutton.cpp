// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/linkbutton.h"

#include "ui/common/theme.h"

#include <QPainter>

namespace kindling {

LinkButton::LinkButton(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text.simplified());
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
}

QSize LinkButton::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height() };
}

QSize LinkButton::minimumSizeHint() const
{
    return { qMin(sizeHint().width(), 12 * fontMetrics().averageCharWidth()), fontMetrics().height() };
}

void LinkButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont shown = font();
    shown.setUnderline(underMouse() || hasFocus());
    painter.setFont(shown);
    painter.setPen(themeColor(ColorRole::Active, palette()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        fontMetrics().elidedText(text(), Qt::ElideRight, width()));
}

} // namespace kindling
