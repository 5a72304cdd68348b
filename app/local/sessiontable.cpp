// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/sessiontable.h"

#include "app/local/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

Parsed<std::optional<int>> idOfSegment(const QString& segment)
{
    const bool isNumber = !segment.isEmpty()
        && std::ranges::all_of(segment, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isNumber)
        return std::nullopt;
    bool fits = false;
    const int id = segment.toInt(&fits);
    if (!fits)
        return std::unexpected(Refusal{ 400, u"For input string: \"%1\""_s.arg(segment) });
    return id;
}

Refusal notFound(const QString& idOrName)
{
    return { 404, u"Session '%1' not found."_s.arg(idOrName) };
}

std::pair<qint64, qint64> sliceOf(ListRange range, qint64 total)
{
    const qint64 begin = std::clamp<qint64>(range.from, 0, total);
    return { begin, std::clamp<qint64>(qint64{ range.from } + range.size, begin, total) };
}

SessionTable::SessionTable(InterpreterFactory factory, Clock& clock, DriverRoom room)
    : m_factory(std::move(factory))
    , m_clock(clock)
    , m_room(std::move(room))
{
    sweepLater();
}

SessionTable::~SessionTable() = default;

Parsed<Session*> SessionTable::create(const SessionRequest& request)
{
    const int id = m_nextId++;
    const QString& name = request.resources.name;
    const bool isTaken = !name.isNull() && std::ranges::any_of(m_sessions, [&name](const auto& entry) {
        return entry.second->request().resources.name == name;
    });
    if (isTaken) {
        return std::unexpected(Refusal{
            400, u"Rejected, Reason: Duplicate session name: Some(%1) for session %2"_s.arg(name).arg(id) });
    }
    if (const auto refusal = m_room.refusalOfSession(request.resources, activeCount()))
        return std::unexpected(*refusal);
    auto session = std::make_unique<Session>(id, request, m_factory(id, request), m_clock, m_room.limits().idle);
    connect(session.get(), &Session::ended, this, [place = m_room.take(request.resources)]() mutable { place.reset(); });
    return m_sessions.emplace(id, std::move(session)).first->second.get();
}

Parsed<Session*> SessionTable::find(const QString& idOrName) const
{
    const auto id = idOfSegment(idOrName);
    if (!id)
        return std::unexpected(id.error());
    const auto found = std::ranges::find_if(m_sessions, [&](const auto& entry) {
        return *id ? entry.first == **id : entry.second->request().resources.name == idOrName;
    });
    if (found == m_sessions.end())
        return std::unexpected(notFound(idOrName));
    return found->second.get();
}

QByteArray SessionTable::json(ListRange range) const
{
    const auto total = static_cast<qint64>(m_sessions.size());
    const auto [begin, end] = sliceOf(range, total);
    QByteArray list = "[";
    auto it = std::next(m_sessions.begin(), begin);
    for (qint64 i = begin; i < end; ++i, ++it)
        list += (i > begin ? "," : "") + it->second->json();
    return JsonObjectWriter().number("from", range.from).number("total", total).raw("sessions", list + ']').finish();
}

void SessionTable::remove(int id, std::function<void()> callback)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end()) {
        callback();
        return;
    }
    found->second->stop(this, [this, id, callback = std::move(callback)] {
        const auto gone = m_sessions.find(id);
        if (gone != m_sessions.end()) {
            // Its own signal is being handled: it goes when that is over.
            gone->second.release()->deleteLater();
            m_sessions.erase(gone);
        }
        callback();
    });
}

int SessionTable::activeCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_sessions, [](const auto& entry) { return entry.second->state() != SessionState::Dead; }));
}

void SessionTable::sweepLater()
{
    m_clock.after(sweepInterval, this, [this] {
        QList<int> over;
        for (const auto& [id, session] : m_sessions) {
            if (session->isOver())
                over.append(id);
        }
        for (const int id : over)
            remove(id, [] {});
        sweepLater();
    });
}

void SessionTable::stopAll(std::function<void()> callback)
{
    const auto left = std::make_shared<int>(static_cast<int>(m_sessions.size()));
    if (*left == 0) {
        m_clock.after(Clock::Duration{ 0 }, this, std::move(callback));
        return;
    }
    for (const auto& entry : m_sessions) {
        entry.second->stop(this, [left, callback] {
            if (--*left == 0)
                callback();
        });
    }
}

} // namespace kindling::local
