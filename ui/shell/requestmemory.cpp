// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/requestmemory.h"

#include "app/core/clock.h"
#include "app/engine/itemrecord.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/livy/requestreader.h"
#include "ui/shell/services.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr qsizetype mostRequestsKept = 500;

template<typename Wanted>
std::optional<RememberedRequest<Wanted>> nameless(Result<RememberedRequest<Wanted>> request)
{
    if (!request)
        return std::nullopt;
    request->wanted.name.clear();
    return *request;
}
}

RequestMemory::RequestMemory(const Services& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
{
}

void RequestMemory::keepBatch(const ItemKey& key, const SparkItem& item, const QByteArray& request)
{
    m_submitted.append({ key, item, request });
    if (m_submitted.size() > mostRequestsKept)
        m_submitted.removeFirst();
}

void RequestMemory::recallSession(const RecalledItem& wanted, const Callback<NewSession>& callback)
{
    if (const auto told = toldByServer(wanted))
        return answer(told, callback);
    readRecord(wanted, [callback](const RecordedConfiguration& known) {
        callback(nameless(readRememberedSession(known.requested.isEmpty() ? known.effective : known.requested)));
    });
}

void RequestMemory::recallBatch(const RecalledItem& wanted, const Callback<NewBatch>& callback)
{
    if (const auto submitted = submittedHere(wanted))
        return answer(submitted, callback);
    readRecord(wanted, [callback](const RecordedConfiguration& known) { callback(nameless(readRememberedBatch(known.requested))); });
}

template<typename Wanted>
void RequestMemory::answer(const std::optional<Wanted>& known, const Callback<Wanted>& callback)
{
    m_services.clock.after(Clock::Duration(0), this, [callback, known] { callback(nameless<Wanted>(RememberedRequest<Wanted>{ *known, {} })); });
}

std::optional<NewSession> RequestMemory::toldByServer(const RecalledItem& wanted) const
{
    const Server* server = m_services.workspace.server(wanted.key.server);
    const bool isTold = m_services.workspace.item(wanted.key) && tellsConfiguration(wanted.item, server->version());
    return isTold ? std::optional(requestLike(wanted.item, server->version())) : std::nullopt;
}

std::optional<NewBatch> RequestMemory::submittedHere(const RecalledItem& wanted) const
{
    // Ids are used again after a restart of the server.
    const auto isMeant = [&wanted](const Submitted& one) { return one.key == wanted.key && isSameIncarnation(one.item, wanted.item); };
    const auto found = std::find_if(m_submitted.crbegin(), m_submitted.crend(), isMeant);
    return found == m_submitted.crend() ? std::nullopt : std::optional(readBatchRequest(found->request).value_or(NewBatch()));
}

void RequestMemory::readRecord(const RecalledItem& wanted, std::function<void(const RecordedConfiguration&)> callback)
{
    readItemRecord(m_services.recorder, { wanted.key, wanted.life }, this, [item = wanted.item, callback = std::move(callback)](const Result<ItemRecord>& record) {
        callback(record && isOfLife(item, record->life) ? record->configuration : RecordedConfiguration());
    });
}

} // namespace kindling
