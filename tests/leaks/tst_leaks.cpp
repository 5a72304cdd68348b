// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livyapi.h"
#include "app/models/requestsmodel.h"
#include "app/net/httptransport.h"
#include "app/storage/credentials.h"
#include "app/storage/secretstore.h"
#include "app/storage/settings.h"
#include "tests/net/faultserver.h"
#include "tests/support/testmain.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
// None of them is a word, or part of one.
const QString password = u"pä55-W0RD-q7"_s;
const QString token = u"eyJhbGciOi.T0KEN-q7.sig"_s;
const QString apiKey = u"K3Y-q7-K3Y"_s;
const QString confSecret = u"C0NF-q7-SECRET"_s;
const QString urlSecret = u"URL-q7-SECRET"_s;
const QString cookie = u"C00KIE-q7"_s;
const QString uploaded = u"UPL0AD-q7"_s;

/// The secrets in every form in which they may travel.
QList<QByteArray> forms()
{
    QList<QByteArray> all{ Credential::basic(u"ann"_s, password).headers.first().second.sliced(6) };
    for (const QString& secret : { password, token, apiKey, confSecret, urlSecret, cookie, uploaded })
        all << secret.toUtf8() << secret.toUtf8().toBase64() << QUrl::toPercentEncoding(secret);
    return all;
}

/// Which of them is in there; empty = none.
QByteArray leakIn(const QByteArray& text)
{
    for (const QByteArray& form : forms()) {
        if (text.contains(form))
            return form + " in " + text.left(2000);
    }
    return {};
}
}

class TestLeaks final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void theSearchFindsWhatItLooksFor()
    {
        for (const QByteArray& form : forms())
            QVERIFY(!leakIn("x" + form + "y").isEmpty());
        QVERIFY(leakIn("password token key").isEmpty());
    }

    void nothingShownOrKeptHoldsASecret_data()
    {
        QTest::addColumn<bool>("isBearer");
        QTest::addColumn<QByteArray>("answer");
        // what servers and gateways say, with the request's own headers in it as some do
        const QByteArray echo = "Authorization: %AUTH% X-Api-Key: " + apiKey.toUtf8();
        const QList<std::pair<const char*, QByteArray>> answers{ { "success", FaultServer::answer(200, "{\"id\":0,\"state\":\"idle\"}", setCookie()) },
            { "401", FaultServer::answer(401, "{\"token\":\"" + token.toUtf8() + "\"}", "WWW-Authenticate: Basic\r\n" + setCookie()) },
            { "403 page", FaultServer::answer(403, "<html><body>" + echo + "</body></html>") },
            { "400 object", FaultServer::answer(400, "{\"msg\":\"refused: " + echo + "\"}") },
            { "500 bare text", FaultServer::answer(500, "\"java.lang.IllegalStateException: " + echo + "\"") },
            { "502", FaultServer::answer(502, "<html>" + echo + "</html>") },
            { "redirect", FaultServer::answer(302, "", "Location: http://other.example/?access_token=" + QUrl::toPercentEncoding(urlSecret) + "\r\n") },
            { "200 page", FaultServer::answer(200, "<html><body>" + echo + "</body></html>") },
            { "page with the secrets as they are", FaultServer::answer(403, "<html><p>You sent %SECRET% here</p></html>") },
            { "no JSON", FaultServer::answer(200, "{\"password\":\"" + password.toUtf8() + "\",") }, { "no answer", "" } };
        for (const bool isBearer : { false, true }) {
            for (const auto& [name, answer] : answers)
                QTest::addRow("%s, %s", isBearer ? "bearer" : "Basic", name) << isBearer << answer;
        }
    }
    void nothingShownOrKeptHoldsASecret()
    {
        QFETCH(const bool, isBearer);
        QFETCH(QByteArray, answer);
        const Credential credential = isBearer ? Credential::bearer(token) : Credential::basic(u"ann"_s, password);
        answer.replace("%AUTH%", credential.headers.first().second);
        answer.replace("%SECRET%", (isBearer ? token : password).toUtf8());
        FaultServer server([answer](QTcpSocket* socket, const FaultServer::Seen&) { FaultServer::sendAndClose(socket, answer); });
        RequestLog log;
        RequestsModel model(&log);
        SystemClock clock;
        TransportOptions options;
        options.headers = { { "X-Api-Key", apiKey.toUtf8() } };
        QUrl url = server.url();
        url.setUserInfo(u"ann:"_s + urlSecret);
        url.setQuery(u"access_token="_s + urlSecret);
        const auto api = makeLivyApi(url, std::make_unique<HttpTransport>(u"s"_s, std::make_unique<FixedCredential>(credential), clock, &log, options));
        NewSession wanted;
        wanted.conf = { { u"spark.hadoop.fs.azure.account.key.x"_s, confSecret }, { u"spark.ssl.keyPassword"_s, confSecret } };
        int answers = 0;
        QByteArrayList found;
        const auto take = [&](const auto& result) {
            ++answers;
            if (!result)
                found += textOf(result.error());
        };
        api->sessions()->create(wanted, this, take);
        api->sessions()->fetch(u"0"_s, this, take);
        api->sessions()->remove(u"0"_s, this, take);
        api->sessionFiles()->upload(u"0"_s, { SessionFileKind::File, u"x"_s, uploaded.toUtf8() }, this, take);
        QTRY_COMPARE_WITH_TIMEOUT(answers, 4, 30'000);
        QVERIFY(!server.seen().isEmpty());
        for (const Exchange& exchange : log.exchanges())
            found << exchange.url.toEncoded() << exchange.body << exchange.problem.toUtf8() << asCurl(exchange).toUtf8();
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column)
                found << model.index(row, column).data().toString().toUtf8();
        }
        QVERIFY(log.exchanges().size() >= 4);
        const QByteArray leak = leakIn(found.join('\n'));
        QVERIFY2(leak.isEmpty(), leak.constData());
    }

    void theSettingsHoldNoSecret()
    {
        QTemporaryDir folder;
        const auto store = makeMemoryStore();
        {
            Settings settings(folder.path());
            ServerProfile profile;
            profile.id = u"s"_s;
            profile.name = u"prod"_s;
            profile.auth = AuthKind::Basic;
            profile.user = u"ann"_s;
            profile.url = QUrl(u"https://ann:%1@livy.example/x?access_token=%1"_s.arg(urlSecret));
            profile.headerNames = { u"X-Api-Key"_s, u"X-Bad: "_s + apiKey };
            settings.setServers({ profile });
            bool isStored = false;
            storeSecrets(*store, { profile, {}, { password, { { "X-Api-Key", apiKey.toUtf8() } } } }, this, [&isStored](const Result<void>&) { isStored = true; });
            QTRY_VERIFY(isStored);
        }
        QByteArray all;
        for (QDirIterator files(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            all += file.readAll();
        }
        QVERIFY(all.contains("livy.example") && all.contains("X-Api-Key"));
        const QByteArray leak = leakIn(all);
        QVERIFY2(leak.isEmpty(), leak.constData());
    }

    void storedHeadersTravelAndStayHidden()
    {
        const auto store = makeMemoryStore();
        ServerProfile profile;
        profile.id = u"s"_s;
        profile.headerNames = { u"X-Api-Key"_s };
        bool isStored = false;
        storeSecrets(*store, { profile, {}, { {}, { { "X-Api-Key", apiKey.toUtf8() } } } }, this, [&isStored](const Result<void>&) { isStored = true; });
        QTRY_VERIFY(isStored);
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen& seen) { FaultServer::sendAndClose(socket, FaultServer::answer(500, seen.head)); });
        RequestLog log;
        SystemClock clock;
        const auto api = makeLivyApi(server.url(), std::make_unique<HttpTransport>(u"s"_s, std::make_unique<StoredCredential>(profile, store.get()), clock, &log));
        std::optional<Error> error;
        api->sessions()->fetch(u"0"_s, this, [&error](const auto& result) { error = result.error(); });
        QTRY_VERIFY_WITH_TIMEOUT(error.has_value(), 30'000);
        QCOMPARE(server.seen().first().header("X-Api-Key"), apiKey.toUtf8());
        const QByteArray leak = leakIn(textOf(*error) + '\n' + asCurl(log.exchanges().first()).toUtf8());
        QVERIFY2(leak.isEmpty(), leak.constData());
    }

private:
    static QByteArray setCookie() { return "Set-Cookie: hadoop.auth=\"" + cookie.toUtf8() + "\"\r\n"; }
    static QByteArray textOf(const Error& error)
    {
        return error.title.toUtf8() + '\n' + error.detail.toUtf8() + '\n' + error.url.toEncoded() + '\n' + error.bodySample;
    }
};

KINDLING_TEST(TestLeaks)
#include "tst_leaks.moc"
