// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/connectionprobe.h"
#include "app/net/httptransport.h"
#include "tests/net/exchange.h"
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
enum class Shown { Good, WrongHost, Expired, NotYet, SelfSigned };
enum class Trust { System, OwnAuthority, Pin, PinOfAnother };
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
            m_certificates.selfSigned() };
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
        QVERIFY(report.certificate.subject.startsWith(u"Test server"_s));
        QCOMPARE(report.certificate.issuer.startsWith(u"Test authority"_s), shown != Shown::SelfSigned);
        QCOMPARE(report.certificate.expires, configuration.localCertificate().expiryDate());
        QCOMPARE(report.problem.has_value(), !refusal.isEmpty());
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
