// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/requestsmodel.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRequestsModel final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void tellsExchangesAsTheyCome();
    void followsTheRing();
};

namespace {
Exchange exchangeOf(int status)
{
    Exchange exchange;
    exchange.server = u"a"_s;
    exchange.when = QDateTime::fromMSecsSinceEpoch(1);
    exchange.method = "GET";
    exchange.url = QUrl(u"http://host:8998/livy/sessions?from=0"_s);
    exchange.status = status;
    exchange.elapsed = 12ms;
    exchange.receivedBytes = 345;
    exchange.problem = status > 0 ? QString() : u"no answer"_s;
    return exchange;
}
}

void TestRequestsModel::tellsExchangesAsTheyCome()
{
    using Column = RequestsModel::Column;
    RequestLog log;
    log.record(exchangeOf(200));
    RequestsModel model(&log);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 1);
    log.record(exchangeOf(0));
    QCOMPARE(model.rowCount(), 2);
    const auto cell = [&model](int row, Column column, int role = Qt::DisplayRole) { return model.index(row, static_cast<int>(column)).data(role); };
    QVERIFY(cell(0, Column::When).toDateTime().isValid());
    QVERIFY(cell(0, Column::When, SortRole).toLongLong() < cell(1, Column::When, SortRole).toLongLong());
    QCOMPARE(cell(0, Column::Method).toString(), u"GET"_s);
    QCOMPARE(cell(0, Column::Path).toString(), u"/livy/sessions?from=0"_s);
    QCOMPARE(cell(0, Column::Status).toInt(), 200);
    QVERIFY(!cell(1, Column::Status).isValid());
    QCOMPARE(cell(0, Column::Time).toInt(), 12);
    QCOMPARE(cell(0, Column::Bytes).toLongLong(), 345);
    QCOMPARE(cell(1, Column::Problem).toString(), u"no answer"_s);
    QCOMPARE(cell(0, Column::Path, ServerIdRole).toString(), u"a"_s);
    QCOMPARE(cell(0, Column::Server).toString(), u"host"_s);
    QVERIFY(!cell(0, Column::Path, IsBadRole).toBool());
    QVERIFY(cell(1, Column::Path, IsBadRole).toBool());
    QCOMPARE(model.exchangeAt(1).status, 0);
}

void TestRequestsModel::followsTheRing()
{
    RequestLog log;
    RequestsModel model(&log);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    for (int i = 0; i < RequestLog::capacity + 25; ++i)
        log.record(exchangeOf(200 + i % 100));
    QCOMPARE(model.rowCount(), log.exchanges().size());
    QCOMPARE(model.exchangeAt(0).number, log.exchanges().constFirst().number);
    QCOMPARE(model.exchangeAt(model.rowCount() - 1).number, log.exchanges().constLast().number);
    QCOMPARE(resets.size(), 0);
}

KINDLING_TEST(TestRequestsModel)
#include "tst_requestsmodel.moc"
