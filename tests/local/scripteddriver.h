// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/router.h"
#include "tests/support/fakeclock.h"

#include <QJsonValue>

namespace kindling::test {

/// A driver that a test plays by hand: it keeps what it is asked and says what the test makes it say.
class ScriptedDriver final : public local::Interpreter {
    Q_OBJECT
public:
    void execute(int id, const QString& kind, const QString& code) override;
    void cancel(int id) override { cancelled.append(id); }
    void complete(int request, const local::CompletionRequest& what) override;
    /// Fails for a path with "none" in it.
    void add(int request, local::ResourceKind kind, const QString& path) override;
    void addUpload(int request, local::ResourceKind kind, const local::UploadedFile& file) override;
    void restartPython() override { ++pythonRestarts; }
    void stop() override;

    void becomeReady();
    /// Ends the running statement with a text or, where given, that output.
    void finish(const QByteArray& output = R"({"status":"ok","execution_count":0,"data":{"text/plain":"2"}})");
    void die();

    int runningId = -1;
    QString runningKind;
    QString runningCode;
    QList<int> cancelled;
    QList<std::pair<local::ResourceKind, QString>> additions;
    QList<QByteArray> uploads;
    int pythonRestarts = 0;
    bool answersAdditions = true;
    bool endsWhenStopped = true;
    bool isStopped = false;
};

class ScriptedBatch final : public local::BatchProcess {
    Q_OBJECT
public:
    void kill() override { Q_EMIT ended(137, true); }
};

/// The whole endpoint below HTTP on a fake clock; drivers and batches by their ids.
class ScriptedServer final {
public:
    explicit ScriptedServer(const QByteArray& token = {}, const local::MachineLimits& limits = {});

    /// The answer; status 0 = none yet.
    local::HttpResponse ask(const QByteArray& method, const QByteArray& target, const QByteArray& body = {},
        const local::HttpHeaders& headers = { { "Host", "127.0.0.1:8998" }, { "Content-Type", "application/json" } });
    /// The same for what may be answered later: status 0 until it is.
    std::shared_ptr<local::HttpResponse> askLater(const QByteArray& method, const QByteArray& target,
        const QByteArray& body, const local::HttpHeaders& headers);
    QJsonValue json(const QByteArray& method, const QByteArray& target, const QByteArray& body = {});

    FakeClock clock;
    local::DriverRoom room;
    QMap<int, QPointer<ScriptedDriver>> drivers;
    QMap<int, QPointer<ScriptedBatch>> batches;
    QMap<int, local::SessionRequest> requests;
    local::SessionTable sessionTable;
    local::BatchTable batchTable;
    local::Router router;
};

/// Any JSON value, bare strings included; Undefined for what is no JSON.
[[nodiscard]] QJsonValue parsedJson(const QByteArray& bytes);

} // namespace kindling::test
