// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/httpserver.h"
#include "app/local/router.h"
#include "tests/bench/echodriver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTcpSocket>
#include <QThread>

#include <cstdio>
#include <vector>

using namespace kindling;
using namespace kindling::local;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int connections = 8;
constexpr int sessions = 10;
constexpr int measureMs = 3000;
constexpr int waitMs = 30'000;
const QByteArray statement = R"({"code":"1+1","kind":"pyspark"})";

/// One connection of a client that waits for each answer.
class Connection {
public:
    explicit Connection(quint16 port)
        : m_port(port)
    {
        m_socket.connectToHost(u"127.0.0.1"_s, port);
        if (!m_socket.waitForConnected(waitMs))
            std::fprintf(stderr, "bench_local: not connected: %s\n", qPrintable(m_socket.errorString()));
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    void send(const QByteArray& method, const QByteArray& path, const QByteArray& body = {})
    {
        m_socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port)
            + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        m_socket.flush();
    }

    /// The whole answer; empty = none came.
    QByteArray receive()
    {
        QByteArray answer;
        do {
            if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(waitMs))
                return {};
            answer += m_socket.readAll();
        } while (!isWhole(answer));
        return answer;
    }

    QByteArray ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {})
    {
        send(method, path, body);
        return receive();
    }

private:
    static bool isWhole(const QByteArray& answer)
    {
        const qsizetype end = answer.indexOf("\r\n\r\n");
        const qsizetype length = answer.indexOf("Content-Length: ");
        return end > 0 && length > 0 && answer.size() >= end + 4 + answer.mid(length + 16, answer.indexOf('\r', length) - length - 16).toLongLong();
    }

    quint16 m_port;
    QTcpSocket m_socket;
};

void report(const char* name, double value, const char* unit)
{
    std::printf("%s %.2f %s -\n", name, value, unit);
}

/// A statement's path from the POST's answer.
QByteArray locationOf(const QByteArray& answer)
{
    const qsizetype at = answer.indexOf("Location: ") + 10;
    return answer.mid(at, answer.indexOf('\r', at) - at);
}

/// How many statements a second the server takes in from all connections.
void measurePosts(std::vector<std::unique_ptr<Connection>>& clients)
{
    QElapsedTimer timer;
    timer.start();
    qint64 answered = 0;
    while (timer.elapsed() < measureMs) {
        for (const auto& client : clients)
            client->send("POST", "/sessions/0/statements", statement);
        for (const auto& client : clients)
            answered += client->receive().startsWith("HTTP/1.1 201") ? 1 : 0;
    }
    report("local_statement_posts", 1000.0 * static_cast<double>(answered) / static_cast<double>(timer.elapsed()), "/s");
}

/// From the POST to the look that finds the statement available, over a driver that takes no time.
void measureStatement(Connection& client)
{
    constexpr int rounds = 500;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < rounds; ++i) {
        const QByteArray path = locationOf(client.ask("POST", "/sessions/0/statements", statement));
        while (!client.ask("GET", path).contains("\"available\"")) { }
    }
    report("local_statement_overhead", static_cast<double>(timer.nsecsElapsed()) / 1e6 / rounds, "ms");
}

/// The same in ten sessions at once.
void measureSideBySide(Connection& client)
{
    constexpr int rounds = 50;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < rounds; ++i) {
        QByteArrayList paths;
        for (int id = 0; id < sessions; ++id)
            paths += locationOf(client.ask("POST", "/sessions/" + QByteArray::number(id) + "/statements", statement));
        for (const QByteArray& path : std::as_const(paths)) {
            while (!client.ask("GET", path).contains("\"available\"")) { }
        }
    }
    report("local_ten_sessions_statement", static_cast<double>(timer.nsecsElapsed()) / 1e6 / (rounds * sessions), "ms");
}

void measure(quint16 port)
{
    std::vector<std::unique_ptr<Connection>> clients;
    for (int i = 0; i < connections; ++i)
        clients.push_back(std::make_unique<Connection>(port));
    for (int id = 0; id < sessions; ++id)
        clients[0]->ask("POST", "/sessions", "{}");
    measurePosts(clients);
    measureStatement(*clients[0]);
    measureSideBySide(*clients[0]);
}
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    SystemClock clock;
    MachineLimits limits;
    limits.sessions = sessions;
    const DriverRoom room(limits);
    SessionTable sessionTable([](int, const SessionRequest&) { return std::make_unique<EchoDriver>(); }, clock, room);
    BatchTable batchTable([](int, const BatchRequest&) { return std::unique_ptr<BatchProcess>(); }, clock, room);
    Router router(Access({}), sessionTable, batchTable, u"bench"_s);
    HttpServer server(clock, {}, [&router](const HttpRequest& request, const Responder& respond) { router.handle(request, respond); });
    if (!server.listen(0))
        return 1;
    const std::unique_ptr<QThread> clients(QThread::create([port = server.port()] { measure(port); }));
    QObject::connect(clients.get(), &QThread::finished, &application, &QCoreApplication::quit);
    clients->start();
    const int code = QCoreApplication::exec();
    clients->wait();
    return code;
}
