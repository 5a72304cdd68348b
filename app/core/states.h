// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kindling {

/// A state of a session or a batch as Livy names it (livy-protocol 2.1, 2.2).
enum class ItemStateValue {
    NotStarted, Starting, Recovering, Idle, Running, Busy, ShuttingDown, Error, Dead, Killed, Success, Unknown,
};

/// The enum plus the server's own word, which is kept also where we do not know it.
struct ItemState {
    ItemStateValue value = ItemStateValue::Unknown;
    QString raw;

    [[nodiscard]] static ItemState fromWire(const QString& text);
    /// Can it still do work (starting, recovering, idle, running, busy), or is it unknown?
    [[nodiscard]] bool isAlive() const;
    /// Ended for good: dead, killed, success, or shutting down. (`error` of a session may come back: see isAlive.)
    [[nodiscard]] bool isEnded() const;
    /// May a statement be posted now?
    [[nodiscard]] bool acceptsStatements() const;

    friend bool operator==(const ItemState&, const ItemState&) = default;
};

/// What a person is to be told about a state: one of the eight glyphs of the window.
enum class StateRole { Idle, Active, Starting, Waiting, Damaged, Bad, Success, Stopped };
/// `isDamaged`: the session lives, but one of its interpreters died.
[[nodiscard]] StateRole roleOf(const ItemState& state, bool isDamaged);

/// A statement's state (livy-protocol 2.3).
enum class StatementState { Waiting, Running, Available, Cancelling, Cancelled, Unknown };
[[nodiscard]] StatementState statementStateFromWire(QStringView text);
[[nodiscard]] QString wireName(StatementState state);
/// available or cancelled
[[nodiscard]] bool isTerminal(StatementState state);

/// Our own run of a cell, from the click to its end.
enum class RunState {
    Queued,      ///< waits for the session, or for its turn
    Submitting,  ///< POST is under way
    Unconfirmed, ///< the POST's answer was lost: looking whether it arrived
    Waiting,     ///< the server has it and has not begun
    Running,
    Cancelling,
    Finished,    ///< ok
    Failed,      ///< the code raised an error, or the server refused it
    Cancelled,
    Lost,        ///< the session ended, or nobody can tell what became of it
};
[[nodiscard]] bool isTerminal(RunState state);

/// What we know of our connection to a server.
enum class ConnectionState { Unconnected, Connecting, Online, Offline, SignInNeeded, Stopped };

} // namespace kindling
