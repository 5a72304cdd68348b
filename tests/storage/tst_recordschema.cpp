// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recordschema.h"
#include "tests/storage/peek.h"
#include "tests/storage/recordbench.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

/// Databases of older and of newer versions.
class TestRecordSchema final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void bringsAnOlderDatabaseUpToDate();
    void findsTheActsOnAnItemOfAnOlderDatabase();
    void leavesANewerDatabaseAlone();
    void readsGapsOfAnOlderDatabase();
};

void TestRecordSchema::bringsAnOlderDatabaseUpToDate()
{
    RecordBench bench;
    QVERIFY(QDir().mkpath(QFileInfo(bench.file()).path()));
    {
        Peek old(bench.file());
        QVERIFY(migrateRecords(old.database(), 1));
        QCOMPARE(old.run(u"PRAGMA user_version"_s).toInt(), 1);
        QVERIFY(old.run(u"SELECT * FROM act"_s).toString().contains(u"no such table"_s));
        QVERIFY(!old.run(u"INSERT INTO life (server, type, id, name, state, first_seen, last_seen) VALUES ('prod', 0, '3', 'etl', 'idle', 1, 1)"_s).isValid());
        QVERIFY(!old.run(u"INSERT INTO state (life, at, before, after, note) VALUES (1, 1, '', 'idle', '')"_s).isValid());
    }
    QCOMPARE(bench.words(), QStringList{ u"idle"_s });
    bench.see(RecordBench::item(), OwnAct{});
    bench.seeState(RecordBench::item(), u"idle"_s, u"busy"_s);
    QCOMPARE(bench.lives().size(), 1);
    QCOMPARE(bench.words(), (QStringList{ u"idle"_s, u"busy"_s }));
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Cancelled);
    Peek now(bench.file());
    QCOMPARE(now.run(u"PRAGMA user_version"_s).toInt(), recordSchemaVersion());
    QCOMPARE(now.run(u"SELECT COUNT(*) FROM act"_s).toInt(), 1);
}

void TestRecordSchema::findsTheActsOnAnItemOfAnOlderDatabase()
{
    const QString question = u"EXPLAIN QUERY PLAN SELECT request FROM act WHERE server = 'prod' AND type = 0 AND id = '3' AND at >= 1"_s;
    RecordBench bench;
    QVERIFY(QDir().mkpath(QFileInfo(bench.file()).path()));
    {
        Peek old(bench.file());
        QVERIFY(migrateRecords(old.database(), 6));
        old.run(u"INSERT INTO life (server, type, id, name, state, first_seen, last_seen) VALUES ('prod', 0, '3', 'etl', 'idle', 1, 1)"_s);
        old.run(u"INSERT INTO act (at, server, type, id, name, what, detail, answer, request)"
                " VALUES (2, 'prod', 0, '3', 'etl', 'create', 'etl', '', '{\"queue\":\"a\"}')"_s);
        QVERIFY(old.planOf(question).startsWith("SCAN"_L1));
    }
    const LifeNumber life = bench.lives().value(0).number;
    const auto known = bench.answer<RecordedConfiguration>([&](auto callback) { bench.recorder->configuration(life, &bench.context, callback); });
    QCOMPARE(known.requested, "{\"queue\":\"a\"}"_ba);
    QVERIFY(Peek(bench.file()).planOf(question).contains("USING INDEX act_item"_L1));
}

void TestRecordSchema::leavesANewerDatabaseAlone()
{
    RecordBench bench;
    QVERIFY(QDir().mkpath(QFileInfo(bench.file()).path()));
    Peek(bench.file()).run(u"PRAGMA user_version = 99"_s);
    QSignalSpy problems(bench.recorder.get(), &Recorder::problemChanged);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.clock.advance(1s);
    QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 1, 60'000);
    QCOMPARE(bench.recorder->problem().kind, ErrorKind::Unavailable);
    QVERIFY(bench.recorder->setAside().isEmpty());
    QCOMPARE(Peek(bench.file()).run(u"PRAGMA user_version"_s).toInt(), 99);
}

void TestRecordSchema::readsGapsOfAnOlderDatabase()
{
    RecordBench bench;
    QVERIFY(QDir().mkpath(QFileInfo(bench.file()).path()));
    {
        Peek old(bench.file());
        QVERIFY(migrateRecords(old.database(), 2));
        old.run(u"INSERT INTO life (server, type, id, name, state, first_seen, last_seen) VALUES ('prod', 0, '3', 'etl', 'idle', 1, 1)"_s);
        old.run(u"INSERT INTO line (life, number, at, section, is_gap, text) VALUES (1, 0, 1, 0, 1, ''), (1, 1, 1, 0, 0, 'a')"_s);
    }
    QCOMPARE(bench.log().lines, (QList<LogLine>{ { LogSection::Stdout, {}, true }, { LogSection::Stdout, u"a"_s } }));
}

KINDLING_TEST(TestRecordSchema)
#include "tst_recordschema.moc"
