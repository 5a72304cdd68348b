// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/recordedpast.h"

#include "app/storage/recorder.h"

#include <algorithm>
#include <utility>

namespace kindling {

namespace {
constexpr int mostStates = 20'000;
constexpr int mostLives = 5'000;
}

RecordedPast::RecordedPast(Recorder* recorder, Clock& clock, std::chrono::hours reach, QObject* parent)
    : QObject(parent)
    , m_recorder(recorder)
    , m_begin(clock.now())
    , m_since(m_begin.addDuration(-reach))
{
}

void RecordedPast::load()
{
    if (!m_recorder || std::exchange(m_isAsked, true))
        return;
    // The answers come in the order of the questions.
    m_recorder->states({ .life = 0, .since = m_since, .most = mostStates }, this, [this](Result<QList<RecordedState>> states) {
        m_states = std::move(states).value_or(QList<RecordedState>());
    });
    m_recorder->gaps(m_since, this, [this](Result<QList<RecordedGap>> gaps) { m_gaps = std::move(gaps).value_or(QList<RecordedGap>()); });
    m_recorder->lives({ .server = {}, .item = {}, .most = mostLives }, this, [this](Result<QList<RecordedLife>> lives) {
        take(std::move(lives).value_or(QList<RecordedLife>()));
    });
}

const PastLife* RecordedPast::newest(const ItemKey& key) const
{
    const auto place = m_newest.constFind(key);
    return place == m_newest.cend() ? nullptr : &m_lives.at(*place);
}

void RecordedPast::take(QList<RecordedLife> lives)
{
    std::ranges::sort(lives, {}, &RecordedLife::number);
    QHash<LifeNumber, QList<RecordedState>> states;
    // What came since is told by the engine itself.
    for (const RecordedState& state : std::exchange(m_states, {})) {
        if (state.when < m_begin)
            states[state.life] += state;
    }
    for (RecordedLife& life : lives) {
        QList<RecordedState> known = states.take(life.number);
        if (known.isEmpty())
            continue;
        m_newest.insert(life.facts.key, m_lives.size());
        m_lives += PastLife{ std::move(life), std::move(known) };
    }
    m_gaps.removeIf([this](const RecordedGap& gap) { return gap.from >= m_begin; });
    m_isLoaded = true;
    Q_EMIT loaded();
}

} // namespace kindling
