// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Kills each process of a session with SIGKILL, while the user's Python has children of its own, one of them out of the
/// process group, and a Spark job keeps Python workers busy; and those of a batch with a daemon. The cases share the server
/// and run in order.
class TestDeaths final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<KindlingServer>();
        m_server->startOrSkip({ u"--no-token"_s, u"--sessions"_s, u"9"_s });
    }
    void cleanupTestCase()
    {
        if (!m_server)
            return;
        m_server->process.kill();
        m_server->process.waitForFinished(endPatienceMs);
    }

    void aKilledPythonTakesItsChildrenAlong()
    {
        beginSession();
        if (QTest::currentTestFailed())
            return;
        const QList<qint64> family = descendantsOf(processOf("pyinterpreter.py"));
        QVERIFY(family.contains(m_sleepers.at(0)) && family.contains(m_sleepers.at(1)));
        endsAll(processOf("pyinterpreter.py"), family);
        if (QTest::currentTestFailed())
            return;
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"error"_s, 30'000);
        QCOMPARE(m_server->run(m_session, u"sql"_s, u"select 1"_s)[u"output"][u"status"], u"ok"_s);
    }

    void aKilledJvmEndsItsSession()
    {
        QCOMPARE(m_server->ask("POST", path(u"/restart-python"_s)).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"idle"_s, 60'000);
        occupy();
        if (QTest::currentTestFailed())
            return;
        const qint64 supervisor = processOf("supervisor.py");
        endsAll(processOf("java"), descendantsOf(supervisor) + QList<qint64>{ supervisor });
        if (QTest::currentTestFailed())
            return;
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"dead"_s, 30'000);
        const auto log = [this] { return m_server->ask("GET", path(u"/log?size=-1"_s)).json[u"log"].toVariant().toStringList().join(u'\n'); };
        QTRY_VERIFY2_WITH_TIMEOUT(log().contains(u"JVM of this session ended"), qPrintable(log()), 30'000);
    }

    void twoSessionsRunSideBySide()
    {
        beginSession(); // and its Python and Spark are busy from now on
        if (QTest::currentTestFailed())
            return;
        const int other = m_server->ask("POST", u"/sessions"_s, R"({"kind":"sql"})").json[u"id"_s].toInt(-1);
        const QString otherPath = u"/sessions/%1"_s.arg(other);
        QCOMPARE(m_server->waitForState(otherPath + u"/state"_s, { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
        QCOMPARE(m_server->run(other, u"pyspark"_s, u"spark.range(1500).createOrReplaceTempView('only_here')"_s)[u"output"][u"status"], u"ok"_s);
        const QJsonValue rows = m_server->run(other, u"sql"_s, u"select id from only_here"_s)[u"output"][u"data"][u"application/json"][u"data"];
        QCOMPARE(rows.toArray().size(), 1000); // where the request names no other cap
        QCOMPARE(stateOf(), u"busy"_s);
        QVERIFY(m_server->ask("GET", otherPath).json[u"appId"] != m_server->ask("GET", path({})).json[u"appId"]);
        QCOMPARE(m_server->ask("DELETE", otherPath).status, 200);
        QCOMPARE(stateOf(), u"busy"_s);
    }

    void aKilledSupervisorEndsItsSession()
    {
        endsAll(processOf("supervisor.py"), descendantsOf(processOf("supervisor.py")));
        if (QTest::currentTestFailed())
            return;
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"dead"_s, 30'000);
    }

    void aDeletedBatchTakesItsDaemonAlong()
    {
        const int batch = beginBatch();
        const QList<qint64> processes = descendantsOf(processOf("spark-submit"));
        QVERIFY(processes.size() >= 3 && processes.contains(m_sleepers.value(0)));
        QCOMPARE(m_server->ask("DELETE", u"/batches/%1"_s.arg(batch)).status, 200);
        expectEndOf(processes);
    }

    void aKilledGuardEndsItsBatch()
    {
        const int batch = beginBatch();
        endsAll(processOf("spark-submit"), descendantsOf(processOf("spark-submit")));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->ask("GET", u"/batches/%1/state"_s.arg(batch)).json[u"state"], u"dead"_s, 30'000);
    }

    void aKilledServerEndsAll()
    {
        beginSession();
        beginBatch();
        if (QTest::currentTestFailed())
            return;
        endsAll(m_server->pid(), descendantsOf(m_server->pid()));
    }

    void aKilledWindowEndsItsLocalSpark()
    {
        const QTemporaryDir home;
        QProcess window;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
        environment.insert(u"XDG_STATE_HOME"_s, home.filePath(u"state"_s));
        window.setProcessEnvironment(environment);
        // The sample starts Local Spark as the menu does.
        window.start(QStringLiteral(KINDLING_BINARY), { u"--sample"_s, u"--screenshot"_s, home.filePath(u"sample.png"_s) });
        QVERIFY(window.waitForStarted());
        const auto hasJava = [&window] {
            const QList<qint64> children = descendantsOf(window.processId());
            return std::ranges::any_of(children, [](qint64 pid) { return commandOf(pid).contains("org.apache.spark"); });
        };
        QTRY_VERIFY2_WITH_TIMEOUT(hasJava(), window.readAllStandardError().constData(), 120'000);
        endsAll(window.processId(), descendantsOf(window.processId()));
        window.waitForFinished();
    }

private:
    /// Sends SIGKILL to one, and waits for the end of all the others.
    static void endsAll(qint64 killed, const QList<qint64>& others)
    {
        QVERIFY(killed > 1);
        QVERIFY(others.size() >= 2);
        ::kill(static_cast<pid_t>(killed), SIGKILL);
        expectEndOf(others);
    }
    void beginSession()
    {
        const auto made = m_server->ask("POST", u"/sessions"_s, R"({"kind":"pyspark"})");
        QCOMPARE(made.status, 201);
        m_session = made.json[u"id"].toInt();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"idle"_s, 180'000);
        occupy();
    }

    /// A batch whose driver sleeps, beside a daemon of its own; its id.
    int beginBatch()
    {
        QFile file(m_folder.filePath(u"job.py"_s));
        if (!file.open(QIODevice::WriteOnly))
            return -1;
        file.write("import subprocess, time\n"
                   "subprocess.run(['sh', '-c', 'setsid sleep 600 >/dev/null 2>&1 & echo daemon $!'])\ntime.sleep(600)\n");
        file.close();
        const QByteArray body = "{\"file\":\"" + file.fileName().toUtf8() + "\"}";
        const int batch = m_server->ask("POST", u"/batches"_s, body).json[u"id"].toInt(-1);
        m_sleepers.clear();
        const auto find = [this, batch] {
            const QStringList log = m_server->ask("GET", u"/batches/%1/log"_s.arg(batch)).json[u"log"].toVariant().toStringList();
            for (const QString& line : log.filter(QRegularExpression(u"^daemon \\d+$"_s)))
                m_sleepers = { line.section(u' ', 1).toLongLong() };
            return !m_sleepers.isEmpty();
        };
        if (!QTest::qWaitFor(find, std::chrono::seconds(120)))
            QTest::qFail("The batch's daemon did not start.", __FILE__, __LINE__);
        return batch;
    }

    /// Leaves two sleeping children of the user's Python and a Spark job with busy Python workers.
    void occupy()
    {
        const QJsonValue started = m_server->run(m_session, u"pyspark"_s,
            u"import subprocess, time\nprint(*[subprocess.Popen(['sleep', '600'], start_new_session=own).pid for own in (False, True)])"_s);
        m_sleepers.clear();
        for (const QString& pid : started[u"output"][u"data"][u"text/plain"].toString().split(u' '))
            m_sleepers.append(pid.toLongLong());
        QCOMPARE(m_sleepers.size(), 2);
        m_server->ask("POST", path(u"/statements"_s), R"x({"code":"sc.parallelize([1, 2], 2).map(lambda x: time.sleep(600)).count()"})x");
        QTRY_VERIFY_WITH_TIMEOUT(processOf("pyspark.daemon") > 0, 60'000);
    }

    /// The first process of the session with that word in its command line; the server may have others.
    [[nodiscard]] qint64 processOf(const QByteArray& word) const
    {
        const bool isTop = word == "supervisor.py" || word == "spark-submit";
        const qint64 top = isTop ? m_server->pid() : processOf("supervisor.py");
        for (const qint64 pid : descendantsOf(top)) {
            const QByteArray command = ' ' + commandOf(pid);
            const QByteArray end = word + ' ';
            if (command.contains(QByteArray('/' + end)) || command.contains(QByteArray(' ' + end)))
                return pid;
        }
        return -1;
    }
    static QByteArray commandOf(qint64 pid)
    {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        return file.open(QIODevice::ReadOnly) ? file.readAll().replace('\0', ' ') : QByteArray();
    }

    [[nodiscard]] QString path(const QString& end) const { return u"/sessions/%1"_s.arg(m_session) + end; }
    QString stateOf() { return m_server->ask("GET", path(u"/state"_s)).json[u"state"].toString(); }

    std::unique_ptr<KindlingServer> m_server;
    int m_session = -1;
    QList<qint64> m_sleepers;
    QTemporaryDir m_folder;
};

KINDLING_TEST(TestDeaths)
#include "tst_deaths.moc"
