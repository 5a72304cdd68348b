// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/recorder.h"

namespace kindling {

struct SparkItem;

/// A life of a session or batch that is wanted from the records: the one numbered, or the newest of the item for 0.
struct WantedLife {
    ItemKey item;
    LifeNumber number = 0;

    friend bool operator==(const WantedLife&, const WantedLife&) = default;
};

/// What the records tell of one life of a session or batch.
struct ItemRecord {
    RecordedLife life;
    QList<RecordedState> states = {}; ///< oldest first
    RecordedConfiguration configuration = {};
    RecordedUse lastUse = {};
};
/// The same with a part of its log.
struct ItemRecordWithLog {
    ItemRecord item;
    RecordedLog log;
};

// NotFound = nothing was recorded of it.

RequestHandle readItemRecord(Recorder& recorder, const WantedLife& wanted, QObject* context, Recorder::Callback<ItemRecord> callback);
/// `part` says which lines; its life is filled in.
RequestHandle readItemWithLog(Recorder& recorder, const WantedLife& wanted, LogQuery part, QObject* context,
    Recorder::Callback<ItemRecordWithLog> callback);

/// May the recorded life be the one that is seen now? Ids are used again.
[[nodiscard]] bool isOfLife(const SparkItem& seen, const RecordedLife& life);
/// Did it end otherwise than it should: neither well nor because we wanted it?
[[nodiscard]] bool hasEndedBadly(const QList<RecordedState>& states);

} // namespace kindling
