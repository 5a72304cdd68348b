// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/livy/faketransport.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <array>
#include <tuple>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

class TestLivyApi final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_notes = std::make_shared<FakeTransport::Notes>();
        m_api = makeLivyApi(QUrl(u"https://gate:8443/livy/v1/"_s), std::make_unique<FakeTransport>(m_notes));
    }
    void buildsEveryRequest()
    {
        answer(200, "{}");
        m_api->sessions()->list(20, 10, this, [](const Result<ItemPage>&) {});
        expect("GET", "/sessions?from=20&size=10", "");
        QCOMPARE(m_notes->sent.last().lane, ReadLane::List);
        m_api->sessions()->fetch(u"a b/ü;x"_s, this, [](const Result<SparkItem>&) {});
        expect("GET", "/sessions/a%20b%2F%C3%BC%3Bx", "");
        m_api->sessions()->remove(u"3"_s, this, [](const Result<Done>&) {});
        expect("DELETE", "/sessions/3", "");
        QCOMPARE(m_notes->sent.last().patience, std::chrono::seconds(130));
        m_api->sessions()->createRaw("{ }", this, [](const Result<SparkItem>&) {});
        expect("POST", "/sessions", "{ }");
        m_api->statements()->run(u"3"_s, u"a\"\\\n\t€"_s, Kind::Sql, this, [](const Result<Statement>&) {});
        expect("POST", "/sessions/3/statements", "{\"code\":\"a\\\"\\\\\\n\\u0009€\",\"kind\":\"sql\"}");
        m_api->statements()->run(u"3"_s, u"1"_s, Kind::Shared, this, [](const Result<Statement>&) {});
        expect("POST", "/sessions/3/statements", "{\"code\":\"1\"}");
        m_api->statements()->fetch(u"3"_s, 7, this, [](const Result<Statement>&) {});
        expect("GET", "/sessions/3/statements/7", "");
        QCOMPARE(m_notes->sent.last().patience, std::chrono::seconds(30));
        QCOMPARE(m_notes->sent.last().lane, ReadLane::Item);
        m_api->statements()->list(u"3"_s, {}, this, [](const Result<StatementPage>&) {});
        expect("GET", "/sessions/3/statements", "");
        m_api->statements()->cancel(u"3"_s, 7, this, [](const Result<Done>&) {});
        expect("POST", "/sessions/3/statements/7/cancel", "{}");
        m_api->statements()->complete(u"3"_s, { u"sc."_s, Kind::Spark, 3 }, this, [](const Result<QStringList>&) {});
        expect("POST", "/sessions/3/completion", "{\"code\":\"sc.\",\"kind\":\"spark\",\"cursor\":3}");
        m_api->batches()->list(0, 5, this, [](const Result<ItemPage>&) {});
        expect("GET", "/batches?from=0&size=5", "");
        m_api->batches()->fetch(u"4"_s, this, [](const Result<SparkItem>&) {});
        expect("GET", "/batches/4", "");
        m_api->batches()->remove(u"4"_s, this, [](const Result<Done>&) {});
        expect("DELETE", "/batches/4", "");
        m_api->logs()->sessionLog(u"3"_s, {}, this, [](const Result<LogSlice>&) {});
        expect("GET", "/sessions/3/log?size=-1", "");
        m_api->logs()->batchLog(u"4"_s, {}, this, [](const Result<LogSlice>&) {});
        expect("GET", "/batches/4/log?size=-1", "");
        m_api->sessions()->state(u"3"_s, this, [](const Result<ItemState>&) {});
        expect("GET", "/sessions/3/state", "");
        m_api->batches()->state(u"4"_s, this, [](const Result<ItemState>&) {});
        expect("GET", "/batches/4/state", "");
        m_api->sessions()->keepAlive(u"3"_s, this, [](const Result<SparkItem>&) {});
        expect("POST", "/sessions/3/connect", "{}");
        m_api->sessions()->stop(u"3"_s, this, [](const Result<Done>&) {});
        expect("POST", "/sessions/3/stop", "{}");
        m_api->sessions()->endByInterrupt(u"3"_s, this, [](const Result<Done>&) {});
        expect("POST", "/sessions/3/interrupt", "{}");
        m_api->statements()->list(u"3"_s, { 5, 10, false }, this, [](const Result<StatementPage>&) {});
        expect("GET", "/sessions/3/statements?from=5&size=10", "");
        m_api->logs()->sessionLog(u"3"_s, { 7, 20 }, this, [](const Result<LogSlice>&) {});
        expect("GET", "/sessions/3/log?from=7&size=20", "");
        const std::array<std::pair<SessionFileKind, QByteArray>, 3> adds{ { { SessionFileKind::Jar, "jar" }, { SessionFileKind::PyFile, "pyfile" },
            { SessionFileKind::File, "file" } } };
        for (const auto& [kind, word] : adds) {
            m_api->sessionFiles()->add(u"3"_s, kind, u"hdfs:///a \"b"_s, this, [](const Result<Done>&) {});
            expect("POST", "/sessions/3/add-" + word, "{\"uri\":\"hdfs:///a \\\"b\"}");
        }
        NewBatch batch;
        batch.file = u"local:/x.py"_s;
        batch.args = { u"1"_s };
        m_api->batches()->create(batch, this, [](const Result<SparkItem>&) {});
        expect("POST", "/batches", "{\"file\":\"local:/x.py\",\"args\":[\"1\"]}");
    }
    void sendsNoFieldThatTheServerRefuses_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<bool>("hasTtl");
        QTest::addColumn<bool>("hasIdle");
        QTest::newRow("0.7") << QByteArray("0.7.1-incubating") << false << false;
        QTest::newRow("0.8") << QByteArray("0.8.0-incubating") << true << false;
        QTest::newRow("0.9") << QByteArray("0.9.0-incubating") << true << true;
        QTest::newRow("0.10") << QByteArray("0.10.0-incubating-SNAPSHOT") << true << true;
        QTest::newRow("unknown") << QByteArray("<unknown>") << false << false;
    }
    void sendsNoFieldThatTheServerRefuses()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const bool, hasTtl);
        QFETCH(const bool, hasIdle);
        answer(200, "{\"version\":\"" + version + "\"}");
        bool isDone = false;
        m_api->version(this, [&isDone](const Result<ServerVersion>& result) { isDone = result.has_value(); });
        QTRY_VERIFY(isDone);
        NewSession wanted;
        wanted.kind = Kind::PySpark;
        wanted.ttl = u"1h"_s;
        wanted.idleTimeout = u"2h"_s;
        wanted.conf = { { u"a.b"_s, u"c"_s } };
        wanted.driverCores = 2;
        const QByteArray json = m_api->preview(wanted);
        QVERIFY(json.startsWith("{\n  \"kind\": \"pyspark\",\n  \"driverCores\": 2,\n  \"conf\": {\n    \"a.b\": \"c\"\n  }"));
        QCOMPARE(json.contains("\"ttl\": \"1h\""), hasTtl);
        QCOMPARE(json.contains("\"idleTimeout\": \"2h\""), hasIdle);
    }
    void uploadsAFileAsLivyReadsIt()
    {
        answer(200, "");
        const std::array<std::tuple<SessionFileKind, QByteArray, QByteArray>, 3> kinds{ { { SessionFileKind::Jar, "upload-jar", "jar" },
            { SessionFileKind::PyFile, "upload-pyfile", "file" }, { SessionFileKind::File, "upload-file", "file" } } };
        const QByteArray bytes("\0\r\n--x\xff", 8);
        for (const auto& [kind, path, part] : kinds) {
            QVERIFY(wait<Done>([&](auto reply) { m_api->sessionFiles()->upload(u"3"_s, { kind, u"ü\"\r\n.jar"_s, bytes }, this, reply); }));
            const HttpRequest& sent = m_notes->sent.last();
            QCOMPARE(sent.url.path(), u"/livy/v1/sessions/3/"_s + QString::fromLatin1(path));
            const QByteArray mark = "multipart/form-data; boundary=";
            QVERIFY(sent.contentType.startsWith(mark));
            const QByteArray boundary = sent.contentType.sliced(mark.size());
            QCOMPARE(sent.body, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + u"ü"_s.toUtf8()
                    + "%22%0D%0A.jar\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes + "\r\n--" + boundary + "--\r\n");
            QVERIFY(!bytes.contains(boundary));
        }
    }
    void asksForAnotherUserWithEveryAddressOfSessionsAndBatches()
    {
        answer(200, "{}");
        m_api = makeLivyApi(QUrl(u"https://gate:8443/livy/v1/"_s), std::make_unique<FakeTransport>(m_notes), u"ann & bob"_s);
        m_api->version(this, [](const Result<ServerVersion>&) {});
        expect("GET", "/version", "");
        m_api->sessions()->list(0, 10, this, [](const Result<ItemPage>&) {});
        expect("GET", "/sessions?from=0&size=10&doAs=ann%20%26%20bob", "");
        m_api->batches()->remove(u"4"_s, this, [](const Result<Done>&) {});
        expect("DELETE", "/batches/4?doAs=ann%20%26%20bob", "");
        m_api->statements()->run(u"3"_s, u"1"_s, Kind::Sql, this, [](const Result<Statement>&) {});
        expect("POST", "/sessions/3/statements?doAs=ann%20%26%20bob", "{\"code\":\"1\",\"kind\":\"sql\"}");
    }
    void reachesAnyKindOfAddress_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QByteArray>("asked");
        QTest::newRow("IPv6") << u"http://[::1]:8998"_s << QByteArray("http://[::1]:8998/version");
        QTest::newRow("a name in its own script") << u"https://bücher.example/livy/"_s << QByteArray("https://xn--bcher-kva.example/livy/version");
        QTest::newRow("a gateway's path") << u"https://h/gateway/a b/livy/v1"_s << QByteArray("https://h/gateway/a%20b/livy/v1/version");
        QTest::newRow("what does not belong there") << u"https://ann:pw@h/x?y#z"_s << QByteArray("https://h/x/version");
    }
    void reachesAnyKindOfAddress()
    {
        QFETCH(const QString, base);
        answer(200, "{\"version\":\"0.9.0\"}");
        m_api = makeLivyApi(QUrl(base), std::make_unique<FakeTransport>(m_notes));
        QVERIFY(wait<ServerVersion>([this](auto reply) { m_api->version(this, reply); }));
        QTEST(m_notes->sent.last().url.toEncoded(), "asked");
    }
    void asksNewestFirstWhereTheServerCan()
    {
        answer(200, "{\"version\":\"0.8.0\"}");
        QVERIFY(wait<ServerVersion>([this](auto reply) { m_api->version(this, reply); }));
        answer(200, "{\"total_statements\":9,\"statements\":[{\"id\":8,\"state\":\"running\"}]}");
        const auto page = wait<StatementPage>([this](auto reply) { m_api->statements()->list(u"3"_s, { 0, 1, true }, this, reply); });
        expect("GET", "/sessions/3/statements?size=1&order=desc", "");
        QCOMPARE(page->statements.first().id, 8);
    }
    void takesAMissingItemAsRemoved()
    {
        answer(404, "{\"msg\":\"Session '3' not found.\"}");
        QVERIFY(wait<Done>([this](auto reply) { m_api->sessions()->remove(u"3"_s, this, reply); }));
        answer(500, "\"java.lang.IllegalStateException: no\"");
        const auto refused = wait<Done>([this](auto reply) { m_api->sessions()->remove(u"3"_s, this, reply); });
        QCOMPARE(refused.error().kind, ErrorKind::Server);
    }
    void readsEveryShapeOfAnError_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* name, int status, const QByteArray& body, ErrorKind kind, const QString& detail) {
            QTest::newRow(name) << status << body << static_cast<int>(kind) << detail;
        };
        row("object", 400, "{\"msg\":\"Rejected, Reason: x\"}", ErrorKind::Rejected, u"Rejected, Reason: x"_s);
        row("bare string", 404, "\"Statement not found\"", ErrorKind::NotFound, u"Statement not found"_s);
        row("stack trace", 500, "\"java.util.concurrent.ExecutionException: a.RpcException: java.lang.IllegalArgumentException: Code type should be specified\\n\\tat x.Y(Z.java:1)\"",
            ErrorKind::Server, u"Code type should be specified"_s);
        row("short Java", 500, "\"java.lang.IllegalStateException: Session is in state starting\"", ErrorKind::Server, u"Session is in state starting"_s);
        row("Jetty page", 403, "<html><head><title>Error 403</title></head><body><h2>HTTP ERROR 403</h2></body></html>", ErrorKind::SignIn, u"HTTP ERROR 403"_s);
        row("Jetty object", 400, "{\"servlet\":\"d\",\"message\":\"Missing Required Header\",\"status\":\"400\"}", ErrorKind::Rejected, u"Missing Required Header"_s);
        row("access list", 403, "{}", ErrorKind::Forbidden, QString());
        row("empty", 405, "", ErrorKind::Rejected, QString());
        row("gateway", 502, "<html><body>Bad Gateway</body></html>", ErrorKind::Server, u"Bad Gateway"_s);
        row("throttled", 429, "{\"error\":{\"message\":\"slow\"}}", ErrorKind::Busy, u"slow"_s);
        row("nginx that wants a certificate", 400,
            "<html><head><title>400 No required SSL certificate was sent</title></head><body><center><h1>400 Bad Request</h1></center>"
            "<center>No required SSL certificate was sent</center><hr><center>nginx</center></body></html>",
            ErrorKind::Rejected, u"400 Bad Request No required SSL certificate was sent nginx"_s);
        row("noise", 500, "\xff\xfe{[", ErrorKind::Server, u"\ufffd\ufffd{["_s);
    }
    void readsEveryShapeOfAnError()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const int, kind);
        QFETCH(const QString, detail);
        answer(status, body);
        m_notes->next->headers = { { "Retry-After", "9999" } };
        const auto result = wait<SparkItem>([this](auto reply) { m_api->sessions()->fetch(u"1"_s, this, reply); });
        QCOMPARE(static_cast<int>(result.error().kind), kind);
        QCOMPARE(result.error().detail, detail);
        QCOMPARE(result.error().httpStatus, status);
        QVERIFY(result.error().title.contains(u"gate:8443"_s) || result.error().title.contains(u"session"_s));
        QCOMPARE(result.error().retryAfter, std::chrono::seconds(300));
    }
    void callsAnUnreadableSuccessByItsName()
    {
        answer(200, "<!DOCTYPE html><html><body>Please sign in</body></html>");
        const auto page = wait<ItemPage>([this](auto reply) { m_api->sessions()->list(0, 1, this, reply); });
        QCOMPARE(page.error().kind, ErrorKind::Protocol);
        QVERIFY(page.error().title.contains(u"web page"_s));
        answer(201, "{\"id\":1,");
        const auto sent = wait<Statement>([this](auto reply) { m_api->statements()->run(u"1"_s, u"1"_s, Kind::Sql, this, reply); });
        QCOMPARE(sent.error().kind, ErrorKind::UnknownOutcome);
    }
    void readsLargeAnswersInAWorkerAndCanStillBeCancelled()
    {
        const QByteArray text(1'000'000, 'x');
        answer(200, "{\"id\":1,\"state\":\"available\",\"code\":\"" + text + "\"}");
        const auto result = wait<Statement>([this](auto reply) { m_api->statements()->fetch(u"1"_s, 1, this, reply); });
        QCOMPARE(result.value().code.size(), text.size());
        int calls = 0;
        auto handle = m_api->statements()->fetch(u"1"_s, 1, this, [&calls](const Result<Statement>&) { ++calls; });
        handle.cancel();
        auto context = std::make_unique<QObject>();
        m_api->statements()->fetch(u"1"_s, 1, context.get(), [&calls](const Result<Statement>&) { ++calls; });
        QCoreApplication::sendPostedEvents();
        context.reset();
        QVERIFY(wait<Statement>([this](auto reply) { m_api->statements()->fetch(u"1"_s, 1, this, reply); }));
        QCOMPARE(calls, 0);
    }

private:
    void answer(int status, const QByteArray& body)
    {
        HttpResponse response;
        response.status = status;
        response.contentType = "application/json";
        response.body = body;
        m_notes->next = response;
    }
    void expect(const QByteArray& method, const QByteArray& path, const QByteArray& body) const
    {
        const HttpRequest& sent = m_notes->sent.last();
        const QByteArray url = "https://gate:8443/livy/v1" + path;
        QCOMPARE(sent.method, method);
        QCOMPARE(sent.url.toEncoded(), url);
        QCOMPARE(sent.body, body);
    }
    template<typename T, typename Call>
    Result<T> wait(Call call)
    {
        return awaited<T>(std::move(call));
    }

    std::shared_ptr<FakeTransport::Notes> m_notes;
    std::unique_ptr<SparkApi> m_api;
};

KINDLING_TEST(TestLivyApi)
#include "tst_livyapi.moc"
