// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Kills each process of a session with SIGKILL, while the user's Python has children of its own, one of them out of the
/// process group, and a Spark job keeps Python workers busy. The cases share the server and run in order.
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
        const QString log = m_server->ask("GET", path(u"/log?size=-1"_s)).json[u"log"].toVariant().toStringList().join(u'\n');
        QVERIFY2(log.contains(u"JVM of this session ended"), qPrintable(log));
    }

    void aKilledSupervisorEndsItsSession()
    {
        beginSession();
        if (QTest::currentTestFailed())
            return;
        endsAll(processOf("supervisor.py"), descendantsOf(processOf("supervisor.py")));
        if (QTest::currentTestFailed())
            return;
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"dead"_s, 30'000);
    }

    void aKilledServerEndsAll()
    {
        beginSession();
        if (QTest::currentTestFailed())
            return;
        endsAll(m_server->pid(), descendantsOf(m_server->pid()));
    }

private:
    /// Sends SIGKILL to one, and waits for the end of all the others.
    static void endsAll(qint64 killed, const QList<qint64>& others)
    {
        QVERIFY(killed > 1);
        QVERIFY(others.size() >= 2);
        ::kill(static_cast<pid_t>(killed), SIGKILL);
        for (const qint64 other : others)
            QTRY_VERIFY2_WITH_TIMEOUT(!isRunning(other), commandOf(other).constData(), endPatienceMs);
    }

    void beginSession()
    {
        const auto made = m_server->ask("POST", u"/sessions"_s, R"({"kind":"pyspark"})");
        QCOMPARE(made.status, 201);
        m_session = made.json[u"id"].toInt();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(), u"idle"_s, 180'000);
        occupy();
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
        const qint64 top = word == "supervisor.py" ? m_server->pid() : processOf("supervisor.py");
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
};

KINDLING_TEST(TestDeaths)
#include "tst_deaths.moc"
