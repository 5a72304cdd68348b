// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/driverroom.h"
#include "app/local/session.h"

#include <map>

namespace kindling::local {

/// What a list request asks for.
struct ListRange {
    int from = 0;
    int size = 100;
};

/// All sessions of the server by id, with Livy's rules for ids, names and times: what has outlived its time is removed
/// by a look every minute.
class SessionTable final : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives the table.
    SessionTable(InterpreterFactory factory, Clock& clock, DriverRoom room);
    ~SessionTable() override;

    /// A refused duplicate name uses up an id, as with Livy.
    Parsed<Session*> create(const SessionRequest& request);
    /// By id or by name.
    [[nodiscard]] Parsed<Session*> find(const QString& idOrName) const;
    [[nodiscard]] QByteArray json(ListRange range) const;
    /// Ends and forgets it; calls back when it is gone.
    void remove(int id, std::function<void()> callback);
    [[nodiscard]] int count() const { return static_cast<int>(m_sessions.size()); }
    /// Those that are not dead.
    [[nodiscard]] int activeCount() const;
    /// Ends all; calls back once when the last driver is gone.
    void stopAll(std::function<void()> callback);

private:
    void sweepLater();

    InterpreterFactory m_factory;
    Clock& m_clock;
    const DriverRoom m_room;
    int m_nextId = 0;
    std::map<int, std::unique_ptr<Session>> m_sessions;
};

/// Decides what a path segment means: digits are an id (refused above 2^31), the rest is a name.
[[nodiscard]] Parsed<std::optional<int>> idOfSegment(const QString& segment);
/// `{"msg":"Session 'x' not found."}`
[[nodiscard]] Refusal notFound(const QString& idOrName);
/// Livy's `slice`: which of `total` items a range takes, as begin and end.
[[nodiscard]] std::pair<qint64, qint64> sliceOf(ListRange range, qint64 total);

} // namespace kindling::local
