// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace kindling {

/// Keeps chosen sessions from their idle time-out by touching each at half of it after its last activity. Every touch is
/// followed by acted(), failed() or release().
class KeepAlive final : public QObject {
    Q_OBJECT
public:
    using Touch = std::function<void(const QString& session)>;
    /// Where a session does not tell: a server's own may be set far below the hour that is usual.
    static constexpr std::chrono::minutes shortestLikelyTimeout{ 10 };

    KeepAlive(Touch touch, Clock& clock, QObject* parent = nullptr);

    /// The first touch comes at once: nobody knows for how long it has been idle.
    void keep(const QString& session, Clock::Duration idleTimeout);
    void release(const QString& session);
    void releaseAll();
    [[nodiscard]] bool keeps(const QString& session) const { return m_kept.contains(session); }
    /// Something that counts as activity was done to it: nothing is needed for a while.
    void acted(const QString& session);
    /// Touches all now: nobody knows for how long they have been idle.
    void touchAll();
    /// The touch failed, but may succeed later.
    void failed(const QString& session);

private:
    struct Kept {
        Clock::Duration rest{ 0 };
        RequestHandle timer;
    };
    void touchAfter(const QString& session, Clock::Duration delay);

    Touch m_touch;
    Clock& m_clock;
    QHash<QString, Kept> m_kept;
};

} // namespace kindling
