// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QFrame>

class QTableWidget;

namespace kindling {

class ItemsFilter;
class RequestedSizes;
struct ItemTotal;
struct ItemTotals;

/// What the rows that are shown come to: by owner and by queue what they hold, by state how many they are. Goes with
/// them while it is open.
class TotalsPopup final : public QFrame {
    Q_OBJECT
public:
    TotalsPopup(const ItemsFilter* shown, RequestedSizes* requested, Clock& clock, QWidget* parent);

    /// Opens below `anchor`, as large as its rows need.
    void openBelow(const QWidget* anchor);

protected:
    void hideEvent(QHideEvent* event) override;

private:
    struct Line {
        QStringList texts; ///< one alone: of a heading
        bool isBold = false;
    };
    void setupTable();
    void connectSources();
    void schedule();
    void refill();
    [[nodiscard]] static QList<Line> linesOf(const ItemTotals& totals);
    static void addSection(QList<Line>& lines, const QString& title, const QList<ItemTotal>& totals, const QString& nameless);
    void showLine(int row, const Line& line);
    void fitColumns();
    /// Grows to what the rows need, as far as the screen goes.
    void fit();

    const ItemsFilter* m_shown;
    RequestedSizes* m_requested;
    Clock& m_clock;
    QTableWidget* m_table;
    QPoint m_place; ///< of the upper left corner, on the screen
    RequestHandle m_next;
    bool m_isScheduled = false;
};

} // namespace kindling
