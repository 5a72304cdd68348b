// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/outputcodec.h"
#include "app/models/resulttablemodel.h"
#include "tests/bench/measure.h"
#include "tests/bench/shown.h"
#include "ui/notebook/resulttable.h"

#include <QApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSortFilterProxyModel>

#include <malloc.h>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int jsonRows = 700'000;
constexpr int jsonColumns = 10;
constexpr int rows = 1'000'000;
constexpr int columns = 20;
constexpr int frames = 300;

QByteArray sqlOutput()
{
    QRandomGenerator random(1);
    QByteArray json = R"({"status":"ok","execution_count":0,"data":{"application/json":{"schema":{"type":"struct","fields":[)";
    for (int column = 0; column < jsonColumns; ++column) {
        json += (column > 0 ? "," : "") + QByteArray(R"({"name":"c)") + QByteArray::number(column) + R"(","type":")"
            + (column % 2 == 0 ? "double" : "string") + R"(","nullable":true,"metadata":{}})";
    }
    json += R"(]},"data":[)";
    for (int row = 0; row < jsonRows; ++row) {
        json += row > 0 ? ",[" : "[";
        for (int column = 0; column < jsonColumns; ++column) {
            json += column > 0 ? "," : "";
            json += column % 2 == 0 ? QByteArray::number(random.generateDouble() * 1e6, 'f', 6) : "\"value-" + QByteArray::number(random.bounded(1'000'000)) + '"';
        }
        json += ']';
    }
    return json + "]}}}";
}

/// From the bytes of a statement's output to the table's first picture.
void measureLargeResult()
{
    QByteArray json = sqlOutput();
    const double textMb = static_cast<double>(json.size()) / 1e6;
    const double peer = msOf([&] { [[maybe_unused]] const auto document = QJsonDocument::fromJson(json); });
    malloc_trim(0);
    const double before = residentMb() - textMb;
    forgetPeak();
    const double visible = msOf([&] {
        const auto output = parseOutput(json);
        json.clear(); // as an answer's bytes, which go when it has been read
        const Rendering rendering = renderOutput(*output);
        ResultTable table(rendering.table);
        table.resize(1400, 400);
        showOnScreen(table);
    });
    report("table_110mb_visible", visible, "ms", peer);
    report("table_110mb_peak_per_text", (peakMb() - before) / textMb, "x");
}

std::shared_ptr<const Table> wideTable()
{
    QRandomGenerator random(2);
    QList<Column> described;
    for (int column = 0; column < columns; ++column)
        described.append({ u"c%1"_s.arg(column), column % 2 == 0 ? u"double"_s : u"string"_s, column % 2 == 0 ? ColumnType::Real : ColumnType::Text });
    auto table = std::make_shared<Table>(described);
    table->reserveRows(rows);
    for (int row = 0; row < rows; ++row) {
        QList<Cell> cells;
        for (int column = 0; column < columns; ++column)
            cells.append(column % 2 == 0 ? Cell(random.generateDouble() * 1e6) : Cell(QString(u"value-"_s + QString::number(random.bounded(1'000'000)))));
        table->appendRow(cells);
    }
    return table;
}

// The model sorts in a worker.
double sortMs(ResultTableModel& model, int column)
{
    return msOf([&] {
        QEventLoop loop;
        QObject::connect(&model, &QAbstractItemModel::layoutChanged, &loop, &QEventLoop::quit);
        model.sort(column);
        loop.exec();
    });
}

void measureWideTable()
{
    const std::shared_ptr<const Table> table = wideTable();
    ResultTable view(table);
    view.resize(1400, 900);
    showOnScreen(view);
    QScrollBar* bar = view.verticalScrollBar();
    QRandomGenerator random(4);
    const double frame = slowMs(frames, [&](int) {
        bar->setValue(random.bounded(bar->maximum()));
        view.viewport()->repaint();
    });
    ResultTableModel model;
    model.setTable(table);
    const double number = sortMs(model, 0);
    const double text = sortMs(model, 1);
    sortMs(model, -1);
    const double filtered = msOf([&] { model.setFilterText(u"value-77"_s); });
    model.setFilterText({});
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    const double proxyNumber = msOf([&] { proxy.sort(0); });
    const double proxyText = msOf([&] { proxy.sort(1); });
    proxy.setFilterKeyColumn(-1);
    proxy.sort(-1);
    const double proxyFiltered = msOf([&] { proxy.setFilterFixedString(u"value-77"_s); });
    report("table_1mx20_frame_p99", frame, "ms");
    report("table_1m_sort_numbers", number, "ms", proxyNumber);
    report("table_1m_sort_text", text, "ms", proxyText);
    report("table_1m_filter", filtered, "ms", proxyFiltered);
}
}

/// Large results, with QJsonDocument and QSortFilterProxyModel as the peers.
int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    measureLargeResult();
    measureWideTable();
    return 0;
}
