// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/noticewatch.h"

#include <QMap>

class QWidget;

namespace kindling {

class CentralTabs;
class MessageBar;
class NotebookDesk;
struct Services;

/// Tells a person what may be worth knowing: as a notification of the desktop or, where it shows none, in a bar of the
/// window. Choosing it brings the window to what it is about.
class NoticeDesk final : public QObject {
    Q_OBJECT
public:
    NoticeDesk(const Services& services, CentralTabs* tabs, NotebookDesk* notebooks, MessageBar* bar);

private:
    void onNoticed(const QList<Notice>& notices);
    void showInWindow(const QList<Notice>& notices);
    void open(const QList<Notice>& notices);
    void openItem(const ItemKey& key);
    [[nodiscard]] bool isLookedAt(const ItemKey& session) const;

    const Services& m_services;
    CentralTabs* m_tabs;
    NotebookDesk* m_notebooks;
    MessageBar* m_bar;
    NoticeWatch m_watch;
    QMap<int, QList<Notice>> m_posted; ///< by number, of the newest
    QList<Notice> m_unread;            ///< what the bar tells
    int m_lastNumber = 0;
};

} // namespace kindling
