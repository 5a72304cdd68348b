// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/engine/workspace.h"
#include "app/notebook/notebookdocument.h"
#include "tests/bench/measure.h"
#include "tests/bench/shown.h"
#include "ui/editor/codeeditor.h"
#include "ui/notebook/notebookpane.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int cells = 1000;
constexpr int lines = 5000;
constexpr int keys = 200;
constexpr int frames = 300;

void type(QWidget* into, int key)
{
    const QString text = key % 8 == 7 ? u" "_s : QString(QChar(u'a' + key % 26));
    QKeyEvent press(QEvent::KeyPress, key % 8 == 7 ? Qt::Key_Space : Qt::Key_A + key % 26, Qt::NoModifier, text);
    QCoreApplication::sendEvent(into, &press);
    into->repaint();
}

QString code()
{
    QString text;
    for (int line = 0; line < lines; ++line)
        text += u"df%1 = spark.read.parquet(\"/sales/%1\").groupBy('country').count()  # number %1\n"_s.arg(line);
    return text;
}

/// The widget in it that takes the keys.
QWidget* keyTarget(QWidget& widget)
{
    widget.activateWindow();
    const auto all = widget.findChildren<QWidget*>();
    const auto found = std::ranges::find_if(all, [](const QWidget* child) { return child->focusPolicy() & Qt::ClickFocus; });
    return found == all.end() ? &widget : *found;
}

void measureKeystrokes()
{
    const QString text = code();
    CodeEditor editor;
    editor.setLanguage(CodeLanguage::Python);
    editor.resize(1000, 700);
    editor.setText(text);
    showOnScreen(editor);
    QWidget* target = keyTarget(editor);
    target->setFocus();
    std::vector<double> times;
    for (int key = 0; key < keys; ++key)
        times.push_back(ownMsOf([&] { type(target, key); }));
    QPlainTextEdit peer(text);
    peer.resize(1000, 700);
    showOnScreen(peer);
    std::vector<double> peerTimes;
    for (int key = 0; key < keys; ++key)
        peerTimes.push_back(ownMsOf([&] { type(&peer, key); }));
    report("editor_5000_lines_key_median", percentile(times, 0.5), "ms", percentile(peerTimes, 0.5));
    report("editor_5000_lines_key_p99", percentile(times, 0.99), "ms", percentile(peerTimes, 0.99));
}

void measureNotebook()
{
    SystemClock clock;
    Workspace workspace([](const ServerProfile&) { return std::unique_ptr<SparkApi>(); }, clock);
    NotebookDocument document;
    QList<NotebookCell> made;
    for (int number = 0; number < cells; ++number) {
        NotebookCell cell;
        cell.id = QString::number(number);
        cell.source = u"df = spark.range(%1)\ndf.count()\nprint(df)"_s.arg(number);
        made.append(cell);
    }
    document.reset(made, "{}");
    std::unique_ptr<NotebookPane> pane;
    const double opened = msOf([&] {
        pane = std::make_unique<NotebookPane>(&document, &workspace, nullptr);
        pane->resize(1100, 800);
        showOnScreen(*pane);
        takeTurn();
    });
    auto* area = pane->findChild<QScrollArea*>();
    QScrollBar* bar = area->verticalScrollBar();
    std::vector<double> times;
    for (int frame = 0; frame < frames; ++frame) {
        times.push_back(ownMsOf([&] {
            bar->setValue(bar->value() + 120);
            takeTurn();
        }));
    }
    report("notebook_1000_cells_open", opened, "ms");
    report("notebook_1000_cells_scroll_p99", percentile(times, 0.99), "ms");
}
}

/// A notebook of a thousand cells, and typing into a long cell with a QPlainTextEdit as the peer.
int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    measureKeystrokes();
    measureNotebook();
    return 0;
}
