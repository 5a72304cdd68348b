// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Another client of Livy, as published, against the real server: pylivy, which knows nothing of us.
class TestPylivy final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void runsSessionsStatementsTablesAndABatch()
    {
        const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const QString cache = environment.value(u"XDG_CACHE_HOME"_s, environment.value(u"HOME"_s) + u"/.cache"_s) + u"/kindling"_s;
        const QString python = cache + u"/spark-venv/bin/python"_s;
        const QString clients = cache + u"/clients/pylivy"_s;
        if (!QFile::exists(clients + u"/.complete"_s) || !QFile::exists(python))
            QSKIP("pylivy is not here: ./dev test fetches it where the Python registry can be reached.");
        KindlingServer server;
        if (!server.start({}))
            QSKIP(qPrintable(u"No Spark on this machine: "_s + server.problem));
        const auto end = qScopeGuard([&server] {
            server.process.terminate();
            server.process.waitForFinished(20'000);
        });
        QFile tokenFile(server.tokenLine.mid(7));
        QVERIFY(tokenFile.open(QIODevice::ReadOnly));
        QTemporaryDir folder;
        QFile job(folder.filePath(u"job.py"_s));
        QVERIFY(job.open(QIODevice::WriteOnly));
        job.write("import sys\nprint('got', sys.argv[1])\n");
        job.close();

        QProcess client;
        QProcessEnvironment forClient = environment;
        forClient.insert(u"PYTHONPATH"_s, clients);
        client.setProcessEnvironment(forClient);
        client.setProcessChannelMode(QProcess::MergedChannels);
        client.start(python, { QStringLiteral(KINDLING_SOURCE_DIR) + u"/tests/live/pylivy_check.py"_s, server.url.toString(),
                                 QString::fromUtf8(tokenFile.readAll().trimmed()), job.fileName() });
        QVERIFY(client.waitForStarted());
        const bool isFinished = QTest::qWaitFor([&client] { return client.state() == QProcess::NotRunning; }, 400'000);
        const QByteArray said = client.readAll();
        QVERIFY2(isFinished && client.exitCode() == 0, said.constData());
        for (const char* part : { "server Version(0.9.0-incubating)", "python done", "sql done", "batch done", "all done" })
            QVERIFY2(said.contains(part), said.constData());
    }
};

KINDLING_TEST(TestPylivy)
#include "tst_pylivy.moc"
