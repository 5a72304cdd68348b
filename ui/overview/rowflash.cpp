// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/rowflash.h"

#include <QStyle>
#include <QWidget>

namespace kindling {

namespace {
constexpr std::chrono::milliseconds frame{ 40 };
}

RowFlash::RowFlash(Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void RowFlash::start(const ItemKey& key)
{
    m_begun.insert(key, m_clock.steady());
    if (!std::exchange(m_isTicking, true))
        step();
}

void RowFlash::stop()
{
    m_begun.clear();
    m_ticking.cancel();
    m_isTicking = false;
}

double RowFlash::strengthOf(const ItemKey& key) const
{
    const auto begun = m_begun.constFind(key);
    if (begun == m_begun.cend())
        return 0;
    const std::chrono::duration<double> age = m_clock.steady() - *begun;
    return qBound(0.0, 1 - age / std::chrono::duration<double>(length), 1.0);
}

void RowFlash::step()
{
    Q_EMIT changed();
    m_begun.removeIf([this](const auto& each) { return m_clock.steady() - each.value() >= length; });
    m_isTicking = !m_begun.isEmpty();
    if (m_isTicking)
        m_ticking = m_clock.after(frame, this, [this] { step(); });
}

bool wantsMotion(const QWidget& widget)
{
    return widget.style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &widget) > 0;
}

} // namespace kindling
