// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/backlog.h"

#include <utility>

namespace kindling {

namespace {
constexpr qint64 mostBytes = 64 * 1024 * 1024;

qint64 weightOf(const Output& output)
{
    qint64 bytes = (output.errorName.size() + output.errorValue.size()) * 2;
    for (const QString& line : output.traceback)
        bytes += 50 + line.size() * 2;
    for (const MimePart& part : output.parts)
        bytes += part.json.size();
    return bytes;
}

/// About what an observation takes in memory.
qint64 weightOf(const Observation& observation)
{
    qint64 bytes = 200;
    if (const auto* log = std::get_if<LogSeen>(&observation.what)) {
        for (const LogLine& line : log->lines)
            bytes += 50 + line.text.size() * 2;
    } else if (const auto* statement = std::get_if<StatementSeen>(&observation.what)) {
        bytes += statement->code.size() * 2 + (statement->output ? weightOf(*statement->output) : 0);
    }
    return bytes;
}
}

void Backlog::append(const Observation& observation)
{
    m_all.append(observation);
    m_bytes += weightOf(observation);
    while (m_bytes > mostBytes && m_all.size() > 1)
        m_bytes -= weightOf(m_all.takeFirst());
}

void Backlog::append(const QList<Observation>& batch)
{
    for (const Observation& observation : batch)
        append(observation);
}

QList<Observation> Backlog::take()
{
    m_bytes = 0;
    return std::exchange(m_all, {});
}

} // namespace kindling
