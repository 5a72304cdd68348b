// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/json.h"
#include "app/local/routeparts.h"
#include "app/local/router.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

void Router::listBatches(const HttpRequest& request, const Responder& respond)
{
    const auto from = queryInt(request, u"from"_s, 0);
    const auto size = queryInt(request, u"size"_s, 100);
    if (!from || !size)
        return respond((from ? size : from).error().response());
    respond(jsonResponse(200, m_batches.json({ *from, *size })));
}

void Router::createBatch(const HttpRequest& request, const Responder& respond)
{
    const auto parsed = parseBatchRequest(request.body);
    if (!parsed)
        return respond(parsed.error().response());
    const auto batch = m_batches.create(*parsed);
    if (!batch)
        return respond(batch.error().response());
    respond(createdResponse((*batch)->json(), u"/batches/%1"_s.arg((*batch)->id())));
}

void Router::showBatch(const HttpRequest& request, const Responder& respond)
{
    const auto batch = m_batches.find(request.path.at(1));
    respond(batch ? jsonResponse(200, (*batch)->json()) : batch.error().response());
}

void Router::batchState(const HttpRequest& request, const Responder& respond)
{
    const auto batch = m_batches.find(request.path.at(1));
    respond(batch ? stateResponse((*batch)->id(), wireName((*batch)->state())) : batch.error().response());
}

void Router::batchLog(const HttpRequest& request, const Responder& respond)
{
    const auto batch = m_batches.find(request.path.at(1));
    respond(batch ? logResponse(request, (*batch)->id(), (*batch)->log()) : batch.error().response());
}

void Router::deleteBatch(const HttpRequest& request, const Responder& respond)
{
    const auto batch = m_batches.find(request.path.at(1));
    if (!batch)
        return respond(batch.error().response());
    m_batches.remove((*batch)->id(),
        [respond] { respond(jsonResponse(200, JsonObjectWriter().text("msg", u"deleted"_s).finish())); });
}

} // namespace kindling::local
