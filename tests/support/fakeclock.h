// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QPointer>

#include <map>

namespace kindling::test {

/// A clock that stands still until `advance`; due callbacks run inside it, in their order.
class FakeClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override;
    [[nodiscard]] Duration steady() const override { return m_elapsed; }
    RequestHandle after(Duration delay, QObject* context, std::function<void()> callback) override;

    void advance(Duration by);
    /// Time passes, but nothing runs: all that is due comes one after another at the next advance().
    void sleep(Duration by) { m_elapsed += by; }
    /// Moves the wall clock alone, as a correction of the machine's time does.
    void jump(Duration by) { m_jumped += by; }
    /// Number of callbacks that wait.
    [[nodiscard]] int pendingCount() const { return static_cast<int>(m_pending.size()); }

private:
    struct Pending {
        QPointer<QObject> context;
        std::function<void()> callback;
    };
    Duration m_elapsed{ 0 };
    Duration m_jumped{ 0 };
    qint64 m_next = 0;
    std::map<std::pair<Duration, qint64>, Pending> m_pending;
};

} // namespace kindling::test
