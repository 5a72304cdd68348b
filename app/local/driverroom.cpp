// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/driverroom.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
QString inGib(qint64 bytes)
{
    return QString::number(static_cast<double>(bytes) / (1 << 30), 'f', 1);
}

Refusal tooMany(const QString& text)
{
    return { 400, u"Rejected, too many sessions are being created! "_s + text };
}
}

DriverRoom::DriverRoom(MachineLimits limits)
    : m_limits(std::move(limits))
    , m_held(std::make_shared<qint64>(0))
{
}

std::optional<Refusal> DriverRoom::refusalOfSession(const Resources& resources, int running) const
{
    if (running >= m_limits.sessions) {
        const QString machine
            = m_limits.memoryBytes > 0 ? u" (this machine has %1 GiB of memory)"_s.arg(inGib(m_limits.memoryBytes)) : QString();
        return tooMany(u"This server runs %1 at a time%2: end one first, or start the server with a larger --sessions."_s
                           .arg(m_limits.sessions).arg(machine));
    }
    return refusalOfBatch(resources);
}

std::optional<Refusal> DriverRoom::refusalOfBatch(const Resources& resources) const
{
    if (m_limits.memoryBytes == 0)
        return std::nullopt;
    if (const qint64 heap = m_limits.heapBytes(resources); heap > m_limits.memoryBytes) {
        return Refusal{ 400,
            u"Rejected, Reason: requirement failed: a driver of %1 GiB does not fit into this machine's memory of %2 GiB."_s.arg(
                inGib(heap), inGib(m_limits.memoryBytes)) };
    }
    const qint64 needed = m_limits.driverBytes(resources);
    const qint64 room = m_limits.driversBytes();
    if (*m_held == 0 || *m_held <= room - needed)
        return std::nullopt;
    return tooMany(u"Sessions and batches that run hold %1 GiB of the %2 GiB that this machine has for them, and this one "
                   "takes %3 GiB: end one first, ask for less driverMemory, or start the server with a larger --sessions."_s
                       .arg(inGib(*m_held), inGib(room), inGib(needed)));
}

std::shared_ptr<DriverRoom::Place> DriverRoom::take(const Resources& resources) const
{
    return std::make_shared<Place>(m_held, m_limits.driverBytes(resources));
}

DriverRoom::Place::Place(std::shared_ptr<qint64> held, qint64 bytes)
    : m_held(std::move(held))
    , m_bytes(bytes)
{
    *m_held += m_bytes;
}

DriverRoom::Place::~Place()
{
    *m_held -= m_bytes;
}

} // namespace kindling::local
