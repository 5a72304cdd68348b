// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/httpserver.h"
#include "tests/fuzz/fuzzrun.h"
#include "tests/fuzz/requestmaker.h"
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
/// The HTTP front with small limits over the routes of Local Spark.
class Front final {
public:
    [[nodiscard]] bool listen() { return m_front.listen(0); }
    [[nodiscard]] bool hasConnections() const { return !m_front.findChildren<HttpConnection*>().isEmpty(); }

    QByteArray complaintAbout(const QByteArray& text)
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_front.port());
        if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }, 30'000))
            return "nobody listens";
        socket.write(text);
        const auto isWritten = [&] { return socket.bytesToWrite() == 0 || socket.state() != QAbstractSocket::ConnectedState; };
        if (!QTest::qWaitFor(isWritten, 30'000))
            return "nobody reads";
        QCoreApplication::sendPostedEvents();
        m_tables.clock.advance(std::chrono::milliseconds(1));
        const QByteArray answer = socket.readAll();
        socket.abort();
        return answer.isEmpty() || answer.startsWith("HTTP/1.1 ") ? QByteArray() : "no HTTP: " + answer.left(200);
    }

    /// The answer to a request that is as it should be.
    QByteArray ping()
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_front.port());
        socket.write("GET /metrics/ping HTTP/1.1\r\nHost: 127.0.0.1:8998\r\n\r\n");
        QByteArray answer;
        (void)QTest::qWaitFor([&] { return (answer += socket.readAll()).endsWith("pong\n"); }, 30'000);
        return answer;
    }

private:
    ScriptedServer m_tables;
    HttpServer m_front{ m_tables.clock, { .headerBytes = 2000, .bodyBytes = 4000 }, [this](HttpRequest request, const Responder& respond) {
                           request.port = 8998;
                           m_tables.router.handle(request, respond);
                       } };
};
}

/// Anything in place of a request, on a socket.
class TestFuzzFront final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void theFrontOutlivesEverything()
    {
        Front front;
        QVERIFY(front.listen());
        fuzz({ "front", {}, [&front](const QByteArray& text) { return front.complaintAbout(text); },
            [](Mutator& mutator) { return mutator.below(4) == 0 ? mutator.next() : RequestMaker(mutator).wire(); } });
        QVERIFY(QTest::qWaitFor([&] { return !front.hasConnections(); }, 30'000));
        QVERIFY(front.ping().endsWith("pong\n"));
    }
};

KINDLING_TEST(TestFuzzFront)
#include "tst_front.moc"
