// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/kind.h"
#include "app/core/logline.h"
#include "app/core/states.h"
#include "app/results/output.h"

#include <QDateTime>
#include <QList>

#include <optional>
#include <variant>

namespace kindling {

/// Which session or batch is meant, with what tells one life of its id from another. Empty = not told.
struct ItemFacts {
    ItemKey key;
    QString name = {};
    QString owner = {};
    QString appId = {};
    QString kind = {};        ///< as sent
    QString idleTimeout = {}; ///< as sent
    QString sparkUi = {};     ///< a link; none that holds a secret
    QString driverLog = {};   ///< a link; none that holds a secret

    friend bool operator==(const ItemFacts&, const ItemFacts&) = default;
};

/// The server's word for "it is no longer in the list", which no server says.
[[nodiscard]] inline ItemState goneState()
{
    return { ItemStateValue::Unknown, QStringLiteral("gone") };
}

/// A state was first seen; `from` is empty at first sight of the item, `to` is goneState() at the end.
struct StateSeen {
    ItemState from;
    ItemState to;
    QString note; ///< why, where known (statenotes.h), or a sentence
    QByteArray configuration = {}; ///< what the server told of it, as the JSON of a request without secrets; empty = not told
};

/// How one of our statements stands.
struct StatementSeen {
    int id = -1; ///< the server's number; -1 = never known
    QString code;
    Kind kind = Kind::Unknown;
    RunState state = RunState::Submitting;
    QDateTime submitted; ///< our clock
    QDateTime started;   ///< by the driver, as in Statement
    QDateTime completed;
    QString problem;     ///< why it was lost or refused
    std::optional<Output> output;
};

struct LogSeen {
    QList<LogLine> lines;
};

/// The server was not watched, or not reached, since `from`.
struct GapSeen {
    QDateTime from;
};

/// Something of ours that changed a server, with its answer.
struct OwnAct {
    enum class What { Create, Remove, RunStatement, CancelStatement, KeepAlive, Stop, RestartPython };
    What what = What::Create;
    QString detail; ///< the name asked for, the statement's number
    QString answer; ///< the problem in words; empty = done
    QByteArray request = {}; ///< of Create: its JSON without secrets; empty = not kept
};

/// One thing seen: what, when, and of which server and item (without an id: of the server as a whole).
struct Observation {
    qint64 number = 0;
    QDateTime when;
    ItemFacts item;
    std::variant<StateSeen, StatementSeen, LogSeen, GapSeen, OwnAct> what;
};

/// What tells two lives of an id apart. Empty = not told.
struct LifeMarks {
    QStringView name;
    QStringView owner;
    QStringView appId;
    QStringView kind;
    ItemStateValue state = ItemStateValue::Unknown;
};

/// May both be one life of an id, as far as anyone can tell? Ids are used again after a server's restart.
[[nodiscard]] bool mayBeSameLife(const LifeMarks& before, const LifeMarks& now);

} // namespace kindling
