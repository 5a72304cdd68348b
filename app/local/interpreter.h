// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/multipart.h"
#include "app/local/requests.h"
#include "app/local/ringlog.h"

#include <QObject>

#include <functional>
#include <memory>

namespace kindling::local {

/// What a driver tells about itself once Spark is up.
struct DriverInfo {
    QString appId;
    QString uiUrl;
    QString sparkVersion;
};

/// What can be given to a running session.
enum class ResourceKind { Jar, PyFile, File };

/// One session's driver: runs one statement at a time, of any kind, in one shared Spark session. Starts by itself once
/// the event loop runs; `ended` comes exactly once, and nothing after it.
class Interpreter : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// `kind` is canonical. The caller waits for `finished` before the next one.
    virtual void execute(int id, const QString& kind, const QString& code) = 0;
    /// Asks for the end of that statement; `finished` tells when it came.
    virtual void cancel(int id) = 0;
    /// Answered by `completed`, also while a statement runs.
    virtual void complete(int request, const CompletionRequest& what) = 0;
    /// Gives the session something that is on this machine (an absolute path) or elsewhere (a URI with its scheme);
    /// answered by `added`, also while a statement runs.
    virtual void add(int request, ResourceKind kind, const QString& path) = 0;
    /// The same for what came with the request: it is kept as long as the driver lives.
    virtual void addUpload(int request, ResourceKind kind, const UploadedFile& file) = 0;
    /// Ends the user's Python with what it runs and starts a fresh one; `pythonChanged` tells when it is there.
    virtual void restartPython() = 0;
    /// Ends the driver, gently first; `ended` follows.
    virtual void stop() = 0;

Q_SIGNALS:
    void becameReady(const kindling::local::DriverInfo& info);
    /// Finished tasks of all known ones, 0…1.
    void progressed(int id, double progress);
    /// What that statement printed since the last time; `finished` brings the whole.
    void printed(int id, const QString& text);
    /// `output` is Livy's output object as JSON; `isInterpreterDead`: that kind runs nothing any more.
    void finished(int id, const QByteArray& output, bool isInterpreterDead);
    /// The user's Python died outside of a statement, or a fresh one is there.
    void pythonChanged(bool isAlive);
    void completed(int request, const QStringList& candidates);
    /// `error` is null where it went well, else the name of a Java exception and its text.
    void added(int request, const QString& error);
    void logged(kindling::local::LogSection section, const QString& line);
    void ended();
};

/// Makes the driver of a new session.
using InterpreterFactory = std::function<std::unique_ptr<Interpreter>(int sessionId, const SessionRequest& request)>;

/// The process of one batch. Starts by itself once the event loop runs.
class BatchProcess : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Kills it with all its children; `ended` follows.
    virtual void kill() = 0;

Q_SIGNALS:
    void started();
    void logged(const QString& line);
    void ended(int exitCode, bool isKilled);
};

using BatchFactory = std::function<std::unique_ptr<BatchProcess>(int batchId, const BatchRequest& request)>;

} // namespace kindling::local
