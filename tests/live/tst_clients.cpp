// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
/// Long, since others may be at work on this machine.
constexpr int patienceMs = 600'000;

struct Outcome {
    bool isGood = false;
    QByteArray said;
};

Outcome run(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments, QIODevice::ReadOnly);
    const bool isFinished = process.waitForStarted()
        && QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, patienceMs);
    if (!isFinished) {
        process.kill();
        process.waitForFinished();
    }
    return { isFinished && process.exitCode() == 0, process.readAll() };
}
}

/// Other people's clients of Livy, as published, against the real server: they know nothing of us.
class TestClients final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<KindlingServer>();
        m_server->startOrSkip({});
        if (QTest::currentTestResolved())
            return;
        QVERIFY(m_server->signIn());
        m_token = QString::fromUtf8(m_server->token);
    }
    void cleanupTestCase()
    {
        m_server->process.terminate();
        m_server->process.waitForFinished(endPatienceMs);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void pylivyWorksUnchanged_data()
    {
        QTest::addColumn<QString>("step");
        for (const char* step : { "refusals", "python", "uploads", "sql", "batch" })
            QTest::newRow(step) << QString::fromLatin1(step);
    }
    void pylivyWorksUnchanged()
    {
        QFETCH(QString, step);
        const QString python = cachePath(u"spark-venv/bin/python"_s);
        const QString pylivy = cachePath(u"clients/pylivy"_s);
        if (!QFile::exists(pylivy + u"/.complete"_s) || !QFile::exists(python))
            QSKIP("pylivy is not here: ./dev test fetches it where the Python registry can be reached.");
        QTemporaryDir folder;
        QFile job(folder.filePath(u"job.py"_s));
        QVERIFY(job.open(QIODevice::WriteOnly));
        job.write("import sys\nprint('got', sys.argv[1])\n");
        job.close();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PYTHONPATH"_s, pylivy);
        const Outcome outcome = run(python,
            { QStringLiteral(KINDLING_SOURCE_DIR) + u"/tests/live/pylivy_check.py"_s, step, m_server->url.toString(), m_token, job.fileName() },
            environment);
        QVERIFY2(outcome.isGood, outcome.said.constData());
        QVERIFY2(outcome.said.contains(QByteArray(step.toUtf8() + " done")), outcome.said.constData());
    }

    void sparkmagicRunsANotebook()
    {
        if (!qEnvironmentVariableIsSet("KINDLING_PEERS"))
            QSKIP("sparkmagic is asked for by ./dev test --peers: fetching it takes minutes.");
        const QString bin = cachePath(u"clients/sparkmagic/bin/"_s);
        if (!QFile::exists(bin + u"papermill"_s))
            QSKIP("sparkmagic is not here: it could not be fetched from the Python registry.");
        QTemporaryDir folder;
        QFile settings(folder.filePath(u"config.json"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write(QJsonDocument(QJsonObject{
            { u"kernel_python_credentials"_s,
                QJsonObject{ { u"url"_s, m_server->url.toString() }, { u"auth"_s, u"Basic_Access"_s }, { u"username"_s, u"anybody"_s },
                    { u"password"_s, m_token } } },
            // Its charts are widgets, which want a browser.
            { u"use_auto_viz"_s, false }, { u"livy_session_startup_timeout_seconds"_s, patienceMs / 1000 } }).toJson());
        settings.close();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SPARKMAGIC_CONF_DIR"_s, folder.path());
        environment.insert(u"PATH"_s, bin + u':' + environment.value(u"PATH"_s));
        const QString result = folder.filePath(u"result.ipynb"_s);
        const Outcome outcome = run(bin + u"papermill"_s,
            { u"--no-progress-bar"_s, u"-k"_s, u"pysparkkernel"_s, QStringLiteral(KINDLING_SOURCE_DIR) + u"/tests/live/sparkmagic.ipynb"_s, result },
            environment);
        QVERIFY2(outcome.isGood, outcome.said.constData());
        QFile notebook(result);
        QVERIFY(notebook.open(QIODevice::ReadOnly));
        const QByteArray text = notebook.readAll();
        for (const char* part : { "\"42\"", "rows 5 sum 7.5", "ZeroDivisionError" })
            QVERIFY2(text.contains(part), text.constData());
    }

private:
    std::unique_ptr<KindlingServer> m_server;
    QString m_token;
};

KINDLING_TEST(TestClients)
#include "tst_clients.moc"
