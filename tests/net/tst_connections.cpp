// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"
#include "tests/net/bothlines.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QPointer>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Connections that are kept open, and what becomes of them when the machine slept or went elsewhere.
class TestConnections final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_hasTls = m_lines.make(); }
    void initTestCase_data() { BothLines::addTurns(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        QFETCH_GLOBAL(const bool, isSecure);
        if (isSecure && !m_hasTls)
            QSKIP("the openssl command is not installed");
    }

    void afterADropNoOldConnectionIsUsed()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); }, tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        read(transport, server);
        read(transport, server);
        QCOMPARE(server.connectionCount(), 1);
        transport.dropConnections();
        read(transport, server);
        read(transport, server);
        QCOMPARE(server.connectionCount(), 2);
    }

    void whatLeadsNowhereIsAskedAnewAndWhatChangesSomethingIsNot()
    {
        int answered = 0;
        FaultServer server([&answered](QTcpSocket* socket, const FaultServer::Seen& seen) {
            if (answered++ > 0 && seen.method == "GET")
                socket->write(FaultServer::answer(200));
        }, tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        HttpRequest patient = request("GET", server.url("/sessions"));
        patient.patience = 60s;
        test::Exchange asked(transport, patient);
        QTRY_COMPARE_WITH_TIMEOUT(server.seen().size(), 1, 30'000);
        HttpRequest change = request("POST", server.url("/sessions"), "{}");
        change.patience = 60s;
        test::Exchange sent(transport, change);
        QTRY_COMPARE_WITH_TIMEOUT(server.seen().size(), 2, 30'000);
        transport.dropConnections();
        QVERIFY(asked.finish());
        QCOMPARE(asked.response().status, 200);
        QCOMPARE(asked.response().body, "{}"_ba);
        QCOMPARE(server.seen().size(), 3);
        QCOMPARE(server.seen().last().method, "GET"_ba);
        QCOMPARE(sent.count(), 0);
    }

    void whatIsCancelledAfterADropStaysSo()
    {
        FaultServer server({}, tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        test::Exchange asked(transport, request("GET", server.url()));
        QTRY_COMPARE_WITH_TIMEOUT(server.seen().size(), 1, 30'000);
        asked.handle.cancel();
        transport.dropConnections();
        server.setHandler([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); });
        read(transport, server);
        QCOMPARE(server.seen().size(), 2);
        QCOMPARE(asked.count(), 0);
    }

    void anotherNetworkDropsThem()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); }, tls());
        QByteArray place = "192.0.2.7";
        int looks = 0;
        TransportOptions options = m_lines.client();
        options.place = [&place, &looks] {
            ++looks;
            return place;
        };
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, options);
        read(transport, server);
        m_clock.advance(1min);
        read(transport, server);
        QCOMPARE(server.connectionCount(), 1);
        place = "198.51.100.9";
        m_clock.advance(1min);
        read(transport, server);
        QCOMPARE(server.connectionCount(), 2);
        const int before = looks;
        for (int i = 0; i < 10; ++i)
            read(transport, server);
        QCOMPARE(looks, before); // not at each request
        QCOMPARE(server.connectionCount(), 2);
    }

    void theOwnAddressesTellTheNetwork()
    {
        QCOMPARE(networkPlace(), networkPlace());
        QVERIFY(!networkPlace().contains("127.0.0.1"));
    }

private:
    [[nodiscard]] std::optional<QSslConfiguration> tls() const
    {
        QFETCH_GLOBAL(const bool, isSecure);
        return m_lines.server(isSecure);
    }
    static void read(HttpTransport& transport, const FaultServer& server)
    {
        test::Exchange asked(transport, request("GET", server.url("/sessions")));
        QVERIFY(asked.finish());
        QVERIFY2(!asked.isError(), qPrintable(asked.error().title));
    }

    FakeClock m_clock;
    BothLines m_lines;
    bool m_hasTls = false;
};

KINDLING_TEST(TestConnections)
#include "tst_connections.moc"
