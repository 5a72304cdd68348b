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

/// Sessions of a server. Ids are opaque; `list` pages by offset, oldest first.
class SessionsFacet {
public:
    virtual ~SessionsFacet() = default;
    virtual RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) = 0;
    /// Renews the heartbeat of a session that has one: only for attached sessions.
    virtual RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) = 0;
    virtual RequestHandle create(const NewSession& wanted, QObject* context, Reply<SparkItem> reply) = 0;
    /// The same with the JSON text as a person edited it.
    virtual RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) = 0;
    /// Blocks on the server until stopped. 404 is success.
    virtual RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) = 0;
};

class StatementsFacet {
public:
    virtual ~StatementsFacet() = default;
    /// `kind` Shared or Unknown: not sent, the session's own kind is used.
    virtual RequestHandle run(const QString& session, const QString& code, Kind kind, QObject* context, Reply<Statement> reply) = 0;
    virtual RequestHandle fetch(const QString& session, int statement, QObject* context, Reply<Statement> reply) = 0;
    /// All that the server still keeps, ascending.
    virtual RequestHandle list(const QString& session, QObject* context, Reply<StatementPage> reply) = 0;
    virtual RequestHandle cancel(const QString& session, int statement, QObject* context, Reply<Done> reply) = 0;
    virtual RequestHandle complete(const QString& session, const CompletionQuery& query, QObject* context,
        Reply<QStringList> reply) = 0;
};

class BatchesFacet {
public:
    virtual ~BatchesFacet() = default;
    virtual RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) = 0;
    virtual RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) = 0;
    virtual RequestHandle create(const NewBatch& wanted, QObject* context, Reply<SparkItem> reply) = 0;
    virtual RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) = 0;
    virtual RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) = 0;
};

class LogsFacet {
public:
    virtual ~LogsFacet() = default;
    /// All lines the server has now (size -1).
    virtual RequestHandle sessionLog(const QString& id, QObject* context, Reply<LogSlice> reply) = 0;
    virtual RequestHandle batchLog(const QString& id, QObject* context, Reply<LogSlice> reply) = 0;
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
    [[nodiscard]] virtual StatementsFacet* statements() = 0;
    [[nodiscard]] virtual BatchesFacet* batches() = 0;
    [[nodiscard]] virtual LogsFacet* logs() = 0;
    /// The JSON that create() would send, indented, for a person to see and edit.
    [[nodiscard]] virtual QByteArray preview(const NewSession& wanted) const = 0;
    [[nodiscard]] virtual QByteArray preview(const NewBatch& wanted) const = 0;
};

} // namespace kindling
