// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/localspark.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
constexpr int processMs = 30'000; ///< ms that a busy machine may take for one
}

/// The program is a shell script that speaks as `kindling serve` does.
class TestLocalSpark final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void startsAndReadsItsToken();
    void startsWithoutAToken();
    void handsOnThePythonThatWasChosen();
    void tellsWhatIsMissing_data();
    void tellsWhatIsMissing();
    void fetchesThenStarts();
    void failedFetchDoesNotStart();
    void stoppedFetchDoesNotStart();
    void anEndNobodyAskedForIsAFailure();
    void aProgramThatIsNotThereIsAFailure();
    void doesNotBelieveAnotherAddress();
    void keepsAtMostTwoThousandLines();
    void startingTwiceRunsOne();
    void startsAgainAfterAStop();
    void endsItsChildWhenItGoes();

private:
    QString script(const QString& body);
    QTemporaryDir m_folder;
    int m_scripts = 0;
};

QString TestLocalSpark::script(const QString& body)
{
    const QString path = m_folder.filePath(u"serve%1.sh"_s.arg(++m_scripts));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(QString(u"#!/bin/sh\n"_s + body + u"\n"_s).toUtf8());
    file.close();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    return path;
}

void TestLocalSpark::startsAndReadsItsToken()
{
    QFile token(m_folder.filePath(u"token"_s));
    QVERIFY(token.open(QIODevice::WriteOnly));
    token.write("s3cret\n");
    token.close();
    LocalSpark spark(script(u"echo \"args $*\"; echo 'Listening on http://127.0.0.1:4711'; echo \"Token: %1\"; exec sleep 60"_s.arg(token.fileName())));
    QSignalSpy phases(&spark, &LocalSpark::phaseChanged);
    QCOMPARE(spark.phase(), LocalSpark::Phase::Stopped);
    spark.start();
    QCOMPARE(spark.phase(), LocalSpark::Phase::Starting);
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Running, processMs);
    QCOMPARE(phases.size(), 2);
    QCOMPARE(spark.url(), QUrl(u"http://127.0.0.1:4711"_s));
    QCOMPARE(spark.token(), u"s3cret"_s);
    QCOMPARE(spark.logLines().constFirst(), u"args serve --with-parent"_s);
    spark.stop();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Stopped, processMs);
    QVERIFY(spark.url().isEmpty());
    QVERIFY(spark.token().isEmpty());
}

void TestLocalSpark::startsWithoutAToken()
{
    LocalSpark spark(script(u"echo 'Listening on http://127.0.0.1:4711'; echo 'No token'; exec sleep 60"_s));
    spark.start();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Running, processMs);
    QVERIFY(spark.token().isEmpty());
}

void TestLocalSpark::handsOnThePythonThatWasChosen()
{
    LocalSpark spark(script(u"echo \"args $*\"; echo 'kindling: error: wrong-python: It is too old.'; exit 3"_s));
    spark.setPython(u"/my venv"_s);
    spark.start();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Failed, processMs);
    QCOMPARE(spark.logLines().constFirst(), u"args serve --with-parent --python /my venv"_s);
    QCOMPARE(spark.problem().detail, u"wrong-python"_s);
    spark.setPython({});
    spark.start();
    QTRY_COMPARE_WITH_TIMEOUT(spark.logLines().size(), 4, processMs);
    QCOMPARE(spark.logLines().at(2), u"args serve --with-parent"_s);
}

void TestLocalSpark::tellsWhatIsMissing_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("java") << u"missing-java"_s << ErrorKind::Unavailable;
    QTest::newRow("python") << u"missing-python"_s << ErrorKind::Unavailable;
    QTest::newRow("pyspark") << u"missing-pyspark"_s << ErrorKind::Unavailable;
    QTest::newRow("port") << u"port-taken"_s << ErrorKind::Io;
    QTest::newRow("disk") << u"no-space"_s << ErrorKind::Io;
}

void TestLocalSpark::tellsWhatIsMissing()
{
    QFETCH(QString, code);
    QFETCH(ErrorKind, kind);
    LocalSpark spark(script(u"echo 'kindling: error: %1: Do this: and that.' >&2; exit 3"_s.arg(code)));
    spark.start();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Failed, processMs);
    QCOMPARE(spark.problem().kind, kind);
    QCOMPARE(spark.problem().detail, code);
    QCOMPARE(spark.problem().title, u"Do this: and that."_s);
}

void TestLocalSpark::fetchesThenStarts()
{
    LocalSpark spark(script(u"if [ \"$2\" = --fetch ]; then echo 'fetch: 7% pyspark'; echo 'fetch: 100% done'; exit 0; fi\n"
                            "echo 'Listening on http://127.0.0.1:4711'; echo 'No token'; exec sleep 60"_s));
    QList<int> percents;
    connect(&spark, &LocalSpark::phaseChanged, this, [&] {
        if (spark.phase() == LocalSpark::Phase::Fetching)
            percents.append(spark.fetchPercent());
    });
    spark.fetch();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Running, processMs);
    QCOMPARE(percents, (QList{ -1, 7, 100 }));
}

void TestLocalSpark::failedFetchDoesNotStart()
{
    LocalSpark spark(script(u"echo 'fetch: 7% pyspark'; echo 'kindling: error: no-space: The disk is full.' >&2; exit 3"_s));
    spark.fetch();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Failed, processMs);
    QCOMPARE(spark.problem().detail, u"no-space"_s);
    QCOMPARE(spark.logLines().size(), 2);
}

void TestLocalSpark::stoppedFetchDoesNotStart()
{
    LocalSpark spark(script(u"echo \"$2\"; exec sleep 60"_s));
    spark.fetch();
    QTRY_COMPARE_WITH_TIMEOUT(spark.logLines().size(), 1, processMs);
    spark.stop();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Stopped, processMs);
    QCOMPARE(spark.logLines(), QStringList{ u"--fetch"_s });
}

void TestLocalSpark::anEndNobodyAskedForIsAFailure()
{
    LocalSpark spark(script(u"echo 'Listening on http://127.0.0.1:4711'; echo 'No token'; printf 'no line end'; exit 9"_s));
    spark.start();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Failed, processMs);
    QVERIFY(spark.problem().title.contains(u"9"_s));
    QVERIFY(spark.problem().detail.isEmpty());
    QVERIFY(spark.url().isEmpty());
    QCOMPARE(spark.logLines().constLast(), u"no line end"_s);
    LocalSpark killed(script(u"kill -9 $$"_s));
    killed.start();
    QTRY_COMPARE_WITH_TIMEOUT(killed.phase(), LocalSpark::Phase::Failed, processMs);
    QVERIFY(!killed.problem().title.isEmpty());
}

void TestLocalSpark::aProgramThatIsNotThereIsAFailure()
{
    LocalSpark spark(m_folder.filePath(u"nothing"_s));
    spark.start();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Failed, processMs);
    QCOMPARE(spark.problem().kind, ErrorKind::Io);
}

void TestLocalSpark::doesNotBelieveAnotherAddress()
{
    LocalSpark spark(script(u"echo 'No token'; echo 'Listening on http://evil.example:80'; echo 'No token'; echo 'Token: /etc/passwd'; echo end; exec sleep 60"_s));
    spark.start();
    QTRY_VERIFY_WITH_TIMEOUT(spark.logLines().contains(u"end"_s), processMs);
    QCOMPARE(spark.phase(), LocalSpark::Phase::Starting);
    QVERIFY(spark.url().isEmpty());
}

void TestLocalSpark::keepsAtMostTwoThousandLines()
{
    LocalSpark spark(script(u"i=0; while [ $i -lt 2500 ]; do echo line $i; i=$((i+1)); done; exit 0"_s));
    QSignalSpy lines(&spark, &LocalSpark::logAppended);
    spark.start();
    QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Failed, processMs);
    QCOMPARE(lines.size(), 2500);
    QCOMPARE(spark.logLines().size(), 2000);
    QCOMPARE(spark.logLines().constLast(), u"line 2499"_s);
}

void TestLocalSpark::startingTwiceRunsOne()
{
    LocalSpark spark(script(u"echo started; exec sleep 60"_s));
    spark.start();
    spark.start();
    spark.fetch();
    QTRY_COMPARE_WITH_TIMEOUT(spark.logLines().size(), 1, processMs);
    QCOMPARE(spark.phase(), LocalSpark::Phase::Starting);
}

void TestLocalSpark::startsAgainAfterAStop()
{
    LocalSpark spark(script(u"echo 'Listening on http://127.0.0.1:4711'; echo 'No token'; exec sleep 60"_s));
    for (int round = 0; round < 2; ++round) {
        spark.start();
        QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Running, processMs);
        spark.stop();
        QTRY_COMPARE_WITH_TIMEOUT(spark.phase(), LocalSpark::Phase::Stopped, processMs);
    }
    spark.stop();
    QCOMPARE(spark.phase(), LocalSpark::Phase::Stopped);
}

void TestLocalSpark::endsItsChildWhenItGoes()
{
    const QString mark = m_folder.filePath(u"ended"_s);
    {
        LocalSpark spark(script(u"trap 'touch %1; exit 0' TERM; echo ready; while :; do sleep 0.05; done"_s.arg(mark)));
        spark.start();
        QTRY_VERIFY_WITH_TIMEOUT(spark.logLines().contains(u"ready"_s), processMs);
    }
    QVERIFY(QFile::exists(mark));
}

KINDLING_TEST(TestLocalSpark)
#include "tst_localspark.moc"
