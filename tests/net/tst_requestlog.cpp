// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/requestlog.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestRequestLog final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hidesSecretsInAnAddress_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        QTest::newRow("user information") << u"http://ann:pa@h:1/x"_s << u"http://h:1/x"_s;
        QTest::newRow("token") << u"http://h/x?access_token=abc&from=1"_s << u"http://h/x?access_token=***&from=1"_s;
        QTest::newRow("signature") << u"http://h/x?sig=abc"_s << u"http://h/x?sig=***"_s;
        QTest::newRow("fragment") << u"http://h/x#id_token=1"_s << u"http://h/x"_s;
        QTest::newRow("encoded stays") << u"http://h/a%2Fb?x=%26"_s << u"http://h/a%2Fb?x=%26"_s;
        QTest::newRow("harmless") << u"http://h/x?from=0&size=20"_s << u"http://h/x?from=0&size=20"_s;
    }
    void hidesSecretsInAnAddress()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, expected);
        QCOMPARE(redacted(QUrl(url)).toString(QUrl::FullyEncoded), expected);
    }
    void hidesSecretsInABody_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isHidden");
        QTest::newRow("conf password") << QByteArray("{\"conf\":{\"spark.ssl.keyPassword\":\"S3CRET\"}}") << true;
        QTest::newRow("s3a") << QByteArray("{\"conf\":{\"spark.hadoop.fs.s3a.secret.key\" : \"S3CRET\"}}") << true;
        QTest::newRow("azure") << QByteArray("{\"fs.azure.account.key.x.dfs.core.windows.net\":\"S3CRET\"}") << true;
        QTest::newRow("escaped quote") << QByteArray("{\"token\":\"a\\\"S3CRET\"}") << true;
        QTest::newRow("cut") << QByteArray("{\"token\":\"S3CRET") << true;
        QTest::newRow("cut in an escape") << QByteArray("{\"token\":\"S3CRET\\") << true;
        QTest::newRow("not secret") << QByteArray("{\"name\":\"S3CRET\"}") << false;
        QTest::newRow("code") << QByteArray("{\"code\":\"S3CRET\"}") << false;
        QTest::newRow("not json") << QByteArray("S3CRET \xff\xfe") << false;
    }
    void hidesSecretsInABody()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const bool, isHidden);
        QCOMPARE(!redactedText(body).contains("S3CRET"), isHidden);
    }
    void hidesASecretAfterAVeryLongText()
    {
        const QByteArray body = "{\"a\":\"" + QByteArray(12'000, 'x') + "\",\"password\":\"S3CRET\"}";
        QVERIFY(!redactedText(body).contains("S3CRET"));
        QVERIFY(redactedText(body).contains("xxxx"));
    }
    void numbersWhatItRecordsAndCutsBodies()
    {
        RequestLog log;
        QSignalSpy spy(&log, &RequestLog::exchangeRecorded);
        Exchange exchange;
        exchange.url = QUrl(u"http://u:S3CRET@h/"_s);
        exchange.body = QByteArray(10'000, 'x');
        log.record(exchange);
        log.record(exchange);
        QCOMPARE(log.exchanges().size(), 2);
        QCOMPARE(log.exchanges().at(1).number, 2);
        QCOMPARE(log.exchanges().at(0).body.size(), 4096);
        QVERIFY(!log.exchanges().at(0).url.toString().contains(u"S3CRET"_s));
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy.at(1).at(1).toInt(), 0);
    }
    void dropsTheOldestBeyondItsCapacity()
    {
        RequestLog log;
        for (int i = 0; i < RequestLog::capacity; ++i)
            log.record({});
        QSignalSpy spy(&log, &RequestLog::exchangeRecorded);
        log.record({});
        QCOMPARE(log.exchanges().size(), RequestLog::capacity);
        QCOMPARE(log.exchanges().first().number, 2);
        QCOMPARE(spy.at(0).at(1).toInt(), 1);
    }
    void copiesAsACommandThatAShellReadsBack()
    {
        Exchange exchange;
        exchange.method = "POST";
        exchange.url = QUrl(u"http://ann:S3CRET@h:8998/sessions?token=S3CRET"_s);
        exchange.body = "it's {}";
        const QString command = asCurl(exchange);
        QVERIFY(command.startsWith(u"curl -X POST "_s));
        QVERIFY(!command.contains(u"S3CRET"_s));
        QVERIFY(command.contains(u"--data-raw 'it'\\''s {}'"_s));
        QVERIFY(command.endsWith(u"'http://h:8998/sessions?token=***'"_s));
        exchange.method = "GET";
        exchange.body.clear();
        QVERIFY(!asCurl(exchange).contains(u"--data"_s));
    }
};

KINDLING_TEST(TestRequestLog)
#include "tst_requestlog.moc"
