// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/requestedsizes.h"

#include "app/engine/itemrecord.h"
#include "app/engine/workspace.h"
#include "app/livy/requestrecord.h"
#include "app/models/itemsizes.h"
#include "app/storage/recorder.h"

#include <algorithm>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostRequests = 5'000;

/// Spark's own settings say what the request's fields leave open.
template<typename Wanted>
SparkItem sizesOf(const Result<RememberedRequest<Wanted>>& remembered)
{
    const Wanted wanted = remembered ? remembered->wanted : Wanted();
    const auto text = [&wanted](const QString& field, const QString& setting) { return field.isEmpty() ? wanted.conf.value(setting) : field; };
    const auto count = [&wanted](std::optional<int> field, const QString& setting) { return std::max(0, field.value_or(wanted.conf.value(setting).toInt())); };
    SparkItem sizes;
    sizes.driverMemory = text(wanted.driverMemory, u"spark.driver.memory"_s);
    sizes.driverCores = count(wanted.driverCores, u"spark.driver.cores"_s);
    sizes.executorMemory = text(wanted.executorMemory, u"spark.executor.memory"_s);
    sizes.executorCores = count(wanted.executorCores, u"spark.executor.cores"_s);
    sizes.numExecutors = count(wanted.numExecutors, u"spark.executor.instances"_s);
    sizes.queue = text(wanted.queue, u"spark.yarn.queue"_s);
    return sizes;
}

SparkItem sizesOf(const RecordedRequest& request)
{
    return request.life.facts.key.type == ItemType::Batch ? sizesOf(readRememberedBatch(request.json)) : sizesOf(readRememberedSession(request.json));
}

SparkItem filled(SparkItem item, const SparkItem& sizes)
{
    const auto fill = [&item, &sizes]<typename T>(T SparkItem::* field) {
        if (item.*field == T())
            item.*field = sizes.*field;
    };
    for (const auto text : { &SparkItem::driverMemory, &SparkItem::executorMemory, &SparkItem::queue })
        fill(text);
    for (const auto count : { &SparkItem::driverCores, &SparkItem::executorCores, &SparkItem::numExecutors })
        fill(count);
    return item;
}
}

RequestedSizes::RequestedSizes(const Workspace& workspace, Recorder* recorder, QObject* parent)
    : QObject(parent)
    , m_recorder(recorder)
{
    if (!m_recorder)
        return;
    connect(&workspace, &Workspace::observed, this, [this](const Observation& observation) {
        const auto* act = std::get_if<OwnAct>(&observation.what);
        m_isStale = m_isStale || (act && !act->request.isEmpty());
    });
    connect(m_recorder, &Recorder::recorded, this, [this] {
        if (m_isAsked && m_isStale)
            read();
    });
}

void RequestedSizes::load()
{
    if (m_recorder && !std::exchange(m_isAsked, true))
        read();
}

void RequestedSizes::read()
{
    m_isStale = false;
    m_recorder->requests(mostRequests, this, [this](const Result<QList<RecordedRequest>>& newestFirst) {
        m_requests.clear();
        for (const RecordedRequest& each : newestFirst.value_or(QList<RecordedRequest>())) {
            if (const ItemKey& key = each.life.facts.key; !m_requests.contains(key))
                m_requests.insert(key, { each });
        }
        Q_EMIT changed();
    });
}

std::optional<SparkItem> RequestedSizes::completed(const TrackedItem& tracked) const
{
    const auto request = m_requests.find(tracked.key);
    if (request == m_requests.end() || !isOfLife(tracked.item, request->recorded.life))
        return std::nullopt;
    if (!request->sizes)
        request->sizes = sizesOf(request->recorded);
    return filled(tracked.item, *request->sizes);
}

} // namespace kindling
