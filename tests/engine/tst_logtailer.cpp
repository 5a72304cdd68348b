// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLogTailer final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void splitsTheSections();
    void takesALogWithoutHeadersAsOutput();
    void aLineThatLooksLikeAHeaderIsALine();
    void givesOnlyWhatIsNew();
    void marksAGapWhereNothingOverlaps();
    void aFullRingAtFirstSightHasAGapBefore();
    void diagnosticsThatChangeAreNoGap();
    void anEmptiedBufferDoesNotRepeatTheLog();
    void aRingIsReadWithoutLossOrRepetition_data();
    void aRingIsReadWithoutLossOrRepetition();
    void aRingReadTooSlowlyIsMarkedNotRepeated();
    void readsEverySecondWhileWatched();
    void aGapKnowsHowLongNobodyLooked();
    void keepsOnlyTheLastLinesOfWhatIsRecorded();
    void keepsEveryLineOfWhatIsNotRecorded();
    void readsOnceMoreAfterTheEnd();
    void tellsTroubleAndGetsOverIt();
    void anEndedItemThatIsForgottenIsNoTrouble();
    void asksNothingAfterBeingAbandoned();
    void batchAndSessionLogsAreDifferentRequests();
    void aServerWithoutLogsSaysSo();
};

namespace {
QStringList textsOf(const QList<LogLine>& lines, LogSection section)
{
    QStringList result;
    for (const LogLine& line : lines) {
        if (line.section == section)
            result.append(line.isGap ? u"<gap>"_s : line.text);
    }
    return result;
}

/// Livy's ring: the last 200 lines of a section.
struct Ring {
    void print(int count)
    {
        for (int i = 0; i < count; ++i)
            lines.append(u"line %1"_s.arg(++last));
    }
    QStringList asServed() const { return QStringList{ u"stdout: "_s } + lines.last(std::min<qsizetype>(200, lines.size())) + QStringList{ u"\nstderr: "_s }; }
    QStringList lines;
    int last = 0;
};

struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , api(clock, state)
        , tailer(api.logs(), { u"s"_s, ItemType::Session, u"3"_s }, clock)
    {
        state->onLog = [this](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    FakeSparkApi api;
    QStringList lines{ u"stdout: "_s };
    LogTailer tailer;
};

/// Somebody watches while 90 lines a second are printed: two seconds' lines fit the ring.
void printFor(int seconds, Bench& bench, Ring& ring)
{
    ring.print(1);
    bench.lines = ring.asServed();
    bench.tailer.watch();
    bench.clock.advance(100ms);
    for (int second = 0; second < seconds; ++second) {
        ring.print(90);
        bench.lines = ring.asServed();
        bench.clock.advance(1s);
    }
    bench.clock.advance(2s);
}
}

void TestLogTailer::splitsTheSections()
{
    LogMerger merger;
    const auto lines = merger.merge({ u"stdout: "_s, u"a"_s, u"\nstderr: "_s, u"b"_s, u""_s, u"\nYARN Diagnostics: "_s, u"c"_s });
    QCOMPARE(textsOf(lines, LogSection::Stdout), QStringList{ u"a"_s });
    QCOMPARE(textsOf(lines, LogSection::Stderr), (QStringList{ u"b"_s, u""_s }));
    QCOMPARE(textsOf(lines, LogSection::Diagnostics), QStringList{ u"c"_s });
    LogMerger tolerant;
    const auto others = tolerant.merge({ u"stdout:"_s, u"\nstderr:"_s, u"b"_s, u"\nKubernetes Diagnostics: "_s, u"c"_s });
    QCOMPARE(textsOf(others, LogSection::Stderr), QStringList{ u"b"_s });
    QCOMPARE(textsOf(others, LogSection::Diagnostics), QStringList{ u"c"_s });
}

void TestLogTailer::takesALogWithoutHeadersAsOutput()
{
    LogMerger merger;
    QVERIFY(merger.merge({}).isEmpty());
    QCOMPARE(textsOf(merger.merge({ u"a"_s, u"b"_s }), LogSection::Stdout), (QStringList{ u"a"_s, u"b"_s }));
}

void TestLogTailer::aLineThatLooksLikeAHeaderIsALine()
{
    LogMerger merger;
    const auto lines = merger.merge({ u"stdout: "_s, u"stderr: "_s, u"stdout: "_s, u"YARN Diagnostics: "_s });
    QCOMPARE(textsOf(lines, LogSection::Stdout), (QStringList{ u"stderr: "_s, u"stdout: "_s, u"YARN Diagnostics: "_s }));
}

void TestLogTailer::givesOnlyWhatIsNew()
{
    LogMerger merger;
    merger.merge({ u"stdout: "_s, u"a"_s, u"b"_s, u"\nstderr: "_s, u"x"_s });
    const auto lines = merger.merge({ u"stdout: "_s, u"a"_s, u"b"_s, u"b"_s, u"\nstderr: "_s, u"x"_s, u"y"_s });
    QCOMPARE(textsOf(lines, LogSection::Stdout), QStringList{ u"b"_s });
    QCOMPARE(textsOf(lines, LogSection::Stderr), QStringList{ u"y"_s });
    QVERIFY(merger.merge({ u"stdout: "_s, u"a"_s, u"b"_s, u"b"_s, u"\nstderr: "_s, u"x"_s, u"y"_s }).isEmpty());
}

void TestLogTailer::marksAGapWhereNothingOverlaps()
{
    LogMerger merger;
    merger.merge({ u"stdout: "_s, u"a"_s, u"b"_s });
    const auto lines = merger.merge({ u"stdout: "_s, u"p"_s, u"q"_s });
    QCOMPARE(textsOf(lines, LogSection::Stdout), (QStringList{ u"<gap>"_s, u"p"_s, u"q"_s }));
    QCOMPARE(lines.constFirst().keptLines, 2);
}

void TestLogTailer::aFullRingAtFirstSightHasAGapBefore()
{
    Ring ring;
    ring.print(200);
    LogMerger merger;
    const QStringList lines = textsOf(merger.merge(ring.asServed()), LogSection::Stdout);
    QCOMPARE(lines.size(), 201);
    QCOMPARE(lines.constFirst(), u"<gap>"_s);
}

void TestLogTailer::diagnosticsThatChangeAreNoGap()
{
    LogMerger merger;
    merger.merge({ u"stdout: "_s, u"\nYARN Diagnostics: "_s, u"AM container is launched"_s });
    const auto lines = merger.merge({ u"stdout: "_s, u"\nYARN Diagnostics: "_s, u"failed 2 times"_s });
    QCOMPARE(textsOf(lines, LogSection::Diagnostics), QStringList{ u"failed 2 times"_s });
}

void TestLogTailer::anEmptiedBufferDoesNotRepeatTheLog()
{
    LogMerger merger;
    merger.merge({ u"stdout: "_s, u"a"_s, u"b"_s });
    QVERIFY(merger.merge({ u"stdout: "_s }).isEmpty());
    QVERIFY(merger.merge({}).isEmpty());
    QCOMPARE(textsOf(merger.merge({ u"stdout: "_s, u"a"_s, u"b"_s, u"c"_s }), LogSection::Stdout), QStringList{ u"c"_s });
}

void TestLogTailer::aRingIsReadWithoutLossOrRepetition_data()
{
    QTest::addColumn<int>("mostBetweenLooks");
    for (const int most : { 0, 1, 7, 100, 199 })
        QTest::addRow("at most %d lines between looks", most) << most;
}

void TestLogTailer::aRingIsReadWithoutLossOrRepetition()
{
    QFETCH(int, mostBetweenLooks);
    QRandomGenerator random(static_cast<quint32>(mostBetweenLooks));
    for (int round = 0; round < 20; ++round) {
        Ring ring;
        LogMerger merger;
        QStringList seen;
        for (int look = 0; look < 60; ++look) {
            ring.print(random.bounded(mostBetweenLooks + 1));
            seen += textsOf(merger.merge(ring.asServed()), LogSection::Stdout);
        }
        QCOMPARE(seen, ring.lines);
    }
}

void TestLogTailer::aRingReadTooSlowlyIsMarkedNotRepeated()
{
    Ring ring;
    LogMerger merger;
    ring.print(10);
    merger.merge(ring.asServed());
    ring.print(500);
    const QStringList seen = textsOf(merger.merge(ring.asServed()), LogSection::Stdout);
    QCOMPARE(seen.size(), 201);
    QCOMPARE(seen.constFirst(), u"<gap>"_s);
    QCOMPARE(seen.constLast(), u"line 510"_s);
}

void TestLogTailer::readsEverySecondWhileWatched()
{
    Bench bench;
    QSignalSpy appended(&bench.tailer, &LogTailer::linesAppended);
    bench.clock.advance(10s);
    QVERIFY(bench.state->calls.isEmpty());
    bench.tailer.watch();
    bench.tailer.watch();
    QVERIFY(bench.tailer.isWatched());
    bench.lines.append(u"a"_s);
    bench.clock.advance(10ms);
    QCOMPARE(bench.state->calls, QStringList{ u"GET session log 3"_s });
    QVERIFY(bench.tailer.hasLoaded());
    QCOMPARE(bench.tailer.lines().size(), 1);
    bench.lines.append(u"b"_s);
    bench.clock.advance(1s);
    QCOMPARE(appended.size(), 2);
    QCOMPARE(appended.at(1).at(0).toLongLong(), 1);
    bench.tailer.unwatch();
    bench.clock.advance(3s);
    const qsizetype calls = bench.state->calls.size();
    QVERIFY(calls >= 4);
    bench.tailer.unwatch();
    bench.tailer.unwatch(); // once too often
    bench.clock.advance(10s);
    QCOMPARE(bench.state->calls.size(), calls);
    bench.tailer.watch();
    bench.clock.advance(10ms);
    QCOMPARE(bench.state->calls.size(), calls + 1);
}

void TestLogTailer::aGapKnowsHowLongNobodyLooked()
{
    Bench bench;
    bench.lines = QStringList{ u"stdout: "_s, u"a"_s, u"b"_s };
    bench.tailer.watch();
    bench.clock.advance(100ms);
    bench.tailer.unwatch();
    bench.lines = QStringList{ u"stdout: "_s, u"p"_s, u"q"_s, u"r"_s };
    bench.clock.advance(5min);
    bench.tailer.watch();
    bench.clock.advance(100ms);
    const LogLine& gap = bench.tailer.lines().at(2);
    QVERIFY(gap.isGap);
    QCOMPARE(gap.keptLines, 3);
    QCOMPARE(std::chrono::duration_cast<std::chrono::minutes>(gap.unwatched), 5min);
    // The first look misses what was before it for no time that we know.
    Bench late;
    Ring ring;
    ring.print(300);
    late.lines = ring.asServed();
    late.tailer.watch();
    late.clock.advance(100ms);
    QVERIFY(late.tailer.lines().constFirst().isGap);
    QCOMPARE(late.tailer.lines().constFirst().unwatched, Clock::Duration(0));
}

void TestLogTailer::keepsOnlyTheLastLinesOfWhatIsRecorded()
{
    Bench bench;
    Ring ring;
    QStringList told;
    connect(&bench.tailer, &LogTailer::linesAppended, this, [&](qsizetype first) { told += textsOf(bench.tailer.lines().mid(first), LogSection::Stdout); });
    bench.tailer.setRecorded(true);
    printFor(200, bench, ring);
    QCOMPARE(told, ring.lines);
    QVERIFY(bench.tailer.lines().size() >= 5000);
    QVERIFY(bench.tailer.lines().size() <= 10'000);
    QCOMPARE(bench.tailer.lines().constLast().text, ring.lines.constLast());
}

void TestLogTailer::keepsEveryLineOfWhatIsNotRecorded()
{
    Bench bench;
    Ring ring;
    printFor(200, bench, ring);
    bench.tailer.unwatch();
    ring.print(10);
    bench.lines = ring.asServed();
    bench.tailer.lookInBackground();
    bench.clock.advance(1s);
    QCOMPARE(textsOf(bench.tailer.lines(), LogSection::Stdout), ring.lines);
}

void TestLogTailer::readsOnceMoreAfterTheEnd()
{
    Bench bench;
    bench.tailer.watch();
    bench.clock.advance(500ms);
    QCOMPARE(bench.state->calls.size(), 1);
    bench.lines.append(u"last words"_s);
    bench.tailer.setEnded(true);
    bench.clock.advance(1min);
    QCOMPARE(bench.state->calls.size(), 2);
    QCOMPARE(bench.tailer.lines().constLast().text, u"last words"_s);
    bench.tailer.unwatch();
    bench.tailer.watch();
    bench.clock.advance(1min);
    QCOMPARE(bench.state->calls.size(), 2);
    // a first look at an ended one
    Bench other;
    other.tailer.setEnded(true);
    other.tailer.watch();
    other.clock.advance(1min);
    QCOMPARE(other.state->calls.size(), 1);
    QVERIFY(other.tailer.hasLoaded());
}

void TestLogTailer::tellsTroubleAndGetsOverIt()
{
    Bench bench;
    QSignalSpy changed(&bench.tailer, &LogTailer::stateChanged);
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.tailer.watch();
    bench.clock.advance(5min);
    QCOMPARE(bench.tailer.problem().kind, ErrorKind::Network);
    QVERIFY(!bench.tailer.hasLoaded());
    QCOMPARE(changed.size(), 2); // watched, trouble
    QVERIFY(bench.state->calls.size() < 100);
    bench.state->outage.reset();
    bench.tailer.lookNow();
    bench.clock.advance(10ms);
    QCOMPARE(bench.tailer.problem().kind, ErrorKind::Cancelled);
    QVERIFY(bench.tailer.hasLoaded());
}

void TestLogTailer::anEndedItemThatIsForgottenIsNoTrouble()
{
    Bench bench;
    bench.lines.append(u"a"_s);
    bench.tailer.watch();
    bench.clock.advance(10ms);
    bench.state->outage = errorOf(ErrorKind::NotFound);
    bench.tailer.setEnded(true);
    bench.clock.advance(1min);
    QCOMPARE(bench.tailer.problem().kind, ErrorKind::Cancelled);
    QCOMPARE(bench.state->calls.size(), 2);
    QCOMPARE(bench.tailer.lines().size(), 1);
}

void TestLogTailer::asksNothingAfterBeingAbandoned()
{
    Bench bench;
    bench.tailer.watch();
    bench.clock.advance(1ms);
    bench.tailer.abandon();
    bench.clock.advance(1min);
    QCOMPARE(bench.state->calls.size(), 1);
    QVERIFY(!bench.tailer.hasLoaded());
    QVERIFY(!bench.tailer.isWatched());
    bench.tailer.lookNow();
    bench.clock.advance(1min);
    QCOMPARE(bench.state->calls.size(), 1);
}

void TestLogTailer::batchAndSessionLogsAreDifferentRequests()
{
    Bench bench;
    LogTailer batch(bench.api.logs(), { u"s"_s, ItemType::Batch, u"3"_s }, bench.clock);
    batch.watch();
    bench.clock.advance(10ms);
    QCOMPARE(bench.state->calls, QStringList{ u"GET batch log 3"_s });
}

void TestLogTailer::aServerWithoutLogsSaysSo()
{
    FakeClock clock;
    LogTailer tailer(nullptr, { u"s"_s, ItemType::Batch, u"3"_s }, clock);
    tailer.watch();
    clock.advance(1min);
    QCOMPARE(tailer.problem().kind, ErrorKind::Unavailable);
}

KINDLING_TEST(TestLogTailer)
#include "tst_logtailer.moc"
