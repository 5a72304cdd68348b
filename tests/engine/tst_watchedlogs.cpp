// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "app/engine/postmortem.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <iterator>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestWatchedLogs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void readsNothingUnasked();
    void readsLogsThatNobodyHasOpen();
    void aHeartbeatIsLeftAloneUnlessAttached();
    void aServerThatDoesNotTellHeartbeatsIsLeftAlone();
    void ownOnesAndBatchesComeFirst();
    void manyThatPrintLetNoOtherStarve();
    void manyThatChangeLetNoBatchStarve();
    void aQuietLogIsReadLessAndLess();
    void whatIsOpenIsNotReadTwice();
    void showsNothingAsAttached();
    void staysWithinTheBudget();
    void waitsAsLongAsTheServerAsks();
    void asksLessAndLessWhileLooksFail();
    void oneLogThatIsGoneStopsNoOther();
    void aForbiddenLogIsLeftUntilItChanges();
    void readsNothingUntilSomebodySignsIn();
    void anEndedOneIsReadOnceMore();
    void stopsWhenItIsSwitchedOff();
    void survivesAnItemThatGoesWhileItIsRead();
    void keepsFewLinesOfWhatNobodyWatches();
    void anEndByIdleTimeoutHasItsPostMortem();
    void whatWasKeptAliveHasNotTimedOut();
    void aLinkThatHoldsASecretIsNotRecorded_data();
    void aLinkThatHoldsASecretIsNotRecorded();
};

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
        , workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
    {
        state->onLog = [this](ItemType) -> Script<LogSlice> {
            if (logProblem)
                return std::unexpected(*logProblem);
            return LogSlice{ 0, static_cast<int>(lines.size()), lines };
        };
    }
    /// All of them have been looked at.
    void watchBatches(int count)
    {
        for (int i = 0; i < count; ++i)
            state->batches.append(sparkItem(QString::number(i), u"running"_s));
        start();
        clock.advance(1min);
    }
    void start()
    {
        ServerProfile profile;
        profile.id = u"prod"_s;
        profile.user = u"ann"_s;
        workspace.setWatchesLogs(true);
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    /// Session 7, which may be idle for half an hour.
    void addSession(const QString& word)
    {
        SparkItem session = sparkItem(u"7"_s, word, u"etl"_s);
        session.idleTimeout = u"30m"_s;
        state->sessions = { session };
    }
    [[nodiscard]] Server& server() const { return *workspace.servers().constFirst(); }
    int logReads(const QString& id) const { return static_cast<int>(state->calls.count(u"GET session log "_s + id)); }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    QStringList lines{ u"stdout: "_s, u"a"_s };
    std::optional<Error> logProblem;
    Workspace workspace;
};

/// Of all that a bench sees.
class Records {
public:
    explicit Records(Bench& bench)
        : m_recorder(m_folder.filePath(u"records.sqlite"_s), bench.clock)
    {
        QObject::connect(&bench.workspace, &Workspace::observed, &m_recorder, &Recorder::record);
    }
    [[nodiscard]] Result<PostMortem> postMortem(const QString& session)
    {
        std::optional<Result<PostMortem>> got;
        readPostMortem(m_recorder, { { u"prod"_s, ItemType::Session, session } }, &m_recorder, [&got](const Result<PostMortem>& result) { got = result; });
        const bool isAnswered = QTest::qWaitFor([&got] { return got.has_value(); }, 60'000);
        return isAnswered ? *got : Result<PostMortem>(std::unexpected(errorOf(ErrorKind::Timeout)));
    }

private:
    QTemporaryDir m_folder;
    Recorder m_recorder;
};
}

void TestWatchedLogs::readsNothingUnasked()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    bench.start();
    bench.workspace.setWatchesLogs(false);
    bench.clock.advance(10min);
    QCOMPARE(bench.logReads(u"0"_s), 0);
}

void TestWatchedLogs::readsLogsThatNobodyHasOpen()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    bench.state->batches = { sparkItem(u"0"_s, u"running"_s) };
    QList<Observation> logs;
    connect(&bench.workspace, &Workspace::observed, this, [&logs](const Observation& each) {
        if (std::holds_alternative<LogSeen>(each.what))
            logs.append(each);
    });
    bench.start();
    bench.clock.advance(20s);
    QCOMPARE(logs.size(), 2);
    QVERIFY(bench.logReads(u"0"_s) >= 1);
    QVERIFY(bench.state->countOf(u"GET batch log"_s) >= 1);
}

void TestWatchedLogs::aHeartbeatIsLeftAloneUnlessAttached()
{
    Bench bench;
    SparkItem session = sparkItem(u"0"_s, u"idle"_s);
    session.heartbeatTimeoutSeconds = 60;
    bench.state->sessions = { session };
    bench.start();
    bench.clock.advance(5min);
    QCOMPARE(bench.logReads(u"0"_s), 0);
    bench.server().log(ItemType::Session, u"0"_s)->watch();
    bench.clock.advance(10s);
    QVERIFY(bench.logReads(u"0"_s) >= 9);
    bench.server().log(ItemType::Session, u"0"_s)->unwatch();
    const int reads = bench.logReads(u"0"_s);
    bench.clock.advance(10min);
    QCOMPARE(bench.logReads(u"0"_s), reads);
}

void TestWatchedLogs::aServerThatDoesNotTellHeartbeatsIsLeftAlone()
{
    Bench bench;
    bench.state->onVersion = []() -> Script<ServerVersion> {
        ServerVersion version;
        version.text = u"0.7.1-incubating"_s;
        version.minor = 7;
        return version;
    };
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    bench.state->batches = { sparkItem(u"0"_s, u"running"_s) };
    bench.start();
    bench.clock.advance(5min);
    QCOMPARE(bench.logReads(u"0"_s), 0);
    QVERIFY(bench.state->countOf(u"GET batch log"_s) > 0);
}

void TestWatchedLogs::ownOnesAndBatchesComeFirst()
{
    Bench bench;
    for (int i = 0; i < 60; ++i)
        bench.state->sessions.append(sparkItem(QString::number(i), u"busy"_s));
    bench.state->sessions[59].owner = u"ann"_s;
    bench.state->onLog = [&bench](ItemType) -> Script<LogSlice> { // all of them are busy printing
        for (int i = 0; i < 60; ++i)
            bench.lines.append(u"line %1"_s.arg(bench.lines.size()));
        return LogSlice{ 0, 61, QStringList{ u"stdout: "_s } + bench.lines.last(60) };
    };
    bench.start();
    bench.clock.advance(2min);
    const int own = bench.logReads(u"59"_s);
    QVERIFY2(own > 30, qPrintable(QString::number(own)));
    for (int i = 0; i < 59; ++i) {
        const int reads = bench.logReads(QString::number(i));
        QVERIFY2(reads >= 2 && reads < own / 2, qPrintable(u"%1 of %2, own %3"_s.arg(reads).arg(i).arg(own)));
    }
}

void TestWatchedLogs::manyThatPrintLetNoOtherStarve()
{
    Bench bench;
    for (int i = 0; i < 20; ++i)
        bench.state->batches.append(sparkItem(QString::number(i), u"running"_s));
    bench.addSession(u"idle"_s);
    QStringList printed{ u"stdout: "_s };
    bench.state->onLog = [&](ItemType type) -> Script<LogSlice> {
        if (type == ItemType::Batch)
            printed.append(u"line %1"_s.arg(printed.size()));
        const QStringList& all = type == ItemType::Batch ? printed : bench.lines;
        return LogSlice{ 0, static_cast<int>(all.size()), all };
    };
    QStringList seen; // of the session
    connect(&bench.workspace, &Workspace::observed, this, [&seen](const Observation& each) {
        if (const auto* log = std::get_if<LogSeen>(&each.what); log && each.item.key.type == ItemType::Session)
            std::ranges::transform(log->lines, std::back_inserter(seen), &LogLine::text);
    });
    bench.start();
    bench.clock.advance(10min);
    const int reads = bench.logReads(u"7"_s);
    QVERIFY2(reads >= 8, qPrintable(QString::number(reads)));
    bench.lines.append(u"last words"_s);
    bench.state->sessions[0].state = ItemState::fromWire(u"shutting_down"_s);
    bench.clock.advance(4s); // the list needs two
    bench.state->sessions.clear();
    bench.clock.advance(5s);
    QVERIFY(seen.contains(u"last words"_s));
    for (int i = 0; i < 20; ++i) {
        const qsizetype ofBatch = bench.state->calls.count(u"GET batch log %1"_s.arg(i));
        QVERIFY2(ofBatch >= 60, qPrintable(u"%1 of %2"_s.arg(ofBatch).arg(i)));
    }
}

void TestWatchedLogs::manyThatChangeLetNoBatchStarve()
{
    Bench bench;
    for (int i = 0; i < 100; ++i)
        bench.state->sessions.append(sparkItem(QString::number(i), u"idle"_s));
    bench.watchBatches(1);
    bench.state->onLog = [&bench](ItemType) -> Script<LogSlice> {
        bench.lines.append(u"line %1"_s.arg(bench.lines.size()));
        return LogSlice{ 0, static_cast<int>(bench.lines.size()), bench.lines };
    };
    bench.state->batches[0].state = ItemState::fromWire(u"starting"_s); // it wakes up
    bench.clock.advance(10s);
    bench.state->calls.clear();
    for (int i = 0; i < 60; ++i) {
        for (SparkItem& each : bench.state->sessions)
            each.state = ItemState::fromWire(i % 2 == 0 ? u"busy"_s : u"idle"_s);
        bench.clock.advance(1s);
    }
    const int reads = bench.state->countOf(u"GET batch log"_s);
    QVERIFY2(reads >= 20, qPrintable(QString::number(reads)));
}

void TestWatchedLogs::aQuietLogIsReadLessAndLess()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    bench.start();
    bench.clock.advance(10min);
    const int early = bench.logReads(u"0"_s);
    bench.clock.advance(10min);
    QVERIFY2(bench.logReads(u"0"_s) - early <= 11, qPrintable(QString::number(bench.logReads(u"0"_s) - early)));
    bench.state->calls.clear();
    bench.state->sessions[0].state = ItemState::fromWire(u"busy"_s); // it wakes up
    bench.clock.advance(30s);
    QVERIFY(bench.logReads(u"0"_s) >= 2);
}

void TestWatchedLogs::whatIsOpenIsNotReadTwice()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    bench.start();
    bench.server().log(ItemType::Session, u"0"_s)->watch();
    bench.clock.advance(1min);
    const int reads = bench.logReads(u"0"_s);
    QVERIFY2(reads >= 55 && reads <= 62, qPrintable(QString::number(reads)));
}

void TestWatchedLogs::showsNothingAsAttached()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    bench.start();
    bool wasAttached = false;
    connect(&bench.server().sessions(), &ItemStore::changed, this, [&] { wasAttached = wasAttached || bench.server().sessions().find(u"0"_s)->isAttached; });
    bench.clock.advance(1min);
    QVERIFY(bench.logReads(u"0"_s) > 0);
    QVERIFY(!wasAttached);
}

void TestWatchedLogs::staysWithinTheBudget()
{
    Bench bench;
    for (int i = 0; i < 80; ++i)
        bench.state->batches.append(sparkItem(QString::number(i), u"running"_s));
    bench.start();
    bench.clock.advance(30s);
    bench.state->calls.clear();
    bench.clock.advance(60s);
    QVERIFY2(bench.state->countOf(u"GET batch log"_s) <= 4 * 60 + 1, qPrintable(QString::number(bench.state->countOf(u"GET batch log"_s))));
    QVERIFY(bench.state->calls.size() <= 10 * 60);
    QVERIFY(bench.state->countOf(u"GET batches"_s) >= 25); // the lists do not starve
}

void TestWatchedLogs::waitsAsLongAsTheServerAsks()
{
    Bench bench;
    bench.watchBatches(20);
    Error busy = errorOf(ErrorKind::Busy);
    busy.retryAfter = 120s;
    bench.logProblem = busy;
    bench.state->calls.clear();
    bench.clock.advance(100s);
    QCOMPARE(bench.state->countOf(u"GET batch log"_s), 1);
    bench.logProblem.reset();
    bench.clock.advance(60s);
    QVERIFY(bench.state->countOf(u"GET batch log"_s) >= 20);
}

void TestWatchedLogs::asksLessAndLessWhileLooksFail()
{
    Bench bench;
    bench.watchBatches(60);
    bench.logProblem = errorOf(ErrorKind::Server);
    bench.clock.advance(2min);
    bench.state->calls.clear();
    bench.clock.advance(5min);
    const int looks = bench.state->countOf(u"GET batch log"_s); // a rest of 15 s on average, of 30 s at the most
    QVERIFY2(looks >= 9 && looks <= 60, qPrintable(QString::number(looks)));
}

void TestWatchedLogs::oneLogThatIsGoneStopsNoOther()
{
    Bench bench;
    bench.watchBatches(60);
    bench.logProblem = errorOf(ErrorKind::NotFound);
    bench.state->calls.clear();
    bench.clock.advance(1min);
    QVERIFY(bench.state->countOf(u"GET batch log"_s) >= 60);
}

void TestWatchedLogs::aForbiddenLogIsLeftUntilItChanges()
{
    Bench bench;
    for (int i = 0; i < 20; ++i)
        bench.state->sessions.append(sparkItem(QString::number(i), u"idle"_s));
    bench.state->onLog = [&bench](ItemType type) -> Script<LogSlice> {
        if (type == ItemType::Session)
            return std::unexpected(errorOf(ErrorKind::Forbidden));
        bench.lines.append(u"line %1"_s.arg(bench.lines.size()));
        return LogSlice{ 0, static_cast<int>(bench.lines.size()), bench.lines };
    };
    bench.watchBatches(1);
    bench.clock.advance(9min);
    QCOMPARE(bench.state->countOf(u"GET session log"_s), 20);
    const int ofBatch = bench.state->countOf(u"GET batch log"_s);
    QVERIFY2(ofBatch >= 250, qPrintable(QString::number(ofBatch))); // nobody rests for it
    bench.state->sessions[3].state = ItemState::fromWire(u"busy"_s);
    bench.clock.advance(1min);
    QCOMPARE(bench.logReads(u"3"_s), 2);
    QCOMPARE(bench.state->countOf(u"GET session log"_s), 21);
}

void TestWatchedLogs::readsNothingUntilSomebodySignsIn()
{
    Bench bench;
    bench.watchBatches(20);
    bench.state->outage = errorOf(ErrorKind::SignIn);
    bench.clock.advance(3s); // whichever is refused first
    QCOMPARE(bench.server().connection(), ConnectionState::SignInNeeded);
    bench.state->calls.clear();
    bench.clock.advance(10min);
    QCOMPARE(bench.state->countOf(u"GET batch log"_s), 0);
    bench.state->outage.reset();
    bench.server().refresh();
    bench.clock.advance(1min);
    QVERIFY(bench.state->countOf(u"GET batch log"_s) >= 20);
}

void TestWatchedLogs::anEndedOneIsReadOnceMore()
{
    Bench bench;
    bench.state->batches = { sparkItem(u"0"_s, u"running"_s), sparkItem(u"1"_s, u"dead"_s) };
    bench.start();
    bench.clock.advance(10s);
    bench.state->batches[0].state = ItemState::fromWire(u"dead"_s);
    bench.lines.append(u"last words"_s);
    bench.clock.advance(10s);
    QCOMPARE(bench.server().log(ItemType::Batch, u"0"_s)->lines().constLast().text, u"last words"_s);
    QCOMPARE(bench.state->countOf(u"GET batch log 1"_s), 0); // it ended before anybody watched
    bench.state->calls.clear();
    bench.clock.advance(10min);
    QCOMPARE(bench.state->countOf(u"GET batch log"_s), 0);
}

void TestWatchedLogs::stopsWhenItIsSwitchedOff()
{
    Bench bench;
    bench.state->sessions = { sparkItem(u"0"_s, u"idle"_s) };
    bench.start();
    bench.clock.advance(1min);
    bench.workspace.setWatchesLogs(false);
    bench.state->calls.clear();
    bench.clock.advance(10min);
    QCOMPARE(bench.logReads(u"0"_s), 0);
    bench.workspace.setWatchesLogs(true);
    bench.clock.advance(1min);
    QVERIFY(bench.logReads(u"0"_s) > 0);
}

void TestWatchedLogs::survivesAnItemThatGoesWhileItIsRead()
{
    Bench bench;
    bench.state->batches = { sparkItem(u"0"_s, u"running"_s), sparkItem(u"1"_s, u"running"_s) };
    bench.state->latency = 500ms;
    bench.start();
    for (int i = 0; i < 50; ++i) {
        bench.clock.advance(700ms);
        if (i % 5 == 0)
            bench.state->batches.append(sparkItem(QString::number(i + 2), u"running"_s));
        if (i % 5 == 3)
            bench.state->batches.removeLast();
    }
    bench.state->calls.clear();
    bench.clock.advance(1min);
    QVERIFY(bench.state->countOf(u"GET batch log 0"_s) > 0);
    QVERIFY(bench.state->countOf(u"GET batch log 1"_s) > 0);
}

void TestWatchedLogs::keepsFewLinesOfWhatNobodyWatches()
{
    Bench bench;
    bench.state->batches = { sparkItem(u"0"_s, u"running"_s) };
    int printed = 0;
    bench.state->onLog = [&printed](ItemType) -> Script<LogSlice> {
        QStringList ring{ u"stdout: "_s };
        printed += 150;
        for (int i = printed - 200; i < printed; ++i)
            ring.append(u"line %1"_s.arg(i));
        return LogSlice{ 0, 201, ring };
    };
    bench.start();
    bench.clock.advance(10min);
    QVERIFY(printed > 20'000);
    LogTailer* tailer = bench.server().log(ItemType::Batch, u"0"_s);
    QVERIFY(tailer->lines().size() <= 2000);
    // Once nothing is recorded any more, all of it is kept.
    bench.server().setWatchesLogs(false);
    tailer->watch();
    const int before = printed;
    bench.clock.advance(5min);
    QVERIFY(printed > before + 20'000);
    QVERIFY(tailer->lines().size() > 20'000);
}

void TestWatchedLogs::anEndByIdleTimeoutHasItsPostMortem()
{
    Bench bench;
    Records records(bench);
    bench.addSession(u"busy"_s);
    bench.start();
    bench.clock.advance(1min);
    bench.state->sessions[0].state = ItemState::fromWire(u"idle"_s);
    bench.lines.append(u"26/11/22 08:00:00 INFO Last: words"_s);
    bench.clock.advance(30min);
    bench.state->sessions.clear(); // gone at once, log and all
    bench.clock.advance(5s);
    QVERIFY(!bench.server().sessions().find(u"7"_s));

    const Result<PostMortem> known = records.postMortem(u"7"_s);
    QVERIFY(known);
    const PostMortem& told = *known;
    QCOMPARE(told.causeId, u"idle-time-out"_s);
    QCOMPARE(told.life.facts.name, u"etl"_s);
    QCOMPARE(told.states.constLast().to, goneState());
    QCOMPARE(told.log.lines.constLast().text, u"26/11/22 08:00:00 INFO Last: words"_s);
    const Result<PostMortem> unknown = records.postMortem(u"8"_s);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
}

void TestWatchedLogs::whatWasKeptAliveHasNotTimedOut()
{
    Bench bench;
    Records records(bench);
    bench.addSession(u"idle"_s);
    bench.start();
    bench.server().setKeptAlive(u"7"_s, true);
    bench.clock.advance(2h);
    QVERIFY(bench.server().isKeptAlive(u"7"_s));
    bench.state->sessions.clear(); // by somebody else
    bench.clock.advance(5s);

    const Result<PostMortem> told = records.postMortem(u"7"_s);
    QVERIFY(told);
    QCOMPARE(told->states.constLast().to, goneState());
    QCOMPARE(told->causeId, QString());
}

void TestWatchedLogs::aLinkThatHoldsASecretIsNotRecorded_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("plain") << u"http://rm:8088/proxy/application_1_7/"_s << true;
    QTest::newRow("with a query") << u"https://logs/driver?container=c_1"_s << true;
    QTest::newRow("with a password") << u"https://ann:pw@logs/driver"_s << false;
    QTest::newRow("with a token") << u"https://logs/driver?authToken=x"_s << false;
    QTest::newRow("signed") << u"https://logs/driver?X-Amz-Signature=x"_s << false;
}

void TestWatchedLogs::aLinkThatHoldsASecretIsNotRecorded()
{
    QFETCH(QString, link);
    QFETCH(bool, isKept);
    SparkItem session = sparkItem(u"7"_s, u"idle"_s, u"etl"_s);
    session.sparkUiUrl = link;
    session.driverLogUrl = link;
    const ItemFacts facts = factsOf({ u"prod"_s, ItemType::Session, u"7"_s }, session);
    QCOMPARE(facts.sparkUi, isKept ? link : QString());
    QCOMPARE(facts.driverLog, facts.sparkUi);
}

KINDLING_TEST(TestWatchedLogs)
#include "tst_watchedlogs.moc"
