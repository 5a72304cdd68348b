// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/serverclock.h"
#include "tests/livy/faketransport.h"
#include "tests/support/testmain.h"

#include <QTest>
#include <QTimeZone>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

namespace {
const QDateTime noon(QDate(2026, 11, 22), QTime(12, 0), QTimeZone::UTC);

QByteArray asDate(const QDateTime& when)
{
    return QLocale::c().toString(when, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

/// What a server whose clock is `ahead` answers in the middle of an exchange.
HttpResponse answerAt(const QDateTime& received, milliseconds elapsed, milliseconds ahead)
{
    HttpResponse response;
    response.received = received;
    response.elapsed = elapsed;
    response.headers.emplaceBack("Date", asDate(received.addDuration(ahead - elapsed / 2)));
    return response;
}
}

class TestServerClock final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsDatesOfHttp_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isDate");
        QTest::newRow("a date") << QByteArray("Sun, 22 Nov 2026 12:00:00 GMT") << true;
        QTest::newRow("spaces around") << QByteArray("  Sun, 22 Nov 2026 12:00:00 GMT ") << true;
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("another day of the week") << QByteArray("Mon, 22 Nov 2026 12:00:00 GMT") << false;
        QTest::newRow("a day that is none") << QByteArray("Sun, 31 Nov 2026 12:00:00 GMT") << false;
        QTest::newRow("another form") << QByteArray("2026-11-22T12:00:00Z") << false;
        QTest::newRow("bytes") << QByteArray("\xff\xfe\x00\x01", 4) << false;
        QTest::newRow("very long") << QByteArray(100'000, 'x') << false;
    }
    void readsDatesOfHttp()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, isDate);
        QCOMPARE(httpDate(text), isDate ? std::optional(noon) : std::nullopt);
    }
    void tellsHowFarAServerIsAhead_data()
    {
        QTest::addColumn<milliseconds>("ahead");
        QTest::newRow("a day ahead") << milliseconds(24h);
        QTest::newRow("a day behind") << milliseconds(-24h);
        QTest::newRow("an hour and some") << (1h + 234ms);
        QTest::newRow("five seconds") << milliseconds(5s);
        QTest::newRow("five seconds behind") << milliseconds(-5s);
    }
    void tellsHowFarAServerIsAhead()
    {
        QFETCH(const milliseconds, ahead);
        ServerClock clock;
        QCOMPARE(clock.ahead(), 0ms);
        for (int i = 0; i < 100; ++i) {
            clock.note(answerAt(noon.addMSecs(i * 2'137), 40ms, ahead));
            QVERIFY2(std::chrono::abs(clock.ahead() - ahead) <= 600ms, qPrintable(u"%1 ms after %2"_s.arg(clock.ahead().count()).arg(i)));
        }
        QVERIFY2(std::chrono::abs(clock.ahead() - ahead) <= 300ms, qPrintable(QString::number(clock.ahead().count())));
        QCOMPARE(clock.toOurs(noon), noon.addDuration(-clock.ahead()));
        QVERIFY(!clock.toOurs(QDateTime()).isValid());
    }
    void givenTimesStayWhereTheyAreWhileTheyFit()
    {
        ServerClock clock;
        int moves = 0;
        milliseconds before{ 0 };
        for (int i = 0; i < 1000; ++i) {
            clock.note(answerAt(noon.addMSecs(i * 1'931), milliseconds(5 + i % 300), 30s));
            moves += clock.ahead() != before ? 1 : 0;
            before = clock.ahead();
        }
        QVERIFY2(moves >= 1 && moves <= 8, qPrintable(QString::number(moves)));
    }
    void clocksThatAgreeAreLeftAlone()
    {
        ServerClock clock;
        for (const milliseconds ahead : { 0ms, 1'300ms, -1'300ms, 900ms }) {
            clock.note(answerAt(noon, 50ms, ahead));
            QCOMPARE(clock.ahead(), 0ms);
        }
        clock.note(answerAt(noon, 30s, 0ms)); // an answer that took long tells little
        QCOMPARE(clock.ahead(), 0ms);
    }
    void aClockThatWasSetIsNoticed()
    {
        ServerClock clock;
        clock.note(answerAt(noon, 10ms, 1h));
        QVERIFY(clock.ahead() > 59min);
        clock.note(answerAt(noon.addSecs(10), 10ms, 0ms));
        QCOMPARE(clock.ahead(), 0ms);
        clock.note(answerAt(noon.addSecs(20), 10ms, -1h));
        QVERIFY(clock.ahead() < -59min);
    }
    void answersThatTellNothingChangeNothing()
    {
        ServerClock clock;
        HttpResponse response = answerAt(noon, 10ms, 1h);
        response.headers.emplaceBack("Age", "3600");
        clock.note(response);
        response.headers = { { "Date", "yesterday" } };
        clock.note(response);
        response.headers.clear();
        clock.note(response);
        clock.note({});
        QCOMPARE(clock.ahead(), 0ms);
    }
    void statementsComeOnOurClock()
    {
        FakeLivyWorld world;
        const QDateTime theirs = noon.addDays(1);
        const QByteArray statement = "{\"id\":1,\"state\":\"available\",\"started\":" + QByteArray::number(theirs.toMSecsSinceEpoch())
            + ",\"completed\":" + QByteArray::number(theirs.addSecs(7).toMSecsSinceEpoch()) + ",\"output\":null}";
        world.answer(200, statement);
        const auto asGiven = world.wait<Statement>([&](auto reply) { world.api().statements()->fetch(u"0"_s, 1, this, reply); });
        QCOMPARE(asGiven->started, theirs); // nothing known yet
        world.answer(200, statement);
        world.receivedAt(noon);
        world.addHeader("Date", asDate(theirs));
        const auto fetched = world.wait<Statement>([&](auto reply) { world.api().statements()->fetch(u"0"_s, 1, this, reply); });
        QVERIFY(std::abs(fetched->started.msecsTo(noon)) <= 1000);
        QCOMPARE(fetched->started.msecsTo(fetched->completed), 7000);
        const auto ran = world.wait<Statement>([&](auto reply) { world.api().statements()->run(u"0"_s, u"1"_s, Kind::Spark, this, reply); });
        QCOMPARE(ran->started, fetched->started);
        world.answer(200, "{\"total_statements\":1,\"statements\":[" + statement + "]}");
        for (const bool isNewestFirst : { false, true }) {
            const auto page = world.wait<StatementPage>([&](auto reply) { world.api().statements()->list(u"0"_s, { .isNewestFirst = isNewestFirst }, this, reply); });
            QCOMPARE(page->statements.first().started, fetched->started);
        }
    }
};

KINDLING_TEST(TestServerClock)
#include "tst_serverclock.moc"
