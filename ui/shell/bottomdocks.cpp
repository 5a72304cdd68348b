// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bottomdocks.h"

#include "app/engine/workspace.h"
#include "app/models/eventsmodel.h"
#include "app/models/historymodel.h"
#include "app/models/recordedpast.h"
#include "app/models/requestsmodel.h"
#include "app/models/timelinemodel.h"
#include "ui/log/eventspane.h"
#include "ui/log/historypane.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/log/requestspane.h"
#include "ui/log/timelinepane.h"
#include "ui/shell/notebookoutputs.h"
#include "ui/shell/services.h"

#include <QDockWidget>
#include <QMainWindow>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::hours timelineReach{ 72 };
}

BottomDocks::BottomDocks(const Services& services, QMainWindow* window)
    : QObject(window)
    , m_window(window)
    , m_log(new LogPane(&services.workspace, &services.recorder, &services.dialogs, window))
    , m_timeline(new TimelinePane(new TimelineModel(&services.workspace, new RecordedPast(&services.recorder, services.clock, timelineReach, this), this), services.clock, window))
{
    auto* events = new EventsPane(new EventsModel(&services.workspace, &services.recorder, this), window);
    connect(events, &EventsPane::itemActivated, this, &BottomDocks::itemActivated);
    connect(m_timeline, &TimelinePane::itemActivated, this, &BottomDocks::itemActivated);
    addDock(m_log, tr("Log"), u"logDock"_s);
    addDock(m_timeline, tr("Timeline"), u"timelineDock"_s);
    addDock(events, tr("Events"), u"eventsDock"_s);
    addDock(new RequestsPane(&services.requests, &services.workspace, window), tr("Requests"), u"requestsDock"_s);
    addHistory(services);
    m_docks.first()->raise();
}

void BottomDocks::addHistory(const Services& services)
{
    auto* history = new HistoryPane(new HistoryModel(services.recorder, services.workspace, this), services.recorder, notebookOutputs(), m_window);
    connect(history, &HistoryPane::itemActivated, this, &BottomDocks::recordedActivated);
    connect(history, &HistoryPane::insertRequested, this, &BottomDocks::insertRequested);
    addDock(history, tr("History"), u"historyDock"_s);
}

QDockWidget* BottomDocks::addDock(QWidget* pane, const QString& title, const QString& name)
{
    auto* dock = new QDockWidget(title, m_window);
    dock->setObjectName(name);
    dock->setWidget(pane);
    dock->setTitleBarWidget(new QWidget(dock));
    dock->setAllowedAreas(Qt::BottomDockWidgetArea);
    m_window->addDockWidget(Qt::BottomDockWidgetArea, dock);
    if (!m_docks.isEmpty())
        m_window->tabifyDockWidget(m_docks.last(), dock);
    m_docks.append(dock);
    return dock;
}

void BottomDocks::showLog(const ItemKey& key, LifeNumber life)
{
    followLife(key, life);
    m_docks.first()->show();
    m_docks.first()->raise();
    m_log->view()->setFocus();
}

void BottomDocks::followLife(const ItemKey& key, LifeNumber life)
{
    m_timeline->setCurrent(key);
    if (key.isValid())
        m_log->showItem(key, life);
    else
        m_log->clear();
}

} // namespace kindling
