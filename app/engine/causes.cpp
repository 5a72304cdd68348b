// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/causes.h"

#include "app/engine/expiry.h"
#include "app/storage/statenotes.h"

#include <QFile>

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr std::array<std::pair<QLatin1StringView, StateRule>, 9> ruleWords{ {
    { statenote::deleted, StateRule::Deleted },
    { statenote::stoppedHere, StateRule::StoppedHere },
    { "idle-time-out"_L1, StateRule::IdleTimeout },
    { "idle-time-out-likely"_L1, StateRule::LikelyIdleTimeout },
    { statenote::serverStopped, StateRule::Stopped },
    { statenote::unseen, StateRule::Unseen },
    { statenote::unwatched, StateRule::Unwatched },
    { statenote::replaced, StateRule::Replaced },
    { "killed"_L1, StateRule::Killed },
} };

/// A server's own default; where a session does not say, this is the best guess.
constexpr std::chrono::minutes usualIdleTimeout{ 60 };
/// Servers look every minute, and our first sight of "idle" comes late.
constexpr std::chrono::minutes idleTolerance{ 2 };

/// Reads the file line by line; the first mistake ends it.
class CauseReader {
public:
    void take(QStringView line)
    {
        ++m_line;
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || m_problem)
            return;
        if (line.startsWith(u'[') && line.endsWith(u']'))
            begin(line.sliced(1, line.size() - 2).toString());
        else if (const qsizetype equals = line.indexOf(u'='); equals < 0 || m_causes.isEmpty())
            complain();
        else
            set(line.first(equals).trimmed(), line.sliced(equals + 1).trimmed().toString());
    }
    Result<QList<Cause>> finish()
    {
        endCause();
        if (m_problem)
            return std::unexpected(*m_problem);
        return m_causes;
    }

private:
    void begin(const QString& id)
    {
        endCause();
        if (id.isEmpty() || std::ranges::contains(m_causes, id, &Cause::id))
            complain();
        m_causes.append({ .id = id, .log = {}, .states = {} });
    }
    void set(QStringView key, const QString& value)
    {
        const auto rule = std::ranges::find_if(ruleWords, [&value](const auto& word) { return word.first == value; });
        if (key == "states"_L1 && rule != ruleWords.end())
            m_causes.last().states = rule->second;
        else if (key == "log"_L1 && QRegularExpression(value).isValid() && !value.isEmpty())
            m_patterns.append(u"(?:"_s + value + u')');
        else if (key == "only"_L1 && value == "unstarted"_L1)
            m_causes.last().isOnlyUnstarted = true;
        else
            complain();
    }
    void endCause()
    {
        if (m_causes.isEmpty() || m_problem)
            return;
        Cause& cause = m_causes.last();
        if (!m_patterns.isEmpty())
            cause.log = QRegularExpression(m_patterns.join(u'|'));
        m_patterns.clear();
        if (!cause.log && !cause.states)
            complain();
    }
    void complain()
    {
        if (!m_problem)
            m_problem = failure(ErrorKind::Protocol, {}, u"line %1"_s.arg(m_line)).error();
    }

    int m_line = 0;
    QList<Cause> m_causes;
    QStringList m_patterns;
    std::optional<Error> m_problem;
};

/// A server that puts a session away stops it first; what dies or is killed by itself is told as such.
bool isPutAway(const RecordedState& state)
{
    return state.to == goneState() || state.to.value == ItemStateValue::ShuttingDown;
}
}

Result<QList<Cause>> readCauses(const QString& text)
{
    CauseReader reader;
    for (const QStringView line : QStringView(text).split(u'\n'))
        reader.take(line);
    return reader.finish();
}

const QList<Cause>& knownCauses()
{
    static const QList<Cause> causes = [] {
        QFile file(u":/causes/causes.conf"_s);
        return file.open(QIODevice::ReadOnly) ? readCauses(QString::fromUtf8(file.readAll())).value_or(QList<Cause>()) : QList<Cause>();
    }();
    return causes;
}

std::optional<IdleSpan> idleBeforeTimeout(const ItemRecord& record)
{
    const auto isEnd = [](const RecordedState& state) { return state.to == goneState() || state.to.isEnded(); };
    const auto end = std::ranges::find_if(record.states, isEnd);
    if (record.life.facts.key.type != ItemType::Session || end == record.states.end() || end == record.states.begin() || !isPutAway(*end)
        || std::prev(end)->to.value != ItemStateValue::Idle)
        return std::nullopt;
    const auto told = parseTimeText(record.life.facts.idleTimeout);
    const auto allowed = told.value_or(usualIdleTimeout);
    const QDateTime idle = std::prev(end)->when;
    const QDateTime& touched = record.lastUse.touched;
    const QDateTime since = touched.isValid() ? std::max(idle, touched) : idle;
    const bool isLong = since.addDuration(allowed - std::min<std::chrono::milliseconds>(idleTolerance, allowed / 2)) <= end->when;
    return isLong ? std::optional(IdleSpan{ since, end->when, !told }) : std::nullopt;
}

bool holds(StateRule rule, const ItemRecord& record)
{
    const QList<RecordedState>& states = record.states;
    const auto endedBy = [&states](QLatin1StringView note) {
        // what had ended before was only tidied away
        return std::ranges::any_of(states, [note](const RecordedState& state) { return state.note == note && !state.from.isEnded(); });
    };
    switch (rule) {
    case StateRule::Deleted:
        return endedBy(statenote::deleted);
    case StateRule::StoppedHere:
        return endedBy(statenote::stoppedHere);
    case StateRule::Stopped:
        return endedBy(statenote::serverStopped);
    case StateRule::Unseen:
        return endedBy(statenote::unseen);
    case StateRule::IdleTimeout:
    case StateRule::LikelyIdleTimeout: {
        const std::optional<IdleSpan> idle = idleBeforeTimeout(record);
        return idle && idle->isGuess == (rule == StateRule::LikelyIdleTimeout);
    }
    case StateRule::Unwatched:
        return endedBy(statenote::unwatched);
    case StateRule::Replaced:
        return endedBy(statenote::replaced);
    case StateRule::Killed:
        return std::ranges::any_of(states, [](const RecordedState& state) { return state.to.value == ItemStateValue::Killed; });
    }
    return false;
}

} // namespace kindling
