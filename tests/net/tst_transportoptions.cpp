// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/connectionprobe.h"
#include "app/net/httptransport.h"
#include "app/net/refusingtransport.h"
#include "app/net/systemproxies.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

class TestTransportOptions final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void readsAHeaderLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("plain") << "X-Api-Key: s3cret"_ba << "X-Api-Key"_ba << "s3cret"_ba;
        QTest::newRow("colons in the value") << "X-A:b:c"_ba << "X-A"_ba << "b:c"_ba;
        QTest::newRow("spaces around") << "  X-A :  b c\t"_ba << "X-A"_ba << "b c"_ba;
        QTest::newRow("UTF-8") << "X-A: h\xC3\xA4"_ba << "X-A"_ba << "h\xC3\xA4"_ba;
        QTest::newRow("no colon") << "s3cret"_ba << ""_ba << ""_ba;
        QTest::newRow("no name") << ": s3cret"_ba << ""_ba << ""_ba;
        QTest::newRow("no value") << "X-A: "_ba << ""_ba << ""_ba;
        QTest::newRow("two lines") << "X-A: s3cret\r\nX-B: c"_ba << ""_ba << ""_ba;
        QTest::newRow("a zero") << QByteArray("X-A: s3cret\0x", 13) << ""_ba << ""_ba;
        QTest::newRow("a space in the name") << "X A: s3cret"_ba << ""_ba << ""_ba;
        QTest::newRow("Host") << "hOst: s3cret"_ba << ""_ba << ""_ba;
        QTest::newRow("Content-Length") << "Content-Length: 5"_ba << ""_ba << ""_ba;
        QTest::newRow("nothing") << ""_ba << ""_ba << ""_ba;
    }
    void readsAHeaderLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const Result<HeaderLine> line = headerFromText(text);
        QCOMPARE(line.has_value(), !name.isEmpty());
        if (line) {
            QCOMPARE(line->first, name);
            QCOMPARE(line->second, value);
        } else {
            QVERIFY(!line.error().title.isEmpty());
            QVERIFY(!line.error().title.contains(u"s3cret"_s));
        }
    }

    void readsAFingerprint()
    {
        const QByteArray bytes(32, '\x5A');
        const QString plain = QString::fromLatin1(bytes.toHex());
        QCOMPARE(fingerprintFromText(plain).value(), bytes);
        QCOMPARE(fingerprintFromText(fingerprintText(bytes)).value(), bytes);
        QVERIFY(fingerprintText(bytes).startsWith(u"5A:5A:"_s));
        for (const QString& bad : QStringList{ QString(), plain.chopped(1), plain + u"00"_s, u"zz"_s + plain.sliced(2) })
            QVERIFY(!fingerprintFromText(bad));
    }

    void saysWhyACertificateFileIsOfNoUse()
    {
        const QTemporaryDir folder;
        QCOMPARE(readAuthorities(folder.filePath(u"none.pem"_s)).error().kind, ErrorKind::Io);
        QFile junk(folder.filePath(u"junk.pem"_s));
        QVERIFY(junk.open(QIODevice::WriteOnly));
        junk.write("-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n");
        junk.close();
        const auto read = readAuthorities(junk.fileName());
        QVERIFY(!read);
        QVERIFY(read.error().title.contains(junk.fileName()));
    }

    void readsTheOptionsOfAProfile()
    {
        ServerProfile profile;
        QVERIFY(transportOptionsOf(profile)->usesSystemProxy);
        profile.fingerprint = QByteArray(32, '\x5A');
        profile.usesSystemProxy = false;
        profile.headerNames = { u"X-Key"_s };
        const auto options = transportOptionsOf(profile);
        QCOMPARE(options->fingerprint, profile.fingerprint);
        QVERIFY(!options->usesSystemProxy && options->authorities.isEmpty() && options->headers.isEmpty());
        profile.authorityFile = u"/no/such/file.pem"_s;
        QCOMPARE(transportOptionsOf(profile).error().kind, ErrorKind::Io);
    }

    void whatMayNotBeTriedIsRefusedOnceAndLater()
    {
        RefusingTransport transport(failure(ErrorKind::Io, u"no file"_s).error());
        test::Exchange sent(transport, request("POST", QUrl(u"http://h/"_s), "{}"));
        QVERIFY(sent.finish());
        QCOMPARE(sent.error().title, u"no file"_s);
        test::Exchange cancelled(transport, request("GET", QUrl(u"http://h/"_s)));
        cancelled.handle.cancel();
        test::Exchange after(transport, request("GET", QUrl(u"http://h/"_s)));
        QVERIFY(after.finish());
        QCOMPARE(cancelled.count(), 0);
    }

    void sendsExtraHeadersWithEveryRequestAndTellsTheLogNoValue()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); });
        RequestLog log;
        HttpTransport transport(u"s"_s, nullptr, m_clock, &log, { .headers = { { "X-Key", "s3cret" }, { "X-Tenant", "t" } } });
        test::Exchange read(transport, request("GET", server.url("/a")));
        test::Exchange written(transport, request("POST", server.url("/a"), "{}"));
        QVERIFY(read.finish() && written.finish());
        QCOMPARE(server.seen().size(), 2);
        for (const auto& seen : server.seen()) {
            QCOMPARE(seen.header("X-Key"), "s3cret"_ba);
            QCOMPARE(seen.header("X-Tenant"), "t"_ba);
        }
        QCOMPARE(log.exchanges().size(), 2);
        for (const kindling::Exchange& each : log.exchanges()) {
            QVERIFY(!asCurl(each).contains(u"s3cret"_s));
            QVERIFY(!each.problem.contains(u"s3cret"_s) && !each.body.contains("s3cret"));
        }
    }

    void anErrorThatEchoesTheHeadersShowsNoValueAndStaysReadable_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("shown");
        const QByteArray longKey = "0123456789abcdef";
        QTest::newRow("short") << "1"_ba << "line 11 of 1"_ba << "line 11 of 1"_ba;
        QTest::newRow("three") << "dev"_ba << "the dev did"_ba << "the dev did"_ba;
        QTest::newRow("four") << "prod"_ba << "X-Tenant: prod, tenant=prod"_ba << "X-Tenant: ***, tenant=***"_ba;
        QTest::newRow("a part of a word") << "prod"_ba << "production of prod_1: prod"_ba << "production of prod_1: ***"_ba;
        QTest::newRow("whole text") << "prod"_ba << "prod"_ba << "***"_ba;
        QTest::newRow("the last of several words") << "Bearer s3cret"_ba << "token s3cret of the Bearer"_ba << "token *** of the Bearer"_ba;
        QTest::newRow("several words, the last short") << "s3cret of x"_ba << "key s3cret of x, not x"_ba << "key ***, not x"_ba;
        QTest::newRow("behind an escape") << longKey << "a\\n" + longKey + "%20" + longKey << "a\\n***%20***"_ba;
        QTest::newRow("empty") << ""_ba << "no"_ba << "no"_ba;
    }
    void anErrorThatEchoesTheHeadersShowsNoValueAndStaysReadable()
    {
        QFETCH(const QByteArray, value);
        QFETCH(const QByteArray, said);
        FaultServer server([&said](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(500, said)); });
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, { .headers = { { "X-Key", value } } });
        test::Exchange read(transport, request("GET", server.url("/a")));
        QVERIFY(read.finish());
        QTEST(read.response().body, "shown");
    }

    void sendsExtraHeadersToNoOtherOrigin()
    {
        FaultServer other([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); });
        FaultServer server([&other](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write(FaultServer::answer(307, "", "Location: " + other.url("/b").toEncoded() + "\r\n"));
        });
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, { .headers = { { "X-Key", "s3cret" } } });
        test::Exchange redirected(transport, request("GET", server.url("/a")));
        QVERIFY(redirected.finish());
        QCOMPARE(redirected.error().kind, ErrorKind::Rejected);
        test::Exchange elsewhere(transport, request("GET", other.url("/c")));
        QVERIFY(elsewhere.finish());
        QCOMPARE(elsewhere.error().kind, ErrorKind::Rejected);
        QVERIFY(other.seen().isEmpty());
    }

    void goesThroughTheProxyThatTheEnvironmentNames()
    {
        FaultServer proxy([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200, "[7]")); });
        const QByteArray before = qgetenv("http_proxy");
        qputenv("http_proxy", proxy.url().toEncoded());
        const auto restore = qScopeGuard([before] { before.isEmpty() ? qunsetenv("http_proxy") : qputenv("http_proxy", before); });
        const QUrl far(u"http://livy.example.invalid/sessions"_s);
        if (SystemProxies().queryProxy(QNetworkProxyQuery(far)).value(0).type() == QNetworkProxy::NoProxy)
            QSKIP("this machine's proxy settings do not come from the environment");
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        test::Exchange read(transport, request("GET", far));
        test::Exchange written(transport, request("POST", far, "{}"));
        QVERIFY(read.finish() && written.finish());
        QCOMPARE(read.response().body, "[7]"_ba);
        QCOMPARE(written.response().body, "[7]"_ba);
        for (const auto& seen : proxy.seen())
            QCOMPARE(seen.path, far.toEncoded());

        FaultServer local([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200, "[8]")); });
        HttpTransport direct(u"s"_s, nullptr, m_clock, nullptr);
        test::Exchange here(direct, request("GET", local.url()));
        QVERIFY(here.finish());
        QCOMPARE(here.response().body, "[8]"_ba);
        HttpTransport without(u"s"_s, nullptr, m_clock, nullptr, { .usesSystemProxy = false });
        test::Exchange nowhere(without, request("GET", far));
        QVERIFY(nowhere.finish());
        QVERIFY2(nowhere.error().kind == ErrorKind::Network, qPrintable(nowhere.error().title + nowhere.error().detail));
    }

    void signsInToAProxyUpFront_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<bool>("isLetIn");
        QTest::newRow("nobody known") << QByteArray() << false;
        QTest::newRow("a refused password") << QByteArray("ann:wrong@") << false;
        QTest::newRow("a good password") << QByteArray("ann:p%C3%A4ss%3Aword@") << true;
    }
    void signsInToAProxyUpFront()
    {
        QFETCH(const QByteArray, user);
        QFETCH(const bool, isLetIn);
        FaultServer proxy([](QTcpSocket* socket, const FaultServer::Seen& seen) {
            const bool isAnn = seen.header("Proxy-Authorization") == "Basic " + QByteArray("ann:p\xC3\xA4ss:word").toBase64();
            const QByteArray refusal = FaultServer::answer(407, "<html>no</html>", "Proxy-Authenticate: Basic realm=\"office\"\r\n");
            socket->write(isAnn ? FaultServer::answer(200, "[7]") : refusal);
        });
        const QByteArray before = qgetenv("http_proxy");
        qputenv("http_proxy", addressWith(user, proxy));
        const auto restore = qScopeGuard([before] { before.isEmpty() ? qunsetenv("http_proxy") : qputenv("http_proxy", before); });
        const QUrl far(u"http://livy.example.invalid/sessions"_s);
        if (SystemProxies().queryProxy(QNetworkProxyQuery(far)).value(0).type() == QNetworkProxy::NoProxy)
            QSKIP("this machine's proxy settings do not come from the environment");
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
        for (const QByteArray method : { "GET", "POST" }) {
            proxy.forget();
            test::Exchange sent(transport, request(method, far, method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            QCOMPARE(proxy.seen().size(), 1); // each refused try counts, and a body is sent once
            if (isLetIn) {
                QCOMPARE(sent.response().body, "[7]"_ba);
                continue;
            }
            QCOMPARE(sent.error().kind, ErrorKind::PersonNeeded);
            QCOMPARE(sent.error().httpStatus, 407);
            QVERIFY2(sent.error().title.contains(u"The proxy on the way to livy.example.invalid asks to sign in"_s), qPrintable(sent.error().title));
            QVERIFY2(sent.error().detail.contains(u"http_proxy"_s), qPrintable(sent.error().detail));
        }
    }
    void signsInToAProxyThatBuildsATunnel()
    {
        FaultServer proxy([](QTcpSocket* socket, const FaultServer::Seen& seen) {
            const bool isAnn = seen.header("Proxy-Authorization") == "Basic " + QByteArray("ann:word").toBase64();
            const QByteArray refusal = FaultServer::answer(407, "", "Proxy-Authenticate: Basic realm=\"office\"\r\n");
            socket->write(isAnn ? "HTTP/1.1 503 No way there\r\nContent-Length: 0\r\n\r\n"_ba : refusal);
        });
        const QByteArray before = qgetenv("https_proxy");
        const auto restore = qScopeGuard([before] { before.isEmpty() ? qunsetenv("https_proxy") : qputenv("https_proxy", before); });
        const QUrl far(u"https://livy.example.invalid/sessions"_s);
        for (const QByteArray user : { "", "ann:word@" }) {
            qputenv("https_proxy", addressWith(user, proxy));
            if (SystemProxies().queryProxy(QNetworkProxyQuery(far)).value(0).type() == QNetworkProxy::NoProxy)
                QSKIP("this machine's proxy settings do not come from the environment");
            HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr);
            test::Exchange sent(transport, request("POST", far, "{}"));
            QVERIFY(sent.finish());
            QVERIFY2(sent.error().kind == (user.isEmpty() ? ErrorKind::PersonNeeded : ErrorKind::Network),
                qPrintable(sent.error().title + sent.error().detail));
            QCOMPARE(proxy.seen().last().method, "CONNECT"_ba);
            QVERIFY(proxy.seen().last().header("X-Requested-By").isEmpty()); // what is meant for the server goes through the tunnel
        }
    }

    void probesAPlainServer()
    {
        FaultServer server;
        ConnectionProbe probe(server.url(), {});
        QSignalSpy finished(&probe, &ConnectionProbe::finished);
        probe.start();
        QCOMPARE(finished.size(), 0);
        QVERIFY(finished.wait(30'000));
        QVERIFY(!probe.report().problem);
        QCOMPARE(probe.report().last, ConnectionReport::Step::Tcp);
        QCOMPARE(probe.report().peer, u"127.0.0.1"_s);
        QVERIFY(probe.report().certificate.fingerprint.isEmpty());
        QVERIFY(server.seen().isEmpty());
    }

    void probesAServerThatIsNotThere_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<ConnectionReport::Step>("last");
        QTest::addColumn<QString>("words");
        QTest::newRow("unknown name") << QUrl(u"http://livy.example.invalid"_s) << ConnectionReport::Step::Name << u"is not known"_s;
        QTest::newRow("nothing listens") << QUrl(u"http://127.0.0.1:1"_s) << ConnectionReport::Step::Tcp << u"Nothing answers at"_s;
    }
    void probesAServerThatIsNotThere()
    {
        QFETCH(QUrl, url);
        QFETCH(QString, words);
        ConnectionProbe probe(url, { .usesSystemProxy = false });
        QSignalSpy finished(&probe, &ConnectionProbe::finished);
        probe.start();
        QVERIFY(finished.wait(30'000));
        QTEST(probe.report().last, "last");
        QVERIFY(probe.report().problem.has_value());
        QVERIFY2(probe.report().problem->title.contains(words), qPrintable(probe.report().problem->title));
    }

    void saysThatAServerSpeaksNoTls_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("answers in plain text") << FaultServer::answer(400);
        QTest::newRow("hangs up") << QByteArray();
    }
    void saysThatAServerSpeaksNoTls()
    {
        QFETCH(QByteArray, bytes);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&server, bytes] {
            QTcpSocket* const socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, bytes] {
                socket->readAll();
                FaultServer::sendAndClose(socket, bytes);
            });
        });
        QUrl url(u"https://127.0.0.1"_s);
        url.setPort(server.serverPort());
        ConnectionProbe probe(url, {});
        QSignalSpy finished(&probe, &ConnectionProbe::finished);
        probe.start();
        QVERIFY(finished.wait(30'000));
        QCOMPARE(probe.report().last, ConnectionReport::Step::Tls);
        QVERIFY(probe.report().problem.has_value());
        QCOMPARE(probe.report().problem->kind, ErrorKind::Tls);
    }

private:
    /// As the environment names a proxy; `user` is "name:password@" or nothing.
    static QByteArray addressWith(const QByteArray& user, const FaultServer& proxy)
    {
        return "http://" + user + "127.0.0.1:" + QByteArray::number(proxy.url().port());
    }

    SystemClock m_clock;
};

KINDLING_TEST(TestTransportOptions)
#include "tst_transportoptions.moc"
