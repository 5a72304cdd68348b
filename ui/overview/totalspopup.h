// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QTableWidget;

namespace kindling {

struct ItemTotal;
struct ItemTotals;

/// What the rows that are shown come to: by owner and by queue what they hold, by state how many they are.
class TotalsPopup final : public QFrame {
    Q_OBJECT
public:
    explicit TotalsPopup(QWidget* parent);

    void setTotals(const ItemTotals& totals);
    /// Opens below `anchor`, as large as its rows need.
    void openBelow(const QWidget* anchor);

private:
    void addSection(const QString& title, const QList<ItemTotal>& totals, const QString& nameless);
    void fitColumns();
    void addRow(const QString& name, const ItemTotal& total, bool isBold);

    QTableWidget* m_table;
};

} // namespace kindling
