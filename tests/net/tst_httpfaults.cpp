// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"
#include "tests/net/bothlines.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>
#include <QTimer>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
enum class After { Close, Reset, Hang };

// What is expected: an error of a kind, or (without) an answer of a status.
struct Expected {
    std::optional<ErrorKind> kind;
    int status = 0;
};
Expected fails(ErrorKind kind) { return { kind, 0 }; }
Expected answers(int status) { return { {}, status }; }

constexpr auto head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
}
Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(After)

class TestHttpFaults final : public QObject {
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

    void saysWhatBecameOfARequest_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<After>("after");
        QTest::addColumn<Expected>("whenRead");
        QTest::addColumn<Expected>("whenSent");
        const Expected network = fails(ErrorKind::Network);
        const Expected timeout = fails(ErrorKind::Timeout);
        const Expected unknown = fails(ErrorKind::UnknownOutcome);
        const Expected signIn = fails(ErrorKind::SignIn);
        const Expected ok = answers(200);
        const auto row = [](const char* name, const QByteArray& bytes, After after, Expected read, Expected sent) {
            QTest::newRow(name) << bytes << after << read << sent;
        };
        row("closes before the answer", "", After::Close, network, unknown);
        row("resets before the answer", "", After::Reset, network, unknown);
        row("reads and never answers", "", After::Hang, timeout, unknown);
        row("half a status line", "HTTP/1.", After::Close, network, unknown);
        row("half a status line, then nothing", "HTTP/1.", After::Hang, timeout, unknown);
        row("half a header", "HTTP/1.1 200 OK\r\nContent-Le", After::Close, network, unknown);
        row("half a header, then nothing", "HTTP/1.1 200 OK\r\nContent-Le", After::Hang, timeout, unknown);
        row("headers and no body", QByteArray(head) + "Content-Length: 10\r\n\r\n", After::Close, network, unknown);
        row("cut body", QByteArray(head) + "Content-Length: 1000\r\n\r\n{\"a\":1", After::Close, network, unknown);
        row("cut body by reset", QByteArray(head) + "Content-Length: 1000\r\n\r\n{\"a\":1", After::Reset, network, unknown);
        row("body that stalls", QByteArray(head) + "Content-Length: 1000\r\n\r\n{\"a\":1", After::Hang, timeout, unknown);
        row("chunked body", QByteArray(head) + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", After::Hang, ok, ok);
        row("chunked body that stalls", QByteArray(head) + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", After::Hang, timeout, unknown);
        row("garbage", QByteArray("\x00\x01\x02 garbage\r\n\r\n", 16), After::Close, network, unknown);
        row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", After::Close, network, unknown);
        row("length too short", QByteArray(head) + "Content-Length: 2\r\n\r\n{}extra", After::Close, ok, ok);
        row("100 first", "HTTP/1.1 100 Continue\r\n\r\n" + FaultServer::answer(200), After::Hang, ok, ok);
        row("102 and 103 first", "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + FaultServer::answer(200), After::Hang, ok, ok);
        row("100 KiB of headers", FaultServer::answer(200, "{}", "X-A: " + QByteArray(60'000, 'a') + "\r\nX-B: " + QByteArray(40'000, 'b') + "\r\n"), After::Hang, ok, ok);
        row("204", "HTTP/1.1 204 No Content\r\n\r\n", After::Hang, answers(204), answers(204));
        row("empty 200", FaultServer::answer(200, ""), After::Hang, ok, ok);
        row("HTTP/1.0, ended by close", "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}", After::Close, ok, ok);
        row("connection: close", FaultServer::answer(200, "{}", "Connection: close\r\n"), After::Close, ok, ok);
        row("line feeds alone", "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", After::Hang, ok, ok);
        row("junk after the answer", FaultServer::answer(200) + "junk junk", After::Close, ok, ok);
        row("201", FaultServer::answer(201), After::Hang, answers(201), answers(201));
        row("400", FaultServer::answer(400), After::Hang, answers(400), answers(400));
        row("400 cut", "HTTP/1.1 400 No\r\nContent-Length: 100\r\n\r\n{", After::Close, network, answers(400));
        row("401 without a challenge", FaultServer::answer(401), After::Hang, signIn, signIn);
        row("401 Basic", FaultServer::answer(401, "{}", "WWW-Authenticate: Basic realm=\"x\"\r\n"), After::Hang, signIn, signIn);
        row("401 Bearer", FaultServer::answer(401, "{}", "WWW-Authenticate: Bearer\r\n"), After::Hang, signIn, signIn);
        row("403", FaultServer::answer(403), After::Hang, answers(403), answers(403));
        row("404", FaultServer::answer(404, ""), After::Hang, answers(404), answers(404));
        row("409", FaultServer::answer(409), After::Hang, answers(409), answers(409));
        row("413", FaultServer::answer(413), After::Hang, answers(413), answers(413));
        row("429", FaultServer::answer(429), After::Hang, answers(429), answers(429));
        row("500", FaultServer::answer(500), After::Hang, answers(500), answers(500));
        row("502", FaultServer::answer(502), After::Hang, answers(502), answers(502));
        row("503", FaultServer::answer(503), After::Hang, answers(503), answers(503));
        row("504", FaultServer::answer(504), After::Hang, answers(504), answers(504));
    }
    void saysWhatBecameOfARequest()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const After, after);
        QFETCH(const Expected, whenRead);
        QFETCH(const Expected, whenSent);
        FaultServer server([bytes, after](QTcpSocket* socket, const FaultServer::Seen&) {
            if (after == After::Close)
                FaultServer::sendAndClose(socket, bytes);
            else
                socket->write(bytes);
            if (after == After::Reset) {
                socket->flush();
                socket->abort();
            }
        }, tls());
        // of what is sent it counts whether the handshake was over by then
        const auto patience = [this, after](const Expected& expected) {
            const bool isAwaited = after == After::Hang && expected.kind && *expected.kind != ErrorKind::SignIn;
            return !isAwaited ? 30'000ms : *expected.kind == ErrorKind::UnknownOutcome && tls() ? 1000ms : 250ms;
        };
        check(server, "GET", whenRead, patience(whenRead));
        check(server, "POST", whenSent, patience(whenSent));
        check(server, "DELETE", whenSent, patience(whenSent));
    }

    void saysThatNothingAnswers_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::newRow("GET") << QByteArray("GET");
        QTest::newRow("POST, which surely did not arrive") << QByteArray("POST");
        QTest::newRow("DELETE, which surely did not arrive") << QByteArray("DELETE");
    }
    void saysThatNothingAnswers()
    {
        QFETCH(const QByteArray, method);
        QTcpServer closed;
        closed.listen(QHostAddress::LocalHost);
        const int port = closed.serverPort();
        closed.close();
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        test::Exchange exchange(transport, request(method, address(port), "{}"));
        QVERIFY(exchange.finish());
        QCOMPARE(exchange.error().kind, ErrorKind::Network);
        QCOMPARE(exchange.error().title, u"Nothing answers at 127.0.0.1:%1."_s.arg(port));
    }
    void saysThatANameIsNotKnown()
    {
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        test::Exchange exchange(transport, request("POST", QUrl(u"http://no-such-host.invalid:8998/"_s)));
        QVERIFY(exchange.finish());
        QCOMPARE(exchange.error().kind, ErrorKind::Network);
        QCOMPARE(exchange.error().title, u"The name no-such-host.invalid is not known."_s);
    }

    void saysThatAHostCannotBeReached()
    {
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        QUrl nowhere = address(8998);
        nowhere.setHost(u"255.255.255.255"_s);
        for (const QByteArray method : { "GET", "POST" }) {
            test::Exchange exchange(transport, request(method, nowhere, method == "POST" ? "{}" : ""));
            QVERIFY(exchange.finish());
            QCOMPARE(exchange.error().kind, ErrorKind::Network);
            QVERIFY(exchange.error().title.contains(u"255.255.255.255:8998"_s));
        }
    }

    void endsAnEndlessHeader()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write("HTTP/1.1 200 OK\r\n");
            auto* timer = new QTimer(socket);
            connect(timer, &QTimer::timeout, socket, [socket] { socket->write("X-A: " + QByteArray(10'000, 'a') + "\r\n"); });
            timer->start(1ms);
        }, tls());
        check(server, "GET", fails(ErrorKind::Timeout), std::chrono::milliseconds(500));
    }

    void waitsForAnAnswerThatIsSlowButComes()
    {
        const QByteArray body = '"' + QByteArray(60, 'x') + '"';
        FaultServer server([body](QTcpSocket* socket, const FaultServer::Seen&) {
            const QByteArray answer = FaultServer::answer(200, body);
            socket->write(answer.first(answer.size() - body.size()));
            drip(socket, body);
        }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        HttpRequest wanted = request("GET", server.url());
        wanted.patience = 2s; // the whole takes three
        test::Exchange exchange(transport, wanted);
        QVERIFY(exchange.finish());
        QVERIFY2(!exchange.isError(), qPrintable(exchange.error().title));
        QCOMPARE(exchange.response().body, body);
    }
    void waitsForABodyThatIsTakenSlowly()
    {
        static constexpr qint64 step = 512LL * 1024;
        const auto slow = FaultServer::makeServer(tls());
        qint64 taken = 0;
        const QByteArray body(24'000'000, 'x');
        QTimer timer;
        connect(slow.get(), &QTcpServer::pendingConnectionAvailable, &timer, [&] {
            QTcpSocket* const socket = slow->nextPendingConnection();
            socket->setReadBufferSize(step);
            connect(&timer, &QTimer::timeout, socket, [&taken, &body, socket] {
                taken += socket->read(step).size();
                if (taken > body.size())
                    socket->write(FaultServer::answer(201));
            });
            timer.start(50ms); // ten megabytes a second: more than two seconds for all
        });
        QVERIFY(slow->listen(QHostAddress::LocalHost));
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        HttpRequest wanted = request("POST", address(slow->serverPort()), body);
        wanted.patience = 2s;
        test::Exchange exchange(transport, wanted);
        QVERIFY(exchange.finish());
        QVERIFY2(!exchange.isError(), qPrintable(exchange.error().title));
        QCOMPARE(exchange.response().status, 201);
    }
    void endsWhatComesTooSlowly()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            drip(socket, QByteArray(100'000, 'x'));
        }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        for (const QByteArray method : { "GET", "POST" }) {
            HttpRequest wanted = request(method, server.url(), "{}");
            wanted.deadline = 1s;
            test::Exchange exchange(transport, wanted);
            QVERIFY(exchange.finish());
            QCOMPARE(exchange.error().kind, method == "GET" ? ErrorKind::Timeout : ErrorKind::UnknownOutcome);
            QVERIFY2(exchange.error().title.contains(u"was not complete after 1 s"_s), qPrintable(exchange.error().title));
        }
    }
    void saysThatAnAnswerStopped()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"); }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        HttpRequest wanted = request("GET", server.url());
        wanted.patience = 250ms;
        test::Exchange exchange(transport, wanted);
        QVERIFY(exchange.finish());
        QVERIFY2(exchange.error().title.contains(u"nothing more came for 0.25 s"_s), qPrintable(exchange.error().title));
    }

    void capsAnswers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray zeros(20'000'000, '0');
        QTest::newRow("announced length") << "HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n" + QByteArray(1000, 'x');
        QTest::newRow("plain") << FaultServer::answer(200, zeros.first(3'000'000));
        QTest::newRow("without an end") << "HTTP/1.1 200 OK\r\n\r\n" + zeros.first(3'000'000);
        const QByteArray packed = qCompress(zeros).sliced(4);
        QVERIFY(packed.size() < 100'000);
        QTest::newRow("bomb") << FaultServer::answer(200, packed, "Content-Encoding: deflate\r\n");
    }
    void capsAnswers()
    {
        QFETCH(const QByteArray, answer);
        FaultServer server([answer](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(answer); }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        for (const QByteArray method : { "GET", "POST" }) {
            HttpRequest wanted = request(method, server.url());
            wanted.maxBytes = 1'000'000;
            test::Exchange exchange(transport, wanted);
            QVERIFY(exchange.finish());
            QCOMPARE(exchange.error().kind, method == "GET" ? ErrorKind::TooLarge : ErrorKind::UnknownOutcome);
            QVERIFY(exchange.error().title.contains(u"larger"_s));
        }
    }
    void theCapIsThatOfTheServer()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200, QByteArray(3 * 1024 * 1024, 'x'))); }, tls());
        SystemClock clock;
        ServerProfile profile;
        for (const int mebibytes : { 2, 3 }) {
            profile.largestAnswerMiB = mebibytes;
            TransportOptions options = transportOptionsOf(profile).value();
            options.authorities = m_lines.client().authorities;
            HttpTransport transport(u"s"_s, nullptr, clock, nullptr, options);
            test::Exchange exchange(transport, request("GET", server.url()));
            QVERIFY(exchange.finish());
            QCOMPARE(exchange.isError(), mebibytes == 2);
            if (exchange.isError()) {
                QVERIFY2(exchange.error().title.contains(u"larger than 2 MiB"_s), qPrintable(exchange.error().title));
                QVERIFY2(exchange.error().detail.contains(u"--max-answer"_s) && exchange.error().detail.contains(u"saved to a file"_s), qPrintable(exchange.error().detail));
            }
        }
    }
    void unpacksAnHonestListThatPacksWell()
    {
        const QByteArray list = '[' + QByteArray("{\"id\":1},").repeated(2'000'000) + "{}]";
        FaultServer server([list](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write(FaultServer::answer(200, qCompress(list).sliced(4), "Content-Encoding: deflate\r\n"));
        }, tls());
        SystemClock clock;
        HttpTransport transport(u"s"_s, nullptr, clock, nullptr, m_lines.client());
        test::Exchange exchange(transport, request("GET", server.url()));
        QVERIFY(exchange.finish());
        QCOMPARE(exchange.response().body.size(), list.size());
        test::Exchange sent(transport, request("POST", server.url()));
        QVERIFY(sent.finish());
        QVERIFY(sent.response().body == list);
    }

private:
    /// Of the server in this turn.
    [[nodiscard]] std::optional<QSslConfiguration> tls() const
    {
        QFETCH_GLOBAL(const bool, isSecure);
        return m_lines.server(isSecure);
    }
    [[nodiscard]] QUrl address(int port) const { return QUrl(u"%1://127.0.0.1:%2/sessions"_s.arg(tls() ? u"https"_s : u"http"_s).arg(port)); }
    /// Two bytes each tenth of a second.
    static void drip(QTcpSocket* socket, const QByteArray& bytes)
    {
        auto* timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket, timer, bytes, sent = qsizetype(0)]() mutable {
            socket->write(bytes.sliced(sent, std::min<qsizetype>(2, bytes.size() - sent)));
            sent = std::min(sent + 2, bytes.size());
            if (sent == bytes.size())
                timer->stop();
        });
        timer->start(100ms);
    }
    void check(FaultServer& server, const QByteArray& method, const Expected& expected,
        std::chrono::milliseconds patience) const
    {
        SystemClock clock;
        RequestLog log;
        HttpTransport transport(u"s"_s, nullptr, clock, &log, m_lines.client());
        HttpRequest wanted = request(method, server.url("/sessions"), method == "POST" ? "{\"a\":1}" : "");
        wanted.patience = patience;
        server.forget();
        test::Exchange exchange(transport, wanted);
        QVERIFY(exchange.finish());
        if (expected.kind) {
            QVERIFY2(exchange.isError(), method.constData());
            QCOMPARE(exchange.error().kind, *expected.kind);
            QVERIFY(exchange.error().title.contains(u"127.0.0.1:"_s));
            QVERIFY(!exchange.error().url.isEmpty());
        } else {
            QVERIFY2(!exchange.isError(), exchange.error().title.toUtf8().constData());
            QCOMPARE(exchange.response().status, expected.status);
        }
        if (method != "GET")
            QCOMPARE(server.seen().size(), 1);
        QCOMPARE(log.exchanges().size(), 1);
        QCOMPARE(log.exchanges().first().problem.isEmpty(), !expected.kind || *expected.kind == ErrorKind::SignIn);
    }

    BothLines m_lines;
    bool m_hasTls = false;
};

KINDLING_TEST(TestHttpFaults)
#include "tst_httpfaults.moc"
