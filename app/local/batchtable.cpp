// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/batchtable.h"

#include "app/local/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

QString wireName(BatchState state)
{
    switch (state) {
    case BatchState::Starting: return u"starting"_s;
    case BatchState::Running: return u"running"_s;
    case BatchState::Success: return u"success"_s;
    case BatchState::Dead: return u"dead"_s;
    case BatchState::Killed: return u"killed"_s;
    }
    return {};
}

Batch::Batch(int id, BatchRequest request, std::unique_ptr<BatchProcess> process, Clock& clock)
    : m_id(id)
    , m_request(std::move(request))
    , m_process(std::move(process))
    , m_clock(clock)
{
    connect(m_process.get(), &BatchProcess::started, this, [this] {
        if (m_state == BatchState::Starting)
            m_state = BatchState::Running;
    });
    connect(m_process.get(), &BatchProcess::logged, this,
        [this](const QString& line) { m_log.append(LogSection::Stdout, line); });
    connect(m_process.get(), &BatchProcess::ended, this, [this](int exitCode, bool isKilled) {
        m_endedAt = m_clock.steady();
        m_state = isKilled ? BatchState::Killed : exitCode == 0 ? BatchState::Success : BatchState::Dead;
        Q_EMIT ended();
    });
}

Batch::~Batch() = default;

bool Batch::isEnded() const
{
    return m_state != BatchState::Starting && m_state != BatchState::Running;
}

bool Batch::isOver() const
{
    return isEnded() && m_clock.steady() - m_endedAt > retention;
}

QByteArray Batch::json() const
{
    return JsonObjectWriter()
        .number("id", m_id)
        .text("name", m_request.resources.name)
        .raw("owner", "null")
        .raw("proxyUser", "null")
        .text("state", wireName(m_state))
        .raw("appId", "null")
        .raw("appInfo", R"({"driverLogUrl":null,"sparkUiUrl":null,"executorLogUrls":null})")
        .list("log", m_log.tail())
        .finish();
}

BatchTable::BatchTable(BatchFactory factory, Clock& clock, DriverRoom room)
    : m_factory(std::move(factory))
    , m_clock(clock)
    , m_room(std::move(room))
{
    sweepLater();
}

BatchTable::~BatchTable() = default;

Parsed<Batch*> BatchTable::create(const BatchRequest& request)
{
    const int id = m_nextId++;
    const QString& name = request.resources.name;
    const bool isTaken = !name.isNull() && std::ranges::any_of(m_batches, [&name](const auto& entry) {
        return entry.second->request().resources.name == name;
    });
    if (isTaken) {
        return std::unexpected(Refusal{
            400, u"Rejected, Reason: Duplicate session name: Some(%1) for session %2"_s.arg(name).arg(id) });
    }
    if (const auto refusal = m_room.refusalOfBatch(request.resources))
        return std::unexpected(*refusal);
    auto batch = std::make_unique<Batch>(id, request, m_factory(id, request), m_clock);
    connect(batch.get(), &Batch::ended, this, [place = m_room.take(request.resources)]() mutable { place.reset(); });
    return m_batches.emplace(id, std::move(batch)).first->second.get();
}

Parsed<Batch*> BatchTable::find(const QString& idOrName) const
{
    const auto id = idOfSegment(idOrName);
    if (!id)
        return std::unexpected(id.error());
    const auto found = std::ranges::find_if(m_batches, [&](const auto& entry) {
        return *id ? entry.first == **id : entry.second->request().resources.name == idOrName;
    });
    if (found == m_batches.end())
        return std::unexpected(notFound(idOrName));
    return found->second.get();
}

QByteArray BatchTable::json(ListRange range) const
{
    const auto total = static_cast<qint64>(m_batches.size());
    const auto [begin, end] = sliceOf(range, total);
    QByteArray list = "[";
    auto it = std::next(m_batches.begin(), begin);
    for (qint64 i = begin; i < end; ++i, ++it)
        list += (i > begin ? "," : "") + it->second->json();
    return JsonObjectWriter().number("from", range.from).number("total", total).raw("sessions", list + ']').finish();
}

void BatchTable::remove(int id, std::function<void()> callback)
{
    const auto found = m_batches.find(id);
    if (found == m_batches.end()) {
        callback();
        return;
    }
    Batch* batch = found->second.get();
    const auto forget = [this, id, callback = std::move(callback)] {
        const auto gone = m_batches.find(id);
        if (gone != m_batches.end()) {
            gone->second.release()->deleteLater();
            m_batches.erase(gone);
        }
        callback();
    };
    if (batch->isEnded()) {
        forget();
        return;
    }
    connect(batch, &Batch::ended, this, forget, Qt::SingleShotConnection);
    batch->kill();
}

void BatchTable::sweepLater()
{
    m_clock.after(sweepInterval, this, [this] {
        std::erase_if(m_batches, [](const auto& entry) { return entry.second->isOver(); });
        sweepLater();
    });
}

void BatchTable::stopAll(const std::function<void()>& callback)
{
    const auto left = std::make_shared<int>(0);
    for (const auto& entry : m_batches) {
        if (entry.second->isEnded())
            continue;
        ++*left;
        connect(entry.second.get(), &Batch::ended, this, [left, callback] {
            if (--*left == 0)
                callback();
        }, Qt::SingleShotConnection);
    }
    if (*left == 0) {
        callback();
        return;
    }
    for (const auto& entry : m_batches) {
        if (!entry.second->isEnded())
            entry.second->kill();
    }
}

} // namespace kindling::local
