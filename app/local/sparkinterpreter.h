// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/childprocess.h"
#include "app/local/interpreter.h"
#include "app/local/linebuffer.h"
#include "app/local/sparklocation.h"

namespace kindling::local {

/// A real driver: `supervisor.py` in a process group of its own, spoken to in lines.
class SparkInterpreter final : public Interpreter {
    Q_OBJECT
public:
    struct Setup {
        SparkLocation location;
        QString script; ///< supervisor.py
        QString folder; ///< the session's own, made and removed here
    };
    /// `clock` outlives the driver.
    SparkInterpreter(int sessionId, const SessionRequest& request, Setup setup, Clock& clock);
    ~SparkInterpreter() override;

    void execute(int id, const QString& kind, const QString& code) override;
    void cancel(int id) override;
    void complete(int request, const CompletionRequest& what) override;
    void add(int request, ResourceKind kind, const QString& path) override;
    void addUpload(int request, ResourceKind kind, const UploadedFile& file) override;
    void restartPython() override;
    void stop() override;

private:
    void start();
    void refuseToAdd(int request, const QString& error);
    void send(const QJsonObject& message);
    void readAnswers();
    void handle(const QByteArray& line);
    void readErrors();
    void end();

    const QJsonObject m_start;
    const Setup m_setup;
    Clock& m_clock;
    ChildProcess m_process;
    LineBuffer m_answers;
    LineBuffer m_errors{ longestLogLine };
    bool m_isReady = false;
    bool m_hasEnded = false;
    RequestHandle m_killDeadline;
};

/// The Spark settings of a session: the user's, under those that keep Spark on this machine.
[[nodiscard]] QMap<QString, QString> sessionConf(int id, const SessionRequest& request, const QString& folder);

} // namespace kindling::local
