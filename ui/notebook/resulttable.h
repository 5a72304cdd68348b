// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/table.h"

#include <QTableView>

#include <memory>

namespace kindling {

class ResultTableModel;
struct TableSelection;

/// A result table under a cell: types beside the column names, numbers at the right, null marked; twelve rows high at most.
/// Sorts by a click on a header; Ctrl+C copies the selection as tab-separated text.
class ResultTable final : public QTableView {
    Q_OBJECT
public:
    explicit ResultTable(std::shared_ptr<const Table> table, QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void copySelection();
    [[nodiscard]] TableSelection wantedCells() const;
    void fitColumns();
    void fitHeight();

    ResultTableModel* m_model;
    int m_copies = 0; ///< asked for; only the last one counts
};

} // namespace kindling
