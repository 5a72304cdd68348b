// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/engine/statementrunner.h"
#include "app/livy/livyapi.h"
#include "app/net/httptransport.h"
#include "tests/bench/lagserver.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// sparkmagic's pauses between two looks, in milliseconds, the last for ever (performance.md 1.1): the peer of this run.
constexpr std::array peerPauses{ 200, 500, 500, 1000, 1000, 2000 };

struct Measured {
    double lagMs = 0;
    double requests = 0;
};

double sinceMs(BenchTime::time_point from)
{
    return std::chrono::duration<double, std::milli>(BenchTime::now() - from).count();
}

class Bench final : public QObject {
public:
    Bench()
        : m_api(makeLivyApi(m_server.url(), std::make_unique<HttpTransport>(u"bench"_s, nullptr, m_clock, nullptr)))
    {
    }

    Measured ours(int milliseconds)
    {
        StatementRunner runner(m_api->statements(), u"0"_s, m_clock);
        runner.setSessionState(ItemState::fromWire(u"idle"_s));
        QEventLoop loop;
        double lag = 0;
        int statement = -1;
        connect(&runner, &StatementRunner::runChanged, this, [&](RunId id) {
            const Run* run = runner.find(id);
            if (run->state != RunState::Finished)
                return;
            statement = run->statement;
            lag = sinceMs(m_server.doneAt(statement));
            loop.quit();
        });
        runner.run(QString::number(milliseconds), Kind::PySpark);
        loop.exec();
        return { lag, double(m_server.requestsOf(statement)) };
    }

    Measured peers(int milliseconds)
    {
        QEventLoop loop;
        Measured measured;
        // the peer asks for its session before each statement
        m_api->sessions()->fetch(u"0"_s, &loop, [&](const Result<SparkItem>&) {
            m_api->statements()->run(u"0"_s, QString::number(milliseconds), Kind::PySpark, &loop,
                [&](const Result<Statement>& posted) { lookLikeThePeer(posted->id, 0, loop, measured); });
        });
        loop.exec();
        measured.requests += 1;
        return measured;
    }

private:
    void lookLikeThePeer(int id, std::size_t look, QEventLoop& loop, Measured& measured)
    {
        m_api->statements()->fetch(u"0"_s, id, &loop, [this, id, look, &loop, &measured](const Result<Statement>& answer) {
            if (answer->state == StatementState::Available) {
                measured = { sinceMs(m_server.doneAt(id)), double(m_server.requestsOf(id)) };
                loop.quit();
                return;
            }
            const int pause = peerPauses.at(std::min(look, peerPauses.size() - 1));
            QTimer::singleShot(pause, &loop, [this, id, look, &loop, &measured] { lookLikeThePeer(id, look + 1, loop, measured); });
        });
    }

    SystemClock m_clock;
    LagServer m_server;
    std::unique_ptr<SparkApi> m_api;
};

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

void report(const char* name, const QList<Measured>& ours, const QList<Measured>& peers)
{
    const auto pick = [](const QList<Measured>& all, double Measured::* field) {
        QList<double> values;
        for (const Measured& one : all)
            values.append(one.*field);
        return median(values);
    };
    std::printf("lag_ms_%s %.1f ms %.1f\n", name, pick(ours, &Measured::lagMs), pick(peers, &Measured::lagMs));
    std::printf("requests_%s %.0f requests %.0f\n", name, pick(ours, &Measured::requests), pick(peers, &Measured::requests));
    std::fflush(stdout);
}

void measure(Bench& bench, const char* name, const QList<int>& durations)
{
    QList<Measured> ours;
    QList<Measured> peers;
    for (const int milliseconds : durations) {
        ours.append(bench.ours(milliseconds));
        peers.append(bench.peers(milliseconds));
    }
    report(name, ours, peers);
}

}

/// Median lag from a statement's end to the moment our runner says so, and requests sent; beside them sparkmagic's pauses.
int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    Bench bench;
    measure(bench, "0s", QList<int>(15, 0));
    measure(bench, "100ms", QList<int>(15, 100));
    measure(bench, "1s", QList<int>(5, 1000));
    QList<int> random;
    // between 2 and 4 s, since round lengths fall on the peer's fixed pauses or just beside them
    for (int i = 0; i < 8; ++i)
        random.append(2037 + 241 * (i * 5 % 8));
    measure(bench, "random", random);
    return 0;
}
