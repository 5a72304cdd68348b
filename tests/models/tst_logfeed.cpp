// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/logfeed.h"
#include "tests/storage/recordbench.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QSignalSpy>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

namespace {
constexpr std::chrono::seconds patience{ 60 };

QList<LogLine> linesOf(const QStringList& texts, LogSection section = LogSection::Stdout)
{
    QList<LogLine> lines;
    for (const QString& text : texts)
        lines.append({ section, text == "GAP"_L1 ? QString() : text, text == "GAP"_L1 });
    return lines;
}

QStringList textsOf(const LogText& text)
{
    QStringList texts;
    for (qsizetype row = 0; row < text.rowCount(); ++row) {
        const LogRow line = text.row(row);
        const bool isStatement = line.isMark && text.mark(row).kind == LogMark::Kind::Statement;
        texts += isStatement ? u'<' + text.mark(row).text + u'>' : line.isMark ? u"GAP"_s : QString::fromUtf8(line.text);
    }
    return texts;
}

/// A recorder, and a server "prod" whose session 3 has a log.
struct FeedBench : RecordBench {
    FeedBench()
        : workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
    {
        ServerProfile profile;
        profile.id = u"prod"_s;
        profile.url = QUrl(u"http://prod.example:8998"_s);
        state->sessions = { sparkItem(u"3"_s, u"idle"_s, u"etl"_s) };
        workspace.setProfiles({ profile });
        workspace.server(u"prod"_s)->start();
        clock.advance(100ms);
    }
    void follow(LogFeed& feed)
    {
        QObject::connect(&feed, &LogFeed::linesCame, &context, [this](const QList<LogLine>& lines) {
            for (const LogLine& line : lines)
                shown.append(line);
        });
        QObject::connect(&feed, &LogFeed::markCame, &context, [this](const LogMark& mark) { shown.append(mark, LogSection::Stdout); });
        QObject::connect(&feed, &LogFeed::earlierCame, &context, [this](const LogText& text, qsizetype) { shown = text; });
        feed.setWatching(true);
        feed.follow(item().key);
    }
    void serverHas(const QStringList& lines)
    {
        state->onLog = [lines](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
    }

    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    Workspace workspace;
    LogText shown;
};
}

class TestLogFeed final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesOnlyWhatIsNotRecorded_data()
    {
        QTest::addColumn<QStringList>("recorded");
        QTest::addColumn<QStringList>("live");
        QTest::addColumn<QStringList>("beyond");
        QTest::newRow("nothing recorded") << QStringList() << QStringList({ u"a"_s }) << QStringList({ u"a"_s });
        QTest::newRow("all recorded") << QStringList({ u"x"_s, u"a"_s, u"b"_s }) << QStringList({ u"a"_s, u"b"_s }) << QStringList();
        QTest::newRow("some more") << QStringList({ u"x"_s, u"a"_s, u"b"_s }) << QStringList({ u"a"_s, u"b"_s, u"c"_s }) << QStringList({ u"c"_s });
        QTest::newRow("a gap that is none") << QStringList({ u"x"_s, u"a"_s }) << QStringList({ u"GAP"_s, u"a"_s, u"c"_s }) << QStringList({ u"c"_s });
        QTest::newRow("a gap") << QStringList({ u"x"_s }) << QStringList({ u"GAP"_s, u"a"_s }) << QStringList({ u"GAP"_s, u"a"_s });
        QTest::newRow("a later gap") << QStringList({ u"x"_s, u"a"_s }) << QStringList({ u"a"_s, u"GAP"_s, u"b"_s }) << QStringList({ u"GAP"_s, u"b"_s });
        QTest::newRow("nothing live") << QStringList({ u"x"_s }) << QStringList() << QStringList();
    }
    void takesOnlyWhatIsNotRecorded()
    {
        QFETCH(QStringList, recorded);
        QFETCH(QStringList, live);
        QFETCH(QStringList, beyond);
        QCOMPARE(linesBeyond(linesOf(recorded), linesOf(live)), linesOf(beyond));
        // the other section is not touched by it
        const QList<LogLine> other = linesOf({ u"a"_s, u"b"_s }, LogSection::Stderr);
        QCOMPARE(linesBeyond(linesOf(recorded), linesOf(live) + other), linesOf(beyond) + other);
    }
    void showsWhatTheServerHasForgotten()
    {
        FeedBench bench;
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(), { u"one"_s, u"two"_s, u"three"_s });
        bench.serverHas({ u"stdout: "_s, u"three"_s, u"four"_s });
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        QVERIFY(feed.isReading());
        bench.clock.advance(2s);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        QCOMPARE(textsOf(bench.shown), QStringList({ u"one"_s, u"two"_s, u"three"_s, u"four"_s }));
        QCOMPARE(feed.recordedRows(), 2);
        bench.serverHas({ u"stdout: "_s, u"four"_s, u"five"_s });
        bench.clock.advance(2s);
        QCOMPARE(textsOf(bench.shown), QStringList({ u"one"_s, u"two"_s, u"three"_s, u"four"_s, u"five"_s }));
    }
    void countsRowsThatTheServersLogHasDropped()
    {
        FeedBench bench;
        bench.workspace.setWatchesLogs(true);
        QStringList lines;
        for (int i = 0; i < 9'990; ++i)
            lines += u"line %1"_s.arg(i);
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(), QStringList(u"before"_s) + lines);
        bench.serverHas(QStringList(u"stdout: "_s) + lines);
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        bench.clock.advance(100ms);
        QCOMPARE(bench.shown.rowCount(), 9'990);
        for (int i = 9'990; i < 10'100; ++i)
            lines += u"line %1"_s.arg(i);
        bench.serverHas(QStringList(u"stdout: "_s) + lines);
        QVERIFY(feed.isReading());
        bench.clock.advance(2s);
        QVERIFY(feed.isReading());
        QVERIFY(feed.tailer()->lines().size() < 6000);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        QCOMPARE(textsOf(bench.shown), QStringList(u"before"_s) + lines);
        QCOMPARE(feed.recordedRows(), 1);
    }
    void showsWhatWasRecordedOfARemovedServer()
    {
        FeedBench bench;
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(), { u"one"_s, u"two"_s });
        bench.workspace.setProfiles({});
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        QCOMPARE(feed.item(), RecordBench::item().key);
        QVERIFY(!feed.tailer());
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        QCOMPARE(textsOf(bench.shown), QStringList({ u"one"_s, u"two"_s }));
        QCOMPARE(feed.recordedRows(), 2);
    }
    void readsRecordsOfManyPages()
    {
        FeedBench bench;
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        QStringList lines;
        for (int i = 0; i < 12'345; ++i)
            lines += u"line %1"_s.arg(i);
        bench.seeLines(RecordBench::item(), lines);
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        QCOMPARE(textsOf(bench.shown), lines);
    }
    void anotherLifeOfTheIdIsAnotherLog()
    {
        FeedBench bench;
        bench.seeState(RecordBench::item(u"3"_s, u"somebody-else"_s), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(u"3"_s, u"somebody-else"_s), { u"secret"_s });
        bench.serverHas({ u"stdout: "_s, u"mine"_s });
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        bench.clock.advance(2s);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        QCOMPARE(textsOf(bench.shown), QStringList({ u"mine"_s }));
    }
    void marksWhereStatementsWereSent()
    {
        FeedBench bench;
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(), { u"before"_s });
        bench.clock.advance(5s);
        bench.seeStatement(RecordBench::item(), 0, u"df.count()"_s);
        bench.clock.advance(5s);
        bench.seeLines(RecordBench::item(), { u"after"_s });
        bench.seeStatement(RecordBench::item(), 1, u"last()"_s);
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        QStringList expected{ u"before"_s, u"<df.count()>"_s, u"<last()>"_s, u"after"_s };
        QCOMPARE(textsOf(bench.shown), expected);
        const auto observe = [&bench](int id, const QString& code) {
            StatementSeen statement;
            statement.id = id;
            statement.code = code;
            statement.submitted = bench.clock.now();
            Q_EMIT bench.workspace.observed({ .number = 9, .when = bench.clock.now(), .item = RecordBench::item(), .what = statement });
        };
        observe(1, u"last()"_s);
        observe(2, u"new()"_s);
        observe(2, u"new()"_s);
        QCOMPARE(textsOf(bench.shown), expected << u"<new()>"_s);
    }
    void marksOthersStatementsWhereTheyBegan()
    {
        FeedBench bench;
        const auto ofOthers = [&bench](int id, const QString& code, const QDateTime& started) {
            return StatementSeen{ .id = id, .code = code, .kind = Kind::Unknown, .state = RunState::Finished, .submitted = {}, .started = started,
                .completed = {}, .problem = {}, .output = {} };
        };
        const QDateTime early = bench.clock.now().addSecs(-3600);
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(), { u"one"_s });
        bench.clock.advance(5s);
        const QDateTime between = bench.clock.now();
        bench.clock.advance(5s);
        bench.seeLines(RecordBench::item(), { u"two"_s });
        bench.see(RecordBench::item(), ofOthers(0, u"before the first line"_s, early));
        bench.see(RecordBench::item(), ofOthers(1, u"between"_s, between));
        bench.see(RecordBench::item(), ofOthers(2, u"not begun"_s, {}));
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        QStringList expected{ u"one"_s, u"<between>"_s, u"two"_s };
        QCOMPARE(textsOf(bench.shown), expected);
        const auto observe = [&bench](const StatementSeen& statement) {
            Q_EMIT bench.workspace.observed({ .number = 9, .when = bench.clock.now(), .item = RecordBench::item(), .what = statement });
        };
        for (int id = 10; id < 110; ++id) // the first look at a session that has worked for long
            observe(ofOthers(id, u"old"_s, early.addSecs(id)));
        observe(ofOthers(110, u"new"_s, {}));
        QCOMPARE(textsOf(bench.shown), expected);
        bench.clock.advance(1s);
        observe(ofOthers(110, u"new"_s, bench.clock.now()));
        observe(ofOthers(110, u"new"_s, bench.clock.now()));
        QCOMPARE(textsOf(bench.shown), expected << u"<new>"_s);
    }
    void saysWhereOlderLinesAreLeftOut()
    {
        FeedBench bench;
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeStatement(RecordBench::item(), 0, u"old"_s);
        bench.clock.advance(1s);
        for (int i = 0; i < 4; ++i)
            bench.seeLines(RecordBench::item(), QStringList(900, QString(1000, u'x') + QString::number(i)));
        bench.clock.advance(1min);
        bench.seeLines(RecordBench::item(), { u"last"_s });
        bench.lives();
        bench.recorder->setPolicy({ .isOn = true, .days = 10, .mebibytes = 1 });
        bench.clock.advance(1min);
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        const QStringList shown = textsOf(bench.shown);
        QVERIFY(shown.size() > 2 && shown.size() < 2000);
        QCOMPARE(shown.constLast(), u"last"_s);
        QVERIFY(bench.shown.row(0).isMark);
        QCOMPARE(bench.shown.mark(0).kind, LogMark::Kind::Older);
        QVERIFY(!shown.contains(u"<old>"_s));
    }
    void showsTheLogOfAnEarlierLife()
    {
        FeedBench bench;
        const ItemFacts before = RecordBench::item(u"3"_s, u"somebody-else"_s);
        bench.seeState(before, {}, u"idle"_s);
        bench.seeLines(before, { u"theirs"_s });
        bench.seeStatement(before, 0, u"their()"_s);
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(), { u"mine"_s });
        const LifeNumber earlier = bench.lives().constLast().number;
        bench.serverHas({ u"stdout: "_s, u"mine"_s, u"and more"_s });
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        feed.follow(RecordBench::item().key, earlier);
        QVERIFY(feed.isReading());
        QVERIFY(feed.tailer() == nullptr);
        QCOMPARE(feed.life(), earlier);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.isReading(), patience);
        const QStringList theirs{ u"<their()>"_s, u"theirs"_s };
        QCOMPARE(textsOf(bench.shown), theirs);
        bench.clock.advance(5s);
        StatementSeen now;
        now.id = 7;
        now.submitted = bench.clock.now();
        Q_EMIT bench.workspace.observed({ .number = 9, .when = bench.clock.now(), .item = RecordBench::item(), .what = now });
        QCOMPARE(textsOf(bench.shown), theirs);
        // also where its server is not known any more
        bench.workspace.setProfiles({});
        feed.follow(RecordBench::item().key, earlier);
        QTRY_COMPARE_WITH_TIMEOUT(textsOf(bench.shown), theirs, patience);
        feed.leave();
        QCOMPARE(feed.life(), 0);
    }
    void aLogWithoutRecorderIsWhatTheServerHas()
    {
        FeedBench bench;
        bench.serverHas({ u"stdout: "_s, u"one"_s });
        LogFeed feed(&bench.workspace, nullptr);
        bench.follow(feed);
        QVERIFY(!feed.isReading());
        bench.clock.advance(2s);
        QCOMPARE(textsOf(bench.shown), QStringList({ u"one"_s }));
        LogTailer* tailer = feed.tailer();
        QVERIFY(tailer->isWatched());
        feed.leave();
        QVERIFY(!tailer->isWatched());
        QVERIFY(!feed.item().isValid());
        QCOMPARE(bench.shown.rowCount(), 0);
        feed.follow({ u"nobody"_s, ItemType::Session, u"1"_s });
        QVERIFY(feed.tailer() == nullptr);
    }
    void whatIsReadForAnItemThatWasLeftIsDropped()
    {
        FeedBench bench;
        bench.seeState(RecordBench::item(), {}, u"idle"_s);
        bench.seeLines(RecordBench::item(), { u"one"_s });
        LogFeed feed(&bench.workspace, bench.recorder.get());
        bench.follow(feed);
        feed.leave();
        QCOMPARE(bench.lives().size(), 1); // the questions before this one are done
        QCOMPARE(bench.shown.rowCount(), 0);
        QVERIFY(!feed.isReading());
    }
};

KINDLING_TEST(TestLogFeed)
#include "tst_logfeed.moc"
