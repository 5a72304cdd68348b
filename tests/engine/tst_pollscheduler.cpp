// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/backoff.h"
#include "app/engine/listsweep.h"
#include "app/engine/pollscheduler.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPollScheduler final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void asksInTheRhythm();
    void hasOneQuestionInFlight();
    void shorterIntervalTakesEffectAtOnce();
    void backsOffAndComesBack();
    void obeysRetryAfter();
    void pausesUntilAPersonHelped_data();
    void pausesUntilAPersonHelped();
    void dropsAnswersAfterAStop();
    void makesOneLookAfterAJumpOfTime();
    void asksAOnceResourceUntilItWorked();
    void slowLooksAreSpacedOut();
    void aLookMaySayHowLongToRest();
    void restsUntilItIsLookedForAgain();
    void budgetGivesABurstThenTenASecond();
    void budgetTellsTheRateOfTheLastSeconds();
    void listsYieldFirstAndStatementsLast();
    void aWaitForTheBudgetCanBeCancelled();
    void jitterIsFullAndBounded();
    void readsAllPagesOnce();
    void stopsAtAFullLastPage();
    void losesNothingOfAListThatMovesUp_data();
    void losesNothingOfAListThatMovesUp();
    void losesNothingHoweverAListMoves();
    void aListThatNeverStandsStillIsPartial();
    void aListWithoutEndIsCut();
    void readsFromAPlaceOn();
    void aFailedPageFailsTheList();
};

namespace {
struct Bench {
    Bench()
        : budget(clock)
        , scheduler(budget, clock)
    {
        resource = scheduler.add(PollScheduler::Rhythm::Repeated, [this](const PollScheduler::Report& report) {
            times.append(clock.steady());
            return clock.after(latency, &scheduler, [this, report] {
                if (rest)
                    scheduler.restAtLeast(resource, *rest);
                report(error);
            });
        });
    }
    FakeClock clock;
    ReadBudget budget;
    PollScheduler scheduler;
    int resource = 0;
    Clock::Duration latency{ 5 };
    std::optional<Clock::Duration> rest;
    std::optional<Error> error;
    QList<Clock::Duration> times;
};
}

void TestPollScheduler::asksInTheRhythm()
{
    Bench bench;
    bench.clock.advance(1min);
    QVERIFY(bench.times.isEmpty());
    bench.scheduler.look(bench.resource);
    bench.clock.advance(20s);
    // a tenth of jitter on 2 s
    QVERIFY2(bench.times.size() >= 9 && bench.times.size() <= 11, qPrintable(QString::number(bench.times.size())));
    for (qsizetype i = 1; i < bench.times.size(); ++i)
        QVERIFY(bench.times[i] - bench.times[i - 1] >= 2s && bench.times[i] - bench.times[i - 1] <= 2210ms);
}

void TestPollScheduler::hasOneQuestionInFlight()
{
    Bench bench;
    bench.latency = 10s;
    for (int i = 0; i < 5; ++i)
        bench.scheduler.look(bench.resource);
    bench.clock.advance(1s);
    for (int i = 0; i < 5; ++i)
        bench.scheduler.look(bench.resource);
    bench.clock.advance(8s);
    QCOMPARE(bench.times.size(), 1);
    bench.clock.advance(2s); // asked for meanwhile: once more, at once
    QCOMPARE(bench.times.size(), 2);
}

void TestPollScheduler::shorterIntervalTakesEffectAtOnce()
{
    Bench bench;
    bench.scheduler.setInterval(60s);
    bench.scheduler.look(bench.resource);
    bench.clock.advance(30s);
    QCOMPARE(bench.times.size(), 1);
    bench.scheduler.setInterval(2s);
    bench.clock.advance(10ms);
    QCOMPARE(bench.times.size(), 2);
    bench.scheduler.setInterval(15s);
    bench.clock.advance(14s);
    QCOMPARE(bench.times.size(), 2);
    bench.clock.advance(3s);
    QCOMPARE(bench.times.size(), 3);
}

void TestPollScheduler::backsOffAndComesBack()
{
    Bench bench;
    bench.error = errorOf(ErrorKind::Network);
    bench.scheduler.look(bench.resource);
    bench.clock.advance(10min);
    const qsizetype failed = bench.times.size();
    QVERIFY2(failed >= 20 && failed < 150, qPrintable(QString::number(failed)));
    for (qsizetype i = 1; i < failed; ++i)
        QVERIFY(bench.times[i] - bench.times[i - 1] >= 100ms && bench.times[i] - bench.times[i - 1] <= 30'010ms);
    bench.error.reset();
    bench.scheduler.refresh();
    bench.clock.advance(10ms);
    QCOMPARE(bench.times.size(), failed + 1);
    bench.clock.advance(2500ms);
    QCOMPARE(bench.times.size(), failed + 2);
}

void TestPollScheduler::obeysRetryAfter()
{
    Bench bench;
    bench.error = errorOf(ErrorKind::Busy);
    bench.error->retryAfter = 100s;
    bench.scheduler.look(bench.resource);
    bench.clock.advance(99s);
    QCOMPARE(bench.times.size(), 1);
    bench.scheduler.setInterval(15s); // another attention is no excuse
    bench.scheduler.setInterval(2s);
    bench.clock.advance(500ms);
    QCOMPARE(bench.times.size(), 1);
    bench.clock.advance(2s);
    QCOMPARE(bench.times.size(), 2);
}

void TestPollScheduler::pausesUntilAPersonHelped_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("sign-in") << ErrorKind::SignIn;
    QTest::newRow("person") << ErrorKind::PersonNeeded;
}

void TestPollScheduler::pausesUntilAPersonHelped()
{
    QFETCH(ErrorKind, kind);
    Bench bench;
    bench.error = errorOf(kind);
    bench.scheduler.look(bench.resource);
    bench.clock.advance(1h);
    QCOMPARE(bench.times.size(), 1);
    QVERIFY(bench.scheduler.isPaused());
    bench.scheduler.look(bench.resource);
    bench.clock.advance(1h);
    QCOMPARE(bench.times.size(), 1);
    bench.error.reset();
    bench.scheduler.refresh();
    bench.clock.advance(5s);
    QVERIFY(bench.times.size() >= 3);
    QVERIFY(!bench.scheduler.isPaused());
}

void TestPollScheduler::dropsAnswersAfterAStop()
{
    Bench bench;
    bench.latency = 1s;
    bench.scheduler.look(bench.resource);
    bench.clock.advance(500ms);
    bench.scheduler.stop();
    bench.clock.advance(1min);
    QCOMPARE(bench.times.size(), 1);
    bench.scheduler.refresh(); // nothing is wanted any more
    bench.clock.advance(1min);
    QCOMPARE(bench.times.size(), 1);
    bench.scheduler.look(bench.resource);
    bench.clock.advance(1ms);
    QCOMPARE(bench.times.size(), 2);
}

void TestPollScheduler::makesOneLookAfterAJumpOfTime()
{
    Bench bench;
    bench.latency = 8h; // the machine slept while an answer was on its way
    bench.scheduler.look(bench.resource);
    bench.clock.advance(1ms);
    bench.scheduler.stop();
    bench.latency = 5ms;
    bench.scheduler.look(bench.resource);
    bench.clock.advance(1s);
    QCOMPARE(bench.times.size(), 2);
}

void TestPollScheduler::asksAOnceResourceUntilItWorked()
{
    Bench bench;
    int asked = 0;
    std::optional<Error> error = errorOf(ErrorKind::Network);
    const int once = bench.scheduler.add(PollScheduler::Rhythm::Once, [&](const PollScheduler::Report& report) {
        ++asked;
        return bench.clock.after(1ms, &bench.scheduler, [&, report] { report(error); });
    });
    bench.scheduler.look(once);
    bench.clock.advance(2min);
    QVERIFY(asked > 2);
    error.reset();
    bench.clock.advance(1min);
    const int worked = asked;
    bench.clock.advance(10min);
    QCOMPARE(asked, worked);
}

void TestPollScheduler::slowLooksAreSpacedOut()
{
    Bench bench;
    bench.latency = 3s;
    bench.scheduler.look(bench.resource);
    bench.clock.advance(10min);
    QVERIFY2(bench.times.size() <= 20, qPrintable(QString::number(bench.times.size())));
}

void TestPollScheduler::aLookMaySayHowLongToRest()
{
    Bench bench;
    bench.latency = 3s;
    bench.rest = 60s;
    bench.scheduler.look(bench.resource);
    bench.clock.advance(10min);
    QVERIFY2(bench.times.size() >= 9 && bench.times.size() <= 10, qPrintable(QString::number(bench.times.size())));
    bench.latency = 5ms;
    bench.rest = 500ms; // the rhythm is not quicker for it
    bench.clock.advance(70s);
    const qsizetype before = bench.times.size();
    bench.clock.advance(20s);
    QVERIFY(bench.times.size() - before >= 9 && bench.times.size() - before <= 10);
    bench.rest.reset(); // and it holds for one look only
    bench.latency = 3s;
    bench.clock.advance(1min);
    const qsizetype slow = bench.times.size();
    bench.clock.advance(10min);
    QVERIFY2(bench.times.size() - slow >= 16 && bench.times.size() - slow <= 19, qPrintable(QString::number(bench.times.size() - slow)));
}

void TestPollScheduler::restsUntilItIsLookedForAgain()
{
    Bench bench;
    bench.scheduler.look(bench.resource);
    bench.clock.advance(1s);
    QVERIFY(bench.scheduler.isWanted(bench.resource));
    bench.scheduler.rest(bench.resource);
    QVERIFY(!bench.scheduler.isWanted(bench.resource));
    bench.scheduler.setInterval(1s);
    bench.scheduler.lookAll();
    bench.clock.advance(1min);
    QCOMPARE(bench.times.size(), 1);
    bench.scheduler.start(bench.resource);
    bench.clock.advance(900ms);
    QCOMPARE(bench.times.size(), 1);
    bench.clock.advance(5s);
    QVERIFY(bench.times.size() >= 5);
}

void TestPollScheduler::budgetGivesABurstThenTenASecond()
{
    FakeClock clock;
    ReadBudget budget(clock);
    const auto takeAll = [&] {
        int taken = 0;
        while (budget.take(ReadBudget::Lane::Statement) == 0ms)
            ++taken;
        return taken;
    };
    QCOMPARE(takeAll(), 30);
    QCOMPARE(budget.take(ReadBudget::Lane::Statement), 100ms);
    clock.advance(1s);
    QCOMPARE(takeAll(), 10);
    clock.advance(8h);
    QCOMPARE(takeAll(), 30);
}

void TestPollScheduler::budgetTellsTheRateOfTheLastSeconds()
{
    FakeClock clock;
    ReadBudget budget(clock);
    QCOMPARE(budget.rate(), 0.0);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(budget.take(ReadBudget::Lane::Statement), 0ms);
    QCOMPARE(budget.rate(), 4.0);
    clock.advance(3s);
    QCOMPARE(budget.take(ReadBudget::Lane::List), 0ms);
    QCOMPARE(budget.rate(), 4.2);
    clock.advance(2s);
    QCOMPARE(budget.rate(), 0.2);
    while (budget.take(ReadBudget::Lane::Statement) == 0ms) { }
    const double most = budget.rate();
    QVERIFY(budget.take(ReadBudget::Lane::Statement) > 0ms); // what has to wait was not asked
    QCOMPARE(budget.rate(), most);
    clock.advance(8h);
    QCOMPARE(budget.rate(), 0.0);
}

void TestPollScheduler::listsYieldFirstAndStatementsLast()
{
    FakeClock clock;
    ReadBudget budget(clock);
    const auto takeAll = [&](ReadBudget::Lane lane) {
        int taken = 0;
        while (budget.take(lane) == 0ms)
            ++taken;
        return taken;
    };
    QCOMPARE(takeAll(ReadBudget::Lane::List), 20);
    QCOMPARE(takeAll(ReadBudget::Lane::Log), 5);
    QCOMPARE(takeAll(ReadBudget::Lane::Statement), 5);
    QCOMPARE(budget.take(ReadBudget::Lane::List), 1100ms);
}

void TestPollScheduler::aWaitForTheBudgetCanBeCancelled()
{
    FakeClock clock;
    ReadBudget budget(clock);
    QObject context;
    int went = 0;
    const auto go = [&went] { ++went; };
    for (int i = 0; i < 30; ++i)
        whenAffordable(&budget, ReadBudget::Lane::Statement, clock, &context, go);
    QCOMPARE(went, 30);
    RequestHandle waiting = whenAffordable(&budget, ReadBudget::Lane::Statement, clock, &context, go);
    whenAffordable(nullptr, ReadBudget::Lane::List, clock, &context, go);
    QCOMPARE(went, 31);
    waiting.cancel();
    clock.advance(1s);
    QCOMPARE(went, 31);
    while (budget.take(ReadBudget::Lane::Statement) == 0ms) { }
    whenAffordable(&budget, ReadBudget::Lane::Statement, clock, &context, go);
    clock.advance(99ms);
    QCOMPARE(went, 31);
    clock.advance(1ms);
    QCOMPARE(went, 32);
}

void TestPollScheduler::jitterIsFullAndBounded()
{
    QList<Clock::Duration> fifth;
    for (int i = 0; i < 200; ++i) {
        Backoff backoff;
        QVERIFY(backoff.after(errorOf(ErrorKind::Network)) <= 1s);
        for (int n = 0; n < 3; ++n)
            (void)backoff.after(errorOf(ErrorKind::Network));
        fifth.append(backoff.after(errorOf(ErrorKind::Network)));
        QVERIFY(fifth.constLast() >= 100ms && fifth.constLast() <= 16s);
        for (int n = 0; n < 100; ++n)
            QVERIFY(backoff.after(errorOf(ErrorKind::Network)) <= 30s);
    }
    QVERIFY(std::ranges::min(fifth) < 4s);
    QVERIFY(std::ranges::max(fifth) > 12s);
}

namespace {
struct Pages {
    PageReader reader()
    {
        return [this](int from, int size, QObject* own, Reply<ItemPage> reply) {
            ++asked;
            const Result<ItemPage> page = give(from, size);
            return clock.after(5ms, own, [reply = std::move(reply), page] { reply(page); });
        };
    }
    std::optional<Result<WholeList>> read(int first = 0)
    {
        std::optional<Result<WholeList>> result;
        readList({ reader(), nullptr, first }, clock, &context, [&result](Result<WholeList> list) { result = std::move(list); });
        if (result)
            return {}; // never before the call returned
        clock.advance(10s);
        return result;
    }
    static QList<SparkItem> numbered(int from, int count)
    {
        QList<SparkItem> items;
        for (int i = from; i < from + count; ++i)
            items.append(sparkItem(QString::number(i), u"idle"_s));
        return items;
    }
    FakeClock clock;
    QObject context;
    int asked = 0;
    std::function<Result<ItemPage>(int, int)> give;
};
}

void TestPollScheduler::readsAllPagesOnce()
{
    Pages pages;
    const QList<SparkItem> all = Pages::numbered(0, 250);
    pages.give = [&all](int from, int size) -> Result<ItemPage> { return ItemPage{ from, 250, all.mid(from == 0 ? 0 : from - 1, size) }; };
    const auto list = pages.read();
    QVERIFY(list && *list);
    QCOMPARE((*list)->items.size(), 250); // the overlap of pages counts once
    QVERIFY((*list)->isComplete);
    QCOMPARE((*list)->roundTrip, 5ms);
    QCOMPARE(pages.asked, 3);
}

void TestPollScheduler::stopsAtAFullLastPage()
{
    Pages pages;
    pages.give = [](int from, int) -> Result<ItemPage> { return ItemPage{ from, 100, Pages::numbered(from, 100) }; };
    const auto list = pages.read();
    QVERIFY(list && *list);
    QCOMPARE(pages.asked, 1);
    QCOMPARE((*list)->items.size(), 100);
}

void TestPollScheduler::losesNothingOfAListThatMovesUp_data()
{
    QTest::addColumn<int>("collected"); // of the oldest, between the second and the third page
    QTest::addColumn<int>("created");
    QTest::newRow("one goes") << 1 << 0;
    QTest::newRow("one goes, one comes") << 1 << 1;
    QTest::newRow("as many as pages overlap") << 5 << 5;
    QTest::newRow("a page") << 100 << 100;
    QTest::newRow("nearly all") << 300 << 0;
    QTest::newRow("all but a few") << 345 << 0;
}

void TestPollScheduler::losesNothingOfAListThatMovesUp()
{
    QFETCH(int, collected);
    QFETCH(int, created);
    Pages pages;
    QList<SparkItem> all = Pages::numbered(0, 350);
    pages.give = [&](int from, int size) -> Result<ItemPage> {
        const ItemPage page{ from, static_cast<int>(all.size()), all.mid(from, size) };
        if (pages.asked == 2) {
            all.remove(0, collected);
            all += Pages::numbered(350, created);
        }
        return page;
    };
    const auto list = pages.read();
    QVERIFY(list && *list);
    QVERIFY((*list)->isComplete);
    for (const SparkItem& each : std::as_const(all))
        QVERIFY2((*list)->items.contains(each), qPrintable(each.id));
    QCOMPARE((*list)->total, all.size());
    QVERIFY2((*list)->pages <= 8, qPrintable(QString::number((*list)->pages)));
    QCOMPARE((*list)->pages, pages.asked);
}

void TestPollScheduler::losesNothingHoweverAListMoves()
{
    for (quint32 seed = 0; seed < 200; ++seed) {
        QRandomGenerator random(seed);
        Pages pages;
        QList<SparkItem> all = Pages::numbered(0, random.bounded(900));
        int next = static_cast<int>(all.size());
        QSet<QString> alive; // all the time
        for (const SparkItem& each : std::as_const(all))
            alive.insert(each.id);
        pages.give = [&](int from, int size) -> Result<ItemPage> {
            const ItemPage page{ from, static_cast<int>(all.size()), all.mid(from, size) };
            for (int count = random.bounded(3) == 0 ? random.bounded(30) : 0; count > 0 && !all.isEmpty(); --count)
                alive.remove(all.takeAt(random.bounded(static_cast<int>(all.size()))).id);
            const int created = random.bounded(8);
            all += Pages::numbered(next, created);
            next += created;
            return page;
        };
        const auto list = pages.read();
        QVERIFY(list && *list);
        if (!(*list)->isComplete)
            continue;
        for (const SparkItem& each : std::as_const((*list)->items))
            alive.remove(each.id);
        QVERIFY2(alive.isEmpty(), qPrintable(u"seed %1 lost %2"_s.arg(seed).arg(alive.values().join(u' '))));
    }
}

void TestPollScheduler::aListThatNeverStandsStillIsPartial()
{
    Pages pages;
    int first = 0;
    pages.give = [&](int from, int size) -> Result<ItemPage> { // each time all others
        first += 1000;
        return ItemPage{ from, 1000, Pages::numbered(first + from, size) };
    };
    const auto list = pages.read();
    QVERIFY(list && *list);
    QVERIFY(!(*list)->isComplete && !(*list)->isCut);
    QVERIFY2(pages.asked <= 150, qPrintable(QString::number(pages.asked)));
}

void TestPollScheduler::aListWithoutEndIsCut()
{
    Pages pages;
    pages.give = [](int from, int size) -> Result<ItemPage> { return ItemPage{ from, 1'000'000, Pages::numbered(from, size) }; };
    const auto list = pages.read();
    QVERIFY(list && *list);
    QVERIFY(!(*list)->isComplete && (*list)->isCut);
    QCOMPARE((*list)->pages, 1000);
    QCOMPARE((*list)->total, 1'000'000);
}

void TestPollScheduler::readsFromAPlaceOn()
{
    Pages pages;
    QList<SparkItem> all = Pages::numbered(0, 1000);
    pages.give = [&all](int from, int size) -> Result<ItemPage> { return ItemPage{ from, static_cast<int>(all.size()), all.mid(from, size) }; };
    auto list = pages.read(1000 - newestSize);
    QVERIFY(list && *list);
    QCOMPARE((*list)->items, all.last(newestSize));
    QCOMPARE(pages.asked, 2);
    QCOMPARE((*list)->inFlight, 10ms);
    all.resize(500); // many were collected since
    list = pages.read(1000 - newestSize);
    QVERIFY(list && *list);
    QVERIFY((*list)->items.isEmpty());
    QCOMPARE((*list)->total, 500);
}

void TestPollScheduler::aFailedPageFailsTheList()
{
    Pages pages;
    pages.give = [](int from, int) -> Result<ItemPage> {
        if (from > 0)
            return std::unexpected(errorOf(ErrorKind::Server));
        return ItemPage{ 0, 200, Pages::numbered(0, 100) };
    };
    const auto list = pages.read();
    QVERIFY(list && !*list);
    QCOMPARE(list->error().kind, ErrorKind::Server);
}

KINDLING_TEST(TestPollScheduler)
#include "tst_pollscheduler.moc"
