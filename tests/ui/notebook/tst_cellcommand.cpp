// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/notebook/cellcommand.h"

#include <QKeyEvent>
#include <QTest>

using namespace kindling;

namespace {
QKeyEvent press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, bool isRepeated = false)
{
    return QKeyEvent(QEvent::KeyPress, key, modifiers, {}, isRepeated);
}
}

class CellCommandTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void enterWithAModifierRuns()
    {
        QCOMPARE(editModeCommand(press(Qt::Key_Return, Qt::ShiftModifier)), CellCommand::RunAndNext);
        QCOMPARE(editModeCommand(press(Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier)), CellCommand::Run);
        QCOMPARE(editModeCommand(press(Qt::Key_Return, Qt::AltModifier)), CellCommand::RunAndInsert);
        QCOMPARE(editModeCommand(press(Qt::Key_Escape)), CellCommand::LeaveEdit);
    }

    void typingIsLeftToTheEditor()
    {
        QVERIFY(!editModeCommand(press(Qt::Key_Return)));
        QVERIFY(!editModeCommand(press(Qt::Key_D)));
        QVERIFY(!editModeCommand(press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier)));
    }

    void commandModeKnowsJupytersKeys_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("command");
        QTest::newRow("A") << int(Qt::Key_A) << int(CellCommand::InsertAbove);
        QTest::newRow("B") << int(Qt::Key_B) << int(CellCommand::InsertBelow);
        QTest::newRow("M") << int(Qt::Key_M) << int(CellCommand::ToMarkdown);
        QTest::newRow("Y") << int(Qt::Key_Y) << int(CellCommand::ToCode);
        QTest::newRow("J") << int(Qt::Key_J) << int(CellCommand::Next);
        QTest::newRow("Down") << int(Qt::Key_Down) << int(CellCommand::Next);
        QTest::newRow("K") << int(Qt::Key_K) << int(CellCommand::Previous);
        QTest::newRow("Up") << int(Qt::Key_Up) << int(CellCommand::Previous);
        QTest::newRow("Enter") << int(Qt::Key_Return) << int(CellCommand::Edit);
        QTest::newRow("Z") << int(Qt::Key_Z) << int(CellCommand::Undo);
    }
    void commandModeKnowsJupytersKeys()
    {
        QFETCH(int, key);
        QFETCH(int, command);
        CommandKeys keys;
        const auto answer = keys.take(press(key));
        QVERIFY(answer.isUsed);
        QCOMPARE(int(*answer.command), command);
        QVERIFY(!keys.take(press(key, Qt::ControlModifier)).isUsed || key == Qt::Key_Return);
    }

    void onlyTwoDInARowRemove()
    {
        CommandKeys keys;
        const auto first = keys.take(press(Qt::Key_D));
        QVERIFY(first.isUsed && !first.command);
        QCOMPARE(keys.take(press(Qt::Key_D)).command, CellCommand::Remove);
        QVERIFY(!keys.take(press(Qt::Key_D)).command);
        QVERIFY(!keys.take(press(Qt::Key_X)).isUsed);
        QVERIFY(!keys.take(press(Qt::Key_D)).command);
    }

    void aHeldDRemovesNothing()
    {
        CommandKeys keys;
        for (int i = 0; i < 10; ++i)
            QVERIFY(!keys.take(press(Qt::Key_D, Qt::NoModifier, true)).command);
    }
};

KINDLING_TEST(CellCommandTest)
#include "tst_cellcommand.moc"
