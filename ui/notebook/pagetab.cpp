// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/pagetab.h"

#include "ui/common/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr int side = 8;
}

PageTab::PageTab(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setObjectName(u"pageTab"_s);
    setAccessibleName(text);
    setCheckable(true);
    setFont(secondaryFont(font()));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

QSize PageTab::sizeHint() const
{
    QFont bold = font();
    bold.setBold(true);
    return { QFontMetrics(bold).horizontalAdvance(text()) + 2 * side, fontMetrics().height() + 12 };
}

void PageTab::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont shown = font();
    shown.setBold(isChecked());
    painter.setFont(shown);
    painter.setPen(themeColor(isChecked() || underMouse() ? ColorRole::Text : ColorRole::Secondary, palette()));
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    if (isChecked())
        painter.fillRect(QRect(side / 2, height() - 2, width() - side, 2), themeColor(ColorRole::Accent, palette()));
    if (hasFocus()) {
        painter.setPen(themeColor(ColorRole::Accent, palette()));
        painter.drawRect(rect().adjusted(1, 2, -2, -4));
    }
}

} // namespace kindling
