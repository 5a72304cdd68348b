// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/requestspane.h"

#include "app/models/requestsmodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/log/tablelabels.h"
#include "ui/log/tailtable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

RequestsPane::RequestsPane(RequestsModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName("requestsPane"_L1);
    auto* labels = new RequestsLabels(this);
    labels->setSourceModel(model);
    auto* empty = new EmptyState(tr("No requests yet"), tr("What Kindling asks the servers appears here, without passwords and tokens."));
    empty->setObjectName("requestsEmpty"_L1);
    auto* tail = new TailTable(labels, { u"00:00:00.000"_s, u"DELETE"_s, u"0"_s.repeated(50), u"Status"_s, u"00,000 ms"_s, u"00,000,000"_s, u"problem"_s }, -1, empty, this);
    m_table = tail->table();
    m_table->setObjectName("requestsTable"_L1);
    m_table->setAccessibleName(tr("Requests"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(tail, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RequestsPane::updateButtons);
    connect(labels, &QAbstractItemModel::rowsRemoved, this, &RequestsPane::updateButtons);
    setTabOrder(m_copy, m_table);
    updateButtons();
}

QWidget* RequestsPane::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    m_hint = new RoleLabel(tr("The last exchanges, secrets left out"), ColorRole::Secondary, bar);
    m_copy = new QPushButton(tr("Copy as curl"), bar);
    m_copy->setObjectName("copyAsCurl"_L1);
    m_copy->setAccessibleName(m_copy->text());
    connect(m_copy, &QPushButton::clicked, this, &RequestsPane::copyAsCurl);
    row->addWidget(m_hint, 1);
    row->addWidget(m_copy);
    bar->setMinimumHeight(36);
    return bar;
}

void RequestsPane::updateButtons()
{
    m_copy->setEnabled(m_table->selectionModel()->hasSelection());
}

void RequestsPane::copyAsCurl()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (!rows.isEmpty())
        QGuiApplication::clipboard()->setText(asCurl(m_model->exchangeAt(rows.constFirst().row())));
}

} // namespace kindling
