// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results/tableexport.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
Table cities()
{
    Table table({ { u"city"_s, u"string"_s, ColumnType::Text }, { u"orders"_s, u"int"_s, ColumnType::Integer } });
    table.appendRow({ Cell(u"Graz"_s), Cell(std::int64_t(4)) });
    table.appendRow({ Cell(u"Recife, \"PE\""_s), Cell() });
    table.appendRow({ Cell(u""_s), Cell(std::int64_t(-1)) });
    table.appendRow({ Cell(u"two\nlines"_s), Cell(std::int64_t(0)) });
    return table;
}

Table oneCell(const QString& text)
{
    Table table({ { u"c"_s, {}, ColumnType::Text } });
    table.appendRow({ Cell(text) });
    return table;
}
}

class TestTableExport final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void writesCsvByRfc4180()
    {
        QCOMPARE(exportTable(cities(), TableFormat::Csv),
                 u"city,orders\r\nGraz,4\r\n\"Recife, \"\"PE\"\"\",\r\n\"\",-1\r\n\"two\nlines\",0\r\n"_s);
    }

    void tellsASpreadsheetThatAFormulaIsText()
    {
        TableSelection safe;
        safe.isFormulaSafe = true;
        for (const auto& text : { u"=1+1"_s, u"+1"_s, u"-1"_s, u"@x"_s })
            QCOMPARE(exportTable(oneCell(text), TableFormat::Csv, safe), u"c\r\n'%1\r\n"_s.arg(text));
        QCOMPARE(exportTable(oneCell(u"=a,\"b\""_s), TableFormat::Csv, safe), u"c\r\n\"'=a,\"\"b\"\"\"\r\n"_s);
        QCOMPARE(exportTable(oneCell(u"\t=1"_s), TableFormat::Tsv, safe), u"c\n\"'\t=1\"\n"_s);
        QCOMPARE(exportTable(oneCell(u"a=1"_s), TableFormat::Csv, safe), u"c\r\na=1\r\n"_s);
        // A number below zero is no formula, and a table that is read back must be the same.
        QVERIFY(exportTable(cities(), TableFormat::Csv, safe).contains("\"\",-1\r\n"_L1));
        QCOMPARE(exportTable(oneCell(u"=1+1"_s), TableFormat::Csv), u"c\r\n=1+1\r\n"_s);
    }

    void writesTsvForTheClipboard()
    {
        QCOMPARE(exportTable(cities(), TableFormat::Tsv),
                 u"city\torders\nGraz\t4\n\"Recife, \"\"PE\"\"\"\t\n\t-1\n\"two\nlines\"\t0\n"_s);
        QCOMPARE(exportTable(oneCell(u"a\tb"_s), TableFormat::Tsv), u"c\n\"a\tb\"\n"_s);
        QCOMPARE(exportTable(oneCell(u"a,b"_s), TableFormat::Tsv), u"c\na,b\n"_s);
    }

    void writesMarkdownWithNumbersAtTheRight()
    {
        QCOMPARE(exportTable(cities(), TableFormat::Markdown),
                 u"| city | orders |\n| --- | --: |\n| Graz | 4 |\n| Recife, \"PE\" |  |\n|  | -1 |\n| two<br>lines | 0 |\n"_s);
    }

    void escapesWhatMarkdownWouldTake()
    {
        QCOMPARE(exportTable(oneCell(u"a|b\\c<b>\r\nd\re"_s), TableFormat::Markdown),
                 u"| c |\n| --- |\n| a\\|b\\\\c&lt;b><br>d<br>e |\n"_s);
    }

    void writesOnlyWhatIsSelectedInItsOrder()
    {
        const auto isNotFirst = [](qsizetype row, qsizetype column) { return row != 0 || column != 0; };
        QCOMPARE(exportTable(cities(), TableFormat::Csv, { { 0 }, { 0, 1 }, false, isNotFirst }), u",4\r\n"_s);
        QCOMPARE(exportTable(cities(), TableFormat::Tsv, { { 2, 0 }, { 1 }, false }), u"-1\n4\n"_s);
        QCOMPARE(exportTable(cities(), TableFormat::Csv, { { 0 }, { 1, 0 }, true }), u"orders,city\r\n4,Graz\r\n"_s);
    }

    void leavesOutIndexesThatDoNotExist()
    {
        QCOMPARE(exportTable(cities(), TableFormat::Tsv, { { -1, 0, 99 }, { 0, 7 }, false }), u"Graz\n"_s);
    }

    void quotesTheNamesOfColumns()
    {
        QCOMPARE(exportTable(Table({ { u"a,b"_s, {}, ColumnType::Text } }), TableFormat::Csv), u"\"a,b\"\r\n"_s);
    }

    void writesTablesWithoutColumns()
    {
        QCOMPARE(exportTable(Table(), TableFormat::Markdown), QString());
        QCOMPARE(exportTable(Table(), TableFormat::Csv), u"\r\n"_s);
    }
};

KINDLING_TEST(TestTableExport)
#include "tst_tableexport.moc"
