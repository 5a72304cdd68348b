// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "tests/support/testmain.h"
#include "tests/ui/notebook/notebookbench.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/editor/codeeditor.h"
#include "ui/notebook/cellview.h"
#include "ui/notebook/outputview.h"

#include <QSignalSpy>
#include <QTest>
#include <QtWidgets>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

template<typename T>
T* in(const QWidget* widget, const QString& name)
{
    return widget->findChild<T*>(name);
}

QWidget* textOf(NotebookBench& bench, int cell)
{
    return in<QWidget>(bench.pane->cellView(cell), u"codeText"_s);
}

/// Where Tab leads, by name, and by the place of the cell that it is in.
QStringList tabbedFrom(NotebookBench& bench, QWidget& first, int count)
{
    first.setFocus(Qt::TabFocusReason);
    QStringList names;
    for (int i = 0; i < count; ++i) {
        const QWidget* now = QApplication::focusWidget();
        QString name = now ? now->objectName() : u"nothing"_s;
        for (int cell = 0; now && cell < bench.document.cellCount(); ++cell)
            if (bench.pane->cellView(cell) == now || bench.pane->cellView(cell)->isAncestorOf(now))
                name += u' ' + QString::number(cell + 1);
        names.append(name);
        if (now)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    return names;
}

Statement done(int id, const QByteArray& text)
{
    Statement one = statement(id, StatementState::Available);
    one.output = okOutput(text);
    one.output->executionCount = id;
    one.started = QDateTime(QDate(2026, 11, 22), QTime(14, 2, 2, 690), QTimeZone::UTC);
    one.completed = one.started.addMSecs(2310);
    return one;
}


/// The first cell's statement, which its server tells as `held`, is asked to end and does not.
void interruptWhatRunsOn(NotebookBench& bench, Statement& held)
{
    held = statement(4, StatementState::Running);
    held.started = bench.clock.now();
    bench.state->onRun = [&held](const QString&) { return Script<Statement>(held); };
    bench.state->onFetch = [&held](int) { return Script<Statement>(held); };
    bench.pane->runCell(0);
    bench.advance(1s);
    bench.pane->interrupt();
}
}

class NotebookPaneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Qt::ColorScheme::Light); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void typingReachesTheDocument()
    {
        NotebookBench bench({ { Kind::PySpark, u""_s } });
        bench.pane->show();
        QSignalSpy titled(bench.pane.get(), &NotebookPane::titleChanged);
        QTest::keyClicks(textOf(bench, 0), u"x = 1"_s);
        QCOMPARE(bench.document.cellAt(0).source, u"x = 1"_s);
        QVERIFY(bench.document.isModified());
        bench.document.undoStack()->undo();
        QVERIFY(bench.document.cellAt(0).source != u"x = 1"_s);
        QCOMPARE(bench.pane->cellView(0)->editor()->text(), bench.document.cellAt(0).source);
    }

    void choosingAKindSetsItAndRecolours()
    {
        NotebookBench bench({ { Kind::PySpark, u"SELECT 1"_s } });
        auto* editor = bench.pane->cellView(0)->editor();
        const QColor before = editor->colorAt(0);
        auto* kind = in<QComboBox>(bench.pane->cellView(0), u"cellKind"_s);
        QCOMPARE(kind->currentText(), u"PySpark"_s);
        kind->setCurrentIndex(3);
        Q_EMIT kind->activated(3);
        QCOMPARE(bench.document.cellAt(0).kind, Kind::Sql);
        QVERIFY(editor->colorAt(0) != before);
        bench.document.undoStack()->undo();
        QCOMPARE(kind->currentText(), u"PySpark"_s);
    }

    void aRunShowsProgressThenItsOutput()
    {
        NotebookBench bench({ { Kind::PySpark, u"print(1)"_s } });
        bench.attach();
        Statement running = statement(0, StatementState::Running);
        running.progress = 0.62;
        bench.state->onRun = [&](const QString&) { return Script<Statement>(running); };
        bool isDone = false;
        bench.state->onFetch = [&](int) { return Script<Statement>(isDone ? done(0, "1") : running); };
        QSignalSpy finished(bench.pane.get(), &NotebookPane::runFinished);
        bench.pane->runCell(0);
        QCOMPARE(bench.pane->activeRuns(), 1);
        bench.advance(500ms);
        const CellView* cell = bench.pane->cellView(0);
        QCOMPARE(in<QLabel>(cell, u"cellNumber"_s)->text(), u"[*]"_s);
        QCOMPARE(in<QProgressBar>(cell, u"runProgress"_s)->value(), 620);
        QVERIFY(!in<QProgressBar>(cell, u"runProgress"_s)->isHidden());
        QVERIFY(in<QLabel>(cell, u"runWords"_s)->text().startsWith(u"62 %"_s));
        QVERIFY(in<QPushButton>(bench.pane.get(), u"interrupt"_s)->isEnabled());
        isDone = true;
        bench.advance(2000ms);
        QCOMPARE(finished.size(), 1);
        QVERIFY(!bench.pane->isRunning());
        QCOMPARE(bench.document.cellAt(0).outputs.size(), 1);
        QCOMPARE(in<QPlainTextEdit>(cell, u"outputText"_s)->toPlainText(), u"1"_s);
        QVERIFY(in<QLabel>(cell, u"runEnd"_s)->text().startsWith(u"2.31 s"_s));
        QVERIFY(in<QProgressBar>(cell, u"runProgress"_s)->isHidden());
        QVERIFY(!in<QPushButton>(bench.pane.get(), u"interrupt"_s)->isEnabled());
    }

    void aFailingCellShowsItsErrorAndStopsRunAll()
    {
        NotebookBench bench({ { Kind::PySpark, u"1/0"_s }, { Kind::PySpark, u"print(2)"_s } });
        bench.attach();
        Statement failed = done(0, "");
        failed.output = errorOutput(u"ZeroDivisionError"_s, u"division by zero"_s);
        bench.state->onRun = [&](const QString&) { return Script<Statement>(failed); };
        bench.pane->runAll();
        bench.advance(2000ms);
        QVERIFY(!bench.pane->isRunning());
        QCOMPARE(in<QLabel>(bench.pane->cellView(0), u"errorTitle"_s)->text(), u"ZeroDivisionError: division by zero"_s);
        QVERIFY(in<QLabel>(bench.pane->cellView(1), u"runEnd"_s)->text().startsWith(u"cancelled"_s));
        QCOMPARE(bench.state->countOf(u"POST statements"_s), 1);
    }

    void aRefusedRunTellsWhy()
    {
        NotebookBench bench({ { Kind::PySpark, u"x"_s } });
        bench.attach();
        bench.state->onRun = [](const QString&) {
            Error error = errorOf(ErrorKind::Rejected);
            error.title = u"The session is not idle"_s;
            return Script<Statement>(std::unexpected(error));
        };
        bench.pane->runCell(0);
        bench.advance(2000ms);
        auto* title = in<QLabel>(bench.pane->cellView(0), u"errorTitle"_s);
        QVERIFY(title);
        QCOMPARE(title->text(), u"The session is not idle"_s);
        QVERIFY(bench.document.cellAt(0).outputs.isEmpty());
    }

    void interruptAsksTheServer()
    {
        NotebookBench bench({ { Kind::PySpark, u"x"_s } });
        bench.attach();
        bench.state->onRun = [](const QString&) { return Script<Statement>(statement(4, StatementState::Running)); };
        bench.state->onFetch = [](int) { return Script<Statement>(statement(4, StatementState::Running)); };
        bench.pane->runCell(0);
        bench.advance(200ms);
        in<QPushButton>(bench.pane->cellView(0), u"cellInterrupt"_s)->click();
        bench.advance(100ms);
        QVERIFY(std::ranges::any_of(bench.state->calls, [](const QString& call) { return call.contains(u"cancel"_s, Qt::CaseInsensitive); }));
    }

    void withoutASessionNothingIsSentAndOneIsOffered()
    {
        NotebookBench bench({ { Kind::PySpark, u"x"_s } });
        QSignalSpy wanted(bench.pane.get(), &NotebookPane::newSessionRequested);
        in<QPushButton>(bench.pane.get(), u"runCell"_s)->click();
        QVERIFY(!bench.pane->messages()->isHidden());
        QVERIFY(!bench.pane->isRunning());
        in<QPushButton>(bench.pane.get(), u"messageAction"_s)->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).toString(), u"s"_s);
    }

    void blankAndTextCellsAreNotRun()
    {
        NotebookBench bench({ { Kind::PySpark, u"  \n"_s } });
        bench.document.insertCell(1, CellType::Markdown, Kind::PySpark, u"# Hi"_s);
        bench.attach();
        bench.pane->runAll();
        bench.pane->runCell(0);
        bench.pane->runCell(1);
        bench.pane->runCell(7);
        QCOMPARE(bench.pane->activeRuns(), 0);
        QCOMPARE(bench.state->countOf(u"POST"_s), 0);
    }

    void theTargetTellsHowFarItsStartIs()
    {
        NotebookBench bench;
        bench.attach();
        SparkItem& session = bench.state->sessions[0];
        QCOMPARE(session.id, u"12"_s);
        session.state = ItemState::fromWire(u"starting"_s);
        session.appId = u"application_17_0412"_s;
        bench.advance(3s);
        auto* hint = in<ElidedLabel>(bench.pane.get(), u"targetHint"_s);
        QCOMPARE(hint->text(), u"starting · waiting for its driver"_s);
        session.driverLogUrl = u"http://node/log"_s;
        bench.advance(3s);
        QCOMPARE(hint->text(), u"starting · driver starts"_s);
        session.state = ItemState::fromWire(u"idle"_s);
        bench.advance(3s);
        QCOMPARE(hint->text(), u"idle"_s);
    }

    void theSessionsOfTheServerAreOffered()
    {
        NotebookBench bench;
        auto* sessions = in<QComboBox>(bench.pane.get(), u"targetSession"_s);
        sessions->showPopup();
        sessions->hidePopup();
        QVERIFY(sessions->findText(u"12 etl-ann"_s) > 0);
        QSignalSpy changed(bench.pane.get(), &NotebookPane::targetChanged);
        Q_EMIT sessions->activated(sessions->findText(u"13 adhoc"_s));
        QCOMPARE(bench.pane->targetSession(), u"13"_s);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(in<ElidedLabel>(bench.pane.get(), u"targetHint"_s)->text(), u"busy"_s);
        QSignalSpy wanted(bench.pane.get(), &NotebookPane::newSessionRequested);
        Q_EMIT sessions->activated(sessions->count() - 1);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(bench.pane->targetSession(), u"13"_s);
    }

    void theSessionBoxKeepsTheChosenOneAloneUntilItIsOpened()
    {
        NotebookBench bench;
        bench.attach(); // to 12 etl-ann
        bench.pane->show();
        auto* sessions = in<QComboBox>(bench.pane.get(), u"targetSession"_s);
        QCOMPARE(sessions->currentText(), u"12 etl-ann"_s);
        QSignalSpy filled(sessions->model(), &QAbstractItemModel::rowsInserted);
        bench.state->sessions.append(sparkItem(u"99"_s, u"idle"_s, u"another"_s));
        bench.advance(20s);
        QCOMPARE(filled.size(), 0);
        QCOMPARE(sessions->findText(u"99 another"_s), -1);
        QTest::keyClick(sessions, Qt::Key_Down);
        QCOMPARE(bench.pane->targetSession(), u"13"_s);
        sessions->showPopup();
        QVERIFY(sessions->findText(u"99 another"_s) > 0);
        sessions->hidePopup();
        bench.state->sessions.removeLast();
        bench.advance(20s);
        QCOMPARE(sessions->findText(u"99 another"_s), -1);
    }

    void aServerThatWasRemovedIsOfferedNoMore()
    {
        NotebookBench bench;
        auto* servers = in<QComboBox>(bench.pane.get(), u"targetServer"_s);
        QCOMPARE(servers->count(), 1);
        bench.workspace.setProfiles({});
        QCOMPARE(servers->count(), 0);
    }

    void offersToRestartTheSessionWhileACancelledCellRunsOn()
    {
        NotebookBench bench({ { Kind::Spark, u"while (true) {}"_s } });
        bench.attach();
        Statement held;
        interruptWhatRunsOn(bench, held);
        QVERIFY(bench.pane->messages()->isHidden());
        held.state = StatementState::Cancelled;
        bench.advance(2s);
        QVERIFY(!bench.pane->messages()->isHidden());
        QVERIFY(bench.pane->messages()->text().contains(u"runs on"_s));
        const QSignalSpy wanted(bench.pane.get(), &NotebookPane::sessionRestartRequested);
        bench.pane->setTarget(u"s"_s, u"13"_s); // the offer is for the one that is busy
        auto* restart = in<QPushButton>(bench.pane->messages(), u"messageAction"_s);
        QCOMPARE(restart->text(), u"Restart session"_s);
        restart->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).value<ItemKey>(), (ItemKey{ u"s"_s, ItemType::Session, u"12"_s }));
        held.output = okOutput("done");
        bench.advance(30s);
        QVERIFY(bench.pane->messages()->isHidden());
    }

    void offersNoRestartOfASessionThatGoesOn()
    {
        NotebookBench bench({ { Kind::Spark, u"while (true) {}"_s } });
        bench.attach();
        Statement held;
        interruptWhatRunsOn(bench, held);
        held.state = StatementState::Cancelled;
        bench.advance(2s);
        QVERIFY(!bench.pane->messages()->isHidden());
        held = statement(5, StatementState::Running);
        held.started = bench.clock.now();
        bench.pane->runCell(0); // what comes after it runs: so it has ended
        bench.advance(2s);
        QVERIFY(bench.pane->messages()->isHidden());
    }

    void offersToRestartAPythonThatDied()
    {
        NotebookBench bench;
        bench.state->hasPython = true;
        bench.attach();
        QVERIFY(bench.pane->messages()->isHidden());
        bench.state->sessions.first().state = ItemState::fromWire(u"error"_s);
        bench.advance(20s);
        QVERIFY(!bench.pane->messages()->isHidden());
        QVERIFY(bench.pane->messages()->isProblem());
        auto* restart = in<QPushButton>(bench.pane->messages(), u"messageAction"_s);
        QCOMPARE(restart->text(), u"Restart Python"_s);
        const QSignalSpy wanted(bench.pane.get(), &NotebookPane::pythonRestartRequested);
        restart->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).value<ItemKey>(), (ItemKey{ u"s"_s, ItemType::Session, u"12"_s }));
        QCOMPARE(bench.state->countOf(u"POST restart-python"_s), 0); // a person is asked first
        bench.state->sessions.first().state = ItemState::fromWire(u"idle"_s);
        bench.advance(20s);
        QVERIFY(bench.pane->messages()->isHidden());
    }

    void offersAnotherSessionWhereTheBusyOneIsNotOurs()
    {
        NotebookBench bench({ { Kind::Spark, u"while (true) {}"_s } });
        bench.state->sessions.first().owner = u"bo"_s;
        bench.workspace.setLocalUser(u"ann"_s);
        bench.advance(20s);
        bench.attach();
        Statement held;
        interruptWhatRunsOn(bench, held);
        held.state = StatementState::Cancelled;
        bench.advance(2s);
        auto* another = in<QPushButton>(bench.pane->messages(), u"messageAction"_s);
        QCOMPARE(another->text(), u"New session…"_s);
        const QSignalSpy wanted(bench.pane.get(), &NotebookPane::newSessionRequested);
        another->click();
        QCOMPARE(wanted.size(), 1);
        bench.state->sessions.removeFirst();
        bench.advance(20s);
        QVERIFY(bench.pane->messages()->isHidden());
    }

    void aPythonThatNobodyCanRestartIsNotOffered()
    {
        NotebookBench bench;
        bench.attach();
        bench.state->sessions.first().state = ItemState::fromWire(u"error"_s);
        bench.advance(20s);
        QVERIFY(bench.pane->messages()->isHidden());
    }

    void aSessionThatVanishedIsToldSo()
    {
        NotebookBench bench;
        bench.attach();
        bench.state->sessions.removeFirst();
        bench.advance(20s);
        QCOMPARE(in<ElidedLabel>(bench.pane.get(), u"targetHint"_s)->text(), u"not on the server any more"_s);
        bench.workspace.setProfiles({});
        QVERIFY(bench.pane->targetServer().isEmpty());
    }

    void offersSparkOfThisMachineWhereThereIsNoServer()
    {
        NotebookBench bench({ { Kind::PySpark, u"a"_s } });
        bench.workspace.setProfiles({});
        const QSignalSpy wanted(bench.pane.get(), &NotebookPane::localSparkRequested);
        bench.pane->runCell(0);
        in<QPushButton>(bench.pane->messages(), u"messageAction"_s)->click();
        QCOMPARE(wanted.count(), 1);
    }

    void shiftEnterRunsAndGoesOn()
    {
        NotebookBench bench({ { Kind::PySpark, u"a"_s } });
        bench.attach();
        bench.pane->show();
        QTest::keyClick(textOf(bench, 0), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(bench.pane->activeRuns(), 1);
        QCOMPARE(bench.document.cellCount(), 2);
        QCOMPARE(bench.pane->currentCell(), 1);
        QCOMPARE(bench.document.cellAt(0).source, u"a"_s);
        QCOMPARE(bench.document.cellAt(1).kind, Kind::PySpark);
    }

    void controlEnterRunsAndStays()
    {
        NotebookBench bench({ { Kind::Sql, u"select 1"_s } });
        bench.attach();
        bench.pane->show();
        QTest::keyClick(textOf(bench, 0), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.pane->activeRuns(), 1);
        QCOMPARE(bench.document.cellCount(), 1);
        QTest::keyClick(textOf(bench, 0), Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(bench.document.cellCount(), 2);
        QCOMPARE(bench.document.cellAt(1).kind, Kind::Sql);
    }

    void commandModeChangesCells()
    {
        NotebookBench bench({ { Kind::PySpark, u"one"_s }, { Kind::PySpark, u"two"_s } });
        bench.pane->show();
        QTest::keyClick(textOf(bench, 0), Qt::Key_Escape);
        QTest::keyClick(bench.pane->cellView(0), Qt::Key_B);
        QCOMPARE(bench.document.cellCount(), 3);
        QCOMPARE(bench.pane->currentCell(), 1);
        QTest::keyClick(bench.pane->cellView(1), Qt::Key_M);
        QCOMPARE(bench.document.cellAt(1).type, CellType::Markdown);
        QTest::keyClick(bench.pane->cellView(1), Qt::Key_Y);
        QCOMPARE(bench.document.cellAt(1).type, CellType::Code);
        QTest::keyClick(bench.pane->cellView(1), Qt::Key_J);
        QCOMPARE(bench.pane->currentCell(), 2);
        QTest::keyClicks(bench.pane->cellView(2), u"dd"_s);
        QCOMPARE(bench.document.cellCount(), 2);
        QCOMPARE(bench.pane->currentCell(), 1);
        QTest::keyClick(bench.pane->cellView(1), Qt::Key_Z);
        QCOMPARE(bench.document.cellCount(), 3);
        QCOMPARE(bench.pane->cellView(2)->editor()->text(), u"two"_s);
    }

    void theMenuMovesCells()
    {
        NotebookBench bench({ { Kind::PySpark, u"one"_s }, { Kind::PySpark, u"two"_s } });
        auto* menu = in<QToolButton>(bench.pane->cellView(0), u"cellMenu"_s)->menu();
        menu->actions().at(4)->trigger();
        QCOMPARE(bench.document.cellAt(1).source, u"one"_s);
        QCOMPARE(bench.pane->cellView(1)->editor()->text(), u"one"_s);
    }

    void anEmptyNotebookOffersACell()
    {
        NotebookBench bench;
        in<QPushButton>(bench.pane.get(), u"emptyButton"_s)->click();
        QCOMPARE(bench.document.cellCount(), 1);
        QCOMPARE(bench.pane->currentCell(), 0);
    }

    void markdownIsRenderedWhenRun()
    {
        NotebookBench bench;
        bench.document.insertCell(0, CellType::Markdown, Kind::PySpark, u"# Revenue"_s);
        const CellView* cell = bench.pane->cellView(0);
        auto* view = in<QWidget>(cell, u"markdownView"_s);
        QVERIFY(!view->isHidden());
        QTest::keyClick(bench.pane->cellView(0), Qt::Key_Return);
        QVERIFY(view->isHidden());
        QTest::keyClick(textOf(bench, 0), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!view->isHidden());
    }

    void tabGoesThroughEachCellBeforeTheNext()
    {
        NotebookBench bench({ { Kind::PySpark, u"one"_s }, { Kind::PySpark, u"three"_s } });
        bench.pane->show();
        bench.pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.pane.get()));
        bench.document.insertCell(1, CellType::Code, Kind::Sql, u"two"_s);
        Statement table = done(1, "");
        table.output->parts = { { u"application/json"_s, R"({"schema":{"type":"struct","fields":[{"name":"n","type":"long"}]},"data":[[1]]})" } };
        bench.document.setOutputs(bench.document.cellAt(1).id, { *table.output }, {});
        bench.document.moveCell(bench.document.cellAt(2).id, 0);
        QTRY_VERIFY(bench.pane->cellView(2)->isVisible());

        const QStringList three{ u"cell 3"_s, u"cellKind 3"_s, u"cellAdd 3"_s, u"cellMenu 3"_s, u"pageTab 3"_s, u"resultTable 3"_s };
        const QStringList stops = tabbedFrom(bench, *bench.pane->cellView(0), 16);
        QCOMPARE(stops.mid(0, 8), QStringList({ u"cell 1"_s, u"cellKind 1"_s, u"cellAdd 1"_s, u"cellMenu 1"_s, u"cell 2"_s, u"cellKind 2"_s,
                                      u"cellAdd 2"_s, u"cellMenu 2"_s }));
        QCOMPARE(stops.mid(8, 6), three);
        QCOMPARE(stops.mid(14, 2), QStringList({ u"addCode"_s, u"addMarkdown"_s }));
        QVERIFY2(!stops.contains(u"codeText"_s), "Tab must not lead to where Tab indents");

        const auto tabs = bench.pane->cellView(2)->findChildren<QAbstractButton*>(u"pageTab"_s);
        tabs.at(1)->click();
        QTRY_VERIFY(in<QWidget>(bench.pane->cellView(2), u"outputText"_s)->isVisible());
        QCOMPARE(tabbedFrom(bench, *tabs.at(1), 3), QStringList({ u"pageTab 3"_s, u"outputText 3"_s, u"addCode"_s }));
        QCOMPARE(bench.pane->currentCell(), 2);
    }

    void tabLeavesTheCellsForTheBarAboveThem()
    {
        NotebookBench bench({ { Kind::PySpark, u"one"_s } });
        bench.pane->show();
        bench.pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.pane.get()));
        const QStringList stops = tabbedFrom(bench, *bench.pane->cellView(0), 30);
        QVERIFY2(stops.contains(u"targetServer"_s), qPrintable(stops.join(u' ')));
        QVERIFY(stops.lastIndexOf(u"cell 1"_s) > stops.indexOf(u"targetServer"_s));
    }

    void runningAMarkdownCellThatIsTypedInKeepsTheFocusAtIt()
    {
        NotebookBench bench({ { Kind::PySpark, u"one"_s } });
        bench.document.insertCell(1, CellType::Markdown, Kind::PySpark, u"# Hi"_s);
        bench.pane->show();
        bench.pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.pane.get()));
        bench.pane->cellView(1)->edit();
        QCOMPARE(QApplication::focusWidget(), textOf(bench, 1));
        bench.pane->runCurrentCell();
        QCOMPARE(QApplication::focusWidget(), bench.pane->cellView(1));
        QCOMPARE(bench.pane->currentCell(), 1);
    }

    void everythingToActOnHasAName()
    {
        NotebookBench bench({ { Kind::PySpark, u"x"_s } });
        for (const QAbstractButton* button : bench.pane->findChildren<QAbstractButton*>()) {
            if (button->objectName().startsWith(u"qt_"_s) || button->isHidden())
                continue;
            QVERIFY2(!button->objectName().isEmpty() && !button->accessibleName().isEmpty(), qPrintable(button->objectName() + button->text()));
        }
        for (const QComboBox* combo : bench.pane->findChildren<QComboBox*>())
            QVERIFY(!combo->objectName().isEmpty() && !combo->accessibleName().isEmpty());
    }
};

KINDLING_TEST(NotebookPaneTest)
#include "tst_notebookpane.moc"
