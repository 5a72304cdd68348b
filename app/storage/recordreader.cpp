// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recordreader.h"

#include "app/storage/recordfields.h"
#include "app/storage/recordschema.h"

#include <QCoreApplication>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// One question with its values; each row of the answer by `row`.
template<typename T>
Result<QList<T>> readRows(const QSqlDatabase& database, const QString& text, const QVariantList& values,
    const std::function<T(const QSqlQuery&)>& row)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.prepare(text))
        return std::unexpected(recordError(query));
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return std::unexpected(recordError(query));
    QList<T> rows;
    while (query.next())
        rows.append(row(query));
    return rows;
}

ItemKey keyAt(const QSqlQuery& query, int column)
{
    const auto type = query.value(column + 1).toInt() == static_cast<int>(ItemType::Batch) ? ItemType::Batch : ItemType::Session;
    return { query.value(column).toString(), type, query.value(column + 2).toString() };
}

/// Any text that holds `part`.
QString likePattern(QString part)
{
    part.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + part + u'%';
}

const QString lifeColumns = u"life.number, life.server, life.type, life.id, life.name, owner, app, kind, idle_timeout, state, is_gone,"
                            " first_seen, last_seen, spark_ui, driver_log"_s;
constexpr int lifeColumnCount = 15;

RecordedLife lifeAt(const QSqlQuery& query)
{
    RecordedLife life;
    life.number = query.value(0).toLongLong();
    life.facts = { keyAt(query, 1), query.value(4).toString(), query.value(5).toString(), query.value(6).toString(),
        query.value(7).toString(), query.value(8).toString(), query.value(13).toString(), query.value(14).toString() };
    life.state = ItemState::fromWire(query.value(9).toString());
    life.isGone = query.value(10).toBool();
    life.firstSeen = whenFromField(query.value(11).toLongLong());
    life.lastSeen = whenFromField(query.value(12).toLongLong());
    return life;
}

RecordedStatement statementAt(const QSqlQuery& query)
{
    RecordedStatement statement;
    statement.number = query.value(0).toLongLong();
    statement.life = query.value(1).toLongLong();
    statement.item.key = keyAt(query, 2);
    statement.item.name = query.value(5).toString();
    StatementSeen& what = statement.what;
    what.id = query.value(6).toInt();
    what.code = query.value(7).toString();
    what.kind = kindFromWire(query.value(8).toString());
    what.state = runStateFromField(query.value(9).toString());
    what.submitted = whenFromField(query.value(10).toLongLong());
    what.started = whenFromField(query.value(11).toLongLong());
    what.completed = whenFromField(query.value(12).toLongLong());
    what.problem = query.value(13).toString();
    statement.error = query.value(14).toString();
    statement.hasOutput = query.value(15).toBool();
    return statement;
}

/// An act on an id was done while a life of it was, and not the one before or the next.
QString isOfLife()
{
    return u"act.server = life.server AND act.type = life.type AND act.id = life.id AND at >= first_seen"
           " AND at < COALESCE((SELECT MIN(later.first_seen) FROM life AS later WHERE later.server = life.server"
           " AND later.type = life.type AND later.id = life.id AND later.number > life.number), 9e18)"_s;
}
}

Result<QList<RecordedLife>> readLives(const QSqlDatabase& database, const LifeQuery& wanted)
{
    QString where = u"1"_s;
    QVariantList values;
    if (wanted.item) {
        where = u"server = ? AND type = ? AND id = ?"_s;
        values = { wanted.item->server, static_cast<int>(wanted.item->type), wanted.item->id };
    } else if (!wanted.server.isEmpty()) {
        where = u"server = ?"_s;
        values = { wanted.server };
    }
    if (wanted.isOpenAndOurs)
        where += u" AND is_gone = 0 AND EXISTS (SELECT 1 FROM act WHERE "_s + isOfLife() + u" AND what = 'create' AND answer = '')"_s;
    values.append(wanted.most);
    return readRows<RecordedLife>(database,
        u"SELECT "_s + lifeColumns + u" FROM life WHERE "_s + where + u" ORDER BY number DESC LIMIT ?"_s, values, lifeAt);
}

Result<QList<RecordedState>> readStates(const QSqlDatabase& database, const StateQuery& wanted)
{
    // the newest, told oldest first
    auto states = readRows<RecordedState>(database,
        u"SELECT life, at, before, after, note FROM state WHERE at >= ?"_s + (wanted.life > 0 ? u" AND life = ?"_s : u" AND 0 = ?"_s)
            + u" ORDER BY at DESC, number DESC LIMIT ?"_s,
        { toField(wanted.since), wanted.life, wanted.most }, [](const QSqlQuery& query) {
            return RecordedState{ query.value(0).toLongLong(), whenFromField(query.value(1).toLongLong()),
                ItemState::fromWire(query.value(2).toString()), ItemState::fromWire(query.value(3).toString()), query.value(4).toString() };
        });
    if (states)
        std::reverse(states->begin(), states->end());
    return states;
}

Result<RecordedLog> readLog(const QSqlDatabase& database, const LogQuery& wanted)
{
    const auto ends = readRows<qint64>(database, u"SELECT COALESCE(MAX(number) + 1, 0) FROM line WHERE life = ?"_s, { wanted.life },
        [](const QSqlQuery& query) { return query.value(0).toLongLong(); });
    if (!ends)
        return std::unexpected(ends.error());
    RecordedLog log;
    log.total = ends->constFirst();
    log.first = wanted.first < 0 ? std::max<qint64>(0, log.total - wanted.most) : wanted.first;
    const auto lines = readRows<LogLine>(database,
        u"SELECT section, text, is_gap, at, number, kept, unwatched FROM line WHERE life = ? AND number >= ? ORDER BY number LIMIT ?"_s,
        { wanted.life, log.first, wanted.most }, [&log](const QSqlQuery& query) {
            if (log.times.isEmpty())
                log.first = query.value(4).toLongLong(); // older ones may have been given up
            log.times.append(whenFromField(query.value(3).toLongLong()));
            const int section = std::clamp(query.value(0).toInt(), 0, logSectionCount - 1);
            return LogLine{ static_cast<LogSection>(section), query.value(1).toString(), query.value(2).toBool(), query.value(5).toInt(),
                std::chrono::milliseconds(query.value(6).toLongLong()) };
        });
    if (!lines)
        return std::unexpected(lines.error());
    log.lines = *lines;
    return log;
}

Result<QList<RecordedStatement>> readStatements(const QSqlDatabase& database, const StatementQuery& wanted)
{
    QString where = u"statement.number < ?"_s;
    QVariantList values{ wanted.below };
    if (wanted.life > 0) {
        where += u" AND life = ?"_s;
        values.append(wanted.life);
    }
    if (!wanted.text.isEmpty()) {
        where += u" AND (code LIKE ? ESCAPE '\\' OR error LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\')"_s;
        values.append(QVariantList(3, likePattern(wanted.text)));
    }
    values.append(wanted.most);
    return readRows<RecordedStatement>(database,
        u"SELECT statement.number, life, server, type, life.id, name, statement.id, code, statement.kind, statement.state, submitted,"
        " started, completed, problem, error, output IS NOT NULL FROM statement JOIN life ON life.number = statement.life WHERE "_s
            + where + u" ORDER BY statement.number DESC LIMIT ?"_s,
        values, statementAt);
}

Result<UnpackedOutput> readOutput(const QSqlDatabase& database, qint64 statement)
{
    const auto packed = readRows<QByteArray>(database, u"SELECT output FROM statement WHERE number = ?"_s, { statement },
        [](const QSqlQuery& query) { return query.value(0).toByteArray(); });
    if (!packed)
        return std::unexpected(packed.error());
    const std::optional<UnpackedOutput> output = packed->isEmpty() ? std::nullopt : unpackOutput(packed->constFirst());
    if (!output)
        return failure(ErrorKind::NotFound, QCoreApplication::translate("kindling::Recorder", "No output was recorded."));
    return *output;
}

Result<RecordedConfiguration> readConfiguration(const QSqlDatabase& database, LifeNumber life)
{
    const auto rows = readRows<RecordedConfiguration>(database,
        u"SELECT COALESCE((SELECT request FROM act WHERE "_s + isOfLife() + u" AND what = 'create' AND request <> '' ORDER BY act.number LIMIT 1), ''),"
        " configuration FROM life WHERE number = ?"_s,
        { life }, [](const QSqlQuery& query) {
            return RecordedConfiguration{ query.value(0).toString().toUtf8(), query.value(1).toString().toUtf8() };
        });
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return failure(ErrorKind::NotFound, QCoreApplication::translate("kindling::Recorder", "It was not recorded."));
    return rows->constFirst();
}

Result<QList<RecordedRequest>> readRequests(const QSqlDatabase& database, int most)
{
    return readRows<RecordedRequest>(database,
        u"SELECT "_s + lifeColumns + u", request FROM life JOIN act ON "_s + isOfLife()
            + u" WHERE is_gone = 0 AND NOT EXISTS (SELECT 1 FROM life AS later WHERE later.server = life.server AND later.type = life.type"
              " AND later.id = life.id AND later.number > life.number) AND what = 'create' AND request <> '' ORDER BY act.number DESC LIMIT ?"_s,
        { most }, [](const QSqlQuery& query) { return RecordedRequest{ lifeAt(query), query.value(lifeColumnCount).toString().toUtf8() }; });
}

Result<RecordedUse> readLastUse(const QSqlDatabase& database, LifeNumber life)
{
    const auto rows = readRows<RecordedUse>(database,
        u"SELECT COALESCE(MAX(CASE WHEN what = 'run' THEN at END), 0), COALESCE(MAX(at), 0) FROM life JOIN act ON "_s + isOfLife()
            + u" WHERE life.number = ? AND answer = '' AND what NOT IN ('remove', 'stop')"_s,
        { life }, [](const QSqlQuery& query) {
            return RecordedUse{ whenFromField(query.value(0).toLongLong()), whenFromField(query.value(1).toLongLong()) };
        });
    return rows.transform([](const QList<RecordedUse>& each) { return each.value(0); });
}

Result<QList<RecordedAct>> readActs(const QSqlDatabase& database, int most)
{
    return readRows<RecordedAct>(database,
        u"SELECT number, at, server, type, id, name, what, detail, answer, request FROM act ORDER BY number DESC LIMIT ?"_s, { most },
        [](const QSqlQuery& query) {
            return RecordedAct{ query.value(0).toLongLong(), whenFromField(query.value(1).toLongLong()),
                ItemFacts{ .key = keyAt(query, 2), .name = query.value(5).toString() },
                OwnAct{ actFromField(query.value(6).toString()), query.value(7).toString(), query.value(8).toString(), query.value(9).toString().toUtf8() } };
        });
}

Result<QList<RecordedGap>> readGaps(const QSqlDatabase& database, const QDateTime& since)
{
    return readRows<RecordedGap>(database, u"SELECT server, since, until FROM gap WHERE until >= ? ORDER BY until"_s, { toField(since) },
        [](const QSqlQuery& query) {
            return RecordedGap{ query.value(0).toString(), whenFromField(query.value(1).toLongLong()),
                whenFromField(query.value(2).toLongLong()) };
        });
}

} // namespace kindling
