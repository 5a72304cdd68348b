// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ticker.h"

#include "app/engine/workspace.h"
#include "app/livy/sparkapi.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"
#include "ui/navigator/navigatorpane.h"
#include "ui/overview/overviewpane.h"

#include <QRegularExpression>
#include <QTest>
#include <QVBoxLayout>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TickerTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void ticksWhenItComesIntoViewAndEverySecond()
    {
        Watched seen(m_clock);
        m_clock.advance(10s);
        QCOMPARE(seen.ticks, 0);
        seen.window.show();
        QCOMPARE(seen.ticks, 1);
        m_clock.advance(999ms);
        QCOMPARE(seen.ticks, 1);
        m_clock.advance(1ms);
        QCOMPARE(seen.ticks, 2);
        m_clock.advance(5s);
        QCOMPARE(seen.ticks, 7);
    }
    void restsWhileItIsHidden()
    {
        Watched seen(m_clock);
        seen.window.show();
        seen.label->hide();
        const int before = m_clock.pendingCount();
        m_clock.advance(10s);
        QCOMPARE(seen.ticks, 1);
        QCOMPARE(before, 0);
        seen.label->show();
        QCOMPARE(seen.ticks, 2);
    }
    void restsWhileItsWindowIsMinimised()
    {
        Watched seen(m_clock);
        seen.window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&seen.window));
        const int before = seen.ticks;
        seen.window.showMinimized();
        QTRY_COMPARE_WITH_TIMEOUT(m_clock.pendingCount(), 0, 30'000);
        m_clock.advance(10s);
        QCOMPARE(seen.ticks, before);
        seen.window.showNormal();
        QTRY_COMPARE_WITH_TIMEOUT(m_clock.pendingCount(), 1, 30'000);
    }
    void restsUntilThereIsSomethingToDo()
    {
        Watched seen(m_clock);
        seen.hasMore = false;
        seen.window.show();
        QCOMPARE(m_clock.pendingCount(), 0);
        seen.hasMore = true;
        seen.ticker->start();
        m_clock.advance(3s);
        QCOMPARE(seen.ticks, 5);
        seen.hasMore = false;
        m_clock.advance(3s);
        QCOMPARE(seen.ticks, 6);
    }
    void doesNotBeginBeforeItIsSeen()
    {
        Watched seen(m_clock);
        seen.ticker->start();
        QCOMPARE(seen.ticks, 0);
        QCOMPARE(m_clock.pendingCount(), 0);
    }
    void allShareOneBeat()
    {
        Watched first(m_clock);
        first.window.show();
        m_clock.advance(400ms);
        Watched second(m_clock);
        second.window.show();
        m_clock.advance(599ms);
        QCOMPARE(first.ticks, 1);
        QCOMPARE(second.ticks, 1);
        m_clock.advance(1ms);
        QCOMPARE(first.ticks, 2);
        QCOMPARE(second.ticks, 2);
    }
    void panesOfNoServerDoNotTick()
    {
        Workspace workspace([](const ServerProfile&) { return std::unique_ptr<SparkApi>(); }, m_clock);
        NavigatorPane navigator(&workspace);
        OverviewPane overview(&workspace);
        navigator.show();
        overview.show();
        QCOMPARE(m_clock.pendingCount(), 0);
        ServerProfile profile;
        profile.id = u"prod"_s;
        workspace.setProfiles({ profile });
        m_clock.advance(1s);
        QCOMPARE(m_clock.pendingCount(), 2);
        overview.hide();
        QCOMPARE(m_clock.pendingCount(), 1);
    }

private:
    struct Watched {
        explicit Watched(Clock& clock)
            : label(new QWidget(&window))
            , ticker(new Ticker(label, clock, [this] {
                ++ticks;
                return hasMore;
            }))
        {
        }
        QWidget window;
        QWidget* label;
        Ticker* ticker;
        int ticks = 0;
        bool hasMore = true;
    };

    FakeClock m_clock;
};

KINDLING_TEST(TickerTest)
#include "tst_ticker.moc"
