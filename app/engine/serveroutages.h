// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/core/ids.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace kindling {

class Server;

/// Tells of servers that were online and cannot be reached, or ask for a sign-in, for longer than a short grace: once per
/// outage, and its end. A server that was stopped, or never online, has none.
class ServerOutages final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::seconds grace{ 30 };

    explicit ServerOutages(Clock& clock, QObject* parent = nullptr);

    /// It changed, perhaps: call it for each change of its connection.
    void look(const Server& server);
    void forget(const ServerId& id);

Q_SIGNALS:
    void began(const kindling::ServerId& server, const kindling::Error& problem);
    void ended(const kindling::ServerId& server, std::chrono::milliseconds duration);

private:
    struct Known {
        bool wasOnline = false;
        bool isTold = false;
        std::optional<Clock::Duration> since = {}; ///< of the outage
        QDateTime sinceWall = {};
        Error problem = {};
        RequestHandle timer = {};
    };
    void lose(Known& known, const Server& server);
    void regain(Known& known, const ServerId& id);

    Clock& m_clock;
    QHash<ServerId, Known> m_servers;
};

} // namespace kindling
