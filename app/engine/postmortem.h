// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/causes.h"
#include "app/engine/itemrecord.h"
#include "app/storage/recorder.h"

namespace kindling {

/// What is known of an end: the last states with their times, the recognised cause with the line that shows it, and the
/// log around it (without such a line: the log's last lines).
struct PostMortem {
    RecordedLife life;
    QList<RecordedState> states; ///< oldest first
    QString causeId;             ///< empty = none was recognised
    qint64 causeLine = -1;       ///< its number in the recorded log; -1 = the states show it
    RecordedLog log;
};

/// Looks for the first of `causes` that fits. Pure.
[[nodiscard]] PostMortem examine(const QList<Cause>& causes, const ItemRecord& record, const RecordedLog& log);

/// The same for a life in the records. NotFound = nothing was recorded of it.
RequestHandle readPostMortem(Recorder& recorder, const WantedLife& wanted, QObject* context, Recorder::Callback<PostMortem> callback);

} // namespace kindling
