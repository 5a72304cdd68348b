// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/models/itemsmodel.h"
#include "app/models/roles.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/shown.h"
#include "ui/common/celldelegate.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/common/weblink.h"
#include "ui/navigator/navigatorpane.h"
#include "ui/navigator/navigatortree.h"
#include "ui/overview/overviewlabels.h"
#include "ui/overview/overviewpane.h"
#include "ui/overview/totalsline.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
QModelIndex find(const QAbstractItemModel& model, const QString& text, const QModelIndex& parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data().toString() == text)
            return index;
        if (const QModelIndex below = find(model, text, index); below.isValid())
            return below;
    }
    return {};
}

int rowOf(const QTableView& table, const QString& id)
{
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        if (table.model()->index(row, static_cast<int>(ItemsModel::Column::Id)).data().toString() == id)
            return row;
    }
    return -1;
}

QString cell(const QTableView& table, int row, ItemsModel::Column column)
{
    return table.model()->index(row, static_cast<int>(column)).data().toString();
}

QAction* menuAction(QMenu& menu, const QString& name)
{
    return menu.findChild<QAction*>(name);
}
}

class TestLists final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void navigatorOffersAServerWhereThereIsNone()
    {
        PanesFixture fixture;
        NavigatorPane pane(&fixture.workspace);
        pane.show();
        auto* empty = child<EmptyState>(pane, u"navigatorEmpty"_s);
        QVERIFY(empty->isVisible());
        QSignalSpy asked(&pane, &NavigatorPane::addServerRequested);
        empty->button()->click();
        QCOMPARE(asked.size(), 1);
        fixture.addServer(u"prod"_s, u"prod"_s);
        QVERIFY(!empty->isVisible());
        QVERIFY(child<QTreeView>(pane, u"navigatorTree"_s)->isVisible());
        fixture.removeServer(u"prod"_s);
        QVERIFY(empty->isVisible());
    }
    void navigatorNamesGroupsAndTellsStates()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        NavigatorPane pane(&fixture.workspace);
        auto* tree = child<QTreeView>(pane, u"navigatorTree"_s);
        const QAbstractItemModelTester tester(tree->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QModelIndex sessions = find(*tree->model(), u"Sessions"_s);
        QVERIFY(sessions.isValid());
        QVERIFY(find(*tree->model(), u"Batches"_s).isValid());
        const auto spoken = [tree](const QString& text) {
            return find(*tree->model(), text).data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(spoken(u"12 etl-ann"_s), u"12 etl-ann, idle"_s);
        QCOMPARE(spoken(u"13 adhoc"_s), u"13 adhoc, busy 8 s"_s);
        QCOMPARE(spoken(u"11 notebook-bo"_s), u"11 notebook-bo, Python died"_s);
        QCOMPARE(spoken(u"Sessions"_s), u"Sessions, 5"_s);
        QVERIFY(spoken(u"prod"_s).startsWith("prod, online"_L1));
        QVERIFY(tree->isExpanded(sessions));
    }
    void navigatorTellsWhatIsSelectedAndOpened()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        NavigatorPane pane(&fixture.workspace);
        auto* tree = child<QTreeView>(pane, u"navigatorTree"_s);
        QSignalSpy selected(&pane, &NavigatorPane::itemSelected);
        QSignalSpy opened(&pane, &NavigatorPane::itemActivated);
        QSignalSpy server(&pane, &NavigatorPane::serverActivated);
        const ItemKey key{ u"prod"_s, ItemType::Session, u"12"_s };
        pane.selectItem(key);
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.at(0).at(0).value<ItemKey>(), key);
        QCOMPARE(pane.selectedItems(), QList{ key });
        QCOMPARE(pane.currentServer(), u"prod"_s);
        Q_EMIT tree->activated(tree->currentIndex());
        QCOMPARE(opened.at(0).at(0).value<ItemKey>(), key);
        Q_EMIT tree->activated(find(*tree->model(), u"fabric / sales"_s));
        QCOMPARE(server.at(0).at(0).toString(), u"fabric"_s);
    }
    void navigatorMarksWhatIsOpen()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        NavigatorPane pane(&fixture.workspace);
        pane.resize(268, 700);
        pane.show();
        auto* tree = child<NavigatorTree>(pane, u"navigatorTree"_s);
        const auto row = [tree](const QString& text) { return find(*tree->model(), text); };
        const QColor accent = themeColor(ColorRole::Accent, tree->palette());
        const auto isDrawn = [&](const QString& text) {
            const QImage image = tree->viewport()->grab().toImage();
            return image.pixelColor(QPointF(1, tree->visualRect(row(text)).center().y()).toPoint() * image.devicePixelRatio()) == accent;
        };
        const ItemKey key{ u"prod"_s, ItemType::Session, u"12"_s };
        QVERIFY(!isDrawn(u"12 etl-ann"_s));
        pane.setOpenItem(key);
        QVERIFY(isDrawn(u"12 etl-ann"_s));
        QVERIFY(!isDrawn(u"13 adhoc"_s));
        QVERIFY(!isDrawn(u"Sessions"_s));
        QVERIFY(pane.selectedItems().isEmpty());
        QCOMPARE(row(u"12 etl-ann"_s).data(Qt::AccessibleTextRole).toString(), u"12 etl-ann, idle, in the tab in front"_s);
        // folded away it is marked where it is
        tree->collapse(row(u"Sessions"_s));
        QVERIFY(isDrawn(u"Sessions"_s));
        QVERIFY(!isDrawn(u"Batches"_s));
        tree->collapse(row(u"prod"_s));
        QVERIFY(isDrawn(u"prod"_s));
        QVERIFY(!isDrawn(u"Local Spark"_s));
        tree->expandAll();
        QVERIFY(!isDrawn(u"prod"_s));
        pane.setOpenItem({ u"prod"_s, ItemType::Batch, u"729"_s });
        QVERIFY(!isDrawn(u"12 etl-ann"_s));
        QVERIFY(isDrawn(u"729 load-orders"_s));
        pane.setOpenItem({});
        QVERIFY(!isDrawn(u"729 load-orders"_s));
    }
    void navigatorScrollsToWhatIsOpenUnlessSomebodyIsThere()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        for (int i = 0; i < 100; ++i)
            fixture.state(u"prod"_s).batches += sparkItem(QString::number(1000 + i), u"running"_s);
        fixture.poll();
        NavigatorPane pane(&fixture.workspace);
        pane.resize(268, 400);
        pane.show();
        auto* tree = child<NavigatorTree>(pane, u"navigatorTree"_s);
        const QScrollBar& bar = *tree->verticalScrollBar();
        const ItemKey below{ u"prod"_s, ItemType::Batch, u"1000"_s };
        pane.setOpenItem({ u"prod"_s, ItemType::Session, u"12"_s });
        QCOMPARE(bar.value(), 0); // it is in sight
        pane.setOpenItem(below);
        QVERIFY(bar.value() > 0);
        QVERIFY(tree->viewport()->rect().contains(tree->visualRect(find(*tree->model(), u"1000"_s))));
        QVERIFY(!tree->hasFocus());

        pane.setOpenItem({});
        tree->verticalScrollBar()->setValue(0);
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        child<QLineEdit>(pane, u"navigatorFilter"_s)->setFocus();
        pane.setOpenItem(below);
        QCOMPARE(bar.value(), 0);

        child<QLineEdit>(pane, u"navigatorFilter"_s)->clearFocus();
        pane.setOpenItem({});
        tree->collapse(find(*tree->model(), u"Batches"_s));
        pane.setOpenItem(below);
        QVERIFY(!tree->isExpanded(find(*tree->model(), u"Batches"_s)));
    }
    void navigatorKeepsTheSelectionThroughPolls()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        NavigatorPane pane(&fixture.workspace);
        const ItemKey key{ u"prod"_s, ItemType::Session, u"12"_s };
        pane.selectItem(key);
        auto& prod = fixture.state(u"prod"_s);
        prod.sessions.prepend(sparkItem(u"3"_s, u"idle"_s));
        prod.sessions.append(sparkItem(u"20"_s, u"idle"_s));
        fixture.poll();
        QCOMPARE(pane.selectedItems(), QList{ key });
        QSignalSpy deleted(&pane, &NavigatorPane::deleteRequested);
        child<QAction>(pane, u"navigatorDelete"_s)->trigger();
        QCOMPARE(deleted.at(0).at(0).value<QList<ItemKey>>(), QList{ key });
    }
    void navigatorFiltersAndShowsWhenNothingMatches()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        NavigatorPane pane(&fixture.workspace);
        pane.show();
        auto* tree = child<QTreeView>(pane, u"navigatorTree"_s);
        auto* text = child<QLineEdit>(pane, u"navigatorFilter"_s);
        text->setText(u"load-orders"_s);
        QVERIFY(find(*tree->model(), u"731 load-orders"_s).isValid());
        QVERIFY(!find(*tree->model(), u"12 etl-ann"_s).isValid());
        text->setText(u"nothing has this"_s);
        auto* empty = child<EmptyState>(pane, u"navigatorEmpty"_s);
        QVERIFY(empty->isVisible());
        empty->button()->click();
        QVERIFY(text->text().isEmpty());
        child<QPushButton>(pane, u"navigatorLive"_s)->setChecked(true);
        QVERIFY(!find(*tree->model(), u"9 nightly"_s).isValid());
        QVERIFY(find(*tree->model(), u"12 etl-ann"_s).isValid());
        fixture.workspace.setLocalUser(u"bo"_s);
        child<QPushButton>(pane, u"navigatorMine"_s)->setChecked(true);
        QVERIFY(!find(*tree->model(), u"12 etl-ann"_s).isValid());
        QVERIFY(find(*tree->model(), u"13 adhoc"_s).isValid());
    }
    void navigatorMenusAskForTheRightThing()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        NavigatorPane pane(&fixture.workspace);
        pane.resize(260, 600);
        pane.show();
        auto* tree = child<QTreeView>(pane, u"navigatorTree"_s);
        const auto menuAt = [tree, &pane](const QString& text) {
            const QModelIndex index = find(*tree->model(), text);
            tree->scrollTo(index);
            Q_EMIT tree->customContextMenuRequested(tree->visualRect(index).center());
            const auto menus = pane.findChildren<QMenu*>(u"navigatorMenu"_s);
            return menus.constLast();
        };
        QSignalSpy notebook(&pane, &NavigatorPane::notebookRequested);
        menuAction(*menuAt(u"12 etl-ann"_s), u"notebook"_s)->trigger();
        QCOMPARE(notebook.at(0).at(0).value<ItemKey>().id, u"12"_s);
        QVERIFY(!menuAction(*menuAt(u"9 nightly"_s), u"notebook"_s)->isEnabled());
        QVERIFY(menuAction(*menuAt(u"731 load-orders"_s), u"notebook"_s) == nullptr);
        QSignalSpy removed(&pane, &NavigatorPane::removeServerRequested);
        menuAction(*menuAt(u"prod"_s), u"removeServer"_s)->trigger();
        QCOMPARE(removed.at(0).at(0).toString(), u"prod"_s);
        QSignalSpy session(&pane, &NavigatorPane::newSessionRequested);
        auto* add = child<QMenu>(pane, u"navigatorAddMenu"_s);
        Q_EMIT add->aboutToShow();
        menuAction(*add, u"newSession"_s)->trigger();
        QCOMPARE(session.size(), 1);
    }

    void overviewTellsWhatEachStateOfEmptinessMeans()
    {
        PanesFixture fixture;
        OverviewPane pane(&fixture.workspace);
        pane.show();
        auto* empty = child<EmptyState>(pane, u"overviewEmpty"_s);
        QVERIFY(empty->isVisible());
        QSignalSpy addServer(&pane, &OverviewPane::addServerRequested);
        empty->button()->click();
        QCOMPARE(addServer.size(), 1);
        Server* server = fixture.addServer(u"prod"_s, u"prod"_s);
        fixture.poll();
        QCOMPARE(server->connection(), ConnectionState::Online);
        QSignalSpy newSession(&pane, &OverviewPane::newSessionRequested);
        empty->button()->click();
        QCOMPARE(newSession.at(0).at(0).toString(), u"prod"_s);
        fixture.state(u"prod"_s).sessions += sparkItem(u"0"_s, u"idle"_s);
        fixture.poll();
        QVERIFY(!empty->isVisible());
        child<QLineEdit>(pane, u"overviewFilter"_s)->setText(u"nothing has this"_s);
        QVERIFY(empty->isVisible());
        empty->button()->click();
        QVERIFY(!empty->isVisible());
    }
    void overviewWordsItsCells()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        auto* table = child<QTableView>(pane, u"overviewTable"_s);
        const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        using Column = ItemsModel::Column;
        const int busy = rowOf(*table, u"13"_s);
        QCOMPARE(cell(*table, busy, Column::StateText), u"busy"_s);
        QCOMPARE(cell(*table, busy, Column::Since), u"8 s"_s);
        QCOMPARE(cell(*table, busy, Column::Memory), u"2 + 2 × 4 GiB"_s);
        QCOMPARE(cell(*table, busy, Column::Type), u"Session"_s);
        QCOMPARE(cell(*table, rowOf(*table, u"12"_s), Column::Since), u"≥ 3 min"_s);
        QCOMPARE(cell(*table, rowOf(*table, u"11"_s), Column::StateText), u"idle · Python died"_s);
        QCOMPARE(cell(*table, rowOf(*table, u"14"_s), Column::StateText), u"starting · waiting for app id"_s);
        QCOMPARE(cell(*table, rowOf(*table, u"731"_s), Column::Type), u"Batch"_s);
        for (int column = 1; column < static_cast<int>(Column::Count); ++column)
            QVERIFY(!table->model()->headerData(column, Qt::Horizontal).toString().isEmpty());
    }
    void overviewCounts()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        auto* totals = child<TotalsLine>(pane, u"overviewTotals"_s);
        QCOMPARE(totals->text(), u"2 running · 3 idle · 1 starting · 3 failed · 2 ended · 11 in all"_s);
        fixture.state(u"prod"_s).sessions.removeFirst();
        fixture.poll();
        QTRY_COMPARE(totals->text(), u"2 running · 3 idle · 1 starting · 2 failed · 2 ended · 10 in all"_s);
    }
    void totalsLeaveOutWhatHasNoRoom()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        auto* totals = child<TotalsLine>(pane, u"overviewTotals"_s);
        pane.show();
        QStringList shown;
        for (const int width : { 1172, 900, 780, 760, 720 }) {
            pane.resize(width, 400);
            QCoreApplication::sendPostedEvents();
            shown += totals->shownText();
            for (const auto* name : { "totalsBefore", "totalsFailed", "totalsAfter" }) {
                const auto* label = child<QLabel>(pane, QString::fromLatin1(name));
                QVERIFY2(label->width() >= label->fontMetrics().horizontalAdvance(label->text()), qPrintable(label->text()));
            }
        }
        QCOMPARE(shown.first(), totals->text());
        QVERIFY(shown.at(2).size() < shown.first().size());
        QCOMPARE(shown.last(), u"3 failed"_s);
        QCOMPARE(shownToolTip(totals->toolTip()), totals->text());
        pane.resize(1172, 400);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(totals->shownText(), totals->text());
        QVERIFY(totals->toolTip().isEmpty());
    }
    void largeNumbersAreGrouped()
    {
        PanesFixture fixture;
        fixture.addServer(u"prod"_s, u"prod"_s);
        for (int number = 0; number < 1200; ++number)
            fixture.state(u"prod"_s).sessions += sparkItem(QString::number(number), u"idle"_s, u"a"_s);
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        OverviewPane pane(&fixture.workspace);
        fixture.workspace.server(u"prod"_s)->refresh();
        fixture.clock.advance(60s);
        QTRY_COMPARE(child<TotalsLine>(pane, u"overviewTotals"_s)->text(), u"1,200 idle · 1,200 in all"_s);
        QLocale::setDefault(before);
    }
    void theEndOfAnIdIsSeen()
    {
        using Column = ItemsModel::Column;
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        const auto* table = child<QTableView>(pane, u"overviewTable"_s);
        const auto modeOf = [table](Column column) { return table->model()->index(0, static_cast<int>(column)).data(ElideModeRole); };
        for (const Column column : { Column::Id, Column::AppId })
            QCOMPARE(modeOf(column).toInt(), static_cast<int>(Qt::ElideMiddle));
        QVERIFY(!modeOf(Column::Name).isValid());
        QVERIFY(table->columnWidth(static_cast<int>(Column::AppId)) > table->columnWidth(static_cast<int>(Column::StateText)));
    }
    void overviewStopsWhatIsSelected()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        fixture.workspace.guard().setUnlocked(true);
        OverviewPane pane(&fixture.workspace);
        auto* table = child<QTableView>(pane, u"overviewTable"_s);
        auto* stop = child<QPushButton>(pane, u"overviewStop"_s);
        QVERIFY(!stop->isEnabled());
        QSignalSpy selected(&pane, &OverviewPane::itemSelected);
        QSignalSpy deleted(&pane, &OverviewPane::deleteRequested);
        table->setCurrentIndex(table->model()->index(rowOf(*table, u"13"_s), 1));
        table->selectionModel()->select(table->model()->index(rowOf(*table, u"731"_s), 1),
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QCOMPARE(selected.constLast().at(0).value<ItemKey>().id, u"13"_s);
        QCOMPARE(stop->text(), u"Stop 2 selected…"_s);
        QCOMPARE(stop->accessibleName(), stop->text());
        stop->click();
        QCOMPARE(deleted.at(0).at(0).value<QList<ItemKey>>().size(), 2);
        fixture.state(u"prod"_s).batches.removeLast();
        fixture.poll();
        QCOMPARE(stop->text(), u"Stop 1 selected…"_s);
    }
    void overviewColumnsFitWhatIsInThem()
    {
        using Column = ItemsModel::Column;
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        auto* table = child<QTableView>(pane, u"overviewTable"_s);
        const auto widthOf = [table](Column column) { return table->columnWidth(static_cast<int>(column)); };
        pane.resize(1400, 500);
        pane.show();
        const QString launching = cell(*table, rowOf(*table, u"14"_s), Column::StateText);
        const int whole = table->fontMetrics().horizontalAdvance(launching) + 16;
        QTRY_VERIFY(widthOf(Column::StateText) >= whole && widthOf(Column::StateText) < whole + 8);
        // more is seen later
        const int before = widthOf(Column::Name);
        fixture.state(u"prod"_s).sessions[2].name = u"a-name-that-nobody-foresaw"_s;
        fixture.poll();
        fixture.clock.advance(2s);
        QTRY_VERIFY(widthOf(Column::Name) > before);
        // in little room what is not told in full is the name, not the state
        const int wide = widthOf(Column::Name);
        pane.resize(700, 500);
        QTRY_VERIFY(widthOf(Column::Name) < wide);
        QVERIFY(widthOf(Column::StateText) >= whole);
        // a person's widths stay
        table->setColumnWidth(static_cast<int>(Column::StateText), 60);
        pane.resize(1300, 500);
        fixture.clock.advance(2s);
        QCOMPARE(widthOf(Column::StateText), 60);
        OverviewPane other(&fixture.workspace);
        other.restoreLayout(pane.saveLayout());
        other.resize(1300, 500);
        other.show();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(child<QTableView>(other, u"overviewTable"_s)->columnWidth(static_cast<int>(Column::StateText)), 60);
    }
    void overviewKeepsItsColumns()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        auto* table = child<QTableView>(pane, u"overviewTable"_s);
        auto* menu = child<QMenu>(pane, u"overviewColumnsMenu"_s);
        Q_EMIT menu->aboutToShow();
        menu->actions().at(static_cast<int>(ItemsModel::Column::Queue))->setChecked(false);
        QVERIFY(table->isColumnHidden(static_cast<int>(ItemsModel::Column::Queue)));
        table->setColumnWidth(static_cast<int>(ItemsModel::Column::Name), 333);
        table->sortByColumn(static_cast<int>(ItemsModel::Column::Id), Qt::DescendingOrder);
        QCOMPARE(cell(*table, table->model()->rowCount() - 1, ItemsModel::Column::Id), u"0"_s);
        OverviewPane other(&fixture.workspace);
        other.restoreLayout(pane.saveLayout());
        auto* restored = child<QTableView>(other, u"overviewTable"_s);
        QCOMPARE(restored->columnWidth(static_cast<int>(ItemsModel::Column::Name)), 333);
        QVERIFY(restored->isColumnHidden(static_cast<int>(ItemsModel::Column::Queue)));
        other.restoreLayout("rubbish");
        QCOMPARE(restored->columnWidth(static_cast<int>(ItemsModel::Column::Name)), 333);
    }
    void overviewSaysThatAServerIsOfflineAndKeepsItsRows()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        pane.show();
        auto* messages = child<MessageBar>(pane, u"overviewMessages"_s);
        QVERIFY(!messages->isVisible());
        const int rows = child<QTableView>(pane, u"overviewTable"_s)->model()->rowCount();
        fixture.state(u"prod"_s).outage = errorOf(ErrorKind::Network);
        fixture.poll();
        fixture.clock.advance(60s);
        QVERIFY(messages->isVisible());
        QVERIFY(messages->text().startsWith("prod: "_L1));
        QCOMPARE(child<QTableView>(pane, u"overviewTable"_s)->model()->rowCount(), rows);
        fixture.state(u"prod"_s).outage.reset();
        fixture.poll();
        QVERIFY(!messages->isVisible());
    }
    void toolTipsShowNamesToTheLetter()
    {
        const QString name = u"R&D <b>sales</b>"_s;
        PanesFixture fixture;
        fixture.addServer(u"prod"_s, name);
        fixture.state(u"prod"_s).sessions += sparkItem(u"0"_s, u"idle"_s, name);
        fixture.poll();
        NavigatorPane navigator(&fixture.workspace);
        OverviewPane overview(&fixture.workspace);
        const QAbstractItemModel* table = child<QTableView>(overview, u"overviewTable"_s)->model();
        const QModelIndex cell = table->index(0, static_cast<int>(ItemsModel::Column::Name));
        QCOMPARE(shownToolTip(cell.data(Qt::ToolTipRole).toString()), name);
        const QModelIndex server = child<QTreeView>(navigator, u"navigatorTree"_s)->model()->index(0, 0);
        QVERIFY(shownToolTip(server.data(Qt::ToolTipRole).toString()).startsWith(name + u'\n'));
    }
    void hostileNamesStayOneLineOfPlainText()
    {
        PanesFixture fixture;
        fixture.addServer(u"prod"_s, hostileName());
        SparkItem item = sparkItem(u"0"_s, u"weird<state>"_s, hostileName());
        item.owner = hostileName();
        item.driverMemory = u"<b>lots</b>"_s;
        fixture.state(u"prod"_s).sessions += item;
        fixture.poll();
        NavigatorPane navigator(&fixture.workspace);
        OverviewPane overview(&fixture.workspace);
        navigator.show();
        overview.show();
        auto* table = child<QTableView>(overview, u"overviewTable"_s);
        QCOMPARE(table->model()->rowCount(), 1);
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            const QModelIndex index = table->model()->index(0, column);
            QVERIFY(index.data().toString().size() <= 300);
            QVERIFY(!index.data().toString().contains(u'\n'));
            if (column == static_cast<int>(ItemsModel::Column::Name))
                QCOMPARE(shownToolTip(index.data(Qt::ToolTipRole).toString()), index.data().toString());
        }
        for (const QLabel* label : overview.findChildren<QLabel*>())
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
        QVERIFY(!navigator.grab().isNull());
        QVERIFY(!overview.grab().isNull());
    }
    void opensOnlyWebLinks()
    {
        QCOMPARE(webLink(u" https://spark:4040/x "_s), QUrl(u"https://spark:4040/x"_s));
        for (const auto& bad : { u"file:///etc/passwd"_s, u"javascript:alert(1)"_s, u"http://"_s, u"/relative"_s,
                 u"http://me:pw@host/"_s, u""_s })
            QVERIFY2(webLink(bad).isEmpty(), qPrintable(bad));
    }
    void wordsMemoryAsFarAsItIsKnown()
    {
        SparkItem item;
        QVERIFY(memoryText(item).isEmpty());
        item.driverMemory = u"4g"_s;
        QCOMPARE(memoryText(item), u"4 GiB"_s);
        item.executorMemory = u"8G"_s;
        item.numExecutors = 8;
        QCOMPARE(memoryText(item), u"4 + 8 × 8 GiB"_s);
        item.driverMemory = u"512m"_s;
        QCOMPARE(memoryText(item), u"512 MiB + 8 × 8 GiB"_s);
    }
};

KINDLING_TEST(TestLists)
#include "tst_lists.moc"
