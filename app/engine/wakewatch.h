// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QObject>

namespace kindling {

/// Notices that the machine was suspended: its wall clock went on while timers and the steady clock stood still, so that
/// all that is planned would come too late. A wall clock that is set ahead looks the same.
class WakeWatch final : public QObject {
    Q_OBJECT
public:
    explicit WakeWatch(Clock& clock, QObject* parent = nullptr);

    void start();
    void stop();

Q_SIGNALS:
    /// A few seconds after the machine woke.
    void woke();

private:
    void tick();
    /// How far the wall clock is ahead.
    [[nodiscard]] Clock::Duration lead() const;

    Clock& m_clock;
    Clock::Duration m_lead{ 0 };
    RequestHandle m_timer;
};

} // namespace kindling
