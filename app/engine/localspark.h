// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QUrl>

namespace kindling {

/// Runs `kindling serve` as a child for the window, and `kindling serve --fetch` to get a missing Spark.
class LocalSpark final : public QObject {
    Q_OBJECT
public:
    enum class Phase { Stopped, Fetching, Starting, Running, Failed };

    /// `program`: the kindling executable. Started with `serve --with-parent`.
    explicit LocalSpark(QString program, QObject* parent = nullptr);
    ~LocalSpark() override;

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] QUrl url() const { return m_url; }
    /// The token of the endpoint, read from the file that it names.
    [[nodiscard]] QString token() const { return m_token; }
    /// What it printed, newest last, at most 2000 lines.
    [[nodiscard]] const QStringList& logLines() const { return m_log; }
    /// For Failed. `detail` "missing-pyspark" = fetch() would help; "missing-java", "missing-python", "port-taken",
    /// "wrong-python", "no-space", else "".
    [[nodiscard]] const Error& problem() const { return m_problem; }
    /// 0…100 while Fetching; -1 = not known
    [[nodiscard]] int fetchPercent() const { return m_fetchPercent; }

    /// For the next start: an interpreter, or the folder of a virtual environment; empty = Kindling's own.
    void setPython(const QString& path) { m_python = path; }
    void start();
    /// Fetches Spark into the user's cache folder, then starts.
    void fetch();
    void stop();

Q_SIGNALS:
    void phaseChanged();
    void logAppended(const QString& line);

private:
    void launch(const QStringList& arguments, Phase phase);
    void readOutput();
    void handleLine(const QString& line);
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void setPhase(Phase phase);

    QString m_program;
    QString m_python;
    QProcess m_process;
    Phase m_phase = Phase::Stopped;
    QUrl m_url;
    QString m_token;
    QStringList m_log;
    Error m_problem;
    int m_fetchPercent = -1;
    bool m_isStopping = false;
    bool m_startsAfterFetch = false;
};

} // namespace kindling
