// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/kind.h"
#include "app/storage/records.h"

#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;

namespace kindling {

class EventsModel;
class LogPane;
class TimelinePane;
struct Services;

/// The docks below: the log of what is selected, timeline, events, requests, history.
class BottomDocks final : public QObject {
    Q_OBJECT
public:
    BottomDocks(const Services& services, QMainWindow* window);

    /// The log dock follows this item from now on; invalid = none.
    void follow(const ItemKey& key) { followLife(key, 0); }
    /// As follow(); `life`: 0 = the one that has the id now; else one that is over, as recorded.
    void followLife(const ItemKey& key, LifeNumber life);
    /// Brings the log dock up, too.
    void showLog(const ItemKey& key, LifeNumber life);
    [[nodiscard]] const QList<QDockWidget*>& docks() const { return m_docks; }

Q_SIGNALS:
    /// A row of the timeline or of the events was chosen; it lived at `when`.
    void itemActivated(const kindling::ItemKey& key, const QDateTime& when);
    /// A row of the history.
    void recordedActivated(const kindling::ItemKey& key, kindling::LifeNumber life);
    void insertRequested(const QString& code, kindling::Kind kind);

private:
    void addHistory(const Services& services);
    QDockWidget* addDock(QWidget* pane, const QString& title, const QString& name);

    QMainWindow* m_window;
    LogPane* m_log;
    TimelinePane* m_timeline;
    QList<QDockWidget*> m_docks;
};

} // namespace kindling
