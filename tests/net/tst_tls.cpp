// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/connectionprobe.h"
#include "app/net/httptransport.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/net/opensslserver.h"
#include "tests/net/testcertificates.h"
#include "tests/net/tlsserver.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslKey>
#include <QStandardPaths>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
enum class Shown { Good, WrongHost, Expired, NotYet, SelfSigned, Renewed, WholeChain, CutChain };
enum class Trust { System, OwnAuthority, Pin, PinOfAnother, PinOfKey };
}
Q_DECLARE_METATYPE(Shown)
Q_DECLARE_METATYPE(Trust)

/// Real TLS on the loopback, certificates made on the spot.
class TestTls final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("the openssl command is not installed");
        QVERIFY2(m_certificates.make(), qPrintable(m_certificates.problem()));
        m_servers = { m_certificates.issue({}), m_certificates.issue({ .alternativeName = u"DNS:elsewhere.example"_s }),
            m_certificates.issue({ .until = u"20210101000000Z"_s }), m_certificates.issue({ .from = u"20980101000000Z"_s }),
            m_certificates.selfSigned(), m_certificates.issue({ .keyOf = 1 }), m_certificates.issueBetween(true), m_certificates.issueBetween(false) };
        for (const QSslConfiguration& each : std::as_const(m_servers))
            QVERIFY2(!each.localCertificate().isNull() && !each.privateKey().isNull(), qPrintable(m_certificates.problem()));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void trustsOnlyWhatItIsTold_data()
    {
        QTest::addColumn<Shown>("shown");
        QTest::addColumn<Trust>("trust");
        QTest::addColumn<QString>("refusal"); // a pattern; empty = trusted
        const QString another = u"it is not the pinned one\\. Pinned: .{95}; shown: .{95}\\."_s;
        QTest::newRow("unknown authority") << Shown::Good << Trust::System << u"issuer certificate"_s;
        QTest::newRow("own authority") << Shown::Good << Trust::OwnAuthority << QString();
        QTest::newRow("own authority, wrong host") << Shown::WrongHost << Trust::OwnAuthority << u"host name did not match"_s;
        QTest::newRow("own authority, expired") << Shown::Expired << Trust::OwnAuthority << u"has expired"_s;
        QTest::newRow("own authority, not yet valid") << Shown::NotYet << Trust::OwnAuthority << u"not yet valid"_s;
        QTest::newRow("self-signed") << Shown::SelfSigned << Trust::System << u"self-signed"_s;
        QTest::newRow("own authority, self-signed") << Shown::SelfSigned << Trust::OwnAuthority << u"self-signed"_s;
        QTest::newRow("pinned") << Shown::Good << Trust::Pin << QString();
        QTest::newRow("pinned, self-signed") << Shown::SelfSigned << Trust::Pin << QString();
        QTest::newRow("pinned, wrong host") << Shown::WrongHost << Trust::Pin << QString();
        QTest::newRow("pinned, expired") << Shown::Expired << Trust::Pin << u"has expired"_s;
        QTest::newRow("pin changed") << Shown::Good << Trust::PinOfAnother << another;
        QTest::newRow("pin changed, self-signed") << Shown::SelfSigned << Trust::PinOfAnother << another;
        QTest::newRow("pinned key") << Shown::Good << Trust::PinOfKey << QString();
        QTest::newRow("pinned key, renewed certificate") << Shown::Renewed << Trust::PinOfKey << QString();
        QTest::newRow("pinned key, another key") << Shown::WrongHost << Trust::PinOfKey << another;
        QTest::newRow("authority between") << Shown::WholeChain << Trust::OwnAuthority << QString();
        QTest::newRow("authority between, not shown") << Shown::CutChain << Trust::OwnAuthority << u"issuer certificate"_s;
    }
    void trustsOnlyWhatItIsTold()
    {
        QFETCH(Shown, shown);
        QFETCH(Trust, trust);
        QFETCH(QString, refusal);
        TlsServer server(m_servers.at(static_cast<int>(shown)));
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(shown, trust));
        for (const QByteArray& method : { "GET"_ba, "POST"_ba, "GET"_ba }) {
            test::Exchange sent(transport, request(method, server.url(), method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            if (refusal.isEmpty()) {
                QCOMPARE(sent.response().status, 200);
                continue;
            }
            QCOMPARE(sent.error().kind, ErrorKind::Tls);
            QVERIFY2(sent.error().title.contains(QRegularExpression(refusal)), qPrintable(sent.error().title));
        }
        QCOMPARE(server.received().isEmpty(), !refusal.isEmpty());
    }

    void sendsNoHeaderBeforeTheServerIsTrusted()
    {
        TlsServer server(m_servers.at(static_cast<int>(Shown::Good)));
        TransportOptions options = optionsFor(Shown::Good, Trust::PinOfAnother);
        options.headers = { { "X-Key", "s3cret" } };
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, options);
        test::Exchange sent(transport, request("POST", server.url(), "{}"));
        QVERIFY(sent.finish());
        QCOMPARE(sent.error().kind, ErrorKind::Tls);
        QVERIFY(server.received().isEmpty());
    }

    void aKeysFingerprintIsThatOfOpenssl()
    {
        const QSslCertificate certificate = m_certificates.issue({}).localCertificate();
        QCOMPARE(keyFingerprintOf(certificate), m_certificates.lastKeyFingerprint());
        const QSslCertificate rsa = m_certificates.issue({ .key = { u"rsa:2048"_s } }).localCertificate();
        QVERIFY(!rsa.isNull());
        QCOMPARE(keyFingerprintOf(rsa), m_certificates.lastKeyFingerprint());
    }

    void refusesACertificateThatChangedMeanwhile_data()
    {
        QTest::addColumn<Trust>("trust");
        QTest::addColumn<QByteArray>("method");
        QTest::newRow("pinned, read") << Trust::Pin << "GET"_ba;
        QTest::newRow("pinned, sent") << Trust::Pin << "POST"_ba;
        QTest::newRow("own authority, read") << Trust::OwnAuthority << "GET"_ba;
        QTest::newRow("own authority, sent") << Trust::OwnAuthority << "POST"_ba;
    }
    void refusesACertificateThatChangedMeanwhile()
    {
        QFETCH(const Trust, trust);
        QFETCH(const QByteArray, method);
        TlsServer server(m_servers.at(static_cast<int>(Shown::Good)));
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(Shown::Good, trust));
        test::Exchange before(transport, request(method, server.url(), method == "GET" ? "" : "{}"));
        QVERIFY(before.finish());
        QCOMPARE(before.response().status, 200);
        const QByteArray received = server.received();
        server.setConfiguration(m_servers.at(static_cast<int>(Shown::SelfSigned)));
        server.hangUp();
        test::Exchange after(transport, request(method, server.url(), method == "GET" ? "" : "{}"));
        QVERIFY(after.finish());
        QCOMPARE(after.error().kind, ErrorKind::Tls);
        QCOMPARE(server.received(), received);
    }

    void refusesWhatIsTooWeak_data()
    {
        QTest::addColumn<QStringList>("key");
        QTest::addColumn<QString>("digest");
        QTest::addColumn<QStringList>("options");
        const QStringList usual = TestCertificates::Wanted().key;
        QTest::newRow("a key of 1024 bits") << QStringList{ u"rsa:1024"_s } << u"sha256"_s << QStringList();
        QTest::newRow("signed with SHA-1") << usual << u"sha1"_s << QStringList();
        QTest::newRow("TLS 1.0") << usual << u"sha256"_s << QStringList{ u"-tls1"_s };
    }
    void refusesWhatIsTooWeak()
    {
        QFETCH(const QStringList, key);
        QFETCH(const QString, digest);
        QFETCH(const QStringList, options);
        (void)m_certificates.issue({ .key = key, .digest = digest });
        const OpensslServer weak(QStringList{ u"-cipher"_s, u"ALL:@SECLEVEL=0"_s, u"-cert"_s, m_certificates.lastPath(u"pem"_s), u"-key"_s,
            m_certificates.lastPath(u"key"_s) } + options); // Qt's own server would not be so weak
        QVERIFY2(weak.listens(), qPrintable(weak.said()));
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(Shown::Good, Trust::OwnAuthority));
        for (const QByteArray& method : { "GET"_ba, "POST"_ba }) {
            test::Exchange sent(transport, request(method, weak.url(), method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            QCOMPARE(sent.error().kind, ErrorKind::Tls);
        }
    }

    void aServerThatWantsACertificateOfOursIsSaidSo()
    {
        QSslConfiguration strict = m_servers.at(static_cast<int>(Shown::Good));
        strict.setPeerVerifyMode(QSslSocket::VerifyPeer);
        strict.setCaCertificates(readAuthorities(m_certificates.authorityPath()).value());
        TlsServer server(strict);
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(Shown::Good, Trust::OwnAuthority));
        test::Exchange read(transport, request("GET", server.url()));
        QVERIFY(read.finish());
        QVERIFY2(read.error().kind == ErrorKind::Tls || read.error().kind == ErrorKind::Network, qPrintable(read.error().title));
        QVERIFY2(read.error().detail.contains(u"--client-cert"_s), qPrintable(read.error().detail));
        test::Exchange sent(transport, request("POST", server.url(), "{}"));
        QVERIFY(sent.finish());
        QVERIFY(sent.isError());
        QVERIFY(server.received().isEmpty());
    }

    void followsNoRedirectOutOfTls()
    {
        FaultServer sink([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); });
        FaultServer server([&sink](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write(FaultServer::answer(302, "", "Location: " + sink.url("/sessions").toEncoded() + "\r\n"));
        }, m_servers.at(static_cast<int>(Shown::Good)));
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(Shown::Good, Trust::OwnAuthority));
        for (const QByteArray& method : { "GET"_ba, "POST"_ba }) {
            test::Exchange sent(transport, request(method, server.url("/sessions"), method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            QCOMPARE(sent.error().kind, ErrorKind::Rejected);
        }
        QVERIFY(sink.seen().isEmpty());
    }

    void theProbeSaysWhatItWasShown_data() { trustsOnlyWhatItIsTold_data(); }
    void theProbeSaysWhatItWasShown()
    {
        QFETCH(Shown, shown);
        QFETCH(Trust, trust);
        QFETCH(QString, refusal);
        const QSslConfiguration& configuration = m_servers.at(static_cast<int>(shown));
        TlsServer server(configuration);
        ConnectionProbe probe(server.url(), optionsFor(shown, trust));
        QSignalSpy finished(&probe, &ConnectionProbe::finished);
        probe.start();
        QVERIFY(finished.wait(30'000));
        const ConnectionReport& report = probe.report();
        QCOMPARE(report.last, ConnectionReport::Step::Tls);
        QCOMPARE(report.addresses, QStringList{ u"127.0.0.1"_s });
        QCOMPARE(report.certificate.fingerprint, fingerprintOf(configuration.localCertificate()));
        QCOMPARE(report.certificate.keyFingerprint, keyFingerprintOf(configuration.localCertificate()));
        QVERIFY(report.certificate.subject.startsWith(u"Test server"_s));
        const bool isIssuedByOther = shown == Shown::SelfSigned || shown == Shown::WholeChain || shown == Shown::CutChain;
        QCOMPARE(report.certificate.issuer.startsWith(u"Test authority"_s), !isIssuedByOther);
        QCOMPARE(report.certificate.expires, configuration.localCertificate().expiryDate());
        QCOMPARE(report.problem.has_value(), !refusal.isEmpty());
        QCOMPARE(report.pinWouldHelp, !refusal.isEmpty() && shown != Shown::Expired && shown != Shown::NotYet);
        if (report.problem)
            QVERIFY2(report.problem->title.contains(QRegularExpression(refusal)), qPrintable(report.problem->title));
        else
            QCOMPARE(report.tlsVersion, u"TLS 1.3"_s);
        QVERIFY(server.received().isEmpty());
    }

private:
    [[nodiscard]] TransportOptions optionsFor(Shown shown, Trust trust) const
    {
        TransportOptions options;
        const auto pinOf = [this](Shown which) { return fingerprintOf(m_servers.at(static_cast<int>(which)).localCertificate()); };
        if (trust == Trust::OwnAuthority)
            options.authorities = readAuthorities(m_certificates.authorityPath()).value();
        else if (trust == Trust::Pin)
            options.fingerprint = pinOf(shown);
        else if (trust == Trust::PinOfKey)
            options.fingerprint = keyFingerprintOf(m_servers.at(static_cast<int>(Shown::Good)).localCertificate());
        else if (trust == Trust::PinOfAnother)
            options.fingerprint = pinOf(shown == Shown::WrongHost ? Shown::Good : Shown::WrongHost);
        return options;
    }

    SystemClock m_clock;
    TestCertificates m_certificates;
    QList<QSslConfiguration> m_servers; ///< by Shown
};

KINDLING_TEST(TestTls)
#include "tst_tls.moc"
