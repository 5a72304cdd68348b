// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command/runbench.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// The list of sessions, or of batches, gives `error` for as long as it is set.
void refuseList(RunBench& bench, ItemType refused, const std::optional<Error>& error)
{
    bench.api->onList = [&bench, refused, error](ItemType type, int from, int size) -> Script<ItemPage> {
        if (type == refused && error)
            return std::unexpected(*error);
        const QList<SparkItem>& all = type == ItemType::Session ? bench.api->sessions : bench.api->batches;
        return ItemPage{ from, static_cast<int>(all.size()), all.mid(from, size), all.mid(from, size).size(), {} };
    };
}

/// A query's result of so many rows.
Output rowsOutput(int rows)
{
    Output output;
    output.executionCount = 0;
    output.parts = { { u"application/json"_s, R"({"schema":{"type":"struct","fields":[{"name":"a","type":"integer"}]},"data":[)"
                                                  + QByteArray("[1],").repeated(rows - 1) + "[1]]}" } };
    return output;
}

void finishHanging(RunBench& bench)
{
    bench.hanging.state = StatementState::Available;
    bench.hanging.output = okOutput("late");
}
}

/// What a server may do to a run.
class TestRunTroubles final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void aSessionListThatFailsEndsTheRun_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("not allowed") << ErrorKind::Forbidden;
        QTest::newRow("broken") << ErrorKind::Server;
        QTest::newRow("never in time") << ErrorKind::Timeout;
        QTest::newRow("too large") << ErrorKind::TooLarge;
    }
    void aSessionListThatFailsEndsTheRun()
    {
        QFETCH(const ErrorKind, kind);
        RunBench early({ u"one"_s });
        refuseList(early, ItemType::Session, errorOf(kind));
        early.start();
        early.pass(10min);
        QCOMPARE(early.ended, ExitCode::Trouble);
        QCOMPARE(early.api->countOf(u"POST"_s), 0);
        RunBench late({ u"one"_s });
        late.staysStarting = true;
        late.start();
        late.pass(10s);
        QCOMPARE(late.api->countOf(u"POST sessions"_s), 1);
        refuseList(late, ItemType::Session, errorOf(kind));
        late.pass(4min);
        QVERIFY(!late.ended);
        late.pass(6min);
        QCOMPARE(late.ended, ExitCode::Trouble);
        QVERIFY2(late.console.all().contains(u"The connection to prod is lost: scripted"_s), qPrintable(late.console.all()));
    }

    void aSessionListThatComesBackIsNoTrouble()
    {
        RunBench bench({ u"hang"_s });
        bench.start();
        bench.pass(20s);
        refuseList(bench, ItemType::Session, errorOf(ErrorKind::Server));
        bench.pass(2min);
        refuseList(bench, ItemType::Session, {});
        bench.pass(6min);
        QVERIFY(!bench.ended);
        finishHanging(bench);
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Ok);
    }

    void needsNoBatches()
    {
        RunBench bench({ u"one"_s });
        refuseList(bench, ItemType::Batch, errorOf(ErrorKind::SignIn));
        bench.start();
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QCOMPARE(bench.api->countOf(u"GET batches"_s), 0);
    }

    void neverTakesAnOlderNamesakeForItsOwn()
    {
        RunBench bench({ u"one"_s });
        bench.api->sessions = { sparkItem(u"7"_s, u"idle"_s, u"nightly"_s) };
        bench.api->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return std::unexpected(errorOf(ErrorKind::UnknownOutcome)); };
        bench.start();
        bench.pass(10min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.posted.isEmpty());
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 0);
    }

    void aSessionThatIsListedMinutesAfterAGatewayGaveUpIsItsOwn()
    {
        RunBench bench({ u"one"_s });
        bench.api->onCreate = [&bench](ItemType, const QString& name) -> Script<SparkItem> {
            bench.clock.after(80s, bench.run.get(), [&bench, name] { bench.api->sessions.append(sparkItem(u"4"_s, u"starting"_s, name)); });
            return std::unexpected(errorOf(ErrorKind::UnknownOutcome));
        };
        bench.start();
        bench.pass(10min);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QCOMPARE(bench.api->countOf(u"POST sessions"_s), 1);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 4"_s), 1);
    }

    void findsItsSessionAmongHundreds()
    {
        RunBench bench({ u"one"_s, u"two"_s });
        for (int id = 0; id < 250; ++id)
            bench.api->sessions.append(sparkItem(QString::number(id), u"idle"_s, u"other-%1"_s.arg(id)));
        bench.start();
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QCOMPARE(bench.posted.size(), 2);
        QCOMPARE(bench.api->countOf(u"POST statements 250"_s), 2);
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 1);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 250"_s), 1);
    }

    void oneRefusedSignInIsNotTheEnd()
    {
        int renewed = 0;
        RunBench bench({ u"hang"_s }, [&renewed](RunJob& job) { job.renewSignIn = [&renewed] { ++renewed; }; });
        bench.start();
        bench.pass(20s);
        refuseList(bench, ItemType::Session, errorOf(ErrorKind::SignIn));
        bench.pass(5s);
        refuseList(bench, ItemType::Session, {});
        bench.pass(1min);
        QCOMPARE(renewed, 1);
        QVERIFY2(bench.console.all().contains(u"Signing in once more"_s), qPrintable(bench.console.all()));
        finishHanging(bench);
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QVERIFY(bench.onDisk().contains("late"));
    }

    void aSignInThatIsRefusedTwiceIsTrouble()
    {
        RunBench bench({ u"hang"_s });
        bench.start();
        bench.pass(20s);
        refuseList(bench, ItemType::Session, errorOf(ErrorKind::SignIn));
        const int before = bench.api->countOf(u"GET sessions"_s);
        bench.pass(5min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        // the one that was refused, and one more: a third might lock the account
        QCOMPARE(bench.api->countOf(u"GET sessions"_s) - before, 2);
    }

    void saysInTheNotebookWhyTheCellUnderWayHasNoResult_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("time-out") << static_cast<int>(ExitCode::TimedOut) << "The time given (30 s) was over"_ba;
        QTest::newRow("interrupt") << static_cast<int>(ExitCode::Interrupted) << "The run was interrupted"_ba;
        QTest::newRow("outage") << static_cast<int>(ExitCode::Trouble) << "scripted"_ba;
    }
    void saysInTheNotebookWhyTheCellUnderWayHasNoResult()
    {
        QFETCH(const int, code);
        QFETCH(const QByteArray, words);
        const auto end = static_cast<ExitCode>(code);
        RunBench bench({ u"one"_s, u"hang"_s, u"three"_s }, [end](RunJob& job) { job.timeout = end == ExitCode::TimedOut ? 30s : 0s; });
        bench.start();
        bench.pass(20s);
        QCOMPARE(bench.posted.size(), 2);
        QVERIFY(!bench.onDisk().contains("Kindling\""));
        if (end == ExitCode::Interrupted)
            bench.run->interrupt();
        if (end == ExitCode::Trouble)
            bench.api->outage = errorOf(ErrorKind::Network);
        bench.pass(10min);
        QCOMPARE(bench.ended, end);
        const auto cells = readIpynb(bench.onDisk())->cells;
        QCOMPARE(cells.at(1).outputs.size(), 1);
        QCOMPARE(cells.at(1).outputs.first().errorName, u"Kindling"_s);
        QVERIFY2(cells.at(1).outputs.first().errorValue.contains(QString::fromUtf8(words)), qPrintable(cells.at(1).outputs.first().errorValue));
        QVERIFY(cells.at(2).outputs.isEmpty());
        QVERIFY2(bench.console.said.contains(u"1 cell(s) were not run."_s), qPrintable(bench.console.all()));
    }

    void aCellThatWaitedForItsSessionWasNotRun()
    {
        RunBench bench({ u"one"_s, u"two"_s });
        bench.staysStarting = true;
        bench.start();
        bench.pass(20s);
        bench.run->interrupt();
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QVERIFY2(bench.console.said.contains(u"2 cell(s) were not run."_s), qPrintable(bench.console.all()));
        QVERIFY(!bench.onDisk().contains("Kindling\""));
    }

    void seesToTheSessionOnceThoughTheLastWordsCannotBeSaved()
    {
        RunBench bench({ u"hang"_s });
        bench.start();
        bench.pass(20s);
        bench.folder.remove();
        bench.run->interrupt();
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QCOMPARE(bench.ends, 1);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
    }

    void aSessionThatFailsToStartIsWaitedForAndSaysItsLastWords()
    {
        RunBench bench({ u"one"_s });
        bench.staysStarting = true;
        bench.start();
        bench.pass(10s);
        bench.api->sessions.first().state = ItemState::fromWire(u"error"_s);
        bench.api->sessions.first().log = TextList(QStringList{ u"The queue nightly does not exist"_s });
        bench.pass(5s);
        QVERIFY(!bench.ended);
        QCOMPARE(bench.api->countOf(u"POST statements"_s), 0);
        bench.api->sessions.first().state = ItemState::fromWire(u"dead"_s);
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.posted.isEmpty());
        QVERIFY2(bench.console.all().contains(u"The queue nightly does not exist"_s), qPrintable(bench.console.all()));
        QVERIFY2(bench.console.said.contains(u"1 cell(s) were not run."_s), qPrintable(bench.console.all()));
    }

    void aSessionInErrorThatRefusesSaysItsLastWords()
    {
        RunBench bench({ u"one"_s });
        bench.staysStarting = true;
        bench.api->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(errorOf(ErrorKind::Server)); };
        bench.start();
        bench.pass(10s);
        bench.api->sessions.first().state = ItemState::fromWire(u"error"_s);
        bench.api->sessions.first().log = TextList(QStringList{ u"The queue nightly does not exist"_s });
        bench.pass(3min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY2(bench.console.all().contains(u"The queue nightly does not exist"_s), qPrintable(bench.console.all()));
    }

    void saysThatTheServerStoppedAtItsRowLimit_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("limit"); // of the session; 0 = as the server likes
        QTest::addColumn<bool>("isCut");
        QTest::newRow("the usual limit") << u"%%sql\nselect"_s << 1000 << 0 << true;
        QTest::newRow("all rows wanted") << u"%%sql -n -1\nselect"_s << 1000 << 0 << true;
        QTest::newRow("below it") << u"%%sql\nselect"_s << 999 << 0 << false;
        QTest::newRow("as many as were wanted") << u"%%sql -n 10\nselect"_s << 1000 << 0 << false;
        QTest::newRow("a limit of its own") << u"%%sql -n 1500\nselect"_s << 1500 << 1500 << true;
        QTest::newRow("below that") << u"%%sql -n 1500\nselect"_s << 1000 << 1500 << false;
        QTest::newRow("nothing is kept") << u"%%sql -q\nselect"_s << 1000 << 0 << false;
    }
    void saysThatTheServerStoppedAtItsRowLimit()
    {
        QFETCH(const QString, source);
        QFETCH(const int, rows);
        QFETCH(const int, limit);
        QFETCH(const bool, isCut);
        RunBench bench({ source }, [limit](RunJob& job) {
            job.cells.first().kind = Kind::Sql;
            if (limit > 0)
                job.session.conf.insert(u"livy.rsc.sql.num-rows"_s, QString::number(limit));
        });
        bench.api->onRun = [rows](const QString& code) -> Script<Statement> {
            Statement made = statement(0, StatementState::Available, code);
            made.output = rowsOutput(rows);
            return made;
        };
        bench.start();
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QCOMPARE(bench.console.all().contains(u"rows: the server stopped there"_s), isCut);
        const QList<Output> outputs = readIpynb(bench.onDisk())->cells.first().outputs;
        QCOMPARE(outputs.size(), isCut ? 2 : source.contains(u"-q"_s) ? 0 : 1);
        QCOMPARE(bench.onDisk().contains("rows: the server stopped there"), isCut);
        if (isCut)
            QVERIFY(bench.onDisk().contains("\"name\": \"stderr\""));
        if (limit > 0)
            QCOMPARE(outputs.first().rowLimit, limit);
    }

    void keepsTheTimeOfAnEndThatComesLate()
    {
        RunBench bench({ u"one"_s, u"hang"_s });
        const QDateTime began = bench.clock.now();
        const auto answered = bench.api->onRun;
        bench.api->onRun = [answered, began](const QString& code) -> Script<Statement> {
            Statement made = answered(code)->value();
            made.started = began;
            return made;
        };
        bench.api->onFetch = [&bench, began](int number) -> Script<Statement> {
            if (number == 1)
                return bench.hanging;
            Statement told = statement(0, StatementState::Available, u"one"_s);
            told.output = okOutput("done one");
            told.started = began;
            told.completed = began.addSecs(1);
            return told;
        };
        bench.start();
        bench.pass(20s);
        QCOMPARE(bench.posted.size(), 2);
        const NotebookCell cell = readIpynb(bench.onDisk())->cells.first();
        QCOMPARE(cell.run.completed, began.addSecs(1));
        QVERIFY(cell.outputs.first().parts.first().json.contains("done one"));
    }
};

KINDLING_TEST(TestRunTroubles)
#include "tst_runtroubles.moc"
