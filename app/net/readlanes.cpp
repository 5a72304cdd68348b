// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/readlanes.h"

#include <algorithm>

namespace kindling {

void ReadLanes::enter(Ticket ticket, ReadLane lane, std::function<void()> go)
{
    if (!hasRoom(lane)) {
        m_waiting.append({ ticket, lane, std::move(go) });
        return;
    }
    m_underWay.append({ ticket, lane, {} });
    go();
}

void ReadLanes::leave(Ticket ticket)
{
    const auto isIt = [ticket](const Place& each) { return each.ticket == ticket; };
    m_waiting.removeIf(isIt);
    if (m_underWay.removeIf(isIt) == 0)
        return;
    const auto next = std::ranges::find_if(m_waiting, [this](const Place& each) { return hasRoom(each.lane); });
    if (next == m_waiting.end())
        return;
    const Place place = *next;
    m_waiting.erase(next);
    enter(place.ticket, place.lane, place.go);
}

bool ReadLanes::hasRoom(ReadLane lane) const
{
    const qsizetype lists = countOf(ReadLane::List);
    const qsizetype others = m_underWay.size() - lists;
    if (m_underWay.size() >= mostInAll)
        return false;
    switch (lane) {
    case ReadLane::List:
        return true;
    case ReadLane::Log:
        return others < mostBesidesLists && countOf(ReadLane::Log) < mostLogs;
    case ReadLane::Item:
        return others < mostBesidesLists;
    }
    return true;
}

qsizetype ReadLanes::countOf(ReadLane lane) const
{
    return std::ranges::count(m_underWay, lane, &Place::lane);
}

} // namespace kindling
