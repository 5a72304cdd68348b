// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/support/testmain.h"

#include <QPointer>
#include <QRegularExpression>
#include <QTest>
#include <QTimer>

#include <memory>
#include <vector>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
/// Gives what the test says, a turn of the event loop later, and counts.
class ScriptedSource final : public CredentialSource {
public:
    struct Notes {
        int asked = 0;
        int refused = 0;
        Result<Credential> given = Credential::basic(u"ann"_s, u"pä€"_s);
    };
    explicit ScriptedSource(std::shared_ptr<Notes> notes)
        : m_notes(std::move(notes))
    {
    }
    RequestHandle credential(QObject* context, Callback callback) override
    {
        ++m_notes->asked;
        QTimer::singleShot(20, context, [notes = m_notes, callback = std::move(callback)] { callback(notes->given); });
        return {};
    }
    void wasRefused() override { ++m_notes->refused; }

private:
    std::shared_ptr<Notes> m_notes;
};

FaultServer::Handler fine()
{
    return [](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); };
}
}

class TestHttpTransport final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void sendsTheHeadersThatLivyNeeds()
    {
        FaultServer server(fine());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        test::Exchange sent(transport, request("POST", server.url("/sessions/a%2Fb?x=%26"), "{}"));
        QVERIFY(sent.finish());
        const auto seen = server.seen().first();
        QCOMPARE(seen.path, QByteArray("/sessions/a%2Fb?x=%26"));
        QCOMPARE(seen.header("Accept"), QByteArray("application/json"));
        QCOMPARE(seen.header("X-Requested-By"), QByteArray("kindling"));
        QCOMPARE(seen.header("Content-Type"), QByteArray("application/json"));
        QVERIFY(seen.header("Authorization").isEmpty());
        QCOMPARE(seen.body, QByteArray("{}"));
        QCOMPARE(sent.response().contentType, QByteArray("application/json"));
        QCOMPARE(sent.response().header("content-LENGTH"), QByteArray("2"));
        QVERIFY(sent.response().header("X-None").isEmpty());
    }

    void asksForACredentialOnceForAllThatWait()
    {
        FaultServer server(fine());
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        HttpTransport transport(u"s"_s, std::make_unique<ScriptedSource>(notes), m_clock, nullptr);
        test::Exchange first(transport, request("GET", server.url()));
        test::Exchange second(transport, request("POST", server.url(), "{}"));
        test::Exchange third(transport, request("GET", server.url()));
        QCOMPARE(notes->asked, 1);
        QVERIFY(first.finish() && second.finish() && third.finish());
        QCOMPARE(notes->asked, 1);
        for (const auto& seen : server.seen())
            QCOMPARE(seen.header("Authorization"), "Basic " + u"ann:pä€"_s.toUtf8().toBase64());
    }
    void sendsNothingWithoutACredential()
    {
        FaultServer server(fine());
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        notes->given = failure(ErrorKind::PersonNeeded, u"Sign in first."_s);
        HttpTransport transport(u"s"_s, std::make_unique<ScriptedSource>(notes), m_clock, nullptr);
        test::Exchange sent(transport, request("POST", server.url(), "{}"));
        QVERIFY(sent.finish());
        QCOMPARE(sent.error().kind, ErrorKind::PersonNeeded);
        QVERIFY(server.seen().isEmpty());
    }
    void sendsNoRefusedCredentialForThoseThatWait()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(401)); });
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        HttpTransport transport(u"s"_s, std::make_unique<ScriptedSource>(notes), m_clock, nullptr);
        std::vector<std::unique_ptr<test::Exchange>> all;
        for (int number = 0; number < 20; ++number)
            all.push_back(std::make_unique<test::Exchange>(transport, request("GET", server.url())));
        for (const auto& one : all) {
            QVERIFY(one->finish());
            QCOMPARE(one->error().kind, ErrorKind::SignIn);
        }
        QVERIFY2(server.seen().size() <= 4, qPrintable(QString::number(server.seen().size()))); // those that were under way
        QCOMPARE(notes->refused, 1);
    }
    void tellsTheSourceOnceThatItsCredentialWasRefused()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(401, "{\"msg\":\"no\"}")); });
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        HttpTransport transport(u"s"_s, std::make_unique<ScriptedSource>(notes), m_clock, nullptr);
        test::Exchange first(transport, request("GET", server.url()));
        test::Exchange second(transport, request("POST", server.url(), "{}"));
        QVERIFY(first.finish() && second.finish());
        QCOMPARE(first.error().kind, ErrorKind::SignIn);
        QCOMPARE(second.error().httpStatus, 401);
        QVERIFY(second.error().title.contains(u"refused the sign-in"_s));
        QCOMPARE(notes->refused, 1);
        test::Exchange later(transport, request("GET", server.url()));
        QVERIFY(later.finish());
        QCOMPARE(notes->refused, 2);
        QCOMPARE(server.seen().size(), 3);
    }

    void aRefusalOfALayerBeforeLivyIsOneOfTheSignIn_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("refusals");
        QTest::newRow("a page") << QByteArray("<!DOCTYPE HTML><html><head><title>403</title></head></html>") << 1;
        QTest::newRow("Jetty's JSON") << QByteArray(R"({"servlet":"x","message":"Authentication failed","url":"/","status":"403"})") << 1;
        QTest::newRow("Livy's own, of rights") << QByteArray("{}") << 0;
        QTest::newRow("Livy's own, with words") << QByteArray("{\"msg\":\"no \\\"servlet\\\": for you\"}") << 0;
        QTest::newRow("nothing") << QByteArray() << 0;
    }
    void aRefusalOfALayerBeforeLivyIsOneOfTheSignIn()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const int, refusals);
        FaultServer server([&body](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(403, body)); });
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        HttpTransport transport(u"s"_s, std::make_unique<ScriptedSource>(notes), m_clock, nullptr);
        test::Exchange read(transport, request("GET", server.url()));
        QVERIFY(read.finish());
        QCOMPARE(read.response().status, 403);
        QCOMPARE(notes->refused, refusals);
    }

    void followsRedirectsOfReadsWithinItsOrigin()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen& seen) {
            socket->write(seen.path == "/a" ? FaultServer::answer(302, "", "Location: /b?x=1\r\nSet-Cookie: k=v\r\n") : FaultServer::answer(200, "[1]"));
        });
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        test::Exchange read(transport, request("GET", server.url("/a")));
        QVERIFY(read.finish());
        QCOMPARE(read.response().body, QByteArray("[1]"));
        QCOMPARE(server.seen().last().path, QByteArray("/b?x=1"));
        QCOMPARE(server.seen().last().header("Cookie"), QByteArray("k=v"));
        test::Exchange sent(transport, request("POST", server.url("/b"), "{}"));
        QVERIFY(sent.finish());
        QCOMPARE(server.seen().last().header("Cookie"), QByteArray("k=v"));
    }
    void refusesOtherRedirects_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isElsewhere");
        for (const int status : { 301, 302, 303, 307, 308 }) {
            QTest::addRow("GET %d elsewhere", status) << QByteArray("GET") << status << true;
            for (const QByteArray method : { "POST", "DELETE" }) {
                QTest::addRow("%s %d here", method.constData(), status) << method << status << false;
                QTest::addRow("%s %d elsewhere", method.constData(), status) << method << status << true;
            }
        }
    }
    void refusesOtherRedirects()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const int, status);
        QFETCH(const bool, isElsewhere);
        FaultServer sink(fine());
        const QByteArray target = isElsewhere ? sink.url("/x").toEncoded() : QByteArray("/x");
        FaultServer server([=](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write(FaultServer::answer(status, "", "Location: " + target + "\r\n"));
        });
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        HttpTransport transport(u"s"_s, std::make_unique<ScriptedSource>(notes), m_clock, nullptr);
        test::Exchange exchange(transport, request(method, server.url("/a"), "{}"));
        QVERIFY(exchange.finish());
        QCOMPARE(exchange.error().kind, ErrorKind::Rejected);
        QVERIFY(exchange.error().title.contains(u"redirects"_s));
        QCOMPARE(exchange.error().httpStatus, status);
        QCOMPARE(server.seen().size(), 1);
        QVERIFY(sink.seen().isEmpty());
        QCOMPARE(sink.connectionCount(), 0);
    }
    void endsARedirectLoop()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(302, "", "Location: /a\r\n")); });
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        test::Exchange exchange(transport, request("GET", server.url("/a")));
        QVERIFY(exchange.finish());
        QCOMPARE(exchange.error().kind, ErrorKind::Rejected);
        QVERIFY(exchange.error().title.contains(u"again and again"_s));
        QCOMPARE(server.seen().size(), 4);
    }
    void refusesAnotherOriginThanItsFirst()
    {
        FaultServer server(fine());
        FaultServer other(fine());
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        HttpTransport transport(u"s"_s, std::make_unique<ScriptedSource>(notes), m_clock, nullptr);
        test::Exchange first(transport, request("GET", server.url()));
        test::Exchange second(transport, request("GET", other.url()));
        QVERIFY(first.finish() && second.finish());
        QCOMPARE(first.response().status, 200);
        QCOMPARE(second.error().kind, ErrorKind::Rejected);
        QVERIFY(other.seen().isEmpty());
    }

    void staysSilentAfterCancel()
    {
        FaultServer server(fine());
        RequestLog log;
        HttpTransport transport(u"s"_s, nullptr, m_clock, &log);
        test::Exchange before(transport, request("GET", server.url()));
        before.handle.cancel();
        before.handle.cancel();
        FaultServer silent;
        HttpTransport other(u"s"_s, nullptr, m_clock, &log);
        test::Exchange during(other, request("POST", silent.url(), "{}"));
        QTRY_COMPARE(silent.seen().size(), 1);
        during.handle.cancel();
        test::Exchange last(transport, request("GET", server.url()));
        QVERIFY(last.finish());
        QCOMPARE(before.count(), 0);
        QCOMPARE(during.count(), 0);
        QCOMPARE(log.exchanges().size(), 2);
        QCOMPARE(log.exchanges().first().problem, u"Cancelled."_s);
    }
    void staysSilentAfterItsContextDied()
    {
        FaultServer server(fine());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        int calls = 0;
        auto context = std::make_unique<QObject>();
        for (const QByteArray method : { "GET", "POST" })
            transport.send(request(method, server.url()), context.get(), [&calls](const Result<HttpResponse>&) { ++calls; });
        context.reset();
        test::Exchange last(transport, request("GET", server.url()));
        QVERIFY(last.finish());
        QCOMPARE(calls, 0);
    }
    void maybeDestroyedInItsOwnCallback()
    {
        FaultServer server(fine());
        for (const QByteArray method : { "GET", "POST" }) {
            auto transport = std::make_unique<HttpTransport>(u"s"_s, nullptr, m_clock, nullptr);
            int calls = 0;
            transport->send(request(method, server.url()), this, [&](const Result<HttpResponse>&) {
                ++calls;
                transport.reset();
            });
            QTRY_COMPARE(calls, 1);
            QVERIFY(!transport);
        }
    }
    void maybeDestroyedWithRequestsUnderWay()
    {
        FaultServer silent;
        auto transport = std::make_unique<HttpTransport>(u"s"_s, nullptr, m_clock, nullptr);
        int calls = 0;
        RequestHandle handle;
        for (const QByteArray method : { "GET", "POST", "DELETE" })
            handle = transport->send(request(method, silent.url()), this, [&calls](const Result<HttpResponse>&) { ++calls; });
        QTRY_COMPARE(silent.seen().size(), 3);
        transport.reset();
        handle.cancel();
        QCOMPARE(calls, 0);
    }

    void readsThatHangLeaveRoomForLists()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen& seen) {
            if (seen.path != "/hang")
                socket->write(FaultServer::answer(200));
        });
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        QObject context;
        QList<RequestHandle> hanging;
        for (int i = 0; i < 8; ++i)
            hanging.append(transport.send(request("GET", server.url("/hang")), &context, [](const Result<HttpResponse>&) {}));
        QTRY_COMPARE(server.seen().size(), 3);
        HttpRequest list = request("GET", server.url("/sessions"));
        list.lane = ReadLane::List;
        for (int i = 0; i < 10; ++i) {
            test::Exchange read(transport, list);
            QVERIFY(read.finish());
            QCOMPARE(read.response().status, 200);
        }
        test::Exchange sent(transport, request("POST", server.url("/sessions"), "{}"));
        QVERIFY(sent.finish());
        QCOMPARE(sent.response().status, 200);
        QCOMPARE(server.seen().size(), 3 + 10 + 1);
        // whoever waits moves up, and one that was cancelled while it waited is never sent
        hanging[7].cancel();
        for (int i = 0; i < 3; ++i)
            hanging[i].cancel();
        QTRY_COMPARE(server.seen().size(), 6 + 10 + 1);
        for (int i = 3; i < 6; ++i)
            hanging[i].cancel();
        test::Exchange last(transport, request("GET", server.url("/")));
        QVERIFY(last.finish());
        QCOMPARE(server.seen().size(), 7 + 10 + 2);
    }

    void recordsExchangesWithoutSecrets()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(201, "{\"id\":0}", "Set-Cookie: hadoop.auth=\"C00KIE\"\r\n")); });
        RequestLog log;
        const auto notes = std::make_shared<ScriptedSource::Notes>();
        notes->given = Credential::bearer(u"T0KEN"_s);
        HttpTransport transport(u"server-1"_s, std::make_unique<ScriptedSource>(notes), m_clock, &log);
        QUrl url = server.url("/sessions?access_token=T0KEN");
        for (int i = 0; i < 2; ++i) {
            test::Exchange sent(transport, request("POST", url, "{\"conf\":{\"spark.password\":\"T0KEN\"}}"));
            QVERIFY(sent.finish());
        }
        QCOMPARE(server.seen().last().header("Cookie"), QByteArray("hadoop.auth=\"C00KIE\""));
        QCOMPARE(log.exchanges().size(), 2);
        const auto& exchange = log.exchanges().last();
        QCOMPARE(exchange.server, u"server-1"_s);
        QCOMPARE(exchange.status, 201);
        QCOMPARE(exchange.method, QByteArray("POST"));
        QCOMPARE(exchange.receivedBytes, 8);
        QCOMPARE(exchange.sentBytes, 35);
        QVERIFY(exchange.when.isValid());
        const QString all = exchange.url.toString() + QString::fromUtf8(exchange.body) + asCurl(exchange) + exchange.problem;
        QVERIFY(!all.contains(u"T0KEN"_s));
        QVERIFY(!all.contains(u"C00KIE"_s));
    }

private:
    SystemClock m_clock;
};

KINDLING_TEST(TestHttpTransport)
#include "tst_httptransport.moc"
