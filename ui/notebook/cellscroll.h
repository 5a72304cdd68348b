// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notebook/notebookdocument.h"

#include <QScrollArea>
#include <QTimer>

namespace kindling {

class CellColumn;

/// The window onto a notebook's cells. Lets the cells make their widgets when they come near, and keeps what stands at
/// its top in place when something above that changes its height.
class CellScroll final : public QScrollArea {
    Q_OBJECT
public:
    /// Owns the column from now on.
    explicit CellScroll(CellColumn* column, QWidget* parent = nullptr);

    /// A rectangle of the column.
    void reveal(const QRect& rect);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void hold();
    void restore();
    void settle();
    void makeVisible();
    void makeAhead();
    [[nodiscard]] QRect seen() const;

    CellColumn* m_column;
    CellId m_anchor; ///< the cell that stays where it is; empty = the notebook's beginning is at the top
    int m_offset = 0; ///< how far that cell begins above the top
    bool m_isSettling = false;
    QTimer m_ahead;
};

} // namespace kindling
