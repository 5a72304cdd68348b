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
};

KINDLING_TEST(TestRunTroubles)
#include "tst_runtroubles.moc"
