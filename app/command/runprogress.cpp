// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/runprogress.h"

#include <QCoreApplication>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr int barWidth = 20;
constexpr Clock::Duration betweenLines = 10s; ///< of one cell's progress
constexpr double worthALine = 0.1;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunProgress)
};

QString languageOf(Kind kind)
{
    switch (kind) {
    case Kind::PySpark:
        return u"PySpark"_s;
    case Kind::Spark:
        return u"Scala"_s;
    case Kind::SparkR:
        return u"SparkR"_s;
    case Kind::Sql:
        return u"SQL"_s;
    case Kind::Shared:
    case Kind::Unknown:
        return {};
    }
    return {};
}

/// Empty = nothing that a person waits for.
QString stateText(RunState state)
{
    switch (state) {
    case RunState::Queued:
        return Words::tr("waits for the session");
    case RunState::Submitting:
        return Words::tr("is being sent");
    case RunState::Unconfirmed:
        return Words::tr("was sent, but the answer was lost: looking whether it arrived");
    case RunState::Waiting:
        return Words::tr("waits for its turn");
    case RunState::Running:
        return Words::tr("runs");
    case RunState::Cancelling:
        return Words::tr("is being cancelled");
    case RunState::Finished:
    case RunState::Failed:
    case RunState::Cancelled:
    case RunState::Lost:
        return {};
    }
    return {};
}
}

QString elapsedText(Clock::Duration time)
{
    const qint64 seconds = time.count() / 1000;
    if (seconds < 10)
        return Words::tr("%1 s", "seconds").arg(QString::number(static_cast<double>(time.count()) / 1000.0, 'f', 1));
    if (seconds < 60)
        return Words::tr("%1 s", "seconds").arg(seconds);
    if (seconds < 3600)
        return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return Words::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
}

RunProgress::RunProgress(Console& console, const Clock& clock, int cellCount)
    : m_console(console)
    , m_clock(clock)
    , m_cellCount(cellCount)
{
}

void RunProgress::wait(const QString& what)
{
    m_waiting = what;
    m_begun = m_clock.steady();
    if (m_console.isTerminal())
        draw();
    else
        m_console.say(what);
}

void RunProgress::begin(int index, const PlannedCell& cell)
{
    m_waiting.clear();
    m_index = index;
    // The place is also what the errors say: a reader finds the cell by it, while the count leaves out what does not run.
    m_cell = Words::tr("Cell %1, %2", "place in the notebook, language").arg(QString::number(cell.number), languageOf(cell.kind));
    m_state = RunState::Queued;
    m_progress = m_toldProgress = 0;
    m_begun = m_told = m_clock.steady();
}

void RunProgress::update(const Run& run)
{
    const RunState before = std::exchange(m_state, run.state);
    m_progress = run.progress;
    if (m_console.isTerminal()) {
        draw();
        return;
    }
    const bool isWorth = m_progress - m_toldProgress >= worthALine && m_clock.steady() - m_told >= betweenLines;
    const bool isNews = before != m_state && (m_state == RunState::Running || m_state == RunState::Unconfirmed || m_state == RunState::Cancelling);
    if (stateText(m_state).isEmpty() || (!isWorth && !isNews))
        return;
    m_told = m_clock.steady();
    m_toldProgress = m_progress;
    const QString text = label() + u' ' + stateText(m_state);
    m_console.say(m_progress > 0 ? u"%1, %2 %"_s.arg(text).arg(static_cast<int>(m_progress * 100)) : text);
}

void RunProgress::tick()
{
    if (m_console.isTerminal())
        draw();
}

void RunProgress::end(const QString& how)
{
    m_console.say(u"%1 %2 (%3)"_s.arg(label(), how, elapsedText(age())));
    m_cell.clear();
}

QString RunProgress::label() const
{
    return u"[%1/%2] %3:"_s.arg(m_index + 1).arg(m_cellCount).arg(m_cell);
}

void RunProgress::draw()
{
    if (!m_waiting.isEmpty()) {
        m_console.show(m_waiting + u" … "_s + elapsedText(age()));
        return;
    }
    if (m_cell.isEmpty() || stateText(m_state).isEmpty())
        return;
    const int full = static_cast<int>(m_progress * barWidth);
    const QString bar = QString(full, u'█') + QString(barWidth - full, u'░');
    m_console.show(u"%1 %2 %3 % %4 %5"_s.arg(label(), bar).arg(static_cast<int>(m_progress * 100)).arg(elapsedText(age()), stateText(m_state)));
}

} // namespace kindling
