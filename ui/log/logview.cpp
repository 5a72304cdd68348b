// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logview.h"

#include "ui/common/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 12;
constexpr int top = 4;

ColorRole colorOf(const LogLines::Line& line)
{
    if (line.isGap)
        return ColorRole::Secondary;
    switch (line.level) {
    case LogLevel::Warning: return ColorRole::Waiting;
    case LogLevel::Error: return ColorRole::Bad;
    case LogLevel::Plain: break;
    }
    return ColorRole::Text;
}

int clampToInt(qsizetype value)
{
    return static_cast<int>(std::clamp<qsizetype>(value, 0, std::numeric_limits<int>::max()));
}
}

LogView::LogView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(codeFont());
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setCursor(Qt::IBeamCursor);
    setupMetrics();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::onScrolled);
}

void LogView::setupMetrics()
{
    const QFontMetrics metrics(font());
    m_rowHeight = metrics.height() + 2;
    m_charWidth = qMax(1, metrics.horizontalAdvance(u'0'));
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setSingleStep(4);
}

int LogView::pageRows() const
{
    return qMax(1, (viewport()->height() - 2 * top) / m_rowHeight);
}

void LogView::updateScrollBars()
{
    const QScopedValueRollback<bool> adjusting(m_isAdjusting, true);
    const int columns = qMax(1, (viewport()->width() - 2 * side) / m_charWidth);
    verticalScrollBar()->setPageStep(pageRows());
    verticalScrollBar()->setRange(0, clampToInt(m_lines.rowCount() - pageRows()));
    horizontalScrollBar()->setPageStep(columns);
    horizontalScrollBar()->setRange(0, clampToInt(m_lines.longest() - columns));
    if (m_isFollowing)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::linesChanged()
{
    if (m_anchor >= m_lines.rowCount() || m_cursor >= m_lines.rowCount())
        m_anchor = m_cursor = -1;
    updateScrollBars();
    viewport()->update();
}

void LogView::setFollowing(bool isFollowing)
{
    m_isFollowing = isFollowing;
    updateScrollBars();
}

void LogView::onScrolled()
{
    const bool isAtEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    if (!m_isAdjusting && isAtEnd != m_isFollowing) {
        m_isFollowing = isAtEnd;
        Q_EMIT followingChanged(isAtEnd);
    }
    viewport()->update();
}

void LogView::showRow(qsizetype row)
{
    if (row < 0 || row >= m_lines.rowCount())
        return;
    m_anchor = m_cursor = row;
    const int first = verticalScrollBar()->value();
    if (row < first || row >= first + pageRows())
        verticalScrollBar()->setValue(clampToInt(row - pageRows() / 3));
    viewport()->update();
}

void LogView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    painter.setFont(font());
    const qsizetype first = verticalScrollBar()->value();
    const qsizetype last = qMin<qsizetype>(m_lines.rowCount(), first + pageRows() + 2);
    for (qsizetype row = first; row < last; ++row) {
        const QRect box(0, top + static_cast<int>(row - first) * m_rowHeight, viewport()->width(), m_rowHeight);
        if (box.intersects(event->rect()))
            paintRow(painter, row, box);
    }
}

void LogView::paintRow(QPainter& painter, qsizetype row, const QRect& box) const
{
    const LogLines::Line& line = m_lines.at(row);
    const bool isSelected = m_anchor >= 0 && row >= qMin(m_anchor, m_cursor) && row <= qMax(m_anchor, m_cursor);
    if (isSelected)
        painter.fillRect(box, palette().color(QPalette::Highlight));
    const QRect text = box.adjusted(side, 0, -side / 2, 0);
    // Only what can be seen is laid out: a line may be megabytes long.
    const int columns = text.width() / m_charWidth + 2;
    const QString shown = line.isGap ? line.text : line.text.mid(horizontalScrollBar()->value(), columns);
    if (!line.isGap && !m_lines.search().isEmpty())
        paintMatches(painter, shown, text);
    const bool isForeign = isSelected && toneOf(palette()) == ThemeTone::HighContrast;
    painter.setPen(isForeign ? palette().color(QPalette::HighlightedText) : themeColor(colorOf(line), palette()));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, shown);
}

void LogView::paintMatches(QPainter& painter, const QString& shown, const QRect& box) const
{
    const QFontMetrics metrics(font());
    const QString& needle = m_lines.search();
    for (qsizetype at = shown.indexOf(needle, 0, Qt::CaseInsensitive); at >= 0;
         at = shown.indexOf(needle, at + needle.size(), Qt::CaseInsensitive)) {
        const int left = metrics.horizontalAdvance(shown.first(at));
        const int width = metrics.horizontalAdvance(shown.mid(at, needle.size()));
        painter.fillRect(QRect(box.left() + left, box.top(), width, box.height()), themeColor(ColorRole::MarkBackground, palette()));
    }
}

void LogView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void LogView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        setupMetrics();
        updateScrollBars();
    }
}

qsizetype LogView::rowAt(const QPoint& where) const
{
    const qsizetype row = verticalScrollBar()->value() + (where.y() - top) / m_rowHeight;
    return qBound<qsizetype>(-1, row, m_lines.rowCount() - 1);
}

void LogView::moveCursor(qsizetype row, bool extends)
{
    m_cursor = qBound<qsizetype>(-1, row, m_lines.rowCount() - 1);
    if (!extends || m_anchor < 0)
        m_anchor = m_cursor;
    const qsizetype first = verticalScrollBar()->value();
    if (m_cursor >= 0 && m_cursor < first)
        verticalScrollBar()->setValue(clampToInt(m_cursor));
    else if (m_cursor >= first + pageRows())
        verticalScrollBar()->setValue(clampToInt(m_cursor - pageRows() + 1));
    viewport()->update();
}

void LogView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        moveCursor(rowAt(event->position().toPoint()), event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogView::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        moveCursor(rowAt(event->position().toPoint()), true);
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    const qsizetype from = m_cursor >= 0 ? m_cursor : verticalScrollBar()->value();
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (event->key() == Qt::Key_Up)
        moveCursor(qMax<qsizetype>(0, from - 1), extends);
    else if (event->key() == Qt::Key_Down)
        moveCursor(from + 1, extends);
    else if (event->key() == Qt::Key_PageUp)
        moveCursor(qMax<qsizetype>(0, from - pageRows()), extends);
    else if (event->key() == Qt::Key_PageDown)
        moveCursor(from + pageRows(), extends);
    else if (event->key() == Qt::Key_Home)
        moveCursor(0, extends);
    else if (event->key() == Qt::Key_End)
        moveCursor(m_lines.rowCount() - 1, extends);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void LogView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* copyAct = menu->addAction(tr("&Copy"));
    copyAct->setEnabled(m_anchor >= 0);
    connect(copyAct, &QAction::triggered, this, &LogView::copy);
    connect(menu->addAction(tr("Select &all")), &QAction::triggered, this, &LogView::selectAll);
    menu->popup(event->globalPos());
}

void LogView::selectAll()
{
    m_anchor = m_lines.rowCount() > 0 ? 0 : -1;
    m_cursor = m_lines.rowCount() - 1;
    viewport()->update();
}

QString LogView::selectedText() const
{
    if (m_anchor < 0)
        return {};
    QStringList selected;
    for (qsizetype row = qMin(m_anchor, m_cursor); row <= qMax(m_anchor, m_cursor); ++row)
        selected += m_lines.at(row).isGap ? tr("[lines not seen]") : m_lines.at(row).text;
    return selected.join(u'\n');
}

void LogView::copy() const
{
    if (m_anchor >= 0)
        QGuiApplication::clipboard()->setText(selectedText());
}

} // namespace kindling
