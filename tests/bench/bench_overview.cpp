// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "tests/bench/measure.h"
#include "tests/bench/shown.h"
#include "ui/overview/overviewpane.h"

#include <QApplication>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int sessions = 10'000;
constexpr int batches = 100'000;
constexpr int peerColumns = 13;
constexpr int frames = 300;
constexpr int runs = 7;
constexpr int changesEvery = 100;

QList<SparkItem> itemsOf(int count, int poll)
{
    QList<SparkItem> items;
    for (int number = 0; number < count; ++number) {
        SparkItem item;
        item.id = QString::number(number);
        item.name = u"nightly-%1"_s.arg(number);
        item.appId = u"application_17_%1"_s.arg(number);
        item.owner = number % 3 == 0 ? u"ann"_s : u"ops"_s;
        item.state = ItemState::fromWire(number % changesEvery == 0 && poll % 2 == 1 ? u"busy"_s : u"idle"_s);
        item.kindText = u"pyspark"_s;
        item.driverMemory = u"4g"_s;
        item.queue = u"etl"_s;
        items.append(item);
    }
    return items;
}

double frameMs(QTableView& table)
{
    QRandomGenerator random(6);
    QScrollBar* bar = table.verticalScrollBar();
    return slowMs(frames, [&](int) {
        bar->setValue(random.bounded(bar->maximum()));
        table.viewport()->repaint();
    });
}

struct Peer {
    double filter = 0;
    double frame = 0;
};

Peer measurePeer()
{
    QStandardItemModel model(sessions + batches, peerColumns);
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < peerColumns; ++column)
            model.setItem(row, column, new QStandardItem(column == 4 ? u"nightly-%1"_s.arg(row) : u"application_17_%1"_s.arg(row)));
    }
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.sort(4);
    QTableView table;
    table.setModel(&proxy);
    table.resize(1400, 900);
    showOnScreen(table);
    Peer peer;
    peer.frame = frameMs(table);
    peer.filter = msOf([&] {
        proxy.setFilterFixedString(u"nightly-77"_s);
        table.viewport()->repaint();
    });
    return peer;
}
}

/// The overview with 10 000 sessions and 100 000 batches, with a QStandardItemModel under a QSortFilterProxyModel as
/// the peer.
int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    SystemClock clock;
    Workspace workspace([](const ServerProfile&) { return std::unique_ptr<SparkApi>(); }, clock);
    ServerProfile profile;
    profile.id = u"bench"_s;
    profile.name = u"prod"_s;
    workspace.setProfiles({ profile });
    Server* server = workspace.server(profile.id);
    OverviewPane pane(&workspace);
    pane.resize(1400, 900);
    showOnScreen(pane);
    auto* table = pane.findChild<QTableView*>(u"overviewTable"_s);
    auto* filter = pane.findChild<QLineEdit*>(u"overviewFilter"_s);
    std::vector<QList<SparkItem>> polls;
    for (int run = 0; run <= runs; ++run)
        polls.push_back(itemsOf(sessions, run));
    const QList<SparkItem> manyBatches = itemsOf(batches, 0);
    const double first = msOf([&] {
        server->sessions().merge(polls.front());
        server->batches().merge(manyBatches);
        table->viewport()->repaint();
    });
    const double merge = medianMs(runs, [&](int run) { server->sessions().merge(polls[static_cast<std::size_t>(run) + 1]); });
    const double frame = frameMs(*table);
    const double filtered = msOf([&] {
        filter->setText(u"nightly-77"_s);
        table->viewport()->repaint();
    });
    const Peer peer = measurePeer();
    report("overview_110k_first", first, "ms");
    report("overview_110k_merge", merge, "ms");
    report("overview_110k_frame_p99", frame, "ms", peer.frame);
    report("overview_110k_filter", filtered, "ms", peer.filter);
    return 0;
}
