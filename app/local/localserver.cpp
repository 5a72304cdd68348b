// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/localserver.h"

#include "app/local/sparkbatch.h"
#include "app/local/sparkinterpreter.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

LocalServer::LocalServer(const SparkLocation& location, const QString& folder, const QByteArray& token,
    const MachineLimits& limits, Clock& clock)
    : m_room(limits)
    , m_sessions(
          [location, folder, limits, &clock](int id, const SessionRequest& request) -> std::unique_ptr<Interpreter> {
              const QString own = folder + u"/session-%1"_s.arg(id);
              return std::make_unique<SparkInterpreter>(
                  id, limits.withMemory(request), SparkInterpreter::Setup{ location, folder + u"/supervisor.py"_s, own }, clock);
          },
          clock, m_room)
    , m_batches([location, folder, limits, &clock](int id, const BatchRequest& request) -> std::unique_ptr<BatchProcess> {
        return std::make_unique<SparkBatch>(id, limits.withMemory(request), location, folder + u"/batch.py"_s, clock);
    }, clock, m_room)
    , m_router(Access(token), m_sessions, m_batches, location.sparkVersion)
    , m_http(
          clock, {}, [this](const HttpRequest& request, const Responder& respond) { m_router.handle(request, respond); },
          [this](const HttpRequest& request) { return m_router.refusal(request); })
{
}

void LocalServer::stop(std::function<void()> callback)
{
    m_http.close();
    m_sessions.stopAll([this, callback = std::move(callback)] { m_batches.stopAll(callback); });
}

} // namespace kindling::local
