// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/engine/itemstore.h"
#include "app/livy/itemmemory.h"
#include "app/livy/livycodec.h"
#include "tests/bench/measure.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <vector>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int sessions = 10'000;
constexpr int runs = 9;
constexpr int changesEvery = 100;

QJsonObject session(int number, int poll)
{
    QJsonArray log;
    for (int line = 0; line < 10; ++line)
        log.append(u"26/11/22 14:02:%1 INFO TaskSetManager: Finished task %2 in stage 7.0 (TID %3) on host-%1 (%2/200)"_s.arg(line + 10).arg(number).arg(line));
    QJsonObject conf;
    for (int key = 0; key < 6; ++key)
        conf.insert(u"spark.some.setting.number%1"_s.arg(key), u"a value of some length %1"_s.arg(key));
    const QString id = QString::number(number);
    const bool isBusy = number % changesEvery == 0 && poll % 2 == 1;
    return { { u"id"_s, number }, { u"name"_s, QString(u"nightly-"_s + id) }, { u"appId"_s, QString(u"application_17_"_s + id) }, { u"owner"_s, u"ann"_s },
        { u"proxyUser"_s, QJsonValue() }, { u"state"_s, isBusy ? u"busy"_s : u"idle"_s }, { u"kind"_s, u"pyspark"_s },
        { u"appInfo"_s, QJsonObject{ { u"driverLogUrl"_s, QString(u"http://node:8042/logs/"_s + id) }, { u"sparkUiUrl"_s, QString(u"http://rm:8088/proxy/"_s + id) } } },
        { u"log"_s, log }, { u"driverMemory"_s, u"4g"_s }, { u"driverCores"_s, 2 }, { u"executorMemory"_s, u"8g"_s },
        { u"executorCores"_s, 4 }, { u"numExecutors"_s, 8 }, { u"conf"_s, conf }, { u"queue"_s, u"etl"_s } };
}

QByteArray listOf(int count, int poll)
{
    QJsonArray items;
    for (int number = 0; number < count; ++number)
        items.append(session(number, poll));
    return QJsonDocument(QJsonObject{ { u"from"_s, 0 }, { u"total"_s, count }, { u"sessions"_s, items } }).toJson(QJsonDocument::Compact);
}

}

/// A list of 10 000 sessions: read for the first time, and while a hundred of them change between two looks, with
/// QJsonDocument as the peer; and merged.
int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QByteArray json = listOf(sessions, 0);
    const double first = medianMs(runs, [&](int) { [[maybe_unused]] const auto page = decodeItemPage(json); });
    const double peer = medianMs(runs, [&](int) { [[maybe_unused]] const auto document = QJsonDocument::fromJson(json); });
    report("list_10k_first_decode", first, "ms", peer);

    std::vector<QByteArray> polls;
    for (int run = 0; run <= runs; ++run)
        polls.push_back(listOf(sessions, run));
    ItemMemory memory;
    std::vector<QList<SparkItem>> lists{ decodeItemPage(polls.front(), &memory)->items };
    const double again = medianMs(runs, [&](int run) { lists.push_back(decodeItemPage(polls[static_cast<std::size_t>(run) + 1], &memory)->items); });
    report("list_10k_decode", again, "ms", peer);

    SystemClock clock;
    ItemStore store(u"bench"_s, ItemType::Session, clock);
    store.merge(lists.front());
    const double merged = medianMs(runs, [&](int run) { store.merge(lists[static_cast<std::size_t>(run) + 1]); });
    report("list_10k_merge", merged, "ms");
    return 0;
}
