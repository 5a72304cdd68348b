// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/notebook/notebookbench.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/editor/codeeditor.h"
#include "ui/notebook/cellcolumn.h"
#include "ui/notebook/cellscroll.h"
#include "ui/notebook/cellview.h"

#include <QTest>
#include <QtWidgets>

#include <ctime>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {

QList<NotebookCell> manyCells(int count)
{
    QList<NotebookCell> cells;
    for (int i = 0; i < count; ++i) {
        NotebookCell cell;
        cell.id = QString::number(i);
        cell.source = u"df = spark.range(%1)\ndf.show()"_s.arg(i);
        if (i % 3 == 0)
            cell.outputs = { okOutput("+---+\\n| id|\\n+---+\\n|  0|\\n+---+") };
        if (i % 10 == 9) {
            cell.type = CellType::Markdown;
            cell.source = u"## Part %1\n\nOf a long story."_s.arg(i);
        }
        cells.append(cell);
    }
    return cells;
}

/// A shown notebook of many cells.
class Long {
public:
    explicit Long(int count)
    {
        bench.document.reset(manyCells(count), {});
        bench.pane->show();
        settle();
    }
    static void settle()
    {
        for (int round = 0; round < 4; ++round)
            QCoreApplication::sendPostedEvents();
    }
    int bodies() const { return static_cast<int>(bench.pane->findChildren<CodeEditor*>().size()); }
    CellColumn* column() const { return bench.pane->findChild<CellColumn*>(); }
    CellScroll* scroll() const { return bench.pane->findChild<CellScroll*>(); }
    QScrollBar* bar() const { return scroll()->verticalScrollBar(); }
    CellView* view(int index) const { return column()->view(bench.document.cellAt(index).id); }
    CellView* top() const { return column()->firstWithin(bar()->value(), bar()->value() + scroll()->viewport()->height()); }
    /// Where a cell begins, seen from the top of the window.
    int placeOf(const CellView* cell) const { return cell->mapTo(scroll()->viewport(), QPoint()).y(); }
    bool isAllSeenMade() const
    {
        const QRect seen = scroll()->viewport()->rect().translated(-column()->pos());
        for (int i = 0; i < bench.document.cellCount(); ++i)
            if (view(i)->geometry().intersects(seen) && !view(i)->hasBody())
                return false;
        return true;
    }

    NotebookBench bench;
};

}

class CellScrollTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Qt::ColorScheme::Light); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void onlyCellsNearTheWindowHaveWidgets()
    {
        Long notebook(1000);
        QVERIFY2(notebook.bodies() < 30, qPrintable(QString::number(notebook.bodies())));
        QVERIFY(notebook.isAllSeenMade());
        QVERIFY(notebook.bar()->maximum() > 50'000);
    }

    void whatIsScrolledToHasWidgetsAtOnce()
    {
        Long notebook(1000);
        for (const int part : { 1, 2, 3, 4 }) {
            notebook.bar()->setValue(notebook.bar()->maximum() * part / 4);
            QVERIFY2(notebook.isAllSeenMade(), qPrintable(QString::number(part)));
        }
        QVERIFY(notebook.view(999)->hasBody());
        QVERIFY(notebook.bodies() < 150);
    }

    void whatComesNextIsMadeAhead()
    {
        Long notebook(200);
        const int room = notebook.scroll()->viewport()->height();
        const CellView* next = notebook.column()->firstWithin(room + room / 2, 2 * room);
        QTRY_VERIFY(next->hasBody());
        QVERIFY(!notebook.view(150)->hasBody());
    }

    void theTopStaysWhereItIsWhenCellsAboveGrow()
    {
        Long notebook(200);
        notebook.bar()->setValue(notebook.bar()->maximum() / 2);
        const CellView* top = notebook.top();
        const int place = notebook.placeOf(top);
        notebook.bench.document.setOutputs(notebook.bench.document.cellAt(4).id, { okOutput(QByteArray("line\\n").repeated(20)) }, {});
        notebook.view(3)->makeBody();
        Long::settle();
        QCOMPARE(notebook.placeOf(top), place);
    }

    void scrollingUpDoesNotJump()
    {
        Long notebook(300);
        notebook.bar()->setValue(notebook.bar()->maximum());
        Long::settle();
        int jumps = 0;
        for (int step = 0; step < 100; ++step) {
            const CellView* top = notebook.top();
            const int place = notebook.placeOf(top);
            notebook.bar()->setValue(notebook.bar()->value() - 40);
            jumps += qAbs(notebook.placeOf(top) - place - 40) > 1;
            Long::settle();
            jumps += qAbs(notebook.placeOf(top) - place - 40) > 1;
        }
        QCOMPARE(jumps, 0);
    }

    void theBeginningStaysInViewWhenACellIsAddedThere()
    {
        Long notebook(50);
        notebook.bench.document.insertCell(0, CellType::Code, Kind::Sql, u"SELECT 1"_s);
        Long::settle();
        QCOMPARE(notebook.bar()->value(), 0);
        QVERIFY(notebook.view(0)->hasBody());
    }

    void aCellFarAwayShowsWhatHappenedBeforeItHadWidgets()
    {
        Long notebook(400);
        notebook.bench.attach();
        notebook.bench.state->onRun = [](const QString&) { return Script<Statement>(statement(0, StatementState::Running)); };
        notebook.bench.state->onFetch = [](int) { return Script<Statement>(statement(0, StatementState::Running)); };
        notebook.bench.pane->runCell(300);
        notebook.bench.advance();
        notebook.bench.document.setSource(notebook.bench.document.cellAt(301).id, u"changed"_s);
        QVERIFY(!notebook.view(300)->hasBody());
        notebook.bar()->setValue(notebook.view(300)->y());
        QVERIFY(notebook.view(300)->hasBody());
        QCOMPARE(notebook.view(300)->findChild<QLabel*>(u"cellNumber"_s)->text(), u"[*]"_s);
        QCOMPARE(notebook.view(301)->editor()->text(), u"changed"_s);
    }

    void keysWalkIntoCellsThatHadNoWidgets()
    {
        Long notebook(100);
        CellView* first = notebook.view(0);
        first->choose();
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(notebook.view(i), Qt::Key_J);
        QCOMPARE(notebook.bench.pane->currentCell(), 60);
        const QRect seen = notebook.scroll()->viewport()->rect();
        QVERIFY(seen.contains(QPoint(20, notebook.placeOf(notebook.view(60)))));
        QTest::keyClick(notebook.view(60), Qt::Key_Return);
        QVERIFY(notebook.view(60)->hasBody());
    }

    void aMessageDoesNotPushOutTheCellThatIsWorkedOn()
    {
        Long notebook(100);
        int last = 0;
        while (notebook.placeOf(notebook.view(last + 1)) + notebook.view(last + 1)->height() <= notebook.scroll()->viewport()->height())
            ++last;
        notebook.view(last)->choose();
        notebook.bench.pane->messages()->showProblem(u"No"_s, u"Two\nmore\nlines"_s);
        Long::settle();
        const int bottom = notebook.placeOf(notebook.view(last)) + notebook.view(last)->height();
        QVERIFY2(bottom <= notebook.scroll()->viewport()->height(), qPrintable(QString::number(bottom)));
        notebook.bench.pane->messages()->dismiss();
        Long::settle();
        notebook.bar()->setValue(notebook.bar()->maximum());
        const int value = notebook.bar()->value();
        notebook.bench.pane->messages()->showProblem(u"No"_s);
        Long::settle();
        QVERIFY2(notebook.bar()->value() >= value, "who looked elsewhere stays there");
    }

    void aCellIsAsHighAsItWasThoughtToBe()
    {
        Long notebook(100);
        for (int i = 60; i < 70; ++i) {
            if (notebook.bench.document.cellAt(i).type != CellType::Code)
                continue;
            CellView* cell = notebook.view(i);
            QVERIFY(!cell->hasBody());
            const int thought = cell->sizeHint().height();
            cell->makeBody();
            Long::settle();
            QVERIFY2(qAbs(cell->height() - thought) <= 1, qPrintable(u"%1: %2 for %3"_s.arg(i).arg(thought).arg(cell->height())));
        }
    }

    void aThousandCellsOpenQuickly()
    {
        NotebookBench bench;
        bench.pane->show();
        const QList<NotebookCell> cells = manyCells(1000);
        // Of the processor: the machine may be busy with something else.
        const auto spent = [from = std::clock()] { return 1000.0 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC; };
        bench.document.reset(cells, {});
        Long::settle();
        const double opened = spent();
        auto* bar = bench.pane->findChild<CellScroll*>()->verticalScrollBar();
        for (int step = 0; step < 200; ++step)
            bar->setValue(bar->value() + 72);
        const double scrolled = spent() - opened;
        qInfo("opened in %.0f ms, a step of the wheel in %.1f ms, of the processor", opened, scrolled / 200);
        // Sanitizers and unoptimized code take several times as long.
        QVERIFY2(opened < 2000, qPrintable(QString::number(opened)));
    }
};

KINDLING_TEST(CellScrollTest)
#include "tst_cellscroll.moc"
