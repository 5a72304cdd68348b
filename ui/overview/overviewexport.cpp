// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overviewexport.h"

#include "app/models/itemsmodel.h"
#include "app/results/tableexport.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTableView>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::OverviewExport)
};

/// As they stand from left to right; a glyph is no text.
QList<int> shownColumns(const QHeaderView& header)
{
    QList<int> columns;
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        if (!header.isSectionHidden(column) && column != static_cast<int>(ItemsModel::Column::State))
            columns += column;
    }
    return columns;
}

bool isSince(int column)
{
    return static_cast<ItemsModel::Column>(column) == ItemsModel::Column::Since;
}

Cell cellOf(const QModelIndex& index)
{
    if (isSince(index.column())) {
        const QDateTime since = index.data(SinceRole).toDateTime();
        return since.isValid() ? Cell(since.toUTC().toString(Qt::ISODate)) : Cell();
    }
    const QString text = index.data().toString();
    return text.isEmpty() ? Cell() : Cell(text);
}
}

QString overviewCsv(const QTableView& table)
{
    const QAbstractItemModel& model = *table.model();
    const QList<int> columns = shownColumns(*table.horizontalHeader());
    QList<Column> heads;
    for (const int column : columns) {
        heads += Column{ .name = model.headerData(column, Qt::Horizontal).toString(), .typeText = {} };
        if (isSince(column))
            heads += Column{ .name = Words::tr("Since is exact"), .typeText = {} };
    }
    Table exported(heads);
    exported.reserveRows(model.rowCount());
    for (int row = 0; row < model.rowCount(); ++row) {
        QList<Cell> cells;
        for (const int column : columns) {
            const QModelIndex index = model.index(row, column);
            cells += cellOf(index);
            if (isSince(column)) // else it has been so for longer: since before Kindling first looked
                cells += Cell(index.data(SinceExactRole).toBool() ? u"true"_s : u"false"_s);
        }
        exported.appendRow(std::move(cells));
    }
    TableSelection all;
    all.isFormulaSafe = true;
    return exportTable(exported, TableFormat::Csv, all);
}

} // namespace kindling
