// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/roles.h"
#include "app/notebook/notebookdocument.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/drawnwindow.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/messagebar.h"
#include "ui/log/logview.h"
#include "ui/navigator/navigatortree.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/bottomdocks.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/notebookdesk.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTreeView>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
const ItemKey batch729{ u"prod"_s, ItemType::Batch, u"729"_s };

QString currentPage(const CentralTabs& tabs)
{
    const auto* pages = tabs.currentWidget()->findChild<QTabWidget*>(u"itemPages"_s);
    return pages ? pages->currentWidget()->objectName() : QString();
}

bool hasReport(const CentralTabs& tabs)
{
    const auto* states = tabs.currentWidget()->findChild<QWidget*>(u"lastStates"_s);
    return currentPage(tabs) == "postMortemPage"_L1 && states && states->isVisible();
}

const ItemKey session5{ u"gone"_s, ItemType::Session, u"5"_s };
const QDateTime noon(QDate(2026, 11, 20), QTime(12, 0));

/// Two sessions that had one id after each other, of a server that is not configured any more.
void recordTwoLives(Recorder& recorder)
{
    for (const auto& [when, name] : { std::pair(noon, u"first"_s), std::pair(noon.addSecs(3600), u"second"_s) }) {
        const ItemFacts facts{ .key = session5, .name = name, .owner = {}, .appId = u"app_"_s + name };
        StatementSeen statement;
        statement.code = name + u"()"_s;
        statement.submitted = when;
        const LogSeen log{ .lines = { { .section = LogSection::Stderr, .text = u"INFO from the "_s + name } } };
        const ItemState idle = ItemState::fromWire(u"idle"_s);
        recorder.record({ .number = 0, .when = when, .item = facts, .what = StateSeen{ {}, idle, {} } });
        recorder.record({ .number = 0, .when = when, .item = facts, .what = statement });
        recorder.record({ .number = 0, .when = when.addSecs(1), .item = facts, .what = log });
        recorder.record({ .number = 0, .when = when.addSecs(60), .item = facts, .what = StateSeen{ idle, goneState(), {} } });
    }
}

QStringList rowsOf(LogView& view)
{
    const LogText& text = view.log().text();
    QStringList rows;
    for (qsizetype row = 0; row < text.rowCount(); ++row)
        rows += text.row(row).isMark ? text.mark(row).text : QString::fromUtf8(text.row(row).text);
    return rows;
}
}

/// What the window makes of the records.
class TestRecords final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void theMenusTellWhyItEnded()
    {
        DrawnWindow drawn;
        QTRY_VERIFY(drawn.isFilled());
        const auto* tabs = drawn.window().findChild<CentralTabs*>();
        auto* table = drawn.window().findChild<QTableView*>(u"overviewTable"_s);
        int row = 0;
        while (row < table->model()->rowCount() && table->model()->index(row, 0).data(KeyRole).value<ItemKey>() != batch729)
            ++row;
        QVERIFY(row < table->model()->rowCount());
        Q_EMIT table->customContextMenuRequested(table->visualRect(table->model()->index(row, 1)).center());
        auto* menu = drawn.window().findChild<QMenu*>(u"overviewMenu"_s);
        QVERIFY(menu);
        auto* why = menu->findChild<QAction*>(u"postMortem"_s);
        QVERIFY(why);
        why->trigger();
        menu->close();
        QTRY_VERIFY(hasReport(*tabs));
    }
    void anEarlierRunOfTheProgramIsRemembered()
    {
        DrawnWindow drawn;
        QTRY_VERIFY(drawn.isFilled());
        drawn.shell.factory = [](const ServerProfile&) { return std::unique_ptr<SparkApi>(); };
        drawn.shell.restart();
        auto* tabs = drawn.window().findChild<CentralTabs*>();
        tabs->showItem(batch729);
        QTRY_VERIFY(hasReport(*tabs));
        drawn.shell.settings->setServers({}); // nor does its server have to be known
        QCOMPARE(tabs->count(), 1);
        tabs->showItem(batch729);
        QTRY_VERIFY(hasReport(*tabs));
    }
    void aRowOfThenOpensTheLifeOfThen()
    {
        ShellFixture shell;
        const ItemKey key{ u"gone"_s, ItemType::Batch, u"5"_s };
        const ItemState running = ItemState::fromWire(u"running"_s);
        for (const auto& [when, app] : { std::pair(noon, u"app_1"_s), std::pair(noon.addSecs(3600), u"app_2"_s) }) {
            const ItemFacts facts{ .key = key, .name = u"load"_s, .owner = {}, .appId = app };
            shell.recorder->record({ .number = 0, .when = when, .item = facts, .what = StateSeen{ {}, running, {} } });
            shell.recorder->record({ .number = 0, .when = when.addSecs(60), .item = facts, .what = StateSeen{ running, goneState(), {} } });
        }
        auto* docks = shell.window->findChild<BottomDocks*>();
        const auto* tabs = shell.window->findChild<CentralTabs*>();
        Q_EMIT docks->itemActivated(key, noon.addSecs(60));
        QTRY_COMPARE_WITH_TIMEOUT(tabs->tabText(tabs->currentIndex()), u"Batch 5 (earlier)"_s, 30'000);
        Q_EMIT docks->itemActivated(key, noon.addSecs(3600));
        QTRY_COMPARE_WITH_TIMEOUT(tabs->tabText(tabs->currentIndex()), u"Batch 5"_s, 30'000);
        Q_EMIT docks->itemActivated(key, noon.addDays(-1)); // before anything that was recorded: what is there now
        QTRY_COMPARE_WITH_TIMEOUT(tabs->tabText(tabs->currentIndex()), u"Batch 5"_s, 30'000);
    }
    void theLogOfAnEarlierLifeComesWithItsTab()
    {
        ShellFixture shell;
        recordTwoLives(*shell.recorder);
        auto* docks = shell.window->findChild<BottomDocks*>();
        auto* tabs = shell.window->findChild<CentralTabs*>();
        auto* log = shell.window->findChild<LogView*>(u"logView"_s);
        const auto* title = shell.window->findChild<ElidedLabel*>(u"logTitle"_s);
        const QStringList first{ u"first()"_s, u"INFO from the first"_s };
        const QStringList second{ u"second()"_s, u"INFO from the second"_s };

        Q_EMIT docks->itemActivated(session5, noon.addSecs(60));
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*log), first, 30'000);
        QCOMPARE(title->text(), u"5 (earlier)"_s);
        QVERIFY(!shell.window->findChild<NavigatorTree*>()->marked().isValid()); // another one may have its id
        const QWidget* earlier = tabs->currentWidget();
        tabs->showItem(session5);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*log), second, 30'000);
        QVERIFY(tabs->currentWidget() != earlier);
        tabs->setCurrentIndex(tabs->indexOf(earlier));
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*log), first, 30'000);

        // what was looked at meanwhile goes when the log is asked for
        docks->follow(session5);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*log), second, 30'000);
        docks->docks().constLast()->raise();
        auto* show = earlier->findChild<QPushButton*>(u"showLog"_s);
        QVERIFY(show->isVisible());
        show->click();
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*log), first, 30'000);
        QTRY_VERIFY(log->isVisible());
    }
    void aTabOfAnEarlierLifeHasItsStatements()
    {
        ShellFixture shell;
        recordTwoLives(*shell.recorder);
        auto* docks = shell.window->findChild<BottomDocks*>();
        const auto* tabs = shell.window->findChild<CentralTabs*>();
        Q_EMIT docks->itemActivated(session5, noon.addSecs(60));
        QTRY_COMPARE_WITH_TIMEOUT(tabs->tabText(tabs->currentIndex()), u"Session 5 (earlier)"_s, 30'000);
        auto* pages = tabs->currentWidget()->findChild<QTabWidget*>(u"itemPages"_s);
        pages->setCurrentWidget(pages->findChild<QWidget*>(u"statementsPage"_s));
        const auto* table = pages->findChild<QTableView*>(u"statementsTable"_s);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 30'000);
        QVERIFY(table->model()->index(0, 1).data().toString().contains("first()"_L1));
    }
    void codeOfTheHistoryComesIntoTheNotebookUsedLast()
    {
        DrawnWindow drawn;
        auto* docks = drawn.window().findChild<BottomDocks*>();
        auto* tabs = drawn.window().findChild<CentralTabs*>();
        Q_EMIT docks->insertRequested(u"SELECT 1"_s, Kind::Sql);
        QCOMPARE(drawn.window().notebooks()->panes().size(), 1);
        const NotebookDocument* document = drawn.window().notebooks()->current()->document();
        QCOMPARE(document->cellCount(), 1); // the blank cell of a new notebook is taken
        QCOMPARE(document->cellAt(0).kind, Kind::Sql);
        tabs->showOverview();
        Q_EMIT docks->insertRequested(u"print(2)"_s, Kind::Unknown);
        QCOMPARE(drawn.window().notebooks()->panes().size(), 1);
        QCOMPARE(document->cellCount(), 2);
        QCOMPARE(document->cellAt(1).source, u"print(2)"_s);
        QCOMPARE(document->cellAt(1).kind, Kind::PySpark);
        QVERIFY(drawn.window().findChild<QDockWidget*>(u"historyDock"_s));
    }
    void saysWhereADamagedFileWent()
    {
        ShellFixture shell;
        shell.recorder->record({ .number = 0, .when = shell.clock.now(), .item = { .key = batch729 }, .what = GapSeen{ shell.clock.now() } });
        const QString file = shell.settings->recordFile();
        QVERIFY(shell.window->findChild<MessageBar*>(u"recordMessages"_s)->isHidden());
        shell.close();
        QFile damaged(file);
        QVERIFY(QDir().mkpath(QFileInfo(file).path()) && damaged.open(QIODevice::WriteOnly));
        damaged.write("this is no database, but it is long enough to be taken for one that is damaged");
        damaged.close();
        shell.restart();
        shell.recorder->record({ .number = 0, .when = shell.clock.now(), .item = { .key = batch729 }, .what = GapSeen{ shell.clock.now() } });
        const auto* bar = shell.window->findChild<MessageBar*>(u"recordMessages"_s);
        QTRY_VERIFY(!bar->isHidden());
        QVERIFY(bar->text().startsWith("The damaged record file was put aside: "_L1));
        QVERIFY(!bar->isProblem());
    }
    void saysThatNothingIsRecorded()
    {
        ShellFixture shell;
        const QString file = shell.settings->recordFile();
        shell.close();
        QVERIFY(QDir(QFileInfo(file).path()).removeRecursively() && QDir().mkpath(file)); // a folder is no database
        shell.restart();
        shell.recorder->record({ .number = 0, .when = shell.clock.now(), .item = { .key = batch729 }, .what = GapSeen{ shell.clock.now() } });
        const auto* bar = shell.window->findChild<MessageBar*>(u"recordMessages"_s);
        QTRY_VERIFY(!bar->isHidden());
        QVERIFY(bar->isProblem());
        QVERIFY(bar->text().startsWith("Nothing is being recorded: "_L1));
    }
};

KINDLING_TEST(TestRecords)
#include "tst_records.moc"
