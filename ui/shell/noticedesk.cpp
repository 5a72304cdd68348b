// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/noticedesk.h"

#include "app/storage/settings.h"
#include "ui/common/messagebar.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/noticechannel.h"
#include "ui/shell/noticewords.h"
#include "ui/shell/services.h"

#include <QApplication>

namespace kindling {

namespace {
constexpr qsizetype mostPosted = 100;

bool isTargetOf(const NotebookPane* pane, const ItemKey& key)
{
    return pane && key.type == ItemType::Session && pane->targetServer() == key.server && pane->targetSession() == key.id;
}
}

NoticeDesk::NoticeDesk(const Services& services, CentralTabs* tabs, NotebookDesk* notebooks, MessageBar* bar)
    : QObject(tabs)
    , m_services(services)
    , m_tabs(tabs)
    , m_notebooks(notebooks)
    , m_bar(bar)
    , m_watch(services.workspace, &services.recorder)
{
    m_watch.setTold(services.settings.toldRules());
    m_watch.setPolicy(services.settings.noticePolicy());
    m_watch.setLookedAt([this](const ItemKey& session) { return isLookedAt(session); });
    connect(&services.settings, &Settings::noticePolicyChanged, &m_watch, &NoticeWatch::setPolicy);
    connect(&m_watch, &NoticeWatch::noticed, this, &NoticeDesk::onNoticed);
    connect(&m_watch, &NoticeWatch::toldChanged, &services.settings, &Settings::setToldRules);
    connect(bar, &MessageBar::dismissed, this, [this] { m_unread.clear(); });
    connect(&services.notices, &NoticeChannel::activated, this, [this](int number) { open(m_posted.take(number)); });
}

void NoticeDesk::onNoticed(const QList<Notice>& notices)
{
    const int number = ++m_lastNumber;
    m_posted.insert(number, notices);
    if (m_posted.size() > mostPosted)
        m_posted.erase(m_posted.begin());
    m_services.notices.post(number, noticeText(notices), this, [this, number](bool isShown) {
        if (!isShown)
            showInWindow(m_posted.take(number));
    });
}

void NoticeDesk::showInWindow(const QList<Notice>& notices)
{
    // what nobody has read yet is told along with it
    m_unread += notices;
    const NoticeText text = noticeText(m_unread);
    m_bar->showInfo(text.title, text.body);
    m_bar->setAction(tr("Show", "opens what a notice is about"), [this] {
        const QList<Notice> unread = m_unread;
        m_bar->dismiss();
        open(unread);
    });
    QApplication::alert(m_bar->window());
}

void NoticeDesk::open(const QList<Notice>& notices)
{
    if (notices.isEmpty())
        return;
    QWidget* window = m_tabs->window();
    window->setWindowState((window->windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    window->show();
    window->raise();
    window->activateWindow();
    if (notices.size() == 1 && notices.constFirst().item.isValid())
        openItem(notices.constFirst().item);
    else
        m_tabs->showOverview();
}

void NoticeDesk::openItem(const ItemKey& key)
{
    for (NotebookPane* pane : m_notebooks->panes()) {
        if (isTargetOf(pane, key)) {
            m_tabs->setCurrentWidget(pane);
            return;
        }
    }
    m_tabs->showItem(key);
}

bool NoticeDesk::isLookedAt(const ItemKey& session) const
{
    return m_tabs->window()->isActiveWindow() && (isTargetOf(m_notebooks->current(), session) || m_tabs->currentItem() == session);
}

} // namespace kindling
