// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/timelineview.h"

#include "app/core/clock.h"
#include "app/models/timelinemodel.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/words.h"
#include "ui/log/timelinepainter.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr double zoomStep = 1.25;
constexpr qint64 marginBefore = 60'000; ///< before the first thing seen, when all is shown
}

TimelineView::TimelineView(TimelineModel* model, Clock& clock, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_clock(clock)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
    const auto onRows = [this] {
        updateGeometries();
        viewport()->update();
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, [this, onRows](const QModelIndex&, int first, int last) {
        if (m_current >= first)
            m_current += last - first + 1;
        onRows();
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this, onRows](const QModelIndex&, int first, int last) {
        if (m_current >= first)
            m_current = m_current > last ? m_current - (last - first + 1) : -1;
        onRows();
    });
    connect(model, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
    m_scale.setNow(clock.now().toMSecsSinceEpoch());
}

void TimelineView::setCurrent(const ItemKey& key)
{
    setCurrentRow(m_model->rowOf(key));
}

void TimelineView::setSpan(qint64 milliseconds)
{
    m_scale.setSpan(milliseconds);
    m_scale.follow();
    onScaled();
}

void TimelineView::zoom(double factor)
{
    m_scale.zoom(factor, TimelineLayout(viewport()->size(), font()).stripsWidth() / 2.0);
    onScaled();
}

void TimelineView::goToNow()
{
    m_scale.follow();
    onScaled();
}

void TimelineView::showAll()
{
    QDateTime first = m_clock.now();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (const QList<TimelineSpan>& spans = m_model->spansAt(row); !spans.isEmpty())
            first = qMin(first, spans.first().from);
    }
    m_scale.setNow(m_clock.now().toMSecsSinceEpoch());
    m_scale.showFrom(first.toMSecsSinceEpoch() - marginBefore);
    onScaled();
}

void TimelineView::onScaled()
{
    viewport()->update();
    Q_EMIT scaleChanged();
}

int TimelineView::rowAt(int y) const
{
    const TimelineLayout layout(viewport()->size(), font());
    if (y < 0 || y >= layout.rowsRect().height())
        return -1;
    const int row = (y + verticalScrollBar()->value()) / layout.rowHeight;
    const bool isPainted = row < m_model->rowCount() && rowTop(row) + layout.rowHeight <= layout.rowsRect().height();
    return isPainted ? row : -1;
}

int TimelineView::rowTop(int row) const
{
    return row * TimelineLayout(viewport()->size(), font()).rowHeight - verticalScrollBar()->value();
}

void TimelineView::paintEvent(QPaintEvent*)
{
    const TimelineLayout layout(viewport()->size(), font());
    QPainter painter(viewport());
    TimelinePainter timeline(painter, *m_model, m_scale, layout, *this);
    const int first = verticalScrollBar()->value() / layout.rowHeight;
    // A sliver of a row at the lower end tells nothing.
    for (int row = first; row < m_model->rowCount() && rowTop(row) + layout.rowHeight <= layout.rowsRect().height(); ++row)
        timeline.paintRow(row, rowTop(row), row == m_current);
    timeline.paintAxis();
}

void TimelineView::updateGeometries()
{
    const TimelineLayout layout(viewport()->size(), font());
    m_scale.setWidth(layout.stripsWidth());
    const int rows = m_model->rowCount() * layout.rowHeight;
    verticalScrollBar()->setRange(0, qMax(0, rows - layout.rowsRect().height()));
    verticalScrollBar()->setPageStep(layout.rowsRect().height());
    verticalScrollBar()->setSingleStep(layout.rowHeight);
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateGeometries();
}

void TimelineView::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    tick();
}

void TimelineView::hideEvent(QHideEvent* event)
{
    QAbstractScrollArea::hideEvent(event);
    m_ticking.cancel();
}

void TimelineView::tick()
{
    m_scale.setNow(m_clock.now().toMSecsSinceEpoch());
    // A strip is not to grow by less than about a pixel.
    const auto pause = std::chrono::milliseconds(qBound(qint64(1000), m_scale.span() / 2000, qint64(30'000)));
    m_ticking = m_clock.after(pause, this, [this] { tick(); });
    viewport()->update();
}

void TimelineView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometries();
}

void TimelineView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (m_current < 0)
        step(1);
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void TimelineView::step(int direction)
{
    int row = m_current + direction;
    while (row >= 0 && row < m_model->rowCount() && !m_model->isItem(row))
        row += direction;
    if (row >= 0 && row < m_model->rowCount())
        setCurrentRow(row);
}

void TimelineView::setCurrentRow(int row)
{
    m_current = row;
    if (row >= 0) {
        const TimelineLayout layout(viewport()->size(), font());
        const int beyond = rowTop(row) + layout.rowHeight - layout.rowsRect().height();
        verticalScrollBar()->setValue(verticalScrollBar()->value() + qMax(0, beyond) + qMin(0, rowTop(row)));
    }
    // Nothing of what is painted can be read out: the row says itself.
    const QList<TimelineSpan> spans = row >= 0 ? m_model->spansAt(row) : QList<TimelineSpan>();
    setAccessibleDescription(spans.isEmpty() ? QString() : describe(row, &spans.last()).replace(u'\n', u' '));
    QAccessibleEvent described(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&described);
    viewport()->update();
}

void TimelineView::activate(int row)
{
    if (row >= 0 && m_model->isItem(row) && !m_model->spansAt(row).isEmpty())
        Q_EMIT itemActivated(m_model->index(row).data(KeyRole).value<ItemKey>(), m_model->spansAt(row).last().from);
}

bool TimelineView::moveThroughTime(int key)
{
    const double page = TimelineLayout(viewport()->size(), font()).stripsWidth() / 8.0;
    switch (key) {
    case Qt::Key_Left:
        m_scale.pan(page);
        onScaled();
        return true;
    case Qt::Key_Right:
        m_scale.pan(-page);
        onScaled();
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(zoomStep);
        return true;
    case Qt::Key_Minus:
        zoom(1 / zoomStep);
        return true;
    case Qt::Key_Home:
        showAll();
        return true;
    case Qt::Key_End:
        goToNow();
        return true;
    default: // any other key is not ours
        return false;
    }
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Up)
        step(-1);
    else if (event->key() == Qt::Key_Down)
        step(1);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        activate(m_current);
    else if (!moveThroughTime(event->key()))
        QAbstractScrollArea::keyPressEvent(event);
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position().toPoint();
    m_draggedTo = event->position().x();
    m_isDragging = false;
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    const QPoint place = event->position().toPoint();
    if (!m_isDragging && (place - m_pressed).manhattanLength() < QApplication::startDragDistance())
        return;
    m_isDragging = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    m_scale.pan(event->position().x() - m_draggedTo);
    m_draggedTo = event->position().x();
    onScaled();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    viewport()->unsetCursor();
    const int row = rowAt(event->position().toPoint().y());
    if (m_isDragging || event->button() != Qt::LeftButton || row < 0 || !m_model->isItem(row))
        return;
    setCurrentRow(row);
    activate(row);
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    const bool isSideways = event->modifiers().testFlag(Qt::ShiftModifier) || qAbs(turned.x()) > qAbs(turned.y());
    const int notches = turned.y() != 0 ? turned.y() : turned.x();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const TimelineLayout layout(viewport()->size(), font());
        m_scale.zoom(std::pow(zoomStep, notches / 120.0), event->position().x() - layout.namesWidth);
        onScaled();
    } else if (isSideways) {
        m_scale.pan(notches);
        onScaled();
    } else {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    event->accept();
}

QString TimelineView::describe(int row, const TimelineSpan* span) const
{
    QStringList lines{ m_model->index(row).data().toString().simplified().left(200) };
    if (span == nullptr)
        return lines.first();
    lines += spanWords(*span);
    const QDateTime until = span->until.isValid() ? span->until : m_clock.now();
    const QString took = durationText(std::chrono::milliseconds(span->from.msecsTo(until)));
    if (span->isEnd())
        lines += exactTime(span->from);
    else if (span->until.isValid())
        lines += tr("%1 to %2 (%3)").arg(exactTime(span->from), clockTime(span->until, span->from.toLocalTime().date()), took);
    else
        lines += tr("since %1 (%2)").arg(exactTime(span->from), took);
    return lines.join(u'\n');
}

QString TimelineView::textAt(QPoint place) const
{
    const int row = rowAt(place.y());
    if (row < 0)
        return {};
    const int x = place.x() - TimelineLayout(viewport()->size(), font()).namesWidth;
    const QList<TimelineSpan>& spans = m_model->spansAt(row);
    if (x < 0 || spans.isEmpty())
        return describe(row, x < 0 && !spans.isEmpty() ? &spans.last() : nullptr);
    const auto [first, last] = visibleSpans(spans, m_scale.timeAt(x - endWidth), m_scale.timeAt(x));
    return describe(row, first < last ? &spans.at(last - 1) : nullptr) + gapText(row, m_scale.timeAt(x));
}

QString TimelineView::gapText(int row, qint64 time) const
{
    for (const TimelineGap& gap : m_model->gapsAt(row)) {
        if (gap.from.toMSecsSinceEpoch() <= time && time < gap.to.toMSecsSinceEpoch())
            return u'\n' + tr("Not watched, as far as is known, from %1 to %2").arg(exactTime(gap.from), clockTime(gap.to, gap.from.toLocalTime().date()));
    }
    return {};
}

bool TimelineView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = textAt(help->pos());
        QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace kindling
