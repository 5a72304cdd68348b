// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/requesthandle.h"
#include "app/engine/server.h"
#include "ui/common/summarypage.h"

#include <QPointer>
#include <QWidget>

namespace kindling {

/// Follows one session or batch of a server and shows it on a page; keeps showing what was last known after it, or its
/// server, is gone. What the page says beyond that is the subclass's.
class ItemPane : public QWidget {
    Q_OBJECT
public:
    [[nodiscard]] const ItemKey& key() const { return m_key; }

Q_SIGNALS:
    void deleteRequested(const QList<kindling::ItemKey>& keys);
    /// Another one like it is wanted; `item` as last known.
    void copyRequested(const kindling::ItemKey& key, const kindling::SparkItem& item);

protected:
    ItemPane(Server* server, const ItemKey& key, QWidget* parent);

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

    [[nodiscard]] SummaryPage* page() const { return m_page; }
    [[nodiscard]] Server* server() const { return m_server; }
    /// As last known; `seen` is invalid until it was seen.
    [[nodiscard]] const TrackedItem& last() const { return m_last; }
    /// Is it there, as far as the server said?
    [[nodiscard]] bool isPresent() const;
    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QList<PageFact> facts() const = 0;
    virtual void updateButtons() = 0;
    /// Shows everything anew; a subclass calls it at the end of its constructor.
    void refresh();

    [[nodiscard]] QList<PageFact> originFacts() const;   ///< server, owner, time, app id, links
    [[nodiscard]] QList<PageFact> resourceFacts() const; ///< memory, cores, queue, settings

private:
    void onChanged(const QStringList& added, const QStringList& updated, const QList<TrackedItem>& removed);
    void addTransition(const Transition& transition);
    void showState();
    void showHistory();
    [[nodiscard]] QString message() const;
    void tick();

    QPointer<Server> m_server;
    ItemKey m_key;
    TrackedItem m_last;
    bool m_isGone = false;
    QList<Transition> m_transitions; ///< newest first
    RequestHandle m_ticking;
    SummaryPage* m_page;
};

} // namespace kindling
