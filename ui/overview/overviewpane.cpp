// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overviewpane.h"

#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemsfilter.h"
#include "app/models/itemsmodel.h"
#include "ui/common/celldelegate.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/lockwords.h"
#include "ui/common/messagebar.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/togglebutton.h"
#include "ui/common/words.h"
#include "ui/overview/choicefilter.h"
#include "ui/overview/itemchoices.h"
#include "ui/overview/overviewlabels.h"
#include "ui/overview/totalsline.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Column = ItemsModel::Column;

namespace {
QString longestKind()
{
    QString longest;
    for (const Kind kind : { Kind::Shared, Kind::PySpark, Kind::Spark, Kind::SparkR, Kind::Sql }) {
        if (kindWord(kind).size() > longest.size())
            longest = kindWord(kind);
    }
    return longest;
}
}

OverviewPane::OverviewPane(Workspace* workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_me(qEnvironmentVariable("USER"))
{
    setObjectName("overviewPane"_L1);
    setupModels();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_messages = new MessageBar(this);
    m_messages->setObjectName("overviewMessages"_L1);
    column->addWidget(m_messages);
    column->addWidget(makeTable(), 1);
    setupTable();
    setDefaultWidths();
    for (Server* server : workspace->servers())
        watch(server);
    connect(workspace, &Workspace::serverAdded, this, &OverviewPane::watch);
    connect(workspace, &Workspace::serverAboutToBeRemoved, this,
        [this] { QMetaObject::invokeMethod(this, &OverviewPane::updateMessages, Qt::QueuedConnection); });
    connect(&workspace->guard(), &ItemGuard::unlockedChanged, this, &OverviewPane::updateLocks);
    setTabOrder({ m_text, m_mine, m_live, m_unlock, m_columns, m_stop, m_states, m_kinds, m_table });
    updateSelection();
    updateMessages();
}

void OverviewPane::setupModels()
{
    m_model = new ItemsModel(m_workspace, this);
    m_filter = new ItemsFilter(this);
    m_filter->setSourceModel(m_model);
    m_labels = new OverviewLabels(m_workspace, this);
    m_labels->setSourceModel(m_filter);
}

QWidget* OverviewPane::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    for (QHBoxLayout* each : { row, second })
        each->setSpacing(8);
    m_text = new QLineEdit(bar);
    m_text->setObjectName("overviewFilter"_L1);
    m_text->setPlaceholderText(tr("Filter"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(240);
    m_text->setMinimumWidth(120);
    m_text->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_text, &QLineEdit::textChanged, this, &OverviewPane::applyFilters);
    setupFilters(bar);
    m_totals = new TotalsLine(m_model, bar);
    m_totals->setObjectName("overviewTotals"_L1);
    m_columns = new QPushButton(tr("Columns"), bar);
    m_columns->setObjectName("overviewColumns"_L1);
    m_columns->setAccessibleName(tr("Columns"));
    m_unlock = new ToggleButton(u"overviewUnlock"_s, tr("Unlock others' rows"), tr("Lets you stop what belongs to others, until Kindling ends"), bar);
    connect(m_unlock, &ToggleButton::toggled, &m_workspace->guard(), &ItemGuard::setUnlocked);
    auto* menu = new QMenu(m_columns);
    menu->setObjectName("overviewColumnsMenu"_L1);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillColumnsMenu(menu); });
    m_columns->setMenu(menu);
    m_stop = new QPushButton(bar);
    m_stop->setObjectName("overviewStop"_L1);
    m_stop->setIcon(themedIcon(u"media-playback-stop"_s));
    connect(m_stop, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested(selectedItems()); });
    row->addWidget(m_text, 2);
    row->addWidget(m_mine);
    row->addWidget(m_live);
    row->addStretch(1);
    row->addWidget(m_unlock);
    row->addWidget(m_columns);
    row->addWidget(m_stop);
    second->addWidget(m_states);
    second->addWidget(m_kinds);
    second->addWidget(m_totals);
    second->addStretch(1);
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(12, 6, 12, 6);
    rows->setSpacing(6);
    rows->addLayout(row);
    rows->addLayout(second);
    return bar;
}

QWidget* OverviewPane::makeTable()
{
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_table = new QTableView(holder);
    m_table->setObjectName("overviewTable"_L1);
    m_table->setAccessibleName(tr("Sessions and batches"));
    m_empty = new EmptyState(QString(), QString(), QString(), holder);
    m_empty->setObjectName("overviewEmpty"_L1);
    connect(m_empty, &EmptyState::activated, this, &OverviewPane::onEmptyActivated);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    return holder;
}

void OverviewPane::setupTable()
{
    m_table->setModel(m_labels);
    makeDense(m_table, static_cast<int>(Column::State));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->horizontalHeader()->setSectionsMovable(true);
    // In the order the servers list them, until a header is clicked.
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    connect(m_table, &QTableView::customContextMenuRequested, this, &OverviewPane::openMenu);
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT itemActivated(index.data(KeyRole).value<ItemKey>()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OverviewPane::updateSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (index.isValid())
            Q_EMIT itemSelected(index.data(KeyRole).value<ItemKey>());
    });
    for (const auto signal : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved }) {
        connect(m_labels, signal, this, &OverviewPane::updateEmptiness);
        connect(m_labels, signal, this, &OverviewPane::updateSelection);
    }
    auto* remove = new QAction(tr("Delete…"), m_table);
    remove->setObjectName("overviewDelete"_L1);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, m_stop, &QPushButton::click);
    m_table->addAction(remove);
}

void OverviewPane::setDefaultWidths()
{
    setSampleWidths(m_table, { u"0"_s, u"production"_s, tr("Session"), u"00000"_s, u"nightly-orders"_s, longestKind(), u"owner00"_s,
                                 OverviewLabels::tr("%1 · waiting for app id").arg(stateWords(ItemState::fromWire(u"starting"_s))), u"≥ 00 m"_s, u"application_00_000"_s, u"4 + 8 × 16 GiB"_s,
                                 u"Cores0"_s, u"adhoc"_s });
}

void OverviewPane::setupFilters(QWidget* bar)
{
    m_mine = new ToggleButton(u"overviewMine"_s, tr("Mine"), tr("Only my sessions and batches"), bar);
    m_live = new ToggleButton(u"overviewLive"_s, tr("Live"), tr("Only sessions and batches that have not ended"), bar);
    for (const ToggleButton* toggle : { m_mine, m_live })
        connect(toggle, &ToggleButton::toggled, this, &OverviewPane::applyFilters);
    m_states = new ChoiceFilter(tr("State"), [this] { return stateChoices(*m_workspace); }, bar);
    m_states->setObjectName("overviewStates"_L1);
    m_states->setToolTip(tr("Only these states"));
    m_kinds = new ChoiceFilter(tr("Kind"), [this] { return kindChoices(*m_workspace); }, bar);
    m_kinds->setObjectName("overviewKinds"_L1);
    m_kinds->setToolTip(tr("Only these kinds"));
    for (const ChoiceFilter* filter : { m_states, m_kinds })
        connect(filter, &ChoiceFilter::chosenChanged, this, &OverviewPane::applyFilters);
}

void OverviewPane::fillColumnsMenu(QMenu* menu)
{
    menu->clear();
    for (int column = 0; column < static_cast<int>(Column::Count); ++column) {
        auto* action = menu->addAction(OverviewLabels::columnName(column));
        action->setCheckable(true);
        action->setChecked(!m_table->isColumnHidden(column));
        // Without any column nothing could be brought back by clicking.
        action->setEnabled(column != static_cast<int>(Column::StateText));
        connect(action, &QAction::toggled, m_table, [this, column](bool isOn) { m_table->setColumnHidden(column, !isOn); });
    }
}

void OverviewPane::openMenu(const QPoint& where)
{
    const auto key = m_table->indexAt(where).data(KeyRole).value<ItemKey>();
    if (!key.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName("overviewMenu"_L1);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Open")), &QAction::triggered, this, [this, key] { Q_EMIT itemActivated(key); });
    const TrackedItem* tracked = m_workspace->item(key);
    if (tracked && (tracked->item.state.isEnded() || roleOf(tracked->item.state, false) == StateRole::Bad)) {
        auto* why = menu->addAction(tr("&Why did it end?"));
        why->setObjectName("postMortem"_L1);
        connect(why, &QAction::triggered, this, [this, key] { Q_EMIT postMortemRequested(key); });
    }
    connect(menu->addAction(tr("&Copy id")), &QAction::triggered, this,
        [id = key.id] { QGuiApplication::clipboard()->setText(id); });
    menu->addSeparator();
    auto* remove = menu->addAction(tr("&Delete…"));
    remove->setObjectName("delete"_L1);
    remove->setEnabled(m_stop->isEnabled());
    remove->setToolTip(m_stop->toolTip());
    menu->setToolTipsVisible(true);
    connect(remove, &QAction::triggered, m_stop, &QPushButton::click);
    menu->popup(m_table->viewport()->mapToGlobal(where));
}

void OverviewPane::watch(Server* server)
{
    connect(server, &Server::connectionChanged, this, &OverviewPane::updateMessages);
    connect(server, &Server::connectionChanged, this, &OverviewPane::updateLocks);
    connect(server, &Server::listed, this, &OverviewPane::updateEmptiness);
    updateMessages();
}

void OverviewPane::applyFilters()
{
    m_filter->setText(m_text->text());
    m_filter->setMineOnly(m_mine->isChecked() ? m_me : QString());
    m_filter->setLiveOnly(m_live->isChecked());
    m_filter->setStates(m_states->chosen());
    m_filter->setKinds(m_kinds->chosen());
    updateEmptiness();
}

void OverviewPane::setMe(const QString& me)
{
    m_me = me;
    applyFilters();
}

QList<ItemKey> OverviewPane::selectedItems() const
{
    QList<ItemKey> keys;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        keys += index.data(KeyRole).value<ItemKey>();
    return keys;
}

void OverviewPane::updateLocks()
{
    m_unlock->setChecked(m_workspace->guard().isUnlocked());
    m_table->viewport()->update();
    updateSelection();
}

void OverviewPane::updateSelection()
{
    const QList<ItemKey> selected = selectedItems();
    const auto isFree = [this](const ItemKey& key) { return m_workspace->guard().lockOf(key) == ItemLock::None; };
    const auto count = static_cast<int>(std::ranges::count_if(selected, isFree));
    const bool isLocked = count == 0 && !selected.isEmpty();
    m_stop->setEnabled(count > 0);
    m_stop->setText(count > 0 ? tr("Stop %n selected…", nullptr, count) : tr("Stop selected…"));
    m_stop->setAccessibleName(m_stop->text());
    m_stop->setToolTip(isLocked ? plainToolTip(lockWords(*m_workspace, selected.constFirst())) : QString());
}

void OverviewPane::updateMessages()
{
    QStringList lines;
    for (const Server* server : m_workspace->servers()) {
        const bool isTrouble = server->connection() == ConnectionState::Offline || server->connection() == ConnectionState::SignInNeeded;
        if (!isTrouble)
            continue;
        const QString seen = server->lastSeen().isValid() ? tr("; shown as of %1").arg(exactTime(server->lastSeen())) : QString();
        lines += u"%1: %2%3"_s.arg(server->profile().name.simplified().left(60), errorTitle(server->problem()).left(200), seen);
    }
    if (lines.isEmpty())
        m_messages->dismiss();
    else if (m_messages->isHidden() || m_messages->text() != lines.join(u'\n'))
        m_messages->showProblem(lines.join(u'\n'));
    updateEmptiness();
}

void OverviewPane::updateEmptiness()
{
    const auto& servers = m_workspace->servers();
    const bool isEmpty = m_labels->rowCount() == 0;
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget*>(m_empty) : m_table);
    if (!isEmpty)
        return;
    const bool isLoading = std::ranges::any_of(servers, [](const Server* server) {
        return server->connection() == ConnectionState::Connecting || (server->connection() == ConnectionState::Online && !server->lastSeen().isValid());
    });
    const bool isOnline = std::ranges::any_of(servers, [](const Server* server) { return server->connection() == ConnectionState::Online; });
    m_empty->setLoading(false);
    if (m_model->rowCount() > 0) {
        m_empty->setContent(tr("Nothing matches"), tr("No session and no batch passes the filters."), tr("Show all"));
    } else if (servers.isEmpty()) {
        m_empty->setContent(tr("No servers yet"), tr("The sessions and batches of all your servers will be here."), tr("Add server…"));
    } else if (isLoading) {
        m_empty->setContent(tr("Asking the servers…"), tr("Sessions and batches appear as soon as a server answers."));
        m_empty->setLoading(true);
    } else if (isOnline) {
        m_empty->setContent(tr("No sessions and no batches"), tr("Nothing runs on your servers now."), tr("New session…"));
    } else {
        m_empty->setContent(tr("No server is online"), tr("Sessions and batches appear as soon as a server answers."));
    }
}

void OverviewPane::onEmptyActivated()
{
    const auto& servers = m_workspace->servers();
    if (m_model->rowCount() > 0) {
        m_text->clear();
        m_mine->setChecked(false);
        m_live->setChecked(false);
        m_states->clear();
        m_kinds->clear();
    } else if (servers.isEmpty()) {
        Q_EMIT addServerRequested();
    } else {
        const auto online = std::ranges::find(servers, ConnectionState::Online, &Server::connection);
        Q_EMIT newSessionRequested((online != servers.end() ? *online : servers.constFirst())->profile().id);
    }
}

QByteArray OverviewPane::saveLayout() const
{
    return m_table->horizontalHeader()->saveState();
}

void OverviewPane::restoreLayout(const QByteArray& state)
{
    if (!state.isEmpty())
        m_table->horizontalHeader()->restoreState(state);
}

void OverviewPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    tick();
}

void OverviewPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_ticking.cancel();
}

void OverviewPane::tick()
{
    // Ages grow while nothing else changes.
    m_ticking.cancel();
    m_ticking = m_workspace->clock().after(1s, this, [this] { tick(); });
    m_table->viewport()->update();
}

} // namespace kindling
