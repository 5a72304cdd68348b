// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/httpserver.h"
#include "app/storage/settings.h"
#include "tests/bench/measure.h"
#include "tests/local/scripteddriver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <future>
#include <optional>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto settling = 5s;
constexpr auto watched = 20s;
constexpr auto watchedHidden = 130s; ///< what is asked for once a minute comes twice
constexpr int patienceMs = 20'000;
constexpr int sessions = 5;

/// What all threads of a process have used and waited until now.
struct Used {
    double cpuMs = 0;
    double wakeUps = 0;
};

/// The share of a core and the wake-ups a second while nothing is done.
struct Rate {
    double cpuPercent = 0;
    double wakeUpsPerSecond = 0;
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

/// A Livy with idle sessions at an address of this machine, on a thread of this process so that its own work is not counted.
class IdleLivy final : public QThread {
public:
    ~IdleLivy() override
    {
        quit();
        wait();
    }
    /// Starts it; 0 = there is no port.
    quint16 listen()
    {
        start();
        return m_port.get_future().get();
    }

protected:
    void run() override
    {
        ScriptedServer livy;
        for (int session = 0; session < sessions; ++session) {
            livy.json("POST", "/sessions", R"({"kind":"pyspark"})");
            livy.drivers.value(session)->becomeReady();
        }
        local::HttpServer http(m_clock, {}, [&livy](const local::HttpRequest& request, const local::Responder& respond) { livy.router.handle(request, respond); });
        m_port.set_value(http.listen(0) ? http.port() : quint16(0));
        exec();
    }

private:
    SystemClock m_clock;
    std::promise<quint16> m_port;
};

/// One run of a program with settings of its own.
class Program final {
public:
    explicit Program(const QString& path)
        : m_path(path)
    {
    }
    ~Program()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(patienceMs))
            m_process.kill();
        m_process.waitForFinished(patienceMs);
    }

    void addServer(quint16 port)
    {
        ServerProfile profile;
        profile.id = u"idle"_s;
        profile.name = u"idle"_s;
        profile.url = QUrl(u"http://127.0.0.1:%1"_s.arg(port));
        Settings(m_home.filePath(u"kindling"_s)).setServers({ profile });
    }
    bool start()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& name : { u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s })
            environment.insert(name, m_home.path());
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(m_path, QStringList());
        return m_process.waitForStarted(patienceMs);
    }
    /// Only a window manager can do that.
    bool minimise()
    {
        const QString pid = QString::number(m_process.processId());
        return QProcess::execute(u"xdotool"_s, { u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--pid"_s, pid, u"--name"_s, u"Kindling"_s, u"windowminimize"_s, u"--sync"_s }) == 0;
    }
    [[nodiscard]] Rate rateOver(std::chrono::seconds time) const
    {
        QThread::sleep(settling);
        const Used before = usedBy(m_process.processId());
        QThread::sleep(time);
        const Used after = usedBy(m_process.processId());
        const double seconds = std::chrono::duration<double>(time).count();
        return { .cpuPercent = (after.cpuMs - before.cpuMs) / seconds / 10, .wakeUpsPerSecond = (after.wakeUps - before.wakeUps) / seconds };
    }

private:
    QString m_path;
    QTemporaryDir m_home;
    QProcess m_process;
};

bool measureWithoutServers()
{
    Program ours(QStringLiteral(KINDLING_BINARY));
    Program peer(QStringLiteral(KINDLING_BARE_WINDOW));
    if (!ours.start() || !peer.start())
        return false;
    const Rate rate = ours.rateOver(watched);
    const Rate peerRate = peer.rateOver(watched);
    report("idle_cpu", rate.cpuPercent, "%", peerRate.cpuPercent);
    report("idle_wakeups", rate.wakeUpsPerSecond, "1/s", peerRate.wakeUpsPerSecond);
    return true;
}

bool measureHiddenWithServer()
{
    IdleLivy livy;
    const quint16 port = livy.listen();
    Program ours(QStringLiteral(KINDLING_BINARY));
    ours.addServer(port);
    if (port == 0 || !ours.start())
        return false;
    if (!ours.minimise()) {
        std::fputs("the hidden window is not measured: xdotool or a window manager is missing\n", stderr);
        return true;
    }
    const Rate rate = ours.rateOver(watchedHidden);
    report("idle_server_cpu", rate.cpuPercent, "%");
    report("idle_server_wakeups", rate.wakeUpsPerSecond, "1/s");
    return true;
}
}

/// What the idle window without servers costs, with a bare main window as the peer, and what the hidden one with a server does.
int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    return measureWithoutServers() && measureHiddenWithServer() ? 0 : 1;
}
