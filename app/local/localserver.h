// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/httpserver.h"
#include "app/local/router.h"
#include "app/local/sparklocation.h"

namespace kindling::local {

/// Local Spark as a whole: tables, routes and the HTTP front over the real Spark of this machine.
class LocalServer final : public QObject {
    Q_OBJECT
public:
    /// `folder`: where the scripts are and the sessions may have folders. `clock` outlives the server.
    LocalServer(const SparkLocation& location, const QString& folder, const QByteArray& token,
        const MachineLimits& limits, Clock& clock);

    [[nodiscard]] bool listen(quint16 port) { return m_http.listen(port); }
    [[nodiscard]] quint16 port() const { return m_http.port(); }
    [[nodiscard]] QString errorString() const { return m_http.errorString(); }
    /// Takes no more connections and ends all drivers; calls back when they are gone.
    void stop(std::function<void()> callback);

private:
    const DriverRoom m_room; ///< one for both: copies share what is held
    SessionTable m_sessions;
    BatchTable m_batches;
    Router m_router;
    HttpServer m_http;
};

} // namespace kindling::local
