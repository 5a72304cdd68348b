// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
/// Compiled by Spark's own Scala compiler in a session, so that the test needs no JDK.
const QString source = uR"scala(
package ours
object Greeting { def of(name: String) = "Hello, " + name; def twice(n: Int) = 2 * n }
object Job {
  def main(args: Array[String]): Unit = {
    println("args " + args.mkString(" "))
    val spark = org.apache.spark.sql.SparkSession.builder.getOrCreate()
    println("count " + spark.range(5).filter(row => Greeting.twice(row.toInt) > 2).count())
  }
}
)scala"_s;

const QString compile = uR"scala(
val settings = new scala.tools.nsc.Settings()
settings.usejavacp.value = true
settings.outputDirs.setSingleOutput("%1/classes")
val compiler = new scala.tools.nsc.Global(settings)
new compiler.Run().compileSources(List(new scala.reflect.internal.util.BatchSourceFile("ours.scala", new String(java.util.Base64.getDecoder.decode("%2")))))
compiler.reporter.hasErrors
)scala"_s;
}

/// A real jar in sessions and in batches; the cases share a server and run in order.
class TestJars final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<KindlingServer>();
        m_server->startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        beginSession();
        QVERIFY(QDir(m_folder.path()).mkpath(u"classes"_s));
        const QString compiled = run(u"spark"_s, compile.arg(m_folder.path(), QString::fromLatin1(source.toUtf8().toBase64())));
        QVERIFY2(compiled.contains(u"Boolean = false"), qPrintable(compiled));
        run(u"pyspark"_s, u"import shutil\nshutil.move(shutil.make_archive('%1/ours', 'zip', '%1/classes'), '%1/ours.jar')"_s.arg(m_folder.path()));
        QVERIFY(QFile::exists(jar()));
    }
    void cleanupTestCase() { m_server.reset(); }
    void init()
    {
        if (!m_server || m_server->process.state() != QProcess::Running)
            QSKIP("The server is not running.");
    }

    void anAddedJarIsThereForScalaAndForItsTasks_data()
    {
        QTest::addColumn<bool>("isUploaded");
        QTest::newRow("named") << false;
        QTest::newRow("uploaded") << true;
    }
    void anAddedJarIsThereForScalaAndForItsTasks()
    {
        QFETCH(bool, isUploaded);
        beginSession();
        QVERIFY(run(u"spark"_s, u"ours.Greeting.of(\"x\")"_s).contains(u"not found: value ours"));
        QCOMPARE((isUploaded ? upload() : add()), 200);
        QCOMPARE(run(u"spark"_s, u"ours.Greeting.of(\"you\")"_s).section(u" = "_s, -1), u"Hello, you\n"_s);
        QCOMPARE(run(u"spark"_s, u"sc.parallelize(Seq(1, 2), 2).map(n => ours.Greeting.twice(n)).collect().sum"_s).section(u" = "_s, -1), u"6\n"_s);
    }

    void aJarRunsAsABatch_data()
    {
        QTest::addColumn<QString>("className");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("its class") << u"ours.Job"_s << u"success"_s << QStringList{ u"args one two words"_s, u"count 3"_s };
        QTest::newRow("a class that is missing") << u"ours.None"_s << u"dead"_s << QStringList{ u"Error: Failed to load class ours.None."_s };
    }
    void aJarRunsAsABatch()
    {
        QFETCH(QString, className);
        QFETCH(QString, state);
        QFETCH(QStringList, lines);
        const QJsonObject body{ { u"file"_s, jar() }, { u"className"_s, className }, { u"args"_s, QJsonArray{ u"one"_s, u"two words"_s } } };
        const auto made = m_server->ask("POST", u"/batches"_s, QJsonDocument(body).toJson());
        QCOMPARE(made.status, 201);
        const QString path = u"/batches/%1"_s.arg(made.json[u"id"].toInt());
        QCOMPARE(m_server->waitForState(path, { u"success"_s, u"dead"_s, u"killed"_s }, 180), state);
        const QStringList log = m_server->ask("GET", path + u"/log?size=-1"_s).json[u"log"].toVariant().toStringList();
        for (const QString& line : lines)
            QVERIFY2(!log.filter(line).isEmpty(), qPrintable(log.join(u'\n')));
    }

private:
    void beginSession()
    {
        if (m_session >= 0)
            m_server->ask("DELETE", u"/sessions/%1"_s.arg(m_session));
        m_session = m_server->ask("POST", u"/sessions"_s, "{}").json[u"id"].toInt(-1);
        QCOMPARE(m_server->waitForState(u"/sessions/%1/state"_s.arg(m_session), { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
    }
    [[nodiscard]] QString jar() const { return m_folder.filePath(u"ours.jar"_s); }
    int add()
    {
        return m_server->ask("POST", u"/sessions/%1/add-jar"_s.arg(m_session), QJsonDocument(QJsonObject{ { u"uri"_s, jar() } }).toJson()).status;
    }
    int upload()
    {
        QFile file(jar());
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray body = "--x\r\nContent-Disposition: form-data; name=\"jar\"; filename=\"ours.jar\"\r\n\r\n" + file.readAll() + "\r\n--x--\r\n";
        return m_server->ask("POST", u"/sessions/%1/upload-jar"_s.arg(m_session), body, "multipart/form-data; boundary=x").status;
    }
    /// The text of what it gave, or of its error.
    QString run(const QString& kind, const QString& code)
    {
        const QJsonValue output = m_server->run(m_session, kind, code)[u"output"];
        return output[u"status"] == u"ok"_s ? output[u"data"][u"text/plain"].toString() : output[u"evalue"].toString();
    }

    std::unique_ptr<KindlingServer> m_server;
    QTemporaryDir m_folder;
    int m_session = -1;
};

KINDLING_TEST(TestJars)
#include "tst_jars.moc"
