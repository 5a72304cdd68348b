// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/notebook/notebookbench.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/notebook/cellview.h"

#include <QTest>
#include <QtWidgets>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Output salesTable()
{
    Output output;
    output.executionCount = 2;
    output.parts = { { u"application/json"_s,
        R"json({"schema":{"type":"struct","fields":[{"name":"country","type":"string"},
        {"name":"sum_amount","type":"decimal(20,2)"},{"name":"orders","type":"long"},{"name":"last_order","type":"timestamp"}]},"data":[
        ["Germany","1284310.50",48211,"2026-11-22 13:58:04.120441"],["France","1103998.00",39870,"2026-11-22 14:01:51.000210"],
        ["Japan","987120.75",31004,"2026-11-22 14:02:00.500000"],["Kenya",null,1902,"2026-11-21 22:40:00.000000"]]})json" } };
    return output;
}

Output plot()
{
    QImage image(360, 180, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    for (int i = 0; i < 12; ++i)
        painter.fillRect(20 + i * 28, 170 - i * 12, 18, i * 12, QColor(0x1f, 0x6f, 0xeb));
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    Output output;
    output.parts = { { u"image/png"_s, '"' + bytes.toBase64() + '"' } };
    return output;
}

CellRun ran(int number, qint64 ms)
{
    const QDateTime end = QDateTime::currentDateTime();
    return { .number = number, .started = end.addMSecs(-ms), .completed = end };
}

void fill(NotebookBench& bench)
{
    NotebookDocument& document = bench.document;
    document.insertCell(0, CellType::Markdown, Kind::PySpark, u"## Revenue by country\n\nReads `/sales` and sums it up, *this year* only."_s);
    document.setOutputs(document.cellAt(1).id, {}, ran(1, 2310));
    document.setOutputs(document.cellAt(2).id, { salesTable() }, ran(2, 1040));
    document.setOutputs(document.cellAt(4).id, { plot() }, ran(4, 640));
    Output failed = errorOutput(u"ZeroDivisionError"_s, u"division by zero"_s);
    failed.traceback = { u"Traceback (most recent call last):\n"_s, u"  File \"<stdin>\", line 1, in <module>\n"_s,
        u"\x1b[31mZeroDivisionError\x1b[0m: division by zero\n"_s };
    document.setOutputs(document.cellAt(5).id, { failed }, ran(5, 21));
}

}

/// Pictures for people: every state of the pane as PNG in the folder that KINDLING_SHOTS names. Asserts that they are not empty.
class NotebookShots : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_plurals.load(u":/i18n/kindling_en.qm"_s));
        QCoreApplication::installTranslator(&m_plurals);
    }
    void cleanupTestCase() { QCoreApplication::removeTranslator(&m_plurals); }

    void paneIsPainted_data()
    {
        QTest::addColumn<Qt::ColorScheme>("scheme");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << Qt::ColorScheme::Light << QSize(1170, 1000);
        QTest::newRow("dark") << Qt::ColorScheme::Dark << QSize(1170, 1000);
        QTest::newRow("narrow") << Qt::ColorScheme::Light << QSize(620, 700);
    }
    void paneIsPainted()
    {
        QFETCH(Qt::ColorScheme, scheme);
        QFETCH(QSize, size);
        applyTheme(*qApp, scheme);
        QFont font(u"Inter"_s);
        font.setPixelSize(13);
        QApplication::setFont(font);
        NotebookBench bench({ { Kind::PySpark,
                                  u"df = spark.read.parquet(\"/sales\")\n# revenue by country, this year\n"
                                  u"df.where(df.year == 2026).groupBy(\"country\").sum(\"amount\").createOrReplaceTempView(\"revenue\")"_s },
            { Kind::Sql, u"SELECT country, sum_amount, orders, last_order FROM revenue ORDER BY 2 DESC"_s },
            { Kind::Spark, u"val joined = spark.table(\"revenue\").join(regions, \"country\")\njoined.repartition(200).write.parquet(\"/out/revenue\")"_s },
            { Kind::PySpark, u"plt.bar(names, totals)\n%matplot plt"_s }, { Kind::PySpark, u"1 / 0"_s } });
        fill(bench);
        bench.attach();
        Statement running = statement(2, StatementState::Running);
        running.progress = 0.62;
        bench.state->onRun = [&](const QString&) { return Script<Statement>(running); };
        bench.state->onFetch = [&](int) { return Script<Statement>(running); };
        bench.pane->resize(size);
        bench.pane->show();
        bench.pane->runCell(3);
        bench.advance(400ms);
        bench.pane->cellView(3)->edit();
        save(*bench.pane, u"notebook-%1"_s.arg(QLatin1StringView(QTest::currentDataTag())));
        bench.pane->messages()->showProblem(tr("Nothing was run: this server is not connected."), u"Connection refused (prod.example:8998)"_s);
        save(*bench.pane, u"notebook-problem-%1"_s.arg(QLatin1StringView(QTest::currentDataTag())));
        applyTheme(*qApp, Qt::ColorScheme::Light);
    }

    void emptyPaneIsPainted()
    {
        applyTheme(*qApp, Qt::ColorScheme::Light);
        NotebookBench bench;
        bench.pane->resize(900, 500);
        save(*bench.pane, u"notebook-empty"_s);
    }

private:
    static void save(QWidget& widget, const QString& name)
    {
        QCoreApplication::sendPostedEvents();
        const QPixmap picture = widget.grab();
        QCOMPARE(picture.deviceIndependentSize().toSize(), widget.size());
        const QString folder = qEnvironmentVariable("KINDLING_SHOTS");
        if (!folder.isEmpty())
            QVERIFY(picture.save(folder + u'/' + name + u".png"_s));
    }

    QTranslator m_plurals;
};

KINDLING_TEST(NotebookShots)
#include "tst_notebookshots.moc"
