// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"

#include <QPointer>
#include <QTimer>

namespace kindling {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

Clock::Duration SystemClock::steady() const
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

RequestHandle SystemClock::after(Duration delay, QObject* context, std::function<void()> callback)
{
    auto timer = QPointer(new QTimer(context));
    timer->setSingleShot(true);
    timer->setTimerType(delay < std::chrono::seconds(1) ? Qt::PreciseTimer : Qt::CoarseTimer);
    QObject::connect(timer.data(), &QTimer::timeout, context, [timer, callback = std::move(callback)] {
        timer->deleteLater();
        callback();
    });
    timer->start(delay);
    return RequestHandle([timer] {
        if (timer) {
            timer->stop();
            timer->deleteLater();
        }
    });
}

} // namespace kindling
