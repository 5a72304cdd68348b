// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/requesthandle.h"
#include "app/engine/itemrecord.h"
#include "app/engine/server.h"
#include "ui/common/summarypage.h"

#include <QPointer>
#include <QWidget>

namespace kindling {

class Dialogs;
class RecordPages;

/// What a pane shows: a session or batch as its server lists it, or one life of it from the records.
struct ItemSubject {
    Server* server = nullptr; ///< null = not configured any more
    ItemKey key = {};
    Recorder* recorder = nullptr; ///< null = there are no records
    LifeNumber life = 0;          ///< 0 = the present one; else one that is over
    Dialogs* dialogs = nullptr;   ///< null = no file can be asked for
};

/// Follows one session or batch of a server and shows it on a page; keeps showing what was last known or recorded after
/// it, or its server, is gone. When it ended badly, why is shown first. What the page says beyond that is the subclass's.
class ItemPane : public QWidget {
    Q_OBJECT
public:
    [[nodiscard]] const ItemKey& key() const { return m_key; }
    [[nodiscard]] LifeNumber life() const { return m_life; }
    /// Shows what the records tell of its end.
    void showPostMortem();

Q_SIGNALS:
    void deleteRequested(const QList<kindling::ItemKey>& keys);
    /// `life` as life().
    void logRequested(const kindling::ItemKey& key, kindling::LifeNumber life);
    /// Another one like it is wanted; `item` as last known, `life` as recordedLife().
    void copyRequested(const kindling::ItemKey& key, const kindling::SparkItem& item, kindling::LifeNumber life);

protected:
    ItemPane(const ItemSubject& subject, QWidget* parent);

    [[nodiscard]] SummaryPage* page() const { return m_page; }
    [[nodiscard]] Server* server() const { return m_server; }
    [[nodiscard]] Recorder* recorder() const { return m_recorder; }
    /// Its number in the records; 0 = not known yet, negative = they know nothing of it.
    [[nodiscard]] LifeNumber recordedLife() const { return m_recordedLife; }
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
    void addLogButton();
    void followServer();
    void onChanged(const QStringList& added, const QStringList& updated, const QList<TrackedItem>& removed);
    void addTransition(const Transition& transition);
    void readRecord();
    void onRecord(const Result<ItemRecord>& record);
    void takeFromRecord();
    /// Where it has been, oldest first: as recorded before this pane was there, then as watched.
    [[nodiscard]] QList<RecordedState> states() const;
    void showState();
    void showHistory();
    void updateRecords();
    [[nodiscard]] QString message() const;
    [[nodiscard]] QString recordMessage() const;

    QPointer<Server> m_server;
    Recorder* m_recorder;
    ItemKey m_key;
    LifeNumber m_life;
    TrackedItem m_last;
    bool m_isGone = false;
    bool m_isFromRecord = false;     ///< what is last known is what was recorded
    QDateTime m_opened;              ///< invalid = nothing is watched
    RecordedState m_found;           ///< where it was then; `when` is invalid = not there
    QList<RecordedState> m_watched;  ///< oldest first
    std::optional<ItemRecord> m_record;
    LifeNumber m_recordedLife = 0;
    RequestHandle m_reading;
    bool m_hasAskedLog = false; ///< of what has ended
    SummaryPage* m_page;
    RecordPages* m_records = nullptr; ///< null = there are no records
};

} // namespace kindling
