// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/ids.h"

#include <QHash>
#include <QObject>

class QWidget;

namespace kindling {

/// Lets what changed shine once: each key fades from 1 to 0 in 400 ms.
class RowFlash final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds length{ 400 };

    explicit RowFlash(Clock& clock, QObject* parent = nullptr);

    void start(const ItemKey& key);
    void stop();
    /// 0 = it does not shine
    [[nodiscard]] double strengthOf(const ItemKey& key) const;

Q_SIGNALS:
    /// Something shines more or less than before.
    void changed();

private:
    void step();

    Clock& m_clock;
    QHash<ItemKey, Clock::Duration> m_begun;
    RequestHandle m_ticking;
    bool m_isTicking = false;
};

/// Does the system want things to move?
[[nodiscard]] bool wantsMotion(const QWidget& widget);

} // namespace kindling
