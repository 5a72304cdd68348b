// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QThread>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {
constexpr int rounds = 3;
constexpr int warmStatements = 50;
constexpr int patienceMs = 180'000;
constexpr auto archivePatience = std::chrono::minutes(6);

/// A `kindling serve` in a child process.
class Server {
public:
    bool start()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(KINDLING_BINARY), { u"serve"_s, u"--no-token"_s, u"--sessions"_s, u"9"_s });
        while (!m_process.canReadLine() && m_process.waitForReadyRead(patienceMs)) { }
        m_url = QString::fromUtf8(m_process.readLine()).trimmed().section(u' ', 2);
        return !m_url.isEmpty();
    }
    ~Server()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(20'000))
            m_process.kill();
    }

    QJsonObject ask(const QByteArray& method, const QString& path, const QByteArray& body = {})
    {
        QNetworkRequest request(QUrl(m_url + path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        if (!reply->isFinished())
            loop.exec();
        return QJsonDocument::fromJson(reply->readAll()).object();
    }

    /// Asks until the state is that one; false = it ended otherwise.
    bool waitFor(const QString& path, const QString& state)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < patienceMs) {
            const QString now = ask("GET", path)[u"state"_s].toString();
            if (now == state || now == u"dead")
                return now == state;
            QThread::msleep(1);
        }
        return false;
    }

private:
    QProcess m_process;
    QString m_url;
    QNetworkAccessManager m_network;
};

QString cacheFolder()
{
    const QString cache = qEnvironmentVariable("XDG_CACHE_HOME", QDir::homePath() + u"/.cache"_s);
    return cache + u"/kindling"_s;
}

/// The archive is made in the background of any server that runs a while.
bool waitForArchive()
{
    QElapsedTimer timer;
    timer.start();
    while (QDir(cacheFolder()).entryList({ u"classes-*.jsa"_s }).isEmpty()) {
        if (timer.durationElapsed() > archivePatience)
            return false;
        QThread::sleep(1);
    }
    return true;
}

/// Seconds that bare PySpark takes to its first count; negative on failure.
double barePysparkSeconds()
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SPARK_LOCAL_IP"_s, u"127.0.0.1"_s);
    process.setProcessEnvironment(environment);
    QElapsedTimer timer;
    timer.start();
    process.start(cacheFolder() + u"/spark-venv/bin/python"_s, { u"-c"_s,
        u"from pyspark.sql import SparkSession\n"
        "SparkSession.builder.master('local[2]').getOrCreate().range(1).count()\nprint('counted', flush=True)"_s });
    while (!process.canReadLine() && process.waitForReadyRead(patienceMs)) { }
    const double seconds = double(timer.elapsed()) / 1000;
    const bool isCounted = process.readLine().startsWith("counted");
    process.waitForFinished(patienceMs);
    return isCounted ? seconds : -1;
}

/// Seconds from the POST of a session to `idle`; it is ended when the measuring is over.
double sessionSeconds(Server& server)
{
    QElapsedTimer timer;
    timer.start();
    const QString path = u"/sessions/%1"_s.arg(server.ask("POST", u"/sessions"_s, "{}")[u"id"_s].toInt(-1));
    const bool isIdle = server.waitFor(path + u"/state"_s, u"idle"_s);
    const double seconds = double(timer.elapsed()) / 1000;
    server.ask("DELETE", path);
    return isIdle ? seconds : -1;
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

struct WarmTimes {
    QList<double> totalMs; ///< from the POST of `1+1` to its result
    QList<double> besideDriverMs; ///< without the time that the driver had the statement
};

/// In a session that has run some; empty on failure.
WarmTimes warmTimes(Server& server)
{
    const QString path = u"/sessions/%1"_s.arg(server.ask("POST", u"/sessions"_s, "{}")[u"id"_s].toInt(-1));
    if (!server.waitFor(path + u"/state"_s, u"idle"_s))
        return {};
    WarmTimes times;
    for (int i = 0; i < warmStatements; ++i) {
        QElapsedTimer timer;
        timer.start();
        const int id = server.ask("POST", path + u"/statements"_s, R"({"code":"1+1","kind":"pyspark"})")[u"id"_s].toInt(-1);
        const QString statement = path + u"/statements/%1"_s.arg(id);
        if (!server.waitFor(statement, u"available"_s))
            return {};
        times.totalMs << double(timer.nsecsElapsed()) / 1e6;
        const QJsonObject ended = server.ask("GET", statement);
        times.besideDriverMs << times.totalMs.last() - (ended[u"completed"_s].toDouble() - ended[u"started"_s].toDouble());
    }
    return times;
}
}

/// How long a real session takes to start beside bare PySpark, in turns, and how soon a warm statement is answered.
int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    Server server;
    if (!server.start() || !waitForArchive()) {
        std::fprintf(stderr, "session_start_s could not be measured: no Spark or no class archive\n");
        return 1;
    }
    QList<double> ours;
    QList<double> peers;
    for (int i = 0; i < rounds; ++i) {
        ours << sessionSeconds(server);
        peers << barePysparkSeconds();
    }
    if (std::ranges::min(ours) < 0 || std::ranges::min(peers) < 0)
        return 1;
    std::printf("session_start_s %.2f s %.2f\n", median(ours), median(peers));
    const WarmTimes warm = warmTimes(server);
    if (warm.totalMs.isEmpty())
        return 1;
    std::printf("warm_statement %.1f ms -\n", median(warm.totalMs));
    std::printf("warm_statement_beside_driver %.1f ms -\n", median(warm.besideDriverMs));
    return 0;
}
