// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// Every value is one that no other word of a command line can be.
const QJsonObject conf{ { u"spark.hadoop.fs.s3a.secret.key"_s, u"zq-value-1"_s }, { u"spark.etl.url"_s, u"jdbc:x://h/d?user=u&password=zq-value-2"_s },
    { u"spark.driver.extraJavaOptions"_s, u"-Djavax.net.ssl.keyStorePassword=zq-value-3 -Detl.words='zq-value-4 too'"_s },
    { u"spark.driver.defaultJavaOptions"_s, u"-Detl.other=zq-value-5"_s }, { u"spark.app.title"_s, u" zq-value-6 = \\ ü "_s } };

const QString python = uR"(
java = spark._jvm.java.lang.System.getProperty
print(spark.conf.get("spark.hadoop.fs.s3a.secret.key") == "zq-value-1", spark.conf.get("spark.etl.url").endswith("zq-value-2"),
      java("javax.net.ssl.keyStorePassword") == "zq-value-3", java("etl.words") == "zq-value-4 too", java("etl.other") == "zq-value-5",
      spark.conf.get("spark.app.title").strip() == "zq-value-6 = \\ ü")
)"_s;
const QString allTrue = u"True True True True True True"_s;
}

/// What a session or a batch was asked for with stands on no command line, which every user of the machine can read.
class TestCommandLines final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_seen.clear();
    }

    void noSettingOfASessionIsOnOne()
    {
        KindlingServer server;
        server.startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        const auto made = server.ask("POST", u"/sessions"_s, QJsonDocument(QJsonObject{ { u"conf"_s, conf } }).toJson());
        QCOMPARE(made.status, 201);
        QVERIFY(looksUntil(server, u"/sessions/%1/state"_s.arg(made.json[u"id"].toInt()), { u"idle"_s, u"dead"_s }));
        const QJsonValue done = server.run(made.json[u"id"].toInt(), u"pyspark"_s, python);
        QCOMPARE(done[u"output"][u"data"][u"text/plain"].toString().trimmed(), allTrue);
        look(server);
        expectNone("supervisor.py");
    }

    void noSettingOfABatchIsOnOne()
    {
        KindlingServer server;
        server.startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        QFile job(m_folder.filePath(u"job.py"_s));
        QVERIFY(job.open(QIODevice::WriteOnly));
        job.write("from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n" + python.toUtf8());
        job.close();
        const QJsonObject body{ { u"file"_s, job.fileName() }, { u"conf"_s, conf } };
        const auto made = server.ask("POST", u"/batches"_s, QJsonDocument(body).toJson());
        QCOMPARE(made.status, 201);
        const QString path = u"/batches/%1"_s.arg(made.json[u"id"].toInt());
        QVERIFY(looksUntil(server, path + u"/state"_s, { u"success"_s, u"dead"_s }));
        const QStringList log = server.ask("GET", path + u"/log?size=-1"_s).json[u"log"].toVariant().toStringList();
        QVERIFY2(log.contains(allTrue), qPrintable(log.join(u'\n')));
        expectNone("batch.py");
    }

private:
    /// Reads all command lines until the state is one of these. False = it does not come.
    bool looksUntil(KindlingServer& server, const QString& path, const QStringList& states)
    {
        const auto hasCome = [&] {
            look(server);
            return states.contains(server.ask("GET", path).json[u"state"].toString());
        };
        return QTest::qWaitFor(hasCome, 180s);
    }
    void look(const KindlingServer& server)
    {
        for (const qint64 pid : descendantsOf(server.pid())) {
            QFile file(u"/proc/%1/cmdline"_s.arg(pid));
            if (file.open(QIODevice::ReadOnly))
                m_seen.insert(file.readAll().replace('\0', ' '));
        }
    }
    /// `known`: a word of a process that must have been seen, as must Spark's JVM.
    void expectNone(const QByteArray& known) const
    {
        const auto isSeen = [this](const QByteArray& word) {
            return std::ranges::any_of(m_seen, [&word](const QByteArray& line) { return line.contains(word); });
        };
        QVERIFY(isSeen(known));
        QVERIFY(isSeen("org.apache.spark.deploy.SparkSubmit"));
        for (const QByteArray& line : m_seen)
            QVERIFY2(!line.contains("zq-value"), line.constData());
    }

    QTemporaryDir m_folder;
    QSet<QByteArray> m_seen;
};

KINDLING_TEST(TestCommandLines)
#include "tst_commandlines.moc"
