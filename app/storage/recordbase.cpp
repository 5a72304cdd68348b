// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recordbase.h"

#include "app/storage/recordretention.h"
#include "app/storage/recordschema.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds longestWait{ 10 }; ///< for another instance
constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

/// SQLite gives its companions the file's permissions: code and results are nobody else's business.
void createPrivate(const QString& path)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        file.setPermissions(ownerOnly);
}
}

RecordBase::RecordBase(QString file)
    : m_file(std::move(file))
    , m_connection(QUuid::createUuid().toString())
{
}

RecordBase::~RecordBase()
{
    close();
}

Result<void> RecordBase::write(const QList<Observation>& batch)
{
    m_unwritten.append(batch);
    if (m_unwritten.isEmpty())
        return {};
    Result<void> done = guarded<void>([this] { return m_writer->write(m_unwritten.all()); });
    if (done)
        m_unwritten.clear();
    return done;
}

Result<void> RecordBase::apply(const RecordPolicy& policy, const QDateTime& now)
{
    return guarded<void>([this, &policy, &now]() -> Result<void> {
        const Result<void> done = applyPolicy(m_database, policy, now);
        m_writer->forget(); // also where only a part was given up
        return done;
    });
}

void RecordBase::close()
{
    if (!m_database.isValid())
        return;
    m_writer.reset();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

Result<void> RecordBase::open()
{
    if (m_writer && fileMark(m_file) == m_opened)
        return {};
    close(); // another instance may have set the file aside: what goes there is seen by nobody
    createPrivate(m_file);
    m_opened = fileMark(m_file);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    m_database.setDatabaseName(m_file);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s);
    Result<void> done;
    if (m_database.open()) {
        done = prepare();
    } else {
        done = failure(ErrorKind::Io, QCoreApplication::translate("kindling::Recorder", "The history cannot be written or read."),
            m_database.lastError().text());
    }
    if (done)
        m_writer.emplace(m_database);
    else
        close();
    return done;
}

Result<void> RecordBase::prepare()
{
    QSqlQuery query(m_database);
    // the first takes effect only in an empty file
    for (const QString& text : { u"PRAGMA auto_vacuum = FULL"_s, u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = NORMAL"_s }) {
        if (!query.exec(text))
            return std::unexpected(recordError(query));
        query.finish();
    }
    return migrateRecords(m_database);
}

bool RecordBase::moveAside()
{
    close();
    // another instance may be at it, too, and may have begun anew
    QLockFile lock(m_file + u".lock"_s);
    if (!lock.tryLock(longestWait))
        return false;
    if (fileMark(m_file) != m_opened)
        return true;
    const QString name = damagedName(m_file);
    // a log of the damaged file must not be played into a new one, so it goes first
    for (const QString& companion : { u"-wal"_s, u"-shm"_s })
        QFile::rename(m_file + companion, name + companion);
    if (!QFile::rename(m_file, name))
        return false;
    m_setAside = name;
    return true;
}

} // namespace kindling
