// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemrecord.h"
#include "app/livy/requestrecord.h"

namespace kindling {

/// A run to be compared with another: what its records tell, and its log from the start.
struct RunRecord {
    ItemRecord item;
    QList<Setting> settings; ///< as requested, else as its server told
    RecordedLog log;

    /// Invalid = not known.
    [[nodiscard]] QDateTime started() const;
    [[nodiscard]] QDateTime ended() const;
    /// The state at its end, or the last one.
    [[nodiscard]] ItemState lastState() const;
};

/// The settings that the records know of a life: as requested, as effective. nullopt = not known.
struct KnownSettings {
    std::optional<QList<Setting>> requested;
    std::optional<QList<Setting>> effective;
};
[[nodiscard]] KnownSettings settingsOf(ItemType type, const RecordedConfiguration& configuration);

/// NotFound = nothing was recorded of it.
RequestHandle readRun(Recorder& recorder, const WantedLife& wanted, QObject* context, Recorder::Callback<RunRecord> callback);

struct LogComparison {
    qsizetype first = -1;  ///< the line in which they part, numbers aside: times, ids and ports differ always; -1 = in none
    bool isSame = false;   ///< to the letter, as far as they were read
    bool isWhole = false;  ///< both were read to their ends
};
[[nodiscard]] LogComparison compareLogs(const RecordedLog& left, const RecordedLog& right);

} // namespace kindling
