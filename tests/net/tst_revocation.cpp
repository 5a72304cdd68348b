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
#include <QStandardPaths>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
enum class Trust { Authority, Pin, PinOfAnother };
}
Q_DECLARE_METATYPE(Trust)

/// What a server shows of its certificate's revocation (OCSP stapling), with answers of a real authority.
class TestRevocation final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("the openssl command is not installed");
        if (!QSslSocket::isFeatureSupported(QSsl::SupportedFeature::Ocsp))
            QSKIP("this Qt was built without OCSP");
        QVERIFY2(m_certificates.make() && m_stranger.make(), qPrintable(m_certificates.problem() + m_stranger.problem()));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support|Discarding errors)"_s)); }

    void whatTheServerShowsCounts_data()
    {
        QTest::addColumn<QByteArray>("stapled");
        QTest::addColumn<bool>("showsIssuer");
        QTest::addColumn<Trust>("trust");
        QTest::addColumn<QString>("refusal"); // empty = trusted
        using Said = TestCertificates::Said;
        m_server = m_certificates.issue({});
        const QByteArray good = m_certificates.ocspAnswer(Said::Good);
        const QByteArray revoked = m_certificates.ocspAnswer(Said::Revoked);
        const QByteArray unknown = m_certificates.ocspAnswer(Said::Unknown);
        QVERIFY(!m_stranger.issue({}).isNull());
        const QByteArray ofAnother = m_stranger.ocspAnswer(Said::Good);
        QVERIFY2(!good.isEmpty() && !revoked.isEmpty() && !unknown.isEmpty() && !ofAnother.isEmpty(), qPrintable(m_certificates.problem()));
        const QByteArray tryLater = "\x30\x03\x0a\x01\x03"_ba;
        const auto row = [](const char* name, const QByteArray& stapled, bool showsIssuer, Trust trust, const QString& refusal) {
            QTest::newRow(name) << stapled << showsIssuer << trust << refusal;
        };
        const QString isRevoked = u"its authority has revoked it"_s;
        row("nothing", {}, false, Trust::Authority, {});
        row("nothing, with its issuer", {}, true, Trust::Authority, {});
        row("nothing, pinned", {}, false, Trust::Pin, {});
        row("nothing, another is pinned", {}, false, Trust::PinOfAnother, u"it is not the pinned one"_s);
        row("good", good, false, Trust::Authority, {});
        row("good, with its issuer", good, true, Trust::Authority, {});
        row("good, pinned", good, false, Trust::Pin, {});
        row("good, another is pinned", good, true, Trust::PinOfAnother, u"it is not the pinned one"_s);
        row("revoked", revoked, false, Trust::Authority, isRevoked);
        row("revoked, with its issuer", revoked, true, Trust::Authority, isRevoked);
        row("revoked, pinned", revoked, false, Trust::Pin, isRevoked);
        row("revoked, pinned, with its issuer", revoked, true, Trust::Pin, isRevoked);
        row("unknown to its authority", unknown, true, Trust::Authority, u"status is unknown"_s);
        row("unknown, pinned", unknown, true, Trust::Pin, u"status is unknown"_s);
        row("the authority asks for patience", tryLater, true, Trust::Authority, {});
        row("by a stranger", ofAnother, true, Trust::Authority, u"identity cannot be verified"_s);
    }
    void whatTheServerShowsCounts()
    {
        QFETCH(const QByteArray, stapled);
        QFETCH(const bool, showsIssuer);
        QFETCH(const Trust, trust);
        QFETCH(const QString, refusal);
        QSslConfiguration shown = m_server;
        if (showsIssuer)
            shown.setLocalCertificateChain({ shown.localCertificate(), readAuthorities(m_certificates.authorityPath())->first() });
        if (!stapled.isEmpty())
            shown.setBackendConfigurationOption("Qt-OCSP-response", stapled); // Qt's own tests staple so
        TlsServer server(shown);
        const TransportOptions options = optionsFor(trust);
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, options);
        for (const QByteArray& method : { "GET"_ba, "POST"_ba }) {
            test::Exchange sent(transport, request(method, server.url(), method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            if (refusal.isEmpty()) {
                QVERIFY2(!sent.isError(), qPrintable(sent.error().title));
                continue;
            }
            QCOMPARE(sent.error().kind, ErrorKind::Tls);
            QVERIFY2(sent.error().title.contains(refusal), qPrintable(sent.error().title));
        }
        QCOMPARE(server.received().isEmpty(), !refusal.isEmpty());
        ConnectionProbe probe(server.url(), options);
        QSignalSpy finished(&probe, &ConnectionProbe::finished);
        probe.start();
        QVERIFY(finished.wait(30'000));
        QCOMPARE(probe.report().problem.has_value(), !refusal.isEmpty());
        QCOMPARE(probe.report().pinWouldHelp, !refusal.isEmpty() && !refusal.contains(u"revoked"_s) && !refusal.contains(u"unknown"_s));
        if (!refusal.isEmpty())
            QVERIFY2(probe.report().problem->title.contains(refusal), qPrintable(probe.report().problem->title));
    }

private:
    [[nodiscard]] TransportOptions optionsFor(Trust trust) const
    {
        TransportOptions options;
        if (trust == Trust::Authority)
            options.authorities = readAuthorities(m_certificates.authorityPath()).value();
        else
            options.fingerprint = trust == Trust::Pin ? fingerprintOf(m_server.localCertificate()) : QByteArray(32, 'x');
        return options;
    }

    SystemClock m_clock;
    TestCertificates m_certificates;
    TestCertificates m_stranger;
    QSslConfiguration m_server;
};

KINDLING_TEST(TestRevocation)
#include "tst_revocation.moc"
