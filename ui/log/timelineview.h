// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/requesthandle.h"
#include "ui/log/timescale.h"

#include <QAbstractScrollArea>

namespace kindling {

class Clock;
class TimelineModel;
struct TimelineSpan;

/// Paints a TimelineModel: names at the left, strips over time, the hours below. Only the rows and the stretch of time
/// that are visible are painted. Ctrl+wheel, + and - zoom; drag, Shift+wheel, Left and Right move through time; Home
/// shows all, End goes to now; Up, Down and Enter choose a row.
class TimelineView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    TimelineView(TimelineModel* model, Clock& clock, QWidget* parent = nullptr);

    /// Marks the row of that item, if it has one.
    void setCurrent(const ItemKey& key);
    [[nodiscard]] const TimeScale& scale() const { return m_scale; }
    void setSpan(qint64 milliseconds);
    void zoom(double factor);
    void goToNow();
    void showAll();
    /// What the row under a place of the viewport is, and what it was at that time: lines of plain text.
    [[nodiscard]] QString textAt(QPoint place) const;

Q_SIGNALS:
    /// `when`: it lived then.
    void itemActivated(const kindling::ItemKey& key, const QDateTime& when);
    /// What is shown of time, or whether it follows now.
    void scaleChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void updateGeometries();
    void onScaled();
    void tick();
    void step(int direction);
    void setCurrentRow(int row);
    void activate(int row);
    bool moveThroughTime(int key);
    [[nodiscard]] QString describe(int row, const TimelineSpan* span) const;
    /// A line that says so where nobody watched then; else empty.
    [[nodiscard]] QString gapText(int row, qint64 time) const;
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] int rowTop(int row) const;

    TimelineModel* m_model;
    Clock& m_clock;
    RequestHandle m_ticking;
    TimeScale m_scale;
    int m_current = -1;
    QPoint m_pressed;
    double m_draggedTo = 0;
    bool m_isDragging = false;
};

} // namespace kindling
