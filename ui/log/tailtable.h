// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QAbstractItemModel;
class QStackedLayout;
class QTableView;

namespace kindling {

class EmptyState;

/// A dense table of what is added at its end: keeps the end in sight unless a person scrolled away from it, and says
/// what would be there while it is empty.
class TailTable final : public QWidget {
    Q_OBJECT
public:
    /// A `samples` text for the width of each column; -1 as `glyphColumn` = none. `empty` is shown while there is no row.
    TailTable(QAbstractItemModel* model, const QStringList& samples, int glyphColumn, EmptyState* empty, QWidget* parent);

    [[nodiscard]] QTableView* table() const { return m_table; }

private:
    void rememberEnd();
    void onInserted();
    void updateEmptiness();

    QAbstractItemModel* m_model;
    QStackedLayout* m_stack;
    QTableView* m_table;
    EmptyState* m_empty;
    bool m_wasAtEnd = true;
};

} // namespace kindling
