// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/outputwidgets.h"

#include <QList>
#include <QSplitter>

class QAbstractItemModel;
class QTableView;

namespace kindling {

class StatementDetail;

/// Statements as a table, and the chosen one beside it to be read. The code has what room the other columns leave; where
/// that is too little, columns go, the least telling first.
class StatementBrowser final : public QSplitter {
    Q_OBJECT
public:
    struct Columns {
        QStringList samples;    ///< what each column must have room for
        int code = 0;           ///< the one that has the rest of the room
        QList<int> dispensable; ///< those that may go, in this order
    };

    /// `name` and `label` are the table's.
    StatementBrowser(const QString& name, const QString& label, OutputWidgets outputs, QWidget* parent = nullptr);

    /// Once; `labels` must outlive this.
    void setLabels(QAbstractItemModel* labels, const Columns& columns);
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] StatementDetail* detail() const { return m_detail; }
    /// -1 = none
    [[nodiscard]] int currentRow() const;

Q_SIGNALS:
    /// Another row was chosen, or rows have changed.
    void currentChanged();
    void rowCountChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fitColumns();
    [[nodiscard]] int widthOf(int column) const;

    Columns m_columns;
    QList<int> m_widths;
    QTableView* m_table;
    StatementDetail* m_detail;
};

} // namespace kindling
