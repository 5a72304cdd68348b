// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/livy/httperror.h"
#include "app/livy/livyapi.h"
#include "app/net/httptransport.h"
#include "tests/live/reallivy.h"
#include "tests/livy/recordings.h"
#include "tests/support/awaited.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QJsonValue parsed(const QByteArray& body)
{
    return QJsonDocument::fromJson('[' + body + ']')[0];
}

/// Where two answers differ in keys or types; empty = nowhere. Null goes with everything: what is known grows.
QString difference(const QJsonValue& recorded, const QJsonValue& now, const QString& path = u"$"_s)
{
    if (recorded.isNull() || now.isNull() || path.endsWith(".log"_L1))
        return {};
    if (recorded.type() != now.type())
        return path + u": another type"_s;
    if (recorded.isArray() && !recorded.toArray().isEmpty() && !now.toArray().isEmpty())
        return difference(recorded[0], now[0], path + u"[0]"_s);
    const QJsonObject ours = now.toObject();
    const QJsonObject theirs = recorded.toObject();
    if (ours.keys() != theirs.keys())
        return path + u": has "_s + ours.keys().join(u',') + u", not "_s + theirs.keys().join(u',');
    for (const QString& key : theirs.keys()) {
        const QString deeper = difference(theirs[key], ours[key], path + u'.' + key);
        if (!deeper.isEmpty())
            return deeper;
    }
    return {};
}
}

/// Our own client against the published real server, with real batches.
class TestRealLivy final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString reason = RealLivy::whyNot();
        if (!reason.isEmpty())
            QSKIP(qPrintable(reason));
        m_livy = std::make_unique<RealLivy>();
        QVERIFY2(m_livy->start(), m_livy->said().right(4000).constData());
        m_api = makeLivyApi(m_livy->url(), std::make_unique<HttpTransport>(u"real"_s, nullptr, m_clock, nullptr));
        QFile job(m_livy->work() + u"/job.py"_s);
        QVERIFY(job.open(QIODevice::WriteOnly));
        job.write("import sys\nfrom pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n"
                  "print('rows', spark.range(7).count(), sys.argv[1:])\nif 'fail' in sys.argv:\n    raise SystemExit(3)\nspark.stop()\n");
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        if (!m_api)
            QSKIP("The server is not running.");
    }
    void cleanupTestCase()
    {
        m_api.reset();
        m_livy.reset();
    }

    void answersAsWhenItWasRecorded()
    {
        // the recording begins with a server that has seen nothing, so it goes first
        int compared = 0;
        for (const Recording& each : allRecordings()) {
            if (!each.name.startsWith(u"livy-0.7.1"_s))
                continue;
            QVERIFY2(waitForState(each.json), qPrintable(each.name));
            const HttpResponse answer = replay(each.json);
            QVERIFY2(answer.status == each.json["status"_L1].toInt(), qPrintable(each.name + u" gave "_s + QString::number(answer.status)));
            if (each.json.contains("json"_L1)) {
                const QString found = difference(each.json["json"_L1], parsed(answer.body));
                QVERIFY2(found.isEmpty(), qPrintable(each.name + u' ' + found));
            }
            ++compared;
        }
        QCOMPARE(compared, 30);
    }
    void tellsItsVersion()
    {
        const auto version = wait<ServerVersion>([this](auto reply) { m_api->version(this, reply); });
        QVERIFY(version->isAtLeast(0, 7) && !version->isAtLeast(0, 8));
        QVERIFY(!version->revision.isEmpty());
    }
    void speaksTlsWithWhomItIsTrustedBy()
    {
        RealLivy secure(RealLivy::Line::Tls);
        QVERIFY2(secure.start(), secure.said().right(4000).constData());
        QCOMPARE(secure.url().scheme(), u"https"_s);
        const TransportOptions trusting{ .authorities = readAuthorities(secure.certificatePath()).value() };
        const auto api = makeLivyApi(secure.url(), std::make_unique<HttpTransport>(u"real"_s, nullptr, m_clock, nullptr, trusting));
        const auto version = wait<ServerVersion>([this, &api](auto reply) { api->version(this, reply); });
        QVERIFY2(version, qPrintable(version ? QString() : version.error().title));
        NewBatch wanted;
        wanted.file = secure.work() + u"/none.py"_s;
        const auto made = wait<SparkItem>([this, &api, &wanted](auto reply) { api->batches()->create(wanted, this, reply); });
        QVERIFY2(made, qPrintable(made ? QString() : made.error().title + made.error().detail));
        const auto removed = wait<Done>([this, &api, &made](auto reply) { api->batches()->remove(made->id, this, reply); });
        QVERIFY2(removed, qPrintable(removed ? QString() : removed.error().title));

        const auto stranger = makeLivyApi(secure.url(), std::make_unique<HttpTransport>(u"real"_s, nullptr, m_clock, nullptr));
        const auto refused = wait<ServerVersion>([this, &stranger](auto reply) { stranger->version(this, reply); });
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Tls);
    }
    void aBatchSucceedsAndAnotherFails()
    {
        const auto good = batch(u"good"_s, { u"a"_s, u"b c"_s });
        QVERIFY2(good, qPrintable(good ? QString() : good.error().detail));
        const auto bad = batch(u"bad"_s, { u"fail"_s });
        QVERIFY(bad);
        QCOMPARE(endOf(good->id), ItemStateValue::Success);
        QCOMPARE(endOf(bad->id), ItemStateValue::Dead);
        const auto log = wait<LogSlice>([&](auto reply) { m_api->logs()->batchLog(good->id, {}, this, reply); });
        QCOMPARE(log->lines.first(), u"stdout: "_s);
        QVERIFY(log->lines.contains(u"rows 7 ['a', 'b c']"_s));
        QCOMPARE(log->total, log->lines.size());
        const auto head = wait<LogSlice>([&](auto reply) { m_api->logs()->batchLog(good->id, { 1, 3 }, this, reply); });
        QCOMPARE(head->lines, log->lines.mid(1, 3));
        QCOMPARE(wait<SparkItem>([&](auto reply) { m_api->batches()->fetch(u"good"_s, this, reply); })->id, good->id);
        QVERIFY(wait<Done>([&](auto reply) { m_api->batches()->remove(bad->id, this, reply); }));
        QCOMPARE(wait<SparkItem>([&](auto reply) { m_api->batches()->fetch(bad->id, this, reply); }).error().kind, ErrorKind::NotFound);
    }
    void saysWhatItRefusesInPlainWords_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("title");
        const QString job = u"%1/job.py"_s;
        QTest::newRow("no file") << QByteArray("{}") << u"A batch needs a file to run."_s;
        QTest::newRow("a path elsewhere") << QByteArray("{\"file\":\"/etc/passwd\"}") << u"%1 takes no files from this folder."_s;
        QTest::newRow("no path") << QByteArray("{\"file\":\"job.py\"}") << u"The path of a file has to be absolute, or to have a scheme."_s;
        QTest::newRow("an unknown field") << QByteArray("{\"file\":\"/x\",\"kind\":\"spark\"}")
                                          << u"%1 does not know a field of this request. Perhaps it is an older version."_s;
        QTest::newRow("no JSON") << QByteArray("{bad") << u"The request is no valid JSON to %1."_s;
    }
    void saysWhatItRefusesInPlainWords()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, title);
        const auto refused = wait<SparkItem>([&](auto reply) { m_api->batches()->createRaw(body, this, reply); });
        QVERIFY(!refused);
        const QString place = m_livy->url().authority();
        QCOMPARE(refused.error().title, title.contains(u"%1"_s) ? title.arg(place) : title);
        QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    }
    void interactiveSessionsAreRefusedWithTheReason()
    {
        const auto refused = wait<SparkItem>([this](auto reply) { m_api->sessions()->create({}, this, reply); });
        QVERIFY(refused.error().title.contains(u"runs batches only"_s));
        QCOMPARE(wait<ItemPage>([this](auto reply) { m_api->sessions()->list(0, 10, this, reply); })->total, 0);
    }
    void aRefusedBatchIsListedAsAPhantomAndCanBeDeleted()
    {
        NewBatch wanted;
        wanted.file = u"/etc/passwd"_s;
        wanted.name = u"ghost"_s;
        QVERIFY(!wait<SparkItem>([&](auto reply) { m_api->batches()->create(wanted, this, reply); }));
        const auto ghost = wait<SparkItem>([this](auto reply) { m_api->batches()->fetch(u"ghost"_s, this, reply); });
        QCOMPARE(ghost->state.value, ItemStateValue::Starting);
        const auto taken = wait<SparkItem>([&](auto reply) { m_api->batches()->create(wanted, this, reply); });
        QVERIFY(taken.error().title.contains(u"name is taken"_s));
        QVERIFY(wait<Done>([&](auto reply) { m_api->batches()->remove(ghost->id, this, reply); }));
        QCOMPARE(wait<SparkItem>([this](auto reply) { m_api->batches()->fetch(u"ghost"_s, this, reply); }).error().kind, ErrorKind::NotFound);
    }
    void listsInPages()
    {
        for (int i = 0; i < 3; ++i)
            QVERIFY(!wait<SparkItem>([this](auto reply) { m_api->batches()->createRaw("{\"file\":\"/etc/passwd\"}", this, reply); }));
        const auto all = wait<ItemPage>([this](auto reply) { m_api->batches()->list(0, 1000, this, reply); });
        QVERIFY(all->items.size() >= 3);
        QCOMPARE(all->total, all->items.size());
        const auto second = wait<ItemPage>([this](auto reply) { m_api->batches()->list(1, 2, this, reply); });
        QCOMPARE(second->from, 1);
        QCOMPARE(second->items.size(), 2);
        QCOMPARE(second->items.first().id, all->items.at(1).id);
        QCOMPARE(wait<ItemPage>([this](auto reply) { m_api->batches()->list(100'000, 2, this, reply); })->items.size(), 0);
    }
    void asksForAnotherUserInVain()
    {
        // without impersonation it is ignored, not refused
        const auto api = makeLivyApi(m_livy->url(), std::make_unique<HttpTransport>(u"bob"_s, nullptr, m_clock, nullptr), u"bob"_s);
        QVERIFY(wait<ItemPage>([&](auto reply) { api->batches()->list(0, 1, this, reply); }));
    }
    void packsItsAnswers()
    {
        QNetworkRequest request(QUrl(m_livy->url().toString() + u"/batches"_s));
        request.setRawHeader("Accept-Encoding", "gzip");
        const auto reply = raw("GET", request, {});
        QCOMPARE(reply->rawHeader("Content-Encoding"), QByteArray("gzip"));
        QVERIFY(reply->readAll().startsWith("\x1f\x8b"));
    }
    void protectsAgainstForgedRequestsAndTakesOurs()
    {
        QNetworkRequest request(QUrl(m_livy->url().toString() + u"/batches"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const auto reply = raw("POST", request, "{}");
        HttpResponse response;
        response.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        response.contentType = reply->rawHeader("Content-Type");
        response.body = reply->readAll();
        QCOMPARE(response.status, 400);
        const Error error = errorOf(response, request.url());
        QVERIFY2(error.title.contains(u"X-Requested-By"_s), response.body.constData());
        QVERIFY(!error.detail.contains(u'<'));
    }
    void theEngineShowsItWhole()
    {
        ServerProfile profile;
        profile.id = u"real"_s;
        Server server(profile, makeLivyApi(m_livy->url(), std::make_unique<HttpTransport>(u"engine"_s, nullptr, m_clock, nullptr)), m_clock);
        server.start();
        QTRY_COMPARE_WITH_TIMEOUT(server.connection(), ConnectionState::Online, 60'000);
        QCOMPARE(server.version().minor, 7);
        NewBatch wanted;
        wanted.file = m_livy->work() + u"/job.py"_s;
        wanted.driverMemory = u"512m"_s;
        wanted.proxyUser = u"bob"_s;
        QStringList notes;
        connect(&server, &Server::transitionSeen, this, [&notes](const Transition& seen) { notes.append(seen.note); });
        QString id;
        server.createBatch(wanted, this, [&id](const Result<SparkItem>& made) { id = made ? made->id : u"none"_s; });
        QTRY_VERIFY_WITH_TIMEOUT(server.batches().find(id), 60'000);
        QVERIFY(notes.contains(u"The server ignored that it should run as bob."_s));
        bool isGone = false;
        server.remove(ItemType::Batch, id, this, [&isGone](const Result<Done>& done) { isGone = done.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(isGone, 120'000);
    }

private:
    template<typename T, typename Call>
    Result<T> wait(Call call)
    {
        return awaited<T>(std::move(call), std::chrono::seconds(130));
    }
    Result<SparkItem> batch(const QString& name, const QStringList& arguments)
    {
        NewBatch wanted;
        wanted.file = m_livy->work() + u"/job.py"_s;
        wanted.name = name;
        wanted.args = arguments;
        wanted.driverMemory = u"512m"_s;
        return wait<SparkItem>([&](auto reply) { m_api->batches()->create(wanted, this, reply); });
    }
    ItemStateValue endOf(const QString& id)
    {
        ItemState state;
        const bool hasEnded = QTest::qWaitFor([&] {
            state = wait<ItemState>([&](auto reply) { m_api->batches()->state(id, this, reply); }).value_or(ItemState{});
            return state.isEnded();
        }, std::chrono::seconds(240));
        return hasEnded ? state.value : ItemStateValue::Unknown;
    }
    std::unique_ptr<QNetworkReply> raw(const QByteArray& method, const QNetworkRequest& request, const QByteArray& body)
    {
        std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(30'000);
        return reply;
    }
    /// A recorded state is waited for before its answer is compared.
    bool waitForState(const QJsonObject& recorded)
    {
        const QString note = recorded["note"_L1].toString();
        if (note != "state success"_L1)
            return true;
        return endOf(u"0"_s) == ItemStateValue::Success;
    }
    HttpResponse replay(const QJsonObject& recorded)
    {
        const QJsonObject request = recorded["request"_L1].toObject();
        const QJsonValue body = request["body"_L1];
        QByteArray text = body.isString() ? body.toString().toUtf8() : body.isObject() ? QJsonDocument(body.toObject()).toJson() : QByteArray();
        text.replace("/srv/livy", m_livy->work().toUtf8());
        QNetworkRequest wanted(QUrl(m_livy->url().toString() + request["path"_L1].toString()));
        wanted.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        wanted.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        wanted.setRawHeader("X-Requested-By", "test");
        const auto reply = raw(request["method"_L1].toString().toUtf8(), wanted, text);
        HttpResponse response;
        response.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        response.body = reply->readAll();
        return response;
    }

    SystemClock m_clock;
    std::unique_ptr<RealLivy> m_livy;
    std::unique_ptr<SparkApi> m_api;
    QNetworkAccessManager m_network;
};

KINDLING_TEST(TestRealLivy)
#include "tst_reallivy.moc"
