// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/storage/records.h"

#include <QHash>
#include <QObject>

namespace kindling {

class Recorder;

/// A life of a session or batch that was recorded, with its states in their order.
struct PastLife {
    RecordedLife life;
    QList<RecordedState> states;
};

/// What was recorded of states, and of times when nobody watched, before this program began. Read once, when asked to.
class RecordedPast final : public QObject {
    Q_OBJECT
public:
    /// `reach`: how far back. Without a recorder there is no past.
    RecordedPast(Recorder* recorder, Clock& clock, std::chrono::hours reach, QObject* parent = nullptr);

    void load();
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// When this program began.
    [[nodiscard]] const QDateTime& begin() const { return m_begin; }
    /// Those of which a state was recorded within reach, the oldest first.
    [[nodiscard]] const QList<PastLife>& lives() const { return m_lives; }
    [[nodiscard]] const QList<RecordedGap>& gaps() const { return m_gaps; }
    /// The newest life of that id; nullptr = none is known.
    [[nodiscard]] const PastLife* newest(const ItemKey& key) const;

Q_SIGNALS:
    void loaded();

private:
    void take(QList<RecordedLife> lives);

    Recorder* m_recorder;
    QDateTime m_begin;
    QDateTime m_since;
    bool m_isAsked = false;
    bool m_isLoaded = false;
    QList<RecordedState> m_states;
    QList<PastLife> m_lives;
    QList<RecordedGap> m_gaps;
    QHash<ItemKey, qsizetype> m_newest; ///< places in m_lives
};

} // namespace kindling
