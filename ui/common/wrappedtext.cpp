// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/wrappedtext.h"

#include "ui/common/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QWheelEvent>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int narrowest = 120;
constexpr int markMargin = 4;
}

WrappedText::WrappedText(QWidget* parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setAcceptRichText(false);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::ClickFocus);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void WrappedText::setText(const QString& text)
{
    if (text == toPlainText())
        return;
    setPlainText(text);
    setAccessibleName(text);
    updateGeometry();
}

void WrappedText::setMarked()
{
    m_isMarked = true;
    document()->setDocumentMargin(markMargin);
    updateGeometry();
}

QSizeF WrappedText::laidOut(double width) const
{
    // The widget's own document keeps the width that it has now.
    QTextDocument measure;
    measure.setDefaultFont(font());
    measure.setDocumentMargin(document()->documentMargin());
    measure.setDefaultTextOption(document()->defaultTextOption());
    measure.setPlainText(toPlainText());
    measure.setTextWidth(width);
    return { measure.idealWidth(), measure.size().height() };
}

int WrappedText::longestLine() const
{
    return qCeil(laidOut(-1).width()) + 1;
}

int WrappedText::heightForWidth(int width) const
{
    return qCeil(laidOut(qMax(width, 1)).height());
}

QSize WrappedText::sizeHint() const
{
    const int width = qMax(longestLine(), narrowest);
    return { width, heightForWidth(width) };
}

QSize WrappedText::minimumSizeHint() const
{
    return { qMin(narrowest, longestLine()), fontMetrics().height() + 2 * qCeil(document()->documentMargin()) };
}

void WrappedText::paintEvent(QPaintEvent* event)
{
    if (m_isMarked)
        QPainter(viewport()).fillRect(event->rect(), themeColor(ColorRole::MarkBackground, palette()));
    QTextEdit::paintEvent(event);
}

void WrappedText::changeEvent(QEvent* event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

void WrappedText::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // all of it is in sight; what it stands in may scroll
}

} // namespace kindling
