// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/listsweep.h"
#include "app/engine/server.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Lists of more than one page: what is seen of them when, and at what cost.
class TestLongLists final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void newItemsOfALongListAreSeenInTheRhythm();
    void aLongListIsInFlightForATwentiethOfTheTime();
    void aLongListLeavesOthersTheirReads();
    void nothingVanishesFromAListThatMovesUp();
    void itemsThatCannotBeReadCostNoMorePages();
    void anOutageOfALongListIsSeenInTheRhythm();
    void aShortListIsReadOnceInARhythm();
};

namespace {
ServerProfile prod()
{
    ServerProfile profile;
    profile.id = u"prod"_s;
    return profile;
}

/// A server with so many idle sessions.
struct Bench {
    explicit Bench(int count)
        : state(std::make_shared<FakeSparkApi::State>())
        , server(prod(), std::make_unique<FakeSparkApi>(clock, state), clock)
    {
        for (int i = 0; i < count; ++i)
            state->sessions.append(sparkItem(QString::number(i), u"idle"_s));
        QObject::connect(&server, &Server::transitionSeen, &server, [this](const Transition& each) { words[each.key.id] += each.to.raw; });
    }
    void start()
    {
        server.start();
        clock.advance(100ms);
    }
    [[nodiscard]] QStringList transitionsOf(const QString& id) const { return words.value(id); }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    QHash<QString, QStringList> words; ///< by id: of its states
    Server server;
};
}

void TestLongLists::newItemsOfALongListAreSeenInTheRhythm()
{
    Bench bench(2000);
    bench.state->latency = 200ms;
    bench.start();
    bench.clock.advance(20s);
    QCOMPARE(bench.server.sessions().items().size(), 2000);
    for (int i = 2000; i < 2040; ++i) {
        bench.state->sessions.append(sparkItem(QString::number(i), u"starting"_s));
        bench.clock.advance(3s);
        QVERIFY2(bench.server.sessions().find(QString::number(i)), qPrintable(QString::number(i)));
        bench.state->sessions.last().state = ItemState::fromWire(u"idle"_s);
        bench.clock.advance(3s);
        QCOMPARE(bench.server.sessions().find(QString::number(i))->item.state.raw, u"idle"_s);
        QCOMPARE(bench.transitionsOf(QString::number(i)), (QStringList{ u"starting"_s, u"idle"_s })); // never back and forth
    }
}

void TestLongLists::aLongListIsInFlightForATwentiethOfTheTime()
{
    Bench bench(2000);
    bench.state->latency = 200ms;
    bench.start();
    bench.clock.advance(20s);
    bench.state->calls.clear();
    bench.clock.advance(20min);
    const qsizetype sweeps = bench.state->calls.count(u"GET sessions 0 100"_s); // of 21 pages, 4.2 s
    QVERIFY2(sweeps >= 11 && sweeps <= 14, qPrintable(QString::number(sweeps)));
    // what is old changes seldom, and is seen all the same
    bench.state->sessions[7].state = ItemState::fromWire(u"dead"_s);
    bench.state->sessions.removeAt(8);
    bench.clock.advance(100s);
    QCOMPARE(bench.server.sessions().find(u"7"_s)->item.state.raw, u"dead"_s);
    QVERIFY(!bench.server.sessions().find(u"8"_s));
    QCOMPARE(bench.server.sessions().items().size(), 1999);
}

void TestLongLists::aLongListLeavesOthersTheirReads()
{
    Bench bench(2000);
    bench.start();
    bench.clock.advance(1min);
    bench.state->calls.clear();
    bench.clock.advance(5min);
    const int reads = bench.state->countOf(u"GET sessions"_s);
    QVERIFY2(reads < 4 * 300, qPrintable(QString::number(reads)));
    const qsizetype sweeps = bench.state->calls.count(u"GET sessions 0 100"_s);
    QVERIFY2(sweeps >= 20, qPrintable(QString::number(sweeps)));
}

void TestLongLists::itemsThatCannotBeReadCostNoMorePages()
{
    FakeClock clock;
    QObject context;
    int pages = 0;
    // the last five of the first page, which the second one begins with, have no id
    const PageReader read = [&](int from, int size, QObject* own, Reply<ItemPage> reply) {
        ++pages;
        ItemPage page{ from, 400, {} };
        for (int i = from; i < std::min(400, from + size); ++i) {
            ++page.sent;
            if (i < 95 || i >= 100)
                page.items += sparkItem(QString::number(i), u"idle"_s);
        }
        return clock.after(1ms, own, [page, reply] { reply(page); });
    };
    std::optional<Result<WholeList>> list;
    readWholeList(read, nullptr, clock, &context, [&list](Result<WholeList> whole) { list = std::move(whole); });
    clock.advance(1min);
    QVERIFY(list && list->has_value());
    QCOMPARE((*list)->items.size(), 395);
    QVERIFY(!(*list)->isComplete);
    QCOMPARE(pages, 5);
}

void TestLongLists::nothingVanishesFromAListThatMovesUp()
{
    Bench bench(150);
    bench.start();
    int next = 150;
    bench.state->onList = [&bench, &next](ItemType type, int from, int size) -> Script<ItemPage> {
        if (type == ItemType::Batch)
            return ItemPage{ from, 0, {} };
        const ItemPage page{ from, 150, bench.state->sessions.mid(from, size) };
        if (from == 0) { // one is collected and one created before the next page
            bench.state->sessions.removeFirst();
            bench.state->sessions.append(sparkItem(QString::number(next++), u"idle"_s));
        }
        return page;
    };
    bench.clock.advance(2min);
    QVERIFY(next > 190);
    for (int i = 0; i < next - 150; ++i)
        QVERIFY(bench.transitionsOf(QString::number(i)).size() <= 2);
    for (int i = next - 150; i < next; ++i)
        QVERIFY2(!bench.transitionsOf(QString::number(i)).contains(u"gone"_s), qPrintable(QString::number(i)));
}

void TestLongLists::anOutageOfALongListIsSeenInTheRhythm()
{
    Bench bench(2000);
    bench.state->latency = 200ms;
    bench.start();
    bench.clock.advance(30s);
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(4s);
    QCOMPARE(bench.server.connection(), ConnectionState::Offline);
    bench.clock.advance(5min);
    bench.state->outage.reset();
    bench.state->sessions.removeAt(5); // it went meanwhile
    bench.state->calls.clear();
    bench.clock.advance(45s);
    QCOMPARE(bench.server.connection(), ConnectionState::Online);
    QVERIFY(!bench.server.sessions().find(u"5"_s));
    QVERIFY(bench.state->calls.count(u"GET sessions 0 100"_s) <= 3);
}

void TestLongLists::aShortListIsReadOnceInARhythm()
{
    Bench bench(newestSize);
    bench.start();
    bench.clock.advance(1min);
    bench.state->calls.clear();
    bench.clock.advance(40s);
    const int reads = bench.state->countOf(u"GET sessions"_s); // of two pages
    QVERIFY2(reads >= 34 && reads <= 42, qPrintable(QString::number(reads)));
}

KINDLING_TEST(TestLongLists)
#include "tst_longlists.moc"
