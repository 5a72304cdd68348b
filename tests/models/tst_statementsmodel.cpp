// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/statementsmodel.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using Column = StatementsModel::Column;

namespace {
RecordedStatement recorded(qint64 number, int id, const QString& code, RunState state = RunState::Finished)
{
    RecordedStatement statement;
    statement.number = number;
    statement.what.id = id;
    statement.what.code = code;
    statement.what.state = state;
    statement.hasOutput = true;
    return statement;
}

struct Bench {
    [[nodiscard]] QVariant at(int row, Column column) const { return model.index(row, static_cast<int>(column)).data(); }
    [[nodiscard]] QStringList codes() const
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all += at(row, Column::Code).toString();
        return all;
    }

    StatementsModel model;
    QAbstractItemModelTester tester{ &model, QAbstractItemModelTester::FailureReportingMode::QtTest };
};
}

class TestStatementsModel final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void theNewestComesFirst()
    {
        Bench bench;
        bench.model.setRecorded({ recorded(9, 2, u"two"_s), recorded(7, 1, u"one\nmore"_s), recorded(5, -1, u"never arrived"_s, RunState::Lost) });
        QCOMPARE(bench.codes(), (QStringList{ u"two"_s, u"one"_s, u"never arrived"_s }));
        QVERIFY(!bench.at(2, Column::Number).isValid());
        QVERIFY(!bench.at(0, Column::Progress).isValid());
        QVERIFY(bench.model.rowAt(0).isKept);
    }
    void whatTheServerSaysGoesOverWhatWasRecorded()
    {
        Bench bench;
        bench.model.setRecorded({ recorded(9, 1, u"mine"_s, RunState::Running) });
        Statement live = statement(1, StatementState::Available, u"mine"_s);
        live.output = okOutput("3");
        live.progress = 1;
        bench.model.setLive({ live, statement(2, StatementState::Running, u"theirs"_s) });
        QCOMPARE(bench.codes(), (QStringList{ u"theirs"_s, u"mine"_s }));
        QCOMPARE(bench.at(1, Column::State).toInt(), static_cast<int>(RunState::Finished));
        QVERIFY(bench.model.rowAt(1).seen.output.has_value());
        QCOMPARE(bench.model.rowAt(1).record, 9);
        bench.model.setLive({});
        QCOMPARE(bench.codes(), QStringList{ u"mine"_s });
        QCOMPARE(bench.at(0, Column::State).toInt(), static_cast<int>(RunState::Running));
    }
    void onlyWhatChangedIsTold()
    {
        Bench bench;
        bench.model.setLive({ statement(0, StatementState::Available), statement(1, StatementState::Running) });
        QSignalSpy inserted(&bench.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&bench.model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
        Statement further = statement(1, StatementState::Running);
        further.progress = 0.5;
        bench.model.setLive({ statement(0, StatementState::Available), further, statement(2, StatementState::Waiting) });
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(inserted.at(0).at(1).toInt(), 0);
        QCOMPARE(removed.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.at(1, Column::Progress).toDouble(), 0.5);
        bench.model.setLive({ further });
        QCOMPARE(removed.size(), 2);
        QCOMPARE(bench.model.rowCount(), 1);
    }
    void tellsWhenAndHowLong()
    {
        Bench bench;
        RecordedStatement told = recorded(1, 0, u"x"_s);
        told.what.submitted = QDateTime(QDate(2026, 11, 22), QTime(8, 0), QTimeZone::UTC);
        bench.model.setRecorded({ told });
        QCOMPARE(bench.at(0, Column::Started).toDateTime(), told.what.submitted);
        QVERIFY(!bench.at(0, Column::Took).isValid());
        told.what.started = told.what.submitted.addSecs(1);
        told.what.completed = told.what.started.addMSecs(2310);
        bench.model.setRecorded({ told });
        QCOMPARE(bench.at(0, Column::Started).toDateTime(), told.what.started);
        QCOMPARE(bench.at(0, Column::Took).toLongLong(), 2310);
    }
};

KINDLING_TEST(TestStatementsModel)
#include "tst_statementsmodel.moc"
