// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellscroll.h"

#include "ui/notebook/cellcolumn.h"
#include "ui/notebook/cellview.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr int revealMargin = 16;
/// A body may be lower than it was thought to be, so that more comes into view; but not without end.
constexpr int mostRounds = 8;
constexpr qint64 aheadSlice = 5; ///< milliseconds
}

CellScroll::CellScroll(CellColumn* column, QWidget* parent)
    : QScrollArea(parent)
    , m_column(column)
{
    setObjectName(u"notebookScroll"_s);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    verticalScrollBar()->setSingleStep(24);
    m_ahead.setInterval(0);
    connect(&m_ahead, &QTimer::timeout, this, &CellScroll::makeAhead);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (m_isSettling)
            return;
        hold();
        makeVisible();
    });
    setWidget(column);
}

QRect CellScroll::seen() const
{
    return viewport()->rect().translated(-m_column->pos());
}

void CellScroll::reveal(const QRect& rect)
{
    QScrollBar* bar = verticalScrollBar();
    const int height = viewport()->height();
    if (rect.top() - revealMargin < bar->value() || rect.height() > height)
        bar->setValue(rect.top() - revealMargin);
    else if (rect.bottom() + revealMargin > bar->value() + height)
        bar->setValue(rect.bottom() + revealMargin - height);
}

bool CellScroll::eventFilter(QObject* watched, QEvent* event)
{
    const bool isUsed = QScrollArea::eventFilter(watched, event);
    if (watched == m_column && event->type() == QEvent::LayoutRequest)
        settle();
    return isUsed;
}

void CellScroll::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    settle();
    // A message that comes above the cells must not push out the one that is worked on.
    const CellView* current = m_column->view(m_column->currentId());
    const QRect before(0, verticalScrollBar()->value(), width(), event->oldSize().height());
    if (current && event->size().height() < before.height() && before.contains(QRect(0, current->y(), 1, current->height())))
        reveal(current->geometry());
}

void CellScroll::hold()
{
    const int top = verticalScrollBar()->value();
    // A cell that gets its widgets now may change its height, and would move what is below it.
    const CellView* first = top > 0 ? m_column->firstWithin(top, top + viewport()->height()) : nullptr;
    m_anchor = first ? first->id() : CellId();
    m_offset = first ? top - first->y() : 0;
}

void CellScroll::restore()
{
    if (const CellView* first = m_column->view(m_anchor))
        verticalScrollBar()->setValue(first->y() + m_offset);
}

void CellScroll::settle()
{
    if (m_isSettling)
        return;
    {
        const QScopedValueRollback guard(m_isSettling, true);
        m_column->placeNow();
        restore();
    }
    makeVisible();
}

void CellScroll::makeVisible()
{
    const QScopedValueRollback guard(m_isSettling, true);
    for (int round = 0; round < mostRounds && m_column->makeBodies(seen(), m_column->cellCount()); ++round) {
        m_column->placeNow();
        restore();
    }
    m_ahead.start();
}

// A few at a time, so that the window never waits for what nobody sees yet.
void CellScroll::makeAhead()
{
    const QScopedValueRollback guard(m_isSettling, true);
    const int room = viewport()->height();
    const QRect near = seen().adjusted(0, -room, 0, room);
    QElapsedTimer spent;
    spent.start();
    bool isMade = isVisible();
    bool isChanged = false;
    while (isMade && spent.elapsed() < aheadSlice) {
        isMade = m_column->makeBodies(near, 1);
        isChanged = isChanged || isMade;
    }
    if (!isMade)
        m_ahead.stop();
    if (!isChanged)
        return;
    m_column->placeNow();
    restore();
}

} // namespace kindling
