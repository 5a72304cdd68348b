// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/requesthandle.h"

#include <QDateTime>
#include <QObject>

#include <chrono>
#include <functional>

namespace kindling {

/// Time, and the only source of it, so that tests can advance it by hand.
class Clock {
public:
    using Duration = std::chrono::milliseconds;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Wall time in UTC, for people.
    [[nodiscard]] virtual QDateTime now() const = 0;
    /// Milliseconds that only grow, for intervals. Its zero means nothing.
    [[nodiscard]] virtual Duration steady() const = 0;
    /// Calls `callback` once after `delay` (0 = next turn of the event loop) on this thread, unless cancelled or
    /// `context` died.
    virtual RequestHandle after(Duration delay, QObject* context, std::function<void()> callback) = 0;
};

/// The machine's clock, with QTimer.
class SystemClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override;
    [[nodiscard]] Duration steady() const override;
    RequestHandle after(Duration delay, QObject* context, std::function<void()> callback) override;
};

} // namespace kindling
