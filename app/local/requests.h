// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/http.h"

#include <QMap>

#include <expected>

namespace kindling::local {

/// A request that the server will not do, in the shape Livy gives it.
struct Refusal {
    int status = 400;
    QString text;
    bool isBare = false; ///< a bare JSON string instead of {"msg":…}

    [[nodiscard]] HttpResponse response() const;
};

/// What POST /sessions and POST /batches have in common (livy-protocol 1.1, 1.3). Null strings were not given.
struct Resources {
    QString name;
    QString proxyUser;
    QStringList jars;
    QStringList pyFiles;
    QStringList files;
    QStringList archives;
    QString driverMemory;
    int driverCores = 0;
    QString executorMemory;
    int executorCores = 0;
    int numExecutors = 0;
    QString queue;
    QMap<QString, QString> conf;

    /// `spark.` settings of `conf`, over them what the fields of sizes and the queue say; no master.
    [[nodiscard]] QMap<QString, QString> sparkSettings() const;
};

struct SessionRequest {
    Resources resources;
    QString kind = QStringLiteral("shared"); ///< canonical
    int heartbeatSeconds = 0;
    QString ttl;
    QString idleTimeout;
};

struct BatchRequest {
    Resources resources;
    QString file;
    QString className;
    QStringList args;
};

struct StatementRequest {
    QString code;
    QString kind; ///< as sent; empty = the session's
};

/// What add-jar, add-pyfile and add-file ask for.
struct AddRequest {
    QString path; ///< absolute, or a URI with its scheme where it is not on this machine
};

struct CompletionRequest {
    QString code;
    QString kind;
    int cursor = 0;
};

template<typename T>
using Parsed = std::expected<T, Refusal>;

/// All refuse unknown fields, wrong types and broken JSON as Livy does.
[[nodiscard]] Parsed<SessionRequest> parseSessionRequest(const QByteArray& body);
[[nodiscard]] Parsed<BatchRequest> parseBatchRequest(const QByteArray& body);
[[nodiscard]] Parsed<StatementRequest> parseStatementRequest(const QByteArray& body);
[[nodiscard]] Parsed<CompletionRequest> parseCompletionRequest(const QByteArray& body);
[[nodiscard]] Parsed<AddRequest> parseAddRequest(const QByteArray& body);

/// The canonical word of what Livy itself takes as a kind (spark, scala, pyspark, python, sparkr, r, sql, shared); null
/// for anything else.
[[nodiscard]] QString canonicalKind(const QString& text);
/// Line ends of any kind become \n.
[[nodiscard]] QString normalisedLineEnds(QString code);
/// Livy's time strings ("30m", "1h", bare = ms) in milliseconds; -1 = not one.
[[nodiscard]] qint64 durationMs(const QString& text);

} // namespace kindling::local
