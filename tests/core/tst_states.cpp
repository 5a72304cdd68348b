// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/states.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestStates final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsEveryWordOfLivy_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<bool>("isAlive");
        QTest::addColumn<bool>("accepts");
        QTest::addColumn<int>("role");
        const auto row = [](const char* word, bool isAlive, bool accepts, StateRole role) {
            QTest::newRow(word) << QString::fromLatin1(word) << isAlive << accepts << static_cast<int>(role);
        };
        row("not_started", true, false, StateRole::Waiting);
        row("starting", true, false, StateRole::Starting);
        row("recovering", true, false, StateRole::Starting);
        row("idle", true, true, StateRole::Idle);
        row("running", true, true, StateRole::Active);
        row("busy", true, true, StateRole::Active);
        row("shutting_down", false, false, StateRole::Stopped);
        row("error", true, true, StateRole::Bad);
        row("dead", false, false, StateRole::Bad);
        row("killed", false, false, StateRole::Stopped);
        row("success", false, false, StateRole::Success);
        row("levitating", true, false, StateRole::Waiting);
    }
    void knowsEveryWordOfLivy()
    {
        QFETCH(QString, word);
        const ItemState state = ItemState::fromWire(word);
        QCOMPARE(state.raw, word);
        QTEST(state.isAlive(), "isAlive");
        QTEST(state.acceptsStatements(), "accepts");
        QTEST(static_cast<int>(roleOf(state, false)), "role");
    }
    void showsALivingSessionWithADeadInterpreterAsDamaged()
    {
        QCOMPARE(roleOf(ItemState::fromWire(u"idle"_s), true), StateRole::Damaged);
        QCOMPARE(roleOf(ItemState::fromWire(u"dead"_s), true), StateRole::Bad);
    }
    void knowsTheEndsOfAStatement()
    {
        QVERIFY(isTerminal(statementStateFromWire(u"available")));
        QVERIFY(isTerminal(statementStateFromWire(u"cancelled")));
        QVERIFY(!isTerminal(statementStateFromWire(u"cancelling")));
        QVERIFY(!isTerminal(statementStateFromWire(u"error")));
    }
};

KINDLING_TEST(TestStates)
#include "tst_states.moc"
