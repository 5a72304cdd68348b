// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/logfeed.h"

#include "app/engine/itemrecord.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/storage/recorder.h"

#include <algorithm>
#include <utility>

namespace kindling {

namespace {
constexpr int pageLines = 5000;
constexpr qint64 mostRecorded = 5'000'000;
/// Of each section: what the tailer of a server has is among the last of what was recorded.
constexpr qsizetype mostTail = 20'000;

QStringList textsOf(const QList<LogLine>& lines, LogSection section)
{
    QStringList texts;
    for (const LogLine& line : lines) {
        if (line.section == section && !line.isGap)
            texts += line.text;
    }
    return texts;
}

qsizetype rowCountOf(const QList<LogLine>& lines)
{
    LogText text;
    for (const LogLine& line : lines)
        text.append(line);
    return text.rowCount();
}

/// Of others' statements nobody knows when they were sent. Invalid = it has not begun.
QDateTime beganAt(const StatementSeen& statement)
{
    return statement.submitted.isValid() ? statement.submitted : statement.started;
}

LogMark markOf(const StatementSeen& statement)
{
    return { .kind = LogMark::Kind::Statement, .text = statement.code, .when = beganAt(statement) };
}
}

QList<LogLine> linesBeyond(const QList<LogLine>& recorded, const QList<LogLine>& live)
{
    std::array<qsizetype, logSectionCount> known{};
    for (int i = 0; i < logSectionCount; ++i) {
        const auto section = static_cast<LogSection>(i);
        known.at(static_cast<size_t>(i)) = overlapOf(textsOf(recorded, section), textsOf(live, section));
    }
    QList<LogLine> beyond;
    for (const LogLine& line : live) {
        qsizetype& left = known.at(static_cast<size_t>(line.section));
        // a gap before what is recorded is none
        if (left == 0)
            beyond += line;
        else if (!line.isGap)
            --left;
    }
    return beyond;
}

/// What was recorded, as far as it has been read.
struct LogFeed::Earlier {
    LifeNumber life = 0;
    LogText text;
    QList<LogLine> tail;
    QList<RecordedStatement> statements; ///< oldest first; those before the lines read have their mark
    qsizetype nextStatement = 0;
    bool hasSkipped = false;
    bool hasBegun = false;

    void begin(const RecordedLog& firstPage);
    void take(const LogLine& line, const QDateTime& when);
};

/// What belongs to lines that are not shown, or were never seen, has no place among those that are.
void LogFeed::Earlier::begin(const RecordedLog& firstPage)
{
    if (std::exchange(hasBegun, true) || firstPage.lines.isEmpty())
        return;
    const bool isCut = firstPage.first > 0;
    if (isCut)
        text.append(LogMark{ .kind = LogMark::Kind::Older }, firstPage.lines.constFirst().section);
    statements.removeIf([isCut, first = firstPage.times.value(0)](const RecordedStatement& one) {
        return beganAt(one.what) < first && (isCut || !one.what.submitted.isValid());
    });
}

void LogFeed::Earlier::take(const LogLine& line, const QDateTime& when)
{
    for (; nextStatement < statements.size() && beganAt(statements.at(nextStatement).what) <= when; ++nextStatement)
        text.append(markOf(statements.at(nextStatement).what), line.section);
    text.append(line);
    tail += line;
    if (tail.size() > 2 * mostTail)
        tail.remove(0, mostTail);
}

LogFeed::LogFeed(Workspace* workspace, Recorder* recorder, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_recorder(recorder)
{
    connect(workspace, &Workspace::observed, this, &LogFeed::onObserved);
    connect(workspace, &Workspace::serverAboutToBeRemoved, this, [this](const Server* server) {
        if (server->profile().id == m_key.server)
            leave();
    });
}

LogFeed::~LogFeed()
{
    blockSignals(true); // who listens may be half gone
    stopWatching();
}

void LogFeed::follow(const ItemKey& key, LifeNumber life)
{
    leave();
    Server* server = m_workspace->server(key.server);
    if (server == nullptr && m_recorder == nullptr)
        return;
    m_key = key;
    m_life = life;
    m_since = m_workspace->clock().now();
    if (life == 0)
        followPresent(server);
    else if (m_recorder != nullptr)
        readLife(life);
    Q_EMIT stateChanged();
}

void LogFeed::followPresent(Server* server)
{
    m_tailer = server != nullptr ? server->log(m_key.type, m_key.id) : nullptr;
    if (m_tailer) {
        connect(m_tailer, &LogTailer::linesAppended, this, &LogFeed::onLines);
        connect(m_tailer, &LogTailer::stateChanged, this, &LogFeed::stateChanged);
        onLines(0);
    }
    if (m_recorder != nullptr) {
        m_isReading = true;
        m_asking = m_recorder->lives({ .server = {}, .item = m_key, .most = 1 }, this, [this](const Result<QList<RecordedLife>>& lives) {
            onLives(lives.value_or(QList<RecordedLife>()));
        });
    }
    if (m_wantsWatching)
        startWatching();
}

void LogFeed::leave()
{
    m_asking.cancel();
    stopWatching();
    if (m_tailer)
        m_tailer->disconnect(this);
    m_tailer.clear();
    m_key = {};
    m_life = 0;
    m_isReading = false;
    m_recordedRows = m_liveRows = 0;
    m_marked.clear();
    m_earlier.reset();
    Q_EMIT earlierCame({}, 0);
    Q_EMIT stateChanged();
}

void LogFeed::setWatching(bool isWatching)
{
    m_wantsWatching = isWatching;
    if (isWatching)
        startWatching();
    else
        stopWatching();
}

void LogFeed::startWatching()
{
    if (!m_tailer || std::exchange(m_isWatching, true))
        return;
    m_tailer->watch();
}

void LogFeed::stopWatching()
{
    if (!std::exchange(m_isWatching, false) || !m_tailer)
        return;
    m_tailer->unwatch();
}

void LogFeed::onLines(qsizetype first)
{
    const QList<LogLine> fresh = m_tailer->lines().mid(first);
    m_liveRows += rowCountOf(fresh);
    if (!fresh.isEmpty())
        Q_EMIT linesCame(fresh);
}

void LogFeed::onObserved(const Observation& observation)
{
    const auto* statement = std::get_if<StatementSeen>(&observation.what);
    if (statement == nullptr || observation.item.key != m_key || m_life != 0 || statement->id < 0 || m_marked.contains(statement->id))
        return;
    const QDateTime began = beganAt(*statement);
    if (!began.isValid())
        return; // it waits: it will be told again
    m_marked += statement->id;
    // the end of the log is no place for those that a first look at others' statements shows
    if (began >= m_since)
        Q_EMIT markCame(markOf(*statement));
}

/// Ids are used again; what was recorded of another life is not this one's log.
bool LogFeed::isOf(const RecordedLife& life) const
{
    const TrackedItem* tracked = m_workspace->item(m_key);
    return tracked == nullptr || isOfLife(tracked->item, life);
}

void LogFeed::onLives(const QList<RecordedLife>& lives)
{
    if (lives.isEmpty() || !isOf(lives.constFirst())) {
        endReading();
        return;
    }
    readLife(lives.constFirst().number);
}

void LogFeed::readLife(LifeNumber life)
{
    m_isReading = true;
    m_earlier = std::make_unique<Earlier>();
    m_earlier->life = life;
    m_asking = m_recorder->statements({ .text = {}, .life = m_earlier->life, .most = 10'000 }, this, [this](const Result<QList<RecordedStatement>>& statements) {
        onStatements(statements.value_or(QList<RecordedStatement>()));
    });
}

void LogFeed::onStatements(const QList<RecordedStatement>& statements)
{
    QList<RecordedStatement>& known = m_earlier->statements;
    known = statements;
    known.removeIf([](const RecordedStatement& one) { return !beganAt(one.what).isValid(); });
    std::ranges::sort(known, {}, [](const RecordedStatement& one) { return beganAt(one.what); });
    readPage(0);
}

void LogFeed::readPage(qint64 first)
{
    m_asking = m_recorder->log({ .life = m_earlier->life, .first = first, .most = pageLines }, this, [this](const Result<RecordedLog>& page) {
        if (page)
            onPage(*page);
        else
            endReading();
    });
}

void LogFeed::onPage(const RecordedLog& page)
{
    const qint64 first = page.total - mostRecorded;
    if (!m_earlier->hasBegun && page.first < first && !std::exchange(m_earlier->hasSkipped, true)) {
        readPage(first);
        return;
    }
    m_earlier->begin(page);
    for (qsizetype i = 0; i < page.lines.size(); ++i)
        m_earlier->take(page.lines.at(i), page.times.value(i));
    const qint64 next = page.first + page.lines.size();
    if (page.lines.isEmpty() || next >= page.total)
        finishReading();
    else
        readPage(next);
}

void LogFeed::finishReading()
{
    Earlier& earlier = *m_earlier;
    if (earlier.text.rowCount() > 0) {
        const QList<LogLine> live = m_tailer ? m_tailer->lines() : QList<LogLine>();
        for (const LogLine& line : linesBeyond(earlier.tail, live))
            earlier.take(line, {});
        for (qsizetype i = 0; i < earlier.statements.size(); ++i) {
            m_marked += earlier.statements.at(i).what.id;
            if (i >= earlier.nextStatement)
                earlier.text.append(markOf(earlier.statements.at(i).what), LogSection::Stdout);
        }
        m_recordedRows = std::max<qsizetype>(0, earlier.text.rowCount() - m_liveRows);
        Q_EMIT earlierCame(earlier.text, m_recordedRows);
    }
    endReading();
}

void LogFeed::endReading()
{
    m_earlier.reset();
    m_isReading = false;
    Q_EMIT stateChanged();
}

} // namespace kindling
