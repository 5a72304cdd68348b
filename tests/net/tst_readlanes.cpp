// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/readlanes.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
/// Reads by number; `begun` names them in the order in which they began.
struct Bench {
    void enter(int number, ReadLane lane)
    {
        lanes.enter(&tickets.at(static_cast<size_t>(number)), lane, [this, number] { begun.append(number); });
    }
    void leave(int number) { lanes.leave(&tickets.at(static_cast<size_t>(number))); }

    std::array<char, 10> tickets{};
    ReadLanes lanes;
    QList<int> begun;
};
}

class TestReadLanes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsAPlaceForLists()
    {
        Bench bench;
        for (int i = 0; i < 5; ++i)
            bench.enter(i, ReadLane::Item);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 2 }));
        bench.enter(5, ReadLane::List);
        bench.enter(6, ReadLane::List);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 2, 5 }));
        bench.leave(5);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 2, 5, 6 }));
    }
    void logsLeaveAPlaceForStatements()
    {
        Bench bench;
        for (int i = 0; i < 3; ++i)
            bench.enter(i, ReadLane::Log);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1 }));
        bench.enter(3, ReadLane::Item);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 3 }));
    }
    void fourAreTheMost()
    {
        Bench bench;
        for (int i = 0; i < 6; ++i)
            bench.enter(i, ReadLane::List);
        QCOMPARE(bench.begun.size(), ReadLanes::mostInAll);
    }
    void whoWaitsMovesUpInOrder()
    {
        Bench bench;
        for (int i = 0; i < 6; ++i)
            bench.enter(i, ReadLane::Item);
        bench.leave(1);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 2, 3 }));
        bench.leave(4); // it gave up waiting
        bench.leave(0);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 2, 3, 5 }));
    }
    void leavingTwiceGivesNothingAway()
    {
        Bench bench;
        for (int i = 0; i < 6; ++i)
            bench.enter(i, ReadLane::Item);
        bench.leave(0);
        bench.leave(0);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 2, 3 }));
    }
    void oneThatMayGoPassesThoseThatMayNot()
    {
        Bench bench;
        bench.enter(0, ReadLane::Log);
        bench.enter(1, ReadLane::Log);
        bench.enter(2, ReadLane::Item);
        bench.enter(3, ReadLane::Log);
        bench.enter(4, ReadLane::Item);
        bench.leave(2);
        QCOMPARE(bench.begun, (QList<int>{ 0, 1, 2, 4 }));
    }
};

KINDLING_TEST(TestReadLanes)
#include "tst_readlanes.moc"
