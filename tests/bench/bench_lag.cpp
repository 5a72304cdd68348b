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
#include <cstdio>
#include <numeric>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How another client looks at a statement.
struct Peer {
    QList<int> pauses; ///< between two looks, in milliseconds, the last for ever
    bool asksForSession = false; ///< before each statement
    bool looksAtOnce = false;    ///< else after the first pause
};
const Peer sparkmagic{ .pauses = { 200, 500, 500, 1000, 1000, 2000 }, .asksForSession = true, .looksAtOnce = true };
const Peer pylivy{ .pauses = { 100, 200, 300, 500, 1000 } };

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

    Measured like(const Peer& peer, int milliseconds)
    {
        QEventLoop loop;
        Measured measured;
        const auto post = [&] {
            m_api->statements()->run(u"0"_s, QString::number(milliseconds), Kind::PySpark, &loop, [&](const Result<Statement>& posted) {
                const int id = posted->id;
                if (peer.looksAtOnce)
                    look(peer, id, 0, loop, measured);
                else
                    QTimer::singleShot(peer.pauses.first(), &loop, [&, id] { look(peer, id, 1, loop, measured); });
            });
        };
        if (peer.asksForSession)
            m_api->sessions()->fetch(u"0"_s, &loop, [&post](const Result<SparkItem>&) { post(); });
        else
            post();
        loop.exec();
        measured.requests += peer.asksForSession ? 1 : 0;
        return measured;
    }

private:
    void look(const Peer& peer, int id, qsizetype number, QEventLoop& loop, Measured& measured)
    {
        m_api->statements()->fetch(u"0"_s, id, &loop, [this, &peer, id, number, &loop, &measured](const Result<Statement>& answer) {
            if (answer->state == StatementState::Available) {
                measured = { sinceMs(m_server.doneAt(id)), double(m_server.requestsOf(id)) };
                loop.quit();
                return;
            }
            const int pause = peer.pauses.at(std::min(number, peer.pauses.size() - 1));
            QTimer::singleShot(pause, &loop, [this, &peer, id, number, &loop, &measured] { look(peer, id, number + 1, loop, measured); });
        });
    }

    SystemClock m_clock;
    LagServer m_server;
    std::unique_ptr<SparkApi> m_api;
};

QList<double> sorted(const QList<Measured>& all, double Measured::* field)
{
    QList<double> values;
    for (const Measured& one : all)
        values.append(one.*field);
    std::ranges::sort(values);
    return values;
}

double median(const QList<double>& values)
{
    return values.at(values.size() / 2);
}

double mean(const QList<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

double p95(const QList<double>& values)
{
    return values.at((values.size() * 95 - 1) / 100);
}

void report(const QByteArray& name, const QList<Measured>& ours, const QList<Measured>& peers)
{
    const QList<double> lag = sorted(ours, &Measured::lagMs);
    const QList<double> peersLag = sorted(peers, &Measured::lagMs);
    std::printf("lag_ms_%s %.1f ms %.1f\n", name.constData(), median(lag), median(peersLag));
    std::printf("lag_mean_ms_%s %.1f ms %.1f\n", name.constData(), mean(lag), mean(peersLag));
    std::printf("lag_p95_ms_%s %.1f ms %.1f\n", name.constData(), p95(lag), p95(peersLag));
    std::printf("requests_%s %.1f requests %.1f\n", name.constData(), mean(sorted(ours, &Measured::requests)), mean(sorted(peers, &Measured::requests)));
    std::fflush(stdout);
}

void measure(Bench& bench, const QByteArray& name, const QList<int>& durations)
{
    QList<Measured> ours;
    QList<Measured> ofSparkmagic;
    QList<Measured> ofPylivy;
    for (const int milliseconds : durations) {
        ours.append(bench.ours(milliseconds));
        ofSparkmagic.append(bench.like(sparkmagic, milliseconds));
        ofPylivy.append(bench.like(pylivy, milliseconds));
    }
    report(name, ours, ofSparkmagic);
    report(name + "_pylivy", ours, ofPylivy);
}

/// `count` lengths from 0.8 to 1.25 times `milliseconds`, as the peers' table has them: round ones fall on fixed pauses.
QList<int> around(int milliseconds, int count)
{
    QList<int> lengths;
    for (int i = 0; i < count; ++i)
        lengths.append(milliseconds * (800 + 450 * (2 * i + 1) / (2 * count)) / 1000);
    return lengths;
}

}

/// Lag from a statement's end to the moment our runner says so, and requests sent; beside them the pauses of sparkmagic
/// and of pylivy.
int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    Bench bench;
    measure(bench, "0s", QList<int>(15, 0));
    measure(bench, "100ms", around(100, 15));
    measure(bench, "1s", around(1000, 9));
    measure(bench, "10s", around(10'000, 3));
    QList<int> random;
    // between 2 and 4 s, since round lengths fall on the peer's fixed pauses or just beside them
    for (int i = 0; i < 8; ++i)
        random.append(2037 + 241 * (i * 5 % 8));
    measure(bench, "random", random);
    return 0;
}
