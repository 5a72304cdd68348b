// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/requestrecord.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestRequestRecord final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsARequestButItsSecrets()
    {
        NewBatch wanted;
        wanted.file = u"https://ann:s3cret@files.example.org/load.py"_s;
        wanted.args = { u"--day"_s, u"1 May"_s, u"--password"_s, u"s3cret"_s, u"--api-token=s3cret"_s, u"--verbose"_s };
        wanted.conf = { { u"spark.x"_s, u"1"_s }, { u"spark.db.password"_s, u"s3cret"_s }, { u"spark.url"_s, u"jdbc://ann:s3cret@db/x"_s } };
        wanted.jars = { u"https://ann:s3cret@files.example.org/a.jar"_s };
        const QByteArray kept = recordableRequest(wanted);
        QVERIFY2(!kept.contains("s3cret"), kept.constData());
        const auto again = readRememberedBatch(kept);
        QVERIFY(again.has_value());
        QCOMPARE(again->wanted.args.first(3), wanted.args.first(3));
        QCOMPARE(again->wanted.args.last(), u"--verbose"_s);
        QCOMPARE(again->wanted.args.size(), wanted.args.size());
        QCOMPARE(again->wanted.conf.keys(), QStringList{ u"spark.x"_s });
        QCOMPARE(again->lacking, (QStringList{ u"spark.db.password"_s, u"spark.url"_s, u"jars"_s, u"file"_s, u"args"_s }));
    }
    void keepsNoSecretInsideAnArgument_data()
    {
        QTest::addColumn<QStringList>("args");
        QTest::newRow("address") << QStringList{ u"jdbc:postgresql://h/db?user=u&password=s3cret"_s };
        QTest::newRow("option with an address") << QStringList{ u"--url=jdbc:x;password=s3cret"_s };
        QTest::newRow("JSON") << QStringList{ u"{\"password\":\"s3cret\"}"_s };
        QTest::newRow("option with JSON") << QStringList{ u"--conn={\"password\":\"s3cret\"}"_s };
        QTest::newRow("one that begins with a dash") << QStringList{ u"--password"_s, u"-s3cret"_s };
    }
    void keepsNoSecretInsideAnArgument()
    {
        QFETCH(QStringList, args);
        NewBatch wanted;
        wanted.file = u"a.py"_s;
        wanted.args = args;
        const QByteArray kept = recordableRequest(wanted);
        QVERIFY2(!kept.contains("s3cret"), kept.constData());
        QCOMPARE(readRememberedBatch(kept)->lacking, QStringList{ u"args"_s });
    }
    void anArgumentThatOnlyLooksNearASecretStays()
    {
        NewBatch wanted;
        wanted.file = u"a.py"_s;
        wanted.args = { u"--token"_s, u"--day"_s, u"7"_s, u"tokens.txt"_s };
        const auto again = readRememberedBatch(recordableRequest(wanted));
        QVERIFY(again.has_value());
        QCOMPARE(again->wanted.args, wanted.args);
        QVERIFY(again->lacking.isEmpty());
    }
    void keepsASessionsRequest()
    {
        NewSession wanted;
        wanted.kind = Kind::PySpark;
        wanted.name = u"etl"_s;
        wanted.idleTimeout = u"30m"_s;
        wanted.conf = { { u"spark.hadoop.fs.s3a.secret.key"_s, u"s3cret"_s }, { u"spark.y"_s, u"2"_s } };
        ServerVersion version;
        version.minor = 9;
        const QByteArray kept = recordableRequest(wanted, version);
        QVERIFY(!kept.contains("s3cret"));
        const auto again = readRememberedSession(kept);
        QVERIFY(again.has_value());
        QCOMPARE(again->wanted.kind, Kind::PySpark);
        QCOMPARE(again->wanted.idleTimeout, u"30m"_s);
        QCOMPARE(again->wanted.conf, (QMap<QString, QString>{ { u"spark.y"_s, u"2"_s } }));
        QCOMPARE(again->lacking, QStringList{ u"spark.hadoop.fs.s3a.secret.key"_s });
        QCOMPARE(recordableSessionRequest(kept, version), kept);
    }
    void whatIsNoRequestIsNotKept()
    {
        QVERIFY(recordableBatchRequest("{ \"file\": 7").isEmpty());
        QVERIFY(recordableSessionRequest("[]", {}).isEmpty());
        QVERIFY(!readRememberedBatch("not json"));
        QVERIFY(!readRememberedSession({}));
    }
    void pairsWhatTwoRequestsSet()
    {
        NewSession left;
        left.kind = Kind::PySpark;
        left.driverMemory = u"4g"_s;
        left.conf = { { u"spark.a"_s, u"1"_s }, { u"spark.b"_s, u"2"_s } };
        NewSession right = left;
        right.driverMemory = u"4096m"_s;
        right.queue = u"etl"_s;
        right.conf = { { u"spark.a"_s, u"9"_s } };
        const QList<SettingPair> pairs = pairsOf(settingsOf(left), settingsOf(right));
        QStringList told;
        for (const SettingPair& pair : pairs)
            told += u"%1:%2:%3:%4"_s.arg(pair.name, pair.left, pair.right).arg(pair.isSame());
        QCOMPARE(told, (QStringList{ u"kind:pyspark:pyspark:1"_s, u"driverMemory:4g:4096m:1"_s, u"spark.a:1:9:0"_s, u"spark.b:2::0"_s, u"queue::etl:0"_s }));
    }
    void aSettingAndAFieldOfOneNameAreTwo()
    {
        const QList<SettingPair> pairs = pairsOf({ { u"queue"_s, u"a"_s } }, { { u"queue"_s, u"b"_s, true } });
        QCOMPARE(pairs.size(), 2);
    }
    void listsHaveALineForEachValue()
    {
        NewBatch wanted;
        wanted.file = u"a.py"_s;
        wanted.args = { u"x"_s, u"y"_s };
        QCOMPARE(settingsOf(wanted), (QList<Setting>{ { u"file"_s, u"a.py"_s }, { u"args"_s, u"x\ny"_s } }));
    }
};

KINDLING_TEST(TestRequestRecord)
#include "tst_requestrecord.moc"
