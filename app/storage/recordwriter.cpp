// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recordwriter.h"

#include "app/storage/outputblob.h"
#include "app/storage/recordfields.h"
#include "app/storage/recordschema.h"

#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestError = 10'000; ///< all of it is in the output
constexpr qsizetype viewSize = 200;         ///< as many as a server keeps of a section
constexpr qsizetype tailSize = 3 * viewSize; ///< another instance may be that far ahead
/// By how much another instance may have been quicker to write; what is older still was seen with a clock set back.
constexpr std::chrono::minutes longestDelay{ 1 };

void takeTold(QString& known, const QString& told)
{
    if (!told.isEmpty())
        known = told;
}

LifeMarks marksOf(const ItemFacts& facts, const ItemState& state)
{
    return { facts.name, facts.owner, facts.appId, facts.kind, state.value };
}

bool endsWith(const QStringList& lines, const QStringList& end)
{
    return end.size() <= lines.size() && std::equal(end.crbegin(), end.crend(), lines.crbegin());
}

/// Is it, by itself, the beginning of another life? A session that works does not start again.
bool isRestart(const StateSeen& seen, const ItemState& before)
{
    const auto starts = [](const ItemState& state) {
        return state.value == ItemStateValue::Starting || state.value == ItemStateValue::NotStarted;
    };
    return seen.from.raw.isEmpty() && starts(seen.to) && !before.raw.isEmpty() && !starts(before);
}
}

std::optional<QStringList> linesAfter(const QStringList& recorded, const QStringList& view)
{
    if (std::search(recorded.cbegin(), recorded.cend(), view.cbegin(), view.cend()) != recorded.cend())
        return QStringList();
    const qsizetype overlap = overlapOf(recorded, view);
    return overlap > 0 || recorded.isEmpty() ? std::optional(view.mid(overlap)) : std::nullopt;
}

RecordWriter::RecordWriter(QSqlDatabase database)
    : m_database(std::move(database))
{
}

Result<void> RecordWriter::write(const QList<Observation>& batch)
{
    m_failure.reset();
    QSqlQuery begin = prepared(u"BEGIN IMMEDIATE"_s);
    if (!run(begin))
        return std::unexpected(*m_failure);
    const auto viewsBefore = m_views;
    forgetIfOthersWrote();
    for (const Observation& observation : batch) {
        if (!m_failure)
            std::visit([this, &observation](const auto& what) { write(observation, what); }, observation.what);
    }
    writeLives();
    if (!m_failure) {
        QSqlQuery commit = prepared(u"COMMIT"_s);
        if (run(commit)) {
            // those that the server has forgotten: there will be ever more of them
            m_lives.removeIf([](const auto& entry) { return entry->isGone; });
            return {};
        }
    }
    m_lives.clear();
    m_views = viewsBefore;
    QSqlQuery(m_database).exec(u"ROLLBACK"_s);
    return std::unexpected(*m_failure);
}

RecordWriter::Life& RecordWriter::lifeOf(const Observation& observation)
{
    const ItemKey& key = observation.item.key;
    if (!m_lives.contains(key)) {
        std::optional<Life> recorded = recordedLife(key);
        m_lives.insert(key, recorded ? *recorded : newLife(observation));
    }
    Life& life = m_lives[key];
    const auto* state = std::get_if<StateSeen>(&observation.what);
    const bool tellsNow = state && !isLate(life, observation.when);
    const ItemState now = tellsNow ? state->to : ItemState();
    const bool isReborn = tellsNow && (isRestart(*state, life.state) || (life.isGone && state->from.raw.isEmpty()));
    if (isReborn || !mayBeSameLife(marksOf(life.facts, life.state), marksOf(observation.item, now))) {
        writeLives(); // what the one before came to
        m_views.remove(key);
        life = newLife(observation);
    }
    takeTold(life.facts.name, observation.item.name);
    takeTold(life.facts.owner, observation.item.owner);
    takeTold(life.facts.appId, observation.item.appId);
    takeTold(life.facts.kind, observation.item.kind);
    takeTold(life.facts.idleTimeout, observation.item.idleTimeout);
    takeTold(life.facts.sparkUi, observation.item.sparkUi);
    takeTold(life.facts.driverLog, observation.item.driverLog);
    life.lastSeen = observation.when;
    life.isDirty = true;
    return life;
}

bool RecordWriter::isLate(const Life& life, const QDateTime& seen)
{
    return life.toldUntil.isValid() && seen < life.toldUntil && seen.addDuration(longestDelay) > life.toldUntil;
}

std::optional<RecordWriter::Life> RecordWriter::recordedLife(const ItemKey& key)
{
    QSqlQuery query = prepared(u"SELECT number, name, owner, app, kind, idle_timeout, state, is_gone,"
                               " (SELECT COALESCE(MAX(number) + 1, 0) FROM line WHERE line.life = life.number), spark_ui, driver_log,"
                               " (SELECT COALESCE(MAX(at), 0) FROM state WHERE state.life = life.number)"
                               " FROM life WHERE server = ? AND type = ? AND id = ? ORDER BY number DESC LIMIT 1"_s);
    query.addBindValue(toField(key.server));
    query.addBindValue(static_cast<int>(key.type));
    query.addBindValue(toField(key.id));
    if (!run(query) || !query.next())
        return std::nullopt;
    Life life;
    life.number = query.value(0).toLongLong();
    life.facts = { key, query.value(1).toString(), query.value(2).toString(), query.value(3).toString(), query.value(4).toString(),
        query.value(5).toString(), query.value(9).toString(), query.value(10).toString() };
    life.state = ItemState::fromWire(query.value(6).toString());
    life.isGone = query.value(7).toBool();
    life.nextLine = query.value(8).toLongLong();
    life.toldUntil = whenFromField(query.value(11).toLongLong());
    return life;
}

RecordWriter::Life RecordWriter::newLife(const Observation& observation)
{
    const ItemKey& key = observation.item.key;
    QSqlQuery query = prepared(u"INSERT INTO life (server, type, id, first_seen, last_seen) VALUES (?, ?, ?, ?, ?)"_s);
    query.addBindValue(toField(key.server));
    query.addBindValue(static_cast<int>(key.type));
    query.addBindValue(toField(key.id));
    query.addBindValue(toField(observation.when));
    query.addBindValue(toField(observation.when));
    run(query);
    Life life;
    life.number = query.lastInsertId().toLongLong();
    life.facts = observation.item;
    return life;
}

void RecordWriter::write(const Observation& observation, const StateSeen& state)
{
    Life& life = lifeOf(observation);
    const bool isGone = state.to == goneState();
    if (isGone)
        m_views.remove(observation.item.key);
    if (life.state.raw == state.to.raw && !state.note.isEmpty())
        writeReason(life, state.note);
    if (isLate(life, observation.when))
        return;
    life.toldUntil = {};
    life.isGone = life.isGone || isGone;
    if (isGone)
        loseStatements(life);
    if (!state.configuration.isEmpty())
        writeConfiguration(life, state.configuration);
    // seen again after a start, or by another instance, too
    if (life.state.raw == state.to.raw)
        return;
    life.state = state.to;
    QSqlQuery query = prepared(u"INSERT INTO state (life, at, before, after, note) VALUES (?, ?, ?, ?, ?)"_s);
    query.addBindValue(life.number);
    query.addBindValue(toField(observation.when));
    query.addBindValue(toField(state.from.raw));
    query.addBindValue(toField(state.to.raw));
    query.addBindValue(toField(state.note));
    run(query);
}

void RecordWriter::writeReason(const Life& life, const QString& note)
{
    QSqlQuery query = prepared(u"UPDATE state SET note = ? WHERE note = '' AND number = (SELECT MAX(number) FROM state WHERE life = ?)"_s);
    query.addBindValue(note);
    query.addBindValue(life.number);
    run(query);
}

void RecordWriter::loseStatements(const Life& life)
{
    QSqlQuery query = prepared(u"UPDATE statement SET state = ? WHERE life = ? AND state NOT IN ('finished', 'failed', 'cancelled', 'lost')"_s);
    query.addBindValue(toField(RunState::Lost));
    query.addBindValue(life.number);
    run(query);
}

void RecordWriter::writeConfiguration(const Life& life, const QByteArray& json)
{
    QSqlQuery query = prepared(u"UPDATE life SET configuration = ? WHERE number = ?"_s);
    query.addBindValue(QString::fromUtf8(json));
    query.addBindValue(life.number);
    run(query);
}

void RecordWriter::write(const Observation& observation, const StatementSeen& statement)
{
    const Life& life = lifeOf(observation);
    QSqlQuery query = prepared(
        u"INSERT INTO statement (life, id, code, kind, state, submitted, started, completed, problem, error, output)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (life, id) WHERE id >= 0 DO UPDATE SET state = excluded.state,"
        // a list may have told of it before we knew that it is ours, and tells less of it afterwards
        " submitted = CASE WHEN submitted = 0 THEN excluded.submitted ELSE submitted END,"
        " kind = CASE WHEN excluded.submitted > 0 THEN excluded.kind ELSE kind END,"
        " started = CASE WHEN excluded.started = 0 THEN started ELSE excluded.started END,"
        " completed = CASE WHEN excluded.completed = 0 THEN completed ELSE excluded.completed END, problem = excluded.problem,"
        " error = CASE WHEN excluded.output IS NULL THEN error ELSE excluded.error END, output = COALESCE(excluded.output, output)"
        // what has ended does not run again, whoever tells it late
        " WHERE ? OR state NOT IN ('finished', 'failed', 'cancelled', 'lost')"_s);
    query.addBindValue(life.number);
    query.addBindValue(statement.id);
    query.addBindValue(toField(statement.code));
    query.addBindValue(toField(wireName(statement.kind)));
    query.addBindValue(toField(statement.state));
    query.addBindValue(toField(statement.submitted));
    query.addBindValue(toField(statement.started));
    query.addBindValue(toField(statement.completed));
    query.addBindValue(toField(statement.problem));
    const bool isError = statement.output && statement.output->status == Output::Status::Error;
    query.addBindValue(isError ? QString(statement.output->errorName + u": " + statement.output->errorValue).left(longestError) : u""_s);
    query.addBindValue(statement.output ? QVariant(packOutput(*statement.output)) : QVariant());
    query.addBindValue(isTerminal(statement.state) ? 1 : 0);
    run(query);
}

void RecordWriter::write(const Observation& observation, const LogSeen& log)
{
    Life& life = lifeOf(observation);
    for (int i = 0; i < logSectionCount; ++i) {
        const auto section = static_cast<LogSection>(i);
        QList<LogLine> lines;
        std::ranges::copy_if(log.lines, std::back_inserter(lines), [section](const LogLine& line) { return line.section == section; });
        if (!lines.isEmpty())
            writeSection(life, section, lines, toField(observation.when));
    }
}

void RecordWriter::writeSection(Life& life, LogSection section, const QList<LogLine>& lines, qint64 at)
{
    const auto place = static_cast<size_t>(section);
    QStringList& view = m_views[life.facts.key].at(place);
    QList<LogLine> fresh = lines;
    QStringList seen = view;
    for (const LogLine& line : lines) {
        if (line.isGap)
            seen.clear(); // what was before does not touch what comes after
        else
            seen.append(line.text);
    }
    const QStringList recorded = life.isContinued.at(place) ? QStringList() : recordedTail(life, section);
    life.isContinued.at(place) = true;
    if (const auto after = linesAfter(recorded, seen); after && !recorded.isEmpty()) {
        fresh.clear();
        for (const QString& text : *after)
            fresh.append({ section, text });
        // another instance may be further than we are
        life.isContinued.at(place) = !fresh.isEmpty() || endsWith(recorded, seen);
    } else if (!recorded.isEmpty() && !fresh.constFirst().isGap) {
        fresh.prepend({ section, {}, true, static_cast<int>(lines.size()) });
    }
    view = seen.size() > viewSize ? seen.last(viewSize) : seen;
    insertLines(life, fresh, at);
}

void RecordWriter::insertLines(Life& life, const QList<LogLine>& lines, qint64 at)
{
    QSqlQuery query = prepared(u"INSERT INTO line (life, number, at, section, is_gap, text, kept, unwatched) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s);
    for (const LogLine& line : lines) {
        query.bindValue(0, life.number);
        query.bindValue(1, life.nextLine++);
        query.bindValue(2, at);
        query.bindValue(3, static_cast<int>(line.section));
        query.bindValue(4, line.isGap ? 1 : 0);
        query.bindValue(5, toField(line.text));
        query.bindValue(6, line.keptLines);
        query.bindValue(7, qint64(line.unwatched.count()));
        if (!run(query))
            return;
    }
}

QStringList RecordWriter::recordedTail(const Life& life, LogSection section)
{
    QSqlQuery query = prepared(u"SELECT text FROM line WHERE life = ? AND section = ? AND is_gap = 0 ORDER BY number DESC LIMIT ?"_s);
    query.addBindValue(life.number);
    query.addBindValue(static_cast<int>(section));
    query.addBindValue(qint64(tailSize));
    QStringList lines;
    if (run(query)) {
        while (query.next())
            lines.append(query.value(0).toString());
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
}

void RecordWriter::write(const Observation& observation, const GapSeen& gap)
{
    QSqlQuery query = prepared(u"INSERT INTO gap (server, since, until) VALUES (?, ?, ?)"_s);
    query.addBindValue(toField(observation.item.key.server));
    query.addBindValue(toField(gap.from));
    query.addBindValue(toField(observation.when));
    run(query);
}

void RecordWriter::write(const Observation& observation, const OwnAct& act)
{
    const ItemFacts& item = observation.item;
    QSqlQuery query = prepared(u"INSERT INTO act (at, server, type, id, name, what, detail, answer, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    query.addBindValue(toField(observation.when));
    query.addBindValue(toField(item.key.server));
    query.addBindValue(static_cast<int>(item.key.type));
    query.addBindValue(toField(item.key.id));
    query.addBindValue(toField(item.name));
    query.addBindValue(toField(act.what));
    query.addBindValue(toField(act.detail));
    query.addBindValue(toField(act.answer));
    query.addBindValue(toField(QString::fromUtf8(act.request)));
    run(query);
}

void RecordWriter::writeLives()
{
    QSqlQuery query = prepared(u"UPDATE life SET name = ?, owner = ?, app = ?, kind = ?, idle_timeout = ?, state = ?, spark_ui = ?, driver_log = ?, is_gone = ?,"
                               " last_seen = MAX(last_seen, ?) WHERE number = ?"_s);
    for (Life& life : m_lives) {
        if (m_failure || !std::exchange(life.isDirty, false))
            continue;
        const ItemFacts& facts = life.facts;
        int place = 0;
        for (const QString& text : { facts.name, facts.owner, facts.appId, facts.kind, facts.idleTimeout, life.state.raw, facts.sparkUi, facts.driverLog })
            query.bindValue(place++, toField(text));
        query.bindValue(place++, life.isGone ? 1 : 0);
        query.bindValue(place++, toField(life.lastSeen));
        query.bindValue(place, life.number);
        run(query);
    }
}

void RecordWriter::forgetIfOthersWrote()
{
    QSqlQuery query = prepared(u"PRAGMA data_version"_s);
    if (!run(query) || !query.next())
        return;
    const qint64 version = query.value(0).toLongLong();
    if (std::exchange(m_dataVersion, version) != version)
        m_lives.clear();
}

QSqlQuery RecordWriter::prepared(const QString& text)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(text) && !m_failure)
        m_failure = recordError(query);
    return query;
}

bool RecordWriter::run(QSqlQuery& query)
{
    if (m_failure)
        return false;
    if (query.exec())
        return true;
    m_failure = recordError(query);
    return false;
}

} // namespace kindling
