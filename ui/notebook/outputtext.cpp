// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/outputtext.h"

#include "app/results/ansi.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QWheelEvent>

#include <utility>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {

constexpr int shownLines = 24;
constexpr qsizetype longestText = 2'000'000;
constexpr qsizetype longestLine = 10'000;
constexpr int mostLines = 10'000;

/// Terminal colours are meant for a terminal; the theme's nearest one stays readable on both backgrounds.
QColor inkOf(const AnsiColor& color, const QPalette& palette)
{
    if (color.type != AnsiColor::Type::Indexed || color.value > 15)
        return {};
    constexpr ColorRole named[] = { ColorRole::Secondary, ColorRole::Bad, ColorRole::Good, ColorRole::Waiting, ColorRole::Active,
        ColorRole::AnsiMagenta, ColorRole::Active, ColorRole::Text };
    return themeColor(named[color.value % 8], palette);
}

QTextCharFormat formatOf(const AnsiStyle& style, const QPalette& palette)
{
    QTextCharFormat format;
    const QColor ink = inkOf(style.foreground, palette);
    if (ink.isValid())
        format.setForeground(ink);
    if (style.background.type != AnsiColor::Type::Default)
        format.setBackground(themeColor(ColorRole::MarkBackground, palette));
    if (style.isBold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(style.isItalic);
    format.setFontUnderline(style.isUnderlined);
    return format;
}

}

ShownText cutToShow(const QString& text)
{
    ShownText shown;
    const QStringView whole = QStringView(text).left(longestText);
    shown.isCut = whole.size() < text.size();
    int lines = 0;
    qsizetype from = 0;
    while (from < whole.size() && lines < mostLines) {
        qsizetype to = whole.indexOf(u'\n', from);
        to = to < 0 ? whole.size() : to;
        const QStringView line = whole.mid(from, to - from);
        shown.isCut = shown.isCut || line.size() > longestLine;
        if (lines++ > 0)
            shown.text += u'\n';
        shown.text += line.left(longestLine);
        from = to + 1;
    }
    shown.isCut = shown.isCut || from < whole.size();
    return shown;
}

OutputText::OutputText(const QString& ansiText, const QString& label, QWidget* parent)
    : QPlainTextEdit(parent)
{
    setObjectName(u"outputText"_s);
    setAccessibleName(label);
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFont(codeFont());
    document()->setDocumentMargin(0);
    setViewportMargins(12, 6, 12, 6);
    const ShownText shown = cutToShow(ansiText);
    m_isCut = shown.isCut;
    m_source = shown.text;
    fill();
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, &OutputText::fitHeight);
}

void OutputText::fill()
{
    clear();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    // Colours that look alike here are one piece of the document, which takes long to build from many.
    QString run;
    QTextCharFormat look;
    for (const AnsiSpan& span : parseAnsi(m_source)) {
        const QTextCharFormat format = formatOf(span.style, palette());
        if (format != look)
            cursor.insertText(std::exchange(run, {}), look);
        look = format;
        run += span.text;
    }
    cursor.insertText(run, look);
    cursor.endEditBlock();
    // One line feed at the end is how printed text ends, not an empty line.
    if (document()->blockCount() > 1 && document()->lastBlock().text().isEmpty()) {
        cursor.movePosition(QTextCursor::End);
        cursor.deletePreviousChar();
    }
    moveCursor(QTextCursor::Start);
    fitHeight();
}

void OutputText::fitHeight()
{
    const QMargins margins = viewportMargins();
    const QScrollBar* bar = horizontalScrollBar();
    const int barHeight = bar->maximum() > 0 ? bar->sizeHint().height() : 0;
    const int lines = qMin(document()->blockCount(), shownLines);
    const int height = lines * fontMetrics().lineSpacing() + margins.top() + margins.bottom() + barHeight + 1;
    if (height != maximumHeight())
        setFixedHeight(height);
}

void OutputText::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

void OutputText::wheelEvent(QWheelEvent* event)
{
    // Where everything is shown, the wheel belongs to the notebook.
    if (verticalScrollBar()->maximum() > 0 || event->angleDelta().x() != 0)
        QPlainTextEdit::wheelEvent(event);
    else
        event->ignore();
}

void OutputText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

} // namespace kindling
