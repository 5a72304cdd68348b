// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/storage/records.h"

#include <QHash>
#include <QSqlDatabase>

#include <array>

class QSqlQuery;

namespace kindling {

/// Writes observations, a batch in one transaction. Finds the life that each belongs to; what another instance has
/// written meanwhile is seen, so that a log that both follow is recorded once. Lives on the database's thread.
class RecordWriter {
public:
    explicit RecordWriter(QSqlDatabase database);

    /// All or nothing. Errors as recordError().
    [[nodiscard]] Result<void> write(const QList<Observation>& batch);

    /// The database was changed otherwise: what is known of it is read again.
    void forget() { m_lives.clear(); }

private:
    using Sections = std::array<QStringList, logSectionCount>;
    struct Life {
        LifeNumber number = 0;
        ItemFacts facts;
        ItemState state;
        bool isGone = false;
        qint64 nextLine = 0;
        std::array<bool, logSectionCount> isContinued{}; ///< the last recorded line of the section is the last that we saw
        QDateTime lastSeen;
        QDateTime toldUntil; ///< the last state in the records that may be another instance's; invalid = the last is ours
        bool isDirty = false;
    };

    [[nodiscard]] Life& lifeOf(const Observation& observation);
    [[nodiscard]] std::optional<Life> recordedLife(const ItemKey& key);
    /// Had another instance told more of it before this was seen?
    [[nodiscard]] static bool isLate(const Life& life, const QDateTime& seen);
    [[nodiscard]] Life newLife(const Observation& observation);
    void write(const Observation& observation, const StateSeen& state);
    /// Who did it knows why; another instance may have seen it first.
    void writeReason(const Life& life, const QString& note);
    /// What had not ended in it does not any more.
    void loseStatements(const Life& life);
    void writeConfiguration(const Life& life, const QByteArray& json);
    void write(const Observation& observation, const StatementSeen& statement);
    void write(const Observation& observation, const LogSeen& log);
    void write(const Observation& observation, const GapSeen& gap);
    void write(const Observation& observation, const OwnAct& act);
    void writeSection(Life& life, LogSection section, const QList<LogLine>& lines, qint64 at);
    void insertLines(Life& life, const QList<LogLine>& lines, qint64 at);
    [[nodiscard]] QStringList recordedTail(const Life& life, LogSection section);
    void writeLives();
    void forgetIfOthersWrote();
    [[nodiscard]] QSqlQuery prepared(const QString& text);
    bool run(QSqlQuery& query);

    QSqlDatabase m_database;
    QHash<ItemKey, Life> m_lives;
    QHash<ItemKey, Sections> m_views; ///< the last lines that we saw ourselves
    qint64 m_dataVersion = -1;
    std::optional<Error> m_failure; ///< the first of the batch under way
};

/// What of `view`, the newest lines of a log as one reader saw them, is not among `recorded`, the last ones recorded.
/// nullopt = they have nothing in common.
[[nodiscard]] std::optional<QStringList> linesAfter(const QStringList& recorded, const QStringList& view);

} // namespace kindling
