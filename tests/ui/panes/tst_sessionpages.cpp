// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/statementrunner.h"
#include "tests/support/awaited.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/recordedpanes.h"
#include "tests/ui/savingdialogs.h"
#include "ui/batch/batchpane.h"
#include "ui/common/comparepage.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/logexcerpt.h"
#include "ui/common/messagebar.h"
#include "ui/common/words.h"
#include "ui/editor/codeeditor.h"
#include "ui/session/sessionpane.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const QString twelve = u"12"_s;

OutputWidgets plainOutputs()
{
    return [](const QList<Output>& outputs, QWidget* parent) {
        auto* label = new QLabel(outputs.constFirst().errorName, parent);
        label->setObjectName("shownOutput"_L1);
        return label;
    };
}

/// Shows the page of this name.
void turnTo(const QWidget& pane, const QString& page)
{
    auto* pages = child<QTabWidget>(pane, u"itemPages"_s);
    pages->setCurrentWidget(child<QWidget>(*pages, page));
}

QString emptyTitle(const QWidget& pane, const QString& name)
{
    return child<EmptyState>(pane, name)->findChild<QLabel*>(u"emptyTitle"_s)->text();
}

StatementSeen seen(int id, const QString& code, RunState state = RunState::Finished)
{
    StatementSeen statement;
    statement.id = id;
    statement.code = code;
    statement.kind = Kind::PySpark;
    statement.state = state;
    return statement;
}

QString cell(const QTableView* table, int row, int column)
{
    return table->model()->index(row, column).data().toString();
}

QStringList rowOf(const QTableWidget* table, const QString& name)
{
    for (int row = 0; row < table->rowCount(); ++row) {
        if (table->item(row, 0)->text() == name)
            return { table->item(row, 1)->text(), table->item(row, 2)->text(), table->item(row, 3)->text(), QString::number(table->item(row, 1)->background().style() != Qt::NoBrush) };
    }
    return {};
}
}

class TestSessionPages final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void showsRecordedStatementsWithoutAsking()
    {
        RecordedPanes fixture;
        fixture.record(ItemType::Session, twelve, seen(1, u"df.count()\ndf.show()"_s));
        StatementSeen failed = seen(2, u"1/0"_s, RunState::Failed);
        failed.output = errorOutput(u"ZeroDivisionError"_s, u"division by zero"_s);
        fixture.record(ItemType::Session, twelve, failed);
        SessionPane pane(fixture.subject(ItemType::Session, twelve), plainOutputs());
        pane.show();
        turnTo(pane, u"statementsPage"_s);
        const auto* table = child<QTableView>(pane, u"statementsTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QCOMPARE(cell(table, 0, 0), u"2"_s);
        QCOMPARE(cell(table, 0, 2), u"failed"_s);
        QCOMPARE(cell(table, 1, 1), u"df.count()"_s);
        child<QTableView>(pane, u"statementsTable"_s)->selectRow(0);
        QTRY_VERIFY(pane.findChild<QLabel*>(u"shownOutput"_s));
        QCOMPARE(child<CodeEditor>(pane, u"statementCode"_s)->text(), u"1/0"_s);
        fixture.clock.advance(1min);
        QCOMPARE(fixture.state(u"prod"_s).countOf(u"LIST statements"_s), 0);
        QVERIFY(!fixture.prod()->sessions().find(twelve)->isAttached);
    }
    void savesTheAnswerOfAStatement()
    {
        RecordedPanes fixture;
        SavingDialogs dialogs;
        dialogs.path = fixture.folder.filePath(u"answer.json"_s);
        fixture.record(ItemType::Session, twelve, seen(7, u"big"_s, RunState::Lost));
        fixture.state(u"prod"_s).onSave = [](int, const AnswerTarget&) -> Script<qint64> { return 5'000'000; };
        ItemSubject subject = fixture.subject(ItemType::Session, twelve);
        subject.dialogs = &dialogs;
        SessionPane pane(subject, plainOutputs());
        pane.show();
        turnTo(pane, u"statementsPage"_s);
        auto* save = child<QPushButton>(pane, u"saveAnswer"_s);
        QVERIFY(!save->isEnabled());
        auto* table = child<QTableView>(pane, u"statementsTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        table->selectRow(0);
        QVERIFY(save->isEnabled());
        save->click();
        QCOMPARE(QFileInfo(dialogs.proposed).fileName(), u"statement-7.json"_s);
        fixture.clock.advance(1s);
        QCOMPARE(fixture.state(u"prod"_s).countOf(u"SAVE statement 7"_s), 1);
        const auto* messages = child<MessageBar>(pane, u"savingMessages"_s);
        QVERIFY2(messages->isVisible() && messages->text().contains(QLocale().formattedDataSize(5'000'000)), qPrintable(messages->text()));
    }
    void hasTheLinksOfASessionThatItsServerHasForgotten()
    {
        RecordedPanes fixture;
        ItemFacts facts{ .key = { u"prod"_s, ItemType::Session, u"99"_s }, .name = u"forgotten"_s };
        facts.sparkUi = u"http://rm.example.org/proxy/application_1_7/"_s;
        facts.driverLog = u"http://nm.example.org/driver"_s;
        const auto record = [&](const ItemState& from, const ItemState& to) {
            fixture.recorder->record({ .number = 0, .when = fixture.clock.now(), .item = facts, .what = StateSeen{ from, to, {} } });
        };
        record({}, ItemState::fromWire(u"idle"_s));
        record(ItemState::fromWire(u"idle"_s), goneState());
        SessionPane pane(fixture.subject(ItemType::Session, u"99"_s), plainOutputs());
        pane.show();
        const auto links = [&pane] {
            QStringList texts;
            for (const auto* link : pane.findChildren<QAbstractButton*>(u"link"_s))
                texts += link->text();
            return texts;
        };
        QTRY_VERIFY_WITH_TIMEOUT(links().contains(facts.sparkUi), 60'000);
        QVERIFY(links().contains(facts.driverLog));
    }
    void saysThatNotAllRecordedStatementsAreHere()
    {
        RecordedPanes fixture;
        for (int id = 0; id < 500; ++id)
            fixture.record(ItemType::Session, twelve, seen(id, u"x"_s));
        SessionPane pane(fixture.subject(ItemType::Session, twelve), plainOutputs());
        pane.show();
        turnTo(pane, u"statementsPage"_s);
        const auto* table = child<QTableView>(pane, u"statementsTable"_s);
        const auto* source = child<QLabel>(pane, u"statementsSource"_s);
        QTRY_COMPARE(table->model()->rowCount(), 500);
        QVERIFY(!source->text().contains(u"500"_s));
        fixture.record(ItemType::Session, twelve, seen(500, u"the last"_s));
        fixture.write();
        QTRY_VERIFY_WITH_TIMEOUT(source->text().contains(u"500"_s), 30'000);
        QCOMPARE(table->model()->rowCount(), 500);
        QCOMPARE(cell(table, 0, 1), u"the last"_s);
        QCOMPARE(cell(table, 499, 0), u"1"_s);
    }
    void attachingIsAnActAndLastsWhileItIsSeen()
    {
        RecordedPanes fixture;
        fixture.state(u"prod"_s).statements = { statement(7, StatementState::Running, u"others()"_s) };
        fixture.state(u"prod"_s).statements[0].progress = 0.62;
        SessionPane pane(fixture.subject(ItemType::Session, twelve), plainOutputs());
        pane.show();
        turnTo(pane, u"statementsPage"_s);
        QCOMPARE(emptyTitle(pane, u"statementsEmpty"_s), u"No statements were recorded"_s);
        child<EmptyState>(pane, u"statementsEmpty"_s)->button()->click();
        QVERIFY(child<QPushButton>(pane, u"attachStatements"_s)->isChecked());
        QCOMPARE(emptyTitle(pane, u"statementsEmpty"_s), u"Reading the statements…"_s);
        fixture.clock.advance(1s);
        const auto* table = child<QTableView>(pane, u"statementsTable"_s);
        QCOMPARE(cell(table, 0, 0), u"7"_s);
        QCOMPARE(cell(table, 0, 3), u"62 %"_s);
        QVERIFY(fixture.prod()->sessions().find(twelve)->isAttached);
        QVERIFY(child<QLabel>(pane, u"statementsSource"_s)->text().contains("heartbeat"_L1));
        child<QTabWidget>(pane, u"itemPages"_s)->setCurrentIndex(0);
        QTRY_VERIFY(!fixture.prod()->sessions().find(twelve)->isAttached);
        turnTo(pane, u"statementsPage"_s);
        QVERIFY(fixture.prod()->sessions().find(twelve)->isAttached);
        child<QPushButton>(pane, u"attachStatements"_s)->click();
        QTRY_VERIFY(!fixture.prod()->sessions().find(twelve)->isAttached);
        QCOMPARE(table->model()->rowCount(), 1); // what was read stays
    }
    void aChosenStatementStaysWhileOthersCome()
    {
        RecordedPanes fixture;
        auto& statements = fixture.state(u"prod"_s).statements;
        statements = { statement(0, StatementState::Running, u"slow()"_s) };
        SessionPane pane(fixture.subject(ItemType::Session, twelve), plainOutputs());
        pane.show();
        turnTo(pane, u"statementsPage"_s);
        child<QPushButton>(pane, u"attachStatements"_s)->click();
        fixture.clock.advance(1s);
        auto* table = child<QTableView>(pane, u"statementsTable"_s);
        table->selectRow(0);
        statements += statement(1, StatementState::Waiting, u"next()"_s);
        statements[0].state = StatementState::Available;
        statements[0].output = errorOutput(u"ValueError"_s, u"no"_s);
        fixture.clock.advance(5s);
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->currentIndex().row(), 1);
        QCOMPARE(child<CodeEditor>(pane, u"statementCode"_s)->text(), u"slow()"_s);
        QCOMPARE(child<QLabel>(pane, u"shownOutput"_s)->text(), u"ValueError"_s);
    }
    void saysWhatServersDoNotGive()
    {
        RecordedPanes fixture;
        fixture.state(u"prod"_s).onListStatements = []() -> Script<StatementPage> { return std::unexpected(errorOf(ErrorKind::Forbidden)); };
        SessionPane pane(fixture.subject(ItemType::Session, twelve), plainOutputs());
        pane.show();
        turnTo(pane, u"statementsPage"_s);
        child<QPushButton>(pane, u"attachStatements"_s)->click();
        fixture.clock.advance(1s);
        QCOMPARE(emptyTitle(pane, u"statementsEmpty"_s), u"The statements cannot be read"_s);
        QVERIFY(child<MessageBar>(pane, u"statementsMessages"_s)->isProblem());
    }
    void aForgottenSessionKeepsItsStatements()
    {
        RecordedPanes fixture;
        fixture.record(ItemType::Session, twelve, seen(1, u"df.count()"_s));
        fixture.state(u"prod"_s).sessions.removeAt(2);
        fixture.poll();
        SessionPane pane(fixture.subject(ItemType::Session, twelve), plainOutputs());
        pane.show();
        QTRY_VERIFY(child<QTabWidget>(pane, u"itemPages"_s)->count() > 3);
        turnTo(pane, u"statementsPage"_s);
        QTRY_COMPARE(child<QTableView>(pane, u"statementsTable"_s)->model()->rowCount(), 1);
        QVERIFY(!child<QPushButton>(pane, u"attachStatements"_s)->isEnabled());
    }
    void tellsWhenItWouldEndAndKeepsItAlive()
    {
        RecordedPanes fixture;
        auto& session = fixture.state(u"prod"_s).sessions[2];
        session.idleTimeout = u"30m"_s;
        session.state = ItemState::fromWire(u"busy"_s);
        fixture.poll();
        session.state = ItemState::fromWire(u"idle"_s);
        fixture.poll();
        SessionPane pane(fixture.subject(ItemType::Session, twelve));
        pane.show();
        const auto shows = [&pane](const QString& text) {
            const auto labels = pane.findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&text](const QLabel* label) { return label->text() == text; });
        };
        fixture.clock.advance(10min);
        QVERIFY(shows(u"in 19 min at the earliest"_s));
        auto* keep = child<QPushButton>(pane, u"keepAlive"_s);
        keep->click();
        QVERIFY(fixture.prod()->isKeptAlive(twelve));
        QVERIFY(shows(u"from here, for as long as Kindling runs"_s));
        fixture.clock.advance(2s);
        QVERIFY(shows(u"in 29 min at the earliest"_s));
        keep->click();
        QVERIFY(!fixture.prod()->isKeptAlive(twelve));
        session.state = ItemState::fromWire(u"dead"_s);
        fixture.poll();
        QVERIFY(!keep->isEnabled());
    }
    void keepsItsTitleWhereThePaneIsNarrow()
    {
        RecordedPanes fixture;
        SessionPane pane(fixture.subject(ItemType::Session, twelve));
        pane.resize(1172, 480);
        pane.show();
        const auto* title = child<ElidedLabel>(pane, u"title"_s);
        const auto* button = child<QPushButton>(pane, u"stopItem"_s);
        const auto topOf = [&pane](const QWidget* widget) { return widget->mapTo(&pane, QPoint()).y(); };
        const auto* more = child<QToolButton>(pane, u"moreActs"_s);
        QVERIFY(!more->isVisible());
        pane.resize(640, 480);
        QTRY_VERIFY(more->isVisible());
        QVERIFY(topOf(button) < topOf(title) + title->height());
        QVERIFY(title->width() >= title->sizeHint().width());
        QVERIFY(button->isVisible() && button->width() >= button->sizeHint().width());
    }
    void stoppingIsNotDeleting()
    {
        RecordedPanes fixture;
        SessionPane pane(fixture.subject(ItemType::Session, twelve));
        QSignalSpy stopped(&pane, &SessionPane::stopRequested);
        child<QPushButton>(pane, u"stopItem"_s)->click();
        QCOMPARE(stopped.size(), 1);
        BatchPane running(fixture.subject(ItemType::Batch, u"731"_s));
        QCOMPARE(child<QPushButton>(running, u"deleteItem"_s)->accessibleName(), u"Stop and delete…"_s);
        BatchPane ended(fixture.subject(ItemType::Batch, u"728"_s));
        QCOMPARE(child<QPushButton>(ended, u"deleteItem"_s)->accessibleName(), u"Delete…"_s);
    }
    void comparesWhatWasAskedForWithWhatIs()
    {
        RecordedPanes fixture;
        fixture.state(u"prod"_s).onCreate = [&fixture](ItemType, const QString& name) -> Script<SparkItem> {
            SparkItem made = sparkItem(u"40"_s, u"starting"_s, name);
            made.kindText = u"pyspark"_s;
            made.driverMemory = u"2g"_s;
            made.conf = { { u"spark.x"_s, u"1"_s }, { u"spark.master"_s, u"yarn"_s }, { u"spark.auth.token"_s, u"s3cret"_s } };
            fixture.state(u"prod"_s).sessions += made;
            return made;
        };
        NewSession wanted;
        wanted.kind = Kind::PySpark;
        wanted.name = u"mine"_s;
        wanted.driverMemory = u"4g"_s;
        wanted.queue = u"etl"_s;
        wanted.conf = { { u"spark.x"_s, u"1"_s } };
        fixture.prod()->createSession(wanted, fixture.prod(), {});
        fixture.clock.advance(1s);
        SessionPane pane(fixture.subject(ItemType::Session, u"40"_s));
        pane.show();
        const auto* table = child<QTableWidget>(pane, u"configurationTable"_s);
        QTRY_COMPARE(rowOf(table, u"Driver memory"_s), (QStringList{ u"4 GiB"_s, u"2 GiB"_s, u"changed by the server"_s, u"1"_s }));
        QCOMPARE(rowOf(table, u"Queue"_s), (QStringList{ u"etl"_s, QString(), u"the server does not show it"_s, u"1"_s }));
        QCOMPARE(rowOf(table, u"spark.x"_s), (QStringList{ u"1"_s, u"1"_s, QString(), u"0"_s }));
        QCOMPARE(rowOf(table, u"spark.master"_s), (QStringList{ QString(), u"yarn"_s, u"set by the server"_s, u"0"_s }));
        QCOMPARE(rowOf(table, u"spark.auth.token"_s).at(1), u"•••"_s);
        child<QPushButton>(pane, u"differencesOnly"_s)->click();
        QCOMPARE(table->rowCount(), 2);
    }
    void namesOfSettingsAreWholeAndNoColumnIsEmpty()
    {
        RecordedPanes fixture;
        SessionPane pane(fixture.subject(ItemType::Session, twelve));
        pane.show();
        turnTo(pane, u"configurationPage"_s);
        auto* table = child<QTableWidget>(pane, u"configurationTable"_s);
        QTRY_VERIFY(table->rowCount() > 0);
        for (const int width : { 1172, 640 }) {
            pane.resize(width, 360);
            QCoreApplication::sendPostedEvents();
            QVERIFY(table->columnWidth(0) >= 16 + table->fontMetrics().horizontalAdvance(u"spark.dynamicAllocation.enabled"_s));
            QCOMPARE(table->horizontalHeader()->length(), table->viewport()->width());
            QVERIFY(table->isColumnHidden(3)); // nothing is noted
        }
        QVERIFY(pane.minimumSizeHint().width() <= 640);
    }
    void aStateThatASessionBeganWithStaysSeen()
    {
        RecordedPanes fixture;
        NewSession wanted;
        wanted.kind = Kind::PySpark;
        fixture.prod()->createSession(wanted, fixture.prod(), {});
        fixture.clock.advance(1s);
        auto& created = fixture.state(u"prod"_s).sessions.last();
        SessionPane pane(fixture.subject(ItemType::Session, created.id));
        pane.show();
        const QString first = stateWords(created.state);
        created.state = ItemState::fromWire(u"idle"_s);
        fixture.poll();
        const auto* history = child<QTableWidget>(pane, u"history"_s);
        QTRY_COMPARE(history->rowCount(), 2);
        QCOMPARE(history->item(0, 2)->text(), u"idle"_s);
        QCOMPARE(history->item(1, 2)->text(), first);
        fixture.clock.advance(5s);
        QCOMPARE(history->rowCount(), 2);
    }
    void saysWhereAConfigurationIsNotKnown()
    {
        RecordedPanes fixture;
        BatchPane pane(fixture.subject(ItemType::Batch, u"729"_s));
        pane.show();
        turnTo(pane, u"configurationPage"_s);
        QCOMPARE(emptyTitle(pane, u"configurationEmpty"_s), u"Its configuration is not known"_s);
        SessionPane session(fixture.subject(ItemType::Session, twelve));
        session.show();
        turnTo(session, u"configurationPage"_s);
        QVERIFY(child<QLabel>(session, u"configurationNote"_s)->text().startsWith("It was not started from here"_L1));
    }
    void comparesTwoRuns()
    {
        RecordedPanes fixture;
        fixture.seeLog(ItemType::Batch, u"729"_s, { u"08:00:01 INFO start"_s, u"08:00:02 INFO read 17 rows"_s, u"08:00:03 ERROR no such table"_s });
        fixture.seeLog(ItemType::Batch, u"731"_s, { u"09:10:11 INFO start"_s, u"09:10:12 INFO read 4 rows"_s, u"09:10:13 INFO done"_s });
        BatchPane pane(fixture.subject(ItemType::Batch, u"729"_s));
        pane.show();
        turnTo(pane, u"comparePage"_s);
        auto* choice = child<QComboBox>(pane, u"compareWith"_s);
        QCOMPARE(emptyTitle(pane, u"compareEmpty"_s), u"No other run is chosen"_s);
        QTRY_VERIFY(choice->count() > 1);
        QVERIFY(choice->itemText(1).startsWith("Batch 731 load-orders"_L1)); // of its name, before others
        choice->setCurrentIndex(1);
        Q_EMIT choice->activated(1);
        const auto* table = child<QTableWidget>(pane, u"compareFacts"_s);
        QTRY_COMPARE(rowOf(table, u"Ended as"_s), (QStringList{ u"dead"_s, u"running"_s, QString(), u"1"_s }));
        QCOMPARE(rowOf(table, u"Took"_s).first(2), (QStringList{ u"0 ms"_s, QString() }));
        QCOMPARE(rowOf(table, u"Lines of log"_s).first(2), (QStringList{ u"3"_s, u"3"_s }));
        QCOMPARE(child<QLabel>(pane, u"compareLogTitle"_s)->text(), u"Their logs part in line 3"_s);
        for (const auto* name : { "compareOneLog", "compareOtherLog" })
            QCOMPARE(child<LogExcerpt>(pane, QString::fromLatin1(name))->marked(), QList<qsizetype>{ 2 });
        Q_EMIT choice->activated(0);
        QCOMPARE(emptyTitle(pane, u"compareEmpty"_s), u"No other run is chosen"_s);
    }
    void whatWasNotRecordedIsNotCompared()
    {
        RecordedPanes fixture;
        SessionPane pane(fixture.subject(ItemType::Session, u"404"_s));
        pane.show();
        turnTo(pane, u"comparePage"_s);
        QTRY_COMPARE(emptyTitle(pane, u"compareEmpty"_s), u"Nothing was recorded of it"_s);
    }
    void anEarlierLifeOfAnIdIsShownAsRecorded()
    {
        RecordedPanes fixture;
        fixture.record(ItemType::Session, twelve, seen(1, u"first()"_s));
        auto& session = fixture.state(u"prod"_s).sessions[2];
        session.name = u"second"_s;
        session.appId = u"application_99"_s;
        fixture.poll();
        SessionPane now(fixture.subject(ItemType::Session, twelve));
        const ItemKey key{ u"prod"_s, ItemType::Session, twelve };
        const auto lives = awaited<QList<RecordedLife>>(
            [&](auto reply) { fixture.recorder->lives({ .server = {}, .item = key }, fixture.prod(), reply); });
        QCOMPARE(lives->size(), 2);
        SessionPane before(fixture.subject(ItemType::Session, twelve, lives->constLast().number));
        now.show();
        before.show();
        QTRY_VERIFY(child<MessageBar>(before, u"messages"_s)->text().startsWith("This one is over"_L1));
        turnTo(before, u"statementsPage"_s);
        turnTo(now, u"statementsPage"_s);
        QTRY_COMPARE(child<QTableView>(before, u"statementsTable"_s)->model()->rowCount(), 1);
        QCOMPARE(child<QTableView>(now, u"statementsTable"_s)->model()->rowCount(), 0);
        QVERIFY(!child<QPushButton>(before, u"deleteItem"_s)->isEnabled());
    }
};

KINDLING_TEST(TestSessionPages)
#include "tst_sessionpages.moc"
