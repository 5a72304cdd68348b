// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/statementbrowser.h"

#include "ui/common/celldelegate.h"
#include "ui/common/theme.h"
#include "ui/editor/statementdetail.h"

#include <QEvent>
#include <QFontMetrics>
#include <QHeaderView>
#include <QTableView>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int leastDetail = 200;
constexpr int leastCode = 24; ///< characters
}

StatementBrowser::StatementBrowser(const QString& name, const QString& label, OutputWidgets outputs, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_table(new QTableView(this))
    , m_detail(new StatementDetail(std::move(outputs), this))
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
    m_table->setObjectName(name);
    m_table->setAccessibleName(label);
    m_table->viewport()->installEventFilter(this);
    m_detail->setMinimumWidth(leastDetail);
    setStretchFactor(0, 2);
    setStretchFactor(1, 1);
    setSizes({ 660, 330 });
}

void StatementBrowser::setLabels(QAbstractItemModel* labels, const Columns& columns)
{
    m_columns = columns;
    m_table->setModel(labels);
    makeDense(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    setSampleWidths(m_table, columns.samples);
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < columns.samples.size(); ++column)
        m_widths += header->sectionSize(column);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(columns.code, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &StatementBrowser::currentChanged);
    connect(labels, &QAbstractItemModel::dataChanged, this, &StatementBrowser::currentChanged);
    for (const auto signal : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(labels, signal, this, &StatementBrowser::rowCountChanged);
    fitColumns();
}

int StatementBrowser::currentRow() const
{
    return m_table->currentIndex().row();
}

int StatementBrowser::widthOf(int column) const
{
    return m_table->isColumnHidden(column) ? m_widths.at(column) : m_table->columnWidth(column);
}

void StatementBrowser::fitColumns()
{
    int rest = m_table->viewport()->width() - leastCode * QFontMetrics(codeFont()).averageCharWidth();
    for (int column = 0; column < m_widths.size(); ++column)
        rest -= column == m_columns.code ? 0 : widthOf(column);
    for (const int column : std::as_const(m_columns.dispensable)) {
        const int width = widthOf(column);
        m_table->setColumnHidden(column, rest < 0);
        rest += rest < 0 ? width : 0;
    }
}

bool StatementBrowser::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    return QSplitter::eventFilter(watched, event);
}

} // namespace kindling
