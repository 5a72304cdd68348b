// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/noticegate.h"

#include <utility>

namespace kindling {

using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration gathering = 1s;
constexpr Clock::Duration window = 1min;
constexpr qsizetype mostInWindow = 5;
constexpr qsizetype mostApart = 3;
constexpr qsizetype mostWaiting = 1000; ///< nobody reads more
}

NoticeGate::NoticeGate(Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void NoticeGate::push(const Notice& notice)
{
    if (m_waiting.size() < mostWaiting)
        m_waiting.append(notice);
    plan(gathering);
}

void NoticeGate::clear()
{
    m_timer.cancel();
    m_isPlanned = false;
    m_waiting.clear();
}

void NoticeGate::plan(Clock::Duration delay)
{
    if (std::exchange(m_isPlanned, true))
        return;
    m_timer = m_clock.after(delay, this, [this] { flush(); });
}

void NoticeGate::flush()
{
    m_isPlanned = false;
    const Clock::Duration now = m_clock.steady();
    m_sent.removeIf([now](Clock::Duration sent) { return sent + window <= now; });
    if (m_sent.size() >= mostInWindow) {
        plan(m_sent.constFirst() + window - now);
        return;
    }
    const QList<Notice> notices = std::exchange(m_waiting, {});
    const bool isApart = notices.size() <= mostApart && m_sent.size() + notices.size() <= mostInWindow;
    if (!isApart) {
        m_sent.append(now);
        Q_EMIT noticed(notices);
        return;
    }
    for (const Notice& notice : notices) {
        m_sent.append(now);
        Q_EMIT noticed({ notice });
    }
}

} // namespace kindling
