// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/core/states.h"
#include "app/livy/sparkapi.h"
#include "app/storage/observation.h"

#include <QList>
#include <QObject>

#include <memory>

namespace kindling {

class ReadBudget;

/// The statements of one session, whoever sent them, as its server lists them while somebody watches. Reading them
/// renews the session's heartbeat: whoever watches is attached. What the server no longer keeps stays here.
class StatementWatch final : public QObject {
    Q_OBJECT
public:
    StatementWatch(StatementsFacet* statements, QString sessionId, Clock& clock, QObject* parent = nullptr);
    ~StatementWatch() override;

    /// Ascending by id.
    [[nodiscard]] const QList<Statement>& statements() const { return m_statements; }
    /// kind Cancelled = none
    [[nodiscard]] const Error& problem() const { return m_problem; }
    [[nodiscard]] bool hasLoaded() const { return m_hasLoaded; }
    /// Watch: read now and every few seconds. Nobody watches: stop. Counts.
    void watch();
    void unwatch();
    [[nodiscard]] bool isWatched() const;
    /// Nothing is asked while the session takes no statements: a server may not answer then.
    void setSessionState(const ItemState& state);
    /// Shares the server's reads; null = without limit. Must outlive this.
    void setBudget(ReadBudget* budget);
    /// How many rows of a query's result the session gives at most; 0 = not known.
    void setRowLimit(int rows);
    /// A person wants to know: forgets back-off.
    void lookNow();
    /// The server lets us in: goes on after a sign-in that was refused.
    void resume();
    /// The server object got another api, or the session is gone: what was seen stays, nothing is asked any more.
    void abandon();

Q_SIGNALS:
    /// These are new, or not as before.
    void changed(const QList<kindling::Statement>& statements);
    /// problem(), hasLoaded() or isWatched() changed.
    void stateChanged();

private:
    class Private;
    friend class Private;
    QList<Statement> m_statements;
    Error m_problem;
    bool m_hasLoaded = false;
    std::unique_ptr<Private> d;
};

/// What is recorded of a statement that a server told of.
[[nodiscard]] StatementSeen seenOf(const Statement& statement);

} // namespace kindling
