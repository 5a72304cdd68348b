// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/savingdialogs.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"

#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cstdlib>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr std::chrono::seconds patience{ 30 };

/// A pane with the log of session 12.
struct PaneBench {
    explicit PaneBench(const QStringList& lines)
    {
        fillLikeTheDrawing(fixture);
        fixture.state(u"prod"_s).onLog = [lines](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
        pane.resize(1100, 300);
        pane.show();
        pane.showItem({ u"prod"_s, ItemType::Session, u"12"_s });
        fixture.clock.advance(2s);
    }
    void search(const QString& text) { child<QLineEdit>(pane, u"logSearch"_s)->setText(text); }
    void press(const QString& name) { child<QAbstractButton>(pane, name)->click(); }
    [[nodiscard]] QString title() const { return child<ElidedLabel>(pane, u"logTitle"_s)->text(); }
    [[nodiscard]] QString count() const { return child<QLabel>(pane, u"logMatchCount"_s)->text(); }
    [[nodiscard]] LogDocument& log() { return pane.view()->log(); }

    PanesFixture fixture;
    SavingDialogs dialogs;
    LogPane pane{ &fixture.workspace, nullptr, &dialogs };
};

const QStringList sample{ u"stdout: "_s, u"Task 1 said"_s, u"task 2 said"_s, u"\nstderr: "_s, u"14:02 INFO a: task 3"_s, u"14:02 ERROR b: task 4"_s,
    u"14:02 WARN c: lost"_s };

/// How far the nearest colour of a picture is from one, in steps of all its parts.
int nearestTo(const QColor& wanted, const QImage& picture)
{
    int nearest = 3 * 255;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QColor there = picture.pixelColor(x, y);
            nearest = std::min(nearest, std::abs(there.red() - wanted.red()) + std::abs(there.green() - wanted.green()) + std::abs(there.blue() - wanted.blue()));
        }
    }
    return nearest;
}

void drag(LogView& view, QPoint from, QPoint to)
{
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, view.viewport()->mapToGlobal(to), Qt::LeftButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(view.viewport(), &move);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, to);
}
}

class TestLogView final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void choosesAPartOfTheLog()
    {
        PaneBench bench(sample);
        auto* section = child<QComboBox>(bench.pane, u"logSection"_s);
        QVERIFY(section->isVisible());
        section->setCurrentIndex(section->findText(u"stdout"_s));
        QCOMPARE(bench.log().placeCount(), 2);
        section->setCurrentIndex(0);
        QCOMPARE(bench.log().placeCount(), 5);
        bench.pane.clear();
        QVERIFY(!section->isVisible());
    }
    void tellsCaseApartAndKnowsExpressions()
    {
        PaneBench bench(sample);
        bench.search(u"task"_s);
        QCOMPARE(bench.count(), u"4 found"_s);
        bench.press(u"logCase"_s);
        QCOMPARE(bench.count(), u"3 found"_s);
        bench.press(u"logRegex"_s);
        bench.search(u"task [34]$"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.count(), u"2 found"_s, patience);
        bench.search(u"task [34"_s);
        QVERIFY2(bench.title().contains(u"regular expression"_s), qPrintable(bench.title()));
        QVERIFY(bench.title().contains(u"character 8"_s));
        QCOMPARE(bench.count(), QString());
        bench.press(u"logRegex"_s);
        QCOMPARE(bench.title(), u"12 etl-ann"_s);
        QCOMPARE(bench.count(), u"none"_s);
    }
    void loudLinesHaveTheirColours()
    {
        PaneBench bench(sample);
        LogView& view = *bench.pane.view();
        const QImage picture = view.viewport()->grab().toImage();
        const auto inked = [&](ColorRole role) { return nearestTo(themeColor(role, view.palette()), picture); };
        QVERIFY(inked(ColorRole::Bad) < 60);
        QVERIFY(inked(ColorRole::Waiting) < 60);
        bench.search(u"INFO"_s);
        bench.press(u"logMatchingOnly"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.log().placeCount(), 1, patience);
        QVERIFY(nearestTo(themeColor(ColorRole::Bad, view.palette()), view.viewport()->grab().toImage()) > 60);
    }
    void saysWhenAnExpressionIsTooMuchWork()
    {
        PaneBench bench({ u"stdout: "_s, u"a"_s.repeated(60) + u'!' });
        bench.press(u"logRegex"_s);
        bench.search(u"^(a+)+$"_s);
        QTRY_VERIFY_WITH_TIMEOUT(bench.title().contains(u"too much work"_s), patience);
        QVERIFY(!bench.pane.grab().isNull());
        bench.search(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.title(), u"12 etl-ann"_s, patience);
    }
    void showsOnlyWhatMatches()
    {
        PaneBench bench(sample);
        bench.press(u"logMatchingOnly"_s);
        QCOMPARE(bench.log().placeCount(), 5);
        bench.search(u"task"_s);
        QCOMPARE(bench.log().placeCount(), 4);
        bench.press(u"logLoudOnly"_s);
        QCOMPARE(bench.log().placeCount(), 1);
        bench.search(u"nothing"_s);
        auto* empty = child<EmptyState>(bench.pane, u"logEmpty"_s);
        QVERIFY(empty->isVisible());
        QCOMPARE(child<QLabel>(*empty, u"emptyTitle"_s)->text(), u"No line matches"_s);
        bench.search(QString());
        QCOMPARE(bench.log().placeCount(), 2);
    }
    void stepsThroughMatchesFromWhereOneIs()
    {
        PaneBench bench(sample);
        bench.search(u"task"_s);
        auto* search = child<QLineEdit>(bench.pane, u"logSearch"_s);
        QTest::keyClick(search, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(bench.count(), u"4 of 4"_s);
        bench.press(u"logNext"_s);
        QCOMPARE(bench.count(), u"1 of 4"_s);
        bench.pane.view()->showRow(2);
        bench.press(u"logPrevious"_s);
        QCOMPARE(bench.count(), u"2 of 4"_s);
        search->clear();
        QVERIFY(!child<QToolButton>(bench.pane, u"logNext"_s)->isEnabled());
    }
    void savesWhatIsShown()
    {
        const QTemporaryDir folder;
        PaneBench bench(sample);
        const auto contents = [&bench] {
            QFile file(bench.dialogs.path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        bench.dialogs.path = folder.filePath(u"out.log"_s);
        bench.press(u"logLoudOnly"_s);
        bench.press(u"logSave"_s);
        auto* messages = child<MessageBar>(bench.pane, u"logMessages"_s);
        QTRY_COMPARE_WITH_TIMEOUT(messages->text(), u"The log was saved"_s, patience);
        QVERIFY(bench.dialogs.proposed.endsWith("12-etl-ann.log"_L1));
        QCOMPARE(contents(), QByteArray("14:02 ERROR b: task 4\n14:02 WARN c: lost\n"));
        bench.dialogs.path = folder.filePath(u"no/such/folder"_s);
        bench.press(u"logSave"_s);
        QTRY_VERIFY_WITH_TIMEOUT(messages->isProblem(), patience);
    }

    void selectsCharactersByDragging()
    {
        LogView view;
        view.resize(600, 200);
        view.show();
        const double width = QFontMetricsF(view.font()).horizontalAdvance(u'0');
        const int height = static_cast<int>(QFontMetricsF(view.font()).height()) + 2;
        const auto at = [&](int row, int column) { return QPoint(12 + qRound(column * width), 4 + row * height + height / 2); };
        view.log().append("application_17_0042 done\nsecond line\nthird", LogSection::Stdout);
        drag(view, at(0, 12), at(0, 19));
        QCOMPARE(view.selectedText(), u"17_0042"_s);
        drag(view, at(0, 20), at(2, 2));
        QCOMPARE(view.selectedText(), u"done\nsecond line\nth"_s);
        drag(view, at(1, 6), at(0, 20));
        QCOMPARE(view.selectedText(), u"done\nsecond"_s);
        QVERIFY(!view.grab().isNull());
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, at(0, 3));
        QCOMPARE(view.selectedText(), u"application_17_0042"_s);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at(1, 3));
        QCOMPARE(view.selectedText(), u"second line"_s);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, at(2, 0));
        QCOMPARE(view.selectedText(), u"second line\nthird"_s);
    }
    void aDragEndsWithTheLogItBeganIn()
    {
        LogView view;
        view.resize(600, 200);
        view.show();
        const int height = static_cast<int>(QFontMetricsF(view.font()).height()) + 2;
        const auto at = [&](int row) { return QPoint(40, 4 + row * height + height / 2); };
        const auto moveTo = [&view](QPoint place) {
            QMouseEvent move(QEvent::MouseMove, place, view.viewport()->mapToGlobal(place), Qt::LeftButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(view.viewport(), &move);
        };
        view.log().append("one\ntwo\nthree\nfour", LogSection::Stdout);
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, at(3));
        view.log().clear();
        moveTo(at(1));
        QCOMPARE(view.selectedText(), QString());
        view.log().append("another log", LogSection::Stdout);
        moveTo(at(0));
        QCOMPARE(view.selectedText(), QString());
        QVERIFY(!view.grab().isNull());
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, at(0));
    }
    void goesThroughMillionsOfLines()
    {
        LogView view;
        view.resize(900, 600);
        view.show();
        view.log().append(QByteArray("26/11/22 14:02:09 INFO DAGScheduler: one of very many lines\n").repeated(2'000'000), LogSection::Stderr);
        QCOMPARE(view.log().placeCount(), 2'000'000);
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.currentRow(), 0);
        QVERIFY(!view.isFollowing());
        QTest::keyClick(&view, Qt::Key_PageDown);
        QVERIFY(view.currentRow() > 10);
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.currentRow(), 1'999'999);
        QSignalSpy refused(&view, &LogView::copyRefused);
        QTest::keySequence(&view, QKeySequence::SelectAll);
        QGuiApplication::clipboard()->setText(u"before"_s);
        QTest::keySequence(&view, QKeySequence::Copy);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    }
    void keepsItsPlaceWhileRowsComeAndGo()
    {
        LogView view;
        view.resize(600, 200);
        view.show();
        QByteArray lines;
        for (int i = 0; i < 1000; ++i)
            lines += i % 2 == 0 ? "a ERROR b\n" : "plain\n";
        view.log().append(lines, LogSection::Stdout);
        view.setFollowing(false);
        view.verticalScrollBar()->setValue(600);
        view.log().setFilter({ .least = LogLevel::Error });
        QCOMPARE(view.verticalScrollBar()->value(), 300);
        view.log().setFilter({});
        QCOMPARE(view.verticalScrollBar()->value(), 600);
        view.showRow(610);
        LogText longer;
        longer.append(QByteArray("earlier\n").repeated(50).append(lines), LogSection::Stdout);
        view.replaceText(longer, 50);
        QCOMPARE(view.verticalScrollBar()->value(), 650);
        QCOMPARE(view.currentRow(), 660);
    }
    void scrollsThroughAHugeLine()
    {
        LogView view;
        view.resize(600, 100);
        view.show();
        QByteArray line = QByteArray(50'000'000, 'x');
        line.append("the end");
        view.log().append(line, LogSection::Stdout);
        view.log().setFilter({ .pattern = *TextPattern::compile({ u"end"_s }) });
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum());
        QVERIFY(view.horizontalScrollBar()->maximum() > 49'000'000);
        QVERIFY(!view.grab().isNull());
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, { 20, 10 });
        QCOMPARE(view.log().matches().size(), 1U);
    }
};

KINDLING_TEST(TestLogView)
#include "tst_logview.moc"
