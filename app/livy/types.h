// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/kind.h"
#include "app/core/states.h"
#include "app/livy/textlist.h"
#include "app/results/output.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

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
    QString executorLogUrls; ///< 0.9+ on Kubernetes: "name#url;name#url"
    TextList log; ///< the last ten lines; empty while a session is at work
    QString ttl;
    QString idleTimeout;
    QString driverMemory;
    int driverCores = 0;
    QString executorMemory;
    int executorCores = 0;
    int numExecutors = 0;
    QString queue;
    TextMap conf;
    QStringList jars, pyFiles, files, archives;
    int heartbeatTimeoutSeconds = 0;
    QString problem; ///< non-empty: which part of it could not be read ("sessions[3].conf: an object was expected")

    [[nodiscard]] Kind kind() const { return kindFromWire(kindText); }
    friend bool operator==(const SparkItem&, const SparkItem&) = default;
};

/// A page of a list; `total` counts all there are, and `sent` those that the page had, readable or not.
struct ItemPage {
    int from = 0;
    int total = 0;
    QList<SparkItem> items;
    qsizetype sent = 0;
    QString problem = {}; ///< the first thing in it that could not be read; the other items are fine
};

/// A statement (livy-protocol 1.4). `output` is absent until there is one, and may stay so.
struct Statement {
    int id = -1;
    QString code;
    StatementState state = StatementState::Unknown;
    QString rawState;
    std::optional<Output> output;
    double progress = 0; ///< 0…1, may fall back
    QDateTime started;   ///< by the driver, on our clock as far as its server's is known (ServerClock); invalid = not yet
    QDateTime completed;
};

/// Statements that the server still keeps; `total` counts them before paging.
struct StatementPage {
    int total = 0;
    QList<Statement> statements;
};

/// Which statements are wanted: ascending by id, or the newest first. `size` below zero = all.
struct StatementRange {
    int from = 0;
    int size = -1;
    bool isNewestFirst = false;
};

/// Which lines of a log are wanted; below zero = the tail, and all.
struct LogRange {
    int from = -1;
    int size = -1;
};

/// What a running session can be given: a jar for its JVM, a Python module, or any file.
enum class SessionFileKind { Jar, PyFile, File };

/// A file of this machine on its way to a session.
struct SessionUpload {
    SessionFileKind kind = SessionFileKind::File;
    QString name; ///< without folders
    QByteArray bytes;
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
    QString user;     ///< who built it, of which source, and when
    QString revision;
    QString branch;
    QString date;
    QString url;

    [[nodiscard]] bool isAtLeast(int wantedMajor, int wantedMinor) const { return std::pair(major, minor) >= std::pair(wantedMajor, wantedMinor); }
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
