// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/resulttablemodel.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>
#include <QThreadPool>

#include <limits>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestResultTableModel final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void isEmptyWithoutATable();
    void showsCellsAndHeaders();
    void sortsByTheColumnsType_data();
    void sortsByTheColumnsType();
    void equalRowsKeepTheirOrder();
    void sortingKeepsTheCurrentCell();
    void filtersAnyCellInAnyCase();
    void anotherTableForgetsSortAndFilter();
    void longTablesAreSortedInAWorker();
    void aSortThatIsNotWantedAnyMoreIsDropped();
    void comparesDecimalsByValue_data();
    void comparesDecimalsByValue();
    void decimalOrderIsAnOrder();
};

namespace {
std::shared_ptr<const Table> countdown(int rows)
{
    auto table = std::make_shared<Table>(QList<Column>{ { u"n"_s, u"int"_s, ColumnType::Integer } });
    for (int row = 0; row < rows; ++row)
        table->appendRow({ std::int64_t(rows - row) });
    return table;
}

std::shared_ptr<const Table> tableOf(ColumnType type, const QList<Cell>& cells)
{
    auto table = std::make_shared<Table>(QList<Column>{ { u"n"_s, u"int"_s, ColumnType::Integer }, { u"v"_s, u"some type"_s, type } });
    for (qsizetype row = 0; row < cells.size(); ++row)
        table->appendRow({ std::int64_t(row), cells.at(row) });
    return table;
}

QString order(const ResultTableModel& model)
{
    QString result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += model.index(row, 0).data().toString();
    return result;
}
}

void TestResultTableModel::isEmptyWithoutATable()
{
    ResultTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 0);
    model.sort(0);
    model.setFilterText(u"x"_s);
    model.setTable(nullptr);
    QVERIFY(!model.headerData(0, Qt::Horizontal).isValid());
}

void TestResultTableModel::showsCellsAndHeaders()
{
    ResultTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(tableOf(ColumnType::Text, { u"b"_s, std::monostate(), u"a"_s }));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), u"v"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, ResultTableModel::TypeTextRole).toString(), u"some type"_s);
    QCOMPARE(model.headerData(0, Qt::Horizontal, ResultTableModel::ColumnTypeRole).toInt(), static_cast<int>(ColumnType::Integer));
    QVERIFY(!model.headerData(2, Qt::Horizontal).isValid());
    QCOMPARE(model.index(0, 1).data().toString(), u"b"_s);
    QVERIFY(model.index(1, 1).data(ResultTableModel::NullRole).toBool());
    QVERIFY(!model.index(0, 1).data(ResultTableModel::NullRole).toBool());
    QCOMPARE(model.index(0, 0).data(ResultTableModel::ColumnTypeRole).toInt(), static_cast<int>(ColumnType::Integer));
    model.sort(1);
    QCOMPARE(model.headerData(0, Qt::Vertical).toInt(), 3);
    QCOMPARE(model.index(0, 0).data(ResultTableModel::SourceRowRole).toInt(), 2);
    QCOMPARE(model.sourceRow(0), 2);
}

void TestResultTableModel::sortsByTheColumnsType_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QList<Cell>>("cells");
    QTest::addColumn<QString>("ascending");
    QTest::addColumn<QString>("descending");
    const Cell null;
    const auto number = [](std::int64_t value) { return Cell(value); };
    QTest::newRow("integers") << int(ColumnType::Integer) << QList<Cell>{ number(10), null, number(9), number(-1) } << u"3201"_s << u"0231"_s;
    QTest::newRow("large integers") << int(ColumnType::Integer)
        << QList<Cell>{ number(std::numeric_limits<std::int64_t>::max()), number(std::numeric_limits<std::int64_t>::max() - 1), Cell(u"9223372036854775808"_s) }
        << u"102"_s << u"201"_s;
    QTest::newRow("reals with NaN") << int(ColumnType::Real) << QList<Cell>{ 2.5, std::numeric_limits<double>::quiet_NaN(), -1.0, null } << u"2013"_s << u"0213"_s;
    QTest::newRow("decimals") << int(ColumnType::Decimal) << QList<Cell>{ u"10.00"_s, u"9.5"_s, u"-3"_s, null } << u"2103"_s << u"0123"_s;
    QTest::newRow("text") << int(ColumnType::Text) << QList<Cell>{ u"10"_s, u"9"_s, null, u""_s } << u"3012"_s << u"1032"_s;
    QTest::newRow("text by code point") << int(ColumnType::Text) << QList<Cell>{ u"\U0001F600"_s, u"\uFFFD"_s, u"value-12b"_s, u"value-12a"_s } << u"3210"_s << u"0123"_s;
    QTest::newRow("text of mixed kinds") << int(ColumnType::Text) << QList<Cell>{ u"b"_s, true, null, u"a"_s } << u"3012"_s << u"1032"_s;
    QTest::newRow("booleans") << int(ColumnType::Boolean) << QList<Cell>{ true, false, null } << u"102"_s << u"012"_s;
    QTest::newRow("numbers of both kinds") << int(ColumnType::Null) << QList<Cell>{ number(10), 2.5, number(9), null } << u"1203"_s << u"0213"_s;
    QTest::newRow("only null") << int(ColumnType::Null) << QList<Cell>{ null, null } << u"01"_s << u"01"_s;
}

void TestResultTableModel::sortsByTheColumnsType()
{
    QFETCH(int, type);
    QFETCH(QList<Cell>, cells);
    QFETCH(QString, ascending);
    QFETCH(QString, descending);
    ResultTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(tableOf(static_cast<ColumnType>(type), cells));
    model.sort(1, Qt::AscendingOrder);
    QCOMPARE(order(model), ascending);
    model.sort(1, Qt::DescendingOrder);
    QCOMPARE(order(model), descending);
    model.sort(5);
    QCOMPARE(order(model), descending);
    model.sort(-1);
    QCOMPARE(order(model), u"01234567"_s.first(cells.size()));
}

void TestResultTableModel::equalRowsKeepTheirOrder()
{
    ResultTableModel model;
    model.setTable(tableOf(ColumnType::Text, { u"b"_s, u"a"_s, u"b"_s, u"a"_s }));
    model.sort(1, Qt::AscendingOrder);
    QCOMPARE(order(model), u"1302"_s);
    model.sort(1, Qt::DescendingOrder);
    QCOMPARE(order(model), u"0213"_s);
}

void TestResultTableModel::sortingKeepsTheCurrentCell()
{
    ResultTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(tableOf(ColumnType::Text, { u"c"_s, u"a"_s, u"b"_s }));
    const QPersistentModelIndex current = model.index(0, 1);
    model.sort(1);
    QCOMPARE(current.row(), 2);
    QCOMPARE(current.data().toString(), u"c"_s);
}

void TestResultTableModel::filtersAnyCellInAnyCase()
{
    ResultTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(tableOf(ColumnType::Text, { u"Apple"_s, u"pear"_s, std::monostate(), u"grape"_s }));
    model.sort(1, Qt::DescendingOrder);
    model.setFilterText(u"AP"_s);
    QCOMPARE(order(model), u"30"_s);
    model.setFilterText(u"2"_s); // a number in another column
    QCOMPARE(order(model), u"2"_s);
    model.setFilterText(u"nothing"_s);
    QCOMPARE(model.rowCount(), 0);
    model.setFilterText({});
    QCOMPARE(order(model), u"1302"_s);
}

void TestResultTableModel::anotherTableForgetsSortAndFilter()
{
    ResultTableModel model;
    model.setTable(tableOf(ColumnType::Text, { u"b"_s, u"a"_s }));
    model.sort(1);
    model.setFilterText(u"a"_s);
    model.setTable(tableOf(ColumnType::Text, { u"d"_s, u"c"_s }));
    QVERIFY(model.filterText().isEmpty());
    QCOMPARE(order(model), u"01"_s);
}

void TestResultTableModel::longTablesAreSortedInAWorker()
{
    ResultTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(countdown(30'000));
    const QPersistentModelIndex first(model.index(0, 0));
    model.sort(0);
    QCOMPARE(model.index(0, 0).data().toString(), u"30000"_s);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, 0).data().toString(), u"1"_s, 30'000);
    QCOMPARE(model.index(29'999, 0).data().toString(), u"30000"_s);
    QCOMPARE(first.row(), 29'999);
}

void TestResultTableModel::aSortThatIsNotWantedAnyMoreIsDropped()
{
    ResultTableModel model;
    model.setTable(countdown(30'000));
    model.sort(0);
    model.setTable(countdown(3));
    QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(order(model), u"321"_s);
    model.setTable(countdown(30'000));
    model.sort(0, Qt::AscendingOrder);
    model.sort(0, Qt::DescendingOrder);
    model.sort(-1);
    QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(model.index(0, 0).data().toString(), u"30000"_s);
    QCOMPARE(model.index(29'999, 0).data().toString(), u"1"_s);
}

void TestResultTableModel::comparesDecimalsByValue_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<int>("expected");
    QTest::newRow("equal") << u"1.50"_s << u"1.5"_s << 0;
    QTest::newRow("zeros") << u"-0.00"_s << u"0"_s << 0;
    QTest::newRow("leading zeros") << u"007"_s << u"7"_s << 0;
    QTest::newRow("exponent") << u"1E+3"_s << u"1000"_s << 0;
    QTest::newRow("small exponent") << u"1.2e-3"_s << u"0.0013"_s << -1;
    QTest::newRow("longer is greater") << u"100"_s << u"99.999"_s << 1;
    QTest::newRow("negative") << u"-10"_s << u"-9"_s << -1;
    QTest::newRow("signs") << u"-1"_s << u"+1"_s << -1;
    QTest::newRow("38 digits") << u"12345678901234567890123456789012345678"_s << u"12345678901234567890123456789012345679"_s << -1;
    QTest::newRow("small before zero") << u"-0.1"_s << u"0"_s << -1;
    QTest::newRow("zero before small") << u"0"_s << u"0.001"_s << -1;
    QTest::newRow("no number is last") << u"1"_s << u"NaN"_s << -1;
    QTest::newRow("no numbers by text") << u"a"_s << u"b"_s << -1;
    QTest::newRow("two points") << u"1.2.3"_s << u"1"_s << 1;
    QTest::newRow("only a sign") << u"-"_s << u"1"_s << 1;
    QTest::newRow("absurd exponent") << u"1e999999999999"_s << u"1"_s << 1;
    QTest::newRow("empty") << u""_s << u""_s << 0;
}

void TestResultTableModel::comparesDecimalsByValue()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(int, expected);
    QCOMPARE(compareDecimals(left, right), expected);
    QCOMPARE(compareDecimals(right, left), -expected);
}

void TestResultTableModel::decimalOrderIsAnOrder()
{
    QRandomGenerator random(11);
    for (int i = 0; i < 20'000; ++i) {
        const double left = (random.bounded(2001) - 1000) / 100.0;
        const double right = (random.bounded(2001) - 1000) / 100.0;
        const int expected = left < right ? -1 : int(left > right);
        QCOMPARE(compareDecimals(QString::number(left, 'f', 2), QString::number(right, 'f', 3)), expected);
    }
}

KINDLING_TEST(TestResultTableModel)
#include "tst_resulttablemodel.moc"
