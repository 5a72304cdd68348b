// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/runstates.h"
#include "app/livy/types.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

class TestRunStates final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void everyPairOfStateAndEventHasItsOneAnswer_data();
    void everyPairOfStateAndEventHasItsOneAnswer();
    void aStatementSaysWhatHappened_data();
    void aStatementSaysWhatHappened();
};

namespace {
using S = RunState;
using E = RunEvent;
constexpr std::array allStates{ S::Queued, S::Submitting, S::Unconfirmed, S::Waiting, S::Running, S::Cancelling, S::Finished,
    S::Failed, S::Cancelled, S::Lost };
constexpr std::array allEvents{ E::Posted, E::Refused, E::AnswerLost, E::NotArrived, E::SawWaiting, E::SawRunning, E::SawCancelling,
    E::SawOk, E::SawError, E::SawCancelled, E::CancelAsked, E::CancelFailed, E::GroupEnded, E::SessionEnded };

/// One row a state, one letter an event in the order of allEvents: the first letter of the next state ("." stays;
/// X = Cancelling, C = Cancelled, L = Lost, F = Failed, O = Finished).
const std::map<S, const char*> table{
    { S::Queued, "SF........C.CL" },
    { S::Submitting, ".FU.WRXOFC...L" },
    { S::Unconfirmed, "...FWRXOFC...L" },
    { S::Waiting, "....WRXOFCX..L" },
    { S::Running, ".....RXOFCX..L" },
    { S::Cancelling, "......XOFC.R.L" },
    { S::Finished, ".............." },
    { S::Failed, ".............." },
    { S::Cancelled, ".............." },
    { S::Lost, ".............." },
};

RunState stateOf(char letter, RunState same)
{
    switch (letter) {
    case 'S': return S::Submitting;
    case 'U': return S::Unconfirmed;
    case 'W': return S::Waiting;
    case 'R': return S::Running;
    case 'X': return S::Cancelling;
    case 'O': return S::Finished;
    case 'F': return S::Failed;
    case 'C': return S::Cancelled;
    case 'L': return S::Lost;
    default: return same;
    }
}
}

void TestRunStates::everyPairOfStateAndEventHasItsOneAnswer_data()
{
    QTest::addColumn<RunState>("state");
    for (const RunState state : allStates)
        QTest::addRow("state %d", static_cast<int>(state)) << state;
}

void TestRunStates::everyPairOfStateAndEventHasItsOneAnswer()
{
    QFETCH(RunState, state);
    const char* row = table.at(state);
    QCOMPARE(strlen(row), allEvents.size());
    for (size_t i = 0; i < allEvents.size(); ++i) {
        const RunState expected = stateOf(row[i], state);
        const RunState next = nextRunState(state, allEvents[i]);
        QVERIFY2(next == expected, qPrintable(u"event %1 gives %2"_s.arg(i).arg(static_cast<int>(next))));
        QVERIFY(!isTerminal(state) || next == state);
    }
}

void TestRunStates::aStatementSaysWhatHappened_data()
{
    QTest::addColumn<StatementState>("state");
    QTest::addColumn<bool>("isError");
    QTest::addColumn<RunEvent>("event");
    QTest::newRow("waiting") << StatementState::Waiting << false << RunEvent::SawWaiting;
    QTest::newRow("running") << StatementState::Running << false << RunEvent::SawRunning;
    QTest::newRow("available") << StatementState::Available << false << RunEvent::SawOk;
    QTest::newRow("available with an error") << StatementState::Available << true << RunEvent::SawError;
    QTest::newRow("cancelling") << StatementState::Cancelling << false << RunEvent::SawCancelling;
    QTest::newRow("cancelled") << StatementState::Cancelled << false << RunEvent::SawCancelled;
    QTest::newRow("cancelled with an error") << StatementState::Cancelled << true << RunEvent::SawCancelled;
    QTest::newRow("unknown word") << StatementState::Unknown << false << RunEvent::SawRunning;
}

void TestRunStates::aStatementSaysWhatHappened()
{
    QFETCH(StatementState, state);
    QFETCH(bool, isError);
    QFETCH(RunEvent, event);
    Statement said = statement(0, state);
    QCOMPARE(eventOf(said), isError ? (state == StatementState::Available ? RunEvent::SawOk : event) : event);
    said.output = isError ? errorOutput(u"E"_s, u"v"_s) : okOutput("1");
    QCOMPARE(eventOf(said), event);
}

KINDLING_TEST(TestRunStates)
#include "tst_runstates.moc"
