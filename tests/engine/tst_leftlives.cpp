// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemrecord.h"
#include "app/engine/leftlives.h"
#include "tests/storage/recordbench.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

namespace {
ItemFacts on(const QString& server, const QString& id)
{
    return { .key = { server, ItemType::Session, id }, .name = u"etl-"_s + id };
}
}

class TestLeftLives final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void whatAKilledWindowLeftOpenHasEndedUnseen()
    {
        RecordBench bench;
        const ItemFacts session = on(u"local"_s, u"0"_s);
        bench.seeState(session, {}, u"idle"_s);
        bench.seeStatement(session, 4, u"while True: pass"_s, RunState::Running);
        const QDateTime lastSeen = bench.clock.now();
        bench.restart();
        bench.clock.advance(9h);
        endLeftLives(*bench.recorder, u"local"_s, &bench.context);
        QTRY_VERIFY_WITH_TIMEOUT(bench.lives().constFirst().isGone, 30'000);
        const QList<RecordedState> states = bench.states();
        QCOMPARE(states.size(), 2);
        QCOMPARE(states.constLast().from.raw, u"idle"_s);
        QCOMPARE(states.constLast().note, u"unseen"_s);
        QCOMPARE(states.constLast().when, lastSeen);
        QVERIFY(!hasEndedBadly(states));
        QCOMPARE(bench.statements().constFirst().what.state, RunState::Lost);
    }

    void whatEndedBeforeAndWhatRunsElsewhereStaysAsItWas()
    {
        RecordBench bench;
        bench.seeState(on(u"local"_s, u"0"_s), {}, u"dead"_s);
        bench.seeState(on(u"prod"_s, u"1"_s), {}, u"idle"_s);
        bench.seeState(on(u"local"_s, u"2"_s), {}, u"idle"_s);
        bench.seeState(on(u"local"_s, u"2"_s), u"idle"_s, u"gone"_s);
        bench.seeState(on(u"local"_s, u"3"_s), {}, u"busy"_s);
        bench.restart();
        endLeftLives(*bench.recorder, u"local"_s, &bench.context);
        QTRY_COMPARE_WITH_TIMEOUT(bench.states().size(), 6, 30'000);
        QStringList gone;
        for (const RecordedLife& life : bench.lives()) {
            if (life.isGone)
                gone.prepend(life.facts.key.id);
        }
        QCOMPARE(gone, (QStringList{ u"2"_s, u"3"_s }));
    }

    void onlyTheNewestLifeOfAnIdIsEnded()
    {
        RecordBench bench;
        ItemFacts first = on(u"local"_s, u"0"_s);
        bench.seeState(first, {}, u"idle"_s);
        first.name = u"another"_s;
        bench.seeState(first, {}, u"dead"_s);
        bench.restart();
        endLeftLives(*bench.recorder, u"local"_s, &bench.context);
        QCOMPARE(bench.lives().size(), 2); // read after what was asked before
        QCOMPARE(bench.states().size(), 2);
    }
};

KINDLING_TEST(TestLeftLives)
#include "tst_leftlives.moc"
