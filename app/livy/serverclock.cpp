// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/serverclock.h"

#include "app/livy/types.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
using std::chrono::milliseconds;
constexpr milliseconds resolution{ 1000 }; // of a Date
constexpr milliseconds same{ 2000 };
}

std::optional<QDateTime> httpDate(const QByteArray& value)
{
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(value.trimmed()), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return {};
    date.setTimeZone(QTimeZone::UTC);
    return date;
}

void ServerClock::note(const HttpResponse& response)
{
    const auto date = httpDate(response.header("Date"));
    if (!date || !response.received.isValid() || !response.header("Age").isEmpty())
        return;
    const milliseconds beforeReceived(response.received.msecsTo(*date));
    const Bounds seen{ beforeReceived, beforeReceived + response.elapsed + resolution };
    Bounds now = seen;
    if (m_bounds)
        now = { std::max(m_bounds->least, seen.least), std::min(m_bounds->most, seen.most) };
    if (now.least > now.most)
        now = seen; // one of the two clocks was set
    m_bounds = now;
    const milliseconds middle = (now.least + now.most) / 2;
    if (std::chrono::abs(middle) < same)
        m_ahead = milliseconds(0);
    else if (m_ahead < now.least || m_ahead > now.most) // what still fits is kept: times that were given stay where they are
        m_ahead = middle;
}

QDateTime ServerClock::toOurs(const QDateTime& theirs) const
{
    return theirs.isValid() ? theirs.addDuration(-m_ahead) : theirs;
}

void ServerClock::toOurs(Statement& statement) const
{
    statement.started = toOurs(statement.started);
    statement.completed = toOurs(statement.completed);
}

void ServerClock::toOurs(StatementPage& page) const
{
    for (Statement& statement : page.statements)
        toOurs(statement);
}

} // namespace kindling
