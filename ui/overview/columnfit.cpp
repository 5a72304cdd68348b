// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/columnfit.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>

#include <utility>

namespace kindling {

namespace {
constexpr int padding = 17;  ///< of a cell, with its line
constexpr int iconRoom = 18; ///< of the icon at a cell's end
constexpr int mostRows = 100;
}

ColumnFit::ColumnFit(QTableView* table, QList<ColumnLimit> limits)
    : QObject(table)
    , m_table(table)
    , m_limits(std::move(limits))
{
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(false); // else the last one's width is not its own
    for (int column = 0; column < m_limits.size(); ++column)
        m_least += table->columnWidth(column);
    header->setStretchLastSection(true);
    const auto setDue = [this] { m_isDue = true; };
    const QAbstractItemModel* model = table->model();
    connect(model, &QAbstractItemModel::rowsInserted, this, &ColumnFit::measureSoon);
    connect(model, &QAbstractItemModel::layoutChanged, this, &ColumnFit::measureSoon);
    connect(model, &QAbstractItemModel::dataChanged, this, setDue);
    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, this, setDue);
    connect(header, &QHeaderView::sectionResized, this, &ColumnFit::onResized);
    table->viewport()->installEventFilter(this);
}

void ColumnFit::setOurs(bool isOurs)
{
    m_isOurs = isOurs;
    if (isOurs)
        measureSoon();
}

void ColumnFit::update()
{
    if (m_isDue)
        measure();
}

void ColumnFit::measureSoon()
{
    // One answer of a server inserts many rows.
    if (!m_isOurs || std::exchange(m_isQueued, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isQueued = false;
            measure();
        },
        Qt::QueuedConnection);
}

void ColumnFit::measure()
{
    m_isDue = !m_table->isVisible();
    const int rows = m_table->model()->rowCount();
    if (m_isDue || !m_isOurs || rows == 0)
        return;
    const int first = qMax(0, m_table->rowAt(0));
    const int below = m_table->rowAt(m_table->viewport()->height());
    const int last = qMin(below < 0 ? rows - 1 : below, first + mostRows);
    const bool isFirst = m_wanted.isEmpty();
    m_wanted.resize(m_limits.size());
    for (int column = 0; column < m_limits.size(); ++column) {
        const int found = widthOf(column, first, last);
        m_wanted[column] = isFirst ? found : qMax(m_wanted.at(column), found);
    }
    apply();
}

int ColumnFit::widthOf(int column, int first, int last) const
{
    const QAbstractItemModel* model = m_table->model();
    const QFontMetrics metrics = m_table->fontMetrics();
    int widest = 0;
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = model->index(row, column);
        const int icon = index.data(Qt::DecorationRole).isValid() ? iconRoom : 0;
        widest = qMax(widest, metrics.horizontalAdvance(index.data().toString()) + icon);
    }
    const QFontMetrics bold(m_table->horizontalHeader()->font());
    const int title = bold.horizontalAdvance(model->headerData(column, Qt::Horizontal).toString());
    const int words = qMax(qMin(widest, m_limits.at(column).letters * metrics.averageCharWidth()), title) + padding;
    return qMax(words, m_table->horizontalHeader()->minimumSectionSize());
}

void ColumnFit::apply()
{
    if (!m_isOurs || m_wanted.isEmpty())
        return;
    const auto leastOf = [this](int column) {
        return m_limits.at(column).isWhole ? m_wanted.at(column) : qMin(m_least.at(column), m_wanted.at(column));
    };
    int least = 0;
    int wanted = 0;
    for (int column = 0; column < m_limits.size(); ++column) {
        if (m_table->isColumnHidden(column))
            continue;
        least += leastOf(column);
        wanted += m_wanted.at(column);
    }
    const int room = qBound(0, m_table->viewport()->width() - least, wanted - least);
    const QScopedValueRollback guard(m_isApplying, true);
    for (int column = 0; column < m_limits.size(); ++column) {
        const int more = m_wanted.at(column) - leastOf(column);
        const int share = wanted > least ? static_cast<int>(qint64(more) * room / (wanted - least)) : 0;
        if (!m_table->isColumnHidden(column))
            m_table->setColumnWidth(column, leastOf(column) + share);
    }
}

void ColumnFit::onResized(int column, int from, int to)
{
    // The last one stretches; one that is shown or hidden comes from or goes to nothing.
    const QHeaderView* header = m_table->horizontalHeader();
    const bool isLast = header->visualIndex(column) == header->count() - 1;
    if (!m_isApplying && !isLast && from > 0 && to > 0)
        m_isOurs = false;
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event)
{
    // of the viewport, which outlives the rest of its table by a moment: nothing is asked of it but in these two
    if (event->type() == QEvent::Resize)
        apply();
    else if (event->type() == QEvent::Show)
        measureSoon();
    return QObject::eventFilter(watched, event);
}

} // namespace kindling
