// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/core/ids.h"
#include "app/core/logline.h"
#include "app/livy/sparkapi.h"

#include <QList>
#include <QObject>

#include <array>
#include <memory>

namespace kindling {

class ReadBudget;

/// Splits a server's log into its sections (livy-protocol 4) and stitches the polls of each by overlap. Pure.
class LogMerger {
public:
    /// Returns the lines that are new, gaps marked.
    QList<LogLine> merge(const QStringList& serverLines);

private:
    std::array<QStringList, 3> m_tail; ///< by section: what the server had at the last poll that had any
};

/// Follows the log of one session or batch while somebody watches. Keeps what it has seen; where that is recorded, only
/// as much of it as surely is not recorded yet.
class LogTailer final : public QObject {
    Q_OBJECT
public:
    LogTailer(LogsFacet* logs, ItemKey key, Clock& clock, QObject* parent = nullptr);
    ~LogTailer() override;

    /// The last that were seen, oldest first.
    [[nodiscard]] const QList<LogLine>& lines() const { return m_lines; }
    [[nodiscard]] const ItemKey& key() const { return m_key; }
    /// kind Cancelled = none
    [[nodiscard]] const Error& problem() const { return m_problem; }
    [[nodiscard]] bool hasLoaded() const { return m_hasLoaded; }
    /// Watch: read now and every second. Nobody watches: stop. Counts.
    void watch();
    void unwatch();
    /// Ended items need one more look and no further.
    void setEnded(bool isEnded);
    [[nodiscard]] bool isWatched() const;
    /// What is seen is recorded: whoever opens it later gets the rest from the records. Not so at first.
    void setRecorded(bool isRecorded);
    /// Shares the server's reads; null = without limit. Must outlive this.
    void setBudget(ReadBudget* budget);
    /// A person wants to know: forgets back-off.
    void lookNow();
    /// The server lets us in: goes on after a sign-in that was refused.
    void resume();
    /// One look without anybody watching, if there may be something new.
    void lookInBackground();
    /// It has ended, and a look since has shown its last lines.
    [[nodiscard]] bool hasSeenEnd() const;
    /// The server object got another api, or the item is gone: what was seen stays, nothing is asked any more.
    void abandon();

Q_SIGNALS:
    /// From lines().at(first) on; some that came before may go afterwards.
    void linesAppended(qsizetype first);
    /// A look ended; `freshLines` is negative where it failed, or was not made.
    void looked(qsizetype freshLines);
    /// problem(), hasLoaded() or isWatched() changed.
    void stateChanged();

private:
    class Private;
    friend class Private;
    ItemKey m_key;
    QList<LogLine> m_lines;
    Error m_problem;
    bool m_hasLoaded = false;
    std::unique_ptr<Private> d;
};

} // namespace kindling
