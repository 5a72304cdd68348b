// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner.h"
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
struct Bench {
    Bench() { runner.setSessionState(ItemState::fromWire(u"idle"_s)); }
    const Run& at(RunId id) const { return *runner.find(id); }
    RunState stateOf(RunId id) const { return runner.find(id)->state; }
    /// Time passes, and the server goes on answering what else it is asked.
    void passWithAnswers(Clock::Duration time)
    {
        for (Clock::Duration gone{ 0 }; gone < time; gone += 2s) {
            clock.advance(2s);
            runner.serverAnswered();
        }
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    FakeSparkApi api{ clock, state };
    StatementRunner runner{ api.statements(), u"3"_s, clock };
};
}

/// A statement that cannot be looked at, however often: nobody waits for it for ever.
class TestVainLooks final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void anAnswerThatIsTooLargeEndsTheRunAtOnce()
    {
        Bench bench;
        const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
        const RunId next = bench.runner.run(u"b"_s, Kind::PySpark);
        bench.state->onFetch = [](int number) -> Script<Statement> {
            return number == 0 ? Script<Statement>(std::unexpected(errorOf(ErrorKind::TooLarge))) : statement(number, StatementState::Waiting);
        };
        bench.clock.advance(40ms);
        QCOMPARE(bench.stateOf(id), RunState::Lost);
        QCOMPARE(bench.at(id).problem.kind, ErrorKind::TooLarge);
        QVERIFY(bench.at(id).problem.title.startsWith(u"The result of statement 0 could not be read: scripted"_s));
        QCOMPARE(bench.state->countOf(u"GET statement 0"_s), 1); // each would be as large
        QCOMPARE(bench.stateOf(next), RunState::Waiting);
    }
    void givesUpWhatCannotBeReadWhileTheServerAnswers_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("heldSeconds");
        QTest::newRow("cannot be understood") << ErrorKind::Protocol << 59;
        QTest::newRow("not allowed") << ErrorKind::Forbidden << 59;
        QTest::newRow("refused") << ErrorKind::Rejected << 59;
        QTest::newRow("not signed in") << ErrorKind::SignIn << 59;
        QTest::newRow("slow") << ErrorKind::Timeout << 599;
        QTest::newRow("broken") << ErrorKind::Server << 599;
        QTest::newRow("cut off") << ErrorKind::Network << 599;
        QTest::newRow("busy") << ErrorKind::Busy << 599;
    }
    void givesUpWhatCannotBeReadWhileTheServerAnswers()
    {
        QFETCH(const ErrorKind, kind);
        QFETCH(const int, heldSeconds);
        Bench bench;
        const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
        bench.clock.advance(10ms);
        bench.state->onFetch = [kind](int) -> Script<Statement> { return std::unexpected(errorOf(kind)); };
        bench.passWithAnswers(std::chrono::seconds(heldSeconds - 1));
        QCOMPARE(bench.stateOf(id), RunState::Waiting);
        bench.passWithAnswers(4min);
        QCOMPARE(bench.stateOf(id), RunState::Lost);
        QCOMPARE(bench.at(id).problem.kind, kind);
        QVERIFY(bench.at(id).problem.title.contains(u"could not be read"_s));
        const qsizetype calls = bench.state->calls.size();
        bench.passWithAnswers(10min);
        QCOMPARE(bench.state->calls.size(), calls);
    }
    void tellsOfTroubleUntilALookWorks()
    {
        Bench bench;
        const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
        bench.clock.advance(10ms);
        bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::Timeout)); };
        bench.clock.advance(30s);
        QVERIFY(bench.at(id).note.isEmpty()); // nothing else is heard of the server: that is told elsewhere
        bench.passWithAnswers(62s);
        QVERIFY2(bench.at(id).note.startsWith(u"Its state could not be read: scripted"_s), qPrintable(bench.at(id).note));
        bench.state->onFetch = {};
        bench.passWithAnswers(32s);
        QVERIFY(bench.at(id).note.isEmpty());
        QCOMPARE(bench.stateOf(id), RunState::Waiting);
        // what failed before counts no more
        bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::Timeout)); };
        bench.passWithAnswers(9min);
        QCOMPARE(bench.stateOf(id), RunState::Waiting);
    }
    void whatCannotBeLookedForIsUnknown_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("too large") << ErrorKind::TooLarge;
        QTest::newRow("not allowed") << ErrorKind::Forbidden;
        QTest::newRow("slow") << ErrorKind::Timeout;
    }
    void whatCannotBeLookedForIsUnknown()
    {
        QFETCH(const ErrorKind, kind);
        Bench bench;
        bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::UnknownOutcome)); };
        bench.state->onListStatements = [kind]() -> Script<StatementPage> { return std::unexpected(errorOf(kind)); };
        const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
        bench.passWithAnswers(15min);
        QCOMPARE(bench.stateOf(id), RunState::Lost);
        QCOMPARE(bench.at(id).problem.kind, ErrorKind::UnknownOutcome);
        QVERIFY(bench.at(id).problem.title.contains(u"Nobody can tell"_s));
        QCOMPARE(bench.state->countOf(u"POST"_s), 1);
        if (kind == ErrorKind::TooLarge)
            QCOMPARE(bench.state->countOf(u"LIST statements"_s), 5); // 20, 10, 5, 2, 1
    }
    void whatIsTooLargeTogetherIsLookedForInLess()
    {
        Bench bench;
        bench.state->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::UnknownOutcome)); };
        bench.state->onListStatements = [&bench]() -> Script<StatementPage> {
            if (bench.state->countOf(u"LIST statements"_s) <= 2)
                return std::unexpected(errorOf(ErrorKind::TooLarge));
            return StatementPage{ 1, { statement(0, StatementState::Waiting, u"a"_s) } };
        };
        bench.state->statements = { statement(0, StatementState::Waiting, u"a"_s) };
        const RunId id = bench.runner.run(u"a"_s, Kind::PySpark);
        bench.passWithAnswers(5s);
        QCOMPARE(bench.at(id).statement, 0);
        QCOMPARE(bench.stateOf(id), RunState::Waiting);
        QCOMPARE(bench.state->countOf(u"POST"_s), 1);
    }
};

KINDLING_TEST(TestVainLooks)
#include "tst_vainlooks.moc"
