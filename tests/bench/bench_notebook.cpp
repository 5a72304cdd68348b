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

/// What `keys` keys cost each, painting included.
std::vector<double> typingMs(QWidget& into)
{
    std::vector<double> times;
    for (int key = 0; key < keys; ++key) {
        const bool isSpace = key % 8 == 7;
        const QString text = isSpace ? u" "_s : QString(QChar(u'a' + key % 26));
        QKeyEvent press(QEvent::KeyPress, isSpace ? Qt::Key_Space : Qt::Key_A + key % 26, Qt::NoModifier, text);
        times.push_back(ownMsOf([&] {
            QCoreApplication::sendEvent(&into, &press);
            into.repaint();
            takeTurn();
        }));
    }
    return times;
}

void reportKeys(const std::string& where, const std::vector<double>& times, const std::vector<double>& peer)
{
    report((where + "_key_median").c_str(), percentile(times, 0.5), "ms", percentile(peer, 0.5));
    report((where + "_key_p99").c_str(), percentile(times, 0.99), "ms", percentile(peer, 0.99));
}

QString code()
{
    QString text;
    for (int line = 0; line < lines; ++line)
        text += u"df%1 = spark.read.parquet(\"/sales/%1\").groupBy('country').count()  # number %1\n"_s.arg(line);
    return text;
}

/// The same keys in the widget to compare with, at the text's start or at its end.
std::vector<double> peerTypingMs(QTextCursor::MoveOperation place)
{
    QPlainTextEdit peer(code());
    peer.resize(1000, 700);
    peer.moveCursor(place);
    showOnScreen(peer);
    return typingMs(peer);
}

/// An editor alone, in what it always stands in: it is as high as its text.
void measureEditor()
{
    QScrollArea area;
    area.setWidgetResizable(true);
    auto* editor = new CodeEditor;
    editor->setLanguage(CodeLanguage::Python);
    editor->setText(code());
    area.setWidget(editor);
    area.resize(1000, 700);
    showOnScreen(area);
    area.activateWindow();
    editor->setFocus();
    reportKeys("editor_5000_lines", typingMs(*editor->focusProxy()), peerTypingMs(QTextCursor::Start));
}

/// A cell of a notebook: its text also goes into the document, and what it pushes away moves.
void measureCell()
{
    SystemClock clock;
    Workspace workspace([](const ServerProfile&) { return std::unique_ptr<SparkApi>(); }, clock);
    NotebookDocument document;
    NotebookCell cell;
    cell.id = u"long"_s;
    cell.source = code();
    document.reset({ cell }, "{}");
    NotebookPane pane(&document, &workspace, nullptr);
    pane.resize(1000, 700);
    showOnScreen(pane);
    takeTurn();
    pane.activateWindow();
    auto* editor = pane.findChild<CodeEditor*>();
    editor->setFocus();
    editor->moveCursorToStart();
    takeTurn();
    reportKeys("cell_5000_lines", typingMs(*editor->focusProxy()), peerTypingMs(QTextCursor::Start));
    editor->moveCursorToEnd();
    takeTurn();
    reportKeys("cell_5000_lines_at_end", typingMs(*editor->focusProxy()), peerTypingMs(QTextCursor::End));
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

/// A notebook of a thousand cells, and typing into 5 000 lines with a QPlainTextEdit as the peer.
int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    measureEditor();
    measureCell();
    measureNotebook();
    return 0;
}
