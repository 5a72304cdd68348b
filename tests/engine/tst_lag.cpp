// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
using Duration = Clock::Duration;

struct Seen {
    Duration lag{ 0 };
    int requests = 0;
};

/// Runs a statement that ends `length` after its POST arrived, over a line with this round trip.
Seen runOne(Duration length, Duration roundTrip)
{
    FakeClock clock;
    const auto state = std::make_shared<FakeSparkApi::State>();
    state->latency = roundTrip;
    FakeSparkApi api(clock, state);
    StatementRunner runner(api.statements(), u"0"_s, clock);
    runner.setSessionState(ItemState::fromWire(u"idle"_s));
    Duration ends{ 0 };
    const auto now = [&](int number) {
        const bool isDone = clock.steady() >= ends;
        Statement answer = statement(number, isDone ? StatementState::Available : StatementState::Running);
        if (isDone)
            answer.output = okOutput("1");
        return answer;
    };
    state->onRun = [&](const QString&) -> Script<Statement> {
        ends = clock.steady() + length;
        return now(0);
    };
    state->onFetch = [&](int number) -> Script<Statement> { return now(number); };
    Duration told{ 0 };
    QObject::connect(&runner, &StatementRunner::runChanged, &runner, [&](RunId id) {
        if (runner.find(id)->state == RunState::Finished)
            told = clock.steady();
    });
    runner.run(u"1"_s, Kind::PySpark);
    while (told == Duration(0) && clock.steady() < length + 10s)
        clock.advance(1ms);
    return { told - ends, static_cast<int>(state->calls.size()) };
}

/// The same by the formula alone: one look at once after the POST's answer, then after clamp(8 % of the age, max(20 ms,
/// round trip), 1 s), each look taking a round trip.
int requestsByFormula(double length, double roundTrip)
{
    if (length <= 0)
        return 1;
    int requests = 2;
    double asked = roundTrip; // when the look at once is answered by the server, counted from the POST's arrival
    while (asked < length) {
        const double age = asked + roundTrip;
        asked += roundTrip + std::clamp(std::ceil(age * 0.08), std::clamp(roundTrip, 20.0, 1000.0), 1000.0);
        ++requests;
    }
    return requests;
}
}

/// How late a statement's end is seen, and at what price, over random statements and lines.
class TestLag final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEndIsSeenInTimeForAsManyRequestsAsTheFormulaAsks_data()
    {
        QTest::addColumn<int>("roundTripMs");
        for (const int roundTrip : { 0, 1, 5, 20, 150, 700 })
            QTest::addRow("%d ms", roundTrip) << roundTrip;
    }
    void everyEndIsSeenInTimeForAsManyRequestsAsTheFormulaAsks()
    {
        QFETCH(const int, roundTripMs);
        const quint32 seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        for (int i = 0; i < 120; ++i) {
            const double seconds = 0.05 * std::pow(120 / 0.05, random.generateDouble());
            const Duration length(static_cast<Duration::rep>(seconds * 1000));
            const Duration roundTrip(roundTripMs);
            const Seen seen = runOne(length, roundTrip);
            const QByteArray about = QStringLiteral("seed %1, statement %2: %3 ms, lag %4 ms, %5 requests").arg(seed).arg(i)
                                         .arg(length.count()).arg(seen.lag.count()).arg(seen.requests).toUtf8();
            // its age counts from the POST, and is known when an answer comes
            const Duration age = length + 2 * roundTrip;
            const Duration share = std::max(25ms, Duration(age.count() * 8 / 100 + 1));
            // what was asked just before the end comes back a round trip after it, and the next look takes another
            const Duration most = std::min(std::max(share, roundTrip), 1000ms) + 2 * roundTrip + 2ms;
            QVERIFY2(seen.lag <= most, about.constData());
            const int wanted = requestsByFormula(static_cast<double>(length.count()), roundTripMs);
            QVERIFY2(std::abs(seen.requests - wanted) <= 2, QByteArray(about + ", by formula " + QByteArray::number(wanted)).constData());
        }
    }
    void aStatementThatIsDoneAtOnceCostsOneRequest()
    {
        const Seen seen = runOne(0ms, 5ms);
        QCOMPARE(seen.requests, 1);
        QVERIFY(seen.lag <= 6ms);
    }
    void longStatementsStayWithinTheirBudgets_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<int>("most");
        QTest::newRow("0.1 s") << 100 << 7;
        QTest::newRow("1 s") << 1000 << 31;
        QTest::newRow("10 s") << 10'000 << 60;
        QTest::newRow("60 s") << 60'000 << 110;
    }
    void longStatementsStayWithinTheirBudgets()
    {
        QFETCH(const int, milliseconds);
        QFETCH(const int, most);
        for (const Duration roundTrip : { 5ms, 20ms, 150ms })
            QVERIFY(runOne(Duration(milliseconds), roundTrip).requests <= most);
    }
};

KINDLING_TEST(TestLag)
#include "tst_lag.moc"
