// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/logexcerpt.h"

#include "app/results/ansi.h"
#include "ui/common/flatstyle.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QTextBlock>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestLine = 4000;

/// Would it change how the text around it is laid out?
bool turnsText(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0x200e || code == 0x200f;
}
}

QString shownLine(const LogLine& line)
{
    if (line.isGap)
        return LogExcerpt::tr("──── Lines were not seen here ────");
    QString text = plainText(line.text.left(longestLine));
    for (QChar& c : text) {
        if (turnsText(c))
            c = QChar::ReplacementCharacter;
        else if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return line.text.size() > longestLine ? text + u" …"_s : text;
}

LogExcerpt::LogExcerpt(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFont(codeFont());
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    document()->setDocumentMargin(fieldPadding - 1);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::StyledPanel);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void LogExcerpt::showLines(const QList<LogLine>& lines, const QList<qsizetype>& marked)
{
    QStringList texts;
    for (const LogLine& line : lines)
        texts += shownLine(line);
    m_marked = marked;
    setPlainText(texts.join(u'\n'));
    QTextCursor cursor(document());
    cursor.setPosition(document()->findBlockByNumber(static_cast<int>(marked.value(0, lines.size() - 1))).position());
    setTextCursor(cursor);
    paintMarks();
    if (!marked.isEmpty())
        centerCursor();
}

void LogExcerpt::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintMarks();
}

void LogExcerpt::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    ensureCursorVisible();
}

void LogExcerpt::paintMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const qsizetype line : std::as_const(m_marked)) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document()->findBlockByNumber(static_cast<int>(line)));
        mark.format.setBackground(themeColor(ColorRole::MarkBackground, palette()));
        mark.format.setForeground(themeColor(ColorRole::Text, palette()));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks += mark;
    }
    setExtraSelections(marks);
}

} // namespace kindling
