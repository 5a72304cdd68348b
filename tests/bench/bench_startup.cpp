// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int rounds = 7;
constexpr int patienceMs = 20000;
constexpr auto settling = 3s;

/// Runs one of the two programs with settings of its own, so that nothing of the user's is read or written.
class Subject {
public:
    explicit Subject(QString program)
        : m_program(std::move(program))
    {
    }

    /// Milliseconds from the start to the line that the first paint prints; negative on failure.
    [[nodiscard]] double firstPaintMs() const
    {
        QProcess process;
        prepare(process, true);
        QElapsedTimer timer;
        timer.start();
        process.start(m_program, QStringList());
        double painted = -1;
        while (painted < 0 && process.waitForReadyRead(patienceMs)) {
            const auto elapsed = timer.nsecsElapsed();
            while (process.canReadLine()) {
                if (process.readLine().startsWith("first-paint"))
                    painted = double(elapsed) / 1e6;
            }
        }
        end(process);
        return painted;
    }

    /// Proportional set size of the idle program in MB; negative on failure.
    [[nodiscard]] double idlePssMb() const
    {
        QProcess process;
        prepare(process, false);
        process.start(m_program, QStringList());
        if (!process.waitForStarted(patienceMs))
            return -1;
        QThread::sleep(settling);
        double pss = -1;
        QFile rollup(u"/proc/%1/smaps_rollup"_s.arg(process.processId()));
        if (rollup.open(QIODevice::ReadOnly)) {
            for (const QByteArray& line : rollup.readAll().split('\n')) {
                if (line.startsWith("Pss:"))
                    pss = line.simplified().split(' ').value(1).toDouble() / 1024;
            }
        }
        end(process);
        return pss;
    }

private:
    static void end(QProcess& process)
    {
        process.terminate();
        if (process.waitForFinished(patienceMs))
            return;
        process.kill();
        process.waitForFinished();
    }

    void prepare(QProcess& process, bool endsAfterPaint) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& name : { u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s })
            environment.insert(name, m_home.filePath(name));
        if (endsAfterPaint)
            environment.insert(u"KINDLING_FIRST_PAINT"_s, u"1"_s);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    }

    QString m_program;
    QTemporaryDir m_home;
};

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

bool report(const char* name, const char* unit, double ours, double peers)
{
    if (ours < 0 || peers < 0) {
        std::fprintf(stderr, "%s could not be measured\n", name);
        return false;
    }
    std::printf("%s %.1f %s %.1f\n", name, ours, unit, peers);
    std::fflush(stdout);
    return true;
}

} // namespace

/// Start-up and idle memory of Kindling beside those of a bare main window, taken in turns.
int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const Subject ours(QStringLiteral(KINDLING_BINARY));
    const Subject peers(QStringLiteral(KINDLING_BARE_WINDOW));
    QList<double> ourStarts;
    QList<double> peerStarts;
    for (int i = 0; i < rounds; ++i) {
        ourStarts << ours.firstPaintMs();
        peerStarts << peers.firstPaintMs();
    }
    const bool isTimed = report("first_window", "ms", median(ourStarts), median(peerStarts));
    const bool isWeighed = report("idle_pss", "MB", ours.idlePssMb(), peers.idlePssMb());
    return isTimed && isWeighed ? 0 : 1;
}
