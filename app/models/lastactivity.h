// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"

namespace kindling {

class RecordedPast;
class Workspace;

/// When a session last did something, as far as anybody saw: a change of its state, or an act of ours. What happened
/// between two looks, or while Kindling was not watching, is not known: it was idle since then at most so long.
class LastActivity final {
public:
    /// `past` may be null. Both must outlive this.
    LastActivity(const Workspace& workspace, const RecordedPast* past);

    /// Invalid = nothing is known.
    [[nodiscard]] QDateTime of(const TrackedItem& item) const;
    /// One of ours that idles, and of which no activity was seen for so long.
    [[nodiscard]] bool isOrphan(const TrackedItem& item, std::chrono::hours idleFor) const;

private:
    const Workspace& m_workspace;
    const RecordedPast* m_past;
};

} // namespace kindling
