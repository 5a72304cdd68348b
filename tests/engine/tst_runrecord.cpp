// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/runrecord.h"
#include "app/engine/workspace.h"
#include "app/engine/server.h"
#include "tests/storage/recordbench.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

namespace {
ServerProfile profileOf(const QString& id)
{
    ServerProfile profile;
    profile.id = id;
    profile.name = id;
    return profile;
}

/// A server whose observations are recorded.
struct Bench : RecordBench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , server(profileOf(u"prod"_s), std::make_unique<FakeSparkApi>(clock, state), clock)
    {
        QObject::connect(&server, &Server::observed, recorder.get(), &Recorder::record);
        server.start();
        clock.advance(100ms);
    }
    void poll()
    {
        server.refresh();
        clock.advance(200ms);
    }
    RunRecord run(ItemType type, const QString& id, LifeNumber life = 0)
    {
        const WantedLife wanted{ { u"prod"_s, type, id }, life };
        return answer<RunRecord>([&](auto callback) { readRun(*recorder, wanted, &context, callback); });
    }

    std::shared_ptr<FakeSparkApi::State> state;
    Server server;
};

QStringList told(const QList<Setting>& settings)
{
    QStringList all;
    for (const Setting& each : settings)
        all += each.name + u'=' + each.value;
    return all;
}

QList<LogLine> linesOf(const QStringList& texts)
{
    QList<LogLine> lines;
    for (const QString& text : texts)
        lines += { LogSection::Stderr, text };
    return lines;
}

RecordedLog wholeLog(const QStringList& texts)
{
    return { .first = 0, .total = texts.size(), .lines = linesOf(texts), .times = {} };
}
}

class TestRunRecord final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void aBatchKeepsWhatItWasAskedForWith()
    {
        Bench bench;
        NewBatch wanted;
        wanted.file = u"load.py"_s;
        wanted.name = u"load"_s;
        wanted.conf = { { u"spark.db.password"_s, u"s3cret"_s }, { u"spark.x"_s, u"1"_s } };
        bench.server.createBatch(wanted, &bench.context, {});
        bench.clock.advance(1s);
        const RunRecord run = bench.run(ItemType::Batch, u"0"_s);
        QCOMPARE(run.item.life.facts.name, u"load"_s);
        QVERIFY(!run.item.configuration.requested.contains("s3cret"));
        QCOMPARE(told(run.settings), (QStringList{ u"file=load.py"_s, u"spark.db.password=•••"_s, u"spark.x=1"_s }));
        QVERIFY(run.item.configuration.effective.isEmpty());
    }
    void aSessionKeepsWhatItsServerTold()
    {
        Bench bench;
        SparkItem session = sparkItem(u"7"_s, u"idle"_s, u"etl"_s);
        session.kindText = u"pyspark"_s;
        session.driverMemory = u"4g"_s;
        session.conf = { { u"spark.auth.token"_s, u"s3cret"_s } };
        bench.state->sessions = { session };
        bench.poll();
        const RunRecord run = bench.run(ItemType::Session, u"7"_s);
        QVERIFY(run.item.configuration.requested.isEmpty());
        QVERIFY(!run.item.configuration.effective.contains("s3cret"));
        QCOMPARE(told(run.settings), (QStringList{ u"kind=pyspark"_s, u"driverMemory=4g"_s, u"spark.auth.token=•••"_s }));
    }
    void aServerThatTellsNothingLeavesNothing()
    {
        Bench bench;
        bench.state->sessions = { sparkItem(u"7"_s, u"idle"_s, u"etl"_s) };
        bench.state->onVersion = []() -> Script<ServerVersion> { return ServerVersion{ u"0.7.1"_s, 0, 7, {}, {}, {}, {}, {}, {} }; };
        bench.server.connectWith(std::make_unique<FakeSparkApi>(bench.clock, bench.state));
        bench.clock.advance(1s);
        QVERIFY(bench.run(ItemType::Session, u"7"_s).item.configuration.effective.isEmpty());
    }
    void anotherOneOfItsIdHasItsOwnRequest()
    {
        Bench bench;
        NewBatch wanted;
        wanted.file = u"first.py"_s;
        wanted.name = u"first"_s;
        bench.server.createBatch(wanted, &bench.context, {});
        bench.clock.advance(1s);
        bench.state->batches.clear(); // started anew: its ids begin again
        bench.poll();
        bench.clock.advance(1min);
        wanted.file = u"second.py"_s;
        wanted.name = u"second"_s;
        bench.server.createBatch(wanted, &bench.context, {});
        bench.clock.advance(1s);
        const RunRecord now = bench.run(ItemType::Batch, u"0"_s);
        QCOMPARE(told(now.settings), QStringList{ u"file=second.py"_s });
        const auto lives = bench.lives({ .server = {}, .item = now.item.life.facts.key });
        QCOMPARE(lives.size(), 2);
        QCOMPARE(told(bench.run(ItemType::Batch, u"0"_s, lives.at(1).number).settings), QStringList{ u"file=first.py"_s });
    }
    void tellsHowLongItTook()
    {
        Bench bench;
        bench.state->batches = { sparkItem(u"1"_s, u"starting"_s, u"load"_s) };
        bench.poll();
        bench.clock.advance(1min);
        QVERIFY(!bench.run(ItemType::Batch, u"1"_s).ended().isValid());
        bench.state->batches[0].state = ItemState::fromWire(u"dead"_s);
        bench.poll();
        bench.state->batches.clear();
        bench.poll();
        const RunRecord run = bench.run(ItemType::Batch, u"1"_s);
        QVERIFY(run.started().msecsTo(run.ended()) >= 60'000);
        QVERIFY(run.started().msecsTo(run.ended()) < 65'000);
        QCOMPARE(run.lastState().value, ItemStateValue::Dead);
    }
    void logsPartWhereMoreThanNumbersDiffers_data()
    {
        QTest::addColumn<QStringList>("left");
        QTest::addColumn<QStringList>("right");
        QTest::addColumn<qsizetype>("first");
        const QStringList three{ u"08:00:01 a"_s, u"08:00:02 task 17"_s, u"08:00:03 c"_s };
        QTest::newRow("the same") << three << three << qsizetype(-1);
        QTest::newRow("other numbers") << three << QStringList{ u"9:10:11 a"_s, u"9:10:11 task 4"_s, u"9:10:12 c"_s } << qsizetype(-1);
        QTest::newRow("another word") << three << QStringList{ u"08:00:01 a"_s, u"08:00:02 stage 17"_s } << qsizetype(1);
        QTest::newRow("shorter") << three << three.first(2) << qsizetype(2);
        QTest::newRow("nothing and nothing") << QStringList() << QStringList() << qsizetype(-1);
        QTest::newRow("nothing and something") << QStringList() << three << qsizetype(0);
    }
    void logsPartWhereMoreThanNumbersDiffers()
    {
        QFETCH(QStringList, left);
        QFETCH(QStringList, right);
        QFETCH(qsizetype, first);
        QCOMPARE(compareLogs(wholeLog(left), wholeLog(right)).first, first);
        QCOMPARE(compareLogs(wholeLog(right), wholeLog(left)).first, first);
        QCOMPARE(compareLogs(wholeLog(left), wholeLog(right)).isSame, left == right);
    }
    void whatWasNotReadIsNotCompared()
    {
        RecordedLog cut = wholeLog({ u"start"_s });
        QVERIFY(compareLogs(cut, cut).isWhole);
        cut.total = 2;
        QVERIFY(!compareLogs(cut, wholeLog({ u"start"_s })).isWhole);
        QVERIFY(!compareLogs(wholeLog({ u"start"_s }), cut).isWhole);
    }
    void aGapIsNoLine()
    {
        RecordedLog gapped = wholeLog({ u""_s });
        gapped.lines[0].isGap = true;
        QCOMPARE(compareLogs(gapped, wholeLog({ u""_s })).first, 0);
        QVERIFY(!compareLogs(gapped, wholeLog({ u""_s })).isSame);
    }
    void endsBadlyOrNot_data()
    {
        QTest::addColumn<QStringList>("states"); // "from>to/note"
        QTest::addColumn<bool>("isBad");
        QTest::newRow("nothing") << QStringList() << false;
        QTest::newRow("idle") << QStringList{ u">idle/"_s } << false;
        QTest::newRow("dead") << QStringList{ u">idle/"_s, u"idle>dead/"_s } << true;
        QTest::newRow("error") << QStringList{ u"idle>error/"_s } << true;
        QTest::newRow("success, then forgotten") << QStringList{ u"running>success/"_s, u"success>gone/"_s } << false;
        QTest::newRow("gone while idle") << QStringList{ u"busy>idle/"_s, u"idle>gone/"_s } << true;
        QTest::newRow("deleted by us") << QStringList{ u"busy>dead/"_s, u"dead>gone/deleted"_s } << false;
        QTest::newRow("stopped by us") << QStringList{ u"idle>dead/stopped-here"_s, u"dead>gone/"_s } << false;
    }
    void endsBadlyOrNot()
    {
        QFETCH(QStringList, states);
        QFETCH(bool, isBad);
        QList<RecordedState> all;
        for (const QString& text : states) {
            RecordedState state;
            state.from = ItemState::fromWire(text.section(u'>', 0, 0));
            state.to = ItemState::fromWire(text.section(u'>', 1).section(u'/', 0, 0));
            state.note = text.section(u'/', 1);
            all += state;
        }
        QCOMPARE(hasEndedBadly(all), isBad);
    }
    void aCancelledReadingAnswersNothing()
    {
        Bench bench;
        bench.state->batches = { sparkItem(u"1"_s, u"dead"_s, u"load"_s) };
        bench.poll();
        bool hasAnswered = false;
        RequestHandle reading = readRun(*bench.recorder, { { u"prod"_s, ItemType::Batch, u"1"_s } }, &bench.context,
            [&hasAnswered](const Result<RunRecord>&) { hasAnswered = true; });
        reading.cancel();
        bench.run(ItemType::Batch, u"1"_s);
        QVERIFY(!hasAnswered);
    }
};

KINDLING_TEST(TestRunRecord)
#include "tst_runrecord.moc"
