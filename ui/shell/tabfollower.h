// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemrecord.h"

#include <QObject>

namespace kindling {

class BottomDocks;
class CentralTabs;
class NavigatorPane;
class NotebookDesk;

/// Lets docks and navigator follow the tab in front: its session or batch, of a notebook the session that it runs in.
class TabFollower final : public QObject {
    Q_OBJECT
public:
    TabFollower(CentralTabs* tabs, NotebookDesk* notebooks, BottomDocks* docks, NavigatorPane* navigator);

private:
    void look();
    [[nodiscard]] WantedLife inFront() const;

    CentralTabs* m_tabs;
    NotebookDesk* m_notebooks;
    BottomDocks* m_docks;
    NavigatorPane* m_navigator;
    WantedLife m_followed;
};

} // namespace kindling
