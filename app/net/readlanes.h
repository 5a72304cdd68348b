// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transport.h"

#include <QList>

#include <array>
#include <functional>

namespace kindling {

/// Lets at most four reads of one server be under way, so that those which hang leave room for the others: one place is
/// for lists alone, and logs never take the last one of what is left.
class ReadLanes final {
public:
    using Ticket = const void*;
    static constexpr int mostInAll = 4;
    static constexpr int mostBesidesLists = 3;
    static constexpr int mostLogs = 2;

    /// Calls `go` at once or when others have left. Each ticket must leave.
    void enter(Ticket ticket, ReadLane lane, std::function<void()> go);
    /// Whether it was under way, waited, or left before.
    void leave(Ticket ticket);

private:
    struct Place {
        Ticket ticket;
        ReadLane lane;
        std::function<void()> go; ///< of those that wait
    };
    [[nodiscard]] bool hasRoom(ReadLane lane) const;
    [[nodiscard]] qsizetype countOf(ReadLane lane) const;

    QList<Place> m_waiting; ///< in the order they came
    QList<Place> m_underWay;
};

} // namespace kindling
