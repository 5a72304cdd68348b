// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/workspace.h"
#include "app/livy/sparkapi.h"
#include "app/models/historymodel.h"
#include "tests/storage/peek.h"
#include "tests/storage/recordbench.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

class TestHistoryModel final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void showsStatementsNewestFirst();
    void readsMoreWhenAsked();
    void newOnesComeInAtTheTop();
    void aStatementThatEndsChangesItsRow();
    void beginsAgainWhenTooManyAreNew();
    void whatIsGoneFromTheRecordsIsShownNoMore();
    void numbersThatBeginAgainNameOthers();
    void searches();
    void showsTheProblem();
};

namespace {
struct Bench : RecordBench {
    Bench()
        : workspace([](const ServerProfile&) { return nullptr; }, clock)
    {
        ServerProfile profile;
        profile.id = u"prod"_s;
        profile.name = u"Production"_s;
        workspace.setProfiles({ profile });
    }
    void makeModel()
    {
        model = std::make_unique<HistoryModel>(*recorder, workspace);
        tester = std::make_unique<QAbstractItemModelTester>(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        settle();
    }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(!model->isLoading(), 60'000); }
    void fetchAll()
    {
        while (model->canFetchMore({}) || model->isFetchingMore()) {
            model->fetchMore({});
            QTRY_VERIFY_WITH_TIMEOUT(!model->isFetchingMore(), 60'000);
        }
    }
    /// Writes what waits; the model hears of it.
    void write()
    {
        QSignalSpy recorded(recorder.get(), &Recorder::recorded);
        clock.advance(1s);
        QTRY_VERIFY_WITH_TIMEOUT(!recorded.isEmpty(), 60'000);
    }
    void seeMany(int from, int to)
    {
        for (int i = from; i < to; ++i)
            seeStatement(item(), i, u"statement %1"_s.arg(i));
    }
    QVariant at(int row, HistoryModel::Column column) const { return model->index(row, static_cast<int>(column)).data(); }
    QString code(int row) const { return at(row, HistoryModel::Column::Code).toString(); }

    Workspace workspace;
    std::unique_ptr<HistoryModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};
}

void TestHistoryModel::showsStatementsNewestFirst()
{
    Bench bench;
    bench.seeStatement(RecordBench::item(), 0, u"\n first\nsecond line"_s);
    StatementSeen failed{ .id = 1, .code = u"x"_s, .kind = Kind::Sql, .state = RunState::Failed, .submitted = bench.clock.now(),
        .started = bench.clock.now(), .completed = bench.clock.now().addMSecs(1500), .problem = {}, .output = Output() };
    failed.output->status = Output::Status::Error;
    failed.output->errorName = u"Error"_s;
    failed.output->errorValue = u"no such table"_s;
    bench.see(RecordBench::item(), failed);
    bench.makeModel();
    QCOMPARE(bench.model->rowCount(), 2);
    QCOMPARE(bench.code(1), u"first"_s);
    QCOMPARE(bench.at(0, HistoryModel::Column::When).toDateTime(), bench.clock.now());
    QCOMPARE(bench.at(0, HistoryModel::Column::Server).toString(), u"Production"_s);
    QCOMPARE(bench.at(0, HistoryModel::Column::Item).toString(), u"3 etl"_s);
    QCOMPARE(bench.at(0, HistoryModel::Column::State).toInt(), static_cast<int>(RunState::Failed));
    QCOMPARE(bench.at(0, HistoryModel::Column::Took).toInt(), 1500);
    QCOMPARE(bench.at(0, HistoryModel::Column::Problem).toString(), u"Error: no such table"_s);
    QVERIFY(!bench.at(1, HistoryModel::Column::Took).isValid());
    const QModelIndex second = bench.model->index(1, 0);
    QCOMPARE(second.data(HistoryModel::CodeRole).toString(), u"\n first\nsecond line"_s);
    QCOMPARE(second.data(KeyRole).value<ItemKey>(), RecordBench::item().key);
    QCOMPARE(second.data(ServerIdRole).toString(), u"prod"_s);
    QCOMPARE(second.data(NameRole).toString(), u"etl"_s);
    QVERIFY(second.data(SortRole).toLongLong() < bench.model->index(0, 0).data(SortRole).toLongLong());
    QCOMPARE(bench.model->statementAt(0).what.id, 1);
}

void TestHistoryModel::readsMoreWhenAsked()
{
    Bench bench;
    bench.seeMany(0, 250);
    bench.makeModel();
    QVERIFY(bench.model->rowCount() >= 100);
    bench.fetchAll();
    QCOMPARE(bench.model->rowCount(), 250);
    for (int row = 0; row < 250; ++row)
        QCOMPARE(bench.code(row), u"statement %1"_s.arg(249 - row));
}

void TestHistoryModel::newOnesComeInAtTheTop()
{
    Bench bench;
    bench.seeMany(0, 3);
    bench.makeModel();
    QSignalSpy inserted(bench.model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(bench.model.get(), &QAbstractItemModel::rowsRemoved);
    bench.seeMany(3, 5);
    bench.write();
    QTRY_COMPARE_WITH_TIMEOUT(bench.model->rowCount(), 5, 60'000);
    QCOMPARE(bench.code(0), u"statement 4"_s);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.at(0).at(1).toInt(), 0);
    QCOMPARE(inserted.at(0).at(2).toInt(), 1);
    QCOMPARE(removed.size(), 0);
}

void TestHistoryModel::aStatementThatEndsChangesItsRow()
{
    Bench bench;
    bench.seeStatement(RecordBench::item(), 0, u"x"_s, RunState::Running);
    bench.seeStatement(RecordBench::item(), 1, u"y"_s);
    bench.makeModel();
    QSignalSpy changed(bench.model.get(), &QAbstractItemModel::dataChanged);
    bench.seeStatement(RecordBench::item(), 0, u"x"_s, RunState::Finished);
    bench.write();
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 60'000);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(bench.at(1, HistoryModel::Column::State).toInt(), static_cast<int>(RunState::Finished));
    QCOMPARE(bench.model->rowCount(), 2);
}

void TestHistoryModel::beginsAgainWhenTooManyAreNew()
{
    Bench bench;
    bench.seeMany(0, 3);
    bench.makeModel();
    bench.seeMany(3, 400);
    bench.write();
    QTRY_VERIFY_WITH_TIMEOUT(bench.model->rowCount() >= 100, 60'000);
    bench.fetchAll();
    QCOMPARE(bench.model->rowCount(), 400);
    QCOMPARE(bench.code(0), u"statement 399"_s);
    QCOMPARE(bench.code(399), u"statement 0"_s);
}

void TestHistoryModel::whatIsGoneFromTheRecordsIsShownNoMore()
{
    Bench bench;
    bench.seeMany(0, 3);
    bench.makeModel();
    QCOMPARE(bench.model->rowCount(), 3);
    Peek(bench.file()).run(u"DELETE FROM statement"_s);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.write();
    QTRY_COMPARE_WITH_TIMEOUT(bench.model->rowCount(), 0, 60'000);
    QVERIFY(!bench.model->canFetchMore({}));
    bench.fetchAll();
    QCOMPARE(bench.model->rowCount(), 0);
}

void TestHistoryModel::numbersThatBeginAgainNameOthers()
{
    Bench bench;
    bench.seeMany(0, 3);
    bench.makeModel();
    {
        Peek peek(bench.file());
        peek.run(u"DELETE FROM statement"_s);
        peek.run(u"DELETE FROM sqlite_sequence"_s);
    }
    bench.clock.advance(1min);
    bench.seeMany(10, 13);
    bench.write();
    QTRY_COMPARE_WITH_TIMEOUT(bench.code(0), u"statement 12"_s, 60'000);
    QCOMPARE(bench.model->rowCount(), 3);
    QCOMPARE(bench.code(2), u"statement 10"_s);
}

void TestHistoryModel::searches()
{
    Bench bench;
    bench.seeMany(0, 30);
    bench.makeModel();
    bench.model->setSearch(u"MENT 2"_s);
    QVERIFY(bench.model->isLoading());
    bench.settle();
    QCOMPARE(bench.model->rowCount(), 11);
    QCOMPARE(bench.code(0), u"statement 29"_s);
    bench.model->setSearch(u"nothing like it"_s);
    bench.settle();
    QCOMPARE(bench.model->rowCount(), 0);
    bench.model->setSearch({});
    bench.settle();
    QCOMPARE(bench.model->rowCount(), 30);
}

void TestHistoryModel::showsTheProblem()
{
    Bench bench;
    QVERIFY(QDir().mkpath(bench.file())); // a folder where the file should be
    bench.makeModel();
    QCOMPARE(bench.model->problem().kind, ErrorKind::Io);
    QCOMPARE(bench.model->rowCount(), 0);
    QVERIFY(!bench.model->canFetchMore({}));
}

KINDLING_TEST(TestHistoryModel)
#include "tst_historymodel.moc"
