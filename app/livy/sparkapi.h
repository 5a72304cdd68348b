// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/requesthandle.h"
#include "app/livy/types.h"

#include <QObject>

#include <functional>

namespace kindling {

template<typename T>
using Reply = std::function<void(Result<T>)>;

/// Answer without content.
struct Done {};

/// The file that an answer is to be written to, and who is told how far that is.
struct AnswerTarget {
    QString path;
    std::function<void(qint64 bytes)> progress; ///< each mebibyte; may be empty
};

/// Sessions of a server. Ids are opaque, and a name does for an id; `list` pages by offset, oldest first.
class SessionsFacet {
public:
    virtual ~SessionsFacet() = default;
    virtual RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) = 0;
    /// Renews the heartbeat of a session that has one: only for attached sessions.
    virtual RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) = 0;
    /// The state alone. Renews a heartbeat too.
    virtual RequestHandle state(const QString& id, QObject* context, Reply<ItemState> reply) = 0;
    virtual RequestHandle create(const NewSession& wanted, QObject* context, Reply<SparkItem> reply) = 0;
    /// The same with the JSON text as a person edited it.
    virtual RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) = 0;
    /// Blocks on the server until stopped. 404 is success.
    virtual RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) = 0;
    /// Counts as activity, so that the idle time-out begins anew (Livy's `connect`).
    virtual RequestHandle keepAlive(const QString& id, QObject* context, Reply<SparkItem> reply) = 0;
    /// Ends it as remove() does, but the server keeps showing it as dead for a while, with its log.
    virtual RequestHandle stop(const QString& id, QObject* context, Reply<Done> reply) = 0;
    /// Livy's `interrupt`: ends the whole session like stop(). It interrupts no statement; that is StatementsFacet::cancel().
    virtual RequestHandle endByInterrupt(const QString& id, QObject* context, Reply<Done> reply) = 0;
};

/// Files for a running session. The calls block on the server until its driver has them.
class SessionFilesFacet {
public:
    virtual ~SessionFilesFacet() = default;
    /// `uri`: where the server finds it, absolute or with a scheme.
    virtual RequestHandle add(const QString& session, SessionFileKind kind, const QString& uri, QObject* context, Reply<Done> reply) = 0;
    virtual RequestHandle upload(const QString& session, const SessionUpload& upload, QObject* context, Reply<Done> reply) = 0;
};

class StatementsFacet {
public:
    virtual ~StatementsFacet() = default;
    /// `kind` Shared or Unknown: not sent, the session's own kind is used.
    virtual RequestHandle run(const QString& session, const QString& code, Kind kind, QObject* context, Reply<Statement> reply) = 0;
    virtual RequestHandle fetch(const QString& session, int statement, QObject* context, Reply<Statement> reply) = 0;
    /// The server's answer about a statement, written as it comes, however large; replies with its bytes. The file is
    /// there as a whole in the end, or as it was before. Errors: as fetch, and Io.
    virtual RequestHandle save(const QString& session, int statement, const AnswerTarget& target, QObject* context, Reply<qint64> reply) = 0;
    /// Of those that the server still keeps.
    virtual RequestHandle list(const QString& session, const StatementRange& range, QObject* context, Reply<StatementPage> reply) = 0;
    /// The server takes it for any statement, also an ended one; the statement's state tells what came of it.
    virtual RequestHandle cancel(const QString& session, int statement, QObject* context, Reply<Done> reply) = 0;
    virtual RequestHandle complete(const QString& session, const CompletionQuery& query, QObject* context,
        Reply<QStringList> reply) = 0;
};

/// The Python of a session where that is a process of its own, which may die and be replaced alone. Only Local Spark has it:
/// at other servers a session with a dead interpreter has to be begun anew.
class PythonFacet {
public:
    virtual ~PythonFacet() = default;
    /// Ends what runs in it, with all its variables. The session's state tells when the fresh one is there.
    virtual RequestHandle restart(const QString& session, QObject* context, Reply<Done> reply) = 0;
};

class BatchesFacet {
public:
    virtual ~BatchesFacet() = default;
    virtual RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) = 0;
    virtual RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) = 0;
    virtual RequestHandle state(const QString& id, QObject* context, Reply<ItemState> reply) = 0;
    virtual RequestHandle create(const NewBatch& wanted, QObject* context, Reply<SparkItem> reply) = 0;
    virtual RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) = 0;
    virtual RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) = 0;
};

class LogsFacet {
public:
    virtual ~LogsFacet() = default;
    /// Of the lines that the server has now.
    virtual RequestHandle sessionLog(const QString& id, const LogRange& range, QObject* context, Reply<LogSlice> reply) = 0;
    virtual RequestHandle batchLog(const QString& id, const LogRange& range, QObject* context, Reply<LogSlice> reply) = 0;
};

/// A server's dialect. A facet that it lacks is null.
class SparkApi {
public:
    SparkApi() = default;
    SparkApi(const SparkApi&) = delete;
    SparkApi& operator=(const SparkApi&) = delete;
    virtual ~SparkApi() = default;

    virtual RequestHandle version(QObject* context, Reply<ServerVersion> reply) = 0;
    [[nodiscard]] virtual SessionsFacet* sessions() = 0;
    [[nodiscard]] virtual SessionFilesFacet* sessionFiles() = 0;
    [[nodiscard]] virtual StatementsFacet* statements() = 0;
    /// Known once version() was answered.
    [[nodiscard]] virtual PythonFacet* python() = 0;
    [[nodiscard]] virtual BatchesFacet* batches() = 0;
    [[nodiscard]] virtual LogsFacet* logs() = 0;
    /// The JSON that create() would send, indented, for a person to see and edit.
    [[nodiscard]] virtual QByteArray preview(const NewSession& wanted) const = 0;
    [[nodiscard]] virtual QByteArray preview(const NewBatch& wanted) const = 0;
    /// As Transport::dropConnections().
    virtual void dropConnections() = 0;
};

} // namespace kindling
