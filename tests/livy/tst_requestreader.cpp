// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/requestcodec.h"
#include "app/livy/requestreader.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
NewSession fullSession()
{
    NewSession wanted;
    wanted.kind = Kind::PySpark;
    wanted.name = u"etl \"é\""_s;
    wanted.proxyUser = u"ann"_s;
    wanted.jars = { u"hdfs:///a.jar"_s, u"/b.jar"_s };
    wanted.pyFiles = { u"/c.py"_s };
    wanted.files = { u"/d.txt"_s };
    wanted.archives = { u"/e.zip"_s };
    wanted.driverMemory = u"4g"_s;
    wanted.executorMemory = u"512m"_s;
    wanted.driverCores = 2;
    wanted.executorCores = 3;
    wanted.numExecutors = 4;
    wanted.queue = u"adhoc"_s;
    wanted.conf = { { u"spark.x"_s, u"1"_s } };
    wanted.heartbeatTimeoutSeconds = 60;
    wanted.ttl = u"8h"_s;
    wanted.idleTimeout = u"30m"_s;
    return wanted;
}

NewBatch fullBatch()
{
    NewBatch wanted;
    wanted.file = u"/load.py"_s;
    wanted.className = u"org.example.Load"_s;
    wanted.args = { u"--day"_s, u"1 May"_s };
    wanted.name = u"load"_s;
    wanted.conf = { { u"spark.y"_s, u"2"_s } };
    return wanted;
}

ServerVersion newestVersion()
{
    ServerVersion version;
    version.minor = 9;
    return version;
}
}

class TestRequestReader final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatWasWritten()
    {
        const QByteArray session = encodeSession(fullSession(), newestVersion());
        const auto readSession = readSessionRequest(session);
        QVERIFY(readSession.has_value());
        QCOMPARE(encodeSession(*readSession, newestVersion()), session);
        const QByteArray batch = encodeBatch(fullBatch());
        const auto readBatch = readBatchRequest(batch);
        QVERIFY(readBatch.has_value());
        QCOMPARE(encodeBatch(*readBatch), batch);
    }
    void namesTheFieldThatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("field");
        QTest::newRow("text for a number") << "{\"driverCores\": \"2\"}"_ba << u"driverCores"_s;
        QTest::newRow("a fraction") << "{\"numExecutors\": 2.0}"_ba << u"numExecutors"_s;
        QTest::newRow("beyond 32 bits") << "{\"executorCores\": 4294967296}"_ba << u"executorCores"_s;
        QTest::newRow("text for a list") << "{\"jars\": \"/a.jar\"}"_ba << u"jars"_s;
        QTest::newRow("a number in a list") << "{\"files\": [\"/a\", 3]}"_ba << u"files[1]"_s;
        QTest::newRow("a list for settings") << "{\"conf\": []}"_ba << u"conf"_s;
        QTest::newRow("an object as a setting") << "{\"conf\": {\"a\": {}}}"_ba << u"conf.a"_s;
        QTest::newRow("null") << "{\"kind\": null}"_ba << u"kind"_s;
        QTest::newRow("null unknown") << "{\"extra\": null}"_ba << u"extra"_s;
        QTest::newRow("a kind that no server knows") << "{\"kind\": \"quantum\"}"_ba << u"kind"_s;
        QTest::newRow("no object") << "[1]"_ba << u"object"_s;
    }
    void namesTheFieldThatIsWrong()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, field);
        const auto session = readSessionRequest(json);
        QVERIFY(!session.has_value());
        QVERIFY2(session.error().detail.contains(field), qPrintable(session.error().detail));
    }
    void survivesNonsense()
    {
        for (const auto& json : { ""_ba, "{"_ba, "\xff\xfe"_ba, QByteArray(100'000, '['), "{\"kind\": }"_ba, "{\"args\": 1}"_ba }) {
            QVERIFY(!readBatchRequest(json).has_value());
            QVERIFY(json.contains("args") || !readSessionRequest(json).has_value());
        }
        QVERIFY(readSessionRequest("{\"unknown\": {\"a\": [1]}}").has_value());
    }
    void takesSettingsAsTheirWords()
    {
        const auto wanted = readSessionRequest("{\"conf\": {\"a\": 1, \"b\": true}}");
        QVERIFY(wanted.has_value());
        QCOMPARE(wanted->conf, (QMap<QString, QString>{ { u"a"_s, u"1"_s }, { u"b"_s, u"true"_s } }));
    }
    void fillsOnlyWhatIsOpen()
    {
        NewSession empty;
        QVERIFY(fillFrom(empty, fullSession()).isEmpty());
        QCOMPARE(encodeSession(empty, newestVersion()), encodeSession(fullSession(), newestVersion()));

        NewSession typed;
        typed.kind = Kind::Sql;
        typed.driverMemory = u"1g"_s;
        typed.numExecutors = 4;
        typed.jars = { u"/b.jar"_s, u"/own.jar"_s };
        typed.conf = { { u"spark.x"_s, u"9"_s }, { u"spark.own"_s, u"y"_s } };
        const QStringList kept = fillFrom(typed, fullSession());
        QCOMPARE(kept, QStringList({ u"kind"_s, u"driverMemory"_s, u"conf.spark.x"_s }));
        QCOMPARE(typed.kind, Kind::Sql);
        QCOMPARE(typed.driverMemory, u"1g"_s);
        QCOMPARE(typed.queue, u"adhoc"_s);
        QCOMPARE(typed.jars, QStringList({ u"/b.jar"_s, u"/own.jar"_s, u"hdfs:///a.jar"_s }));
        QCOMPARE(typed.conf.value(u"spark.x"_s), u"9"_s);
        QCOMPARE(typed.conf.size(), 2);
    }
    void keepsArgumentsTogether()
    {
        NewBatch typed;
        typed.args = { u"--all"_s };
        QCOMPARE(fillFrom(typed, fullBatch()), QStringList{ u"args"_s });
        QCOMPARE(typed.args, QStringList{ u"--all"_s });
        QCOMPARE(typed.file, u"/load.py"_s);
        typed.args.clear();
        QVERIFY(fillFrom(typed, fullBatch()).isEmpty());
        QCOMPARE(typed.args, fullBatch().args);
    }
    void asksForWhatASessionTells()
    {
        SparkItem session;
        session.name = u"etl"_s;
        session.kindText = u"pyspark"_s;
        session.driverMemory = u"4g"_s;
        session.numExecutors = 4;
        session.ttl = u"8h"_s;
        session.conf = { { u"spark.x"_s, u"1"_s } };
        QCOMPARE(encodeSession(requestLike(session, newestVersion()), newestVersion()),
            R"({"kind":"pyspark","driverMemory":"4g","numExecutors":4,"conf":{"spark.x":"1"},"ttl":"8h"})"_ba);
        ServerVersion older;
        older.minor = 8;
        QVERIFY(requestLike(session, older).ttl.isEmpty());
        session.kindText = u"quantum"_s;
        QCOMPARE(requestLike(session, older).kind, Kind::Shared);
    }
    void takesOutWhatIsSecret()
    {
        QMap<QString, QString> conf{ { u"spark.hadoop.fs.s3a.secret.key"_s, u"x"_s }, { u"spark.hadoop.fs.s3a.access.key"_s, u"x"_s },
            { u"spark.ssl.keyPassword"_s, u"x"_s }, { u"spark.sql.shuffle.partitions"_s, u"64"_s } };
        conf.insert(u"spark.driver.extraJavaOptions"_s, u"-Djavax.net.ssl.trustStorePassword=x"_s);
        QCOMPARE(takeSecrets(conf).size(), 4);
        QCOMPARE(conf.keys(), QStringList{ u"spark.sql.shuffle.partitions"_s });
    }
};

KINDLING_TEST(TestRequestReader)
#include "tst_requestreader.moc"
