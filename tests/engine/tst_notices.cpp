// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/noticegate.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimeZone>

#include <numeric>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestNotices final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPatternFitsTheWholeName_data();
    void aPatternFitsTheWholeName();
    void aPatternOfManyStarsTakesNoTime();
    void aRuleHoldsFromItsLimitOn_data();
    void aRuleHoldsFromItsLimitOn();
    void onlyTheFirstBadEndOfABatchIsAFailure_data();
    void onlyTheFirstBadEndOfABatchIsAFailure();
    void onlyALongRunIsTold_data();
    void onlyALongRunIsTold();
    void anEndIsToldOfShortlyBefore_data();
    void anEndIsToldOfShortlyBefore();
    void aFewGoOutOneByOne();
    void manyAtOnceAreOneMessage();
    void aStreamOfThemIsSlowedDown();
    void whatIsClearedIsNotTold();
    void keepsNoMoreThanAPersonReads();
};

namespace {
QDateTime at(int minute)
{
    return QDateTime(QDate(2026, 11, 22), QTime(8, 0), QTimeZone::UTC).addSecs(minute * 60);
}

struct GateBench {
    GateBench()
    {
        QObject::connect(&gate, &NoticeGate::noticed, &gate, [this](const QList<Notice>& notices) { messages.append(notices.size()); });
    }
    void push(int count)
    {
        for (int i = 0; i < count; ++i)
            gate.push({ .kind = NoticeKind::BatchFailed });
    }
    FakeClock clock;
    NoticeGate gate{ clock };
    QList<qsizetype> messages;
};
}

void TestNotices::aPatternFitsTheWholeName_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::newRow("empty fits all") << u""_s << u"etl"_s << true;
    QTest::newRow("a star fits nothing, too") << u"*"_s << u""_s << true;
    QTest::newRow("the same") << u"etl"_s << u"etl"_s << true;
    QTest::newRow("whatever the case") << u"ETL-é"_s << u"etl-É"_s << true;
    QTest::newRow("a part is not enough") << u"etl"_s << u"etl-1"_s << false;
    QTest::newRow("nor is the pattern's part") << u"etl-1"_s << u"etl"_s << false;
    QTest::newRow("begins with") << u"etl*"_s << u"etl-1"_s << true;
    QTest::newRow("ends with") << u"*-1"_s << u"etl-1-1"_s << true;
    QTest::newRow("in between") << u"*et*1"_s << u"an etl-1"_s << true;
    QTest::newRow("one character") << u"et?"_s << u"etl"_s << true;
    QTest::newRow("no character") << u"etl?"_s << u"etl"_s << false;
    QTest::newRow("others are meant as they are") << u"e[t]l.+"_s << u"etl12"_s << false;
    QTest::newRow("others are meant as they are: fits") << u"e[t]l.+"_s << u"e[t]l.+"_s << true;
}

void TestNotices::aPatternFitsTheWholeName()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QTEST(fitsPattern(pattern, text), "fits");
}

void TestNotices::aPatternOfManyStarsTakesNoTime()
{
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!fitsPattern((u"*a"_s).repeated(100), QString(4000, u'a').append(u'b')));
    QVERIFY2(timer.elapsed() < 2000, "a name of a server's choice must not stop the window");
}

void TestNotices::aRuleHoldsFromItsLimitOn_data()
{
    using What = NoticeRule::What;
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<NoticeFacts>("item");
    QTest::addColumn<QDateTime>("now");
    QTest::addColumn<QDateTime>("since");
    const NoticeFacts batch{ .type = ItemType::Batch, .name = u"nightly"_s, .isOwn = false, .aliveSince = at(0) };
    const NoticeFacts session{ .type = ItemType::Session, .name = u"adhoc"_s, .isOwn = true, .aliveSince = at(0), .idleSince = at(10) };
    const NoticeFacts ended{ .type = ItemType::Batch, .name = u"nightly"_s };
    NoticeFacts busy = session;
    busy.idleSince = {};
    NoticeFacts foreign = session;
    foreign.isOwn = false;
    const auto row = [](const char* name, What what, const QString& pattern, const NoticeFacts& item, int now, const QDateTime& since) {
        QTest::newRow(name) << static_cast<int>(what) << pattern << item << at(now) << since;
    };
    row("a batch, just before", What::BatchRunsLong, u"night*"_s, batch, 59, {});
    row("a batch, at the limit", What::BatchRunsLong, u"night*"_s, batch, 60, at(0));
    row("a batch, long after", What::BatchRunsLong, u""_s, batch, 6000, at(0));
    row("a batch of another name", What::BatchRunsLong, u"etl*"_s, batch, 90, {});
    row("a batch that has ended", What::BatchRunsLong, u""_s, ended, 90, {});
    row("a batch is never idle", What::SessionIdleLong, u""_s, batch, 90, {});
    row("a session is no batch", What::BatchRunsLong, u""_s, session, 90, {});
    row("a session, just before", What::SessionIdleLong, u""_s, session, 69, {});
    row("a session, at the limit", What::SessionIdleLong, u"ad*"_s, session, 70, at(10));
    row("a busy session", What::SessionIdleLong, u""_s, busy, 90, {});
    row("somebody else's session", What::SessionIdleLong, u""_s, foreign, 90, {});
}

void TestNotices::aRuleHoldsFromItsLimitOn()
{
    QFETCH(int, what);
    QFETCH(QString, pattern);
    QFETCH(NoticeFacts, item);
    QFETCH(QDateTime, now);
    QTEST(overstaysSince({ static_cast<NoticeRule::What>(what), pattern, 60min }, item, now), "since");
}

void TestNotices::onlyTheFirstBadEndOfABatchIsAFailure_data()
{
    QTest::addColumn<ItemType>("type");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("isFailure");
    QTest::newRow("dead") << ItemType::Batch << u"running"_s << u"dead"_s << true;
    QTest::newRow("killed") << ItemType::Batch << u"starting"_s << u"killed"_s << true;
    QTest::newRow("error") << ItemType::Batch << u"running"_s << u"error"_s << true;
    QTest::newRow("dead at first sight") << ItemType::Batch << u""_s << u"dead"_s << true;
    QTest::newRow("success") << ItemType::Batch << u"running"_s << u"success"_s << false;
    QTest::newRow("gone") << ItemType::Batch << u"running"_s << u"gone"_s << false;
    QTest::newRow("bad before") << ItemType::Batch << u"error"_s << u"dead"_s << false;
    QTest::newRow("success before") << ItemType::Batch << u"success"_s << u"dead"_s << false;
    QTest::newRow("goes on") << ItemType::Batch << u"starting"_s << u"running"_s << false;
    QTest::newRow("an unknown state") << ItemType::Batch << u"running"_s << u"on fire"_s << false;
    QTest::newRow("a session") << ItemType::Session << u"idle"_s << u"dead"_s << false;
}

void TestNotices::onlyTheFirstBadEndOfABatchIsAFailure()
{
    QFETCH(ItemType, type);
    QFETCH(QString, from);
    QFETCH(QString, to);
    const ItemState before = from.isEmpty() ? ItemState() : ItemState::fromWire(from);
    QTEST(isBatchFailure(type, { before, ItemState::fromWire(to), {} }), "isFailure");
}

void TestNotices::onlyALongRunIsTold_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QDateTime>("submitted");
    QTest::addColumn<bool>("isTold");
    const auto row = [](const char* name, RunState state, const QDateTime& submitted, bool isTold) {
        QTest::newRow(name) << static_cast<int>(state) << submitted << isTold;
    };
    row("just long enough", RunState::Finished, at(9), true);
    row("long", RunState::Failed, at(0), true);
    row("lost", RunState::Lost, at(0), true);
    row("too short", RunState::Finished, at(9).addMSecs(1), false);
    row("it still runs", RunState::Running, at(0), false);
    row("cancelled", RunState::Cancelled, at(0), false);
    row("never sent", RunState::Lost, {}, false);
}

void TestNotices::onlyALongRunIsTold()
{
    QFETCH(int, state);
    QFETCH(QDateTime, submitted);
    StatementSeen seen;
    seen.state = static_cast<RunState>(state);
    seen.submitted = submitted;
    const auto took = longRun(seen, at(10), 60s);
    QTEST(took.has_value(), "isTold");
    if (took)
        QCOMPARE(took->count(), submitted.msecsTo(at(10)));
}

void TestNotices::anEndIsToldOfShortlyBefore_data()
{
    QTest::addColumn<int>("wholeMinutes");
    QTest::addColumn<QDateTime>("end");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("in five minutes") << 60 << at(5) << true;
    QTest::newRow("a moment earlier") << 60 << at(5).addMSecs(1) << false;
    QTest::newRow("over") << 60 << at(0) << false;
    QTest::newRow("not known") << 60 << QDateTime() << false;
    QTest::newRow("the whole is not known") << 0 << at(4) << true;
    QTest::newRow("a short time: a quarter of it") << 8 << at(2) << true;
    QTest::newRow("a short time: too early") << 8 << at(3) << false;
}

void TestNotices::anEndIsToldOfShortlyBefore()
{
    QFETCH(int, wholeMinutes);
    QFETCH(QDateTime, end);
    const auto whole = wholeMinutes > 0 ? std::optional<std::chrono::milliseconds>(std::chrono::minutes(wholeMinutes)) : std::nullopt;
    QTEST(isNear(end, at(0), noticeBefore(whole)), "isTold");
}

void TestNotices::aFewGoOutOneByOne()
{
    GateBench bench;
    bench.push(3);
    QVERIFY(bench.messages.isEmpty());
    bench.clock.advance(1s);
    QCOMPARE(bench.messages, (QList<qsizetype>{ 1, 1, 1 }));
}

void TestNotices::manyAtOnceAreOneMessage()
{
    GateBench bench;
    bench.push(2);
    bench.clock.advance(500ms);
    bench.push(40);
    bench.clock.advance(500ms);
    QCOMPARE(bench.messages, QList<qsizetype>{ 42 });
}

void TestNotices::aStreamOfThemIsSlowedDown()
{
    GateBench bench;
    for (int second = 0; second < 240; ++second) {
        bench.push(1);
        bench.clock.advance(1s);
    }
    bench.clock.advance(1min);
    QCOMPARE(std::accumulate(bench.messages.cbegin(), bench.messages.cend(), qsizetype(0)), 240);
    QVERIFY2(bench.messages.size() <= 5 * 5, qPrintable(QString::number(bench.messages.size())));
    QCOMPARE(bench.messages.first(5), QList<qsizetype>(5, 1));
    QVERIFY(bench.messages.at(5) > 50);
}

void TestNotices::whatIsClearedIsNotTold()
{
    GateBench bench;
    bench.push(3);
    bench.gate.clear();
    bench.clock.advance(1min);
    QVERIFY(bench.messages.isEmpty());
    bench.push(1);
    bench.clock.advance(1s);
    QCOMPARE(bench.messages, QList<qsizetype>{ 1 });
}

void TestNotices::keepsNoMoreThanAPersonReads()
{
    GateBench bench;
    bench.push(100'000);
    bench.clock.advance(1s);
    QCOMPARE(bench.messages, QList<qsizetype>{ 1000 });
}

KINDLING_TEST(TestNotices)
#include "tst_notices.moc"
