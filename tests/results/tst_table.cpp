// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results/rendering.h"
#include "app/results/table.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <limits>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestTable final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void showsEveryCellLosslessly_data()
    {
        QTest::addColumn<Cell>("cell");
        QTest::addColumn<QString>("text");
        const double infinity = std::numeric_limits<double>::infinity();
        QTest::newRow("null") << Cell() << QString();
        QTest::newRow("true") << Cell(true) << u"true"_s;
        QTest::newRow("false") << Cell(false) << u"false"_s;
        QTest::newRow("smallest integer") << Cell(std::numeric_limits<std::int64_t>::min()) << u"-9223372036854775808"_s;
        QTest::newRow("largest integer") << Cell(std::numeric_limits<std::int64_t>::max()) << u"9223372036854775807"_s;
        QTest::newRow("whole double") << Cell(1.0) << u"1"_s;
        QTest::newRow("tenth") << Cell(0.1) << u"0.1"_s;
        QTest::newRow("sum of tenths") << Cell(0.1 + 0.2) << u"0.30000000000000004"_s;
        QTest::newRow("million") << Cell(1e6) << u"1000000"_s;
        QTest::newRow("large") << Cell(1e300) << u"1e+300"_s;
        QTest::newRow("small") << Cell(1.5e-7) << u"1.5e-07"_s;
        QTest::newRow("negative zero") << Cell(-0.0) << u"-0"_s;
        QTest::newRow("not a number") << Cell(std::numeric_limits<double>::quiet_NaN()) << u"NaN"_s;
        QTest::newRow("infinity") << Cell(infinity) << u"Infinity"_s;
        QTest::newRow("minus infinity") << Cell(-infinity) << u"-Infinity"_s;
        QTest::newRow("decimal as text") << Cell(u"12345678901234567890.10"_s) << u"12345678901234567890.10"_s;
    }
    void showsEveryCellLosslessly()
    {
        QFETCH(Cell, cell);
        QTEST(displayText(cell), "text");
    }

    void writesDoublesThatReadBackTheSame()
    {
        for (const double value : { 5e-324, 2.2250738585072014e-308, 1.0 / 3, 123456789.123456789, 1e17, 9.999999999999999e16,
                                    1.7976931348623157e308, -0.00001, 0.000009999 }) {
            bool isNumber = false;
            QCOMPARE(displayText(Cell(value)).toDouble(&isNumber), value);
            QVERIFY(isNumber);
        }
    }

    void alignsOnlyNumbersAtTheRight()
    {
        for (const ColumnType type : { ColumnType::Integer, ColumnType::Real, ColumnType::Decimal })
            QVERIFY(isNumeric(type));
        for (const ColumnType type : { ColumnType::Text, ColumnType::Boolean, ColumnType::Date, ColumnType::Timestamp,
                                       ColumnType::Binary, ColumnType::Nested, ColumnType::Null })
            QVERIFY(!isNumeric(type));
    }

    void keepsRowsOfTheRightWidth()
    {
        Table table({ { u"a"_s, u"int"_s, ColumnType::Integer }, { u"b"_s, u"string"_s, ColumnType::Text } });
        table.reserveRows(2);
        table.appendRow({ Cell(std::int64_t(1)), Cell(u"x"_s) });
        QCOMPARE(table.rowCount(), 1);
        QCOMPARE(table.columnCount(), 2);
        QVERIFY(!table.isRagged());
        QCOMPARE(table.column(1).name, u"b"_s);
        QCOMPARE(table.cell(0, 1), Cell(u"x"_s));
    }

    void padsAndCutsRaggedRowsAndSaysSo()
    {
        Table table({ { u"a"_s, {}, ColumnType::Text }, { u"b"_s, {}, ColumnType::Text } });
        table.appendRow({ Cell(u"only"_s) });
        QVERIFY(table.isRagged());
        table.appendRow({ Cell(u"1"_s), Cell(u"2"_s), Cell(u"3"_s) });
        QCOMPARE(table.rowCount(), 2);
        QCOMPARE(table.cell(0, 1), Cell());
        QCOMPARE(table.cell(1, 1), Cell(u"2"_s));
    }

    void givesEveryCellBackAsItCame()
    {
        const double infinity = std::numeric_limits<double>::infinity();
        const QList<Cell> cells{ Cell(), true, false, std::int64_t(-1), std::numeric_limits<std::int64_t>::max(), -0.0, infinity, 1.5, u""_s, u"größe"_s,
            u"\U0001F600"_s, QString(QChar(u'\0')) + u"x"_s, QString(100'000, u'y') };
        Table table({ { u"a"_s, {}, ColumnType::Text } });
        for (int round = 0; round < 3; ++round) {
            for (const Cell& cell : cells)
                table.appendRow({ cell });
        }
        table.squeeze();
        for (qsizetype row = 0; row < table.rowCount(); ++row)
            QCOMPARE(table.cell(row, 0), cells.at(row % cells.size()));
        QVERIFY(std::signbit(*table.cells(0).real(5)));
        QVERIFY(table.cells(0).isNull(0));
        QVERIFY(!table.cells(0).text(7));
        QCOMPARE(table.cells(0).text(9)->toByteArray(), u"größe"_s.toUtf8());
        QCOMPARE(table.cells(0).integer(3), std::optional<std::int64_t>(-1));
        QVERIFY(!table.cells(0).integer(7));
        const Table copy = table;
        QVERIFY(copy == table);
    }

    void countsRowsWithoutColumns()
    {
        Table table;
        table.appendRow({});
        QCOMPARE(table.rowCount(), 1);
        QCOMPARE(table.columnCount(), 0);
        QVERIFY(!table.isRagged());
        QVERIFY(!table.isCapped());
        table.setCapped(true);
        QVERIFY(table.isCapped());
    }

    void callsARenderingEmptyOnlyWithoutAnyPart()
    {
        Rendering rendering;
        QVERIFY(rendering.isEmpty());
        rendering.isError = true;
        QVERIFY(!rendering.isEmpty());
        rendering = {};
        rendering.table = std::make_shared<const Table>();
        QVERIFY(!rendering.isEmpty());
    }
};

KINDLING_TEST(TestTable)
#include "tst_table.moc"
