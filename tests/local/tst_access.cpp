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
        QTest::newRow("lower case") << HttpHeaders{ { "host", "localhost" }, { "authorization", "bearer s3cret" } } << 200;
        QTest::newRow("IPv6") << HttpHeaders{ { "Host", "[::1]:8998" }, bearer } << 200;
        QTest::newRow("basic, any user")
            << HttpHeaders{ host, { "Authorization", "Basic " + QByteArray("ann:s3cret").toBase64() } } << 200;
        QTest::newRow("same origin") << HttpHeaders{ host, bearer, { "Origin", "http://127.0.0.1:8998" } } << 200;
        QTest::newRow("no host") << HttpHeaders{ bearer } << 400;
        QTest::newRow("two hosts") << HttpHeaders{ host, host, bearer } << 400;
        QTest::newRow("rebound name") << HttpHeaders{ { "Host", "evil.example:8998" }, bearer } << 403;
        QTest::newRow("host that begins well") << HttpHeaders{ { "Host", "127.0.0.1.evil.example" }, bearer } << 403;
        QTest::newRow("host with user") << HttpHeaders{ { "Host", "evil@127.0.0.1" }, bearer } << 403;
        QTest::newRow("host with path") << HttpHeaders{ { "Host", "127.0.0.1/x" }, bearer } << 403;
        QTest::newRow("other origin") << HttpHeaders{ host, bearer, { "Origin", "http://evil.example" } } << 403;
        QTest::newRow("other port") << HttpHeaders{ host, bearer, { "Origin", "http://127.0.0.1:1" } } << 403;
        QTest::newRow("null origin") << HttpHeaders{ host, bearer, { "Origin", "null" } } << 403;
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
