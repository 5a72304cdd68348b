// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elidedlabel.h"

#include "ui/common/plaintooltip.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPainter>
#include <QStyle>

namespace kindling {

namespace {
constexpr qsizetype fewestLetters = 5; ///< with the ellipsis
}

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString& text)
{
    const QString line = text.section(u'\n', 0, 0);
    if (line == m_text && !accessibleName().isNull())
        return;
    m_text = line;
    setAccessibleName(m_text);
    updateToolTip();
    updateGeometry();
    update();
}

void ElidedLabel::setColorRole(ColorRole role)
{
    m_role = role;
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins margins = contentsMargins();
    return { fontMetrics().horizontalAdvance(m_text) + 2 + margins.left() + margins.right(), fontMetrics().height() };
}

QSize ElidedLabel::minimumSizeHint() const
{
    return { qMin(fontMetrics().averageCharWidth() * 4, sizeHint().width()), fontMetrics().height() };
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QColor color = themeColor(m_role, palette());
    if (!isEnabled())
        color = palette().color(QPalette::Disabled, QPalette::WindowText);
    painter.setPen(color);
    const int flags = static_cast<int>((m_alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter) | Qt::TextSingleLine;
    const QRect inner = contentsRect();
    const QString shown = fontMetrics().elidedText(m_text, m_mode, inner.width());
    if (shown == m_text || shown.size() >= fewestLetters)
        painter.drawText(inner, flags, shown);
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateToolTip();
}

void ElidedLabel::updateToolTip()
{
    const bool isCut = fontMetrics().horizontalAdvance(m_text) > contentsRect().width();
    setToolTip(isCut ? plainToolTip(m_text) : QString());
}

RoleLabel::RoleLabel(const QString& text, ColorRole role, QWidget* parent)
    : QLabel(parent)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::WindowText); // else on a parent's base it would be inked as that is
    setText(text);
    updateColor();
}

void RoleLabel::setColorRole(ColorRole role)
{
    m_role = role;
    updateColor();
}

void RoleLabel::setBackground(ColorRole role)
{
    m_background = role;
    setAutoFillBackground(true);
    setContentsMargins(6, 2, 6, 2);
    updateColor();
}

void RoleLabel::setSmall()
{
    setFont(secondaryFont(font()));
}

void RoleLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
        updateColor();
}

void RoleLabel::updateColor()
{
    // Compared first: setting a palette sends PaletteChange again.
    // The parent's colours decide, since this label's own are no hint at the theme any more.
    const QPalette theme = parentWidget() ? parentWidget()->palette() : QGuiApplication::palette();
    const QColor ink = themeColor(m_role, theme);
    const QColor paper = themeColor(m_background.value_or(ColorRole::Window), theme);
    const bool isInked = palette().color(QPalette::Active, QPalette::WindowText) == ink;
    if (isInked && (!m_background || palette().color(QPalette::Active, QPalette::Window) == paper))
        return;
    QPalette own;
    for (const auto group : { QPalette::Active, QPalette::Inactive }) {
        own.setColor(group, QPalette::WindowText, ink);
        if (m_background)
            own.setColor(group, QPalette::Window, paper);
    }
    setPalette(own);
}

} // namespace kindling
