// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ticker.h"

#include <QEvent>
#include <QWidget>

namespace kindling {

using namespace std::chrono_literals;

Ticker::Ticker(QWidget* seen, Clock& clock, std::function<bool()> work)
    : QObject(seen)
    , m_clock(clock)
    , m_work(std::move(work))
{
    Q_ASSERT(!seen->isVisible());
    seen->installEventFilter(this);
}

bool Ticker::eventFilter(QObject* watched, QEvent* event)
{
    // Those of a minimised window are hidden, too, though isVisible() does not say so.
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        m_isSeen = event->type() == QEvent::Show;
        m_next.cancel();
        start();
    }
    return QObject::eventFilter(watched, event);
}

void Ticker::start()
{
    m_next.cancel();
    if (!m_isSeen || !m_work())
        return;
    constexpr Clock::Duration beat = 1s;
    m_next = m_clock.after(beat - m_clock.steady() % beat, this, [this] { start(); });
}

} // namespace kindling
