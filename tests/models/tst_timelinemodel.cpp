// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/recordedpast.h"
#include "app/models/timelinemodel.h"
#include "app/storage/recorder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
        , model(&workspace)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
    }
    void connectServers(const QStringList& ids)
    {
        QList<ServerProfile> profiles;
        for (const QString& id : ids) {
            ServerProfile profile;
            profile.id = id;
            profile.name = u"server "_s + id;
            profiles.append(profile);
        }
        workspace.setProfiles(profiles);
        clock.advance(100ms);
    }
    void become(const QString& word)
    {
        state->sessions[0].state = ItemState::fromWire(word);
        clock.advance(3s);
    }
    [[nodiscard]] QStringList rows() const
    {
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row)
            texts += model.index(row).data().toString();
        return texts;
    }
    [[nodiscard]] QStringList words(int row) const
    {
        QStringList texts;
        for (const TimelineSpan& span : model.spansAt(row))
            texts += span.state.raw + (span.isEnd() ? u"|"_s : span.until.isValid() ? QString() : u"…"_s);
        return texts;
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    Workspace workspace;
    TimelineModel model;
    QAbstractItemModelTester tester;
};

const ItemKey first{ u"a"_s, ItemType::Session, u"1"_s };
}

class TestTimelineModel final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void groupsItemsByServerNewestFirst()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s, u"etl"_s) };
        bench.connectServers({ u"a"_s, u"b"_s });
        bench.state->sessions += sparkItem(u"2"_s, u"starting"_s);
        bench.clock.advance(3s);
        QCOMPARE(bench.rows(), QStringList({ u"server a"_s, u"2"_s, u"1 etl"_s, u"server b"_s, u"2"_s, u"1 etl"_s }));
        QVERIFY(!bench.model.isItem(0));
        QCOMPARE(bench.model.index(0).data(NodeRole).toInt(), static_cast<int>(NodeType::Server));
        QCOMPARE(bench.model.index(2).data(KeyRole).value<ItemKey>(), first);
        QCOMPARE(bench.model.rowOf(first), 2);
        QCOMPARE(bench.model.rowOf({}), -1);
        QCOMPARE(bench.model.index(1).data(StateGlyphRole).toInt(), static_cast<int>(StateRole::Starting));
    }
    void turnsTransitionsIntoStays()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"starting"_s) };
        bench.connectServers({ u"a"_s });
        for (const auto& word : { u"idle"_s, u"busy"_s, u"shutting_down"_s, u"dead"_s })
            bench.become(word);
        QCOMPARE(bench.words(1), QStringList({ u"starting"_s, u"idle"_s, u"busy"_s, u"shutting_down"_s, u"dead|"_s }));
        const QList<TimelineSpan> spans = bench.model.spansAt(1);
        for (qsizetype i = 1; i < spans.size(); ++i)
            QCOMPARE(spans.at(i).from, spans.at(i - 1).until);
        // That the server forgets it then is no news.
        bench.state->sessions.clear();
        bench.clock.advance(3s);
        QCOMPARE(bench.words(1).last(), u"dead|"_s);
    }
    void marksWhatIsGoneAndWhatComesBackUnderTheSameId()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s });
        bench.state->sessions.clear();
        bench.clock.advance(3s);
        QCOMPARE(bench.words(1), QStringList({ u"idle"_s, u"gone|"_s }));
        QCOMPARE(bench.model.index(1).data(StateGlyphRole).toInt(), static_cast<int>(StateRole::Stopped));
        bench.state->sessions = { sparkItem(u"1"_s, u"busy"_s, u"other"_s) };
        bench.clock.advance(3s);
        QCOMPARE(bench.rows(), QStringList({ u"server a"_s, u"1 other"_s, u"1"_s }));
        QCOMPARE(bench.words(1), QStringList{ u"busy…"_s });
        QCOMPARE(bench.words(2), QStringList({ u"idle"_s, u"gone|"_s }));
        QCOMPARE(bench.model.rowOf(first), 1);
    }
    void anIdThatNamesAnotherOneHasARowOfItsOwn()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s, u"etl"_s) };
        bench.connectServers({ u"a"_s });
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s, u"adhoc"_s) };
        bench.clock.advance(3s);
        QCOMPARE(bench.rows(), QStringList({ u"server a"_s, u"1 adhoc"_s, u"1 etl"_s }));
        QCOMPARE(bench.words(2).last(), u"gone|"_s);
    }
    void tellsTheTimeWithADeadInterpreterApart()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s });
        bench.clock.advance(10s);
        bench.workspace.server(u"a"_s)->sessions().setDamage(u"1"_s, u"pyspark"_s);
        QCOMPARE(bench.words(1), QStringList({ u"idle"_s, u"idle…"_s }));
        QVERIFY(bench.model.spansAt(1).at(0).damage.isEmpty());
        QVERIFY(!bench.model.spansAt(1).at(1).damage.isEmpty());
        QCOMPARE(bench.model.index(1).data(StateGlyphRole).toInt(), static_cast<int>(StateRole::Damaged));
        bench.become(u"busy"_s);
        QVERIFY(!bench.model.spansAt(1).last().damage.isEmpty());
        bench.become(u"dead"_s);
        QVERIFY(bench.model.spansAt(1).last().damage.isEmpty());
    }
    void goesOnFromWhatWasRecorded_data()
    {
        QTest::addColumn<bool>("isListedFirst");
        QTest::newRow("the records come first") << false;
        QTest::newRow("the servers answer first") << true;
    }
    void goesOnFromWhatWasRecorded()
    {
        QFETCH(bool, isListedFirst);
        const QTemporaryDir folder;
        Bench earlier;
        FakeClock& clock = earlier.clock;
        Recorder recorder(folder.filePath(u"history"_s), clock);
        connect(&earlier.workspace, &Workspace::observed, &recorder, &Recorder::record);
        earlier.state->sessions = { sparkItem(u"1"_s, u"starting"_s, u"etl"_s), sparkItem(u"2"_s, u"idle"_s, u"old"_s) };
        earlier.state->batches = { sparkItem(u"7"_s, u"running"_s, u"load"_s) };
        earlier.connectServers({ u"a"_s });
        earlier.become(u"idle"_s);
        earlier.state->batches[0].state = ItemState::fromWire(u"success"_s);
        clock.advance(3s);
        disconnect(&earlier.workspace, nullptr, &recorder, nullptr);
        const QDateTime stopped = clock.now();
        clock.advance(2h);

        const auto state = std::make_shared<FakeSparkApi::State>();
        state->sessions = { sparkItem(u"1"_s, u"busy"_s, u"etl"_s), sparkItem(u"2"_s, u"idle"_s, u"new"_s) };
        Workspace workspace([&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock);
        RecordedPast past(&recorder, clock, 24h);
        const QDateTime begun = clock.now();
        workspace.setProfiles({ earlier.workspace.server(u"a"_s)->profile() });
        if (isListedFirst)
            clock.advance(100ms);
        TimelineModel model(&workspace, &past);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy loaded(&past, &RecordedPast::loaded);
        QVERIFY(loaded.wait(30'000));
        clock.advance(100ms);
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows += model.index(row).data().toString();
        rows.sort();
        QCOMPARE(rows, QStringList({ u"1 etl"_s, u"2 new"_s, u"2 old"_s, u"7 load"_s, u"server a"_s }));
        const QModelIndex old = model.match(model.index(0), Qt::DisplayRole, u"2 old"_s, 1, Qt::MatchExactly).constFirst();
        QCOMPARE(old.data(StateGlyphRole).toInt(), static_cast<int>(StateRole::Stopped));
        const QList<TimelineSpan> spans = model.spansAt(model.rowOf({ u"a"_s, ItemType::Session, u"1"_s }));
        QCOMPARE(spans.size(), 3);
        QCOMPARE(spans.at(0).state.raw, u"starting"_s);
        QCOMPARE(spans.at(1).state.raw, u"idle"_s);
        QVERIFY(spans.at(1).until >= begun);
        QCOMPARE(spans.at(2).state.raw, u"busy"_s);
        QVERIFY(!spans.at(2).until.isValid());
        QVERIFY(model.spansAt(model.rowOf({ u"a"_s, ItemType::Batch, u"7"_s })).last().isEnd());
        const QList<TimelineGap> gaps = model.gapsAt(0);
        QCOMPARE(gaps.size(), 1);
        QVERIFY(gaps.at(0).from <= stopped);
        QCOMPARE(gaps.at(0).to, begun);
    }
    void marksWhenNobodyWatched()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s });
        QVERIFY(bench.model.gapsAt(0).isEmpty());
        bench.state->outage = errorOf(ErrorKind::Network);
        bench.clock.advance(600s);
        bench.state->outage.reset();
        bench.clock.advance(60s);
        QCOMPARE(bench.model.gapsAt(0).size(), 1);
        const TimelineGap gap = bench.model.gapsAt(1).constFirst();
        QVERIFY(gap.from.secsTo(gap.to) > 500);
    }
    void keepsTheLastGapsOfARestlessServer()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s });
        const QDateTime began = bench.clock.now();
        for (int number = 0; number < TimelineModel::mostGaps + 3; ++number)
            Q_EMIT bench.workspace.observed({ .number = 0, .when = began.addSecs(number + 1), .item = { .key = first }, .what = GapSeen{ began.addSecs(number) } });
        QCOMPARE(bench.model.gapsAt(1).size(), TimelineModel::mostGaps);
        QCOMPARE(bench.model.gapsAt(1).constFirst().from, began.addSecs(3));
        bench.connectServers({});
        bench.connectServers({ u"a"_s });
        QVERIFY(bench.model.gapsAt(0).isEmpty());
    }
    void findsTheNewestOfManyLives()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s, u"first"_s), sparkItem(u"2"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s });
        for (const auto& name : { u"second"_s, u"third"_s }) {
            bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s, name), sparkItem(u"2"_s, u"idle"_s) };
            bench.clock.advance(3s);
        }
        QCOMPARE(bench.rows(), QStringList({ u"server a"_s, u"1 third"_s, u"1 second"_s, u"2"_s, u"1 first"_s }));
        QCOMPARE(bench.model.rowOf(first), 1);
        QCOMPARE(bench.model.rowOf({ u"a"_s, ItemType::Session, u"2"_s }), 3);
        // Where room is needed, the lives that are over go first.
        const auto count = [&bench] { return std::ranges::count_if(bench.rows(), [](const QString& text) { return text.startsWith("1 "_L1); }); };
        QList<SparkItem> sessions = bench.state->sessions;
        for (int number = 0; sessions.size() < TimelineModel::mostItems; ++number)
            sessions += sparkItem(u"n"_s + QString::number(number), u"idle"_s);
        bench.workspace.server(u"a"_s)->sessions().merge(sessions);
        QCOMPARE(count(), 1);
        QCOMPARE(bench.model.index(bench.model.rowOf(first)).data().toString(), u"1 third"_s);
    }
    void leavesOutWhatHadEndedBefore()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"dead"_s) };
        bench.state->batches = { sparkItem(u"7"_s, u"success"_s), sparkItem(u"8"_s, u"running"_s) };
        bench.connectServers({ u"a"_s });
        QCOMPARE(bench.rows(), QStringList({ u"server a"_s, u"8"_s }));
    }
    void takesWhatWasSeenBeforeItWasMade()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s });
        bench.become(u"busy"_s);
        TimelineModel late(&bench.workspace);
        QCOMPARE(late.spansAt(late.rowOf(first)).size(), 2);
    }
    void followsTheNameAndTheEndOfAServer()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s, u"b"_s });
        ServerProfile renamed = bench.workspace.server(u"b"_s)->profile();
        renamed.name = u"new"_s;
        bench.workspace.setProfiles({ renamed });
        QCOMPARE(bench.rows(), QStringList({ u"new"_s, u"1"_s }));
        QCOMPARE(bench.model.rowOf(first), -1);
        bench.connectServers({});
        QCOMPARE(bench.model.rowCount(), 0);
    }
    void findsEachItemAmongThoseOfSeveralServers()
    {
        Bench bench;
        const auto isFound = [&bench](const QStringList& servers) {
            for (const QString& server : servers) {
                for (const SparkItem& session : std::as_const(bench.state->sessions)) {
                    const ItemKey key{ server, ItemType::Session, session.id };
                    if (bench.model.index(bench.model.rowOf(key)).data(KeyRole).value<ItemKey>() != key)
                        return false;
                }
            }
            return bench.model.rowCount() == servers.size() * (bench.state->sessions.size() + 1);
        };
        for (int number = 0; number < 5; ++number)
            bench.state->sessions += sparkItem(QString::number(number), u"idle"_s);
        bench.connectServers({ u"a"_s, u"b"_s, u"c"_s });
        QVERIFY(isFound({ u"a"_s, u"b"_s, u"c"_s }));
        bench.state->sessions += sparkItem(u"new"_s, u"idle"_s);
        bench.clock.advance(60s);
        QVERIFY(isFound({ u"a"_s, u"b"_s, u"c"_s }));
        bench.connectServers({ u"a"_s, u"c"_s });
        QVERIFY(isFound({ u"a"_s, u"c"_s }));
        QCOMPARE(bench.model.rowOf({ u"b"_s, ItemType::Session, u"1"_s }), -1);
        bench.connectServers({ u"a"_s, u"c"_s, u"b"_s });
        QVERIFY(isFound({ u"a"_s, u"b"_s, u"c"_s }));
    }
    void takesALargeFirstListInReasonableTime()
    {
        Bench bench;
        bench.connectServers({ u"a"_s });
        TimelineModel model(&bench.workspace); // which no tester follows
        disconnect(&bench.workspace, nullptr, &bench.model, nullptr);
        QList<SparkItem> sessions;
        for (int number = 0; number < 40'000; ++number)
            sessions += sparkItem(QString::number(number), u"idle"_s);
        QElapsedTimer timer;
        timer.start();
        bench.workspace.server(u"a"_s)->sessions().merge(sessions);
        QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(model.rowCount(), static_cast<int>(TimelineModel::mostItems) + 1);
    }
    void keepsItsMeasure()
    {
        Bench bench;
        for (int number = 0; number < TimelineModel::mostItems; ++number)
            bench.state->sessions += sparkItem(QString::number(number), u"idle"_s);
        bench.connectServers({ u"a"_s });
        bench.clock.advance(60s);
        const int full = static_cast<int>(TimelineModel::mostItems) + 1;
        QTRY_COMPARE(bench.model.rowCount(), full);
        // The oldest that has ended goes; where all live, the oldest.
        bench.state->sessions[5].state = ItemState::fromWire(u"dead"_s);
        bench.state->sessions += sparkItem(u"new"_s, u"idle"_s);
        bench.workspace.server(u"a"_s)->sessions().merge(bench.state->sessions); // a poll may see the one before the other
        QVERIFY(bench.model.rowOf({ u"a"_s, ItemType::Session, u"new"_s }) > 0);
        QCOMPARE(bench.model.rowCount(), full);
        QCOMPARE(bench.model.rowOf({ u"a"_s, ItemType::Session, u"5"_s }), -1);
        QVERIFY(bench.model.rowOf({ u"a"_s, ItemType::Session, u"0"_s }) > 0);
    }
    void keepsTheLastStaysOfARestlessSession()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"1"_s, u"idle"_s) };
        bench.connectServers({ u"a"_s });
        for (int number = 0; number < TimelineModel::mostSpans + 10; ++number)
            bench.become(number % 2 == 0 ? u"busy"_s : u"idle"_s);
        QCOMPARE(bench.model.spansAt(1).size(), TimelineModel::mostSpans);
        QCOMPARE(bench.words(1).last(), u"idle…"_s);
    }
};

KINDLING_TEST(TestTimelineModel)
#include "tst_timelinemodel.moc"
