// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Bench {
    Bench() { runner.setSessionState(ItemState::fromWire(u"busy"_s)); }
    /// A run that the server has begun and then calls cancelled, without an output.
    RunId cancelled()
    {
        const RunId id = runner.run(u"while True: pass"_s, Kind::PySpark);
        clock.advance(100ms);
        set(StatementState::Running);
        clock.advance(1s);
        runner.cancel(id);
        set(StatementState::Cancelled);
        clock.advance(1s);
        return id;
    }
    void set(StatementState to, const std::optional<Output>& output = {})
    {
        Statement& statement = state->statements.first();
        statement.state = to;
        statement.started = clock.now();
        statement.output = output;
    }
    [[nodiscard]] const Run& at(RunId id) const { return *runner.find(id); }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    FakeSparkApi api{ clock, state };
    StatementRunner runner{ api.statements(), u"3"_s, clock };
};
}

/// What the server calls cancelled while its code runs on.
class TestLingering final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void showsTheOutputThatComesAfterCancelled()
    {
        Bench bench;
        const RunId id = bench.cancelled();
        QCOMPARE(bench.at(id).state, RunState::Cancelled);
        QVERIFY(bench.at(id).isLingering);
        QVERIFY(bench.runner.isAsking());
        bench.clock.advance(2s);
        QVERIFY(bench.at(id).note.contains(u"may still run"_s));
        bench.set(StatementState::Cancelled, okOutput("done"));
        QSignalSpy changed(&bench.runner, &StatementRunner::runChanged);
        bench.clock.advance(20s);
        QCOMPARE(bench.at(id).output, okOutput("done"));
        QVERIFY(!bench.at(id).isLingering && !bench.runner.isAsking());
        QVERIFY(bench.at(id).note.contains(u"ran on to its end"_s));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.at(id).state, RunState::Cancelled);
        const int looks = bench.state->countOf(u"GET statement"_s);
        bench.clock.advance(1h);
        QCOMPARE(bench.state->countOf(u"GET statement"_s), looks);
    }
    void saysWhatTheNextOneWaitsFor()
    {
        Bench bench;
        const RunId first = bench.cancelled();
        bench.clock.advance(2s);
        const RunId second = bench.runner.run(u"1"_s, Kind::PySpark);
        bench.clock.advance(5s);
        QCOMPARE(bench.at(second).state, RunState::Waiting);
        QVERIFY(bench.at(second).note.contains(u"still runs"_s));
        bench.set(StatementState::Cancelled, okOutput("done"));
        bench.state->statements[1].state = StatementState::Running;
        bench.clock.advance(20s);
        QVERIFY(bench.at(second).note.isEmpty());
        bench.state->statements[1].state = StatementState::Available;
        bench.clock.advance(2s);
        QCOMPARE(bench.at(second).state, RunState::Finished);
        QVERIFY(!bench.at(first).isLingering);
    }
    void theEndOfTheNextOneTellsTheEnd()
    {
        Bench bench;
        const RunId first = bench.cancelled();
        bench.clock.advance(10min); // looks are rare by now
        bench.runner.run(u"1"_s, Kind::PySpark);
        bench.clock.advance(10ms);
        bench.set(StatementState::Cancelled, okOutput("late"));
        bench.state->statements[1].state = StatementState::Available;
        bench.clock.advance(500ms);
        QCOMPARE(bench.at(first).output, okOutput("late"));
    }
    void asksOnceMoreForTheTimeOfAnEnd_data()
    {
        QTest::addColumn<bool>("isTold");
        QTest::newRow("told a moment later") << true;
        QTest::newRow("never told") << false;
    }
    void asksOnceMoreForTheTimeOfAnEnd()
    {
        QFETCH(const bool, isTold);
        Bench bench;
        QSignalSpy late(&bench.runner, &StatementRunner::toldLate);
        const RunId id = bench.runner.run(u"1"_s, Kind::PySpark);
        bench.clock.advance(50ms);
        bench.set(StatementState::Available, okOutput("1"));
        bench.clock.advance(50ms);
        QCOMPARE(bench.at(id).state, RunState::Finished);
        QVERIFY(!bench.at(id).completed.isValid());
        QSignalSpy changed(&bench.runner, &StatementRunner::runChanged);
        const int looks = bench.state->countOf(u"GET statement"_s);
        if (isTold)
            bench.state->statements.first().completed = bench.clock.now();
        bench.clock.advance(1s);
        QCOMPARE(bench.at(id).completed.isValid(), isTold);
        QCOMPARE(late.size(), isTold ? 1 : 0);
        QCOMPARE(changed.size(), isTold ? 1 : 0);
        bench.clock.advance(1h);
        QCOMPARE(bench.state->countOf(u"GET statement"_s), looks + 1);
    }
    void asksNothingMoreWhereTheTimeIsKnown()
    {
        Bench bench;
        const RunId id = bench.runner.run(u"1"_s, Kind::PySpark);
        bench.clock.advance(50ms);
        bench.state->statements.first().completed = bench.clock.now();
        bench.set(StatementState::Available, okOutput("1"));
        bench.clock.advance(50ms);
        QCOMPARE(bench.at(id).state, RunState::Finished);
        const int looks = bench.state->countOf(u"GET statement"_s);
        bench.clock.advance(1h);
        QCOMPARE(bench.state->countOf(u"GET statement"_s), looks);
    }
    void doesNotTakeALateOutputThatIsTooLargeAgainAndAgain()
    {
        Bench bench;
        const RunId id = bench.cancelled();
        bench.state->onFetch = [](int) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::TooLarge)); };
        const int before = bench.state->countOf(u"GET statement"_s);
        bench.clock.advance(10min);
        QCOMPARE(bench.state->countOf(u"GET statement"_s), before + 1);
        QVERIFY(!bench.at(id).isLingering);
    }
    void asksRarelyAndNotForEver()
    {
        Bench bench;
        bench.cancelled();
        const int before = bench.state->countOf(u"GET statement"_s);
        bench.clock.advance(50min);
        const int looks = bench.state->countOf(u"GET statement"_s) - before;
        QVERIFY2(looks > 150 && looks < 260, qPrintable(QString::number(looks)));
        bench.clock.advance(15min);
        QVERIFY(!bench.runner.isAsking());
    }
    void whatNeverBeganDoesNotLinger()
    {
        Bench bench;
        const RunId id = bench.runner.run(u"1"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        bench.runner.cancel(id);
        bench.state->statements[0].state = StatementState::Cancelled;
        bench.clock.advance(1s);
        QCOMPARE(bench.at(id).state, RunState::Cancelled);
        QVERIFY(!bench.at(id).isLingering && !bench.runner.isAsking());
    }
    void endsWithTheSession_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("its state") << 0;
        QTest::newRow("the server's words") << 1;
        QTest::newRow("the statement is gone") << 2;
        QTest::newRow("the connection is given up") << 3;
    }
    void endsWithTheSession()
    {
        QFETCH(const int, how);
        Bench bench;
        const RunId id = bench.cancelled();
        QVERIFY(bench.at(id).isLingering);
        Error inactive = errorOf(ErrorKind::Rejected);
        inactive.httpStatus = 400;
        inactive.detail = u"requirement failed: Session isn't active."_s;
        if (how == 0)
            bench.runner.setSessionState(ItemState::fromWire(u"dead"_s));
        else if (how == 3)
            bench.runner.abandon(errorOf(ErrorKind::NotFound));
        else
            bench.state->onFetch = [=](int) -> Script<Statement> { return std::unexpected(how == 1 ? inactive : errorOf(ErrorKind::NotFound)); };
        bench.clock.advance(3s);
        QVERIFY(!bench.at(id).isLingering && !bench.runner.isAsking());
        QCOMPARE(bench.at(id).state, RunState::Cancelled);
        const int looks = bench.state->countOf(u"GET statement"_s);
        bench.clock.advance(1h);
        QCOMPARE(bench.state->countOf(u"GET statement"_s), looks);
    }
};

KINDLING_TEST(TestLingering)
#include "tst_lingering.moc"
