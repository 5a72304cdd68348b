// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QTableView;

namespace kindling {

/// How wide a column may become by itself.
struct ColumnLimit {
    int letters = 0;
    bool isWhole = false; ///< it gives no room to others where room is short
};

/// Makes the columns of a table as wide as what is in sight of them, until a person drags one. At first exactly, later
/// only wider. Where not all of it has room, those that may give are cut, down to the widths that the table had before.
/// Reads a screenful of rows at most, and only while the table is seen.
class ColumnFit final : public QObject {
    Q_OBJECT
public:
    /// With its model set, and in widths that each column needs at least.
    ColumnFit(QTableView* table, QList<ColumnLimit> limits);

    /// False: a person has chosen widths.
    [[nodiscard]] bool isOurs() const { return m_isOurs; }
    void setOurs(bool isOurs);
    /// Looks at what has changed since, if anything has.
    void update();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void measureSoon();
    void measure();
    [[nodiscard]] int widthOf(int column, int first, int last) const;
    void apply();
    void onResized(int column, int from, int to);

    QTableView* m_table;
    QList<ColumnLimit> m_limits;
    QList<int> m_least;
    QList<int> m_wanted; ///< empty = nothing was measured yet
    bool m_isOurs = true;
    bool m_isApplying = false;
    bool m_isQueued = false;
    bool m_isDue = false;
};

} // namespace kindling
