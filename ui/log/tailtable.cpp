// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/tailtable.h"

#include "ui/common/celldelegate.h"
#include "ui/common/emptystate.h"

#include <QScrollBar>
#include <QStackedLayout>
#include <QTableView>

namespace kindling {

TailTable::TailTable(QAbstractItemModel* model, const QStringList& samples, int glyphColumn, EmptyState* empty, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_stack(new QStackedLayout(this))
    , m_table(new QTableView(this))
    , m_empty(empty)
{
    m_table->setModel(model);
    makeDense(m_table, glyphColumn);
    setSampleWidths(m_table, samples);
    m_stack->addWidget(m_table);
    m_stack->addWidget(empty);
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &TailTable::rememberEnd);
    connect(model, &QAbstractItemModel::rowsInserted, this, &TailTable::onInserted);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &TailTable::updateEmptiness);
    m_table->scrollToBottom();
    updateEmptiness();
}

void TailTable::rememberEnd()
{
    const QScrollBar* bar = m_table->verticalScrollBar();
    m_wasAtEnd = bar->value() == bar->maximum();
}

void TailTable::onInserted()
{
    if (m_wasAtEnd)
        QMetaObject::invokeMethod(m_table, &QTableView::scrollToBottom, Qt::QueuedConnection);
    updateEmptiness();
}

void TailTable::updateEmptiness()
{
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget*>(m_table) : m_empty);
}

} // namespace kindling
