// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/notebook/numbershape.h"

#include <QTest>

#include <limits>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {

Table tableOf(ColumnType type, const QList<Cell>& cells)
{
    Table table({ { u"n"_s, QString(), type } });
    for (const Cell& cell : cells)
        table.appendRow({ cell });
    return table;
}

}

class TestNumberShape final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void digitsAreGroupedInThrees_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* text, const QString& shown) { QTest::newRow(text) << QString::fromLatin1(text) << shown; };
        row("1284310.50", u"1\u202f284\u202f310.50"_s);
        row("-1284310.50", u"-1\u202f284\u202f310.50"_s);
        row("48211", u"48\u202f211"_s);
        row("1902", u"1\u202f902"_s);
        row("-123", u"-123"_s);
        row("123456", u"123\u202f456"_s);
        row("0.123456", u"0.123456"_s);
        row("9223372036854775807", u"9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f807"_s);
    }
    void digitsAreGroupedInThrees()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(groupedDigits(text), shown);
    }

    void whatIsNoPlainNumberStaysAsItIs_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : { "", "-", ".", ".5", "1e-7", "1234567e3", "NaN", "-Infinity", "12345 kg", "0x12345", "1.2.3", "--12345", "12345-" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void whatIsNoPlainNumberStaysAsItIs()
    {
        QFETCH(QString, text);
        QCOMPARE(groupedDigits(text), text);
        QCOMPARE(decimalsOf(text), -1);
    }

    void theDigitsBehindThePointAreCounted()
    {
        QCOMPARE(decimalsOf(u"7"), 0);
        QCOMPARE(decimalsOf(u"7."), 0);
        QCOMPARE(decimalsOf(u"-1284310.50"), 2);
    }

    void aColumnTakesItsShapeFromAllItsNumbers()
    {
        const Table reals = tableOf(ColumnType::Real, { 1.5, Cell(), 12345.25, std::numeric_limits<double>::infinity() });
        QCOMPARE(shapeOf(reals, 0), (NumberShape{ true, 2 }));
    }

    void yearsStayWhole()
    {
        const Table years = tableOf(ColumnType::Integer, { std::int64_t(1999), std::int64_t(2026) });
        QCOMPARE(shapeOf(years, 0), NumberShape());
    }

    void textsOfDigitsAreNoNumbers()
    {
        const Table codes = tableOf(ColumnType::Text, { u"1234567.5"_s });
        QCOMPARE(shapeOf(codes, 0), NumberShape());
    }
};

KINDLING_TEST(TestNumberShape)
#include "tst_numbershape.moc"
