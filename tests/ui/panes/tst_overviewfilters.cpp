// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/overview/choicefilter.h"
#include "ui/overview/overviewpane.h"

#include <QMenu>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

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
