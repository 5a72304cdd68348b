// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/observation.h"

namespace kindling {

/// Names one life of a session or batch in the records: ids are used again, this is not.
using LifeNumber = qint64;

/// One life of a session or batch, as recorded.
struct RecordedLife {
    LifeNumber number = 0;
    ItemFacts facts;
    ItemState state;     ///< the last one seen
    QDateTime firstSeen;
    QDateTime lastSeen;  ///< of the last thing recorded of it
    bool isGone = false; ///< the server has forgotten it
};

struct RecordedState {
    LifeNumber life = 0;
    QDateTime when;
    ItemState from;
    ItemState to;
    QString note;
};

struct RecordedStatement {
    qint64 number = 0;  ///< ascends; for paging and for output()
    LifeNumber life = 0;
    ItemFacts item;     ///< key and name
    StatementSeen what; ///< without its output
    QString error;      ///< ename and evalue, where it ended with an error
    bool hasOutput = false;
};

/// A range of a recorded log. `lines` may be fewer than asked for.
struct RecordedLog {
    qint64 first = 0;
    qint64 total = 0;
    QList<LogLine> lines;
    QList<QDateTime> times; ///< when each was read
};

struct RecordedAct {
    qint64 number = 0;
    QDateTime when;
    ItemFacts item; ///< key and name; the id is empty where nothing came to be
    OwnAct what;
};

/// What is known of how a life was configured, as the JSON of requests, without secrets. Empty = not known.
struct RecordedConfiguration {
    QByteArray requested; ///< what we asked for when we created it
    QByteArray effective; ///< what its server told of it
};

/// What one that is there still, as far as is recorded, was asked for with.
struct RecordedRequest {
    RecordedLife life;
    QByteArray json; ///< without secrets
};

/// When a life was last used from here. Invalid = never.
struct RecordedUse {
    QDateTime ran;     ///< a statement was sent
    QDateTime touched; ///< that, or anything else that its server takes for activity
};

struct RecordedGap {
    ServerId server;
    QDateTime from;
    QDateTime to;
};

/// Which lives: of one server, or of one item, or all; newest first.
struct LifeQuery {
    ServerId server;
    std::optional<ItemKey> item;
    bool isOpenAndOurs = false; ///< only those that are not gone and that an act of ours began
    int most = 1000;
};

/// Which states: of one life (0 = all), from `since` on; oldest first.
struct StateQuery {
    LifeNumber life = 0;
    QDateTime since;
    int most = 10'000;
};

struct LogQuery {
    LifeNumber life = 0;
    qint64 first = 0; ///< negative: the last ones
    int most = 1000;
};

/// Statements newest first. A page goes on below the last number of the one before.
struct StatementQuery {
    QString text; ///< in code, error or session name; empty = all
    LifeNumber life = 0; ///< 0 = all
    qint64 below = std::numeric_limits<qint64>::max();
    int most = 100;
};

/// How much is kept.
struct RecordPolicy {
    bool isOn = true;
    int days = 90;
    int mebibytes = 2048;

    friend bool operator==(const RecordPolicy&, const RecordPolicy&) = default;
};

} // namespace kindling
