// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "app/models/eventsmodel.h"
#include "app/models/requestsmodel.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/panes/recordedpanes.h"
#include "ui/common/choicefilter.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/log/eventspane.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/log/logwords.h"
#include "ui/log/requestspane.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const ItemKey session12{ u"prod"_s, ItemType::Session, u"12"_s };

QList<LogLine> linesOf(const QStringList& texts)
{
    QList<LogLine> lines;
    for (const QString& text : texts)
        lines += LogLine{ LogSection::Stderr, text, text == "GAP"_L1 };
    return lines;
}

const QStringList sample{ u"stdout: "_s, u"\nstderr: "_s, u"26/11/22 14:02:09 INFO DAGScheduler: Submitting"_s,
    u"26/11/22 14:02:10 WARN TaskSetManager: Lost task, executor 3"_s, u"26/11/22 14:02:11 ERROR TaskSetManager: failed"_s,
    u"\tat org.apache.spark.Foo(Foo.scala:1)"_s, u"26/11/22 14:02:12 INFO CodeGenerator: executor 3 done"_s };

void answerLog(FakeSparkApi::State& state, const QStringList& lines)
{
    state.onLog = [lines](ItemType) -> Script<LogSlice> {
        return LogSlice{ 0, static_cast<int>(lines.size()), lines };
    };
}
}

class TestLog final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void asksForAnItemFirst()
    {
        PanesFixture fixture;
        LogPane pane(&fixture.workspace);
        pane.show();
        QVERIFY(child<EmptyState>(pane, u"logEmpty"_s)->isVisible());
        pane.showItem({ u"nobody"_s, ItemType::Session, u"1"_s });
        QVERIFY(!pane.item().isValid());
    }
    void followsTheLogOfAnItemWhileSeen()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        auto& prod = fixture.state(u"prod"_s);
        answerLog(prod, sample);
        LogPane pane(&fixture.workspace);
        pane.showItem(session12);
        LogTailer* tailer = fixture.workspace.server(u"prod"_s)->log(ItemType::Session, u"12"_s);
        QVERIFY(!tailer->isWatched());
        pane.show();
        QVERIFY(tailer->isWatched());
        fixture.clock.advance(2s);
        QCOMPARE(pane.view()->log().placeCount(), 5);
        QVERIFY(pane.view()->isVisible());
        pane.hide();
        QVERIFY(!tailer->isWatched());
        pane.show();
        pane.showItem({ u"prod"_s, ItemType::Batch, u"731"_s });
        QVERIFY(!tailer->isWatched());
        fixture.removeServer(u"prod"_s);
        QVERIFY(!pane.item().isValid());
    }
    void showsWhatWasRecordedOfARemovedServer()
    {
        RecordedPanes panes;
        panes.seeLog(ItemType::Session, u"12"_s, { u"one"_s, u"two"_s });
        panes.write();
        LogPane pane(&panes.workspace, panes.recorder.get());
        pane.show();
        panes.removeServer(u"prod"_s);
        pane.showItem(session12);
        QTRY_COMPARE_WITH_TIMEOUT(pane.view()->log().placeCount(), 2, 30s);
        QVERIFY(pane.view()->isVisible());
        pane.showItem({ u"prod"_s, ItemType::Session, u"404"_s });
        const auto* empty = child<EmptyState>(pane, u"logEmpty"_s);
        QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>(*empty, u"emptyTitle"_s)->text(), u"No log was recorded"_s, 30s);
        pane.showItem(session12, 404);
        const auto* why = child<QLabel>(*empty, u"emptyText"_s);
        QTRY_COMPARE_WITH_TIMEOUT(why->text(), u"This one is over, so that there is nobody to ask."_s, 30s);
    }
    void findsStepsAndFilters()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        answerLog(fixture.state(u"prod"_s), sample);
        LogPane pane(&fixture.workspace);
        pane.show();
        pane.showItem(session12);
        fixture.clock.advance(2s);
        auto* search = child<QLineEdit>(pane, u"logSearch"_s);
        auto* count = child<QLabel>(pane, u"logMatchCount"_s);
        search->setText(u"EXECUTOR 3"_s);
        QCOMPARE(count->text(), u"2 found"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(count->text(), u"1 of 2"_s);
        QCOMPARE(pane.view()->currentRow(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(count->text(), u"1 of 2"_s);
        search->setText(u"nowhere"_s);
        QCOMPARE(count->text(), u"none"_s);
        search->clear();
        QVERIFY(count->text().isEmpty());
        child<QPushButton>(pane, u"logFirstError"_s)->click();
        QCOMPARE(pane.view()->currentRow(), 2);
        QVERIFY(!child<QPushButton>(pane, u"logFollow"_s)->isChecked());
        child<QPushButton>(pane, u"logLoudOnly"_s)->setChecked(true);
        QCOMPARE(pane.view()->log().placeCount(), 3);
    }
    void tellsWhyALogCannotBeRead()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        fixture.state(u"prod"_s).onLog = [](ItemType) -> Script<LogSlice> { return std::unexpected(errorOf(ErrorKind::Server)); };
        LogPane pane(&fixture.workspace);
        pane.show();
        pane.showItem(session12);
        fixture.clock.advance(5s);
        QVERIFY(child<MessageBar>(pane, u"logMessages"_s)->isVisible());
        QVERIFY(child<EmptyState>(pane, u"logEmpty"_s)->isVisible());
        answerLog(fixture.state(u"prod"_s), sample);
        fixture.clock.advance(60s);
        QVERIFY(!child<MessageBar>(pane, u"logMessages"_s)->isVisible());
        QVERIFY(pane.view()->isVisible());
    }
    void stopsFollowingWhenScrolledAway()
    {
        LogView view;
        view.resize(400, 200);
        view.show();
        QStringList many;
        for (int i = 0; i < 5000; ++i)
            many += u"line %1"_s.arg(i);
        view.log().append(linesOf(many));
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QSignalSpy changed(&view, &LogView::followingChanged);
        view.verticalScrollBar()->setValue(10);
        QCOMPARE(changed.size(), 1);
        QVERIFY(!view.isFollowing());
        view.log().append(linesOf(many));
        QCOMPARE(view.verticalScrollBar()->value(), 10);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QVERIFY(view.isFollowing());
    }
    void aGapSaysHowLongNobodyLookedAndWhatTheServerKeeps()
    {
        const LogMark first{ .keptLines = 200 };
        QCOMPARE(markWords(first), u"──── Earlier lines were not seen: the server keeps 200 ────"_s);
        const LogMark later{ .keptLines = 200, .unwatched = 4min };
        QCOMPARE(markWords(later), u"──── Lines were not seen here: nobody looked for 4 min, and the server keeps 200 ────"_s);
        QCOMPARE(markWords(LogMark()), u"──── Lines were not seen here ────"_s);
        const LogMark statement{ .kind = LogMark::Kind::Statement, .text = u"df.count()\n# more"_s, .when = QDateTime(QDate(2026, 11, 26), QTime(14, 2)) };
        QVERIFY(markWords(statement).contains("df.count() # more"_L1));
        QVERIFY(copiedMarkWords(statement).contains("df.count() # more"_L1));
    }
    void copiesWholeLines()
    {
        LogView view;
        view.resize(400, 200);
        view.show();
        view.log().append(linesOf({ u"one"_s, u"two"_s, u"GAP"_s, u"three"_s }));
        view.showRow(0);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(view.selectedText(), u"one\ntwo"_s);
        QTest::keySequence(&view, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"one\ntwo"_s);
        QTest::keySequence(&view, QKeySequence::SelectAll);
        QCOMPARE(view.selectedText(), u"one\ntwo\n[lines not seen]\nthree"_s);
        view.log().clear();
        QVERIFY(view.selectedText().isEmpty());
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(view.selectedText().isEmpty());
    }
    void paintsHostileLines()
    {
        LogView view;
        view.resize(600, 100);
        view.show();
        view.log().append(linesOf({ hostileName(), u"x"_s.repeated(3'000'000), u"ö\t"_s.repeated(1'000'000), QString(), u"GAP"_s }));
        view.log().setFilter({ .pattern = *TextPattern::compile({ u"x"_s }) });
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum());
        QVERIFY(!view.grab().isNull());
    }

    void listsEveryChangeSeen()
    {
        PanesFixture fixture;
        EventsModel model(&fixture.workspace);
        EventsPane pane(&model);
        pane.show();
        QVERIFY(child<EmptyState>(pane, u"eventsEmpty"_s)->isVisible());
        fillLikeTheDrawing(fixture);
        auto* table = child<QTableView>(pane, u"eventsTable"_s);
        QVERIFY(table->isVisible());
        const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const int last = table->model()->rowCount() - 1;
        const auto text = [table](int row, EventsModel::Column column) {
            return table->model()->index(row, static_cast<int>(column)).data().toString();
        };
        QStringList to;
        for (int row = 0; row <= last; ++row)
            to += text(row, EventsModel::Column::Item) + u' ' + text(row, EventsModel::Column::To);
        QVERIFY(to.contains(u"13 adhoc busy"_s));
        QSignalSpy opened(&pane, &EventsPane::itemActivated);
        Q_EMIT table->activated(table->model()->index(last, 0));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.at(0).at(1), table->model()->index(last, 0).data(WhenRole));
    }
    void saysThatOlderEventsAreNotShown()
    {
        PanesFixture fixture;
        EventsModel model(&fixture.workspace);
        EventsPane pane(&model);
        pane.show();
        const auto* cut = child<QWidget>(pane, u"eventsCut"_s);
        QVERIFY(!cut->isVisible());
        fixture.addServer(u"a"_s, u"a"_s);
        ItemStore& store = fixture.workspace.server(u"a"_s)->sessions();
        for (int i = 0; i < 5001; ++i) {
            store.mergeOne(sparkItem(u"x"_s, u"idle"_s));
            store.mergeOne(sparkItem(u"x"_s, u"busy"_s));
        }
        QVERIFY(cut->isVisible());
    }
    void showsOnlyTheEventsThatAreWanted()
    {
        PanesFixture fixture;
        EventsModel model(&fixture.workspace);
        EventsPane pane(&model);
        pane.show();
        fillLikeTheDrawing(fixture);
        fixture.state(u"prod"_s).onRemove = [](ItemType, const QString& id) -> Script<Done> {
            return id == "13"_L1 ? Script<Done>(std::unexpected(errorOf(ErrorKind::Forbidden))) : Script<Done>(Done{});
        };
        for (const auto& id : { u"12"_s, u"13"_s })
            fixture.workspace.server(u"prod"_s)->remove(ItemType::Session, id, &pane, [](const Result<Done>&) {});
        fixture.poll();
        const auto* shown = child<QTableView>(pane, u"eventsTable"_s)->model();
        const auto line = [shown](int row) {
            QStringList texts;
            for (int column = 1; column < shown->columnCount(); ++column)
                texts += shown->index(row, column).data().toString();
            return texts.join(u'|');
        };
        const int all = shown->rowCount();
        child<QPushButton>(pane, u"eventsOwnActs"_s)->click();
        QCOMPARE(shown->rowCount(), 2);
        QCOMPARE(line(0), u"prod|12 etl-ann|you|deleted|done"_s);
        QCOMPARE(line(1), QString(u"prod|13 adhoc|you|deleted|"_s + errorOf(ErrorKind::Forbidden).title));
        child<QPushButton>(pane, u"eventsBad"_s)->click();
        QCOMPARE(shown->rowCount(), 1);
        child<QPushButton>(pane, u"eventsOwnActs"_s)->click();
        QVERIFY(shown->rowCount() > 1);
        QVERIFY(shown->rowCount() < all);
        child<QLineEdit>(pane, u"eventsFilter"_s)->setText(u"PROD nightly dead"_s);
        QCOMPARE(shown->rowCount(), 1);
        child<QLineEdit>(pane, u"eventsFilter"_s)->setText(u"nothing has this"_s);
        auto* empty = child<EmptyState>(pane, u"eventsEmpty"_s);
        QVERIFY(empty->isVisible());
        empty->button()->click();
        QCOMPARE(shown->rowCount(), all);
    }
    void copiesTheSelectedEvents()
    {
        PanesFixture fixture;
        EventsModel model(&fixture.workspace);
        EventsPane pane(&model);
        pane.show();
        fillLikeTheDrawing(fixture);
        auto* table = child<QTableView>(pane, u"eventsTable"_s);
        child<QLineEdit>(pane, u"eventsFilter"_s)->setText(u"adhoc"_s);
        table->selectAll();
        child<QAction>(pane, u"eventsCopy"_s)->trigger();
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), table->model()->rowCount());
        QVERIFY(lines.constLast().endsWith("\tprod\t13 adhoc\tidle\tbusy\t"_L1));
        QVERIFY(!lines.constLast().startsWith(u'\t'));
    }
    void filtersRequestsByServerAndFailure()
    {
        PanesFixture fixture;
        fixture.addServer(u"a"_s, u"alpha"_s);
        RequestLog log;
        RequestsModel model(&log);
        RequestsPane pane(&model, &fixture.workspace);
        pane.show();
        for (const auto& [server, host, status] : { std::tuple(u"a"_s, u"one"_s, 200), std::tuple(u"b"_s, u"two"_s, 503), std::tuple(u"a"_s, u"one"_s, 0), std::tuple(u"gone"_s, u"three"_s, 404) }) {
            Exchange exchange;
            exchange.server = server;
            exchange.method = "GET";
            exchange.url = QUrl(u"http://"_s + host + u"/sessions"_s);
            exchange.status = status;
            log.record(exchange);
        }
        auto* table = child<QTableView>(pane, u"requestsTable"_s);
        constexpr int column = static_cast<int>(RequestsModel::Column::Server);
        const auto shown = [table] {
            QStringList names;
            for (int row = 0; row < table->model()->rowCount(); ++row)
                names += table->model()->index(row, column).data().toString();
            return names.join(u' ');
        };
        auto* servers = child<ChoiceFilter>(pane, u"requestsServers"_s);
        auto* failed = child<QPushButton>(pane, u"requestsFailed"_s);
        QVERIFY(table->isColumnHidden(column) && !servers->isVisible());
        fixture.addServer(u"b"_s, u"beta"_s);
        QVERIFY(!table->isColumnHidden(column) && servers->isVisible());
        QCOMPARE(shown(), u"alpha beta alpha three"_s);

        failed->click();
        QCOMPARE(shown(), u"beta alpha three"_s);
        Q_EMIT servers->menu()->aboutToShow();
        const QList<QAction*> choices = servers->menu()->actions();
        const auto alpha = std::ranges::find(choices, u"alpha (2)"_s, &QAction::text);
        QVERIFY(alpha != choices.end());
        (*alpha)->setChecked(true);
        QCOMPARE(shown(), u"alpha"_s);
        table->selectRow(0);
        child<QPushButton>(pane, u"copyAsCurl"_s)->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains("http://one/sessions"_L1)); // of the row that is seen

        failed->click();
        QCOMPARE(shown(), u"alpha alpha"_s);
        fixture.removeServer(u"b"_s); // one is left: nothing stays filtered unseen
        QCOMPARE(shown(), u"alpha two alpha three"_s);
        QVERIFY(table->isColumnHidden(column));
    }
    void offersAllRequestsWhereNoneFailed()
    {
        PanesFixture fixture;
        RequestLog log;
        RequestsModel model(&log);
        RequestsPane pane(&model, &fixture.workspace);
        pane.show();
        Exchange exchange;
        exchange.status = 200;
        log.record(exchange);
        child<QPushButton>(pane, u"requestsFailed"_s)->click();
        auto* empty = child<EmptyState>(pane, u"requestsEmpty"_s);
        QVERIFY(empty->isVisible());
        empty->button()->click();
        QVERIFY(!empty->isVisible());
    }
    void copiesARequestAsCurl()
    {
        PanesFixture fixture;
        RequestLog log;
        RequestsModel model(&log);
        RequestsPane pane(&model, &fixture.workspace);
        pane.show();
        auto* copy = child<QPushButton>(pane, u"copyAsCurl"_s);
        QVERIFY(!copy->isEnabled());
        QVERIFY(child<EmptyState>(pane, u"requestsEmpty"_s)->isVisible());
        Exchange exchange;
        exchange.server = u"prod"_s;
        exchange.when = QDateTime(QDate(2026, 11, 22), QTime(14, 0), QTimeZone::UTC);
        exchange.method = "GET";
        exchange.url = QUrl(u"https://prod.example.org/sessions"_s);
        exchange.status = 500;
        exchange.problem = hostileName();
        log.record(exchange);
        auto* table = child<QTableView>(pane, u"requestsTable"_s);
        const auto status = table->model()->index(0, static_cast<int>(RequestsModel::Column::Status));
        QCOMPARE(status.data().toString(), u"500"_s);
        QVERIFY(status.data(Qt::ForegroundRole).isValid());
        QVERIFY(!table->model()->index(0, static_cast<int>(RequestsModel::Column::Problem)).data().toString().contains(u'\n'));
        table->selectRow(0);
        copy->click();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith("curl"_L1));
        QVERIFY(QGuiApplication::clipboard()->text().contains("https://prod.example.org/sessions"_L1));
    }
};

KINDLING_TEST(TestLog)
#include "tst_log.moc"
