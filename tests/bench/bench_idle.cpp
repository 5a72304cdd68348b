// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/measure.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <optional>

using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto settling = 5s;
constexpr auto watched = 20s;
constexpr int patienceMs = 20'000;

/// What all threads of a process have used and waited until now.
struct Used {
    double cpuMs = 0;
    double wakeUps = 0;
};

Used usedBy(qint64 process)
{
    Used used;
    const QDir tasks(u"/proc/%1/task"_s.arg(process));
    const double tick = 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile status(tasks.filePath(task + u"/status"_s));
        if (status.open(QIODevice::ReadOnly)) {
            for (const QByteArray& line : status.readAll().split('\n')) {
                if (line.startsWith("voluntary_ctxt_switches:"))
                    used.wakeUps += line.mid(24).trimmed().toDouble();
            }
        }
        QFile stat(tasks.filePath(task + u"/stat"_s));
        if (stat.open(QIODevice::ReadOnly)) {
            const QByteArray all = stat.readAll();
            const QByteArrayList fields = all.mid(all.lastIndexOf(')') + 2).split(' ');
            used.cpuMs += (fields.value(11).toDouble() + fields.value(12).toDouble()) * tick;
        }
    }
    return used;
}

/// The program's share of a core and its wake-ups a second while nothing is done in it.
std::optional<Used> idleOf(const QString& program)
{
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : { u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s })
        environment.insert(name, home.filePath(name));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, QStringList());
    if (!process.waitForStarted(patienceMs))
        return std::nullopt;
    QThread::sleep(settling);
    const Used before = usedBy(process.processId());
    QThread::sleep(watched);
    const Used after = usedBy(process.processId());
    process.terminate();
    if (!process.waitForFinished(patienceMs))
        process.kill();
    const double seconds = std::chrono::duration<double>(watched).count();
    return Used{ (after.cpuMs - before.cpuMs) / seconds / 10, (after.wakeUps - before.wakeUps) / seconds };
}
}

/// What the idle window without servers costs, with a bare main window as the peer.
int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const auto ours = idleOf(QStringLiteral(KINDLING_BINARY));
    const auto peer = idleOf(QStringLiteral(KINDLING_BARE_WINDOW));
    if (!ours || !peer)
        return 1;
    report("idle_cpu", ours->cpuMs, "%", peer->cpuMs);
    report("idle_wakeups", ours->wakeUps, "1/s", peer->wakeUps);
    return 0;
}
