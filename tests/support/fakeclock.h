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
    /// Number of callbacks that wait.
    [[nodiscard]] int pendingCount() const { return static_cast<int>(m_pending.size()); }

private:
    struct Pending {
        QPointer<QObject> context;
        std::function<void()> callback;
    };
    Duration m_elapsed{ 0 };
    qint64 m_next = 0;
    std::map<std::pair<Duration, qint64>, Pending> m_pending;
};

} // namespace kindling::test
