// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/states.h"

#include <QByteArray>
#include <QString>

#include <deque>

namespace kindling::local {

/// One statement of a session (livy-protocol 1.4).
struct Statement {
    int id = 0;
    QString code;
    QString kind;
    StatementState state = StatementState::Waiting;
    QByteArray output = QByteArrayLiteral("null"); ///< JSON
    QString printed{};                             ///< so far, while there is no output
    double progress = 0;
    qint64 startedMs = 0; ///< since the epoch, 0 = not yet
    qint64 completedMs = 0;

    [[nodiscard]] QByteArray json() const;
};

/// A session's statements by ascending id; the oldest ended ones are forgotten past the retention.
class StatementList {
public:
    explicit StatementList(int retained)
        : m_retained(retained)
    {
    }

    Statement& add(const QString& code, const QString& kind);
    [[nodiscard]] Statement* find(int id);
    [[nodiscard]] Statement* firstWaiting();
    /// Newest first where `isDescending`; `from` and `size` apply after that, a negative size means all.
    [[nodiscard]] QByteArray json(int from, int size, bool isDescending) const;

private:
    int m_retained;
    int m_nextId = 0;
    std::deque<Statement> m_statements;
};

} // namespace kindling::local
