// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/tlstrust.h"
#include "app/storage/settings.h"
#include "tests/command/playedserver.h"
#include "tests/command/program.h"
#include "tests/net/testcertificates.h"
#include "tests/net/tlsserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
enum class Trust { System, Authority, Pin, PinOfAnother };
}
Q_DECLARE_METATYPE(Trust)

/// Servers that the window stored, with the way to them, used by name.
class TestStoredServers final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_home = std::make_unique<QTemporaryDir>();
    }

    void trustsWhomItWasToldToTrust_data()
    {
        QTest::addColumn<Trust>("trust");
        QTest::addColumn<bool>("isTrusted");
        QTest::newRow("nobody told") << Trust::System << false;
        QTest::newRow("own authority") << Trust::Authority << true;
        QTest::newRow("pinned") << Trust::Pin << true;
        QTest::newRow("another is pinned") << Trust::PinOfAnother << false;
    }
    void trustsWhomItWasToldToTrust()
    {
        QFETCH(Trust, trust);
        QFETCH(bool, isTrusted);
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("the openssl command is not installed");
        TestCertificates certificates;
        QVERIFY2(certificates.make(), qPrintable(certificates.problem()));
        const QSslConfiguration configuration = certificates.issue({});
        TlsServer server(configuration);
        ServerProfile stored = profileOf(server.url());
        if (trust == Trust::Authority)
            stored.authorityFile = certificates.authorityPath();
        else if (trust != Trust::System)
            stored.fingerprint = trust == Trust::Pin ? fingerprintOf(configuration.localCertificate()) : QByteArray(32, 'x');
        store(stored);
        Program program(*m_home);
        // The server speaks no Livy, so that the check ends behind TLS at the latest.
        QCOMPARE(program.runToEnd({ u"check"_s, u"prod"_s, u"--json"_s }), 3);
        const QJsonArray steps = QJsonDocument::fromJson(program.out).object()[u"steps"].toArray();
        QVERIFY2(steps.size() >= 3, program.all().constData());
        QCOMPARE(steps.at(2)[u"step"], u"tls"_s);
        QCOMPARE(steps.at(2)[u"ok"].toBool(), isTrusted);
        QCOMPARE(server.received().contains("GET /sessions"), isTrusted);
    }

    void showsTheServerTheStoredCertificate_data()
    {
        QTest::addColumn<bool>("isTyped");
        QTest::newRow("as stored") << false;
        QTest::newRow("as typed") << true;
    }
    void showsTheServerTheStoredCertificate()
    {
        QFETCH(const bool, isTyped);
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("the openssl command is not installed");
        TestCertificates certificates;
        QVERIFY2(certificates.make(), qPrintable(certificates.problem()));
        QSslConfiguration strict = certificates.issue({});
        strict.setPeerVerifyMode(QSslSocket::VerifyPeer);
        strict.setCaCertificates(QSslCertificate::fromPath(certificates.authorityPath()));
        QVERIFY(!certificates.issue({}).isNull());
        TlsServer server(strict);
        ServerProfile stored = profileOf(server.url());
        stored.authorityFile = certificates.authorityPath();
        stored.clientCertificateFile = isTyped ? u"/gone.pem"_s : certificates.lastPath(u"pem"_s);
        stored.clientKeyFile = certificates.lastPath(u"key"_s);
        store(stored);
        Program program(*m_home);
        QStringList words{ u"check"_s, u"prod"_s };
        if (isTyped)
            words += { u"--client-cert"_s, certificates.lastPath(u"pem"_s), u"--client-key"_s, certificates.lastPath(u"key"_s) };
        QCOMPARE(program.runToEnd(words), 3); // it speaks no Livy
        QVERIFY2(server.received().contains("GET /sessions"), program.all().constData());
    }

    void withoutItsAuthorityNothingIsAsked()
    {
        ServerProfile stored = profileOf(QUrl(u"https://127.0.0.1:1"_s));
        stored.authorityFile = m_home->filePath(u"gone.pem"_s);
        store(stored);
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"list"_s, u"--server"_s, u"prod"_s }), 2);
        QVERIFY2(program.err.contains("gone.pem"), program.err.constData());
    }

    void asksForTheStoredUser_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("user");
        QTest::newRow("list") << QStringList{ u"list"_s, u"--server"_s, u"prod"_s } << u"etl"_s;
        QTest::newRow("check") << QStringList{ u"check"_s, u"prod"_s } << u"etl"_s;
        QTest::newRow("another is typed") << QStringList{ u"list"_s, u"--server"_s, u"prod"_s, u"--do-as"_s, u"bob"_s } << u"bob"_s;
    }
    void asksForTheStoredUser()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, user);
        PlayedServer server;
        ServerProfile stored = profileOf(QUrl(server.address()));
        stored.doAs = u"etl"_s;
        store(stored);
        Program program(*m_home);
        QCOMPARE(program.runToEnd(words), 0);
        const qsizetype sessions = server.asked().indexOf(u"GET /sessions"_s);
        QVERIFY(sessions >= 0);
        QCOMPARE(server.users().at(sessions), user);
    }

    void changesNothingOnAReadOnlyServer_data()
    {
        QTest::addColumn<bool>("isByAddress");
        QTest::newRow("by its name") << false;
        QTest::newRow("by its address") << true;
    }
    void changesNothingOnAReadOnlyServer()
    {
        QFETCH(bool, isByAddress);
        PlayedServer server;
        ServerProfile stored = profileOf(QUrl(server.address()));
        stored.isReadOnly = true;
        store(stored);
        Program program(*m_home);
        const QString named = isByAddress ? QString(server.address() + u'/') : stored.name;
        QCOMPARE(program.runToEnd({ u"run"_s, notebook(), u"--server"_s, named }), 3);
        QVERIFY2(program.err.contains("read-only"), program.err.constData());
        QVERIFY(server.asked().filter(u"POST"_s).isEmpty());
    }

    void runsOnThisMachineWithTheChosenPython()
    {
        ServerProfile local = profileOf({});
        local.kind = ServerKind::LocalSpark;
        local.python = u"/nowhere/python"_s;
        store(local);
        Program program(*m_home);
        QProcessEnvironment environment = program.processEnvironment();
        environment.insert(u"XDG_CACHE_HOME"_s, m_home->filePath(u"cache"_s)); // where no Python of Kindling's own is
        environment.remove(u"KINDLING_PYTHON"_s);
        program.setProcessEnvironment(environment);
        QCOMPARE(program.runToEnd({ u"run"_s, notebook(), u"--server"_s, u"local"_s }), 3);
        QVERIFY2(program.err.contains("/nowhere/python"), program.err.constData());
    }

    void saysWhichHeaderHasNoValueWhereNoKeychainIs()
    {
        PlayedServer server;
        ServerProfile stored = profileOf(QUrl(server.address()));
        stored.headerNames = { u"X-Key"_s };
        store(stored);
        Program without(*m_home);
        QCOMPARE(without.runToEnd({ u"list"_s, u"--server"_s, u"prod"_s }), 3);
        QVERIFY2(without.err.contains("X-Key"), without.err.constData());
        QVERIFY(server.asked().isEmpty());
        Program typed(*m_home);
        QCOMPARE(typed.runToEnd({ u"list"_s, u"--server"_s, u"prod"_s, u"--header-env"_s, u"KEY"_s }), 0);
        QVERIFY(!typed.all().contains("k3y-s3cret"));
    }

private:
    /// With one cell.
    [[nodiscard]] QString notebook() const
    {
        QFile file(m_home->filePath(u"n.ipynb"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(R"({"nbformat":4,"nbformat_minor":4,"metadata":{},"cells":[{"cell_type":"code","metadata":{},"source":"1","outputs":[],"execution_count":null}]})");
        return file.fileName();
    }
    static ServerProfile profileOf(const QUrl& url)
    {
        ServerProfile profile;
        profile.id = u"1"_s;
        profile.name = u"prod"_s;
        profile.url = url;
        return profile;
    }
    void store(const ServerProfile& profile) const { Settings(m_home->filePath(u"config/kindling"_s)).setServers({ profile }); }

    std::unique_ptr<QTemporaryDir> m_home;
};

KINDLING_TEST(TestStoredServers)
#include "tst_storedservers.moc"
