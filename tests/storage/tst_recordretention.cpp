// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/peek.h"
#include "tests/storage/recordbench.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

class TestRecordRetention final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void givesUpWhatIsOld();
    void givesUpTheOldestWhenItIsTooLarge();
    void oneThatPrintsWithoutEndLeavesTheOthersAlone();
    void manyThatAreLargeLeaveTheOthersAlone();
    void givesUpWhatIsLargeWhereOneLifeIsLeft();
    void goesOnAfterGivingUpALifeThatLives();
    void goesOnAfterGivingUpOnlyAPart();
};

namespace {
/// Nothing that packs.
QString randomText(qsizetype bytes)
{
    static QRandomGenerator random(7);
    QByteArray raw(bytes, '\0');
    std::ranges::generate(raw, [] { return static_cast<char>(random.bounded(256)); });
    return QString::fromLatin1(raw.toBase64()).left(bytes);
}
}

void TestRecordRetention::givesUpWhatIsOld()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(u"old"_s), {}, u"idle"_s);
    bench.seeStatement(RecordBench::item(u"old"_s), 0, u"old"_s);
    bench.seeLines(RecordBench::item(u"long"_s), { u"old"_s });
    bench.seeStatement(RecordBench::item(u"long"_s), 0, u"old, too"_s);
    bench.see(RecordBench::item(u"long"_s), OwnAct{});
    bench.lives();
    bench.clock.advance(24h * 20);
    bench.seeLines(RecordBench::item(u"long"_s), { u"new"_s });
    bench.seeStatement(RecordBench::item(u"long"_s), 1, u"new"_s);
    const StatementSeen ofOthers{ .id = 2, .code = u"of others"_s, .kind = Kind::Unknown, .state = RunState::Finished, .submitted = {},
        .started = {}, .completed = {}, .problem = {}, .output = {} };
    bench.see(RecordBench::item(u"long"_s), ofOthers);
    QCOMPARE(bench.lives().size(), 2);
    bench.recorder->setPolicy({ .isOn = true, .days = 10 });
    bench.clock.advance(1min);
    const QList<RecordedLife> lives = bench.lives();
    QCOMPARE(lives.size(), 1);
    QCOMPARE(lives.at(0).facts.key.id, u"long"_s);
    QCOMPARE(bench.texts(), QStringList{ u"new"_s });
    QCOMPARE(bench.statements().size(), 2); // nobody told when that of others was sent
    Peek peek(bench.file());
    for (const QString& table : { u"state"_s, u"act"_s })
        QCOMPARE(peek.run(u"SELECT COUNT(*) FROM "_s + table).toInt(), 0);
    // the policy is applied again by itself
    bench.clock.advance(24h * 20);
    QVERIFY(bench.lives().isEmpty());
}

void TestRecordRetention::givesUpTheOldestWhenItIsTooLarge()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(u"quiet"_s), {}, u"idle"_s);
    const QStringList large(25, QString(1000, u'x'));
    for (int i = 0; i < 120; ++i) {
        bench.clock.advance(1min);
        bench.seeLines(RecordBench::item(QString::number(i)), large);
        bench.see(RecordBench::item(QString::number(i)), StateSeen{ ItemState::fromWire(u"idle"_s), goneState(), {} });
    }
    QCOMPARE(bench.lives().size(), 121);
    bench.recorder->setPolicy({ .isOn = true, .days = 10, .mebibytes = 2 });
    bench.clock.advance(1min);
    const QList<RecordedLife> lives = bench.lives();
    QVERIFY2(lives.size() >= 45 && lives.size() <= 75, qPrintable(QString::number(lives.size())));
    QCOMPARE(lives.at(0).facts.key.id, u"119"_s);
    QCOMPARE(lives.constLast().facts.key.id, u"quiet"_s); // it lives
    QCOMPARE(bench.log({ .life = lives.at(lives.size() - 2).number, .first = 0, .most = 100 }).lines.size(), 25);
    Peek peek(bench.file());
    QVERIFY(peek.run(u"PRAGMA page_count"_s).toLongLong() * peek.run(u"PRAGMA page_size"_s).toLongLong() < 3 * 1024 * 1024);
}

void TestRecordRetention::oneThatPrintsWithoutEndLeavesTheOthersAlone()
{
    RecordBench bench;
    for (int i = 0; i < 50; ++i) {
        const ItemFacts small = RecordBench::item(QString::number(i));
        bench.seeState(small, {}, u"busy"_s);
        bench.seeStatement(small, 0, u"code"_s);
        bench.seeLines(small, { u"first words"_s, u"last words"_s });
        if (i % 2 == 0)
            bench.see(small, StateSeen{ ItemState::fromWire(u"busy"_s), goneState(), {} });
    }
    bench.clock.advance(1h);
    for (int i = 0; i < 60; ++i)
        bench.seeLines(RecordBench::item(u"stream"_s), QStringList(1000, QString(100, u'x') + QString::number(i)));
    bench.seeLines(RecordBench::item(u"stream"_s), { u"newest"_s });
    QCOMPARE(bench.lives().size(), 51);
    bench.recorder->setPolicy({ .isOn = true, .days = 10, .mebibytes = 2 });
    bench.clock.advance(1min);
    const QList<RecordedLife> lives = bench.lives(); // newest first
    QCOMPARE(lives.size(), 51);
    for (const RecordedLife& small : lives.sliced(1)) {
        QCOMPARE(bench.log({ .life = small.number, .first = 0, .most = 10 }).lines.size(), 2);
        QVERIFY(!bench.states(small.number).isEmpty());
    }
    QCOMPARE(bench.statements().size(), 50);
    const RecordedLog stream = bench.log({ .life = lives.at(0).number, .first = -1, .most = 1 });
    QCOMPARE(stream.lines.at(0).text, u"newest"_s);
    QCOMPARE(stream.total, 60'001);
    Peek peek(bench.file());
    QVERIFY(peek.run(u"SELECT COUNT(*) FROM line"_s).toInt() > 2000);
    QVERIFY(peek.run(u"PRAGMA page_count"_s).toLongLong() * peek.run(u"PRAGMA page_size"_s).toLongLong() < 3 * 1024 * 1024);
}

void TestRecordRetention::manyThatAreLargeLeaveTheOthersAlone()
{
    RecordBench bench;
    for (int i = 0; i < 20; ++i) {
        bench.seeLines(RecordBench::item(QString::number(i)), { u"last words"_s });
        bench.see(RecordBench::item(QString::number(i)), StateSeen{ ItemState::fromWire(u"busy"_s), goneState(), {} });
    }
    bench.clock.advance(1h);
    for (int i = 20; i < 32; ++i) // each a sixth of what may be kept
        bench.seeLines(RecordBench::item(QString::number(i)), QStringList(1600, QString(150, u'x')));
    bench.lives();
    bench.recorder->setPolicy({ .isOn = true, .days = 10, .mebibytes = 2 });
    bench.clock.advance(1min);
    QCOMPARE(bench.lives().size(), 32);
    Peek peek(bench.file());
    for (int i = 20; i < 32; ++i) {
        const int kept = peek.run(u"SELECT COUNT(*) FROM line JOIN life ON life.number = life WHERE id = '%1'"_s.arg(i)).toInt();
        QVERIFY2(kept >= 100 && kept < 1600, qPrintable(QString::number(kept)));
    }
}

void TestRecordRetention::givesUpWhatIsLargeWhereOneLifeIsLeft()
{
    RecordBench bench;
    for (int i = 0; i < 30; ++i) {
        Output output;
        output.parts = { { u"text/plain"_s, '"' + randomText(200'000).toLatin1() + '"' } };
        StatementSeen seen{ .id = i, .code = u"code %1"_s.arg(i), .kind = Kind::PySpark, .state = RunState::Finished, .submitted = bench.clock.now(),
            .started = {}, .completed = {}, .problem = {}, .output = output };
        bench.see(RecordBench::item(), seen);
    }
    for (int i = 0; i < 40; ++i)
        bench.see(RecordBench::item(), OwnAct{ OwnAct::What::Create, QString::number(i), {}, randomText(100'000).toUtf8() });
    QCOMPARE(bench.statements().size(), 30);
    bench.recorder->setPolicy({ .isOn = true, .days = 10, .mebibytes = 6 });
    bench.clock.advance(1min);
    const auto statements = bench.statements(); // newest first
    QCOMPARE(statements.size(), 30);
    Peek peek(bench.file());
    const auto size = [&peek] { return peek.run(u"PRAGMA page_count"_s).toLongLong() * peek.run(u"PRAGMA page_size"_s).toLongLong(); };
    QVERIFY2(size() < 7 * 1024 * 1024, qPrintable(QString::number(size())));
    QVERIFY(statements.constFirst().hasOutput);
    QVERIFY(!statements.constLast().hasOutput);
    QCOMPARE(peek.run(u"SELECT COUNT(*) FROM act"_s).toInt(), 40);
    // where that is not enough, old acts go
    bench.recorder->setPolicy({ .isOn = true, .days = 10, .mebibytes = 2 });
    bench.clock.advance(1min);
    bench.lives();
    QVERIFY2(size() < 3 * 1024 * 1024, qPrintable(QString::number(size())));
    QCOMPARE(peek.run(u"SELECT MAX(detail + 0) FROM act"_s).toInt(), 39);
    QVERIFY(peek.run(u"SELECT MIN(detail + 0) FROM act"_s).toInt() > 0);
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Cancelled);
}

void TestRecordRetention::goesOnAfterGivingUpALifeThatLives()
{
    RecordBench bench;
    bench.seeLines(RecordBench::item(u"9"_s), { u"other"_s });
    bench.lives();
    bench.clock.advance(24h * 20);
    for (int i = 0; i < 4; ++i)
        bench.seeLines(RecordBench::item(), QStringList(900, QString(1000, u'x') + QString::number(i)));
    bench.lives();
    bench.seeLines(RecordBench::item(), { u"later"_s });
    bench.lives();
    bench.recorder->setPolicy({ .isOn = true, .days = 10, .mebibytes = 1 });
    bench.clock.advance(1min);
    QCOMPARE(bench.lives().size(), 1);
    const RecordedLog log = bench.log({ .life = 0, .first = 0, .most = 10'000 });
    QVERIFY(log.first > 1000);
    QCOMPARE(log.lines.constLast().text, u"later"_s);
    bench.seeLines(RecordBench::item(u"9"_s), { u"again"_s });
    bench.seeLines(RecordBench::item(), { u"last"_s });
    QCOMPARE(bench.lives().size(), 2);
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Cancelled);
}

void TestRecordRetention::goesOnAfterGivingUpOnlyAPart()
{
    RecordBench bench;
    bench.see(RecordBench::item(), OwnAct{});
    bench.lives();
    Peek(bench.file()).run(u"CREATE TRIGGER stubborn BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'no'); END"_s);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    QCOMPARE(bench.lives().size(), 1);
    bench.clock.advance(24h * 20);
    bench.recorder->setPolicy({ .isOn = true, .days = 10 });
    bench.clock.advance(10s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.recorder->problem().kind, ErrorKind::Io, 60'000);
    bench.seeState(RecordBench::item(), u"idle"_s, u"busy"_s);
    QCOMPARE(bench.lives().size(), 1); // the one before was given up already
    QCOMPARE(bench.words(bench.lives().value(0).number), QStringList{ u"busy"_s });
}

KINDLING_TEST(TestRecordRetention)
#include "tst_recordretention.moc"
