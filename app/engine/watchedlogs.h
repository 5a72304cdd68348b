// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/ids.h"
#include "app/engine/backoff.h"
#include "app/engine/readbudget.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

namespace kindling {

class LogTailer;

/// Looks now and then at the logs of sessions and batches that nobody has open, so that an end leaves its last lines.
/// Takes what the server's budget leaves, one look at a time: one of four is for what is overdue for longest, half go to
/// what has changed and then to the urgent, so that none starves. A log that grows is looked at more often, one that does
/// not less and less. Where a look fails all of them rest, as long as the server asks; a log that is forbidden is left.
class WatchedLogs final : public QObject {
    Q_OBJECT
public:
    using TailerOf = std::function<LogTailer*(ItemType, const QString& id)>;
    struct Place {
        ItemType type = ItemType::Session;
        QString id;
        friend bool operator==(const Place&, const Place&) = default;
        friend size_t qHash(const Place& place, size_t seed = 0) { return qHashMulti(seed, static_cast<int>(place.type), place.id); }
    };

    WatchedLogs(TailerOf tailerOf, ReadBudget& budget, Clock& clock, QObject* parent = nullptr);

    /// Looks at it from now on; `isUrgent`: before others, and more often. Again for one known: it may have changed.
    void follow(const Place& place, bool isUrgent);
    /// Its state has changed: look before others, once.
    void hurry(const Place& place);
    void leave(const Place& place);
    void leaveAll();
    /// Nobody is signed in: no look until resume(), which says nothing otherwise.
    void pause();
    void resume();
    [[nodiscard]] bool follows(const Place& place) const { return m_followed.contains(place); }

private:
    struct Followed {
        bool isUrgent = false;
        Clock::Duration rest{ 0 }; ///< between two looks
        Clock::Duration due{ 0 };
        bool hasChanged = false; ///< since it was last asked for
    };
    void plan();
    void planFor(Clock::Duration due);
    [[nodiscard]] QHash<Place, Followed>::iterator chooseNext(Clock::Duration now);
    void lookAtNext();
    void onLooked(const Place& place, qsizetype freshLines);
    void onFailed(const Place& place, const Error& problem);

    TailerOf m_tailerOf;
    ReadBudget& m_budget;
    Clock& m_clock;
    QHash<Place, Followed> m_followed;
    RequestHandle m_timer;
    std::optional<Clock::Duration> m_planned; ///< when the timer's look is due
    size_t m_turn = 0;
    Backoff m_backoff;
    Clock::Duration m_restsUntil{ 0 };
    bool m_isPaused = false;
    bool m_isLooking = false;
};

} // namespace kindling
