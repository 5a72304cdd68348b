// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/outputcodec.h"
#include "app/models/resulttablemodel.h"
#include "tests/support/testmain.h"
#include "ui/common/theme.h"
#include "ui/notebook/markdownview.h"
#include "ui/notebook/htmltext.h"
#include "ui/notebook/outputtext.h"
#include "ui/notebook/outputview.h"
#include "ui/notebook/picture.h"
#include "ui/notebook/resulttable.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtWidgets>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {

QByteArray jsonString(const QByteArray& text)
{
    QByteArray quoted = text;
    quoted.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\x1b', "\\u001b");
    return '"' + quoted + '"';
}

Output plainOutput(const QByteArray& text)
{
    Output output;
    output.parts = { { u"text/plain"_s, jsonString(text) } };
    return output;
}

Output tableOutput(int rows)
{
    QByteArray data;
    for (int i = 0; i < rows; ++i)
        data += (i ? ",[\"c" : "[\"c") + QByteArray::number(i) + "\"," + (i % 5 == 4 ? QByteArray("null") : QByteArray::number(i)) + "]";
    Output output;
    output.parts = { { u"application/json"_s,
        R"({"schema":{"type":"struct","fields":[{"name":"country","type":"string","nullable":true,"metadata":{}},)"
        R"({"name":"orders","type":"long","nullable":true,"metadata":{}}]},"data":[)" + data + "]}" } };
    return output;
}

Output pictureOutput(const QSize& size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    Output output;
    output.parts = { { u"image/png"_s, '"' + bytes.toBase64() + '"' } };
    return output;
}

Output failedOutput()
{
    Output output;
    output.status = Output::Status::Error;
    output.errorName = u"ZeroDivisionError"_s;
    output.errorValue = u"division by zero"_s;
    output.traceback = { u"Traceback (most recent call last):\n"_s, u"  File \"<stdin>\", line 1, in <module>\n"_s };
    return output;
}

/// A block of what is read in the same turn.
class Rendered {
public:
    explicit Rendered(const Output& output)
        : block(output, renderOutput(output))
    {
    }
    OutputBlock* operator->() { return &block; }
    OutputBlock block;
};

/// Where the dark points of the first cell of a row are.
QRect inkOf(ResultTable& table, int row)
{
    const QRect cell = table.visualRect(table.model()->index(row, 0)).adjusted(1, 0, -2, 0);
    const QImage image = table.viewport()->grab(cell).toImage();
    QRegion ink;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixelColor(x, y).lightness() < 128)
                ink += QRect(x, y, 1, 1);
        }
    }
    return ink.boundingRect();
}

QString textIn(const QWidget& widget)
{
    const auto* text = widget.findChild<OutputText*>(u"outputText"_s);
    return text ? text->toPlainText() : QString();
}

}

class OutputViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Qt::ColorScheme::Light); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void plainTextHasNoTabs()
    {
        OutputView view;
        view.showOutputs({ plainOutput("hello\nworld\n") });
        QVERIFY(!view.isHidden());
        QCOMPARE(textIn(view), u"hello\nworld"_s);
        QVERIFY(!view.findChild<QAbstractButton*>(u"pageTab"_s));
    }

    void nothingIsNotShown()
    {
        OutputView view;
        view.showOutputs({ plainOutput("x") });
        view.showOutputs({});
        QVERIFY(view.isHidden());
        view.showOutputs({ Output{} });
        QVERIFY(view.isHidden());
    }

    void markupFromAServerStaysText()
    {
        OutputView view;
        view.showOutputs({ plainOutput("<b>bold</b><img src='file:///etc/passwd'>") });
        QCOMPARE(textIn(view), u"<b>bold</b><img src='file:///etc/passwd'>"_s);
        view.showProblem(u"<h1>no</h1>"_s, u"<script>"_s);
        QCOMPARE(view.findChild<QLabel*>(u"errorTitle"_s)->textFormat(), Qt::PlainText);
    }

    void terminalColoursBecomeTheThemes()
    {
        OutputText text(u"\x1b[31mred\x1b[0m plain"_s, u"Output"_s);
        QCOMPARE(text.toPlainText(), u"red plain"_s);
        QTextCursor cursor(text.document());
        cursor.setPosition(1);
        QCOMPARE(cursor.charFormat().foreground().color(), themeColor(ColorRole::Bad, text.palette()));
    }

    void anErrorShowsItsTitleAndTraceback()
    {
        Rendered block(failedOutput());
        auto* title = block->findChild<QLabel*>(u"errorTitle"_s);
        QVERIFY(title);
        QCOMPARE(title->text(), u"ZeroDivisionError: division by zero"_s);
        QCOMPARE(title->palette().color(QPalette::WindowText), themeColor(ColorRole::Bad, QApplication::palette()));
        QVERIFY(textIn(block.block).contains(u"line 1, in <module>"_s));
    }

    void aTableHasTypesNumbersAtTheRightAndMarkedNulls()
    {
        Rendered block(tableOutput(20));
        block->resize(700, 500);
        QCOMPARE(block->pageTitles(), QStringList({ u"Table"_s, u"Raw"_s }));
        auto* table = block->findChild<ResultTable*>(u"resultTable"_s);
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), 20);
        QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), u"orders"_s);
        const QImage picture = table->grab().toImage();
        QVERIFY(!picture.isNull());
        QVERIFY(table->height() < 20 * 24);
        QVERIFY(table->height() >= 12 * 24);
    }

    void decimalPointsStandUnderEachOther()
    {
        Table numbers({ { u"n"_s, u"double"_s, ColumnType::Real }, { u"end"_s, u"string"_s, ColumnType::Text } });
        for (const double value : { 11.5, 11.125, 1e-9 })
            numbers.appendRow({ value, u"x"_s });
        ResultTable table(std::make_shared<const Table>(std::move(numbers)));
        table.resize(400, table.height());
        table.show();
        QVERIFY(qAbs(inkOf(table, 0).left() - inkOf(table, 1).left()) <= 1);
        QVERIFY(inkOf(table, 0).right() < inkOf(table, 1).right() - 5);
        // What has no point to stand by stands at the right.
        QVERIFY(qAbs(inkOf(table, 2).right() - inkOf(table, 1).right()) <= 2);
    }

    void theRawPageShowsWhatCame()
    {
        Rendered block(tableOutput(2));
        const auto tabs = block->findChildren<QAbstractButton*>(u"pageTab"_s);
        QCOMPARE(tabs.size(), 2);
        tabs.at(1)->click();
        QVERIFY(textIn(block.block).contains(u"application/json"_s));
        QVERIFY(tabs.at(1)->isChecked() && !tabs.at(0)->isChecked());
    }

    void copyingTheSelectionGivesTabs()
    {
        Rendered block(tableOutput(3));
        auto* table = block->findChild<ResultTable*>(u"resultTable"_s);
        table->selectAll();
        QTest::keySequence(table, QKeySequence::Copy);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"country\torders"_s));
    }

    void copyingTakesNoCellThatIsNotSelected()
    {
        Table numbers({ { u"a"_s, {}, ColumnType::Integer }, { u"b"_s, {}, ColumnType::Integer }, { u"c"_s, {}, ColumnType::Integer } });
        for (const qint64 row : { 10, 20, 30, 40 })
            numbers.appendRow({ row + 1, row + 2, row + 3 });
        ResultTable table(std::make_shared<const Table>(std::move(numbers)));
        table.sortByColumn(0, Qt::DescendingOrder); // 41, 31, 21, 11
        const auto select = [&table](int row, int column) {
            table.selectionModel()->select(table.model()->index(row, column), QItemSelectionModel::Select);
        };
        select(0, 0);
        select(1, 2);
        select(3, 0);
        select(3, 2);
        QTest::keySequence(&table, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"a\tc\n41\t\n\t33\n11\t13\n"_s);
        table.clearSelection();
        select(2, 1);
        QTest::keySequence(&table, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"22\n"_s);
    }

    void aLargeCopyDoesNotHoldTheWindow()
    {
        Table numbers({ { u"a"_s, {}, ColumnType::Integer }, { u"b"_s, {}, ColumnType::Integer } });
        for (qint64 row = 0; row < 200'000; ++row)
            numbers.appendRow({ row, row });
        ResultTable table(std::make_shared<const Table>(std::move(numbers)));
        QGuiApplication::clipboard()->setText(u"before"_s);
        table.selectAll();
        QTest::keySequence(&table, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s); // it comes from a worker
        QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().endsWith(u"\n199999\t199999\n"_s), 60'000);
        table.clearSelection();
        table.selectAll();
        QTest::keySequence(&table, QKeySequence::Copy);
        table.selectionModel()->select(table.model()->index(0, 0), QItemSelectionModel::ClearAndSelect);
        QTest::keySequence(&table, QKeySequence::Copy);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"0\n"_s);
        QVERIFY(table.viewport()->cursor().shape() != Qt::BusyCursor);
    }

    void aPictureIsScaledDownButNeverUp()
    {
        Picture wide(QByteArray::fromBase64(pictureOutput({ 2000, 1000 }).parts.constFirst().json));
        wide.resize(500, wide.height());
        QVERIFY(wide.isReadable());
        QVERIFY(!wide.grab().isNull());
        QVERIFY(wide.height() < 300);
        Picture tiny(QByteArray::fromBase64(pictureOutput({ 20, 10 }).parts.constFirst().json));
        tiny.resize(500, tiny.height());
        QVERIFY(!tiny.grab().isNull());
        QVERIFY(tiny.height() < 50);
    }

    void aPictureWithoutAGroundStandsOnWhite()
    {
        QImage clear(60, 40, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::WriteOnly) && clear.save(&buffer, "PNG"));
        Picture picture(bytes);
        QPalette dark;
        dark.setColor(QPalette::Window, Qt::black);
        picture.setPalette(dark);
        picture.setAutoFillBackground(true);
        picture.resize(200, picture.sizeHint().height());
        const QImage shown = picture.grab().toImage();
        const QColor ground(Qt::white);
        QCOMPARE(shown.pixelColor(shown.width() / 8, shown.height() / 2), ground);
        QCOMPARE(shown.pixelColor(shown.width() - 2, shown.height() / 2), QColor(Qt::black));
    }
    void aPictureOfTheWrongSortIsRefused()
    {
        QVERIFY(!Picture("not a picture").isReadable());
        QVERIFY(!Picture("<svg xmlns='http://www.w3.org/2000/svg'/>").isReadable());
        QVERIFY(!Picture(QByteArray()).isReadable());
        QByteArray bytes = QByteArray::fromBase64(pictureOutput({ 40, 40 }).parts.constFirst().json);
        QVERIFY(!Picture(bytes.left(20)).isReadable());
        bytes.replace(16, 8, QByteArray::fromHex("000186a0000186a0"));
        QVERIFY(!Picture(bytes).isReadable());
    }

    void htmlIsReadWithoutLoadingAnything()
    {
        const QString text = textOfHtml(u"<table><tr><td>1</td></tr></table><script>bad()</script><img src='file:///etc/passwd'>"_s);
        QVERIFY(text.contains(u'1'));
        QVERIFY(!text.contains(u"bad()"_s));
    }

    void aTableOfHtmlStandsInColumns()
    {
        const QString frame = uR"(<div><style scoped>.dataframe tbody tr th { vertical-align: top; }</style><table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>city</th><th>orders</th></tr></thead>
            <tbody><tr><th>0</th><td>Graz</td><td>4</td></tr><tr><th>1</th><td>K&ouml;ln</td><td>17</td></tr></tbody></table><p>2 rows</p></div>)"_s;
        QCOMPARE(textOfHtml(frame), u"   city  orders\n0  Graz       4\n1  Köln      17\n2 rows"_s);
    }

    void scriptsAreNoNesting()
    {
        const QString page = u"<script>%1</script><style>%1</style><!-- %1 --><svg>%2</svg><p>seen</p>"_s.arg(u"if(i<n)a<b;"_s.repeated(200), u"<path d=''/>"_s.repeated(200));
        const QString text = textOfHtml(page);
        QVERIFY(text.contains(u"seen"_s));
        QVERIFY2(!text.contains(u"i<n"_s), qPrintable(text.left(200)));
        QVERIFY(textOfHtml(u"<script>"_s.repeated(3) + u"<p>never"_s).size() < 100);
    }

    void hostileTablesStaySmall_data()
    {
        QTest::addColumn<QString>("html");
        QTest::newRow("spans") << u"<table><tr><td colspan=999999999 rowspan=999999999>a</td></tr></table>"_s;
        QTest::newRow("wide and long") << u"<table><tr><td>%1</td><td>b</td></tr>%2</table>"_s.arg(QString(500'000, u'x'), u"<tr><td>1<td>2"_s.repeated(5'000));
        QTest::newRow("nested") << u"<table><tr><td>"_s.repeated(20'000) + u"deep"_s;
        for (const char* tag : { "<div>", "<b>", "<ul><li>", "<blockquote>", "<p>" })
            QTest::newRow(tag) << QString::fromLatin1(tag).repeated(20'000) + u"deep"_s;
        QTest::newRow("columns") << u"<table><tr>%1</tr></table>"_s.arg(u"<td>1"_s.repeated(20'000));
    }
    void hostileTablesStaySmall()
    {
        QFETCH(QString, html);
        const QString text = textOfHtml(html);
        QVERIFY(!text.isEmpty());
        QVERIFY(text.size() <= 2'000'000);
    }

    void aMegabyteOfTextDoesNotFreeze()
    {
        QElapsedTimer timer;
        timer.start();
        Rendered lines(plainOutput(QByteArray("0123456789 0123456789 0123456789\n").repeated(33'000)));
        QVERIFY(lines->findChild<QWidget*>(u"cutNote"_s));
        Rendered oneLine(plainOutput(QByteArray(1'000'000, 'x')));
        QVERIFY(oneLine->findChild<QWidget*>(u"cutNote"_s));
        lines->resize(600, 400);
        lines->grab();
        oneLine->grab();
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(lines->findChild<OutputText*>()->blockCount() <= 10'000);
    }

    void aLargeResultIsReadInAWorker()
    {
        OutputView view;
        view.showOutputs({ plainOutput("before"), tableOutput(40'000), plainOutput("after") });
        QVERIFY(view.findChild<QWidget*>(u"outputPlace"_s));
        QVERIFY(!view.findChild<ResultTable*>());
        QVERIFY(!view.isHidden());
        QSignalSpy changed(&view, &OutputView::contentChanged);
        QTRY_VERIFY_WITH_TIMEOUT(view.findChild<ResultTable*>(), 30'000);
        QCOMPARE(view.findChild<ResultTable*>()->model()->rowCount(), 40'000);
        QCOMPARE(changed.size(), 1);
        const QLayout* column = view.layout();
        QCOMPARE(column->count(), 3);
        QVERIFY(column->itemAt(1)->widget()->isAncestorOf(view.findChild<ResultTable*>()));
    }

    void aLargeResultThatIsNotWantedAnyMoreIsDropped()
    {
        OutputView view;
        view.showOutputs({ tableOutput(40'000) });
        view.showOutputs({ tableOutput(40'001) });
        QTRY_VERIFY_WITH_TIMEOUT(view.findChild<ResultTable*>(), 30'000);
        QCOMPARE(view.findChild<ResultTable*>()->model()->rowCount(), 40'001);
        view.showOutputs({ tableOutput(40'002) });
        view.showOutputs({});
        QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
        QCoreApplication::sendPostedEvents();
        QVERIFY(view.isHidden());
    }

    void aViewThatGoesWhileItReadsIsNotMissed()
    {
        auto view = std::make_unique<OutputView>();
        view->showOutputs({ tableOutput(40'000) });
        view.reset();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
        QCoreApplication::sendPostedEvents();
    }

    void cuttingKeepsWhatFits()
    {
        QVERIFY(!cutToShow(u"a\nb"_s).isCut);
        QCOMPARE(cutToShow(u"a\nb"_s).text, u"a\nb"_s);
        const ShownText many = cutToShow(u"a\n"_s.repeated(20'000));
        QVERIFY(many.isCut);
        QCOMPARE(many.text.count(u'\n'), 9'999);
        const ShownText wide = cutToShow(QString(20'000, u'a'));
        QVERIFY(wide.isCut);
        QCOMPARE(wide.text.size(), 10'000);
    }

    void manyOutputsAreCounted()
    {
        OutputView view;
        view.showOutputs(QList<Output>(100, plainOutput("x")));
        QCOMPARE(view.findChildren<OutputBlock*>().size(), 40);
    }

    void hostileOutputsAreShownAsWellAsTheyCan_data()
    {
        QTest::addColumn<QByteArray>("mime");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("no json") << QByteArray("text/plain") << QByteArray("{{{");
        QTest::newRow("wrong type") << QByteArray("text/plain") << QByteArray("17");
        QTest::newRow("cut table") << QByteArray("application/json") << QByteArray("{\"schema\":{\"fields\":[{\"name\":");
        QTest::newRow("no base64") << QByteArray("image/png") << QByteArray("\"%%%\"");
        QTest::newRow("deep") << QByteArray("application/json") << QByteArray("[").repeated(5000);
        QTest::newRow("unknown mime") << QByteArray("application/x-evil") << QByteArray("\"x\"");
        QTest::newRow("controls") << QByteArray("text/plain") << QByteArray("\"\\u0000\\u001b[999999999mx\\u001b]0;t\\u0007\"");
    }
    void hostileOutputsAreShownAsWellAsTheyCan()
    {
        QFETCH(QByteArray, mime);
        QFETCH(QByteArray, json);
        Output output;
        output.parts = { { QString::fromLatin1(mime), json } };
        OutputView view;
        view.showOutputs({ output });
        view.resize(400, 300);
        QVERIFY(!view.grab().isNull());
    }

    void markdownIsReadable()
    {
        MarkdownView view;
        view.resize(400, 50);
        view.setMarkdown(u"# Title\n\nSome *text*."_s);
        QCOMPARE(view.plainText(), u"Title\nSome text."_s);
        QVERIFY(view.height() > 40);
        QSignalSpy wanted(&view, &MarkdownView::editRequested);
        QTest::mouseDClick(&view, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
    }

    void markdownLoadsNoFile()
    {
        QTemporaryDir folder;
        QImage red(60, 60, QImage::Format_RGB32);
        red.fill(Qt::red);
        QVERIFY(red.save(folder.filePath(u"secret.png"_s)));
        MarkdownView view;
        view.resize(300, 100);
        view.setMarkdown(u"![x](file://%1) <img src='%1'>"_s.arg(folder.filePath(u"secret.png"_s)));
        const QImage shown = view.grab().toImage();
        for (int y = 0; y < shown.height(); ++y)
            for (int x = 0; x < shown.width(); ++x)
                QVERIFY(shown.pixelColor(x, y) != QColor(Qt::red));
    }
};

KINDLING_TEST(OutputViewTest)
#include "tst_outputview.moc"
