// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/serveroutages.h"

#include "app/engine/server.h"

#include <algorithm>
#include <utility>

namespace kindling {

ServerOutages::ServerOutages(Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void ServerOutages::look(const Server& server)
{
    const ServerId id = server.profile().id;
    switch (server.connection()) {
    case ConnectionState::Online:
        regain(m_servers[id], id);
        break;
    case ConnectionState::Offline:
    case ConnectionState::SignInNeeded:
        lose(m_servers[id], server);
        break;
    case ConnectionState::Connecting:
        break; // an outage goes on while somebody tries again
    case ConnectionState::Unconnected:
    case ConnectionState::Stopped:
        forget(id);
        break;
    }
}

void ServerOutages::forget(const ServerId& id)
{
    m_servers.take(id).timer.cancel();
}

void ServerOutages::lose(Known& known, const Server& server)
{
    if (!known.wasOnline)
        return;
    known.problem = server.problem();
    if (known.since)
        return;
    known.since = m_clock.steady();
    known.sinceWall = m_clock.now();
    known.timer = m_clock.after(grace, this, [this, id = server.profile().id] {
        Known& lost = m_servers[id];
        lost.isTold = true;
        Q_EMIT began(id, lost.problem);
    });
}

void ServerOutages::regain(Known& known, const ServerId& id)
{
    known.timer.cancel();
    const std::optional<Clock::Duration> since = std::exchange(known.since, std::nullopt);
    const bool wasTold = std::exchange(known.isTold, false);
    known.wasOnline = true;
    // the steady clock stands still while the machine sleeps, the wall clock may be set back
    if (wasTold && since)
        Q_EMIT ended(id, std::max(m_clock.steady() - *since, Clock::Duration(known.sinceWall.msecsTo(m_clock.now()))));
}

} // namespace kindling
