// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigator/navigatorpane.h"

#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemsfilter.h"
#include "app/models/navigatormodel.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/statedelegate.h"
#include "ui/common/ticker.h"
#include "ui/common/togglebutton.h"
#include "ui/navigator/navigatorlabels.h"
#include "ui/navigator/navigatortree.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 8;
}

NavigatorPane::NavigatorPane(Workspace* workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    setObjectName("navigatorPane"_L1);
    setupModels();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeTree(), 1);
    column->addWidget(makeFoot());
    setupTree();
    updateEmptiness();
    auto* ticker = new Ticker(this, workspace->clock(), [this] {
        m_tree->viewport()->update();
        return !m_workspace->servers().isEmpty();
    });
    connect(workspace, &Workspace::serverAdded, ticker, &Ticker::start);
    setTabOrder({ m_text, m_add, m_tree, m_mine, m_live });
    setMinimumWidth(180);
}

void NavigatorPane::setupModels()
{
    m_model = new NavigatorModel(m_workspace, this);
    m_filter = new NavigatorFilter(this);
    m_filter->setSourceModel(m_model);
    m_labels = new NavigatorLabels(m_workspace, this);
    m_labels->setSourceModel(m_filter);
}

QWidget* NavigatorPane::makeHead()
{
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(side, 4, side, 4);
    row->setSpacing(4);
    m_text = new QLineEdit(head);
    m_text->setObjectName("navigatorFilter"_L1);
    m_text->setPlaceholderText(tr("Filter sessions and batches"));
    m_text->setAccessibleName(m_text->placeholderText());
    m_text->setClearButtonEnabled(true);
    m_text->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_text, &QLineEdit::textChanged, this, &NavigatorPane::applyFilters);
    m_add = new QToolButton(head);
    m_add->setObjectName("navigatorAdd"_L1);
    m_add->setIcon(themedIcon(u"list-add"_s));
    m_add->setToolTip(tr("Add a server, a session or a batch"));
    m_add->setAccessibleName(tr("Add"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_add);
    menu->setObjectName("navigatorAddMenu"_L1);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillAddMenu(menu); });
    fillAddMenu(menu);
    m_add->setMenu(menu);
    row->addWidget(m_text, 1);
    row->addWidget(m_add);
    head->setMinimumHeight(40);
    return head;
}

QWidget* NavigatorPane::makeTree()
{
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_tree = new NavigatorTree(holder);
    m_tree->setObjectName("navigatorTree"_L1);
    m_tree->setAccessibleName(tr("Servers, sessions and batches"));
    m_empty = new EmptyState(tr("No servers yet"), tr("Add a Livy server, or let Kindling start Spark on this machine."),
        tr("Add server…"), holder);
    m_empty->setObjectName("navigatorEmpty"_L1);
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (m_workspace->servers().isEmpty())
            Q_EMIT addServerRequested();
        else
            m_text->clear();
    });
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_empty);
    return holder;
}

QWidget* NavigatorPane::makeFoot()
{
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(side, 4, side, 4);
    row->setSpacing(4);
    m_mine = new ToggleButton(u"navigatorMine"_s, tr("Mine"), tr("Only my sessions and batches"), foot);
    m_live = new ToggleButton(u"navigatorLive"_s, tr("Live"), tr("Only sessions and batches that have not ended"), foot);
    for (const ToggleButton* toggle : { m_mine, m_live })
        connect(toggle, &ToggleButton::toggled, this, &NavigatorPane::applyFilters);
    row->addWidget(m_mine);
    row->addWidget(m_live);
    row->addStretch(1);
    return foot;
}

void NavigatorPane::setupTree()
{
    m_tree->setModel(m_labels);
    m_tree->setItemDelegate(new StateDelegate([this](const QModelIndex& index) { return m_labels->wordsOf(index); }, m_tree));
    m_tree->header()->hide();
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->expandAll();
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &NavigatorPane::openMenu);
    connect(m_tree, &QTreeView::activated, this, &NavigatorPane::onActivated);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &NavigatorPane::onCurrentChanged);
    connect(m_labels, &QAbstractItemModel::rowsInserted, this, &NavigatorPane::expandUnder);
    connect(m_labels, &QAbstractItemModel::rowsInserted, this, &NavigatorPane::updateEmptiness);
    connect(m_labels, &QAbstractItemModel::rowsRemoved, this, &NavigatorPane::updateEmptiness);
    connect(m_workspace, &Workspace::ownershipChanged, this, &NavigatorPane::applyFilters);

    auto* remove = new QAction(tr("Delete…"), m_tree);
    remove->setObjectName("navigatorDelete"_L1);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, [this] {
        if (const auto keys = selectedItems(); !keys.isEmpty())
            Q_EMIT deleteRequested(keys);
    });
    m_tree->addAction(remove);
}

void NavigatorPane::expandUnder(const QModelIndex& parent, int first, int last)
{
    // Only what is new: what a person has closed stays closed.
    if (parent.isValid() && parent.parent().isValid() && m_labels->rowCount(parent) > last - first + 1)
        return;
    if (parent.isValid() && parent.parent().isValid())
        m_tree->expand(parent);
    for (int row = first; row <= last; ++row) {
        if (m_labels->hasChildren(m_labels->index(row, 0, parent)))
            m_tree->expandRecursively(m_labels->index(row, 0, parent));
    }
    if (!parent.isValid() || !parent.parent().isValid())
        m_tree->expand(parent);
}

void NavigatorPane::applyFilters()
{
    ItemRule rule;
    rule.words = filterWords(m_text->text());
    rule.isLiveOnly = m_live->isChecked();
    if (m_mine->isChecked())
        rule.isMine = [this](const TrackedItem& item) { return m_workspace->guard().isMine(item); };
    m_filter->setRule(rule);
    if (!m_text->text().trimmed().isEmpty())
        m_tree->expandAll();
    updateEmptiness();
}

void NavigatorPane::updateEmptiness()
{
    const bool hasServers = !m_workspace->servers().isEmpty();
    const bool isEmpty = m_labels->rowCount() == 0;
    if (isEmpty && hasServers && !m_text->text().isEmpty())
        m_empty->setContent(tr("Nothing matches"), tr("No session and no batch has these words."), tr("Clear the filter"));
    else if (isEmpty)
        m_empty->setContent(tr("No servers yet"), tr("Add a Livy server, or let Kindling start Spark on this machine."), tr("Add server…"));
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget*>(m_empty) : m_tree);
}

QList<ItemKey> NavigatorPane::selectedItems() const
{
    QList<ItemKey> keys;
    for (const QModelIndex& index : m_tree->selectionModel()->selectedRows()) {
        const auto key = index.data(KeyRole).value<ItemKey>();
        if (key.isValid())
            keys += key;
    }
    return keys;
}

ServerId NavigatorPane::currentServer() const
{
    const ServerId current = m_tree->currentIndex().data(ServerIdRole).toString();
    if (!current.isEmpty() || m_workspace->servers().isEmpty())
        return current;
    return m_workspace->servers().constFirst()->profile().id;
}

void NavigatorPane::selectItem(const ItemKey& key)
{
    select(m_model->indexOf(key));
}

void NavigatorPane::selectServer(const ServerId& id)
{
    select(m_model->indexOfServer(id));
}

void NavigatorPane::setOpenItem(const ItemKey& key)
{
    if (key == m_tree->marked())
        return;
    m_tree->setMarked(key);
    m_labels->setOpenItem(key);
    QModelIndex row = rowOf(m_model->indexOf(key));
    // what a person has folded stays folded
    for (QModelIndex above = row.parent(); above.isValid(); above = above.parent()) {
        if (!m_tree->isExpanded(above))
            row = above;
    }
    const bool isAtWork = isAncestorOf(QApplication::focusWidget());
    if (row.isValid() && !isAtWork && !m_tree->viewport()->rect().contains(m_tree->visualRect(row)))
        m_tree->scrollTo(row);
}

QModelIndex NavigatorPane::rowOf(const QModelIndex& node) const
{
    return m_labels->mapFromSource(m_filter->mapFromSource(node));
}

void NavigatorPane::select(const QModelIndex& node)
{
    const QModelIndex index = rowOf(node);
    if (!index.isValid())
        return;
    m_tree->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_tree->scrollTo(index);
}

void NavigatorPane::onActivated(const QModelIndex& index)
{
    const auto key = index.data(KeyRole).value<ItemKey>();
    if (key.isValid())
        Q_EMIT itemActivated(key);
    else if (static_cast<NodeType>(index.data(NodeRole).toInt()) == NodeType::Server)
        Q_EMIT serverActivated(index.data(ServerIdRole).toString());
}

void NavigatorPane::onCurrentChanged(const QModelIndex& index)
{
    const auto key = index.data(KeyRole).value<ItemKey>();
    if (key.isValid())
        Q_EMIT itemSelected(key);
}

} // namespace kindling
