// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QDirIterator>
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

/// Neither a server's token nor what a session or a batch was asked for with stands on a command line, which every user of the machine can read.
class TestCommandLines final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_seen.clear();
    }

    void neitherTokenNorSettingOfASessionIsOnOne()
    {
        KindlingServer server;
        server.startOrSkip({});
        if (QTest::currentTestResolved())
            return;
        QVERIFY(server.signIn());
        const auto made = server.ask("POST", u"/sessions"_s, QJsonDocument(QJsonObject{ { u"conf"_s, conf } }).toJson());
        QCOMPARE(made.status, 201);
        QVERIFY(looksUntil(server, u"/sessions/%1/state"_s.arg(made.json[u"id"].toInt()), { u"idle"_s, u"dead"_s }));
        const QJsonValue done = server.run(made.json[u"id"].toInt(), u"pyspark"_s, python);
        QCOMPARE(done[u"output"][u"data"][u"text/plain"].toString().trimmed(), allTrue);
        look(server.pid());
        expectNone("supervisor.py", server.token);
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

    void noTokenOfTheWindowsServerIsOnOne()
    {
        QProcess window;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& folder : { u"XDG_CONFIG_HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_RUNTIME_DIR"_s })
            environment.insert(folder, m_folder.filePath(folder));
        QVERIFY(QDir().mkdir(m_folder.filePath(u"XDG_RUNTIME_DIR"_s)));
        window.setProcessEnvironment(environment);
        window.start(QStringLiteral(KINDLING_BINARY), { u"--sample"_s, u"--screenshot"_s, m_folder.filePath(u"sample.png"_s) });
        QVERIFY(window.waitForStarted());
        const auto hasJava = [&] {
            look(window.processId());
            return isSeen("org.apache.spark");
        };
        QTRY_VERIFY2_WITH_TIMEOUT(hasJava(), window.readAllStandardError().constData(), 120s);
        QByteArray token;
        for (QDirIterator files(m_folder.path(), { u"*token*"_s }, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                token = file.readAll().trimmed();
        }
        QVERIFY(token.size() > 20);
        expectNone("serve", token);
        window.terminate();
        QVERIFY(window.waitForFinished(endPatienceMs));
    }

private:
    /// Reads all command lines until the state is one of these. False = it does not come.
    bool looksUntil(KindlingServer& server, const QString& path, const QStringList& states)
    {
        const auto hasCome = [&] {
            look(server.pid());
            return states.contains(server.ask("GET", path).json[u"state"].toString());
        };
        return QTest::qWaitFor(hasCome, 180s);
    }
    void look(qint64 top)
    {
        QList<qint64> all = descendantsOf(top);
        all += top;
        for (const qint64 pid : std::as_const(all)) {
            QFile file(u"/proc/%1/cmdline"_s.arg(pid));
            if (file.open(QIODevice::ReadOnly))
                m_seen.insert(file.readAll().replace('\0', ' '));
        }
    }
    [[nodiscard]] bool isSeen(const QByteArray& word) const
    {
        return std::ranges::any_of(m_seen, [&word](const QByteArray& line) { return line.contains(word); });
    }
    /// `known`: a word of a process that must have been seen, as must Spark's JVM. `token`: if there is one.
    void expectNone(const QByteArray& known, const QByteArray& token = "zq-value") const
    {
        QVERIFY(isSeen(known));
        QVERIFY(isSeen("org.apache.spark.deploy.SparkSubmit"));
        for (const QByteArray& line : m_seen)
            QVERIFY2(!line.contains("zq-value") && !line.contains(token), line.constData());
    }

    QTemporaryDir m_folder;
    QSet<QByteArray> m_seen;
};

KINDLING_TEST(TestCommandLines)
#include "tst_commandlines.moc"
