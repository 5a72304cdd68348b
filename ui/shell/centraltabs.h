// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/requesthandle.h"
#include "app/engine/itemrecord.h"

#include <QTabWidget>

namespace kindling {

class ItemPane;
class LocalSparkPane;
class OverviewPane;
class WelcomePane;
struct Services;
struct SparkItem;

/// The middle of the window: Welcome or Overview first, then notebooks, sessions, batches.
class CentralTabs final : public QTabWidget {
    Q_OBJECT
public:
    CentralTabs(const Services& services, QWidget* parent);

    [[nodiscard]] OverviewPane* overview() const { return m_overview; }
    [[nodiscard]] WelcomePane* welcome() const { return m_welcome; }
    void showOverview();
    /// A tab for this session or batch, or the one it has.
    void showItem(const ItemKey& key);
    /// As showItem(), of the life that the id had at that time, as far as is recorded.
    void showItemOfThen(const ItemKey& key, const QDateTime& when);
    /// The tab of the one that the records have under this number; another one may have its id now.
    void showRecorded(const ItemKey& key, LifeNumber life);
    /// As showItem(), with what the records tell of its end in front.
    void showPostMortem(const ItemKey& key);
    void showLocalSpark();
    /// The item of the current tab; invalid = it shows none that is there now.
    [[nodiscard]] ItemKey currentItem() const;
    /// The same, also where it is a life that is over.
    [[nodiscard]] WantedLife currentLife() const;
    /// Closes a tab that needs no question; the first one stays.
    void closeSimply(int index);

Q_SIGNALS:
    void deleteRequested(const QList<kindling::ItemKey>& keys);
    void copyRequested(const kindling::ItemKey& key, const kindling::SparkItem& item, kindling::LifeNumber life);
    void logRequested(const kindling::ItemKey& key, kindling::LifeNumber life);
    void stopRequested(const kindling::ItemKey& key);
    void notebookRequested(const kindling::ItemKey& key);
    void pythonRestartRequested(const kindling::ItemKey& key);
    void newSessionRequested(const kindling::ServerId& server);
    void startLocalRequested();
    void stopLocalRequested();

private:
    void showHome();
    ItemPane* makeItemPane(const ItemKey& key, LifeNumber life);
    void openItem(const ItemKey& key, LifeNumber life);
    /// The pane of a tab; null = it shows no session or batch.
    [[nodiscard]] ItemPane* itemPaneAt(int index) const;
    /// Overview, or Welcome where there are no servers: the first tab, also after others were dragged.
    [[nodiscard]] QWidget* home() const;
    void keepHomeFirst();

    const Services& m_services;
    WelcomePane* m_welcome;
    OverviewPane* m_overview;
    LocalSparkPane* m_localSpark = nullptr;
    RequestHandle m_lookingUp;
};

} // namespace kindling
