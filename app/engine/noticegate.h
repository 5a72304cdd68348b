// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/engine/notices.h"

namespace kindling {

/// Lets a few notices through one by one, and many at once as one: what comes within a second is told together, and no
/// more than five messages go out in a minute.
class NoticeGate final : public QObject {
    Q_OBJECT
public:
    explicit NoticeGate(Clock& clock, QObject* parent = nullptr);

    void push(const Notice& notice);
    /// What waits is not told any more.
    void clear();

Q_SIGNALS:
    /// One message: of one notice or of several, oldest first.
    void noticed(const QList<kindling::Notice>& notices);

private:
    void plan(Clock::Duration delay);
    void flush();

    Clock& m_clock;
    QList<Notice> m_waiting;
    QList<Clock::Duration> m_sent; ///< when, of the last minute
    RequestHandle m_timer;
    bool m_isPlanned = false;
};

} // namespace kindling
