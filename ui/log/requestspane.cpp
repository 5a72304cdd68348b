// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/requestspane.h"

#include "app/engine/workspace.h"
#include "app/models/requestsfilter.h"
#include "app/models/requestsmodel.h"
#include "ui/common/choicefilter.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/togglebutton.h"
#include "ui/log/tablelabels.h"
#include "ui/log/tailtable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int serverColumn = static_cast<int>(RequestsModel::Column::Server);
}

RequestsPane::RequestsPane(RequestsModel* model, Workspace* workspace, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_workspace(workspace)
    , m_labels(new RequestsLabels(workspace, this))
    , m_filter(new RequestsFilter(this))
    , m_empty(new EmptyState(QString(), QString()))
{
    setObjectName("requestsPane"_L1);
    m_labels->setSourceModel(model);
    m_filter->setSourceModel(m_labels);
    m_empty->setObjectName("requestsEmpty"_L1);
    auto* tail = new TailTable(m_filter, { u"00:00:00.000"_s, u"production"_s, u"DELETE"_s, u"0"_s.repeated(34), u"Status"_s, u"00,000 ms"_s, u"00,000,000"_s, u"problem"_s }, -1, m_empty, this);
    m_table = tail->table();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(tail, 1);
    setupTable();
    connect(m_empty, &EmptyState::activated, this, [this] {
        m_servers->clear();
        m_failed->setChecked(false);
    });
    for (const auto changed : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(model, changed, this, &RequestsPane::updateEmptiness);
    connect(workspace, &Workspace::serverAdded, this, &RequestsPane::updateServers);
    connect(workspace, &Workspace::serverRemoved, this, &RequestsPane::updateServers);
    setTabOrder({ m_servers, m_failed, m_copy, m_table });
    updateServers();
    updateButtons();
    updateEmptiness();
}

QWidget* RequestsPane::makeBar()
{
    auto* bar = new QWidget(this);
    m_servers = new ChoiceFilter(tr("Server"), [this] { return servers(); }, bar);
    m_servers->setObjectName("requestsServers"_L1);
    connect(m_servers, &ChoiceFilter::chosenChanged, this, &RequestsPane::applyFilters);
    m_failed = new ToggleButton(u"requestsFailed"_s, tr("Failed only"), tr("Only those without an answer, or with an error for one"), bar);
    connect(m_failed, &ToggleButton::toggled, this, &RequestsPane::applyFilters);
    m_hint = new RoleLabel(tr("The last exchanges, secrets left out"), ColorRole::Secondary, bar);
    m_copy = new QPushButton(tr("Copy as curl"), bar);
    m_copy->setObjectName("copyAsCurl"_L1);
    m_copy->setAccessibleName(m_copy->text());
    connect(m_copy, &QPushButton::clicked, this, &RequestsPane::copyAsCurl);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_servers);
    row->addWidget(m_failed);
    row->addWidget(m_hint, 1);
    row->addWidget(m_copy);
    bar->setMinimumHeight(36);
    return bar;
}

void RequestsPane::setupTable()
{
    m_table->setObjectName("requestsTable"_L1);
    m_table->setAccessibleName(tr("Requests"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RequestsPane::updateButtons);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &RequestsPane::updateButtons);
}

QList<Choice> RequestsPane::servers() const
{
    QList<Choice> found;
    for (int row = 0; row < m_labels->rowCount(); ++row) {
        const QModelIndex server = m_labels->index(row, serverColumn);
        const QString id = server.data(ServerIdRole).toString();
        auto choice = std::ranges::find(found, id, &Choice::value);
        if (choice == found.end())
            choice = found.insert(found.end(), { id, server.data().toString() });
        ++choice->count;
    }
    std::ranges::sort(found, {}, &Choice::words);
    return found;
}

void RequestsPane::applyFilters()
{
    m_filter->setServers(m_servers->chosen());
    m_filter->setFailedOnly(m_failed->isChecked());
    updateEmptiness();
    m_table->scrollToBottom();
}

void RequestsPane::updateButtons()
{
    m_copy->setEnabled(m_table->selectionModel()->hasSelection());
}

void RequestsPane::updateEmptiness()
{
    if (m_model->rowCount() > 0)
        m_empty->setContent(tr("Nothing matches"), tr("No request passes the filters."), tr("Show all"));
    else
        m_empty->setContent(tr("No requests yet"), tr("What Kindling asks the servers appears here, without passwords and tokens."));
}

void RequestsPane::updateServers()
{
    const bool areSeveral = m_workspace->servers().size() > 1;
    if (!areSeveral)
        m_servers->clear();
    m_servers->setVisible(areSeveral);
    m_table->setColumnHidden(serverColumn, !areSeveral);
}

void RequestsPane::copyAsCurl()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (!rows.isEmpty())
        QGuiApplication::clipboard()->setText(asCurl(m_model->exchangeAt(m_filter->mapToSource(rows.constFirst()).row())));
}

} // namespace kindling
