// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/timelinemodel.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/common/emptystate.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"
#include "ui/log/timelinepainter.h"
#include "ui/log/timelinepane.h"
#include "ui/log/timelineview.h"

#include <QAccessible>
#include <QComboBox>
#include <QHelpEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <functional>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr qint64 minute = 60'000;
const ItemKey session13{ u"prod"_s, ItemType::Session, u"13"_s };

struct Bench {
    explicit Bench(bool isFilled = true)
        : model(&fixture.workspace)
    {
        if (isFilled)
            fillLikeTheDrawing(fixture);
        pane = std::make_unique<TimelinePane>(&model, fixture.clock);
        view = child<TimelineView>(*pane, u"timelineView"_s);
        pane->resize(1000, 300);
        pane->show();
    }
    [[nodiscard]] TimelineLayout layout() const { return { view->viewport()->size(), view->font() }; }
    /// In the middle of the row, where the strip is at that time.
    [[nodiscard]] QPoint placeOf(const ItemKey& key, const QDateTime& when) const
    {
        const int y = model.rowOf(key) * layout().rowHeight + layout().rowHeight / 2 - view->verticalScrollBar()->value();
        return { layout().namesWidth + qRound(view->scale().xOf(when.toMSecsSinceEpoch())), y };
    }
    void turnWheel(int notches, Qt::KeyboardModifiers modifiers, QPointF place) const
    {
        QWheelEvent event(place, view->viewport()->mapToGlobal(place), {}, QPoint(0, notches * 120), Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view->viewport(), &event);
    }
    PanesFixture fixture;
    TimelineModel model;
    std::unique_ptr<TimelinePane> pane;
    TimelineView* view = nullptr;
};
}

class TestTimeline final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void mapsTimeToPixelsAndBack()
    {
        TimeScale scale;
        scale.setWidth(1000);
        scale.setNow(100 * minute);
        scale.setSpan(50 * minute);
        QCOMPARE(scale.end(), 101 * minute);
        QCOMPARE(scale.xOf(scale.begin()), 0.0);
        QCOMPARE(scale.xOf(76 * minute), 500.0);
        QCOMPARE(scale.timeAt(500), 76 * minute);
    }
    void zoomKeepsTheTimeUnderThePointer()
    {
        TimeScale scale;
        scale.setWidth(1000);
        scale.setNow(1000 * minute);
        scale.pan(400);
        QVERIFY(!scale.isFollowing());
        const qint64 time = scale.timeAt(300);
        scale.zoom(4, 300);
        QVERIFY(qAbs(scale.timeAt(300) - time) <= 1);
        QCOMPARE(scale.span(), 30 * minute / 4);
        scale.zoom(1e9, 300);
        QCOMPARE(scale.span(), TimeScale::shortest);
        scale.zoom(1e-12, 300);
        QCOMPARE(scale.span(), TimeScale::longest);
    }
    void followsNowUntilMovedAndAgainAtTheEnd()
    {
        TimeScale scale;
        scale.setWidth(1000);
        scale.setNow(1000 * minute);
        const qint64 end = scale.end();
        scale.setNow(1001 * minute);
        QCOMPARE(scale.end(), end + minute);
        scale.pan(100);
        const qint64 stays = scale.end();
        QCOMPARE(stays, end + minute - 3 * minute);
        scale.setNow(1002 * minute);
        QCOMPARE(scale.end(), stays);
        scale.pan(-10'000);
        QVERIFY(scale.isFollowing());
        scale.showFrom(902 * minute);
        QVERIFY(scale.xOf(902 * minute) >= -0.01 && scale.xOf(902 * minute) < 1);
    }
    void marksTimesPeopleCountIn_data()
    {
        QTest::addColumn<qint64>("span");
        QTest::addColumn<qint64>("step");
        QTest::newRow("a minute") << minute << qint64(10'000);
        QTest::newRow("half an hour") << 30 * minute << 5 * minute;
        QTest::newRow("a day") << 24 * 60 * minute << 180 * minute;
        QTest::newRow("a season") << TimeScale::longest << qint64(14) * 24 * 60 * minute;
    }
    void marksTimesPeopleCountIn()
    {
        QFETCH(qint64, span);
        QFETCH(qint64, step);
        TimeScale scale;
        scale.setWidth(1000);
        scale.setNow(1'000'000 * minute + 12'345);
        scale.setSpan(span);
        QCOMPARE(scale.tickStep(100), step);
        const qint64 zone = 90 * minute;
        const QList<qint64> ticks = scale.ticks(step, QTimeZone::fromSecondsAheadOfUtc(90 * 60));
        QVERIFY(ticks.size() >= 4 && ticks.size() <= 10);
        for (const qint64 tick : ticks) {
            QCOMPARE((tick + zone) % step, 0);
            QVERIFY(tick >= scale.begin() && tick < scale.end());
        }
    }
    void marksWholeHoursAndMidnightsAroundAChangeOfTheClock_data()
    {
        QTest::addColumn<QDate>("change");
        QTest::addColumn<qint64>("step");
        QTest::addColumn<int>("count"); // in four days, the second of which has the change
        const QDate spring(2026, 3, 29);
        const QDate autumn(2026, 10, 25);
        const qint64 hour = 60 * minute;
        QTest::newRow("spring, days") << spring << 24 * hour << 4;
        QTest::newRow("spring, quarters of a day") << spring << 6 * hour << 16;
        QTest::newRow("spring, two hours") << spring << 2 * hour << 47; // one at 2:00 is not
        QTest::newRow("spring, hours") << spring << hour << 95;
        QTest::newRow("autumn, days") << autumn << 24 * hour << 4;
        QTest::newRow("autumn, quarters of a day") << autumn << 6 * hour << 16;
        QTest::newRow("autumn, two hours") << autumn << 2 * hour << 49; // 2:00 is twice
        QTest::newRow("autumn, hours") << autumn << hour << 97;
        QTest::newRow("autumn, half hours") << autumn << hour / 2 << 194;
    }
    void marksWholeHoursAndMidnightsAroundAChangeOfTheClock()
    {
        QFETCH(QDate, change);
        QFETCH(qint64, step);
        QFETCH(int, count);
        const QTimeZone zone("Europe/Berlin");
        if (!zone.isValid())
            QSKIP("this machine knows no time zones");
        const qint64 from = change.addDays(-1).startOfDay(zone).toMSecsSinceEpoch() - 1;
        const qint64 until = change.addDays(3).startOfDay(zone).toMSecsSinceEpoch() - 1;
        TimeScale scale;
        scale.setWidth(1000);
        scale.setSpan(until - from);
        scale.setNow(until - scale.span() / 50);
        QCOMPARE(scale.begin(), from);
        const QList<qint64> ticks = scale.ticks(step, zone);
        QCOMPARE(ticks.size(), count);
        QVERIFY(std::ranges::adjacent_find(ticks, std::ranges::greater_equal()) == ticks.end());
        for (const qint64 tick : ticks) {
            const QTime onTheWall = QDateTime::fromMSecsSinceEpoch(tick, zone).time();
            QVERIFY2(onTheWall.msecsSinceStartOfDay() % step == 0, qPrintable(onTheWall.toString()));
        }
    }
    void findsTheStaysThatAreVisible()
    {
        const QDateTime zero = QDateTime::fromMSecsSinceEpoch(0);
        QList<TimelineSpan> spans;
        for (int number = 0; number < 10; ++number)
            spans += { zero.addSecs(number * 10), number < 9 ? zero.addSecs(number * 10 + 10) : QDateTime(), {} };
        QCOMPARE(visibleSpans(spans, 25'000, 45'000), std::pair(qsizetype(2), qsizetype(5)));
        QCOMPARE(visibleSpans(spans, 200'000, 300'000), std::pair(qsizetype(9), qsizetype(10)));
        QCOMPARE(visibleSpans(spans, -20'000, -10'000).first, visibleSpans(spans, -20'000, -10'000).second);
    }

    void saysWhatWouldBeHere()
    {
        Bench bench(false);
        QVERIFY(child<EmptyState>(*bench.pane, u"timelineEmpty"_s)->isVisible());
        fillLikeTheDrawing(bench.fixture);
        QVERIFY(!child<EmptyState>(*bench.pane, u"timelineEmpty"_s)->isVisible());
        QVERIFY(bench.view->isVisible());
    }
    void paintsEachStateInItsColour()
    {
        Bench bench;
        bench.view->setSpan(5 * minute);
        const QImage image = bench.view->viewport()->grab().toImage();
        const QDateTime now = bench.fixture.clock.now();
        const auto colorAt = [&](const QDateTime& when) {
            const QPoint place = bench.placeOf(session13, when);
            return image.pixelColor(place.x(), place.y() - bench.layout().rowHeight / 2 + 5);
        };
        QCOMPARE(colorAt(now.addSecs(-60)), themeColor(colorOf(StateRole::Idle), bench.view->palette()));
        QCOMPARE(colorAt(now.addSecs(-4)), themeColor(colorOf(StateRole::Active), bench.view->palette()));
        // Before it was seen there is nothing.
        QCOMPARE(colorAt(now.addSecs(-240)), themeColor(ColorRole::Window, bench.view->palette()));
    }
    void tellsTheExactTimes()
    {
        Bench bench;
        bench.view->setSpan(5 * minute);
        const QDateTime now = bench.fixture.clock.now();
        const QString busy = bench.view->textAt(bench.placeOf(session13, now.addSecs(-4)));
        const auto& transitions = bench.fixture.workspace.transitions();
        const auto became = std::ranges::find_if(transitions, [](const Transition& each) { return each.key == session13 && each.to.raw == "busy"_L1; });
        QVERIFY(became != transitions.end());
        QVERIFY2(busy.startsWith(u"13 adhoc\nbusy\nsince %1"_s.arg(exactTime(became->when))), qPrintable(busy));
        QHelpEvent hover(QEvent::ToolTip, bench.placeOf(session13, now.addSecs(-4)), bench.view->mapToGlobal(bench.placeOf(session13, now.addSecs(-4))));
        QCoreApplication::sendEvent(bench.view->viewport(), &hover);
        QVERIFY2(QToolTip::text().contains(exactTime(became->when)), qPrintable(QToolTip::text()));
        QToolTip::hideText();
        const QString idle = bench.view->textAt(bench.placeOf(session13, now.addSecs(-60)));
        QVERIFY2(idle.startsWith("13 adhoc\nidle\n"_L1) && idle.contains("3 min"_L1), qPrintable(idle));
        QCOMPARE(bench.view->textAt(bench.placeOf(session13, now.addSecs(-280))), u"13 adhoc"_s);
        QVERIFY(bench.view->textAt({ 10, 100'000 }).isEmpty());
    }
    void veilsAndTellsWhatNobodyWatched()
    {
        Bench bench;
        bench.fixture.state(u"prod"_s).outage = errorOf(ErrorKind::Network);
        bench.fixture.clock.advance(20min);
        bench.fixture.state(u"prod"_s).outage.reset();
        bench.fixture.poll();
        bench.fixture.clock.advance(2min);
        QVERIFY(!bench.model.gapsAt(0).isEmpty());
        bench.view->setSpan(30 * minute);
        const QDateTime now = bench.fixture.clock.now();
        const QString unseen = bench.view->textAt(bench.placeOf(session13, now.addSecs(-600)));
        QVERIFY2(unseen.startsWith("13 adhoc\nbusy\n"_L1) && unseen.contains("\nNot watched"_L1), qPrintable(unseen));
        QVERIFY(!bench.view->textAt(bench.placeOf(session13, now.addSecs(-5))).contains("Not watched"_L1));
        const QImage image = bench.view->viewport()->grab().toImage();
        const auto isPlain = [&](const QDateTime& when) {
            const QPoint place = bench.placeOf(session13, when);
            return image.pixelColor(place.x(), place.y() - bench.layout().rowHeight / 2 + 5) == themeColor(colorOf(StateRole::Active), bench.view->palette());
        };
        QVERIFY(isPlain(now.addSecs(-5)));
        QVERIFY(!isPlain(now.addSecs(-600)));
    }
    void veilsNothingAfterAnEnd()
    {
        Bench bench;
        std::ranges::find(bench.fixture.state(u"prod"_s).sessions, u"13"_s, &SparkItem::id)->state = ItemState::fromWire(u"dead"_s);
        bench.fixture.poll();
        bench.fixture.state(u"prod"_s).outage = errorOf(ErrorKind::Network);
        bench.fixture.clock.advance(20min);
        bench.fixture.state(u"prod"_s).outage.reset();
        bench.fixture.poll();
        QVERIFY(!bench.model.gapsAt(0).isEmpty());
        bench.view->setSpan(30 * minute);
        const QImage image = bench.view->viewport()->grab().toImage();
        const QDateTime now = bench.fixture.clock.now();
        const QPoint until = bench.placeOf(session13, now.addSecs(-60));
        for (QPoint place = bench.placeOf(session13, now.addSecs(-900)); place.x() < until.x(); place += QPoint(1, 0))
            QCOMPARE(image.pixelColor(place), themeColor(ColorRole::Window, bench.view->palette()));
    }
    void tellsThatAnInterpreterDied()
    {
        Bench bench;
        bench.fixture.workspace.server(u"prod"_s)->sessions().setDamage(u"13"_s, u"pyspark"_s);
        bench.fixture.clock.advance(60s);
        const QString text = bench.view->textAt(bench.placeOf(session13, bench.fixture.clock.now().addSecs(-20)));
        QVERIFY2(text.startsWith(u"13 adhoc\nbusy · Python died\n"_s), qPrintable(text));
    }
    void aClickGoesToTheItemAndADragMovesThroughTime()
    {
        Bench bench;
        QSignalSpy activated(bench.pane.get(), &TimelinePane::itemActivated);
        const QPoint place = bench.placeOf(session13, bench.fixture.clock.now().addSecs(-60));
        QTest::mouseClick(bench.view->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.at(0).at(0).value<ItemKey>(), session13);
        QVERIFY(activated.at(0).at(1).toDateTime() <= bench.fixture.clock.now());
        QTest::mouseClick(bench.view->viewport(), Qt::LeftButton, {}, QPoint(place.x(), 4)); // the server's own row
        QCOMPARE(activated.size(), 1);
        const qint64 begin = bench.view->scale().begin();
        QTest::mousePress(bench.view->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseMove(bench.view->viewport(), place + QPoint(100, 0));
        QTest::mouseRelease(bench.view->viewport(), Qt::LeftButton, {}, place + QPoint(100, 0));
        QVERIFY(bench.view->scale().begin() < begin);
        QCOMPARE(activated.size(), 1);
        QVERIFY(!child<QToolButton>(*bench.pane, u"goToNow"_s)->isChecked());
        child<QToolButton>(*bench.pane, u"goToNow"_s)->click();
        QVERIFY(bench.view->scale().isFollowing());
        QVERIFY(child<QToolButton>(*bench.pane, u"goToNow"_s)->isChecked());
    }
    void theWheelZoomsMovesAndScrolls()
    {
        Bench bench;
        bench.pane->resize(1000, 160);
        QVERIFY(bench.view->verticalScrollBar()->maximum() > 0);
        const QPointF place(600, 30);
        bench.turnWheel(-1, {}, place);
        QVERIFY(bench.view->verticalScrollBar()->value() > 0);
        const qint64 span = bench.view->scale().span();
        bench.turnWheel(1, Qt::ControlModifier, place);
        QVERIFY(bench.view->scale().span() < span);
        bench.turnWheel(1, Qt::ShiftModifier, place);
        QVERIFY(!bench.view->scale().isFollowing());
    }
    void theKeyboardDoesAll()
    {
        Bench bench;
        QSignalSpy activated(bench.pane.get(), &TimelinePane::itemActivated);
        bench.pane->setCurrent(session13);
        QVERIFY(bench.view->accessibleDescription().startsWith("13 adhoc busy since"_L1));
        QTest::keyClick(bench.view, Qt::Key_Return);
        QCOMPARE(activated.at(0).at(0).value<ItemKey>(), session13);
        QTest::keyClick(bench.view, Qt::Key_Down);
        QTest::keyClick(bench.view, Qt::Key_Return);
        QCOMPARE(activated.size(), 2);
        QVERIFY(activated.at(1).at(0).value<ItemKey>() != session13);
        const qint64 span = bench.view->scale().span();
        QTest::keyClick(bench.view, Qt::Key_Plus);
        QVERIFY(bench.view->scale().span() < span);
        QTest::keyClick(bench.view, Qt::Key_Minus);
        QCOMPARE(bench.view->scale().span(), span);
        QTest::keyClick(bench.view, Qt::Key_Left);
        QVERIFY(!bench.view->scale().isFollowing());
        QTest::keyClick(bench.view, Qt::Key_Right);
        QVERIFY(bench.view->scale().isFollowing());
        QTest::keyClick(bench.view, Qt::Key_Left);
        QTest::keyClick(bench.view, Qt::Key_End);
        QVERIFY(bench.view->scale().isFollowing());
        QTest::keyClick(bench.view, Qt::Key_Home);
        QVERIFY(bench.view->scale().span() < 6 * minute);
        QCOMPARE(child<QComboBox>(*bench.pane, u"timelineRange"_s)->currentIndex(), -1);
        for (int i = 0; i < 100; ++i) // past the first and the last row nothing happens
            QTest::keyClick(bench.view, i < 50 ? Qt::Key_Up : Qt::Key_Down);
        QVERIFY(!bench.view->accessibleDescription().isEmpty());
    }
    void theMarkStaysWithItsRow()
    {
        Bench bench;
        bench.pane->setCurrent(session13);
        bench.fixture.state(u"prod"_s).sessions += sparkItem(u"99"_s, u"idle"_s);
        bench.fixture.poll();
        QSignalSpy activated(bench.pane.get(), &TimelinePane::itemActivated);
        QTest::keyClick(bench.view, Qt::Key_Return);
        QCOMPARE(activated.at(0).at(0).value<ItemKey>(), session13);
        bench.fixture.removeServer(u"prod"_s);
        QTest::keyClick(bench.view, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
    }
    void growsWhileNothingHappens()
    {
        Bench bench;
        bench.view->setSpan(5 * minute);
        const qint64 end = bench.view->scale().end();
        bench.fixture.clock.advance(10s);
        QVERIFY(bench.view->scale().end() >= end + 9'000);
    }
    void standsNamesOfAnyKind()
    {
        Bench bench;
        bench.fixture.state(u"prod"_s).sessions += sparkItem(u"100"_s, u"busy"_s, hostileName());
        bench.fixture.poll();
        const ItemKey hostile{ u"prod"_s, ItemType::Session, u"100"_s };
        QVERIFY(bench.view->textAt(bench.placeOf(hostile, bench.fixture.clock.now().addSecs(-200))).size() < 400);
        QVERIFY(!bench.view->grab().isNull());
    }
};

KINDLING_TEST(TestTimeline)
#include "tst_timeline.moc"
