// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

class TestAccess final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void checksHostOriginAndToken_data()
    {
        QTest::addColumn<HttpHeaders>("headers");
        QTest::addColumn<int>("status");
        const std::pair<QByteArray, QByteArray> host{ "Host", "127.0.0.1:8998" };
        const std::pair<QByteArray, QByteArray> bearer{ "Authorization", "Bearer s3cret" };
        QTest::newRow("bearer") << HttpHeaders{ host, bearer } << 200;
        QTest::newRow("lower case") << HttpHeaders{ { "host", "LocalHost:8998" }, { "authorization", "bearer s3cret" } } << 200;
        QTest::newRow("basic, any user")
            << HttpHeaders{ host, { "Authorization", "Basic " + QByteArray("ann:s3cret").toBase64() } } << 200;
        QTest::newRow("same origin") << HttpHeaders{ host, bearer, { "Origin", "http://127.0.0.1:8998" } } << 200;
        QTest::newRow("no host") << HttpHeaders{ bearer } << 400;
        QTest::newRow("two hosts") << HttpHeaders{ host, host, bearer } << 400;
        QTest::newRow("rebound name") << HttpHeaders{ { "Host", "evil.example:8998" }, bearer } << 403;
        QTest::newRow("rebound name in the user's part") << HttpHeaders{ { "Host", "127.0.0.1:8998@evil.example" }, bearer } << 403;
        QTest::newRow("host of another port") << HttpHeaders{ { "Host", "127.0.0.1:8999" }, bearer } << 403;
        QTest::newRow("host without its port") << HttpHeaders{ { "Host", "localhost" }, bearer } << 403;
        QTest::newRow("another loopback address") << HttpHeaders{ { "Host", "127.0.0.2:8998" }, bearer } << 403;
        QTest::newRow("IPv6, where nobody listens") << HttpHeaders{ { "Host", "[::1]:8998" }, bearer } << 403;
        QTest::newRow("empty host") << HttpHeaders{ { "Host", "" }, bearer } << 403;
        QTest::newRow("host that begins well") << HttpHeaders{ { "Host", "127.0.0.1.evil.example" }, bearer } << 403;
        QTest::newRow("host with user") << HttpHeaders{ { "Host", "evil@127.0.0.1" }, bearer } << 403;
        QTest::newRow("host with path") << HttpHeaders{ { "Host", "127.0.0.1/x" }, bearer } << 403;
        QTest::newRow("other origin") << HttpHeaders{ host, bearer, { "Origin", "http://evil.example" } } << 403;
        QTest::newRow("other port") << HttpHeaders{ host, bearer, { "Origin", "http://127.0.0.1:1" } } << 403;
        QTest::newRow("null origin") << HttpHeaders{ host, bearer, { "Origin", "null" } } << 403;
        QTest::newRow("empty origin") << HttpHeaders{ host, bearer, { "Origin", "" } } << 403;
        QTest::newRow("origin with another scheme") << HttpHeaders{ host, bearer, { "Origin", "https://127.0.0.1:8998" } } << 403;
        QTest::newRow("origin by the other name") << HttpHeaders{ host, bearer, { "Origin", "http://localhost:8998" } } << 403;
        QTest::newRow("picture in another site's page") << HttpHeaders{ host, bearer, { "Sec-Fetch-Site", "cross-site" } } << 403;
        QTest::newRow("another port's page") << HttpHeaders{ host, bearer, { "Sec-Fetch-Site", "same-site" } } << 403;
        QTest::newRow("typed into a browser") << HttpHeaders{ host, bearer, { "Sec-Fetch-Site", "none" } } << 200;
        QTest::newRow("no token") << HttpHeaders{ host } << 401;
        QTest::newRow("wrong token") << HttpHeaders{ host, { "Authorization", "Bearer s3cres" } } << 401;
        QTest::newRow("short token") << HttpHeaders{ host, { "Authorization", "Bearer " } } << 401;
        QTest::newRow("token as user") << HttpHeaders{ host, { "Authorization", "Basic " + QByteArray("s3cret:").toBase64() } } << 401;
        QTest::newRow("broken base64") << HttpHeaders{ host, { "Authorization", "Basic ???" } } << 401;
        QTest::newRow("other scheme") << HttpHeaders{ host, { "Authorization", "Digest s3cret" } } << 401;
    }
    void checksHostOriginAndToken()
    {
        QFETCH(HttpHeaders, headers);
        QFETCH(int, status);
        ScriptedServer server("s3cret");
        const HttpResponse answer = server.ask("GET", "/sessions", {}, headers);
        QCOMPARE(answer.status, status);
        const auto challenges = std::ranges::count_if(
            answer.headers, [](const auto& header) { return header.first == "WWW-Authenticate"; });
        QCOMPARE(challenges, status == 401 ? 2 : 0);
    }

    void aPageOfAnotherSiteCanDoNothingEvenWithoutAToken_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<HttpHeaders>("headers");
        QTest::addColumn<int>("status");
        const std::pair<QByteArray, QByteArray> host{ "Host", "127.0.0.1:8998" };
        const std::pair<QByteArray, QByteArray> evil{ "Origin", "http://evil.example" };
        const auto typed = [](const char* type) { return std::pair<QByteArray, QByteArray>{ "Content-Type", type }; };
        const QByteArray json = R"({"kind":"pyspark"})";
        QTest::newRow("a program") << QByteArray("POST") << QByteArray("/sessions") << json
                                   << HttpHeaders{ host, typed("application/json") } << 201;
        QTest::newRow("a program that names the charset") << QByteArray("POST") << QByteArray("/sessions") << json
                                   << HttpHeaders{ host, typed("Application/JSON; charset=utf-8") } << 201;
        QTest::newRow("form of another site") << QByteArray("POST") << QByteArray("/sessions") << json
                                   << HttpHeaders{ host, evil, typed("text/plain") } << 403;
        QTest::newRow("script of another site, asked first") << QByteArray("OPTIONS") << QByteArray("/sessions") << QByteArray()
                                   << HttpHeaders{ host, evil, { "Access-Control-Request-Method", "POST" } } << 403;
        QTest::newRow("script of a file on disk") << QByteArray("POST") << QByteArray("/sessions") << json
                                   << HttpHeaders{ host, { "Origin", "null" }, typed("application/json") } << 403;
        QTest::newRow("rebound name") << QByteArray("POST") << QByteArray("/sessions") << json
                                   << HttpHeaders{ { "Host", "evil.example:8998" }, typed("application/json") } << 403;
        for (const char* type : { "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded",
                 "multipart/form-data; boundary=x", "TEXT/PLAIN", "" }) {
            QTest::addRow("form type '%s' without an origin", type)
                << QByteArray("POST") << QByteArray("/sessions") << json << HttpHeaders{ host, typed(type) } << 403;
        }
        QTest::newRow("body without a type") << QByteArray("POST") << QByteArray("/sessions") << json << HttpHeaders{ host } << 403;
        QTest::newRow("empty form that would stop a session") << QByteArray("POST") << QByteArray("/sessions/0/interrupt")
                                   << QByteArray() << HttpHeaders{ host, typed("application/x-www-form-urlencoded") } << 403;
        QTest::newRow("a program's POST without a body") << QByteArray("POST") << QByteArray("/sessions/0/connect")
                                   << QByteArray() << HttpHeaders{ host } << 404;
        QTest::newRow("a program's upload") << QByteArray("POST") << QByteArray("/sessions/0/upload-file") << QByteArray("--x--")
                                   << HttpHeaders{ host, typed("multipart/form-data; boundary=x") } << 404;
        QTest::newRow("upload by another site's form") << QByteArray("POST") << QByteArray("/sessions/0/upload-file")
                                   << QByteArray("--x--") << HttpHeaders{ host, evil, typed("multipart/form-data; boundary=x") } << 403;
    }
    void aPageOfAnotherSiteCanDoNothingEvenWithoutAToken()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(HttpHeaders, headers);
        QFETCH(int, status);
        ScriptedServer server;
        const HttpResponse answer = server.ask(method, path, body, headers);
        QCOMPARE(answer.status, status);
        QCOMPARE(server.drivers.size(), status == 201 ? 1 : 0);
        for (const auto& header : answer.headers)
            QVERIFY2(!header.first.startsWith("Access-Control-"), header.first.constData());
    }

    void withATokenAFormsTypeIsTaken()
    {
        ScriptedServer server("s3cret");
        const HttpHeaders headers{ { "Host", "127.0.0.1:8998" }, { "Authorization", "Bearer s3cret" },
            { "Content-Type", "application/x-www-form-urlencoded" } };
        QCOMPARE(server.ask("POST", "/sessions", "{}", headers).status, 201);
    }

    void tokensAreLongAndDiffer()
    {
        const QByteArray token = Access::makeToken();
        QCOMPARE(token.size(), 64);
        QVERIFY(token != Access::makeToken());
    }

    void answersUnknownPathsAndMethodsAsLivy()
    {
        ScriptedServer server;
        const HttpResponse unknown = server.ask("GET", "/nope");
        QCOMPARE(unknown.status, 404);
        QVERIFY(unknown.body.isEmpty());
        QCOMPARE(server.ask("GET", "/sessions/0/").status, 404);
        QCOMPARE(server.ask("GET", "/sessions/").status, 200);
        const HttpResponse wrong = server.ask("PATCH", "/sessions");
        QCOMPARE(wrong.status, 405);
        QVERIFY(wrong.headers.contains(std::pair<QByteArray, QByteArray>("Allow", "GET, HEAD, POST")));
        QCOMPARE(server.ask("HEAD", "/sessions").status, 200);
    }
};

KINDLING_TEST(TestAccess)
#include "tst_access.moc"
