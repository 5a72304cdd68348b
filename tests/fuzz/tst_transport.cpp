// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"
#include "tests/fuzz/answertexts.h"
#include "tests/fuzz/fuzzrun.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/support/testmain.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QList<QByteArray> wholeAnswers()
{
    QList<QByteArray> all{ "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\nLocation: /sessions/0\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\n\r\n{}", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
        FaultServer::answer(401, "no", "WWW-Authenticate: Basic realm=\"r\"\r\nSet-Cookie: a=b; Path=/; Expires=Wed, 21 Oct 2065 07:28:00 GMT\r\n") };
    for (const QByteArray& body : answerBodies().first(20))
        all += FaultServer::answer(200, body);
    return all;
}

/// An unsafe request that arrived has an answer, or an outcome that nobody knows.
bool isHonest(const Error& error)
{
    return error.kind == ErrorKind::UnknownOutcome || error.kind == ErrorKind::SignIn || error.kind == ErrorKind::Rejected;
}

class Asker final {
public:
    Asker()
        : m_server([this](QTcpSocket* socket, const FaultServer::Seen&) { FaultServer::sendAndClose(socket, m_answer); })
    {
    }

    QByteArray complaintAbout(const QByteArray& text)
    {
        m_answer = text;
        m_server.forget();
        const QByteArray path = "/a?" + QByteArray::number(++m_turn);
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        const bool isRead = choicesOf(text).bounded(2) == 0;
        HttpRequest wanted = request(isRead ? "GET" : "POST", m_server.url(path), isRead ? QByteArray() : QByteArray("{}"));
        wanted.maxBytes = 100'000;
        wanted.patience = std::chrono::milliseconds(1000);
        test::Exchange exchange(transport, wanted);
        if (!exchange.finish())
            return "not answered once";
        if (exchange.isError() && exchange.error().title.isEmpty())
            return "an error without words";
        if (isRead)
            return m_server.seen().size() <= 16 ? QByteArray() : QByteArray("read again and again");
        const auto arrivals = arrivalsAt(path);
        if (arrivals > 1)
            return "sent twice";
        return exchange.isError() && arrivals == 1 && !isHonest(exchange.error()) ? "of a request that arrived: " + exchange.error().title.toUtf8() : QByteArray();
    }

private:
    // Qt's thread may still be repeating the read of the turn before: that one does not count.
    qsizetype arrivalsAt(const QByteArray& path) const
    {
        return std::ranges::count(m_server.seen(), path, &FaultServer::Seen::path);
    }

    SystemClock m_clock;
    QByteArray m_answer;
    int m_turn = 0; ///< makes each path its own
    FaultServer m_server;
};
}

/// What comes over the wire in place of an HTTP answer: status lines, headers, chunks.
class TestFuzzTransport final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        // A read that Qt repeats while its first answer is still being refused gets two errors inside of Qt.
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support|QNetworkReplyImplPrivate::error: Internal problem)"_s));
        QLoggingCategory::setFilterRules(u"qt.network.http.headers=false"_s); // Qt says each odd byte
    }
    void cleanup() { QLoggingCategory::setFilterRules({}); }
    void anyBytesAreOneAnswerOrOneError()
    {
        Asker asker;
        fuzz({ "transport", wholeAnswers(), [&asker](const QByteArray& text) { return asker.complaintAbout(text); } });
    }
};

KINDLING_TEST(TestFuzzTransport)
#include "tst_transport.moc"
