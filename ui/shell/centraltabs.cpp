// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/centraltabs.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/storage/recorder.h"
#include "app/storage/settings.h"
#include "ui/batch/batchpane.h"
#include "ui/overview/overviewpane.h"
#include "ui/session/sessionpane.h"
#include "ui/shell/localserverprofile.h"
#include "ui/shell/localsparkpane.h"
#include "ui/shell/notebookoutputs.h"
#include "ui/shell/services.h"
#include "ui/shell/welcomepane.h"

#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostLives = 50; ///< of one id
constexpr std::chrono::seconds recordingDelay{ 2 }; ///< a life is recorded a little after it was first seen
}

CentralTabs::CentralTabs(const Services& services, QWidget* parent)
    : QTabWidget(parent)
    , m_services(services)
    , m_welcome(new WelcomePane(this))
    , m_overview(new OverviewPane(&services.workspace, &services.recorder, this))
{
    setObjectName(u"centralTabs"_s);
    setDocumentMode(true);
    setTabsClosable(true);
    setMovable(true);
    addTab(m_welcome, tr("Welcome"));
    m_overview->hide();
    showHome();
    connect(tabBar(), &QTabBar::tabMoved, this, &CentralTabs::keepHomeFirst);
    connect(&m_services.workspace, &Workspace::serverAdded, this, &CentralTabs::showHome);
    connect(&m_services.workspace, &Workspace::serverRemoved, this, &CentralTabs::showHome);
    connect(&m_services.workspace, &Workspace::serverAboutToBeRemoved, this, [this](Server* server) {
        for (int index = count() - 1; index >= 0; --index) {
            if (const ItemPane* pane = itemPaneAt(index); pane && pane->key().server == server->profile().id)
                closeSimply(index);
        }
    });
    connect(m_overview, &OverviewPane::itemActivated, this, &CentralTabs::showItem);
    connect(m_overview, &OverviewPane::postMortemRequested, this, &CentralTabs::showPostMortem);
    connect(m_overview, &OverviewPane::deleteRequested, this, &CentralTabs::deleteRequested);
}

void CentralTabs::showHome()
{
    // The first tab is the overview as soon as there is a server to look at; the welcome page goes.
    const bool hasServers = !m_services.workspace.servers().isEmpty();
    QWidget* home = hasServers ? static_cast<QWidget*>(m_overview) : m_welcome;
    if (indexOf(home) < 0) {
        removeTab(indexOf(hasServers ? static_cast<QWidget*>(m_welcome) : m_overview));
        insertTab(0, home, hasServers ? tr("Overview") : tr("Welcome"));
    }
    for (const QTabBar::ButtonPosition side : { QTabBar::LeftSide, QTabBar::RightSide })
        tabBar()->setTabButton(indexOf(home), side, nullptr);
}

QWidget* CentralTabs::home() const
{
    return indexOf(m_overview) >= 0 ? static_cast<QWidget*>(m_overview) : m_welcome;
}

void CentralTabs::keepHomeFirst()
{
    if (const int place = indexOf(home()); place > 0)
        tabBar()->moveTab(place, 0);
}

void CentralTabs::showOverview()
{
    setCurrentWidget(home());
}

ItemPane* CentralTabs::makeItemPane(const ItemKey& key, LifeNumber life)
{
    const ItemSubject subject{ .server = m_services.workspace.server(key.server), .key = key, .recorder = &m_services.recorder, .life = life,
        .dialogs = &m_services.dialogs };
    ItemPane* pane = nullptr;
    if (key.type == ItemType::Session) {
        auto* session = new SessionPane(subject, notebookOutputs(), this);
        connect(session, &SessionPane::stopRequested, this, &CentralTabs::stopRequested);
        connect(session, &SessionPane::notebookRequested, this, &CentralTabs::notebookRequested);
        connect(session, &SessionPane::pythonRestartRequested, this, &CentralTabs::pythonRestartRequested);
        pane = session;
    } else {
        pane = new BatchPane(subject, this);
    }
    connect(pane, &ItemPane::copyRequested, this, &CentralTabs::copyRequested);
    connect(pane, &ItemPane::deleteRequested, this, &CentralTabs::deleteRequested);
    connect(pane, &ItemPane::logRequested, this, &CentralTabs::logRequested);
    return pane;
}

ItemPane* CentralTabs::itemPaneAt(int index) const
{
    return qobject_cast<ItemPane*>(widget(index));
}

void CentralTabs::showItem(const ItemKey& key)
{
    openItem(key, 0);
}

void CentralTabs::openItem(const ItemKey& key, LifeNumber life)
{
    for (int index = 0; index < count(); ++index) {
        if (const ItemPane* pane = itemPaneAt(index); pane && pane->key() == key && pane->life() == life) {
            setCurrentIndex(index);
            return;
        }
    }
    const QString type = key.type == ItemType::Session ? tr("Session %1") : tr("Batch %1");
    const QString title = life == 0 ? type : tr("%1 (earlier)").arg(type);
    setCurrentIndex(addTab(makeItemPane(key, life), title.arg(key.id)));
}

void CentralTabs::showRecorded(const ItemKey& key, LifeNumber life)
{
    m_lookingUp.cancel();
    m_lookingUp = m_services.recorder.lives({ .server = {}, .item = key, .most = 1 }, this, [this, key, life](const Result<QList<RecordedLife>>& newest) {
        const bool isNewest = !newest || newest->isEmpty() || newest->constFirst().number == life;
        openItem(key, isNewest ? 0 : life);
    });
}

void CentralTabs::showItemOfThen(const ItemKey& key, const QDateTime& when)
{
    m_lookingUp.cancel();
    m_lookingUp = m_services.recorder.lives({ .server = {}, .item = key, .most = mostLives }, this, [this, key, when](const Result<QList<RecordedLife>>& lives) {
        const QList<RecordedLife> newestFirst = lives.value_or(QList<RecordedLife>());
        const auto then = std::ranges::find_if(newestFirst, [&when](const RecordedLife& life) { return life.firstSeen <= when.addDuration(recordingDelay); });
        const bool isEarlier = then != newestFirst.end() && then != newestFirst.begin();
        openItem(key, isEarlier ? then->number : 0);
    });
}

void CentralTabs::showPostMortem(const ItemKey& key)
{
    showItem(key);
    if (ItemPane* pane = itemPaneAt(currentIndex()))
        pane->showPostMortem();
}

void CentralTabs::showLocalSpark()
{
    if (!m_localSpark) {
        m_localSpark = new LocalSparkPane(&m_services.localSpark, this);
        connect(m_localSpark, &LocalSparkPane::startRequested, this, &CentralTabs::startLocalRequested);
        connect(m_localSpark, &LocalSparkPane::stopRequested, this, &CentralTabs::stopLocalRequested);
        connect(m_localSpark, &LocalSparkPane::sessionRequested, this,
            [this] { Q_EMIT newSessionRequested(localSparkProfile(m_services.settings.servers()).id); });
        connect(m_localSpark, &LocalSparkPane::pythonChosen, this, [this](const QString& path) {
            m_services.settings.setServers(withLocalPython(m_services.settings.servers(), path));
        });
    }
    m_localSpark->setPython(localSparkProfile(m_services.settings.servers()).python);
    const int present = indexOf(m_localSpark);
    setCurrentIndex(present >= 0 ? present : addTab(m_localSpark, tr("Local Spark")));
    m_localSpark->takeFocus();
}

ItemKey CentralTabs::currentItem() const
{
    const WantedLife current = currentLife();
    // An earlier life shares its id with what is there now.
    return current.number == 0 ? current.item : ItemKey();
}

WantedLife CentralTabs::currentLife() const
{
    const ItemPane* pane = itemPaneAt(currentIndex());
    return pane ? WantedLife{ pane->key(), pane->life() } : WantedLife();
}

void CentralTabs::closeSimply(int index)
{
    QWidget* pane = widget(index);
    if (!pane || pane == home())
        return;
    removeTab(index);
    if (pane != m_localSpark)
        pane->deleteLater();
}

} // namespace kindling
