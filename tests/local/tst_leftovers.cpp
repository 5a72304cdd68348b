// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/sparkbatch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace kindling;
using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
constexpr int patienceMs = 60'000;

/// In the place of spark-submit: leaves sleepers whose parents are gone, one as it is, one in a group and one in a session
/// of its own, prints their ids, and does what its first argument says.
constexpr char submitScript[] = R"py(#!/usr/bin/env python3
import os, subprocess, sys, time
def hide(leave):
    reader, writer = os.pipe()
    if os.fork() == 0:
        leave()
        os.write(writer, str(subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL).pid).encode())
        os._exit(0)
    os.wait()
    return os.read(reader, 99).decode()
print("sleepers", *[hide(leave) for leave in (int, os.setpgrp, os.setsid)], flush=True)
if sys.argv[-1] != "ends":
    time.sleep(600)
)py";

bool isRunning(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray stat = file.readAll();
    return !stat.mid(stat.lastIndexOf(')') + 2).startsWith('Z');
}

/// The child of this process that runs that batch's guard.
qint64 guardOf(const QString& mark)
{
    const QStringList pids = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString& pid : pids) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray command = file.readAll();
        if (command.contains("batch.py") && command.contains(mark.toUtf8()))
            return pid.toLongLong();
    }
    return -1;
}
}

/// What a batch leaves behind that nobody would find by its group, its session or its parents.
class TestLeftovers final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        if (QStandardPaths::findExecutable(u"python3"_s).isEmpty())
            QSKIP("The guard of batches needs Python 3.");
        adoptOrphans();
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(m_folder->filePath(u"bin"_s)));
        for (const QString& name : { u"batch.py"_s, u"guard.py"_s, u"processes.py"_s, u"submitfiles.py"_s })
            QVERIFY(QFile::copy(QStringLiteral(KINDLING_SOURCE_DIR "/resources/local/") + name, m_folder->filePath(name)));
        QFile file(m_folder->filePath(u"bin/spark-submit"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(submitScript);
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
    }

    void nothingIsLeftOfABatch_data()
    {
        QTest::addColumn<QString>("end");
        for (const char* end : { "ends", "is killed", "loses its guard", "is forgotten" })
            QTest::newRow(end) << QString::fromLatin1(end);
    }
    void nothingIsLeftOfABatch()
    {
        QFETCH(QString, end);
        const auto batch = start(u"batch"_s, end);
        const QList<qint64> sleepers = sleepersOf(*batch);
        QCOMPARE(sleepers.size(), 3);
        if (end != u"ends")
            QVERIFY(std::ranges::all_of(sleepers, isRunning));
        if (end == u"is killed")
            batch->process->kill();
        else if (end == u"loses its guard")
            QCOMPARE(::kill(static_cast<pid_t>(guardOf(m_folder->path())), SIGKILL), 0);
        else if (end == u"is forgotten")
            batch->process.reset();
        if (end != u"is forgotten")
            QTRY_COMPARE_WITH_TIMEOUT(batch->ended->count(), 1, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(sleepers, isRunning), patienceMs);
    }

    void theEndOfOneBatchLeavesAnotherAlone()
    {
        const auto staying = start(u"staying"_s, u"stays"_s);
        const QList<qint64> sleepers = sleepersOf(*staying);
        QCOMPARE(sleepers.size(), 3);
        const auto ending = start(u"ending"_s, u"ends"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ending->ended->count(), 1, patienceMs);
        QVERIFY(std::ranges::all_of(sleepers, isRunning));
        QCOMPARE(staying->ended->count(), 0);
    }

private:
    struct Running {
        std::unique_ptr<SparkBatch> process;
        std::unique_ptr<QSignalSpy> ended;
        QStringList log;
    };

    std::unique_ptr<Running> start(const QString& name, const QString& end)
    {
        const QString script = m_folder->filePath(u"batch.py"_s);
        const SparkLocation location{ u"python3"_s, m_folder->path(), u"4"_s, QProcessEnvironment::systemEnvironment() };
        auto made = std::make_unique<Running>();
        BatchRequest request{ .resources = {}, .file = u"/job.py"_s, .className = {}, .args = { end } };
        request.resources.name = name;
        made->process = std::make_unique<SparkBatch>(0, request, location, script, m_clock);
        made->ended = std::make_unique<QSignalSpy>(made->process.get(), &BatchProcess::ended);
        connect(made->process.get(), &BatchProcess::logged, this, [log = &made->log](const QString& line) { log->append(line); });
        m_clock.advance(std::chrono::milliseconds(1));
        return made;
    }

    static QList<qint64> sleepersOf(const Running& batch)
    {
        const auto said = [&batch] { return batch.log.filter(u"sleepers "_s).value(0); };
        QList<qint64> pids;
        if (QTest::qWaitFor([&said] { return !said().isEmpty(); }, patienceMs)) {
            for (const QString& pid : said().split(u' ').mid(1))
                pids.append(pid.toLongLong());
        }
        return pids;
    }

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

KINDLING_TEST(TestLeftovers)
#include "tst_leftovers.moc"
