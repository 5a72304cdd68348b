// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace kindling::test {

using namespace Qt::StringLiterals;

/// A connection of the test's own to a database, closed at its end.
class Peek {
public:
    explicit Peek(const QString& file)
        : m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"peek"_s))
    {
        m_database.setDatabaseName(file);
        m_database.open();
    }
    ~Peek()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(u"peek"_s);
    }
    Peek(const Peek&) = delete;
    Peek& operator=(const Peek&) = delete;
    QVariant run(const QString& text) { return run(text, 0); }
    /// How an "EXPLAIN QUERY PLAN …" says that it begins.
    QString planOf(const QString& text) { return run(text, 3).toString(); }
    QSqlDatabase& database() { return m_database; }

private:
    QVariant run(const QString& text, int column)
    {
        QSqlQuery query(m_database);
        if (!query.exec(text))
            return query.lastError().text();
        return query.next() ? query.value(column) : QVariant();
    }

    QSqlDatabase m_database;
};

} // namespace kindling::test
