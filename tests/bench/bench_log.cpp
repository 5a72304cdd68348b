// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logscan.h"
#include "tests/bench/measure.h"
#include "tests/bench/shown.h"
#include "ui/log/logview.h"

#include <QApplication>
#include <QEventLoop>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QScrollBar>

#include <atomic>
#include <malloc.h>
#include <thread>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int batchLines = 100;
constexpr int distinctBatches = 1000;
constexpr qsizetype allLines = 10'000'000;
/// The peer takes minutes for more.
constexpr qsizetype peerLines = 1'000'000;
constexpr qsizetype peerAppended = 100'000;
constexpr int frames = 400;
constexpr QSize size{ 1400, 900 };

std::vector<QByteArray> makeBatches()
{
    QRandomGenerator random(3);
    std::vector<QByteArray> batches;
    for (int batch = 0; batch < distinctBatches; ++batch) {
        QByteArray text;
        for (int line = 0; line < batchLines; ++line) {
            text += "26/11/22 14:02:" + QByteArray::number(10 + line % 50) + (line % 40 == 7 ? " WARN " : " INFO ")
                + "TaskSetManager: Finished task " + QByteArray::number(random.bounded(10'000)) + ".0 in stage 7.0 (TID "
                + QByteArray::number(random.bounded(1'000'000)) + ") in " + QByteArray::number(random.bounded(9000)) + " ms on host-"
                + QByteArray::number(random.bounded(40)) + ".cluster.example.org (executor 3)\n";
        }
        batches.push_back(text);
    }
    return batches;
}

struct Made {
    double msAppended = 0;
    double textMb = 0;
};

Made fill(LogText& text, const std::vector<QByteArray>& batches)
{
    Made made;
    made.msAppended = msOf([&] {
        for (qsizetype line = 0; line < allLines; line += batchLines) {
            const QByteArray& batch = batches[static_cast<std::size_t>(line / batchLines) % batches.size()];
            text.append(batch, LogSection::Stderr);
            made.textMb += static_cast<double>(batch.size()) / 1e6;
        }
        text.append("the needle in it: connection refused after 17 ms", LogSection::Stderr);
    });
    return made;
}

template<typename Area>
double frameMs(Area& area)
{
    QRandomGenerator random(5);
    QScrollBar* bar = area.verticalScrollBar();
    return slowMs(frames, [&](int frame) {
        bar->setValue(frame % 2 == 0 ? random.bounded(bar->maximum()) : bar->value() + 3);
        area.viewport()->repaint();
    });
}

/// Milliseconds until the worker has gone through everything.
double searchMs(LogDocument& log, const TextQuery& query)
{
    const double took = msOf([&] {
        log.setFilter({ .pattern = *TextPattern::compile(query) });
        QEventLoop loop;
        QObject::connect(&log, &LogDocument::searched, &loop, [&] {
            if (!log.isSearching())
                loop.quit();
        });
        if (log.isSearching())
            loop.exec();
    });
    log.setFilter({});
    return took;
}

/// Milliseconds that a search needs to notice that nobody wants it any more.
double cancelMs(const LogText& text)
{
    std::atomic<bool> isOver = false;
    const LogFilter filter{ .pattern = *TextPattern::compile({ u"(a|b)+c+nothing$"_s, true, false }) };
    std::thread worker([&] { scanLog(text, 0, filter, [&] { return isOver.load(); }, [](const LogFound&) {}); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return msOf([&] {
        isOver = true;
        worker.join();
    });
}

struct Peer {
    double appendRate = 0; ///< million lines a second
    double memory = 0;     ///< of the text
    double frame = 0;
    double searched = 0;   ///< GB a second
};

Peer measurePeer(const std::vector<QByteArray>& batches)
{
    Peer peer;
    {
        QPlainTextEdit appended;
        const double took = msOf([&] {
            for (qsizetype line = 0; line < peerAppended; line += batchLines)
                appended.appendPlainText(QString::fromUtf8(batches[static_cast<std::size_t>(line / batchLines) % batches.size()]));
        });
        peer.appendRate = static_cast<double>(peerAppended) / took / 1e3;
    }
    QByteArray text;
    for (qsizetype line = 0; line < peerLines; line += batchLines)
        text += batches[static_cast<std::size_t>(line / batchLines) % batches.size()];
    text += "the needle in it";
    malloc_trim(0);
    const double before = residentMb();
    QPlainTextEdit edit;
    edit.resize(size);
    edit.setPlainText(QString::fromUtf8(text));
    showOnScreen(edit);
    malloc_trim(0);
    peer.memory = (residentMb() - before) / (static_cast<double>(text.size()) / 1e6);
    peer.frame = frameMs(edit);
    edit.moveCursor(QTextCursor::Start);
    const double found = msOf([&] { edit.find(u"the needle"_s, QTextDocument::FindCaseSensitively); });
    peer.searched = static_cast<double>(text.size()) / found / 1e6;
    return peer;
}

}

/// The log view with ten million lines, with a QPlainTextEdit of a million lines as the peer.
int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    const std::vector<QByteArray> batches = makeBatches();
    LogView view;
    view.resize(size);
    showOnScreen(view);
    malloc_trim(0);
    const double before = residentMb();
    LogText text;
    const Made made = fill(text, batches);
    const double memory = (residentMb() - before) / made.textMb;
    view.replaceText(text, 0);
    view.viewport()->repaint();
    const double frame = frameMs(view);
    const auto speed = [&](const TextQuery& query) { return made.textMb / searchMs(view.log(), query); };
    const double literal = speed({ u"the needle"_s, false, true });
    const double caseless = speed({ u"THE NEEDLE"_s, false, false });
    const double regex = speed({ u"(refused|timeout) after \\d+ ms"_s, true, true });
    const double frequent = speed({ u"task 4\\d+\\.0 .*executor 3\\)$"_s, true, true });
    const double cancelled = cancelMs(text);
    const Peer peer = measurePeer(batches);
    report("log_append", static_cast<double>(allLines) / made.msAppended / 1e3, "Mlines/s", peer.appendRate);
    report("log_memory_per_text", memory, "x", peer.memory);
    report("log_frame_p99", frame, "ms", peer.frame);
    report("log_search_literal", literal, "GB/s", peer.searched);
    report("log_search_any_case", caseless, "GB/s", peer.searched);
    report("log_search_regex", regex, "GB/s");
    report("log_search_regex_many_hits", frequent, "GB/s");
    report("log_search_cancel", cancelled, "ms");
    return 0;
}
