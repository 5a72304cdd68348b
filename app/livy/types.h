// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/kind.h"
#include "app/core/states.h"
#include "app/results/output.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace kindling {

/// One session or batch as a server lists it (livy-protocol 1.2, 1.3). Absent or null text is empty; 0 = not set.
/// Batches use the fields up to `log`.
struct SparkItem {
    QString id;
    QString name;
    QString appId;
    QString owner;
    QString proxyUser;
    ItemState state;
    QString kindText; ///< sessions: as sent
    QString driverLogUrl;
    QString sparkUiUrl;
    QStringList log; ///< the last ten lines
    QString ttl;
    QString idleTimeout;
    QString driverMemory;
    int driverCores = 0;
    QString executorMemory;
    int executorCores = 0;
    int numExecutors = 0;
    QString queue;
    QMap<QString, QString> conf;

    [[nodiscard]] Kind kind() const { return kindFromWire(kindText); }
    friend bool operator==(const SparkItem&, const SparkItem&) = default;
};

/// A page of a list; `total` counts all there are.
struct ItemPage {
    int from = 0;
    int total = 0;
    QList<SparkItem> items;
};

/// A statement (livy-protocol 1.4). `output` is absent until there is one, and may stay so.
struct Statement {
    int id = -1;
    QString code;
    StatementState state = StatementState::Unknown;
    QString rawState;
    std::optional<Output> output;
    double progress = 0; ///< 0…1, may fall back
    QDateTime started;   ///< the driver's clock; invalid = not yet
    QDateTime completed;
};

struct StatementPage {
    int total = 0;
    QList<Statement> statements;
};

/// What could stand at `cursor` (UTF-16 units into `code`)?
struct CompletionQuery {
    QString code;
    Kind kind = Kind::PySpark;
    int cursor = 0;
};

/// Lines of a log as the server keeps them now: `from` is an index into its present buffer, not a running count.
struct LogSlice {
    int from = 0;
    int total = 0;
    QStringList lines;
};

/// The answer of GET /version; `text` is empty where the server does not tell.
struct ServerVersion {
    QString text;     ///< "0.9.0-incubating"
    int major = 0;
    int minor = 0;    ///< 0.7 → 7; 0/0 = unknown
    QString sparkVersion; ///< only Local Spark says
};

/// What POST /sessions is asked for. Empty and unset fields are not sent; nor are fields that `version` refuses.
struct NewSession {
    Kind kind = Kind::Shared;
    QString name;
    QString proxyUser;
    QStringList jars, pyFiles, files, archives;
    QString driverMemory, executorMemory;
    std::optional<int> driverCores, executorCores, numExecutors;
    QString queue;
    QMap<QString, QString> conf;
    std::optional<int> heartbeatTimeoutSeconds;
    QString ttl;         ///< 0.8+
    QString idleTimeout; ///< 0.9+
};

/// What POST /batches is asked for; `file` is required.
struct NewBatch {
    QString file;
    QString className;
    QStringList args;
    QString name;
    QString proxyUser;
    QStringList jars, pyFiles, files, archives;
    QString driverMemory, executorMemory;
    std::optional<int> driverCores, executorCores, numExecutors;
    QString queue;
    QMap<QString, QString> conf;
};

} // namespace kindling
