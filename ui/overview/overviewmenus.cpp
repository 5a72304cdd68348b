// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/workspace.h"
#include "app/models/itemsmodel.h"
#include "ui/overview/overviewlabels.h"
#include "ui/overview/overviewpane.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

namespace kindling {

using namespace Qt::StringLiterals;
using Column = ItemsModel::Column;

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

} // namespace kindling
