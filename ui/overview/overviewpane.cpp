// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overviewpane.h"

#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemsfilter.h"
#include "app/models/itemsmodel.h"
#include "app/models/requestedsizes.h"
#include "ui/common/celldelegate.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/lockwords.h"
#include "ui/common/messagebar.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/ticker.h"
#include "ui/common/togglebutton.h"
#include "ui/common/words.h"
#include "ui/overview/columnfit.h"
#include "ui/overview/itemfilterbar.h"
#include "ui/overview/overviewexport.h"
#include "ui/overview/overviewlabels.h"
#include "ui/overview/rowflash.h"
#include "ui/overview/totalsline.h"
#include "ui/overview/totalspopup.h"

#include <QAction>
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
constexpr QByteArrayView fittedMark = "fitted "; ///< before a layout in whose widths no person had a hand

/// One that is alive and damaged; what it waits for may be cut.
QString longestState()
{
    const ItemState idle = ItemState::fromWire(u"idle"_s);
    return stateWords(idle) + u" · "_s + stateWords(idle, u"pyspark"_s);
}

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

OverviewPane::OverviewPane(Workspace* workspace, Recorder* recorder, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_lastActivity(*workspace, recorder)
    , m_requested(new RequestedSizes(*workspace, recorder, this))
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
    auto* ticker = new Ticker(this, workspace->clock(), [this] { return tick(); });
    connect(workspace, &Workspace::serverAdded, this, &OverviewPane::watch);
    connect(workspace, &Workspace::serverAdded, ticker, &Ticker::start);
    connect(workspace, &Workspace::serverAboutToBeRemoved, this,
        [this] { QMetaObject::invokeMethod(this, &OverviewPane::updateMessages, Qt::QueuedConnection); });
    connect(&workspace->guard(), &ItemGuard::unlockedChanged, this, &OverviewPane::updateLocks);
    connect(workspace, &Workspace::ownershipChanged, this, [this] {
        applyFilters();
        updateLocks();
    });
    setTabOrder({ m_text, m_mine, m_live, m_unlock, m_columns, m_export, m_stop, m_choices, m_totals, m_table });
    updateSelection();
    updateMessages();
}

void OverviewPane::setupModels()
{
    m_model = new ItemsModel(m_workspace, this);
    m_filter = new ItemsFilter(m_model, this);
    m_labels = new OverviewLabels(m_workspace, this);
    m_labels->setSourceModel(m_filter);
    m_labels->setShine([this](const ItemKey& key) { return m_flash->strengthOf(key); });
    m_labels->setLastActivity([this](const TrackedItem& item) { return m_lastActivity.of(item); });
    m_flash = new RowFlash(m_workspace->clock(), this);
    connect(m_flash, &RowFlash::changed, this, [this] { m_table->viewport()->update(); });
    connect(m_workspace, &Workspace::transitionSeen, this, &OverviewPane::flash);
    connect(&m_lastActivity, &LastActivity::changed, this, [this] { m_filter->refresh(); });
}

QWidget* OverviewPane::makeBar()
{
    auto* bar = new QWidget(this);
    setupFilters(bar);
    setupActs(bar);
    m_totals = new TotalsLine(m_model, bar);
    m_totals->setObjectName("overviewTotals"_L1);
    connect(m_totals, &TotalsLine::moreRequested, this, &OverviewPane::openTotals);
    auto* acts = new QHBoxLayout;
    acts->setSpacing(8);
    acts->addWidget(m_text, 1);
    acts->addWidget(m_mine);
    acts->addWidget(m_live);
    acts->addStretch(1);
    for (QPushButton* button : std::initializer_list<QPushButton*>{ m_unlock, m_columns, m_export, m_stop })
        acts->addWidget(button);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(16);
    choices->addWidget(m_choices);
    choices->addStretch(1);
    choices->addWidget(m_totals);
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(12, 6, 12, 6);
    rows->setSpacing(6);
    rows->addLayout(acts);
    rows->addLayout(choices);
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
    connect(m_labels, &QAbstractItemModel::layoutChanged, this, &OverviewPane::updateEmptiness);
    connect(m_labels, &QAbstractItemModel::layoutChanged, this, &OverviewPane::updateSelection);
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
                                 longestState(), u"≥ 00 m"_s, u"application_170000000_00"_s, u"4 + 8 × 16 GiB"_s,
                                 u"Cores0"_s, u"adhoc"_s });
    m_fit = new ColumnFit(m_table, { { 2 }, { 24 }, { 12 }, { 12 }, { 32 }, { 12 }, { 22 }, { 40, true }, { 14, true }, { 34 }, { 22 }, { 8, true }, { 28 } });
}

void OverviewPane::setupFilters(QWidget* bar)
{
    m_text = new QLineEdit(bar);
    m_text->setObjectName("overviewFilter"_L1);
    m_text->setPlaceholderText(tr("Filter"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(240);
    m_text->setMinimumWidth(120);
    m_text->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_text, &QLineEdit::textChanged, this, &OverviewPane::applyFilters);
    m_mine = new ToggleButton(u"overviewMine"_s, tr("Mine"), tr("Only my sessions and batches"), bar);
    m_live = new ToggleButton(u"overviewLive"_s, tr("Live"), tr("Only sessions and batches that have not ended"), bar);
    for (const ToggleButton* toggle : { m_mine, m_live })
        connect(toggle, &ToggleButton::toggled, this, &OverviewPane::applyFilters);
    m_choices = new ItemFilterBar(m_workspace, bar);
    connect(m_choices, &ItemFilterBar::changed, this, &OverviewPane::applyFilters);
}

void OverviewPane::setupActs(QWidget* bar)
{
    m_unlock = new ToggleButton(u"overviewUnlock"_s, tr("Unlock others' rows"), tr("Lets you stop what belongs to others, until Kindling ends"), bar);
    connect(m_unlock, &ToggleButton::toggled, &m_workspace->guard(), &ItemGuard::setUnlocked);
    m_columns = new QPushButton(tr("Columns"), bar);
    m_columns->setObjectName("overviewColumns"_L1);
    m_columns->setAccessibleName(tr("Columns"));
    auto* menu = new QMenu(m_columns);
    menu->setObjectName("overviewColumnsMenu"_L1);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillColumnsMenu(menu); });
    m_columns->setMenu(menu);
    m_export = new QPushButton(bar);
    m_export->setObjectName("overviewExport"_L1);
    m_export->setIcon(themedIcon(u"document-export"_s));
    m_export->setAccessibleName(tr("Export…"));
    m_export->setToolTip(tr("Saves what is shown as a CSV file"));
    connect(m_export, &QPushButton::clicked, this, [this] { Q_EMIT exportRequested(overviewCsv(*m_table)); });
    m_stop = new QPushButton(bar);
    m_stop->setObjectName("overviewStop"_L1);
    m_stop->setIcon(themedIcon(u"media-playback-stop"_s));
    connect(m_stop, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested(selectedItems()); });
}

void OverviewPane::watch(Server* server)
{
    connect(server, &Server::connectionChanged, this, &OverviewPane::updateMessages);
    connect(server, &Server::connectionChanged, this, &OverviewPane::updateLocks);
    connect(server, &Server::listed, this, &OverviewPane::updateEmptiness);
    for (ItemStore* store : { &server->sessions(), &server->batches() }) {
        connect(store, &ItemStore::changed, this, [this, store](const QStringList&, const QStringList& updated, const QList<TrackedItem>& removed) {
            for (const TrackedItem& item : removed)
                m_damaged.remove(item.key);
            for (const QString& id : updated)
                flashDamage(*store->find(id));
        });
    }
    updateMessages();
}

void OverviewPane::applyFilters()
{
    ItemRule rule;
    rule.words = filterWords(m_text->text());
    rule.isLiveOnly = m_live->isChecked();
    m_choices->fill(rule);
    if (m_mine->isChecked())
        rule.isMine = [this](const TrackedItem& item) { return m_workspace->guard().isMine(item); };
    if (const std::chrono::hours hours = m_choices->orphanedFor(); hours > 0h) {
        m_lastActivity.load();
        rule.isOrphan = [this, hours](const TrackedItem& item) { return m_lastActivity.isOrphan(item, hours); };
    }
    m_filter->setRule(rule);
    updateEmptiness();
}

void OverviewPane::openTotals()
{
    if (!m_popup)
        m_popup = new TotalsPopup(m_filter, m_requested, m_workspace->clock(), this);
    m_popup->openBelow(m_totals);
}

void OverviewPane::flash(const Transition& transition)
{
    // What comes and goes is seen by itself.
    const bool isChange = !transition.from.raw.isEmpty() && transition.to != goneState();
    if (isChange && mayFlash())
        m_flash->start(transition.key);
}

void OverviewPane::flashDamage(const TrackedItem& item)
{
    const bool wasDamaged = m_damaged.contains(item.key);
    if (item.damage.isEmpty() && wasDamaged)
        m_damaged.remove(item.key);
    if (item.damage.isEmpty() || wasDamaged)
        return;
    m_damaged.insert(item.key);
    if (mayFlash())
        m_flash->start(item.key);
}

bool OverviewPane::mayFlash() const
{
    return isVisible() && !window()->isMinimized() && wantsMotion(*this);
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
    m_stop->setText(count > 0 ? tr("Stop %Ln selected…", nullptr, count) : tr("Stop selected…"));
    m_stop->setAccessibleName(m_stop->text());
    m_stop->setToolTip(isLocked ? plainToolTip(lockWords(*m_workspace, selected.constFirst())) : QString());
}

QByteArray OverviewPane::saveLayout() const
{
    const QByteArray state = m_table->horizontalHeader()->saveState();
    return m_fit->isOurs() ? fittedMark.toByteArray() + state : state;
}

void OverviewPane::restoreLayout(const QByteArray& state)
{
    const bool isFitted = state.startsWith(fittedMark);
    if (!state.isEmpty() && m_table->horizontalHeader()->restoreState(isFitted ? state.mid(fittedMark.size()) : state))
        m_fit->setOurs(isFitted);
}

void OverviewPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_flash->stop();
}

bool OverviewPane::tick()
{
    if (m_choices->orphanedFor() > 0h)
        m_filter->refresh();
    m_fit->update();
    m_table->viewport()->update();
    return !m_workspace->servers().isEmpty();
}

} // namespace kindling
