// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"
#include "tests/net/bothlines.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Unsafe requests reach a server once, whatever it does to the connection.
class TestOnce final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_hasTls = m_lines.make(); }
    void initTestCase_data() { BothLines::addTurns(); }
    void init()
    {
        QFETCH_GLOBAL(const bool, isSecure);
        if (isSecure && !m_hasTls)
            QSKIP("the openssl command is not installed");
    }
    void sendsOnceToAServerThatHangsUp_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("isWarm");
        QTest::addColumn<bool>("isReset");
        for (const QByteArray method : { "POST", "DELETE", "PUT" }) {
            for (const bool isWarm : { false, true }) {
                for (const bool isReset : { false, true })
                    QTest::addRow("%s %s %s", method.constData(), isWarm ? "after a kept connection" : "fresh", isReset ? "reset" : "closed")
                        << method << isWarm << isReset;
            }
        }
    }
    void sendsOnceToAServerThatHangsUp()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const bool, isWarm);
        QFETCH(const bool, isReset);
        const int rounds = tls() ? 50 : 200; // a handshake each
        FaultServer server([isReset](QTcpSocket* socket, const FaultServer::Seen& seen) {
            if (seen.method == "GET")
                socket->write(FaultServer::answer(200));
            else if (isReset)
                socket->abort();
            else
                socket->disconnectFromHost();
        }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        for (int round = 0; round < rounds; ++round) {
            if (isWarm) {
                test::Exchange warming(transport, request("GET", server.url()));
                QVERIFY(warming.finish());
            }
            test::Exchange exchange(transport, request(method, server.url("/" + QByteArray::number(round)), method == "DELETE" ? "" : "{}"));
            QVERIFY(exchange.finish());
            QCOMPARE(exchange.error().kind, ErrorKind::UnknownOutcome);
        }
        QMap<QByteArray, int> times;
        for (const FaultServer::Seen& seen : server.seen()) {
            if (seen.method != "GET")
                ++times[seen.path];
        }
        QCOMPARE(times.size(), rounds);
        QVERIFY(std::ranges::all_of(times, [](int count) { return count == 1; }));
    }

    void usesNoIdleConnectionThatTheServerClosed()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { FaultServer::sendAndClose(socket, FaultServer::answer(200)); }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        for (int round = 0; round < 50; ++round) {
            test::Exchange read(transport, request("GET", server.url()));
            QVERIFY(read.finish());
            QCOMPARE(read.response().status, 200);
            test::Exchange sent(transport, request("POST", server.url(), "{}"));
            QVERIFY(sent.finish());
            QCOMPARE(sent.response().status, 200);
        }
    }
    void keepsTheConnectionOfReads()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        for (int round = 0; round < 10; ++round) {
            test::Exchange read(transport, request("GET", server.url()));
            QVERIFY(read.finish());
        }
        QCOMPARE(server.connectionCount(), 1);
    }
    void sendsALargeBodyWhole()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(201)); }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        const QByteArray body = QByteArray("0123456789").repeated(500'000);
        test::Exchange sent(transport, request("POST", server.url(), body));
        QVERIFY(sent.finish());
        QCOMPARE(sent.response().status, 201);
        QVERIFY(server.seen().first().body == body);
        QCOMPARE(server.seen().first().header("Content-Length"), QByteArray("5000000"));
    }

private:
    /// Of the server in this turn.
    [[nodiscard]] std::optional<QSslConfiguration> tls() const
    {
        QFETCH_GLOBAL(const bool, isSecure);
        return m_lines.server(isSecure);
    }

    BothLines m_lines;
    bool m_hasTls = false;
};

KINDLING_TEST(TestOnce)
#include "tst_once.moc"
