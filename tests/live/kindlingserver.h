// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QUrl>

namespace kindling::test {

/// A real `kindling serve` in a child process, spoken to over HTTP.
class KindlingServer final {
public:
    struct Answer {
        int status = 0;
        QJsonValue json;
    };

    /// Ends it gently.
    ~KindlingServer();

    /// False = it did not come up; `problem` is what it said.
    bool start(const QStringList& arguments);
    /// Starts it for the running test, which ends here where it did not come up: skipped without Spark on this machine,
    /// failed for any other reason. Ask QTest::currentTestResolved() afterwards.
    void startOrSkip(const QStringList& arguments);
    /// From now on its token is sent. False = it has none.
    bool signIn();
    Answer ask(const QByteArray& method, const QString& path, const QByteArray& body = {}, const QByteArray& type = "application/json");
    /// The body as it came.
    QByteArray raw(const QString& path);
    /// Runs code in a session and waits for the statement's end.
    QJsonValue run(int session, const QString& kind, const QString& code);
    /// Asks until the state of that path is one of these; the last state seen.
    QString waitForState(const QString& path, const QStringList& states, int seconds);
    [[nodiscard]] qint64 pid() const { return process.processId(); }

    QProcess process;
    QUrl url;
    QString tokenLine;
    QByteArray token; ///< goes with each request once signIn() was called
    QString problem;

private:
    struct Reply {
        int status = 0;
        QByteArray body;
    };
    Reply exchange(const QByteArray& method, const QString& path, const QByteArray& body, const QByteArray& type);

    QNetworkAccessManager m_network;
};

/// How long the end of a process is waited for.
constexpr int endPatienceMs = 30'000;

/// A file of the program's cache folder, where what was fetched is.
[[nodiscard]] QString cachePath(const QString& name);
/// The processes that descend from that one, itself left out.
[[nodiscard]] QList<qint64> descendantsOf(qint64 pid);
[[nodiscard]] bool isRunning(qint64 pid);
/// Waits for the end of all of them, and fails the running test where it took more than the five seconds that it may.
void expectEndOf(const QList<qint64>& processes);

} // namespace kindling::test
