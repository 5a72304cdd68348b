// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/recorder.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/common/itempane.h"

#include <QTemporaryDir>

namespace kindling::test {

/// The servers of the drawings, with all that is seen of them recorded.
struct RecordedPanes : PanesFixture {
    RecordedPanes()
    {
        QObject::connect(&workspace, &Workspace::observed, recorder.get(), &Recorder::record);
        fillLikeTheDrawing(*this);
    }
    [[nodiscard]] Server* prod() const { return workspace.server(QStringLiteral("prod")); }
    /// What a pane of an item is given.
    [[nodiscard]] ItemSubject subject(ItemType type, const QString& id, LifeNumber life = 0) const
    {
        return { .server = prod(), .key = { QStringLiteral("prod"), type, id }, .recorder = recorder.get(), .life = life };
    }
    /// As if it had been read from the item's log now.
    void seeLog(ItemType type, const QString& id, const QStringList& lines)
    {
        LogSeen seen;
        for (const QString& line : lines)
            seen.lines += { .section = LogSection::Stderr, .text = line };
        record(type, id, seen);
    }
    template<typename What>
    void record(ItemType type, const QString& id, What what)
    {
        const TrackedItem* tracked = prod()->store(type).find(id);
        const ItemKey key{ QStringLiteral("prod"), type, id };
        const ItemFacts facts = tracked ? factsOf(key, tracked->item) : ItemFacts{ .key = key };
        recorder->record({ .number = 0, .when = clock.now(), .item = facts, .what = std::move(what) });
    }
    /// Writes what waits; whoever listens hears of it.
    void write() { clock.advance(std::chrono::seconds(1)); }

    QTemporaryDir folder;
    std::unique_ptr<Recorder> recorder = std::make_unique<Recorder>(folder.filePath(QStringLiteral("records.sqlite")), clock);
};

} // namespace kindling::test
