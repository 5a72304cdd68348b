// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
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

/// A real jar and other files in sessions and in batches; the cases share a server and run in order.
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

    void aJarIsThereForEveryKind_data()
    {
        QTest::addColumn<QString>("way");
        for (const char* way : { "named", "uploaded", "at creation", "a package" })
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void aJarIsThereForEveryKind()
    {
        QFETCH(QString, way);
        const bool isAdded = way == u"named" || way == u"uploaded";
        QJsonObject body;
        if (way == u"at creation")
            body.insert(u"jars"_s, QJsonArray{ jar() });
        else if (way == u"a package")
            body.insert(u"conf"_s, QJsonObject{ { u"spark.jars.packages"_s, u"org.ours:ours:1.0"_s }, { u"spark.jars.ivy"_s, ivyFolder() } });
        beginSession(body);
        if (QTest::currentTestFailed())
            return;
        if (isAdded) {
            QVERIFY(run(u"spark"_s, u"ours.Greeting.of(\"x\")"_s).contains(u"not found: value ours"));
            QCOMPARE((way == u"uploaded" ? upload() : add()), 200);
        }
        QCOMPARE(run(u"spark"_s, u"ours.Greeting.of(\"you\")"_s).section(u" = "_s, -1), u"Hello, you\n"_s);
        QCOMPARE(run(u"spark"_s, u"sc.parallelize(Seq(1, 2), 2).map(n => ours.Greeting.twice(n)).collect().sum"_s).section(u" = "_s, -1), u"6\n"_s);
        QCOMPARE(run(u"pyspark"_s, u"sc._jvm.ours.Greeting.of('you')"_s), u"'Hello, you'"_s);
        const QJsonValue rows = m_server->run(m_session, u"sql"_s, u"select java_method('ours.Greeting', 'of', 'you')"_s)[u"output"];
        QCOMPARE(rows[u"data"][u"application/json"][u"data"][0][0], u"Hello, you"_s);
        // Of two loaders' classes of one name each would refuse the other's values.
        QVERIFY(run(u"spark"_s, u"ours.Greeting.getClass.getClassLoader"_s).contains(u"MutableURLClassLoader"));
    }

    void filesOfTheRequestReachDriverAndTasks_data()
    {
        QTest::addColumn<bool>("isBatch");
        QTest::newRow("session") << false;
        QTest::newRow("batch") << true;
    }
    void filesOfTheRequestReachDriverAndTasks()
    {
        QFETCH(bool, isBatch);
        const QString code = uR"(
def seen(_):
    import os, of_a_file, of_a_zip
    from pyspark import SparkFiles
    return of_a_file.X, of_a_zip.X, open(SparkFiles.get('plain.txt')).read(), os.listdir(SparkFiles.get('packed.zip'))
print(seen(0), sc.parallelize([1], 1).map(seen).collect() == [seen(0)], sc._jvm.ours.Greeting.twice(4))
)"_s;
        const QString expected = u"(1, 2, 'plain', ['inside.txt']) True 8"_s;
        QJsonObject body = files();
        if (!isBatch) {
            beginSession(body);
            QCOMPARE(run(u"pyspark"_s, code), expected);
            return;
        }
        body.insert(u"file"_s, write(u"job.py"_s, "from pyspark import SparkContext\nsc = SparkContext()\n" + code.toUtf8()));
        const QStringList log = logOfBatch(body, u"success"_s);
        QVERIFY2(log.contains(expected), qPrintable(log.join(u'\n')));
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
        const QStringList log = logOfBatch(body, state);
        for (const QString& line : lines)
            QVERIFY2(!log.filter(line).isEmpty(), qPrintable(log.join(u'\n')));
    }

private:
    void beginSession(const QJsonObject& body = {})
    {
        if (m_session >= 0)
            m_server->ask("DELETE", u"/sessions/%1"_s.arg(m_session));
        m_session = m_server->ask("POST", u"/sessions"_s, QJsonDocument(body).toJson()).json[u"id"].toInt(-1);
        QCOMPARE(m_server->waitForState(u"/sessions/%1/state"_s.arg(m_session), { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
    }
    QStringList logOfBatch(const QJsonObject& body, const QString& state)
    {
        const auto made = m_server->ask("POST", u"/batches"_s, QJsonDocument(body).toJson());
        const QString path = u"/batches/%1"_s.arg(made.json[u"id"].toInt(-1));
        if (m_server->waitForState(path, { u"success"_s, u"dead"_s, u"killed"_s }, 180) != state)
            QTest::qFail("The batch ended otherwise.", __FILE__, __LINE__);
        return m_server->ask("GET", path + u"/log?size=-1"_s).json[u"log"].toVariant().toStringList();
    }
    QString write(const QString& name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        if (!QDir().mkpath(QFileInfo(file).path()) || !file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            QTest::qFail("A file could not be written.", __FILE__, __LINE__);
        return file.fileName();
    }
    /// Of every kind that a request can name.
    QJsonObject files()
    {
        write(u"zip/of_a_zip.py"_s, "X = 2\n");
        write(u"archive/inside.txt"_s, "x");
        const QString pack = u"import shutil\nfor name, folder in ('modules', 'zip'), ('packed', 'archive'):\n"
                             "    shutil.make_archive('%1/' + name, 'zip', '%1/' + folder)"_s;
        run(u"pyspark"_s, pack.arg(m_folder.path()));
        return { { u"pyFiles"_s, QJsonArray{ write(u"of_a_file.py"_s, "X = 1\n"), m_folder.filePath(u"modules.zip"_s) } },
            { u"files"_s, QJsonArray{ write(u"plain.txt"_s, "plain") } }, { u"archives"_s, QJsonArray{ m_folder.filePath(u"packed.zip"_s) } },
            { u"jars"_s, QJsonArray{ jar() } } };
    }
    /// With a repository in it that holds the jar, so that no registry is asked.
    QString ivyFolder()
    {
        const QString module = u"ivy/local/org.ours/ours/1.0/"_s;
        write(module + u"ivys/ivy.xml"_s,
            R"(<ivy-module version="2.0"><info organisation="org.ours" module="ours" revision="1.0"/>)"
            R"(<configurations><conf name="default"/></configurations>)"
            R"(<publications><artifact name="ours" type="jar" ext="jar" conf="default"/></publications></ivy-module>)");
        const QString target = m_folder.filePath(module + u"jars/ours.jar"_s);
        if (!QDir().mkpath(QFileInfo(target).path()) || !QFile::copy(jar(), target))
            QTest::qFail("The repository could not be made.", __FILE__, __LINE__);
        return m_folder.filePath(u"ivy"_s);
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
