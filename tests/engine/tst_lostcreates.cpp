// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
ServerProfile prod()
{
    ServerProfile profile;
    profile.id = u"s"_s;
    profile.name = u"prod"_s;
    return profile;
}

/// A server with one session, "etl"; what is asked of it is answered into `result`.
struct Bench {
    Bench()
    {
        state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
    }
    void start()
    {
        server.start();
        clock.advance(100ms);
        state->calls.clear();
    }
    void loseAnswers(ErrorKind kind = ErrorKind::UnknownOutcome)
    {
        state->onCreate = [kind](ItemType, const QString&) -> Script<SparkItem> { return std::unexpected(errorOf(kind)); };
    }
    /// The session is made, and listed after `delay`.
    void loseAnswersAndList(Clock::Duration delay)
    {
        state->onCreate = [this, delay](ItemType, const QString& name) -> Script<SparkItem> {
            clock.after(delay, &context, [this, name] { state->sessions.append(sparkItem(u"1"_s, u"starting"_s, name)); });
            return std::unexpected(errorOf(ErrorKind::UnknownOutcome));
        };
    }
    RequestHandle create(const QString& name = {})
    {
        NewSession wanted;
        wanted.name = name;
        return server.createSession(wanted, &context, [this](Result<SparkItem> answer) { result = std::move(answer); });
    }
    [[nodiscard]] int posts() const { return state->countOf(u"POST sessions"_s); }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    Server server{ prod(), std::make_unique<FakeSparkApi>(clock, state), clock };
    QObject context;
    std::optional<Result<SparkItem>> result;
};
}

/// What becomes of a create whose answer was lost.
class TestLostCreates final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void settlesALostCreateByItsName()
    {
        Bench bench;
        bench.start();
        bench.loseAnswersAndList(3s);
        bench.create();
        bench.clock.advance(1s);
        QVERIFY(!bench.result);
        bench.clock.advance(6s);
        QVERIFY(bench.result && *bench.result);
        QCOMPARE((*bench.result)->id, u"1"_s);
        QCOMPARE(bench.posts(), 1);
    }

    void findsWhatIsListedAMinuteAfterAGatewayGaveUp()
    {
        Bench bench;
        bench.start();
        bench.loseAnswersAndList(90s);
        bench.create();
        bench.clock.advance(80s);
        QVERIFY(!bench.result);
        bench.clock.advance(30s);
        QVERIFY(bench.result && *bench.result);
        QCOMPARE(bench.posts(), 1);
    }

    void doesNotTakeAnOlderNamesakeForItsOwn()
    {
        Bench bench;
        bench.start();
        bench.loseAnswers();
        bench.create(u"etl"_s);
        bench.clock.advance(3min);
        QVERIFY(bench.result && !*bench.result);
    }

    void doesNotTakeANamesakeThatWasNotListedYetForItsOwn()
    {
        Bench bench;
        bench.loseAnswers();
        bench.create(u"etl"_s);
        QCOMPARE(bench.posts(), 0);
        bench.clock.advance(3min);
        QCOMPARE(bench.posts(), 1);
        QVERIFY(bench.result && !*bench.result);
        QCOMPARE(bench.result->error().kind, ErrorKind::UnknownOutcome);
    }

    void listsBeforeItCreatesOnAServerThatWasNeverListed()
    {
        Bench bench;
        bench.loseAnswersAndList(3s);
        bench.create(u"new"_s);
        bench.clock.advance(6ms);
        QCOMPARE(bench.state->calls, (QStringList{ u"GET sessions 0 100"_s, u"POST sessions new"_s }));
        bench.clock.advance(10s);
        QVERIFY(bench.result && *bench.result);
        QCOMPARE(bench.posts(), 1);
    }

    void aListThatCannotBeReadHoldsNoCreateUp()
    {
        Bench bench;
        bench.state->onList = [](ItemType, int, int) -> Script<ItemPage> { return std::unexpected(errorOf(ErrorKind::Server)); };
        bench.create(u"new"_s);
        bench.clock.advance(1s);
        QVERIFY(bench.result && *bench.result);
        // but nobody could tell what became of it
        Bench other;
        other.state->onList = [&other](ItemType, int, int) -> Script<ItemPage> {
            if (other.posts() == 0)
                return std::unexpected(errorOf(ErrorKind::Server));
            return ItemPage{ 0, 1, other.state->sessions, 1, {} };
        };
        other.loseAnswers();
        other.create(u"etl"_s);
        other.clock.advance(1s);
        QVERIFY(other.result && !*other.result);
    }

    void createsNothingWhereItIsNotLetIn()
    {
        Bench bench;
        bench.state->onList = [](ItemType, int, int) -> Script<ItemPage> { return std::unexpected(errorOf(ErrorKind::SignIn)); };
        bench.create(u"new"_s);
        bench.clock.advance(1s);
        QVERIFY(bench.result && !*bench.result);
        QCOMPARE(bench.result->error().kind, ErrorKind::SignIn);
        QCOMPARE(bench.posts(), 0);
    }

    void whatIsTakenBackBeforeItIsSentIsNotSent()
    {
        Bench bench;
        RequestHandle wanted = bench.create(u"new"_s);
        wanted.cancel();
        bench.clock.advance(1min);
        QCOMPARE(bench.posts(), 0);
        QVERIFY(!bench.result);
    }

    void saysThatNothingWasSentWhenTheConnectionEndsFirst()
    {
        Bench bench;
        bench.state->onList = [](ItemType, int, int) -> Script<ItemPage> { return std::nullopt; };
        bench.create(u"new"_s);
        bench.server.disconnectFrom(ConnectionState::Stopped);
        bench.clock.advance(1s);
        QVERIFY(bench.result && !*bench.result);
        QCOMPARE(bench.result->error().kind, ErrorKind::Unavailable);
        QCOMPARE(bench.posts(), 0);
    }

    void givesUpAfterTwoMinutesAndTwelveLooks()
    {
        Bench bench;
        bench.start();
        bench.server.setAttention(Server::Attention::Hidden);
        bench.loseAnswers(ErrorKind::Timeout);
        bench.state->calls.clear();
        bench.create();
        bench.clock.advance(100s);
        QVERIFY(!bench.result);
        bench.clock.advance(20s);
        QVERIFY(bench.result && !*bench.result);
        QCOMPARE(bench.result->error().kind, ErrorKind::Timeout);
        const int looks = bench.state->countOf(u"GET sessions"_s);
        QVERIFY2(looks >= 12 && looks <= 15, qPrintable(QString::number(looks))); // the list is read meanwhile, too
        QCOMPARE(bench.posts(), 1);
    }

    void looksThatFailAreNotLooks()
    {
        Bench bench;
        bench.start();
        bench.loseAnswers();
        bench.create();
        bench.state->onList = [](ItemType, int, int) -> Script<ItemPage> { return std::unexpected(errorOf(ErrorKind::Network)); };
        bench.clock.advance(60s);
        QVERIFY(!bench.result);
        bench.clock.advance(60s);
        QVERIFY(bench.result && !*bench.result);
    }

    void rawCreateWithoutANameStaysUnknown()
    {
        Bench bench;
        bench.start();
        bench.loseAnswersAndList(0ms);
        bench.server.createSessionRaw("{}", &bench.context, [&bench](Result<SparkItem> answer) { bench.result = std::move(answer); });
        bench.clock.advance(100ms);
        QVERIFY(bench.result && !*bench.result);
        bench.result.reset();
        bench.state->sessions.clear();
        bench.clock.advance(5s);
        bench.state->onCreate = [&bench](ItemType, const QString&) -> Script<SparkItem> {
            bench.state->sessions.append(sparkItem(u"1"_s, u"starting"_s, u"named"_s));
            return std::unexpected(errorOf(ErrorKind::UnknownOutcome));
        };
        bench.server.createSessionRaw("{}", &bench.context, [&bench](Result<SparkItem> answer) { bench.result = std::move(answer); }, u"named"_s);
        bench.clock.advance(100ms);
        QVERIFY(bench.result && *bench.result);
    }
};

KINDLING_TEST(TestLostCreates)
#include "tst_lostcreates.moc"
