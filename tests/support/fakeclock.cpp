// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"

#include <QTimeZone>

namespace kindling::test {

QDateTime FakeClock::now() const
{
    return QDateTime(QDate(2026, 11, 22), QTime(12, 0), QTimeZone::UTC).addMSecs((m_elapsed + m_jumped).count());
}

RequestHandle FakeClock::after(Duration delay, QObject* context, std::function<void()> callback)
{
    const auto key = std::pair(m_elapsed + delay, m_next++);
    m_pending.emplace(key, Pending{ context, std::move(callback) });
    return RequestHandle([this, key] { m_pending.erase(key); });
}

void FakeClock::advance(Duration by)
{
    const Duration end = m_elapsed + by;
    while (!m_pending.empty() && m_pending.begin()->first.first <= end) {
        auto node = m_pending.extract(m_pending.begin());
        m_elapsed = std::max(m_elapsed, node.key().first);
        if (node.mapped().context)
            node.mapped().callback();
    }
    m_elapsed = end;
}

} // namespace kindling::test
