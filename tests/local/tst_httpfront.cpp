// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/httpserver.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype bigBytes = 100'000;
constexpr char get[] = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

HttpLimits smallLimits()
{
    HttpLimits limits;
    limits.headerBytes = 1000;
    limits.bodyBytes = 2000;
    limits.unsentBytes = 200'000;
    limits.connections = 3;
    return limits;
}
}

/// The HTTP front against clients that are wrong, slow or hostile; its handler echoes what it got.
class TestHttpFront final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_clock = std::make_unique<FakeClock>();
        m_waiting.clear();
        m_seen.clear();
        m_server = std::make_unique<HttpServer>(*m_clock, smallLimits(), [this](const HttpRequest& request, Responder respond) {
            m_seen.append(request);
            if (request.path.contains(u"later"_s))
                m_waiting.append(respond);
            else if (request.path.contains(u"big"_s))
                respond(jsonResponse(200, QByteArray(bigBytes, '1')));
            else
                respond(jsonResponse(200, '"' + request.path.join(u'/').toUtf8() + ':' + request.body + '"'));
        }, [](const HttpRequest& request) {
            const bool isClosed = request.path.contains(u"closed"_s) && request.method == "POST";
            return isClosed ? std::optional(messageResponse(401, u"closed"_s)) : std::nullopt;
        });
        QVERIFY(m_server->listen(0));
    }
    void cleanup() { m_server.reset(); }

    void answersAndKeepsTheConnection()
    {
        QTcpSocket socket;
        open(socket);
        socket.write(get);
        QTRY_VERIFY(bytes(socket).endsWith("\"a:\""));
        QVERIFY(m_bytes.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(m_bytes.contains("Content-Type: application/json;charset=utf-8\r\n"));
        QVERIFY(m_bytes.contains("Content-Length: 4\r\n"));
        m_bytes.clear();
        socket.write("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
        QTRY_VERIFY(bytes(socket).endsWith("\"b:hi\""));
    }

    void answersPipelinedRequestsInOrder()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("GET /later HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\nGET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(m_waiting.size(), 1);
        QCOMPARE(m_seen.size(), 1);
        m_waiting.takeFirst()(jsonResponse(200, "\"first\""));
        QTRY_VERIFY(bytes(socket).endsWith("\"3:\""));
        QVERIFY(m_bytes.indexOf("first") < m_bytes.indexOf("\"2:\""));
    }

    void readsChunkedBodiesByteByByte()
    {
        QTcpSocket socket;
        open(socket);
        for (const char byte : QByteArray("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")) {
            socket.write(&byte, 1);
            socket.flush();
            QCoreApplication::sendPostedEvents();
        }
        QTRY_VERIFY(bytes(socket).endsWith("\"c:abcde\""));
    }

    void sendsHeadWithoutABody()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(bytes(socket).contains("Content-Length: 4\r\n"));
        QVERIFY(m_bytes.endsWith("\r\n\r\n"));
    }

    void letsTheClientContinue()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("POST /d HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        QTRY_COMPARE(bytes(socket), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
        socket.write("ok");
        QTRY_VERIFY(bytes(socket).endsWith("\"d:ok\""));
    }

    void refusesWhatIsWrongAndCloses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03") << 400;
        QTest::newRow("no version") << QByteArray("GET /\r\n\r\n") << 400;
        QTest::newRow("HTTP 2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
        QTest::newRow("no path") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
        QTest::newRow("length no number") << QByteArray("POST / HTTP/1.1\r\nContent-Length: ten\r\n\r\n") << 400;
        QTest::newRow("length negative") << QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") << 400;
        QTest::newRow("two lengths") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n") << 400;
        QTest::newRow("length and chunked")
            << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n") << 400;
        QTest::newRow("chunk size no number")
            << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n") << 400;
        QTest::newRow("body too long") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 2001\r\n\r\n") << 413;
        QTest::newRow("length beyond 64 bits") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n") << 400;
        QTest::newRow("chunks too long")
            << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7d1\r\n" + QByteArray(2001, 'x')) << 413;
        QTest::newRow("header too long") << QByteArray("GET / HTTP/1.1\r\nA: " + QByteArray(1000, 'a') + "\r\n\r\n") << 431;
        QTest::newRow("path too long") << QByteArray("GET /" + QByteArray(1001, 'a') + " HTTP/1.1\r\n\r\n") << 431;
        QTest::newRow("too many headers") << QByteArray("GET / HTTP/1.1\r\n" + QByteArray("a:\r\n").repeated(300)) << 431;
        QTest::newRow("strange expectation") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1\r\nExpect: tea\r\n\r\n") << 417;
        QTest::newRow("header with NUL") << QByteArray("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", 26) << 400;
    }
    void refusesWhatIsWrongAndCloses()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QTcpSocket socket;
        open(socket);
        socket.write(request);
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY2(bytes(socket).startsWith(QByteArray("HTTP/1.1 " + QByteArray::number(status))), m_bytes.constData());
        QVERIFY(m_bytes.contains("{\"msg\":"));
        QVERIFY(m_seen.isEmpty());
    }

    void theGateRefusesBeforeTheBody_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::newRow("length") << QByteArray("Content-Length: 2000\r\n");
        QTest::newRow("chunks") << QByteArray("Transfer-Encoding: chunked\r\n");
        QTest::newRow("asked first") << QByteArray("Content-Length: 2000\r\nExpect: 100-continue\r\n");
    }
    void theGateRefusesBeforeTheBody()
    {
        QFETCH(QByteArray, headers);
        QTcpSocket socket;
        open(socket);
        socket.write("POST /closed?a=1 HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY2(bytes(socket).startsWith("HTTP/1.1 401"), m_bytes.constData());
        QVERIFY(m_seen.isEmpty());
    }

    void theGateLetsTheRestIn()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
        QTRY_VERIFY(bytes(socket).endsWith("\"a:hi\""));
        // The handler refuses what has no body, and the connection stays.
        socket.write("GET /closed HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(bytes(socket).endsWith("\"closed:\""));
    }

    void treatsAnUpgradeAsAnOrdinaryRequest()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        QTRY_VERIFY(bytes(socket).endsWith("\"a:\""));
    }

    void dropsASlowRequestAndAnIdleConnection_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("half a request") << QByteArray("GET /a HT");
        QTest::newRow("nothing") << QByteArray();
    }
    void dropsASlowRequestAndAnIdleConnection()
    {
        QFETCH(QByteArray, sent);
        QTcpSocket socket;
        open(socket);
        socket.write(sent);
        QTRY_COMPARE(socket.bytesToWrite(), 0);
        QTRY_VERIFY(m_clock->pendingCount() > 0);
        QTRY_COMPARE(m_server->findChildren<HttpConnection*>().size(), 1);
        // Once the bytes are in, the longer deadline of a request counts.
        QTRY_VERIFY([&] {
            m_clock->advance(std::chrono::seconds(20));
            return socket.state() == QAbstractSocket::UnconnectedState;
        }());
        QTRY_COMPARE(m_server->findChildren<HttpConnection*>().size(), 0);
    }

    void doesNotDropAClientThatWaitsForItsAnswer()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(m_waiting.size(), 1);
        m_clock->advance(std::chrono::hours(1));
        m_waiting.takeFirst()(jsonResponse(200, "1"));
        QTRY_VERIFY(bytes(socket).endsWith("\r\n\r\n1"));
    }

    void doesNotPileUpAnswersThatNobodyReads()
    {
        QTcpSocket socket;
        open(socket);
        socket.setReadBufferSize(1024);
        for (int i = 0; i < 400; ++i)
            socket.write("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
        qsizetype seen = -1;
        QTRY_VERIFY([&] {
            const bool isStill = seen == m_seen.size() && seen > 0;
            seen = m_seen.size();
            return isStill;
        }());
        QVERIFY2(seen < 100, QByteArray::number(seen).constData());
        socket.setReadBufferSize(0);
        qsizetype read = 0;
        QTRY_VERIFY_WITH_TIMEOUT((read += socket.readAll().size()) > 400 * bigBytes, 30'000);
        QCOMPARE(m_seen.size(), 400);
    }

    void aRefusalReachesAClientThatIsStillSending()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("POST / HTTP/1.1\r\nContent-Length: 40000000\r\n\r\n" + QByteArray(8'000'000, 'x'));
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, 30'000);
        QVERIFY2(bytes(socket).startsWith("HTTP/1.1 413"), m_bytes.left(100).constData());
        m_clock->advance(std::chrono::seconds(3));
        QTRY_COMPARE(m_server->findChildren<HttpConnection*>().size(), 0);
    }

    void forgetsAClientThatLeft()
    {
        QTcpSocket socket;
        open(socket);
        socket.write("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(m_waiting.size(), 1);
        socket.abort();
        QTRY_COMPARE(m_server->findChildren<HttpConnection*>().size(), 0);
        m_waiting.takeFirst()(jsonResponse(200, "1"));
    }

    void takesNoMoreConnectionsThanItsLimit()
    {
        QTcpSocket sockets[4];
        for (int i = 0; i < 3; ++i) {
            open(sockets[i]);
            QTRY_COMPARE(m_server->findChildren<HttpConnection*>().size(), i + 1);
        }
        open(sockets[3]);
        QTRY_COMPARE(sockets[3].state(), QAbstractSocket::UnconnectedState);
        QVERIFY(bytes(sockets[3]).startsWith("HTTP/1.1 503"));
        sockets[0].abort();
        QTRY_COMPARE(m_server->findChildren<HttpConnection*>().size(), 2);
    }

    void decodesPathsAndQueries()
    {
        HttpRequest request;
        QVERIFY(request.setTarget("/sessions/a%20b%2F%C3%BC%3Bx?from=-1&size=5"));
        QCOMPARE(request.path, QStringList({ u"sessions"_s, u"a b/ü;x"_s }));
        QCOMPARE(request.query.queryItemValue(u"from"_s), u"-1"_s);
        QVERIFY(!request.setTarget("http://elsewhere/"));
    }

private:
    void open(QTcpSocket& socket)
    {
        m_bytes.clear();
        socket.connectToHost(u"127.0.0.1"_s, m_server->port());
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }
    const QByteArray& bytes(QTcpSocket& socket)
    {
        m_bytes += socket.readAll();
        return m_bytes;
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<HttpServer> m_server;
    QList<HttpRequest> m_seen;
    QList<Responder> m_waiting;
    QByteArray m_bytes;
};

KINDLING_TEST(TestHttpFront)
#include "tst_httpfront.moc"
