// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/eventspane.h"

#include "app/models/eventsfilter.h"
#include "app/models/eventsmodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/togglebutton.h"
#include "ui/common/words.h"
#include "ui/log/tablelabels.h"
#include "ui/log/tailtable.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;
using Column = EventsModel::Column;

EventsPane::EventsPane(EventsModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_filter(new EventsFilter(this))
    , m_empty(new EmptyState(QString(), QString()))
{
    setObjectName("eventsPane"_L1);
    auto* labels = new EventsLabels(this);
    labels->setSourceModel(model);
    m_filter->setSourceModel(labels);
    m_empty->setObjectName("eventsEmpty"_L1);
    auto* tail = new TailTable(m_filter, { u"00:00:00.000"_s, u"production"_s, u"000 nightly-orders-00"_s, u"shutting down"_s,
        EventsLabels::actWords(OwnAct::What::CancelStatement, u"00"_s), u"note"_s }, -1, m_empty, this);
    m_table = tail->table();
    setupTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(tail, 1);
    connect(m_empty, &EmptyState::activated, this, [this] {
        m_text->clear();
        m_acts->setChecked(false);
        m_bad->setChecked(false);
    });
    for (const auto changed : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(model, changed, this, &EventsPane::updateEmptiness);
    updateEmptiness();
}

QWidget* EventsPane::makeBar()
{
    auto* bar = new QWidget(this);
    m_text = new QLineEdit(bar);
    m_text->setObjectName("eventsFilter"_L1);
    m_text->setPlaceholderText(tr("Filter"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(240);
    m_text->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_text, &QLineEdit::textChanged, this, &EventsPane::applyFilters);
    m_acts = new ToggleButton(u"eventsOwnActs"_s, tr("Own acts"), tr("Only what Kindling changed on a server, or was refused, in earlier runs too"), bar);
    m_bad = new ToggleButton(u"eventsBad"_s, tr("Bad only"), tr("Only what failed or died"), bar);
    for (const ToggleButton* toggle : { m_acts, m_bad })
        connect(toggle, &ToggleButton::toggled, this, &EventsPane::applyFilters);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_acts);
    row->addWidget(m_bad);
    m_cut = new RoleLabel(tr("Older ones are not shown"), ColorRole::Secondary, bar);
    m_cut->setObjectName("eventsCut"_L1);
    m_cut->setToolTip(tr("Of earlier runs the newest %L1 own acts are here, of all at most %L2 events.").arg(EventsModel::mostEarlierActs).arg(EventsModel::capacity));
    row->addWidget(m_cut);
    row->addStretch(1);
    bar->setMinimumHeight(36);
    return bar;
}

void EventsPane::setupTable()
{
    m_table->setObjectName("eventsTable"_L1);
    m_table->setAccessibleName(tr("Events"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const auto key = index.data(KeyRole).value<ItemKey>(); key.isValid())
            Q_EMIT itemActivated(key, index.data(WhenRole).toDateTime());
    });
    auto* copy = new QAction(tr("&Copy"), m_table);
    copy->setObjectName("eventsCopy"_L1);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &EventsPane::copySelected);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void EventsPane::applyFilters()
{
    m_filter->setWords(m_text->text().split(u' ', Qt::SkipEmptyParts));
    m_filter->setOwnActsOnly(m_acts->isChecked());
    m_filter->setBadOnly(m_bad->isChecked());
    updateEmptiness();
    m_table->scrollToBottom();
}

void EventsPane::updateEmptiness()
{
    m_cut->setVisible(m_model->isCut());
    if (m_model->rowCount() > 0)
        m_empty->setContent(tr("Nothing matches"), tr("No event passes the filters."), tr("Show all"));
    else
        m_empty->setContent(tr("Nothing has changed yet"), tr("Every change of a session's or batch's state appears here with its time, and whatever you change yourself."));
}

void EventsPane::copySelected()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows)) {
        // Elsewhere the day is not known from where the line stands.
        QStringList cells{ exactTime(row.data(WhenRole).toDateTime()) };
        for (int column = static_cast<int>(Column::Server); column < static_cast<int>(Column::Count); ++column)
            cells += row.siblingAtColumn(column).data().toString();
        lines += cells.join(u'\t');
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace kindling
