// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recordretention.h"

#include "app/storage/recordfields.h"
#include "app/storage/recordschema.h"

#include <QSqlQuery>
#include <QVariant>

#include <algorithm>
#include <functional>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostAtOnce = 500; ///< lives given up in one go: the rest waits for the next
constexpr int largeShare = 64;  ///< what takes more than this part of all has its log and outputs cut before any life is given up
constexpr int linesAtOnce = 20'000;
constexpr int measuredLines = 20;
constexpr int lineOverhead = 40; ///< of a line's row and its place in the index

/// The few forms of question that giving up needs. The first failure ends all further ones.
class Cutter {
public:
    explicit Cutter(const QSqlDatabase& database)
        : m_query(database)
    {
        m_query.setForwardOnly(true);
    }
    bool run(const QString& text, const QVariantList& values = {})
    {
        if (m_failure)
            return false;
        bool isDone = m_query.prepare(text);
        for (const QVariant& value : values)
            m_query.addBindValue(value);
        isDone = isDone && m_query.exec();
        if (!isDone)
            m_failure = recordError(m_query);
        return isDone;
    }
    /// The first value of the answer; 0 where there is none.
    qint64 number(const QString& text, const QVariantList& values = {})
    {
        const qint64 found = run(text, values) && m_query.next() ? m_query.value(0).toLongLong() : 0;
        m_query.finish();
        return found;
    }
    void each(const QString& text, const std::function<void(const QSqlQuery&)>& row)
    {
        for (run(text); !m_failure && m_query.next();)
            row(m_query);
        m_query.finish();
    }
    [[nodiscard]] const std::optional<Error>& problem() const { return m_failure; }

    void giveUp(qint64 life)
    {
        run(u"BEGIN IMMEDIATE"_s);
        for (const QString& table : { u"line"_s, u"state"_s, u"statement"_s })
            run(u"DELETE FROM %1 WHERE life = ?"_s.arg(table), { life });
        run(u"DELETE FROM life WHERE number = ?"_s, { life });
        end();
    }
    void end()
    {
        if (!run(u"COMMIT"_s))
            m_query.exec(u"ROLLBACK"_s);
    }

private:
    QSqlQuery m_query;
    std::optional<Error> m_failure;
};

qint64 usedBytes(Cutter& cut)
{
    const qint64 pages = cut.number(u"PRAGMA page_count"_s) - cut.number(u"PRAGMA freelist_count"_s);
    return pages * cut.number(u"PRAGMA page_size"_s);
}

void cutByAge(Cutter& cut, qint64 oldest)
{
    int count = 0;
    while (count < mostAtOnce && !cut.problem()) {
        const qint64 life = cut.number(u"SELECT number FROM life WHERE last_seen < ? ORDER BY last_seen LIMIT 1"_s, { oldest });
        if (life == 0)
            break;
        cut.giveUp(life);
        ++count;
    }
    // what lives for long, and what hangs on no life
    cut.run(u"BEGIN IMMEDIATE"_s);
    cut.run(u"DELETE FROM state WHERE at < ?"_s, { oldest });
    cut.run(u"DELETE FROM act WHERE at < ?"_s, { oldest });
    cut.run(u"DELETE FROM gap WHERE until < ?"_s, { oldest });
    // one without any time is of somebody else: it goes with its life
    cut.run(u"DELETE FROM statement WHERE MAX(submitted, started, completed) BETWEEN 1 AND ? - 1"_s, { oldest });
    cut.run(u"DELETE FROM line WHERE life IN (SELECT number FROM life WHERE first_seen < ?) AND at < ?"_s, { oldest, oldest });
    cut.end();
}

/// What a life takes, in bytes and about.
struct Weight {
    qint64 life = 0;
    qint64 log = 0;
    qint64 outputs = 0;
    [[nodiscard]] qint64 all() const { return log + outputs; }
};

/// In the order in which they may be given up: what lives comes after what is gone, however quiet it is. Lines are counted
/// by their numbers, and a few of them measured: reading all would take the disk for seconds.
QList<Weight> weigh(Cutter& cut)
{
    QList<Weight> lives;
    cut.each(u"SELECT number, COALESCE(((SELECT MAX(number) FROM line WHERE life = each.number)"
             " - (SELECT MIN(number) FROM line WHERE life = each.number) + 1) * (%1 + (SELECT AVG(size) FROM"
             " (SELECT LENGTH(CAST(text AS BLOB)) AS size FROM line WHERE life = each.number ORDER BY number DESC LIMIT %2))), 0),"
             " COALESCE((SELECT SUM(LENGTH(output)) FROM statement WHERE life = each.number), 0)"
             " FROM life AS each ORDER BY is_gone = 0, last_seen"_s.arg(lineOverhead).arg(measuredLines),
        [&lives](const QSqlQuery& row) { lives.append({ row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toLongLong() }); });
    return lives;
}

/// The older half of a life's log, in short steps. False = it has no two lines.
bool cutLog(Cutter& cut, qint64 life)
{
    const qint64 first = cut.number(u"SELECT COALESCE(MIN(number), 0) FROM line WHERE life = ?"_s, { life });
    const qint64 end = cut.number(u"SELECT COALESCE(MAX(number) + 1, 0) FROM line WHERE life = ?"_s, { life });
    if (end - first < 2)
        return false;
    const qint64 middle = first + (end - first) / 2;
    for (qint64 until = first; until < middle && !cut.problem();) {
        until = std::min(middle, until + linesAtOnce);
        cut.run(u"DELETE FROM line WHERE life = ? AND number < ?"_s, { life, until });
    }
    return true;
}

/// The older half of a life's outputs; code and times stay. False = there are none.
bool cutOutputs(Cutter& cut, qint64 life)
{
    const qint64 count = cut.number(u"SELECT COUNT(*) FROM statement WHERE life = ? AND output IS NOT NULL"_s, { life });
    return count > 0
        && cut.run(u"UPDATE statement SET output = NULL WHERE number IN"
                   " (SELECT number FROM statement WHERE life = ? AND output IS NOT NULL ORDER BY number LIMIT ?)"_s,
            { life, (count + 1) / 2 });
}

/// Of what is larger, the older half. False = nothing is left that can be cut.
bool halve(Cutter& cut, Weight& weight)
{
    const bool isLog = weight.log >= weight.outputs;
    if (isLog ? cutLog(cut, weight.life) : cutOutputs(cut, weight.life)) {
        (isLog ? weight.log : weight.outputs) /= 2;
        return true;
    }
    (isLog ? weight.log : weight.outputs) = 0;
    return weight.all() > 0 && halve(cut, weight);
}

/// The older half of what hangs on no life. False = there is none.
bool cutLoose(Cutter& cut, const QString& table)
{
    const qint64 count = cut.number(u"SELECT COUNT(*) FROM "_s + table);
    return count > 0 && cut.run(u"DELETE FROM %1 WHERE rowid IN (SELECT rowid FROM %1 ORDER BY rowid LIMIT ?)"_s.arg(table), { (count + 1) / 2 });
}

void cutBySize(Cutter& cut, qint64 most)
{
    if (usedBytes(cut) <= most)
        return;
    QList<Weight> lives = weigh(cut);
    auto oldest = lives.begin();
    for (int count = 0; count < mostAtOnce && !cut.problem() && usedBytes(cut) > most; ++count) {
        const auto heaviest = std::ranges::max_element(oldest, lives.end(), {}, &Weight::all);
        const qsizetype left = lives.end() - oldest;
        const bool isLarge = left == 1 || (left > 1 && heaviest->all() > most / largeShare);
        if (isLarge && halve(cut, *heaviest))
            continue;
        if (left > 1)
            cut.giveUp((oldest++)->life);
        else if (!cutLoose(cut, u"act"_s) && !cutLoose(cut, u"gap"_s))
            break; // the file itself has a size
    }
}
}

Result<void> applyPolicy(const QSqlDatabase& database, const RecordPolicy& policy, const QDateTime& now)
{
    Cutter cut(database);
    cutByAge(cut, toField(now.addDays(-policy.days)));
    cutBySize(cut, qint64(policy.mebibytes) * 1024 * 1024);
    if (cut.problem())
        return std::unexpected(*cut.problem());
    return {};
}

} // namespace kindling
