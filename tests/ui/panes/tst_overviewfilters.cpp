// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/models/itemsmodel.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/panes/recordedpanes.h"
#include "ui/common/choicefilter.h"
#include "ui/overview/orphanfilter.h"
#include "ui/overview/overviewpane.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QProxyStyle>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QAction* action(const ChoiceFilter& filter, const QString& text)
{
    for (QAction* one : filter.menu()->actions()) {
        if (one->text() == text)
            return one;
    }
    qFatal("no choice %s", qUtf8Printable(text));
}

}

class TestOverviewFilters final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void filtersByStateAndKind()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        pane.show();
        auto* table = child<QTableView>(pane, u"overviewTable"_s);
        auto* states = child<ChoiceFilter>(pane, u"overviewStates"_s);
        auto* kinds = child<ChoiceFilter>(pane, u"overviewKinds"_s);
        QCOMPARE(states->text(), u"State"_s);
        Q_EMIT states->menu()->aboutToShow();
        QAction* dead = action(*states, u"dead (2)"_s);
        dead->setChecked(true);
        QCOMPARE(table->model()->rowCount(), 2);
        action(*states, u"busy (1)"_s)->setChecked(true);
        QCOMPARE(table->model()->rowCount(), 3);
        QCOMPARE(states->text(), u"State (2)"_s);
        QCOMPARE(states->accessibleName(), states->text());
        Q_EMIT kinds->menu()->aboutToShow();
        action(*kinds, u"PySpark (1)"_s)->setChecked(true);
        QCOMPARE(table->model()->rowCount(), 1);
        action(*kinds, u"PySpark (1)"_s)->setChecked(false);
        action(*kinds, u"without a kind (4)"_s)->setChecked(true);
        QCOMPARE(table->model()->rowCount(), 1);
        kinds->clear();
        Q_EMIT states->menu()->aboutToShow();
        action(*states, u"All"_s)->trigger();
        QCOMPARE(table->model()->rowCount(), 11);
        QCOMPARE(states->text(), u"State"_s);
    }
    void offersToShowAllWhereTheFiltersLetNothingThrough()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        pane.show();
        auto* states = child<ChoiceFilter>(pane, u"overviewStates"_s);
        Q_EMIT states->menu()->aboutToShow();
        action(*states, u"busy (1)"_s)->setChecked(true);
        fixture.state(u"prod"_s).sessions[3].state = ItemState::fromWire(u"idle"_s);
        fixture.poll();
        Q_EMIT states->menu()->aboutToShow();
        QVERIFY(action(*states, u"busy (0)"_s)->isChecked());
        child<QPushButton>(*child<QWidget>(pane, u"overviewEmpty"_s), u"emptyButton"_s)->click();
        QCOMPARE(child<QTableView>(pane, u"overviewTable"_s)->model()->rowCount(), 11);
    }
    void filtersByOwnerTypeAndServer()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        pane.show();
        const auto* model = child<QTableView>(pane, u"overviewTable"_s)->model();
        const auto choose = [&pane](const QString& name, const QString& text) {
            auto* filter = child<ChoiceFilter>(pane, name);
            Q_EMIT filter->menu()->aboutToShow();
            action(*filter, text)->setChecked(true);
        };
        choose(u"overviewOwners"_s, u"ops (5)"_s);
        QCOMPARE(model->rowCount(), 5);
        choose(u"overviewTypes"_s, u"Sessions (7)"_s);
        QCOMPARE(model->rowCount(), 1);
        choose(u"overviewTypes"_s, u"Batches (4)"_s);
        QCOMPARE(model->rowCount(), 5);
        choose(u"overviewServers"_s, u"Local Spark (1)"_s);
        QCOMPARE(model->rowCount(), 0);
        child<QPushButton>(*child<QWidget>(pane, u"overviewEmpty"_s), u"emptyButton"_s)->click();
        QCOMPARE(model->rowCount(), 11);
    }
    void findsOrphans()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        fixture.workspace.setLocalUser(u"ann"_s);
        OverviewPane pane(&fixture.workspace);
        pane.show();
        const auto* model = child<QTableView>(pane, u"overviewTable"_s)->model();
        auto* orphans = child<OrphanFilter>(pane, u"overviewOrphans"_s);
        Q_EMIT orphans->menu()->aboutToShow();
        QCOMPARE(orphans->menu()->actions().constFirst()->text(), u"Off"_s);
        QVERIFY(orphans->menu()->actions().constFirst()->isChecked());
        orphans->menu()->actions().at(2)->trigger();
        QCOMPARE(orphans->text(), u"Orphans (2 h)"_s);
        QCOMPARE(orphans->accessibleName(), orphans->text());
        QCOMPARE(model->rowCount(), 0);
        fixture.clock.advance(std::chrono::hours(2));
        QCOMPARE(model->rowCount(), 1);
        QCOMPARE(model->index(0, 4).data().toString(), u"etl-ann"_s);
        const QString since = model->index(0, static_cast<int>(ItemsModel::Column::Since)).data(Qt::ToolTipRole).toString();
        QVERIFY(since.contains("No activity was seen since"_L1));
        orphans->menu()->actions().constFirst()->trigger();
        QCOMPARE(model->rowCount(), 11);
    }
    void exportsWhatIsShown()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SparkItem evil = sparkItem(u"99"_s, u"idle"_s, u"=cmd|' /C calc'!A0"_s);
        fixture.state(u"prod"_s).sessions += evil;
        fixture.poll();
        OverviewPane pane(&fixture.workspace);
        pane.show();
        auto* table = child<QTableView>(pane, u"overviewTable"_s);
        for (int column = 0; column < table->model()->columnCount(); ++column)
            table->setColumnHidden(column, column != static_cast<int>(ItemsModel::Column::Id) && column != static_cast<int>(ItemsModel::Column::Name)
                    && column != static_cast<int>(ItemsModel::Column::Memory) && column != static_cast<int>(ItemsModel::Column::Since));
        table->horizontalHeader()->moveSection(table->horizontalHeader()->visualIndex(static_cast<int>(ItemsModel::Column::Name)), 0);
        table->sortByColumn(static_cast<int>(ItemsModel::Column::Id), Qt::DescendingOrder);
        child<QLineEdit>(pane, u"overviewFilter"_s)->setText(u"idle"_s);
        QSignalSpy asked(&pane, &OverviewPane::exportRequested);
        child<QPushButton>(pane, u"overviewExport"_s)->click();
        const QStringList lines = asked.at(0).at(0).toString().split(u"\r\n"_s);
        QCOMPARE(lines.constFirst(), u"Name,Id,Since,Since is exact,Memory"_s);
        QCOMPARE(lines.size(), table->model()->rowCount() + 2);
        const bool isExact = fixture.workspace.item({ u"prod"_s, ItemType::Session, u"12"_s })->isSinceExact;
        QVERIFY(lines.filter(u",false,"_s).size() + lines.filter(u",true,"_s).size() == table->model()->rowCount());
        const QString stamp = fixture.workspace.item({ u"prod"_s, ItemType::Session, u"12"_s })->stateSince.toUTC().toString(Qt::ISODate);
        QVERIFY(lines.contains(u"etl-ann,12,%1,%2,4 + 8 × 8 GiB"_s.arg(stamp, isExact ? u"true"_s : u"false"_s)));
        QVERIFY(lines.at(2).startsWith("'=cmd|' /C calc'!A0,99,"_L1) || lines.at(1).startsWith("'=cmd|' /C calc'!A0,99,"_L1));
    }
    void opensTheTotals()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        pane.show();
        child<QPushButton>(pane, u"totalsMore"_s)->click();
        auto* popup = child<QFrame>(pane, u"totalsPopup"_s);
        QVERIFY(popup->isVisible());
        const auto* table = child<QTableWidget>(*popup, u"totalsTable"_s);
        const auto row = [table](const QString& name) {
            QStringList texts;
            for (int at = 0; at < table->rowCount(); ++at) {
                if (table->item(at, 0)->text() != name)
                    continue;
                for (int column = 1; column < table->columnCount(); ++column)
                    texts += table->item(at, column)->text();
                break;
            }
            return texts;
        };
        QCOMPARE(row(u"In all"_s).constFirst(), u"11"_s);
        QCOMPARE(row(u"ann"_s), (QStringList{ u"1"_s, {}, u"1"_s, {}, {}, {}, u"34"_s, u"68 GiB"_s }));
        QCOMPARE(row(u"ops"_s).at(0), u"5"_s);
        const QStringList all = row(u"In all"_s);
        int sum = 0;
        for (const QString& count : all.sliced(1, 5))
            sum += count.toInt();
        QCOMPARE(sum, 11);
        QCOMPARE(row(u"adhoc"_s), (QStringList{ u"2"_s, u"1"_s, {}, {}, u"1"_s, {}, u"20"_s, u"20 GiB"_s }));
        QCOMPARE(row(u"without a queue"_s).at(0), u"2"_s);
        QCOMPARE(row(u"dead"_s).at(0), u"2"_s);
        const QFontMetrics titles(table->horizontalHeader()->font());
        for (int column = 0; column < table->columnCount(); ++column)
            QVERIFY(table->columnWidth(column) >= titles.horizontalAdvance(table->horizontalHeaderItem(column)->text()) + 16);
        popup->close();
    }
    void theTotalsGoWithWhatIsShown()
    {
        RecordedPanes fixture;
        for (int i = 0; i < 60; ++i) {
            SparkItem item = sparkItem(QString::number(1000 + i), u"idle"_s);
            item.owner = u"owner %1"_s.arg(i);
            fixture.state(u"prod"_s).sessions += item;
        }
        fixture.poll();
        OverviewPane pane(&fixture.workspace, fixture.recorder.get());
        pane.show();
        child<QPushButton>(pane, u"totalsMore"_s)->click();
        auto* popup = child<QFrame>(pane, u"totalsPopup"_s);
        auto* table = child<QTableWidget>(*popup, u"totalsTable"_s);
        const auto all = [table] { return table->item(0, 1)->text(); };
        QCOMPARE(all(), u"71"_s);
        popup->resize(popup->width(), 300);
        table->verticalScrollBar()->setValue(20);
        table->setCurrentCell(22, 1);

        // once for all that comes within a twentieth of a second
        QSignalSpy repainted(table, &QTableWidget::itemChanged);
        ItemStore& store = fixture.prod()->sessions();
        store.mergeOne(sparkItem(u"2000"_s, u"busy"_s));
        fixture.clock.advance(30ms);
        store.mergeOne(sparkItem(u"2001"_s, u"busy"_s));
        QCOMPARE(all(), u"71"_s);
        QCOMPARE(repainted.size(), 0);
        fixture.clock.advance(20ms);
        QCOMPARE(all(), u"73"_s);
        QCOMPARE(table->verticalScrollBar()->value(), 20);
        QCOMPARE(table->currentRow(), 22);
        child<QLineEdit>(pane, u"overviewFilter"_s)->setText(u"busy"_s);
        fixture.clock.advance(50ms);
        QCOMPARE(all(), u"3"_s);

        // nobody counts what nobody sees
        popup->close();
        repainted.clear();
        store.mergeOne(sparkItem(u"2002"_s, u"busy"_s));
        fixture.clock.advance(1s);
        QCOMPARE(repainted.size(), 0);
        QCOMPARE(all(), u"3"_s);
        child<QPushButton>(pane, u"totalsMore"_s)->click();
        QCOMPARE(all(), u"4"_s);
        popup->close();
    }
    void theTotalsCountWhatABatchWasAskedForWith()
    {
        RecordedPanes fixture;
        SparkItem batch = sparkItem(u"800"_s, u"running"_s, u"asked"_s);
        batch.owner = u"zoe"_s;
        fixture.state(u"prod"_s).onCreate = [batch](ItemType, const QString&) -> Script<SparkItem> { return batch; };
        fixture.state(u"prod"_s).batches += batch;
        NewBatch wanted;
        wanted.file = u"/a.py"_s;
        wanted.name = batch.name;
        wanted.executorMemory = u"8g"_s;
        wanted.executorCores = 4;
        fixture.prod()->createBatch(wanted, fixture.prod(), [](const Result<SparkItem>&) {});
        fixture.clock.advance(2s);
        OverviewPane pane(&fixture.workspace, fixture.recorder.get());
        pane.show();
        child<QPushButton>(pane, u"totalsMore"_s)->click();
        auto* popup = child<QFrame>(pane, u"totalsPopup"_s);
        const auto* table = child<QTableWidget>(*popup, u"totalsTable"_s);
        const auto cores = [&] {
            fixture.clock.advance(50ms);
            const QList<QTableWidgetItem*> found = table->findItems(u"zoe"_s, Qt::MatchExactly);
            return found.isEmpty() ? u"no row"_s : table->item(found.constFirst()->row(), 7)->text();
        };
        QTRY_COMPARE_WITH_TIMEOUT(cores(), u"≥ 4"_s, 60s); // nobody told how many executors
        popup->close();
    }
    void aChangedRowShinesOnceWhereThingsMayMove()
    {
        class Style final : public QProxyStyle {
        public:
            int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override
            {
                return hint == SH_Widget_Animation_Duration ? duration : QProxyStyle::styleHint(hint, option, widget, data);
            }
            int duration = 200;
        };
        Style style;
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        pane.setStyle(&style);
        pane.show();
        auto* table = child<QTableView>(pane, u"overviewTable"_s);
        const auto shine = [table](int row) { return table->model()->index(row, 1).data(Qt::BackgroundRole).value<QColor>().alphaF(); };
        const auto isShining = [table](int row) { return table->model()->index(row, 1).data(Qt::BackgroundRole).isValid(); };
        for (int row = 0; row < 11; ++row)
            QVERIFY(!isShining(row));
        auto& sessions = fixture.state(u"prod"_s).sessions;
        const auto change = [&](const QString& word) {
            sessions[2].state = ItemState::fromWire(word);
            fixture.workspace.server(u"prod"_s)->refresh();
            fixture.clock.advance(std::chrono::milliseconds(20));
        };
        change(u"busy"_s);
        QVERIFY(isShining(2));
        QVERIFY(!isShining(1));
        const auto first = shine(2);
        fixture.clock.advance(std::chrono::milliseconds(200));
        QVERIFY(shine(2) < first);
        fixture.clock.advance(std::chrono::milliseconds(300));
        QVERIFY(!isShining(2));
        fixture.workspace.server(u"prod"_s)->sessions().setDamage(u"12"_s, u"pyspark"_s);
        QVERIFY(isShining(2));
        fixture.clock.advance(std::chrono::milliseconds(600));
        fixture.poll();
        QVERIFY(!isShining(2));
        style.duration = 0;
        change(u"idle"_s);
        QVERIFY(!isShining(2));
    }
    void aChoiceKeepsTheMenuOpen()
    {
        ChoiceFilter filter(u"State"_s, [] { return QList<Choice>{ { u"idle"_s, u"idle"_s, 2 }, { u"busy"_s, u"a & b"_s, 1 } }; }, nullptr);
        QSignalSpy changed(&filter, &ChoiceFilter::chosenChanged);
        QMenu* menu = filter.menu();
        menu->popup(QPoint(0, 0));
        QAction* busy = action(filter, u"a && b (1)"_s);
        const QPointF place = menu->actionGeometry(busy).center();
        QMouseEvent release(QEvent::MouseButtonRelease, place, menu->mapToGlobal(place), Qt::LeftButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(menu, &release);
        QVERIFY(menu->isVisible());
        QCOMPARE(filter.chosen(), QStringList{ u"busy"_s });
        menu->setActiveAction(busy);
        QTest::keyClick(menu, Qt::Key_Space);
        QVERIFY(menu->isVisible());
        QVERIFY(filter.chosen().isEmpty());
        QCOMPARE(changed.size(), 2);
        menu->close();
    }
};

KINDLING_TEST(TestOverviewFilters)
#include "tst_overviewfilters.moc"
