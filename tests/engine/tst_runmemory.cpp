// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QHash>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , api(clock, state)
        , runner(api.statements(), u"3"_s, clock)
    {
        runner.setSessionState(ItemState::fromWire(u"idle"_s));
    }
    /// What is posted ends at once, with its code as the output.
    void echo()
    {
        state->onRun = [this](const QString& code) -> Script<Statement> {
            Statement done = statement(state->countOf(u"POST statements"_s), StatementState::Available, code);
            done.output = okOutput(code.toUtf8());
            return done;
        };
    }
    const Run& at(RunId id) const { return *runner.find(id); }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    FakeSparkApi api;
    StatementRunner runner;
};
}

class TestRunMemory final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void keepsNoOutputButTheLast()
    {
        Bench bench;
        bench.echo();
        QHash<RunId, std::optional<Output>> told;
        connect(&bench.runner, &StatementRunner::runChanged, &bench.runner, [&](RunId id) { told[id] = bench.at(id).output; });
        const RunId first = bench.runner.run(u"1"_s, Kind::PySpark);
        const RunId second = bench.runner.run(u"2"_s, Kind::PySpark);
        bench.clock.advance(1s);
        QCOMPARE(told.value(first), okOutput("1"));
        QCOMPARE(told.value(second), okOutput("2"));
        QVERIFY(!bench.at(first).output);
        QCOMPARE(bench.at(second).output, okOutput("2"));
    }

    void keepsALateOutputUntilAnotherRunHasEnded()
    {
        Bench bench;
        const RunId id = bench.runner.run(u"x"_s, Kind::PySpark);
        bench.clock.advance(100ms);
        Statement& cancelled = bench.state->statements[0];
        cancelled.started = bench.clock.now();
        cancelled.state = StatementState::Running;
        bench.clock.advance(1s);
        bench.runner.cancel(id);
        cancelled.state = StatementState::Cancelled;
        bench.clock.advance(100ms);
        QVERIFY(bench.at(id).isLingering);
        cancelled.output = okOutput("late");
        bench.clock.advance(10s);
        QCOMPARE(bench.at(id).output, okOutput("late"));
        bench.echo();
        const RunId next = bench.runner.run(u"y"_s, Kind::PySpark);
        bench.clock.advance(10s);
        QCOMPARE(bench.at(next).output, okOutput("y"));
        QVERIFY(!bench.at(id).output);
    }

    void forgetsRunsThatEndedLongAgo()
    {
        Bench bench;
        bench.echo();
        for (int i = 0; i < 300; ++i)
            bench.runner.run(u"x"_s, Kind::PySpark);
        QCOMPARE(bench.runner.runs().size(), 300); // nothing that waits is forgotten
        bench.clock.advance(1min);
        QCOMPARE(bench.runner.activeCount(), 0);
        QCOMPARE(bench.runner.runs().size(), 100);
        QCOMPARE(bench.runner.find(1), nullptr);
        QCOMPARE(bench.at(300).state, RunState::Finished);
    }
};

KINDLING_TEST(TestRunMemory)
#include "tst_runmemory.moc"
