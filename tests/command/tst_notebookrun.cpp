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

class TestNotebookRun final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void runsTheCellsInOrderAndDeletesItsSession()
    {
        RunBench bench({ u"one"_s, u"two"_s, u"three"_s });
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QCOMPARE(bench.ends, 1);
        QCOMPARE(bench.posted, (QStringList{ u"one"_s, u"two"_s, u"three"_s }));
        QCOMPARE(bench.api->countOf(u"POST sessions nightly"_s), 1);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
        for (const QByteArray& text : { "done one"_ba, "done two"_ba, "done three"_ba })
            QVERIFY(bench.onDisk().contains(text));
        QVERIFY(!bench.onDisk().contains("stale"));
        QVERIFY(bench.console.complaints.isEmpty());
        QVERIFY(bench.console.said.contains(u"Session 0 was deleted."_s));
    }

    void writesEachResultBeforeTheNextCellBegins()
    {
        RunBench bench({ u"one"_s, u"two"_s, u"three"_s });
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.onDiskWhenPosted.size(), 3);
        QVERIFY(!bench.onDiskWhenPosted.at(0).isEmpty() && !bench.onDiskWhenPosted.at(0).contains("stale"));
        QVERIFY(bench.onDiskWhenPosted.at(1).contains("done one"));
        QVERIFY(bench.onDiskWhenPosted.at(2).contains("done two"));
        for (const QByteArray& each : bench.onDiskWhenPosted)
            QVERIFY(readIpynb(each).has_value());
    }

    void stopsAtTheFirstCellThatFails()
    {
        RunBench bench({ u"one"_s, u"fail"_s, u"three"_s, u"four"_s });
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::CellFailed);
        QCOMPARE(bench.posted, (QStringList{ u"one"_s, u"fail"_s }));
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
        QVERIFY(bench.onDisk().contains("no good"));
        QVERIFY2(bench.console.complaints.first().startsWith(u"Cell 2 failed on prod: ValueError: no good"_s), qPrintable(bench.console.all()));
        QVERIFY2(bench.console.said.contains(u"2 cell(s) were not run."_s), qPrintable(bench.console.all()));
    }

    void aCellThatSomebodyElseCancelsHasFailed()
    {
        RunBench bench({ u"hang"_s, u"two"_s });
        bench.start();
        bench.pass(10s);
        bench.hanging.state = StatementState::Cancelled;
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::CellFailed);
        QCOMPARE(bench.posted.size(), 1);
        QVERIFY(bench.console.all().contains(u"Cell 1 was cancelled on prod"_s));
    }

    void aStatementThatTheServerRefusesIsTrouble()
    {
        RunBench bench({ u"one"_s, u"two"_s });
        bench.api->onRun = [](const QString&) -> Script<Statement> { return std::unexpected(test::errorOf(ErrorKind::Server)); };
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.api->countOf(u"POST statements"_s), 1);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
        QVERIFY(bench.onDisk().contains("scripted"));
    }

    void aResultThatCannotBeReadIsTrouble_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("too large") << ErrorKind::TooLarge;
        QTest::newRow("cannot be understood") << ErrorKind::Protocol;
        QTest::newRow("not allowed") << ErrorKind::Forbidden;
        QTest::newRow("never in time") << ErrorKind::Timeout;
    }
    void aResultThatCannotBeReadIsTrouble()
    {
        QFETCH(const ErrorKind, kind);
        RunBench bench({ u"hang"_s, u"two"_s });
        bench.api->onFetch = [kind](int) -> Script<Statement> { return std::unexpected(test::errorOf(kind)); };
        bench.start();
        bench.pass(15min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.posted.size(), 1);
        QVERIFY2(bench.console.complaints.first().startsWith(u"The result of statement 0 could not be read: scripted"_s), qPrintable(bench.console.all()));
        QVERIFY(bench.onDisk().contains("could not be read"));
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
    }

    void settlesALostAnswerByLooking()
    {
        RunBench bench({ u"one"_s, u"two"_s });
        const auto answered = bench.api->onRun;
        bench.api->onRun = [&bench, answered](const QString& code) -> Script<Statement> {
            const Script<Statement> made = answered(code);
            bench.api->statements.append(made->value());
            return code == "one"_L1 ? Script<Statement>(std::unexpected(test::errorOf(ErrorKind::UnknownOutcome))) : made;
        };
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QCOMPARE(bench.posted.size(), 2);
        QVERIFY(bench.console.all().contains(u"looking whether it arrived"_s));
        QVERIFY(bench.onDisk().contains("done one"));
    }

    void aServerThatIsNotThereIsTrouble()
    {
        RunBench bench({ u"one"_s });
        bench.api->outage = test::errorOf(ErrorKind::Network);
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.api->countOf(u"POST"_s), 0);
        QVERIFY(bench.console.complaints.first().contains(u"(server: prod)"_s));
    }

    void aRefusedSignInIsTrouble()
    {
        RunBench bench({ u"one"_s });
        bench.api->outage = test::errorOf(ErrorKind::SignIn);
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.console.complaints.first().contains(u"--token-env"_s));
    }

    void noConnectionInTwoMinutesIsTrouble()
    {
        RunBench bench({ u"one"_s });
        bench.api->onVersion = []() -> Script<ServerVersion> { return std::nullopt; };
        bench.start();
        bench.pass(119s);
        QVERIFY(!bench.ended);
        bench.pass(3s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
    }

    void endsWhenTheTimeIsOver()
    {
        RunBench bench({ u"hang"_s, u"two"_s }, [](RunJob& job) { job.timeout = 30s; });
        bench.start();
        bench.pass(29s);
        QVERIFY(!bench.ended);
        bench.pass(10s);
        QCOMPARE(bench.ended, ExitCode::TimedOut);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
        QVERIFY(bench.console.all().contains(u"The time given (30 s) is over."_s));
    }

    void aSessionThatIsBeingMadeIsStillDeleted()
    {
        RunBench bench({ u"one"_s });
        bench.api->latency = 5s;
        bench.start();
        bench.pass(13s);
        QCOMPARE(bench.api->countOf(u"POST sessions"_s), 1);
        QVERIFY(bench.console.all().contains(u"Starting the session nightly"_s));
        QVERIFY(!bench.console.all().contains(u"is starting"_s));
        bench.run->interrupt();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QVERIFY(bench.posted.isEmpty());
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
    }

    void endsOnceThoughTheSessionIsMadeAfterwards()
    {
        RunBench bench({ u"one"_s });
        bench.api->latency = 5s;
        bench.start();
        bench.pass(13s);
        QCOMPARE(bench.api->countOf(u"POST sessions"_s), 1);
        bench.run->interrupt();
        bench.run->interrupt();
        bench.clock.advance(1min);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QCOMPARE(bench.ends, 1);
        QVERIFY(!bench.console.all().contains(u"was deleted"_s));
    }

    void aSessionThatIsRefusedAfterAnInterruptIsNotWaitedFor()
    {
        RunBench bench({ u"one"_s });
        bench.api->latency = 5s;
        bench.api->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return std::unexpected(test::errorOf(ErrorKind::Rejected)); };
        bench.start();
        bench.pass(13s);
        QCOMPARE(bench.api->countOf(u"POST sessions"_s), 1);
        bench.run->interrupt();
        QVERIFY(!bench.ended);
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QCOMPARE(bench.ends, 1);
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 0);
    }

    void anInterruptWhileTheSessionGoesWaitsForThat()
    {
        RunBench bench({ u"one"_s });
        bench.api->latency = 3s;
        bench.start();
        while (bench.api->countOf(u"DELETE"_s) == 0 && !bench.ended)
            bench.pass(100ms);
        bench.run->interrupt();
        QVERIFY(!bench.ended);
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QVERIFY(bench.console.said.contains(u"Session 0 was deleted."_s));
    }

    void anInterruptEndsTheSessionToo()
    {
        RunBench bench({ u"hang"_s, u"two"_s });
        bench.start();
        bench.pass(20s);
        bench.run->interrupt();
        bench.pass(20s);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QCOMPARE(bench.ends, 1);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
        QVERIFY(bench.console.said.contains(u"1 cell(s) were not run."_s));
    }

    void aSecondInterruptEndsAtOnceAndSaysWhatIsLeft()
    {
        RunBench bench({ u"hang"_s });
        bench.api->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::nullopt; };
        bench.start();
        bench.pass(20s);
        bench.run->interrupt();
        bench.pass(10s);
        QVERIFY(!bench.ended);
        bench.run->interrupt();
        bench.pass(1s);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QVERIFY(bench.console.all().contains(u"nightly on prod any more: it may still be there"_s));
        bench.run->interrupt();
        bench.clock.advance(10min);
        QCOMPARE(bench.ends, 1);
    }

    void saysWhenNobodyKnowsWhetherTheSessionIsGone()
    {
        RunBench bench({ u"one"_s });
        bench.api->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::unexpected(test::errorOf(ErrorKind::UnknownOutcome)); };
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
        QVERIFY(bench.console.all().contains(u"Nobody can tell whether session 0 (nightly) on prod was deleted."_s));
    }

    void doesNotWaitForEverForTheSessionToGo()
    {
        RunBench bench({ u"one"_s });
        bench.api->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::nullopt; };
        bench.start();
        bench.pass(4min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.console.all().contains(u"Nobody can tell"_s));
    }

    void aRefusedDeleteIsTroubleButNotMoreThanAFailedCell()
    {
        RunBench bench({ u"fail"_s });
        bench.api->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::unexpected(test::errorOf(ErrorKind::Forbidden)); };
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::CellFailed);
        QVERIFY(bench.console.all().contains(u"Session 0 (nightly) on prod was not deleted: scripted"_s));
    }

    void saysWhichSessionMayHaveBeenMade()
    {
        RunBench bench({ u"one"_s });
        bench.api->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return std::unexpected(test::errorOf(ErrorKind::UnknownOutcome)); };
        bench.start();
        bench.pass(2min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.api->countOf(u"POST sessions"_s), 1);
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 0);
        QVERIFY(bench.console.all().contains(u"named nightly"_s));
    }

    void aSessionThatDiesWhileStartingSaysItsLastWords()
    {
        RunBench bench({ u"one"_s });
        bench.staysStarting = true;
        bench.start();
        bench.pass(10s);
        bench.api->sessions.first().state = ItemState::fromWire(u"dead"_s);
        bench.api->sessions.first().log = TextList(QStringList{ u"Invalid maximum heap size: -Xmx1x"_s });
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.posted.isEmpty());
        QVERIFY2(bench.console.all().contains(u"Invalid maximum heap size"_s), qPrintable(bench.console.all()));
    }

    void aSessionThatVanishesIsTrouble()
    {
        RunBench bench({ u"hang"_s });
        bench.start();
        bench.pass(20s);
        bench.api->sessions.clear();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.console.all().contains(u"gone from the server"_s));
    }

    void neverTouchesAnotherSessionThatGotItsId_data()
    {
        QTest::addColumn<QString>("first");
        QTest::newRow("while a cell runs") << u"hang"_s;
        QTest::newRow("between two cells") << u"one"_s;
    }
    void neverTouchesAnotherSessionThatGotItsId()
    {
        QFETCH(QString, first);
        RunBench bench({ first, u"two"_s });
        const auto answered = bench.api->onRun;
        bench.api->onRun = [&bench, answered](const QString& code) {
            bench.api->sessions = { sparkItem(u"0"_s, u"idle"_s, u"somebody's"_s) };
            bench.server.sessions().merge(bench.api->sessions);
            return answered(code);
        };
        bench.start();
        bench.pass(2min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.posted.size(), 1);
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 0);
    }

    void outlivesAShortOutage()
    {
        RunBench bench({ u"hang"_s });
        bench.start();
        bench.pass(20s);
        bench.api->outage = test::errorOf(ErrorKind::Network);
        bench.pass(2min);
        QVERIFY(bench.console.all().contains(u"The connection to prod is lost"_s));
        bench.api->outage.reset();
        bench.pass(6min);
        QVERIFY(!bench.ended);
        bench.hanging.state = StatementState::Available;
        bench.hanging.output = okOutput("late");
        bench.pass(1min);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QVERIFY(bench.onDisk().contains("late"));
    }

    void givesUpOnALongOutage()
    {
        RunBench bench({ u"hang"_s });
        bench.start();
        bench.pass(20s);
        bench.api->outage = test::errorOf(ErrorKind::Network);
        bench.pass(10min);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.console.all().contains(u"was not deleted"_s));
    }

    void keepsTheSessionWhenAsked()
    {
        RunBench bench({ u"one"_s }, [](RunJob& job) { job.keepsSession = true; });
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Ok);
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 0);
        QVERIFY(bench.console.said.contains(u"Session 0 (nightly) is kept."_s));
    }

    void cancelsTheCellOfAKeptSession()
    {
        RunBench bench({ u"hang"_s }, [](RunJob& job) { job.keepsSession = true; });
        bench.api->onCancel = [&bench](int) -> Script<Done> {
            bench.hanging.state = StatementState::Cancelled;
            return Done{};
        };
        bench.start();
        bench.pass(20s);
        bench.run->interrupt();
        bench.pass(30s);
        QCOMPARE(bench.ended, ExitCode::Interrupted);
        QCOMPARE(bench.api->countOf(u"CANCEL statement 0"_s), 1);
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 0);
        QVERIFY(bench.console.said.contains(u"Session 0 (nightly) is kept."_s));
    }

    void leavesTheSessionToAServerThatEndsAnyway()
    {
        RunBench bench({ u"fail"_s }, [](RunJob& job) { job.endsServer = true; });
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::CellFailed);
        QCOMPARE(bench.api->countOf(u"DELETE"_s), 0);
    }

    void anOutputThatCannotBeWrittenStopsTheRunBeforeItBegins()
    {
        RunBench bench({ u"one"_s }, [](RunJob& job) { job.outputPath = u"/proc/none/o.ipynb"_s; });
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.api->countOf(u"POST"_s), 0);
        QVERIFY(bench.console.all().contains(u"/proc/none/o.ipynb"_s));
    }

    void anOutputThatCannotBeWrittenLaterStopsTheRun()
    {
        RunBench bench({ u"one"_s, u"two"_s });
        const auto answered = bench.api->onRun;
        bench.api->onRun = [&bench, answered](const QString& code) {
            bench.folder.remove();
            return answered(code);
        };
        bench.start();
        bench.pass(60s);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QCOMPARE(bench.posted.size(), 1);
        QVERIFY2(bench.console.said.contains(u"1 cell(s) were not run."_s), qPrintable(bench.console.all()));
        QCOMPARE(bench.api->countOf(u"DELETE sessions 0"_s), 1);
    }

    void aNotebookWithoutCodeNeedsNoServer()
    {
        RunBench bench({ u" "_s });
        bench.start();
        bench.clock.advance(10ms);
        QCOMPARE(bench.ended, ExitCode::Ok);
        bench.clock.advance(60s);
        QCOMPARE(bench.api->countOf(u"POST"_s), 0);
        QVERIFY(readIpynb(bench.onDisk()).has_value());
    }

    void saysWhyThereWillBeNoConnection()
    {
        RunBench bench({ u"one"_s });
        bench.run->start();
        bench.run->giveUp(failure(ErrorKind::Unavailable, u"No Java."_s).error());
        bench.clock.advance(10ms);
        QCOMPARE(bench.ended, ExitCode::Trouble);
        QVERIFY(bench.console.complaints.first().startsWith(u"No Java."_s));
    }

    void drawsABarOnATerminal()
    {
        RunBench bench({ u"hang"_s });
        bench.console.hasTerminal = true;
        bench.start();
        bench.pass(20s);
        bench.hanging.progress = 0.5;
        bench.pass(5s);
        const QString bar = QString(10, u'█') + QString(10, u'░');
        QVERIFY2(bench.console.shown.last().startsWith(u"[1/1] Cell 1, PySpark: "_s + bar + u" 50 % "_s), qPrintable(bench.console.shown.last()));
        QVERIFY(bench.console.said.isEmpty());
    }

    void tellsProgressInFewLinesElsewhere()
    {
        RunBench bench({ u"hang"_s });
        bench.start();
        for (int step = 0; step < 100; ++step) {
            bench.hanging.progress = step / 300.0;
            bench.pass(1s);
        }
        QVERIFY(bench.console.shown.isEmpty());
        const qsizetype lines = bench.console.said.filter(u"[1/1]"_s).size();
        QVERIFY2(lines >= 3 && lines <= 5, qPrintable(bench.console.all()));
        for (int step = 0; step < 12; ++step) {
            bench.hanging.progress = 0.4 + step / 20.0;
            bench.pass(1s);
        }
        QVERIFY2(bench.console.said.filter(u"[1/1]"_s).size() <= lines + 2, qPrintable(bench.console.all()));
        QVERIFY(bench.console.said.last().contains(u" %"_s));
    }

    void saysTimesShortly()
    {
        QCOMPARE(elapsedText(420ms), u"0.4 s"_s);
        QCOMPARE(elapsedText(12'900ms), u"12 s"_s);
        QCOMPARE(elapsedText(185s), u"3 min 05 s"_s);
        QCOMPARE(elapsedText(7620s), u"2 h 07 min"_s);
    }
};

KINDLING_TEST(TestNotebookRun)
#include "tst_notebookrun.moc"
