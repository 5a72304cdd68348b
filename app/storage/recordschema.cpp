// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recordschema.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>

#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Each brings the version before to its own; released ones never change.
const std::array<QStringList, 7>& steps()
{
    static const std::array<QStringList, 7> all{
        QStringList{
            u"CREATE TABLE life (number INTEGER PRIMARY KEY AUTOINCREMENT, server TEXT NOT NULL, type INTEGER NOT NULL, id TEXT NOT NULL,"
            " name TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '', app TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT '',"
            " idle_timeout TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', is_gone INTEGER NOT NULL DEFAULT 0,"
            " first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL)"_s,
            u"CREATE INDEX life_item ON life (server, type, id, number)"_s,
            u"CREATE INDEX life_age ON life (last_seen)"_s,
            u"CREATE TABLE state (number INTEGER PRIMARY KEY, life INTEGER NOT NULL, at INTEGER NOT NULL, before TEXT NOT NULL,"
            " after TEXT NOT NULL, note TEXT NOT NULL)"_s,
            u"CREATE INDEX state_life ON state (life, at)"_s,
            u"CREATE INDEX state_at ON state (at)"_s,
            u"CREATE TABLE statement (number INTEGER PRIMARY KEY AUTOINCREMENT, life INTEGER NOT NULL, id INTEGER NOT NULL,"
            " code TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, submitted INTEGER NOT NULL, started INTEGER NOT NULL,"
            " completed INTEGER NOT NULL, problem TEXT NOT NULL, error TEXT NOT NULL, output BLOB)"_s,
            u"CREATE UNIQUE INDEX statement_life ON statement (life, id) WHERE id >= 0"_s,
            u"CREATE TABLE line (life INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, section INTEGER NOT NULL,"
            " is_gap INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (life, number))"_s,
        },
        QStringList{
            u"CREATE TABLE act (number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, server TEXT NOT NULL,"
            " type INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL, answer TEXT NOT NULL)"_s,
            u"CREATE TABLE gap (server TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL)"_s,
        },
        QStringList{
            u"ALTER TABLE line ADD COLUMN kept INTEGER NOT NULL DEFAULT 0"_s,
            u"ALTER TABLE line ADD COLUMN unwatched INTEGER NOT NULL DEFAULT 0"_s,
        },
        QStringList{
            // the one above holds only those with an id
            u"CREATE INDEX statement_of ON statement (life)"_s,
        },
        QStringList{
            u"ALTER TABLE act ADD COLUMN request TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE life ADD COLUMN configuration TEXT NOT NULL DEFAULT ''"_s,
        },
        QStringList{
            u"ALTER TABLE life ADD COLUMN spark_ui TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE life ADD COLUMN driver_log TEXT NOT NULL DEFAULT ''"_s,
        },
        QStringList{
            u"CREATE INDEX act_item ON act (server, type, id, at)"_s,
        },
    };
    return all;
}

Result<void> run(QSqlQuery& query, const QString& text)
{
    if (query.exec(text))
        return {};
    return std::unexpected(recordError(query));
}

Result<int> versionOf(QSqlQuery& query)
{
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return std::unexpected(recordError(query));
    return query.value(0).toInt();
}

/// Inside a transaction: another instance may have done it meanwhile.
Result<void> takeSteps(QSqlQuery& query, int target)
{
    const Result<int> version = versionOf(query);
    if (!version)
        return std::unexpected(version.error());
    query.finish();
    for (int step = *version; step < target; ++step) {
        for (const QString& text : steps().at(static_cast<size_t>(step))) {
            if (auto done = run(query, text); !done)
                return done;
        }
    }
    return run(query, u"PRAGMA user_version = %1"_s.arg(std::max(*version, target)));
}
}

int recordSchemaVersion()
{
    return static_cast<int>(steps().size());
}

Result<void> migrateRecords(QSqlDatabase& database, int version)
{
    QSqlQuery query(database);
    const Result<int> present = versionOf(query);
    query.finish();
    if (!present)
        return std::unexpected(present.error());
    if (*present > recordSchemaVersion()) {
        return failure(ErrorKind::Unavailable,
            QCoreApplication::translate("kindling::Recorder", "The history was written by a newer version of Kindling; nothing is recorded."));
    }
    if (*present >= version)
        return {};
    if (auto begun = run(query, u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    Result<void> done = takeSteps(query, version);
    query.finish();
    if (done)
        return run(query, u"COMMIT"_s);
    query.exec(u"ROLLBACK"_s);
    return done;
}

Error recordError(const QSqlQuery& query)
{
    constexpr int busy = 5;
    constexpr int locked = 6;
    constexpr int corrupt = 11;
    constexpr int notADatabase = 26;
    // the low byte; the rest are finer shades of it
    const int code = query.lastError().nativeErrorCode().toInt() & 0xff;
    const ErrorKind kind = code == corrupt || code == notADatabase ? ErrorKind::Protocol
        : code == busy || code == locked                           ? ErrorKind::Busy
                                                                   : ErrorKind::Io;
    return failure(kind, QCoreApplication::translate("kindling::Recorder", "The history cannot be written or read."),
        query.lastError().text()).error();
}

} // namespace kindling
