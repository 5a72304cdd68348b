// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/net/opensslserver.h"
#include "tests/net/testcertificates.h"
#include "tests/net/tlsserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
enum class Ours { None, Right, OfAnotherAuthority, WithAnotherKey };

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
}
Q_DECLARE_METATYPE(Ours)

/// Servers that ask for a certificate of ours, over real TLS.
class TestClientCertificates final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("the openssl command is not installed");
        QVERIFY2(m_authority.make() && m_stranger.make(), qPrintable(m_authority.problem() + m_stranger.problem()));
        m_server = m_authority.issue({});
        m_serverFiles = { m_authority.lastPath(u"pem"_s), m_authority.lastPath(u"key"_s) };
        m_server.setPeerVerifyMode(QSslSocket::VerifyPeer);
        m_server.setCaCertificates(readAuthorities(m_authority.authorityPath()).value());
        QVERIFY(!m_authority.issue({}).isNull() && !m_stranger.issue({}).isNull());
        m_certificate = m_authority.lastPath(u"pem"_s);
        m_key = m_authority.lastPath(u"key"_s);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void aServerThatAsksGetsTheCertificate_data()
    {
        QTest::addColumn<QSsl::SslProtocol>("protocol");
        QTest::newRow("TLS 1.3") << QSsl::TlsV1_3;
        QTest::newRow("TLS 1.2") << QSsl::TlsV1_2;
    }
    void aServerThatAsksGetsTheCertificate()
    {
        QFETCH(const QSsl::SslProtocol, protocol);
        m_server.setProtocol(protocol);
        TlsServer server(m_server);
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(Ours::Right));
        for (const QByteArray& method : { "GET"_ba, "POST"_ba, "GET"_ba }) {
            test::Exchange sent(transport, request(method, server.url(), method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            QVERIFY2(!sent.isError(), qPrintable(sent.error().title));
            QCOMPARE(sent.response().status, 200);
        }
    }

    void whatIsMissingOrWrongIsSaid_data()
    {
        QTest::addColumn<Ours>("ours");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("advice");
        QTest::newRow("none") << Ours::None << ErrorKind::Tls << u"Perhaps it wants a client certificate of yours"_s << u"--client-cert"_s;
        QTest::newRow("of another authority") << Ours::OfAnotherAuthority << ErrorKind::PersonNeeded << u"does not know the authority"_s << u"choose that one"_s;
        QTest::newRow("with another key") << Ours::WithAnotherKey << ErrorKind::PersonNeeded << u"do not belong together"_s << QString();
    }
    void whatIsMissingOrWrongIsSaid()
    {
        QFETCH(const Ours, ours);
        QFETCH(const ErrorKind, kind);
        QFETCH(const QString, title);
        QFETCH(const QString, advice);
        const OpensslServer server(strict(u"-tls1_2"_s)); // where all is settled before the request
        QVERIFY2(server.listens(), qPrintable(server.said()));
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(ours));
        for (const QByteArray& method : { "GET"_ba, "POST"_ba, "DELETE"_ba }) {
            test::Exchange sent(transport, request(method, server.url(), method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            QCOMPARE(sent.error().kind, kind);
            QVERIFY2(sent.error().title.contains(title), qPrintable(sent.error().title));
            QVERIFY2(sent.error().detail.contains(advice), qPrintable(sent.error().detail));
        }
    }

    // There the client is through before the server looks at its certificate; the refusal may be lost with the connection.
    void aRefusalThatComesAfterTheHandshakeIsUnderstood_data()
    {
        QTest::addColumn<Ours>("ours");
        QTest::addColumn<QString>("title");
        QTest::newRow("none") << Ours::None << u"wants a client certificate of yours"_s;
        QTest::newRow("of another authority") << Ours::OfAnotherAuthority << u"does not know the authority"_s;
    }
    void aRefusalThatComesAfterTheHandshakeIsUnderstood()
    {
        QFETCH(const Ours, ours);
        QFETCH(const QString, title);
        const OpensslServer server(strict(u"-tls1_3"_s));
        QVERIFY2(server.listens(), qPrintable(server.said()));
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(ours));
        for (const QByteArray& method : { "GET"_ba, "POST"_ba }) {
            QStringList said;
            for (int tries = 0; tries < 20 && said.filter(title).isEmpty(); ++tries) {
                test::Exchange sent(transport, request(method, server.url(), method == "POST" ? "{}" : ""));
                QVERIFY(sent.finish());
                QVERIFY(sent.isError());
                QCOMPARE(sent.error().kind == ErrorKind::PersonNeeded, sent.error().title.contains(title));
                said.append(sent.error().title);
            }
            QVERIFY2(!said.filter(title).isEmpty(), qPrintable(said.join(u'\n')));
        }
    }

    void nothingReachesAServerThatWasNotShownTheRightOne_data()
    {
        QTest::addColumn<Ours>("ours");
        QTest::newRow("none") << Ours::None;
        QTest::newRow("of another authority") << Ours::OfAnotherAuthority;
    }
    void nothingReachesAServerThatWasNotShownTheRightOne()
    {
        QFETCH(const Ours, ours);
        TlsServer server(m_server);
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(ours));
        for (const QByteArray& method : { "GET"_ba, "POST"_ba }) {
            test::Exchange sent(transport, request(method, server.url(), method == "POST" ? "{}" : ""));
            QVERIFY(sent.finish());
            QVERIFY(sent.isError());
        }
        QVERIFY(server.received().isEmpty());
    }

    void noOtherOriginGetsToSeeIt()
    {
        FaultServer other([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200)); }, m_server);
        FaultServer server([&other](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write(FaultServer::answer(302, "", "Location: " + other.url("/sessions").toEncoded() + "\r\n"));
        }, m_server);
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, optionsFor(Ours::Right));
        test::Exchange redirected(transport, request("GET", server.url("/sessions")));
        QVERIFY(redirected.finish());
        QCOMPARE(redirected.error().kind, ErrorKind::Rejected);
        test::Exchange asked(transport, request("GET", other.url("/sessions")));
        QVERIFY(asked.finish());
        QCOMPARE(asked.error().kind, ErrorKind::Rejected);
        QCOMPARE(other.connectionCount(), 0);
    }

    void readsOneFileOrTwo()
    {
        QVERIFY(readClientCertificate(m_certificate, m_key).has_value());
        const QByteArray certificate = contentOf(m_certificate);
        const QByteArray key = contentOf(m_key);
        for (const QByteArray& pem : QByteArrayList{ certificate + key, key + certificate }) {
            const auto read = readClientCertificate(fileWith(pem), {});
            QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().title));
            QCOMPARE(read->chain, QSslCertificate::fromData(certificate));
            QCOMPARE(read->key, QSslKey(key, QSsl::Ec));
        }
        ServerProfile profile;
        profile.clientCertificateFile = m_certificate;
        profile.clientKeyFile = m_key;
        QCOMPARE(transportOptionsOf(profile)->client.chain.size(), 1);
    }

    void saysWhatIsWrongWithAFile_data()
    {
        QTest::addColumn<QByteArray>("certificate"); // what stands in its file; a zero byte = no file
        QTest::addColumn<QByteArray>("key");         // the same; empty = in the same file
        QTest::addColumn<QString>("words");
        const QByteArray none(1, '\0');
        const QByteArray certificate = contentOf(m_certificate);
        QTest::newRow("no file") << none << ""_ba << u"cannot be read"_s;
        QTest::newRow("no PEM") << "\x30\x82\x01\x01 binary"_ba << ""_ba << u"holds no certificate (PEM)"_s;
        QTest::newRow("a key alone") << contentOf(m_key) << ""_ba << u"holds no certificate (PEM)"_s;
        QTest::newRow("without its key") << certificate << ""_ba << u"holds no private key (PEM)"_s;
        QTest::newRow("no file of the key") << certificate << none << u"cannot be read"_s;
        QTest::newRow("a certificate for a key") << certificate << certificate << u"holds no private key (PEM)"_s;
        QTest::newRow("encrypted") << certificate << encryptedKey(u"pkey"_s) << u"is encrypted"_s;
        QTest::newRow("encrypted, the old way") << certificate << encryptedKey(u"ec"_s) << u"is encrypted"_s;
        QTest::newRow("a damaged key") << certificate << "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\n"_ba << u"only RSA, EC and DSA"_s;
        QTest::newRow("huge") << QByteArray(6'000'000, 'x') + certificate << ""_ba << u"holds no certificate (PEM)"_s;
    }
    void saysWhatIsWrongWithAFile()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QString, words);
        ServerProfile profile;
        profile.clientCertificateFile = fileWith(certificate);
        profile.clientKeyFile = key.isEmpty() ? QString() : fileWith(key);
        const auto read = transportOptionsOf(profile);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Io);
        QVERIFY2(read.error().title.contains(words), qPrintable(read.error().title));
        QVERIFY(read.error().title.contains(m_folder.path()));
    }

private:
    /// The options of an openssl server that wants one of the first authority's.
    [[nodiscard]] QStringList strict(const QString& protocol) const
    {
        return { protocol, u"-cert"_s, m_serverFiles.at(0), u"-key"_s, m_serverFiles.at(1), u"-CAfile"_s, m_authority.authorityPath(), u"-Verify"_s, u"1"_s,
            u"-verify_return_error"_s };
    }
    [[nodiscard]] TransportOptions optionsFor(Ours ours) const
    {
        TransportOptions options;
        options.authorities = readAuthorities(m_authority.authorityPath()).value();
        if (ours != Ours::None) {
            const TestCertificates& from = ours == Ours::OfAnotherAuthority ? m_stranger : m_authority;
            const QString key = (ours == Ours::WithAnotherKey ? m_stranger : from).lastPath(u"key"_s);
            options.client = readClientCertificate(from.lastPath(u"pem"_s), key).value();
        }
        return options;
    }
    /// The path of a new file; a zero byte = of none.
    [[nodiscard]] QString fileWith(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(QString::number(++m_count) + u".pem"_s));
        if (bytes != QByteArray(1, '\0') && file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }
    [[nodiscard]] QByteArray encryptedKey(const QString& command) const
    {
        const QString path = m_folder.filePath(u"encrypted"_s);
        QProcess openssl;
        openssl.start(u"openssl"_s, { command, u"-in"_s, m_key, u"-aes256"_s, u"-passout"_s, u"pass:secret"_s, u"-out"_s, path });
        openssl.waitForFinished(30'000);
        return contentOf(path);
    }

    SystemClock m_clock;
    QTemporaryDir m_folder;
    TestCertificates m_authority;
    TestCertificates m_stranger;
    QSslConfiguration m_server; ///< asks for one of the first authority's
    QStringList m_serverFiles; ///< certificate, key
    QString m_certificate;
    QString m_key;
    int m_count = 0;
};

KINDLING_TEST(TestClientCertificates)
#include "tst_clientcertificates.moc"
