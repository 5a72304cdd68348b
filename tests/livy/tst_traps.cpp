// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/ids.h"
#include "app/livy/httperror.h"
#include "app/livy/knownreasons.h"
#include "app/livy/livyapi.h"
#include "app/livy/livycodec.h"
#include "app/livy/outputcodec.h"
#include "app/livy/requestcodec.h"
#include "tests/livy/faketransport.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
HttpResponse answerOf(int status, const QByteArray& body, const QByteArray& type = "application/json")
{
    HttpResponse response;
    response.status = status;
    response.body = body;
    response.contentType = type;
    return response;
}

Error errorOf(int status, const QByteArray& body)
{
    return kindling::errorOf(answerOf(status, body), QUrl(u"http://livy:8998/sessions"_s));
}

ServerVersion version(int minor)
{
    ServerVersion result;
    result.minor = minor;
    return result;
}
}

/// The traps of the protocol (livy-protocol 8) that codecs and LivyApi keep clear of, by their numbers; those of the
/// engine are in tests/engine/tst_traps.cpp.
class TestTraps final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_world = FakeLivyWorld(); }

    void trap01SessionsAreSharedSoStatementsNameTheirKind()
    {
        QCOMPARE(encodeSession({}, version(9)), QByteArray("{\"kind\":\"shared\"}"));
        QCOMPARE(encodeStatement(u"1"_s, Kind::PySpark), QByteArray("{\"code\":\"1\",\"kind\":\"pyspark\"}"));
        // "shared" would leave the statement waiting for ever
        QCOMPARE(encodeStatement(u"1"_s, Kind::Shared), QByteArray("{\"code\":\"1\"}"));
        const Error error = errorOf(500, "\"java.util.concurrent.ExecutionException: a.b.RpcException: java.lang.IllegalArgumentException: "
                                         "Code type should be specified if session kind is shared\\n\\tat a.B.c(D.java:1)\"");
        QVERIFY(error.title.contains(u"no language of its own"_s));
        QCOMPARE(error.detail, u"Code type should be specified if session kind is shared"_s);
    }
    void trap02CreationMayAnswer200Or201()
    {
        for (const int status : { 200, 201 }) {
            m_world.answer(status, "{\"id\":3,\"state\":\"starting\"}");
            QCOMPARE(m_world.wait<SparkItem>([this](auto reply) { m_world.api().sessions()->create({}, this, reply); })->id, u"3"_s);
            m_world.answer(status, "{\"id\":7,\"state\":\"waiting\"}");
            QCOMPARE(m_world.wait<Statement>([this](auto reply) { m_world.api().statements()->run(u"3"_s, u"1"_s, Kind::Sql, this, reply); })->id, 7);
        }
    }
    void trap03StatesThatNobodyNamedAreKeptAndAskedOn()
    {
        const auto statement = decodeStatement("{\"id\":1,\"state\":\"pondering\"}");
        QCOMPARE(statement->state, StatementState::Unknown);
        QCOMPARE(statement->rawState, u"pondering"_s);
        QVERIFY(!isTerminal(statement->state));
        const auto item = decodeItem("{\"id\":1,\"state\":\"pondering\"}");
        QCOMPARE(item->state.raw, u"pondering"_s);
        QVERIFY(item->state.isAlive() && !item->state.acceptsStatements());
        QVERIFY(ItemState::fromWire(u"recovering"_s).isAlive());
        QVERIFY(ItemState::fromWire(u"killed"_s).isEnded());
    }
    void trap03AStatementInStateErrorHasFailed()
    {
        const auto bare = decodeStatement("{\"id\":1,\"state\":\"error\",\"output\":null}");
        QCOMPARE(bare->state, StatementState::Available);
        QCOMPARE(bare->output->status, Output::Status::Error);
        const auto worded = decodeStatement("{\"id\":1,\"state\":\"error\",\"output\":{\"status\":\"error\",\"ename\":\"E\",\"evalue\":\"v\"}}");
        QCOMPARE(worded->output->errorName, u"E"_s);
        QCOMPARE(worded->rawState, u"error"_s);
    }
    void trap04ListsAndLogsUseTheirRealKeys()
    {
        const auto log = decodeLog("{\"id\":1,\"from\":5,\"total\":202,\"size\":9,\"log\":[\"a\"]}");
        QCOMPARE(log->total, 202);
        QCOMPARE(decodeStatementPage("{\"total_statements\":100,\"statements\":[]}")->total, 100);
        QCOMPARE(decodeItemPage("{\"from\":0,\"total\":230,\"sessions\":[{\"id\":0,\"state\":\"running\"}]}")->total, 230);
        QCOMPARE(encodeCompletion(u"sc."_s, Kind::Spark, 3), QByteArray("{\"code\":\"sc.\",\"kind\":\"spark\",\"cursor\":3}"));
    }
    void trap05InterruptEndsTheSessionAndCancelDoesNot()
    {
        m_world.answer(200, "{\"msg\":\"interrupted\"}");
        m_world.api().sessions()->endByInterrupt(u"3"_s, this, [](const Result<Done>&) {});
        QCOMPARE(m_world.sent().last().url.path(), u"/sessions/3/interrupt"_s);
        m_world.api().statements()->cancel(u"3"_s, 1, this, [](const Result<Done>&) {});
        QCOMPARE(m_world.sent().last().url.path(), u"/sessions/3/statements/1/cancel"_s);
    }
    void trap06OutputsMayLackWhatOneExpects()
    {
        QVERIFY(!decodeStatement("{\"id\":1,\"state\":\"cancelled\",\"output\":null,\"started\":0}")->output);
        const auto nameless = parseOutput("{\"status\":\"error\",\"execution_count\":1,\"ename\":\"java.lang.Error\",\"evalue\":null,\"traceback\":[]}");
        QCOMPARE(renderOutput(*nameless).errorTitle, u"java.lang.Error"_s);
        const auto magic = parseOutput("{\"status\":\"ok\",\"execution_count\":2,\"data\":{\"msg_type\":\"execute_reply\",\"content\":"
                                       "{\"status\":\"error\",\"ename\":\"KeyError\",\"evalue\":\" x\",\"traceback\":[]}}}");
        QCOMPARE(magic->status, Output::Status::Error);
        QCOMPARE(magic->errorName, u"KeyError"_s);
    }
    void aGatewayThatGaveUpLeavesTheOutcomeOfAPostUnknown()
    {
        for (const int status : { 502, 504 }) {
            m_world.answer(status, "<html><body>Gateway</body></html>");
            const auto sent = m_world.wait<Statement>([this](auto reply) { m_world.api().statements()->run(u"3"_s, u"1"_s, Kind::Sql, this, reply); });
            QCOMPARE(sent.error().kind, ErrorKind::UnknownOutcome);
            QCOMPARE(sent.error().httpStatus, status);
            const auto read = m_world.wait<SparkItem>([this](auto reply) { m_world.api().sessions()->fetch(u"3"_s, this, reply); });
            QCOMPARE(read.error().kind, ErrorKind::Server);
        }
        for (const int status : { 500, 503, 429 }) {
            m_world.answer(status, "{}");
            const auto sent = m_world.wait<Done>([this](auto reply) { m_world.api().sessions()->remove(u"3"_s, this, reply); });
            QVERIFY(sent.error().kind != ErrorKind::UnknownOutcome);
        }
    }
    void retryAfterIsReadAsSecondsAndAsADate_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("serversDate");
        QTest::addColumn<int>("seconds");
        QTest::newRow("seconds") << QByteArray("30") << QByteArray() << 30;
        QTest::newRow("a date") << QByteArray("Sun, 22 Nov 2026 12:01:30 GMT") << QByteArray() << 90;
        QTest::newRow("a date gone by") << QByteArray("Sun, 22 Nov 2026 11:00:00 GMT") << QByteArray() << 0;
        QTest::newRow("a date of a clock ahead") << QByteArray("Mon, 23 Nov 2026 12:01:30 GMT") << QByteArray("Mon, 23 Nov 2026 12:00:50 GMT") << 40;
        QTest::newRow("a date of a clock behind") << QByteArray("Sun, 22 Nov 2026 11:00:00 GMT") << QByteArray("Sun, 22 Nov 2026 10:59:00 GMT") << 60;
        QTest::newRow("longer than anybody waits") << QByteArray("86400") << QByteArray() << 300;
        QTest::newRow("less than nothing") << QByteArray("-5") << QByteArray() << 0;
        QTest::newRow("no number") << QByteArray("soon") << QByteArray() << -1;
    }
    void retryAfterIsReadAsSecondsAndAsADate()
    {
        QFETCH(const QByteArray, header);
        QFETCH(const QByteArray, serversDate);
        QFETCH(const int, seconds);
        HttpResponse response = answerOf(503, "{}");
        response.headers = { { "Retry-After", header } };
        if (!serversDate.isEmpty())
            response.headers.emplaceBack("Date", serversDate);
        response.received = QDateTime(QDate(2026, 11, 22), QTime(12, 0), QTimeZone::UTC);
        const Error error = kindling::errorOf(response, QUrl(u"http://h"_s));
        QCOMPARE(error.kind, ErrorKind::Busy);
        QCOMPARE(error.retryAfter ? static_cast<int>(error.retryAfter->count()) : -1, seconds);
    }
    void trap08ASessionThatIsEndingIsNoFaultOfTheServer()
    {
        QCOMPARE(fateOfSession(errorOf(400, "{\"msg\":\"requirement failed: Session isn't active.\"}")), SessionFate::Ended);
        QCOMPARE(fateOfSession(errorOf(500, "\"java.lang.IllegalStateException: Session is in state dead\"")), SessionFate::Ended);
        QCOMPARE(fateOfSession(errorOf(500, "\"java.util.concurrent.CancellationException\"")), SessionFate::Doubtful);
        QCOMPARE(fateOfSession(errorOf(500, "\"java.lang.IllegalStateException: RPC channel is closed.\"")), SessionFate::Doubtful);
        QCOMPARE(fateOfSession(errorOf(500, "\"java.lang.IllegalStateException: Session is in state starting\"")), SessionFate::Doubtful);
        QCOMPARE(fateOfSession(errorOf(500, "\"java.lang.NullPointerException\"")), SessionFate::NotTold);
        QCOMPARE(errorOf(400, "{\"msg\":\"requirement failed: Session isn't active.\"}").title, u"The session has ended."_s);
    }
    void trap09ATakenNameIsExplained()
    {
        const Error taken = errorOf(400, "{\"msg\":\"Rejected, Reason: Duplicate session name: Some(etl) for session 4\"}");
        QVERIFY(taken.title.contains(u"name is taken"_s));
        QVERIFY(taken.detail.contains(u"Some(etl)"_s));
        QVERIFY(errorOf(400, "{\"msg\":\"Rejected, Reason: requirement failed: Invalid session name: 12\"}").title.contains(u"not a number alone"_s));
        // an empty name would be refused, so none is sent
        QVERIFY(!encodeSession({}, version(9)).contains("name"));
    }
    void trap10SessionsAndBatchesOfOneIdAreTwoThings()
    {
        const ItemKey session{ u"s"_s, ItemType::Session, u"0"_s };
        const ItemKey batch{ u"s"_s, ItemType::Batch, u"0"_s };
        QVERIFY(session != batch);
        QCOMPARE((QSet<ItemKey>{ session, batch }.size()), 2);
    }
    void trap11OldServersGetNoFieldThatTheyRefuse_data()
    {
        QTest::addColumn<int>("minor");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("unknown") << 0 << QByteArray("{\"kind\":\"shared\"}");
        QTest::newRow("0.7") << 7 << QByteArray("{\"kind\":\"shared\"}");
        QTest::newRow("0.8") << 8 << QByteArray("{\"kind\":\"shared\",\"ttl\":\"1h\"}");
        QTest::newRow("0.9") << 9 << QByteArray("{\"kind\":\"shared\",\"ttl\":\"1h\",\"idleTimeout\":\"2h\"}");
        QTest::newRow("0.10") << 10 << QByteArray("{\"kind\":\"shared\",\"ttl\":\"1h\",\"idleTimeout\":\"2h\"}");
    }
    void trap11OldServersGetNoFieldThatTheyRefuse()
    {
        QFETCH(const int, minor);
        NewSession wanted;
        wanted.ttl = u"1h"_s;
        wanted.idleTimeout = u"2h"_s;
        QTEST(encodeSession(wanted, version(minor)), "json");
    }
    void trap11TheTtlOf08IsNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QString>("ttl");
        QTest::newRow("0.8") << QByteArray("0.8.0-incubating") << QString();
        QTest::newRow("0.9") << QByteArray("0.9.0-incubating") << u"bob"_s;
    }
    void trap11TheTtlOf08IsNotBelieved()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const QString, ttl);
        m_world.answer(200, "{\"version\":\"" + version + "\"}");
        QVERIFY(m_world.wait<ServerVersion>([this](auto reply) { m_world.api().version(this, reply); }));
        m_world.answer(200, "{\"id\":0,\"state\":\"idle\",\"proxyUser\":\"bob\",\"ttl\":\"bob\"}");
        QCOMPARE(m_world.wait<SparkItem>([this](auto reply) { m_world.api().sessions()->fetch(u"0"_s, this, reply); })->ttl, ttl);
        m_world.answer(200, "{\"from\":0,\"total\":1,\"sessions\":[{\"id\":0,\"state\":\"idle\",\"proxyUser\":\"bob\",\"ttl\":\"bob\"}]}");
        QCOMPARE(m_world.wait<ItemPage>([this](auto reply) { m_world.api().sessions()->list(0, 1, this, reply); })->items.at(0).ttl, ttl);
    }
    void trap11OrderIsNotAskedOfServersWithoutIt()
    {
        const QByteArray three = "{\"total_statements\":3,\"statements\":[{\"id\":0,\"state\":\"available\"},{\"id\":1,\"state\":\"available\"},{\"id\":2,\"state\":\"running\"}]}";
        m_world.answer(200, three);
        const auto newest = m_world.wait<StatementPage>([this](auto reply) { m_world.api().statements()->list(u"0"_s, { 0, 2, true }, this, reply); });
        QVERIFY(m_world.sent().last().url.query().isEmpty());
        QCOMPARE(newest->statements.size(), 2);
        QCOMPARE(newest->statements.at(0).id, 2);
        QCOMPARE(newest->total, 3);
    }
    void trap12NumbersKeepTheirDigits()
    {
        const auto item = decodeItem("{\"id\":9007199254740993,\"state\":\"idle\",\"driverCores\":0}");
        QCOMPARE(item->id, u"9007199254740993"_s);
        QCOMPARE(item->driverCores, 0);
        const auto statement = decodeStatement("{\"id\":1,\"state\":\"running\",\"progress\":1.0E-5,\"started\":1763800000123}");
        QCOMPARE(statement->progress, 1.0e-5);
        QCOMPARE(statement->started.toMSecsSinceEpoch(), 1763800000123);
        QCOMPARE(decodeStatement("{\"id\":1,\"state\":\"running\",\"progress\":1}")->progress, 1.0);
        const auto output = parseOutput("{\"status\":\"ok\",\"data\":{\"application/json\":{\"schema\":{\"type\":\"struct\",\"fields\":["
                                        "{\"name\":\"n\",\"type\":\"double\"}]},\"data\":[[NaN],[\"Infinity\"],[null]]}}}");
        QVERIFY(output);
        QCOMPARE(renderOutput(*output).table->rowCount(), 3);
    }
    void trap14AddressesAreBuiltFromTheBaseNotFromLocation()
    {
        m_world.answer(201, "{\"id\":3,\"state\":\"starting\"}");
        m_world.addHeader("Location", "/sessions/3");
        QCOMPARE(m_world.wait<SparkItem>([this](auto reply) { m_world.api(u"/gateway/x/livy/v1"_s).sessions()->create({}, this, reply); })->id, u"3"_s);
        m_world.api(u"/gateway/x/livy/v1"_s).sessions()->fetch(u"3"_s, this, [](const Result<SparkItem>&) {});
        QCOMPARE(m_world.sent().last().url.path(), u"/gateway/x/livy/v1/sessions/3"_s);
    }
    void trap15EmptyBodiesAreSuccess()
    {
        m_world.answer(200, "");
        QVERIFY(m_world.wait<Done>([this](auto reply) { m_world.api().sessionFiles()->add(u"0"_s, SessionFileKind::Jar, u"hdfs:///a.jar"_s, this, reply); }));
        QCOMPARE(m_world.sent().last().contentType, QByteArray("application/json"));
        m_world.answer(204, "");
        QVERIFY(m_world.wait<Done>([this](auto reply) { m_world.api().sessions()->stop(u"0"_s, this, reply); }));
    }
    void trap17TimesThatAreNotYetAreNone()
    {
        const auto statement = decodeStatement("{\"id\":1,\"state\":\"available\",\"started\":0,\"completed\":0}");
        QVERIFY(!statement->started.isValid() && !statement->completed.isValid());
        QVERIFY(!decodeStatement("{\"id\":1,\"state\":\"available\",\"started\":-5}")->started.isValid());
    }
    void trap19KeepingAliveIsAnActOfItsOwn()
    {
        m_world.answer(200, "{\"id\":3,\"state\":\"idle\"}");
        QVERIFY(m_world.wait<SparkItem>([this](auto reply) { m_world.api().sessions()->keepAlive(u"3"_s, this, reply); }));
        QCOMPARE(m_world.sent().last().method, QByteArray("POST"));
        QCOMPARE(m_world.sent().last().url.path(), u"/sessions/3/connect"_s);
    }
    void trap21LargeOutputsAreReadWhole()
    {
        const QByteArray text(3'000'000, 'x');
        m_world.answer(200, "{\"id\":1,\"state\":\"available\",\"output\":{\"status\":\"ok\",\"data\":{\"text/plain\":\"" + text + "\"}}}");
        const auto large = m_world.wait<Statement>([this](auto reply) { m_world.api().statements()->fetch(u"0"_s, 1, this, reply); });
        QCOMPARE(large->output->parts.first().json.size(), text.size() + 2);
    }
    void trap23AForgottenStatementIsSaidToBeForgotten()
    {
        const Error error = errorOf(404, "\"Statement not found\"");
        QCOMPARE(error.kind, ErrorKind::NotFound);
        QVERIFY(error.title.contains(u"keeps this statement no longer"_s));
    }
    void trap24LogsAreReadWhole()
    {
        m_world.answer(200, "{\"log\":[]}");
        m_world.api().logs()->sessionLog(u"3"_s, {}, this, [](const Result<LogSlice>&) {});
        QCOMPARE(m_world.sent().last().url.query(), u"size=-1"_s);
        m_world.api().logs()->batchLog(u"3"_s, { 10, 50 }, this, [](const Result<LogSlice>&) {});
        QCOMPARE(m_world.sent().last().url.query(), u"from=10&size=50"_s);
    }
    void trap25A403OfTheSignInIsToldFromOneOfTheRights()
    {
        QCOMPARE(errorOf(403, "<html><head><title>Error 403 Authentication failed</title></head></html>").kind, ErrorKind::SignIn);
        QCOMPARE(errorOf(403, "{\"servlet\":\"x\",\"message\":\"Authentication failed\",\"status\":\"403\"}").kind, ErrorKind::SignIn);
        QCOMPARE(errorOf(403, "{}").kind, ErrorKind::Forbidden);
        QCOMPARE(errorOf(403, "{\"msg\":\"User 'bob' not allowed to impersonate 'Some(alice)'.\"}").kind, ErrorKind::Forbidden);
    }
    void trap26IdsMayBeAnyText()
    {
        const QString id = u"7f3c9e1a-5b0d-4b3e-9a67-0c1d2e3f4a5b"_s;
        QCOMPARE(decodeItem("{\"id\":\"" + id.toLatin1() + "\",\"state\":\"Cancelled\"}")->id, id);
    }
    void trap27TheServersTimesAreReadAsGiven()
    {
        const auto statement = decodeStatement("{\"id\":1,\"state\":\"available\",\"started\":1000,\"completed\":86400000}");
        QCOMPARE(statement->completed, QDateTime(QDate(1970, 1, 2), QTime(0, 0), QTimeZone::UTC));
        QCOMPARE(statement->completed.timeSpec(), Qt::UTC);
    }

private:
    FakeLivyWorld m_world;
};

KINDLING_TEST(TestTraps)
#include "tst_traps.moc"
