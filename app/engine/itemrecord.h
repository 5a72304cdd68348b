// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/recorder.h"

namespace kindling {

/// What the records tell of one life of a session or batch.
struct ItemRecord {
    RecordedLife life;
    QList<RecordedState> states; ///< oldest first
};

/// Reads the life numbered, or the newest of the item where `life` is 0. NotFound = nothing was recorded of it.
RequestHandle readItemRecord(Recorder& recorder, const ItemKey& item, LifeNumber life, QObject* context, Recorder::Callback<ItemRecord> callback);

/// Did it end otherwise than it should: neither well nor because we wanted it?
[[nodiscard]] bool hasEndedBadly(const QList<RecordedState>& states);

} // namespace kindling
