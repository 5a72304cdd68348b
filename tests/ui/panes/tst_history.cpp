// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/historymodel.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/recordedpanes.h"
#include "tests/ui/shown.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"
#include "ui/editor/codeeditor.h"
#include "ui/log/historypane.h"
#include "ui/shell/notebookoutputs.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
/// The history over a recorder, with outputs as plain words.
struct Bench : RecordedPanes {
    static OutputWidgets plainOutputs()
    {
        return [](const QList<Output>& outputs, QWidget* parent) {
            auto* label = new QLabel(outputs.constFirst().errorName, parent);
            label->setObjectName("shownOutput"_L1);
            label->setTextFormat(Qt::PlainText);
            return label;
        };
    }
    void open(OutputWidgets outputs = plainOutputs())
    {
        model = std::make_unique<HistoryModel>(*recorder, workspace);
        pane = std::make_unique<HistoryPane>(model.get(), *recorder, std::move(outputs));
        pane->resize(1172, 230);
        pane->show();
    }
    void run(int id, const QString& code, RunState state = RunState::Finished, const QString& problem = {}, std::optional<Output> output = {})
    {
        StatementSeen seen;
        seen.id = id;
        seen.code = code;
        seen.kind = Kind::PySpark;
        seen.state = state;
        seen.submitted = clock.now();
        seen.started = clock.now();
        seen.completed = clock.now().addMSecs(2310);
        seen.problem = problem;
        seen.output = std::move(output);
        record(ItemType::Session, u"12"_s, seen);
    }
    [[nodiscard]] QTableView* table() const { return child<QTableView>(*pane, u"historyTable"_s); }
    [[nodiscard]] QString at(int row, HistoryModel::Column column) const
    {
        return table()->model()->index(row, static_cast<int>(column)).data().toString();
    }
    [[nodiscard]] QString emptyTitle() const { return child<EmptyState>(*pane, u"historyEmpty"_s)->findChild<QLabel*>(u"emptyTitle"_s)->text(); }

    std::unique_ptr<HistoryModel> model;
    std::unique_ptr<HistoryPane> pane;
};

/// Where in `pane` the first text of a widget begins.
int textLeft(QWidget& pane, const QString& name)
{
    auto* widget = child<QWidget>(pane, name);
    return widget->mapTo(&pane, QPoint(inkLeft(*widget, widget->rect()), 0)).x();
}
}

class TestHistory final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void showsWhatWasRun()
    {
        Bench bench;
        bench.run(1, u"df = spark.read.parquet('/sales')\ndf.count()"_s);
        bench.run(2, u"1/0"_s, RunState::Failed, {}, errorOutput(u"ZeroDivisionError"_s, u"division by zero"_s));
        bench.open();
        QTRY_COMPARE(bench.table()->model()->rowCount(), 2);
        QCOMPARE(bench.at(1, HistoryModel::Column::Server), u"prod"_s);
        QCOMPARE(bench.at(1, HistoryModel::Column::Item), u"12 etl-ann"_s);
        QCOMPARE(bench.at(1, HistoryModel::Column::Code), u"df = spark.read.parquet('/sales')"_s);
        QCOMPARE(bench.at(1, HistoryModel::Column::State), u"done"_s);
        QCOMPARE(bench.at(1, HistoryModel::Column::Took), u"2.31 s"_s);
        QCOMPARE(bench.at(0, HistoryModel::Column::State), u"failed"_s);
        QVERIFY(bench.at(0, HistoryModel::Column::Problem).startsWith("ZeroDivisionError"_L1));
    }
    void aRowIsReadWholeWithWhatItGave()
    {
        Bench bench;
        bench.run(1, u"x = 1\n1/0"_s, RunState::Failed, {}, errorOutput(u"ZeroDivisionError"_s, u"division by zero"_s));
        bench.open();
        QTRY_COMPARE(bench.table()->model()->rowCount(), 1);
        QVERIFY(!child<QPushButton>(*bench.pane, u"historyInsert"_s)->isEnabled());
        bench.table()->selectRow(0);
        QCOMPARE(child<CodeEditor>(*bench.pane, u"statementCode"_s)->text(), u"x = 1\n1/0"_s);
        QVERIFY(child<QLabel>(*bench.pane, u"statementFacts"_s)->text().contains(u"took\u00A02.31\u00A0s"_s));
        QTRY_VERIFY(bench.pane->findChild<QLabel*>(u"shownOutput"_s));
        QCOMPARE(child<QLabel>(*bench.pane, u"shownOutput"_s)->text(), u"ZeroDivisionError"_s);
        QVERIFY(!child<QLabel>(*bench.pane, u"statementNote"_s)->isVisible());
    }
    void whatItGaveStandsUnderTheCode()
    {
        Bench bench;
        bench.run(1, u"H = 1"_s, RunState::Failed, {}, errorOutput(u"HardError"_s, u"H"_s));
        bench.open(notebookOutputs());
        QTRY_COMPARE(bench.table()->model()->rowCount(), 1);
        bench.table()->selectRow(0);
        QTRY_VERIFY(bench.pane->findChild<QWidget*>(u"errorTitle"_s));
        QCoreApplication::sendPostedEvents();
        const int code = textLeft(*bench.pane, u"statementCode"_s);
        for (const QString& name : { u"errorTitle"_s, u"statementFacts"_s })
            QVERIFY2(qAbs(textLeft(*bench.pane, name) - code) <= 1, qPrintable(u"%1: %2 and %3"_s.arg(name).arg(textLeft(*bench.pane, name)).arg(code)));
        const auto* facts = child<QLabel>(*bench.pane, u"statementFacts"_s);
        QCOMPARE(facts->palette().color(facts->foregroundRole()), themeColor(ColorRole::Secondary, bench.pane->palette()));
    }
    void timesAreAsShortAsTheDayAllows()
    {
        Bench bench;
        bench.run(1, u"print(1)"_s);
        const QDateTime when = bench.clock.now();
        bench.open();
        QTRY_COMPARE(bench.table()->model()->rowCount(), 1);
        QCOMPARE(bench.at(0, HistoryModel::Column::When), when.toLocalTime().time().toString(Qt::ISODate));
        bench.clock.advance(std::chrono::hours(48));
        QCOMPARE(bench.at(0, HistoryModel::Column::When), briefTime(when, when.date().addDays(2)));
        QVERIFY(bench.at(0, HistoryModel::Column::When) != exactTime(when));
        const QString toolTip = bench.table()->model()->index(0, 0).data(Qt::ToolTipRole).toString();
        QCOMPARE(shownToolTip(toolTip), exactTime(when));
    }
    void noColumnIsCutInANarrowDock()
    {
        Bench bench;
        bench.run(1, u"df = spark.read.parquet('/sales')"_s);
        bench.open();
        QTRY_COMPARE(bench.table()->model()->rowCount(), 1);
        for (const int width : { 1172, 900, 640 }) {
            bench.pane->resize(width, 230);
            QCoreApplication::sendPostedEvents();
            const QTableView* table = bench.table();
            QCOMPARE(table->horizontalHeader()->length(), table->viewport()->width());
            QVERIFY(table->columnWidth(static_cast<int>(HistoryModel::Column::Code)) >= QFontMetrics(codeFont()).averageCharWidth() * 24);
            QVERIFY(table->columnWidth(0) >= table->fontMetrics().horizontalAdvance(longestBriefTime()) + 16);
        }
        QVERIFY(bench.table()->isColumnHidden(static_cast<int>(HistoryModel::Column::Problem)));
        bench.pane->resize(1440, 230);
        QCoreApplication::sendPostedEvents();
        for (int column = 0; column < bench.table()->model()->columnCount(); ++column)
            QVERIFY(!bench.table()->isColumnHidden(column));
    }
    void codeIsUsedAgain()
    {
        Bench bench;
        bench.run(1, u"spark.range(3)"_s);
        bench.open();
        QSignalSpy inserted(bench.pane.get(), &HistoryPane::insertRequested);
        QSignalSpy opened(bench.pane.get(), &HistoryPane::itemActivated);
        QTRY_COMPARE(bench.table()->model()->rowCount(), 1);
        bench.table()->selectRow(0);
        for (const auto* name : { "historyInsert", "historyCopy", "historyOpen" })
            child<QPushButton>(*bench.pane, QString::fromLatin1(name))->click();
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(inserted.at(0).at(0).toString(), u"spark.range(3)"_s);
        QCOMPARE(inserted.at(0).at(1).value<Kind>(), Kind::PySpark);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"spark.range(3)"_s);
        QCOMPARE(opened.at(0).at(0).value<ItemKey>(), (ItemKey{ u"prod"_s, ItemType::Session, u"12"_s }));
        QVERIFY(opened.at(0).at(1).toLongLong() > 0);
    }
    void searchesAndSaysWhereNothingMatches()
    {
        Bench bench;
        bench.run(1, u"spark.range(3)"_s);
        bench.run(2, u"print(1)"_s);
        bench.open();
        auto* search = child<QLineEdit>(*bench.pane, u"historySearch"_s);
        QTRY_COMPARE(bench.table()->model()->rowCount(), 2);
        search->setText(u"range"_s);
        QTRY_COMPARE(bench.table()->model()->rowCount(), 1);
        search->setText(u"nothing has this"_s);
        QTRY_COMPARE(bench.emptyTitle(), u"Nothing matches"_s);
        child<EmptyState>(*bench.pane, u"historyEmpty"_s)->button()->click();
        QVERIFY(search->text().isEmpty());
        QTRY_COMPARE(bench.table()->model()->rowCount(), 2);
    }
    void readsFurtherPagesOnScrolling()
    {
        Bench bench;
        for (int i = 0; i < HistoryModel::pageSize + 20; ++i)
            bench.run(i, u"print(%1)"_s.arg(i));
        bench.open();
        QTRY_COMPARE(bench.table()->model()->rowCount(), HistoryModel::pageSize);
        const auto scrollToEnd = [&bench] {
            bench.table()->scrollToBottom();
            return bench.table()->model()->rowCount();
        };
        QTRY_COMPARE(scrollToEnd(), HistoryModel::pageSize + 20);
    }
    void saysSoWhereNothingWasRunYet()
    {
        Bench bench;
        bench.open();
        QCOMPARE(bench.emptyTitle(), u"Reading the history…"_s);
        QTRY_COMPARE(bench.emptyTitle(), u"Nothing was run yet"_s);
    }
    void saysSoWhereItCannotBeRead()
    {
        Bench bench;
        bench.recorder = std::make_unique<Recorder>(bench.folder.path(), bench.clock); // a folder is no database
        bench.open();
        QTRY_COMPARE(bench.emptyTitle(), u"The history cannot be read"_s);
        QVERIFY(child<MessageBar>(*bench.pane, u"historyMessages"_s)->isProblem());
    }
    void hostileCodeStaysText()
    {
        Bench bench;
        bench.run(1, hostileName(), RunState::Lost, hostileName());
        bench.open();
        QTRY_COMPARE(bench.table()->model()->rowCount(), 1);
        bench.table()->selectRow(0);
        QVERIFY(bench.at(0, HistoryModel::Column::Code).size() <= 500);
        for (const QLabel* label : bench.pane->findChildren<QLabel*>())
            QVERIFY(label->text().isEmpty() || (label->textFormat() == Qt::PlainText && label->text().size() <= 2000));
        QVERIFY(!bench.pane->grab().isNull());
    }
};

KINDLING_TEST(TestHistory)
#include "tst_history.moc"
