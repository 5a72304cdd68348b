// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/backlog.h"
#include "app/storage/outputblob.h"
#include "app/storage/recordwriter.h"
#include "tests/storage/peek.h"
#include "tests/storage/recordbench.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

class TestRecordFile final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void setsADamagedFileAside();
    void setsAFileAsideThatBreaksLater();
    void saysThatItCannotWrite();
    void whatFailedStaysBeforeWhatCameAfterIt();
    void whatFailsAtTheEndIsWrittenWithTheRest();
    void waitsForAnotherInstanceWithoutBlocking();
    void twoInstancesLoseNothing();
    void twoInstancesRecordOneLogOnce();
    void twoInstancesRecordEachStateOnce();
    void aReasonIsKeptWhoeverSawTheEndFirst();
    void aClockThatIsSetBackLosesNoState();
    void goesOnWithTheFileThatAnotherInstanceBegan();
    void stitchesALogAfterARestart();
    void marksAGapAfterALongAbsence();
    void keepsWhatIsKnownOfAGap();
    void whatIsNewAmongTheRecorded_data();
    void whatIsNewAmongTheRecorded();
    void findsTheStatementsOfALifeWithoutReadingAll();
    void holdsBackNoMoreThanItsMeasure();
    void keepsALongErrorInTheOutputAlone();
    void packsOutputsAndRefusesNonsense();
};

namespace {
void fillAndEnd(RecordBench& bench)
{
    for (int i = 0; i < 3000; ++i)
        bench.seeState(RecordBench::item(QString::number(i)), {}, u"idle"_s);
    bench.lives();
    bench.recorder.reset();
}

/// It can still be opened.
bool breakAllButTheFirstPage(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.seek(4096) && file.write(QByteArray(file.size() - 4096, '\xa5')) > 0;
}

QStringList numbered(int from, int to)
{
    QStringList lines;
    for (int i = from; i < to; ++i)
        lines.append(u"line %1"_s.arg(i));
    return lines;
}
}

void TestRecordFile::setsADamagedFileAside()
{
    RecordBench bench;
    QVERIFY(QDir().mkpath(QFileInfo(bench.file()).path()));
    QFile file(bench.file());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10'000, 'x'));
    file.close();
    QSignalSpy problems(bench.recorder.get(), &Recorder::problemChanged);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.clock.advance(1s);
    QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 1, 60'000);
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Cancelled);
    QFile aside(bench.recorder->setAside());
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), QByteArray(10'000, 'x'));
    QCOMPARE(bench.words(), QStringList{ u"idle"_s });
}

void TestRecordFile::setsAFileAsideThatBreaksLater()
{
    RecordBench bench;
    fillAndEnd(bench);
    QVERIFY(breakAllButTheFirstPage(bench.file()));
    bench.start();
    bench.seeState(RecordBench::item(u"1"_s), u"idle"_s, u"busy"_s);
    QCOMPARE(bench.words(), QStringList{ u"busy"_s });
    QVERIFY(!bench.recorder->setAside().isEmpty());
}

void TestRecordFile::saysThatItCannotWrite()
{
    RecordBench bench;
    QVERIFY(QDir().mkpath(bench.file())); // a folder where the file should be
    QSignalSpy problems(bench.recorder.get(), &Recorder::problemChanged);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.clock.advance(1s);
    QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 1, 60'000);
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Io);
    QVERIFY(QDir(bench.file()).removeRecursively());
    bench.clock.advance(10s);
    QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 2, 60'000);
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Cancelled);
    QCOMPARE(bench.words(), QStringList{ u"idle"_s });
}

void TestRecordFile::whatFailedStaysBeforeWhatCameAfterIt()
{
    RecordBench bench;
    QVERIFY(QDir().mkpath(bench.file())); // a folder where the file should be
    bench.seeLines(RecordBench::item(), { u"first"_s });
    bench.clock.advance(1s); // under way
    bench.seeLines(RecordBench::item(), { u"second"_s });
    std::optional<Result<QList<RecordedLife>>> asked;
    bench.recorder->lives({}, &bench.context, [&asked](const Result<QList<RecordedLife>>& lives) { asked = lives; });
    bench.seeLines(RecordBench::item(), { u"third"_s });
    QTRY_VERIFY_WITH_TIMEOUT(asked, 60'000);
    QVERIFY(!*asked);
    QVERIFY(QDir(bench.file()).removeRecursively());
    QCOMPARE(bench.texts(), (QStringList{ u"first"_s, u"second"_s, u"third"_s }));
}

void TestRecordFile::whatFailsAtTheEndIsWrittenWithTheRest()
{
    RecordBench bench;
    bench.lives();
    // a batch with a state is refused until an act comes with it
    const QVariant made = Peek(bench.file()).run(u"CREATE TRIGGER refuse BEFORE UPDATE ON life WHEN (SELECT COUNT(*) FROM act) = 0"
                                                 " BEGIN SELECT RAISE(ABORT, 'refused'); END"_s);
    QVERIFY2(!made.isValid(), qPrintable(made.toString()));
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.clock.advance(1s); // under way
    bench.see(RecordBench::item(), OwnAct{});
    bench.restart();
    QCOMPARE(bench.words(), QStringList{ u"idle"_s });
}

void TestRecordFile::waitsForAnotherInstanceWithoutBlocking()
{
    RecordBench bench;
    bench.lives();
    Peek other(bench.file());
    QVERIFY(!other.run(u"BEGIN IMMEDIATE"_s).isValid());
    QSignalSpy recorded(bench.recorder.get(), &Recorder::recorded);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.clock.advance(1s);
    QCOMPARE(recorded.size(), 0);
    other.run(u"COMMIT"_s);
    QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 60'000);
    QCOMPARE(bench.words(), QStringList{ u"idle"_s });
}

void TestRecordFile::twoInstancesLoseNothing()
{
    RecordBench bench;
    Recorder second(bench.file(), bench.clock);
    QSignalSpy recorded(bench.recorder.get(), &Recorder::recorded);
    QSignalSpy recordedToo(&second, &Recorder::recorded);
    for (int i = 0; i < 40; ++i) {
        bench.seeLines(RecordBench::item(u"first"_s), { u"line %1"_s.arg(i) });
        second.record({ .number = 0, .when = bench.clock.now(), .item = RecordBench::item(u"second"_s),
            .what = LogSeen{ { { LogSection::Stderr, u"line %1"_s.arg(i) } } } });
        bench.clock.advance(500ms);
        QTRY_VERIFY_WITH_TIMEOUT(recorded.size() == i + 1 && recordedToo.size() == i + 1, 60'000);
    }
    const QList<RecordedLife> lives = bench.lives();
    QCOMPARE(lives.size(), 2);
    for (const RecordedLife& life : lives)
        QCOMPARE(bench.log({ .life = life.number }).total, 40);
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Cancelled);
    QCOMPARE(second.problem().kind, ErrorKind::Cancelled);
}

void TestRecordFile::twoInstancesRecordOneLogOnce()
{
    RecordBench bench;
    Recorder second(bench.file(), bench.clock);
    const auto seeToo = [&](const QStringList& texts) {
        LogSeen log;
        for (const QString& text : texts)
            log.lines.append({ LogSection::Stdout, text });
        second.record({ .number = 0, .when = bench.clock.now(), .item = RecordBench::item(), .what = log });
        QSignalSpy recorded(&second, &Recorder::recorded);
        bench.clock.advance(1s);
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 60'000);
    };
    bench.seeLines(RecordBench::item(), numbered(0, 10));
    bench.lives();
    seeToo(numbered(0, 8)); // it is behind
    seeToo(numbered(8, 15)); // it overtakes
    bench.seeLines(RecordBench::item(), numbered(10, 20));
    bench.lives();
    seeToo(numbered(15, 20));
    QCOMPARE(bench.lives().size(), 1);
    QCOMPARE(bench.texts(), numbered(0, 20));
}

void TestRecordFile::twoInstancesRecordEachStateOnce()
{
    RecordBench bench;
    Recorder second(bench.file(), bench.clock);
    const auto seeToo = [&](const QDateTime& when, const QString& from, const QString& to) {
        second.record({ .number = 0, .when = when, .item = RecordBench::item(),
            .what = StateSeen{ ItemState::fromWire(from), ItemState::fromWire(to), {} } });
    };
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.lives();
    bench.clock.advance(10s);
    bench.seeState(RecordBench::item(), u"idle"_s, u"busy"_s);
    const QDateTime between = bench.clock.now().addMSecs(500);
    bench.clock.advance(2s);
    bench.seeState(RecordBench::item(), u"busy"_s, u"idle"_s);
    bench.lives();
    seeToo(between, u"idle"_s, u"busy"_s); // it was busy with something else meanwhile
    seeToo(bench.clock.now().addMSecs(300), u"busy"_s, u"idle"_s);
    seeToo(bench.clock.now().addMSecs(3000), u"idle"_s, u"busy"_s);
    QSignalSpy recorded(&second, &Recorder::recorded);
    bench.clock.advance(4s);
    QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 60'000);
    QCOMPARE(bench.words(), (QStringList{ u"idle"_s, u"busy"_s, u"idle"_s, u"busy"_s }));
}

void TestRecordFile::aReasonIsKeptWhoeverSawTheEndFirst()
{
    RecordBench bench;
    Recorder second(bench.file(), bench.clock);
    const StateSeen deleted{ ItemState::fromWire(u"idle"_s), goneState(), u"deleted"_s };
    second.record({ .number = 0, .when = bench.clock.now(), .item = RecordBench::item(), .what = deleted });
    bench.clock.advance(400ms);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.see(RecordBench::item(), StateSeen{ ItemState::fromWire(u"idle"_s), goneState(), {} });
    QCOMPARE(bench.words().size(), 2); // the list was read before the one who deleted it had written
    QSignalSpy recorded(&second, &Recorder::recorded);
    bench.clock.advance(1s);
    QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 60'000);
    const auto states = bench.states();
    QCOMPARE(states.size(), 2);
    QCOMPARE(states.constLast().note, u"deleted"_s);
    bench.see(RecordBench::item(), StateSeen{ ItemState::fromWire(u"idle"_s), goneState(), u"replaced"_s });
    QCOMPARE(bench.states().constLast().note, u"deleted"_s);
}

void TestRecordFile::aClockThatIsSetBackLosesNoState()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.restart();
    bench.clock.jump(-1h);
    bench.seeState(RecordBench::item(), u"idle"_s, u"busy"_s);
    bench.clock.jump(-10s);
    bench.seeState(RecordBench::item(), u"busy"_s, u"dead"_s);
    QCOMPARE(bench.words().size(), 3);
}

void TestRecordFile::goesOnWithTheFileThatAnotherInstanceBegan()
{
    RecordBench bench;
    fillAndEnd(bench);
    Recorder second(bench.file(), bench.clock);
    const auto seeToo = [&](const QString& id) {
        second.record({ .number = 0, .when = bench.clock.now(), .item = RecordBench::item(id), .what = StateSeen{ {}, ItemState::fromWire(u"idle"_s), {} } });
        QSignalSpy recorded(&second, &Recorder::recorded);
        bench.clock.advance(1s);
        QTRY_VERIFY_WITH_TIMEOUT(recorded.size() == 1, 60'000);
    };
    seeToo(u"early"_s);
    QVERIFY(breakAllButTheFirstPage(bench.file()));
    bench.start();
    bench.seeState(RecordBench::item(u"first"_s), {}, u"idle"_s);
    QCOMPARE(bench.lives().size(), 1);
    QVERIFY(!bench.recorder->setAside().isEmpty());
    seeToo(u"second"_s);
    QCOMPARE(bench.lives().size(), 2);
    QVERIFY(second.setAside().isEmpty());
    const QDir folder = QFileInfo(bench.file()).dir();
    const QStringList aside = folder.entryList({ u"*damaged*"_s }).filter(QRegularExpression(u"-(wal|shm)$"_s));
    QCOMPARE(folder.entryList({ u"*damaged*"_s }).size() - aside.size(), 1);
    QVERIFY(folder.entryList({ u"*.lock"_s }).isEmpty());
}

void TestRecordFile::stitchesALogAfterARestart()
{
    RecordBench bench;
    bench.seeLines(RecordBench::item(), numbered(0, 300));
    bench.restart();
    bench.seeLines(RecordBench::item(), numbered(150, 350), true); // the server's ring, which was full
    bench.seeLines(RecordBench::item(), numbered(350, 360));
    QCOMPARE(bench.texts(), numbered(0, 360));
}

void TestRecordFile::marksAGapAfterALongAbsence()
{
    RecordBench bench;
    bench.seeLines(RecordBench::item(), numbered(0, 3));
    bench.restart();
    bench.seeLines(RecordBench::item(), numbered(500, 503));
    bench.seeLines(RecordBench::item(), numbered(900, 902), true); // lost while watching
    QCOMPARE(bench.texts(), numbered(0, 3) + QStringList{ u"<gap>"_s } + numbered(500, 503) + QStringList{ u"<gap>"_s } + numbered(900, 902));
}

void TestRecordFile::keepsWhatIsKnownOfAGap()
{
    RecordBench bench;
    const LogLine first{ LogSection::Stderr, {}, true, 200, 0ms };
    const LogLine second{ LogSection::Stderr, {}, true, 150, 95s };
    bench.see(RecordBench::item(), LogSeen{ { first, { LogSection::Stderr, u"a"_s }, second, { LogSection::Stderr, u"b"_s } } });
    bench.restart();
    QCOMPARE(bench.log().lines, (QList<LogLine>{ first, { LogSection::Stderr, u"a"_s }, second, { LogSection::Stderr, u"b"_s } }));
    // one that the recorder itself finds, at its first look
    bench.see(RecordBench::item(), LogSeen{ { { LogSection::Stderr, u"y"_s }, { LogSection::Stderr, u"z"_s } } });
    QCOMPARE(bench.log().lines.at(4), (LogLine{ LogSection::Stderr, {}, true, 2, 0ms }));
}

void TestRecordFile::whatIsNewAmongTheRecorded_data()
{
    QTest::addColumn<QStringList>("recorded");
    QTest::addColumn<QStringList>("view");
    QTest::addColumn<QString>("fresh");
    QTest::newRow("nothing recorded") << QStringList() << numbered(0, 2) << u"line 0,line 1"_s;
    QTest::newRow("the same") << numbered(0, 2) << numbered(0, 2) << u""_s;
    QTest::newRow("behind") << numbered(0, 9) << numbered(2, 5) << u""_s;
    QTest::newRow("ahead") << numbered(0, 3) << numbered(2, 5) << u"line 3,line 4"_s;
    QTest::newRow("apart") << numbered(0, 3) << numbered(4, 5) << u"none"_s;
    QTest::newRow("nothing seen") << numbered(0, 3) << QStringList() << u""_s;
}

void TestRecordFile::whatIsNewAmongTheRecorded()
{
    QFETCH(QStringList, recorded);
    QFETCH(QStringList, view);
    const std::optional<QStringList> fresh = linesAfter(recorded, view);
    QTEST(fresh ? fresh->join(u',') : u"none"_s, "fresh");
}

void TestRecordFile::findsTheStatementsOfALifeWithoutReadingAll()
{
    RecordBench bench;
    bench.lives();
    Peek peek(bench.file());
    for (const QString& text : { u"DELETE FROM statement WHERE life = 1"_s, u"SELECT number FROM statement WHERE life = 1 AND number < 9 ORDER BY number DESC"_s }) {
        QSqlQuery plan(peek.database());
        QVERIFY(plan.exec(u"EXPLAIN QUERY PLAN "_s + text) && plan.next());
        QVERIFY2(plan.value(3).toString().contains("INDEX statement_of (life=?"_L1), qPrintable(plan.value(3).toString()));
    }
}

void TestRecordFile::holdsBackNoMoreThanItsMeasure()
{
    Backlog backlog;
    Observation error{ .number = 0, .when = {}, .item = RecordBench::item(), .what = StatementSeen{} };
    Output output;
    output.status = Output::Status::Error;
    output.errorValue = QString(4 * 1024 * 1024, u'x');
    std::get<StatementSeen>(error.what).output = output;
    Observation code{ .number = 0, .when = {}, .item = RecordBench::item(), .what = StatementSeen{} };
    std::get<StatementSeen>(code.what).code = QString(4 * 1024 * 1024, u'x');
    for (int i = 0; i < 20; ++i) {
        backlog.append(error);
        backlog.append(code);
    }
    QVERIFY2(backlog.all().size() < 9, qPrintable(QString::number(backlog.all().size())));
}

void TestRecordFile::keepsALongErrorInTheOutputAlone()
{
    RecordBench bench;
    Output output;
    output.status = Output::Status::Error;
    output.errorName = u"Error"_s;
    output.errorValue = QString(1'000'000, u'x');
    bench.see(RecordBench::item(), StatementSeen{ .id = 0, .code = u"1/0"_s, .kind = Kind::PySpark, .state = RunState::Failed,
                                       .submitted = bench.clock.now(), .started = {}, .completed = {}, .problem = {}, .output = output });
    const RecordedStatement statement = bench.statements().value(0);
    QVERIFY(statement.error.startsWith(u"Error: xxx"_s) && statement.error.size() <= 10'000);
    const auto whole = bench.answer<UnpackedOutput>([&](auto callback) { bench.recorder->output(statement.number, &bench.context, callback); });
    QCOMPARE(whole.output.errorValue.size(), 1'000'000);
}

void TestRecordFile::packsOutputsAndRefusesNonsense()
{
    Output output;
    output.errorName = u"E"_s;
    output.parts = { { u"a"_s, QByteArray(100, 'a') }, { u"b"_s, QByteArray(1000, 'b') }, { u"c"_s, QByteArray(10, 'c') } };
    const auto whole = unpackOutput(packOutput(output));
    QVERIFY(whole && whole->isWhole);
    QCOMPARE(whole->output, output);
    output.rowLimit = 5000;
    QCOMPARE(unpackOutput(packOutput(output))->output, output);
    const QByteArray plain = qUncompress(packOutput(output).sliced(1));
    output.rowLimit = 0;
    QCOMPARE(unpackOutput(char(1) + qCompress(plain.chopped(4)))->output, output); // of an older version
    const auto cut = unpackOutput(packOutput(output, 200));
    QVERIFY(cut && !cut->isWhole);
    QCOMPARE(cut->output.parts.size(), 2);
    QCOMPARE(cut->output.parts.at(1).mime, u"c"_s);
    const QByteArray packed = packOutput(output);
    QVERIFY(!unpackOutput({}));
    QVERIFY(!unpackOutput("\x02" + packed.sliced(1)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^qUncompress"_s));
    QVERIFY(!unpackOutput(packed.first(packed.size() / 2)));
    QVERIFY(!unpackOutput(char(1) + qCompress(QByteArray(3, '\0'))));
}

KINDLING_TEST(TestRecordFile)
#include "tst_recordfile.moc"
