// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int sampleTimeoutMs = 500'000;

QString cacheFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
}

bool hasSpark()
{
    return qEnvironmentVariableIsSet("SPARK_HOME") || QFile::exists(cacheFolder() + u"/kindling/spark-venv/bin/python"_s);
}

/// The program with a home of its own, but the machine's cache (Spark is there).
class Program final : public QProcess {
public:
    explicit Program(const QTemporaryDir& home)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
        environment.insert(u"XDG_STATE_HOME"_s, home.filePath(u"state"_s));
        environment.insert(u"XDG_CACHE_HOME"_s, cacheFolder());
        if (environment.contains(u"DISPLAY"_s))
            environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        setProcessEnvironment(environment);
        setProgram(QStringLiteral(KINDLING_BINARY));
        setProcessChannelMode(QProcess::MergedChannels);
    }
};

QByteArray allFilesUnder(const QString& folder)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

bool runTool(const QString& tool, const QStringList& arguments)
{
    QProcess process;
    process.start(tool, arguments);
    if (!process.waitForFinished(60'000))
        process.kill();
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

}

class TestProgram final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsTheSampleOnRealSpark()
    {
        if (!hasSpark())
            QSKIP("Spark is not on this machine: ./dev setup fetches it");
        const QTemporaryDir home;
        Program program(home);
        const QString picture = home.filePath(u"sample.png"_s);
        program.setArguments({ u"--sample"_s, u"--screenshot"_s, picture });
        program.start();
        const bool hasEnded = program.waitForFinished(sampleTimeoutMs);
        const QByteArray said = program.readAll();
        QVERIFY2(hasEnded, said.constData());
        QVERIFY2(program.exitCode() == 0, said.constData());
        const QImage image(picture);
        QVERIFY(image.width() >= 800);
    }

    void losesAtMostTwoSecondsOfTypingWhenKilled()
    {
        if (!qEnvironmentVariableIsSet("DISPLAY") || QStandardPaths::findExecutable(u"xdotool"_s).isEmpty())
            QSKIP("needs a display and xdotool");
        const QTemporaryDir home;
        Program program(home);
        program.start();
        QVERIFY(program.waitForStarted());
        const QString pid = QString::number(program.processId());
        QVERIFY(runTool(u"xdotool"_s, { u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--pid"_s, pid, u"--name"_s, u"Kindling"_s, u"windowactivate"_s, u"--sync"_s }));
        QVERIFY(runTool(u"xdotool"_s, { u"key"_s, u"ctrl+n"_s }));
        QVERIFY(runTool(u"sleep"_s, { u"1"_s }));
        QVERIFY(runTool(u"xdotool"_s, { u"type"_s, u"--delay"_s, u"20"_s, u"precious"_s }));
        QVERIFY(runTool(u"sleep"_s, { u"2"_s }));
        ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
        QVERIFY(program.waitForFinished());
        QVERIFY(allFilesUnder(home.filePath(u"state"_s)).contains("precious"));
    }

    void explainsItself()
    {
        QProcess program;
        program.start(QStringLiteral(KINDLING_BINARY), { u"--help"_s });
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardOutput().startsWith("Usage: kindling"));
        program.start(QStringLiteral(KINDLING_BINARY), { u"--nonsense"_s });
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 2);
    }
};

KINDLING_TEST(TestProgram)
#include "tst_program.moc"
