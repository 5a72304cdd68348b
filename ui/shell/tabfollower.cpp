// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tabfollower.h"

#include "ui/navigator/navigatorpane.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/bottomdocks.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/notebookdesk.h"

#include <utility>

namespace kindling {

TabFollower::TabFollower(CentralTabs* tabs, NotebookDesk* notebooks, BottomDocks* docks, NavigatorPane* navigator)
    : QObject(docks)
    , m_tabs(tabs)
    , m_notebooks(notebooks)
    , m_docks(docks)
    , m_navigator(navigator)
{
    connect(tabs, &QTabWidget::currentChanged, this, [this] {
        m_followed = {}; // whatever was looked at meanwhile
        look();
    });
    connect(notebooks, &NotebookDesk::currentChanged, this, &TabFollower::look);
}

void TabFollower::look()
{
    const WantedLife wanted = inFront();
    if (std::exchange(m_followed, wanted) != wanted && wanted.item.isValid())
        m_docks->followLife(wanted.item, wanted.number);
    // another one may have its id now
    m_navigator->setOpenItem(wanted.number == 0 ? wanted.item : ItemKey());
}

WantedLife TabFollower::inFront() const
{
    const NotebookPane* notebook = m_notebooks->current();
    if (!notebook)
        return m_tabs->currentLife();
    return { { notebook->targetServer(), ItemType::Session, notebook->targetSession() } };
}

} // namespace kindling
