// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/advice.h"
#include "app/command/checkreport.h"
#include "tests/net/testcertificates.h"
#include "tests/net/tlsserver.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// The way to the server is real, what the server says is scripted.
class TestServerCheck final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_state = std::make_shared<FakeSparkApi::State>();
        m_api = std::make_unique<FakeSparkApi>(m_clock, m_state);
        m_profile = {};
        m_profile.name = u"prod"_s;
    }

    void goesTheWholeWay()
    {
        m_state->sessions = { sparkItem(u"0"_s, u"idle"_s), sparkItem(u"1"_s, u"dead"_s) };
        m_state->batches = { sparkItem(u"0"_s, u"running"_s) };
        QVERIFY(check(plainUrl()));
        QCOMPARE(keys(), (QStringList{ u"name"_s, u"tcp"_s, u"sign-in"_s, u"version"_s, u"dialect"_s, u"rights"_s, u"counts"_s }));
        const QJsonObject counts = json()[u"steps"].toArray().last().toObject();
        QCOMPARE(counts[u"sessions"], 2);
        QCOMPARE(counts[u"batches"], 1);
        QVERIFY(std::ranges::all_of(m_state->calls, [](const QString& call) { return call.startsWith(u"GET"_s); }));
    }

    void stopsWhereItFails_data()
    {
        QTest::addColumn<QString>("at"); // the request that fails
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("step"); // the last one; "counts" = none failed
        QTest::newRow("sign-in refused") << u"sessions"_s << ErrorKind::SignIn << u"sign-in"_s;
        QTest::newRow("no secret stored") << u"sessions"_s << ErrorKind::PersonNeeded << u"sign-in"_s;
        QTest::newRow("sessions forbidden") << u"sessions"_s << ErrorKind::Forbidden << u"rights"_s;
        QTest::newRow("batches forbidden") << u"batches"_s << ErrorKind::Forbidden << u"rights"_s;
        QTest::newRow("not Livy") << u"sessions"_s << ErrorKind::Protocol << u"dialect"_s;
        QTest::newRow("no answer") << u"sessions"_s << ErrorKind::Timeout << u"answer"_s;
        QTest::newRow("gateway breaks") << u"sessions"_s << ErrorKind::Server << u"answer"_s;
        QTest::newRow("connection breaks") << u"sessions"_s << ErrorKind::Network << u"answer"_s;
        QTest::newRow("too busy") << u"sessions"_s << ErrorKind::Busy << u"answer"_s;
        QTest::newRow("wrong path") << u"sessions"_s << ErrorKind::NotFound << u"dialect"_s;
        QTest::newRow("no version") << u"version"_s << ErrorKind::NotFound << u"counts"_s;
        QTest::newRow("version forbidden") << u"version"_s << ErrorKind::Forbidden << u"counts"_s;
        QTest::newRow("a page for the version") << u"version"_s << ErrorKind::Protocol << u"counts"_s;
        QTest::newRow("version breaks") << u"version"_s << ErrorKind::Server << u"counts"_s;
        QTest::newRow("version never comes") << u"version"_s << ErrorKind::Timeout << u"version"_s;
    }
    void stopsWhereItFails()
    {
        QFETCH(QString, at);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, step);
        if (at == "version"_L1) {
            m_state->onVersion = [kind]() -> Script<ServerVersion> { return std::unexpected(test::errorOf(kind)); };
        } else {
            m_state->onList = [kind, fails = at == "sessions"_L1 ? ItemType::Session : ItemType::Batch](ItemType type, int, int) -> Script<ItemPage> {
                return type == fails ? Script<ItemPage>(std::unexpected(test::errorOf(kind))) : ItemPage{};
            };
        }
        const bool isGood = step == "counts"_L1;
        QCOMPARE(check(plainUrl()), isGood);
        QCOMPARE(keys().last(), step);
        QCOMPARE(json()[u"ok"].toBool(), isGood);
        QCOMPARE(json().contains(u"next"_s), !isGood);
        QCOMPARE(stepLine(m_steps.last()).startsWith(u"✗ "_s), !isGood);
    }

    void asksNothingOfAServerThatItCannotTrust()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("the openssl command is not installed");
        TestCertificates certificates;
        QVERIFY(certificates.make());
        TlsServer server(certificates.issue({}));
        QVERIFY(!check(server.url()));
        QCOMPARE(keys().last(), u"tls"_s);
        QVERIFY(m_state->calls.isEmpty());
        QVERIFY(json()[u"next"].toString().contains(u"--cacert"_s));
        QVERIFY2(stepLine(m_steps.last()).contains(QRegularExpression(u"^✗ TLS .*not trusted.*issued by Test authority.*fingerprint ([0-9A-F]{2}:){31}"_s)),
            qPrintable(stepLine(m_steps.last())));
        const QJsonObject tls = json()[u"steps"].toArray().last().toObject();
        QVERIFY(tls[u"issuer"].toString().startsWith(u"Test authority"_s));
        QCOMPARE(tls[u"expires"].toString(), u"2099-01-01T00:00:00Z"_s);

        // what it showed is enough to pin it
        TransportOptions pinned;
        pinned.fingerprint = fingerprintFromText(tls[u"fingerprint"].toString()).value();
        QVERIFY(check(server.url(), pinned));
        QCOMPARE(keys().at(2), u"tls"_s);
        QVERIFY(m_steps.at(2).text.startsWith(u"TLS 1.3; certificate of "_s));
    }

    void saysHowItSignedIn()
    {
        m_profile.auth = AuthKind::Basic;
        m_profile.user = u"ann"_s;
        QVERIFY(check(plainUrl()));
        QCOMPARE(stepLine(m_steps.at(2)), u"✓ Sign-in     accepted, as ann"_s);
        m_profile.auth = AuthKind::None;
        QVERIFY(check(plainUrl()));
        QCOMPARE(m_steps.at(2).text, u"none is needed"_s);
        TransportOptions withHeader;
        withHeader.headers = { { "X-Api-Key", "s3cret" } };
        m_profile.headerNames = { u"X-Tenant"_s };
        QVERIFY(check(plainUrl(), withHeader));
        QCOMPARE(m_steps.at(2).text, u"let in, with the header X-Tenant, X-Api-Key"_s);
    }

    void namesTheServerWhereTheWordsDoNot()
    {
        m_profile.url = QUrl(u"https://h:8/livy"_s);
        const auto line = [this](ErrorKind kind, const QString& title, const QString& detail = {}) {
            return oneLine(failure(kind, title, detail).error(), m_profile);
        };
        QCOMPARE(line(ErrorKind::Server, u"It broke."_s), u"It broke. (server: prod)"_s);
        QCOMPARE(line(ErrorKind::Server, u"h:8 broke."_s), u"h:8 broke."_s);
        QCOMPARE(line(ErrorKind::Server, u"prod broke."_s), u"prod broke."_s);
        QCOMPARE(line(ErrorKind::Io, u"/a cannot be written."_s), u"/a cannot be written."_s);
        QCOMPARE(line(ErrorKind::Server, u"prod broke."_s, u"no more\n memory"_s), u"prod broke. (no more memory)"_s);
        QCOMPARE(line(ErrorKind::Server, u"prod broke."_s, u"code"_s), u"prod broke."_s);
        QCOMPARE(line(ErrorKind::Server, u"prod broke."_s, QString(600, u'x') + u" y"_s), u"prod broke."_s);
    }

    void errorsThatDoNotSayItThemselvesHaveAdvice()
    {
        for (int number = 0; number <= static_cast<int>(ErrorKind::Io); ++number) {
            const auto kind = static_cast<ErrorKind>(number);
            const bool saysItself = kind == ErrorKind::Unavailable || kind == ErrorKind::Cancelled;
            QCOMPARE(adviceFor(test::errorOf(kind)).isEmpty(), saysItself);
        }
    }

    void whatIsGoneIsNotABadAddress()
    {
        Error error = test::errorOf(ErrorKind::NotFound);
        for (const auto& path : { "/sessions/4", "/gateway/default/livy/v1/batches/9/log", "/sessions/4/statements/0" }) {
            error.url = QUrl(u"http://h:8998"_s + QLatin1StringView(path));
            QVERIFY2(adviceFor(error).contains("kindling list"_L1), path);
        }
        for (const auto& path : { "/sessions", "/livy/batches?from=0", "/version" }) {
            error.url = QUrl(u"http://h:8998"_s + QLatin1StringView(path));
            QVERIFY2(adviceFor(error).contains("path of the address"_L1), path);
        }
        QVERIFY(adviceFor(test::errorOf(ErrorKind::NotFound)).contains("kindling list"_L1));
    }

private:
    QUrl plainUrl()
    {
        if (!m_listener.isListening())
            m_listener.listen(QHostAddress::LocalHost);
        return QUrl(u"http://127.0.0.1:%1"_s.arg(m_listener.serverPort()));
    }
    bool check(const QUrl& url, TransportOptions options = {})
    {
        m_profile.url = url;
        ServerCheck check(m_profile, options, *m_api);
        QSignalSpy finished(&check, &ServerCheck::finished);
        QSignalSpy ended(&check, &ServerCheck::stepEnded);
        check.start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return false;
        m_steps = check.steps();
        return ended.size() == m_steps.size() && finished.first().first().toBool();
    }
    [[nodiscard]] QStringList keys() const
    {
        QStringList result;
        for (const CheckStep& step : m_steps)
            result.append(stepKey(step.name));
        return result;
    }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(checkJson(m_profile.url.toString(), m_steps)).object(); }

    SystemClock m_clock;
    QTcpServer m_listener;
    std::shared_ptr<FakeSparkApi::State> m_state;
    std::unique_ptr<FakeSparkApi> m_api;
    ServerProfile m_profile;
    QList<CheckStep> m_steps;
};

KINDLING_TEST(TestServerCheck)
#include "tst_servercheck.moc"
