// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logview.h"

#include "app/text/shownline.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>
#include <limits>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 12;
constexpr int top = 4;
/// Work for one line of what is seen; a search does more.
constexpr quint32 paintSteps = 20'000;
constexpr qsizetype mostCopied = 16 * 1024 * 1024;

int clampToInt(qsizetype value)
{
    return static_cast<int>(std::clamp<qsizetype>(value, 0, std::numeric_limits<int>::max()));
}

bool isWordByte(char c)
{
    // a path, an address, a class or an application id is one word
    return static_cast<uchar>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("_-./:$@").contains(c);
}
}

LogView::LogView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_log(new LogDocument(this))
    , m_grid(codeFont())
{
    AccessibleLog::install();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(codeFont());
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setCursor(Qt::IBeamCursor);
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setSingleStep(4);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::onScrolled);
    connect(m_log, &LogDocument::changed, this, &LogView::onChanged);
    connect(m_log, &LogDocument::searched, this, &LogView::onSearched);
}

LogView::~LogView() = default;

int LogView::pageRows() const
{
    return qMax(1, (viewport()->height() - 2 * top) / m_grid.rowHeight);
}

void LogView::updateScrollBars()
{
    const QScopedValueRollback<bool> adjusting(m_isAdjusting, true);
    const int width = viewport()->width() - 2 * side;
    const int columns = qMax(1, static_cast<int>(width / m_grid.columnWidth));
    m_grid.columns = columns + 3; // the margin as well, and what is seen in part
    verticalScrollBar()->setPageStep(pageRows());
    verticalScrollBar()->setRange(0, clampToInt(m_log->placeCount() - pageRows()));
    horizontalScrollBar()->setPageStep(columns);
    horizontalScrollBar()->setRange(0, clampToInt(m_log->text().longest() - columns));
    verticalScrollBar()->setValue(m_isFollowing ? verticalScrollBar()->maximum() : clampToInt(m_log->placeOf(m_topRow)));
    m_announcer.tellText();
}

void LogView::onChanged()
{
    if (m_selection.currentRow() >= m_log->text().rowCount())
        m_selection.clear();
    if (m_pressed.row >= m_log->text().rowCount())
        m_pressed = {};
    if (m_log->text().rowCount() == 0)
        m_topRow = 0;
    updateScrollBars();
    viewport()->update();
}

void LogView::onSearched()
{
    if (m_pattern != m_log->filter().pattern) {
        m_pattern = m_log->filter().pattern;
        m_matcher = m_pattern ? std::make_unique<TextMatcher>(m_pattern, paintSteps) : nullptr;
    }
    viewport()->update();
}

void LogView::replaceText(const LogText& text, qsizetype earlier)
{
    m_topRow += earlier;
    m_selection.shift(earlier);
    if (m_pressed.row >= 0)
        m_pressed.row += earlier;
    m_log->setText(text);
}

void LogView::setFollowing(bool isFollowing)
{
    m_isFollowing = isFollowing;
    updateScrollBars();
}

void LogView::onScrolled()
{
    const bool isAtEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    if (!m_isAdjusting) {
        const qsizetype place = verticalScrollBar()->value();
        m_topRow = place < m_log->placeCount() ? m_log->rowAt(place) : 0;
    }
    if (!m_isAdjusting && isAtEnd != m_isFollowing) {
        m_isFollowing = isAtEnd;
        Q_EMIT followingChanged(isAtEnd);
    }
    viewport()->update();
    if (!m_isAdjusting)
        m_announcer.tellText();
}

void LogView::showRow(qsizetype row)
{
    if (row < 0 || row >= m_log->text().rowCount())
        return;
    m_selection.selectLine(row);
    const qsizetype place = m_log->placeOf(row);
    const int first = verticalScrollBar()->value();
    if (place < first || place >= first + pageRows())
        verticalScrollBar()->setValue(clampToInt(place - pageRows() / 3));
    selectionChanged();
}

void LogView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    m_grid.firstColumn = horizontalScrollBar()->value();
    LogLinePainter lines(painter, m_grid, palette());
    const qsizetype first = verticalScrollBar()->value();
    const qsizetype last = qMin<qsizetype>(m_log->placeCount(), first + pageRows() + 2);
    for (qsizetype place = first; place < last; ++place) {
        const QRect box(0, top + static_cast<int>(place - first) * m_grid.rowHeight, viewport()->width(), m_grid.rowHeight);
        if (box.intersects(event->rect()))
            lines.paint(*m_log, m_log->rowAt(place), box, m_selection, m_matcher.get());
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
        m_grid = LogGrid(font());
        updateScrollBars();
    }
}

qsizetype LogView::lineAt(int y) const
{
    // rounded down also above the top, where dragging scrolls
    const int rows = y >= top ? (y - top) / m_grid.rowHeight : (y - top) / m_grid.rowHeight - 1;
    const qsizetype last = m_log->placeCount() - 1;
    return last < 0 ? -1 : std::clamp<qsizetype>(verticalScrollBar()->value() + rows, 0, last);
}

LogPlace LogView::characterAt(const QPoint& where) const
{
    const qsizetype place = lineAt(where.y());
    if (place < 0)
        return {};
    const qsizetype row = m_log->rowAt(place);
    const LogRow line = m_log->text().row(row);
    const QString shown = shownText(line, horizontalScrollBar()->value(), m_grid.columns);
    QTextLayout layout(shown, m_grid.font);
    QTextOption option;
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    const QTextLine seen = layout.createLine();
    layout.endLayout();
    const qsizetype unit = seen.isValid() ? seen.xToCursor(where.x() - side) : 0;
    return { row, byteAt(line, horizontalScrollBar()->value() + shown.first(unit).toUcs4().size()) };
}

QRect LogView::boxOf(const LogPlace& character) const
{
    const LogRow line = m_log->text().row(character.row);
    const QString shown = shownText(line, horizontalScrollBar()->value(), m_grid.columns);
    const qsizetype unit = unitAt(shown, columnAt(line, character.byte) - horizontalScrollBar()->value());
    const qsizetype below = m_log->placeOf(character.row) - verticalScrollBar()->value();
    const double left = side + m_grid.metrics.horizontalAdvance(shown.first(unit));
    return QRectF(left, top + static_cast<double>(below) * m_grid.rowHeight, m_grid.columnWidth, m_grid.rowHeight).toAlignedRect();
}

qsizetype LogView::currentPlace() const
{
    return m_selection.currentRow() < 0 ? verticalScrollBar()->value() : m_log->placeOf(m_selection.currentRow());
}

void LogView::scrollTo(qsizetype place)
{
    const qsizetype first = verticalScrollBar()->value();
    if (place < first)
        verticalScrollBar()->setValue(clampToInt(place));
    else if (place >= first + pageRows())
        verticalScrollBar()->setValue(clampToInt(place - pageRows() + 1));
}

void LogView::moveTo(qsizetype place, bool extends)
{
    if (m_log->placeCount() == 0)
        return;
    const qsizetype row = m_log->rowAt(std::clamp<qsizetype>(place, 0, m_log->placeCount() - 1));
    if (extends)
        m_selection.extendToLine(row);
    else
        m_selection.selectLine(row);
    scrollTo(m_log->placeOf(row));
    selectionChanged();
}

void LogView::selectionChanged()
{
    viewport()->update();
    m_announcer.tellSelection();
}

SeenText LogView::seenText() const
{
    return SeenText(*m_log, verticalScrollBar()->value(), pageRows());
}

void LogView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = characterAt(event->position().toPoint());
    if (m_pressed.row >= 0)
        moveTo(m_log->placeOf(m_pressed.row), event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogView::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton) || m_pressed.row < 0)
        return;
    const LogPlace place = characterAt(event->position().toPoint());
    if (place.row < 0 || (place == m_pressed && m_selection.holdsLine(m_pressed.row)))
        return;
    scrollTo(m_log->placeOf(place.row));
    select(m_pressed, place);
}

void LogView::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept();
}

void LogView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const LogPlace place = characterAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || place.row < 0)
        return;
    const QByteArrayView text = m_log->text().row(place.row).text;
    qsizetype begin = place.byte;
    qsizetype end = place.byte;
    while (begin > 0 && isWordByte(text.at(begin - 1)))
        --begin;
    while (end < text.size() && isWordByte(text.at(end)))
        ++end;
    select({ place.row, begin }, { place.row, end });
}

bool LogView::moveBy(QKeyEvent* event)
{
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    const qsizetype from = currentPlace();
    switch (event->key()) {
    case Qt::Key_Up:
        moveTo(from - 1, extends);
        return true;
    case Qt::Key_Down:
        moveTo(from + 1, extends);
        return true;
    case Qt::Key_PageUp:
        moveTo(from - pageRows(), extends);
        return true;
    case Qt::Key_PageDown:
        moveTo(from + pageRows(), extends);
        return true;
    case Qt::Key_Home:
        moveTo(0, extends);
        return true;
    case Qt::Key_End:
        moveTo(m_log->placeCount() - 1, extends);
        return true;
    default: // any other key is not ours
        return false;
    }
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (!moveBy(event))
        QAbstractScrollArea::keyPressEvent(event);
}

void LogView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* copyAct = menu->addAction(tr("&Copy"));
    copyAct->setEnabled(!m_selection.isEmpty());
    connect(copyAct, &QAction::triggered, this, &LogView::copy);
    connect(menu->addAction(tr("Select &all")), &QAction::triggered, this, &LogView::selectAll);
    menu->addSeparator();
    connect(menu->addAction(tr("&Save…")), &QAction::triggered, this, &LogView::saveWanted);
    menu->popup(event->globalPos());
}

void LogView::selectAll()
{
    const qsizetype count = m_log->placeCount();
    if (count > 0)
        m_selection.selectLines(m_log->rowAt(0), m_log->rowAt(count - 1));
    selectionChanged();
}

void LogView::select(const LogPlace& anchor, const LogPlace& cursor)
{
    m_selection.selectCharacters(anchor, cursor);
    selectionChanged();
}

QString LogView::selectedText() const
{
    return m_selection.text(*m_log, mostCopied).value_or(QString());
}

void LogView::copy()
{
    if (m_selection.isEmpty())
        return;
    if (const auto text = m_selection.text(*m_log, mostCopied))
        QGuiApplication::clipboard()->setText(*text);
    else
        Q_EMIT copyRefused();
}

} // namespace kindling
