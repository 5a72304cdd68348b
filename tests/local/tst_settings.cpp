// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"

#include "app/local/requests.h"
#include "app/local/sparkbatch.h"
#include "app/local/sparkinterpreter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
/// What sessions and batches have in common, between the braces of a request.
const QByteArray fields = R"("name":"n","jars":["/a.jar","/b.jar"],"pyFiles":["/c.py","/c.zip"],"files":["/d"],"archives":["/e.zip"],
    "driverMemory":"2g","driverCores":3,"executorMemory":"4g","executorCores":5,"numExecutors":6,"queue":"q",
    "conf":{"spark.master":"yarn","spark.driver.host":"0.0.0.0","spark.executor.cores":"1","spark.x":true,"spark.k":"v w","livy.y":"1"})";

void addSizes()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* key, const QString& value) { QTest::newRow(key) << QString::fromLatin1(key) << value; };
    row("spark.driver.memory", u"2g"_s);
    row("spark.driver.cores", u"3"_s);
    row("spark.executor.memory", u"4g"_s);
    row("spark.executor.cores", u"5"_s);
    row("spark.executor.instances", u"6"_s);
    row("spark.yarn.queue", u"q"_s);
    row("spark.x", u"true"_s);
    row("spark.k", u"v w"_s);
    row("spark.driver.host", u"127.0.0.1"_s);
    row("spark.driver.bindAddress", u"127.0.0.1"_s);
    row("livy.y", {});
}
}

/// What of a request reaches Spark.
class TestSettings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySettingOfASessionReachesSpark_data()
    {
        addSizes();
        const auto row = [](const char* key, const QString& value) { QTest::newRow(key) << QString::fromLatin1(key) << value; };
        row("spark.master", u"local[2]"_s);
        row("spark.app.name", u"n"_s);
        row("spark.jars", u"/a.jar,/b.jar"_s);
        row("spark.submit.pyFiles", u"/c.py,/c.zip"_s);
        row("spark.files", u"/d"_s);
        row("spark.archives", u"/e.zip"_s);
        row("spark.repl.class.outputDir", u"/f/classes"_s);
    }
    void everySettingOfASessionReachesSpark()
    {
        QFETCH(QString, key);
        const auto request = parseSessionRequest('{' + fields + '}');
        QVERIFY(request.has_value());
        QTEST(sessionConf(3, *request, u"/f"_s).value(key), "value");
    }

    void everySettingOfABatchReachesSparkSubmit_data()
    {
        addSizes();
        QTest::newRow("spark.master") << u"spark.master"_s << QString(); // an argument
    }
    void everySettingOfABatchReachesSparkSubmit()
    {
        QFETCH(QString, key);
        const auto request = parseBatchRequest(R"({"file":"/j.py",)" + fields + '}');
        QVERIFY(request.has_value());
        const QJsonObject settings = QJsonDocument::fromJson(submitSettings(*request)).object();
        QTEST(settings.value(key).toString(), "value");
        QCOMPARE(submitArguments(7, *request), QStringList({ u"--master"_s, u"local[2]"_s, u"--name"_s, u"n"_s, u"--jars"_s, u"/a.jar,/b.jar"_s,
            u"--py-files"_s, u"/c.py,/c.zip"_s, u"--files"_s, u"/d"_s, u"--archives"_s, u"/e.zip"_s, u"/j.py"_s }));
    }

    void aLocalMasterIsTheRequestsOwn()
    {
        const QByteArray conf = R"("conf":{"spark.master":"local[4]"}})";
        QCOMPARE(sessionConf(3, *parseSessionRequest('{' + conf), u"/f"_s)[u"spark.master"_s], u"local[4]"_s);
        const auto batch = parseBatchRequest(R"({"file":"/j.jar","className":"a.B","args":["x","--y"],)" + conf);
        QCOMPARE(submitArguments(7, *batch), QStringList({ u"--master"_s, u"local[4]"_s, u"--name"_s, u"livy-batch-7"_s, u"--class"_s, u"a.B"_s,
            u"/j.jar"_s, u"x"_s, u"--y"_s }));
    }

    void whatIsNotNamedIsLeftToSpark()
    {
        QCOMPARE(parseSessionRequest("{}")->resources.sparkSettings(), (QMap<QString, QString>()));
    }
};

KINDLING_TEST(TestSettings)
#include "tst_settings.moc"
