// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/kind.h"
#include "app/core/states.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace kindling {

/// "idle", "Python died" (`damage`: the dead kind in the server's word), or the server's own word if we know none.
[[nodiscard]] QString stateWords(const ItemState& state, const QString& damage = {});
/// The same for a run of ours: "queued", "running", "cancelled"…
[[nodiscard]] QString runStateWords(RunState state);
/// "PySpark", "Scala", "SparkR", "SQL"; "Shared" for a session of all kinds.
[[nodiscard]] QString kindWord(Kind kind);
/// "8 s", "4 min", "3 h", "12 d"
[[nodiscard]] QString ageText(std::chrono::milliseconds age);
/// "340 ms", "2.31 s", "4 min 12 s", "2 h 5 min"
[[nodiscard]] QString durationText(std::chrono::milliseconds duration);
/// Local date and time to the second as the user's locale writes it; empty if invalid.
[[nodiscard]] QString exactTime(const QDateTime& time);
/// Local time of day, "14:02:05"; with the date if it is not `today`'s day.
[[nodiscard]] QString clockTime(const QDateTime& time, const QDate& today);
/// Short, for a column: today's to the second, this year's with the day, older ones by their day alone.
[[nodiscard]] QString briefTime(const QDateTime& time, const QDate& today);
/// One of the widest that briefTime() gives.
[[nodiscard]] QString longestBriefTime();
[[nodiscard]] QString connectionWords(ConnectionState state);
/// "4g" → "4"; other units: empty.
[[nodiscard]] QString gibibytes(const QString& memory);
/// "4g" → "4 GiB", "512m" → "512 MiB"; what is no such size stays.
[[nodiscard]] QString memoryWords(const QString& memory);
/// "1h" → "1 h", "30m" → "30 min"; what is no such length of time stays.
[[nodiscard]] QString timeWords(const QString& sent);
/// Why an item went, as Transition::note names it; other words stay.
[[nodiscard]] QString noteWords(const QString& note);
/// What happened in one line: the error's title, or words for its kind where it has none.
[[nodiscard]] QString errorTitle(const Error& error);
/// The title and, on lines of their own, what the other side said.
[[nodiscard]] QString errorText(const Error& error);

} // namespace kindling
