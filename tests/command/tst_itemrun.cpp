// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/itemrun.h"
#include "app/engine/server.h"
#include "tests/command/fakeconsole.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestItemRun final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsItems_data();
    void readsItems();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void listsForPeople();
    void listsForPrograms();
    void saysThatThereIsNothing();
    void aNameWithLineEndsStaysOnOneLine();
    void saysWhatWentWrong();
    void saysWhatAListLeavesOut_data();
    void saysWhatAListLeavesOut();
    void stopsAllThatAreNamed();
    void tellsWhoseEndItWas();
    void refusesToStopWhatIsNotListed();
    void saysThatWhatIsToBeStoppedMayBeMissing();
    void stopsNothingWithoutAList();
    void goesOnAfterOneThatCannotBeStopped();
    void showsALogOnce();
    void followsALogToItsEnd();
    void followsALogThatHasEndedAlready();
    void followsALogUntilItIsGone();
    void aSignInThatExpiresEndsTheFollowing();
    void saysOnceThatALogCannotBeRead();
    void endsThoughTheLogWasForgottenInAnOutage();
    void aLogThatWasForgottenUnreadIsTrouble();
    void endsWhenNobodyReadsTheLog();
    void aListThatNobodyReadsIsTrouble();
    void aLogThatIsNotThereIsTrouble();
    void endsWhenInterrupted();
};

namespace {
struct Bench {
    Bench()
        : state(std::make_shared<FakeSparkApi::State>())
    {
        ServerProfile profile;
        profile.id = u"s"_s;
        profile.name = u"prod"_s;
        profile.url = QUrl(u"http://livy.example:8998"_s);
        server = std::make_unique<Server>(profile, std::make_unique<FakeSparkApi>(clock, state), clock);
        state->sessions = { sparkItem(u"12"_s, u"idle"_s, u"etl"_s) };
        state->sessions[0].owner = u"ann"_s;
        state->batches = { sparkItem(u"7"_s, u"running"_s) };
        state->onLog = [this](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
    }
    void run(ItemCommand command, const ItemOptions& options)
    {
        job = std::make_unique<ItemRun>(*server, command, options, console);
        QObject::connect(job.get(), &ItemRun::finished, job.get(), [this](ExitCode ended) {
            code = ended;
            ++ends;
        });
        job->start();
        clock.advance(1s);
    }
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state;
    QStringList lines{ u"stdout: "_s, u"a"_s, u"\nstderr: "_s, u"b"_s };
    FakeConsole console;
    std::unique_ptr<Server> server;
    std::unique_ptr<ItemRun> job;
    std::optional<ExitCode> code;
    int ends = 0;
};

ItemOptions optionsFor(const QStringList& items)
{
    ItemOptions options;
    for (const QString& item : items)
        options.items.append(itemFromText(item).value_or(ItemName()));
    return options;
}

ItemOptions following(const QString& item)
{
    ItemOptions options = optionsFor({ item });
    options.follows = true;
    return options;
}
}

void TestItemRun::readsItems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("item");
    QTest::newRow("a number") << u"12"_s << u"session/12"_s;
    QTest::newRow("a session") << u"session/12"_s << u"session/12"_s;
    QTest::newRow("a batch") << u"batch/7"_s << u"batch/7"_s;
    QTest::newRow("other ids") << u"batch/3f-a"_s << u"batch/3f-a"_s;
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("no id") << u"batch/"_s << u""_s;
    QTest::newRow("another kind") << u"cell/1"_s << u""_s;
    QTest::newRow("a path") << u"batch/../7"_s << u""_s;
}

void TestItemRun::readsItems()
{
    QFETCH(QString, text);
    const std::optional<ItemName> item = itemFromText(text);
    QTEST(item ? toText(*item) : u""_s, "item");
}

void TestItemRun::refusesWrongUsage_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isFine");
    const auto row = [](const char* name, ItemCommand command, const QString& words, bool isFine) {
        QTest::newRow(name) << static_cast<int>(command) << words << isFine;
    };
    row("list", ItemCommand::List, u"--server http://h --json"_s, true);
    row("stop", ItemCommand::Stop, u"12 batch/7 12 --server http://h"_s, true);
    row("log", ItemCommand::Log, u"--follow 12 --server=http://h"_s, true);
    row("no server", ItemCommand::List, u"--json"_s, false);
    row("Local Spark", ItemCommand::List, u"--server local"_s, false);
    row("a list of one", ItemCommand::List, u"12 --server http://h"_s, false);
    row("stop nothing", ItemCommand::Stop, u"--server http://h"_s, false);
    row("stop nonsense", ItemCommand::Stop, u"a/b --server http://h"_s, false);
    row("log of two", ItemCommand::Log, u"1 2 --server http://h"_s, false);
    row("another's option", ItemCommand::Stop, u"1 --follow --server http://h"_s, false);
}

void TestItemRun::refusesWrongUsage()
{
    QFETCH(int, command);
    QFETCH(QString, words);
    QFETCH(bool, isFine);
    const auto options = readItemOptions(static_cast<ItemCommand>(command), words.split(u' '), {});
    QCOMPARE(options.has_value(), isFine);
    if (!isFine)
        QVERIFY(!options.error().isEmpty());
    else if (static_cast<ItemCommand>(command) == ItemCommand::Stop)
        QCOMPARE(options->items.size(), 2);
}

void TestItemRun::listsForPeople()
{
    Bench bench;
    bench.run(ItemCommand::List, {});
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(bench.console.said.size(), 2);
    QCOMPARE(bench.console.said.at(0).simplified(), u"session/12 idle ann - etl -"_s);
    QCOMPARE(bench.console.said.at(1).simplified(), u"batch/7 running - - - -"_s);
}

void TestItemRun::listsForPrograms()
{
    Bench bench;
    ItemOptions options;
    options.isJson = true;
    bench.run(ItemCommand::List, options);
    QCOMPARE(bench.code, ExitCode::Ok);
    const QJsonObject root = QJsonDocument::fromJson(bench.console.said.join(u'\n').toUtf8()).object();
    QCOMPARE(root.value("url"_L1).toString(), u"http://livy.example:8998"_s);
    const QJsonObject session = root.value("sessions"_L1).toArray().at(0).toObject();
    QCOMPARE(session.value("item"_L1).toString(), u"session/12"_s);
    QCOMPARE(session.value("state"_L1).toString(), u"idle"_s);
    QCOMPARE(session.value("owner"_L1).toString(), u"ann"_s);
    QVERIFY(!session.contains("appId"_L1));
    QCOMPARE(root.value("batches"_L1).toArray().size(), 1);
}

void TestItemRun::saysThatThereIsNothing()
{
    Bench bench;
    bench.state->sessions.clear();
    bench.run(ItemCommand::List, {});
    QVERIFY(bench.console.complaints.isEmpty());
    bench.state->batches.clear();
    bench.console.said.clear();
    bench.run(ItemCommand::List, {});
    QCOMPARE(bench.code, ExitCode::Ok);
    QVERIFY(bench.console.said.isEmpty());
    QCOMPARE(bench.console.complaints, QStringList{ u"prod has no sessions and no batches.\n"_s });
    bench.console.complaints.clear();
    ItemOptions options;
    options.isJson = true;
    bench.run(ItemCommand::List, options);
    QVERIFY(bench.console.complaints.isEmpty());
    const QJsonObject root = QJsonDocument::fromJson(bench.console.said.join(u'\n').toUtf8()).object();
    QVERIFY(root.value("sessions"_L1).isArray() && root.value("sessions"_L1).toArray().isEmpty());
    QVERIFY(root.value("batches"_L1).isArray() && root.value("batches"_L1).toArray().isEmpty());
    // one that could not be read is not nothing
    bench.console.complaints.clear();
    bench.state->onList = [](ItemType, int, int) -> Script<ItemPage> { return ItemPage{ 0, 1, {}, 1, {} }; };
    bench.run(ItemCommand::List, {});
    QVERIFY2(!bench.console.all().contains(u"no sessions"_s), qPrintable(bench.console.all()));
}

void TestItemRun::aNameWithLineEndsStaysOnOneLine()
{
    QVERIFY(!itemLine(ItemType::Session, sparkItem(u"1"_s, u"idle"_s, u"two\nlines"_s)).contains(u'\n'));
}

void TestItemRun::saysWhatWentWrong()
{
    Bench bench;
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.run(ItemCommand::List, {});
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.ends, 1);
    QCOMPARE(bench.console.complaints.size(), 1);
}

void TestItemRun::saysWhatAListLeavesOut_data()
{
    QTest::addColumn<ItemPage>("page");
    QTest::addColumn<QString>("words");
    QTest::newRow("one without a readable id") << ItemPage{ 0, 1, {}, 1, u"sessions[0].id: an id was expected"_s } << u"an id was expected"_s;
    QTest::newRow("one read in part") << ItemPage{ 0, 1, { sparkItem(u"1"_s, u"idle"_s) }, 1, u"sessions[0].conf: text was expected"_s }
                                      << u"text was expected"_s;
    QTest::newRow("one that is not named") << ItemPage{ 0, 1, {}, 1, {} } << u"some may be missing"_s;
}

void TestItemRun::saysWhatAListLeavesOut()
{
    QFETCH(ItemPage, page);
    QFETCH(QString, words);
    Bench bench;
    bench.state->onList = [&page](ItemType type, int, int) -> Script<ItemPage> { return type == ItemType::Session ? page : ItemPage{}; };
    ItemOptions options;
    options.isJson = true;
    bench.run(ItemCommand::List, options);
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(bench.console.complaints.size(), 1);
    QVERIFY2(bench.console.complaints.first().contains(words), qPrintable(bench.console.all()));
    const QJsonObject root = QJsonDocument::fromJson(bench.console.said.join(u'\n').toUtf8()).object();
    QCOMPARE(root.value("isComplete"_L1), QJsonValue(false));
}

void TestItemRun::stopsAllThatAreNamed()
{
    Bench bench;
    bench.state->sessions.append(sparkItem(u"13"_s, u"idle"_s));
    bench.run(ItemCommand::Stop, optionsFor({ u"12"_s, u"batch/7"_s, u"13"_s }));
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(bench.state->calls,
        (QStringList{ u"GET sessions 0 100"_s, u"DELETE sessions 12"_s, u"GET batches 0 100"_s, u"DELETE batches 7"_s, u"DELETE sessions 13"_s }));
    QCOMPARE(bench.console.said.size(), 3);
}

void TestItemRun::tellsWhoseEndItWas()
{
    Bench bench;
    bench.state->sessions.append(sparkItem(u"13"_s, u"idle"_s, u"another"_s));
    QList<Observation> seen;
    connect(bench.server.get(), &Server::observed, this, [&seen](const Observation& each) { seen.append(each); });
    bench.run(ItemCommand::Stop, optionsFor({ u"12"_s }));
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(seen.size(), 3);
    for (const Observation& each : std::as_const(seen)) {
        QCOMPARE(each.item.key.id, u"12"_s);
        QCOMPARE(each.item.name, u"etl"_s);
    }
    QCOMPARE(std::get<StateSeen>(seen.at(0).what).to.raw, u"idle"_s);
    QCOMPARE(std::get<StateSeen>(seen.at(1).what).to, goneState());
    QCOMPARE(std::get<StateSeen>(seen.at(1).what).note, u"deleted"_s);
    QCOMPARE(std::get<OwnAct>(seen.at(2).what).what, OwnAct::What::Remove);
}

void TestItemRun::refusesToStopWhatIsNotListed()
{
    Bench bench;
    bench.run(ItemCommand::Stop, optionsFor({ u"7"_s, u"12"_s }));
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.state->countOf(u"DELETE"_s), 1);
    QCOMPARE(bench.console.complaints.size(), 1);
    QVERIFY2(bench.console.complaints.first().startsWith(u"There is no session/7 on prod."_s), qPrintable(bench.console.all()));
    QCOMPARE(bench.console.said, QStringList{ u"session/12 is stopped."_s });
}

void TestItemRun::saysThatWhatIsToBeStoppedMayBeMissing()
{
    Bench bench;
    bench.state->onList = [](ItemType, int, int) -> Script<ItemPage> { return ItemPage{ 0, 1, {}, 1, {} }; };
    bench.run(ItemCommand::Stop, optionsFor({ u"12"_s }));
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.console.complaints.size(), 2);
    QVERIFY2(bench.console.complaints.first().contains(u"some may be missing"_s), qPrintable(bench.console.all()));
}

void TestItemRun::stopsNothingWithoutAList()
{
    Bench bench;
    bench.state->onList = [](ItemType, int, int) -> Script<ItemPage> { return std::unexpected(errorOf(ErrorKind::NotFound)); };
    bench.run(ItemCommand::Stop, optionsFor({ u"12"_s }));
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.ends, 1);
    QCOMPARE(bench.state->countOf(u"DELETE"_s), 0);
    QVERIFY(bench.console.said.isEmpty());
}

void TestItemRun::goesOnAfterOneThatCannotBeStopped()
{
    Bench bench;
    bench.state->onRemove = [](ItemType type, const QString&) -> Script<Done> {
        return type == ItemType::Session ? Script<Done>(std::unexpected(errorOf(ErrorKind::Forbidden))) : Script<Done>(Done{});
    };
    bench.run(ItemCommand::Stop, optionsFor({ u"12"_s, u"batch/7"_s }));
    QCOMPARE(bench.code, ExitCode::Trouble);
    QVERIFY(bench.console.complaints.constFirst().contains(u"session/12"_s));
    QVERIFY(bench.console.said.constFirst().contains(u"batch/7"_s));
}

void TestItemRun::showsALogOnce()
{
    Bench bench;
    bench.run(ItemCommand::Log, optionsFor({ u"12"_s }));
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(bench.console.said, (QStringList{ u"a"_s, u"b"_s }));
    QCOMPARE(bench.state->calls, QStringList{ u"GET session log 12"_s });
}

void TestItemRun::followsALogToItsEnd()
{
    Bench bench;
    bench.run(ItemCommand::Log, following(u"batch/7"_s));
    QVERIFY(!bench.code);
    bench.lines.append(u"c"_s);
    bench.clock.advance(2s);
    QCOMPARE(bench.console.said.constLast(), u"c"_s);
    bench.lines.append(u"last words"_s);
    bench.state->batches[0].state = ItemState::fromWire(u"dead"_s);
    bench.clock.advance(5s);
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(bench.console.said, (QStringList{ u"a"_s, u"b"_s, u"c"_s, u"last words"_s }));
    QCOMPARE(bench.ends, 1);
}

void TestItemRun::followsALogThatHasEndedAlready()
{
    Bench bench;
    bench.state->batches[0].state = ItemState::fromWire(u"success"_s);
    bench.run(ItemCommand::Log, following(u"batch/7"_s));
    bench.clock.advance(5s);
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(bench.console.said, (QStringList{ u"a"_s, u"b"_s }));
}

void TestItemRun::aSignInThatExpiresEndsTheFollowing()
{
    Bench bench;
    bench.run(ItemCommand::Log, following(u"12"_s));
    QVERIFY(!bench.code);
    bench.state->outage = errorOf(ErrorKind::SignIn);
    bench.clock.advance(5s);
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.ends, 1);
    QCOMPARE(bench.console.complaints.size(), 1);
}

void TestItemRun::saysOnceThatALogCannotBeRead()
{
    Bench bench;
    bench.run(ItemCommand::Log, following(u"12"_s));
    for (const qsizetype outage : { 1, 2 }) {
        bench.state->outage = errorOf(ErrorKind::Network);
        bench.clock.advance(60s);
        QVERIFY(!bench.code);
        QCOMPARE(bench.console.complaints.size(), outage);
        bench.state->outage.reset();
        bench.lines.append(QString::number(outage));
        bench.clock.advance(60s);
        QCOMPARE(bench.console.said.constLast(), QString::number(outage));
    }
}

void TestItemRun::endsThoughTheLogWasForgottenInAnOutage()
{
    Bench bench;
    bench.run(ItemCommand::Log, following(u"batch/7"_s));
    bench.state->onLog = [](ItemType) -> Script<LogSlice> { return std::unexpected(errorOf(ErrorKind::Network)); };
    bench.clock.advance(5s);
    bench.state->onLog = [](ItemType) -> Script<LogSlice> { return std::unexpected(errorOf(ErrorKind::NotFound)); };
    bench.state->batches[0].state = ItemState::fromWire(u"dead"_s);
    bench.clock.advance(60s);
    QCOMPARE(bench.code, ExitCode::Ok);
    QCOMPARE(bench.console.complaints.size(), 1);
}

void TestItemRun::aLogThatWasForgottenUnreadIsTrouble()
{
    Bench bench;
    bench.state->batches[0].state = ItemState::fromWire(u"dead"_s);
    const auto answersAfter = [&bench](Clock::Duration latency) { bench.state->latency = latency; };
    bench.state->onVersion = [answersAfter]() -> Script<ServerVersion> {
        answersAfter(5ms);
        return ServerVersion();
    };
    bench.state->onList = [&bench, answersAfter](ItemType type, int, int) -> Script<ItemPage> {
        answersAfter(5ms);
        return type == ItemType::Batch ? ItemPage{ 0, 1, bench.state->batches, 1, {} } : ItemPage{};
    };
    bench.state->onLog = [answersAfter](ItemType) -> Script<LogSlice> {
        answersAfter(10s);
        return std::unexpected(errorOf(ErrorKind::NotFound));
    };
    bench.run(ItemCommand::Log, following(u"batch/7"_s));
    QVERIFY(!bench.code);
    bench.clock.advance(10s);
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.console.complaints.size(), 1);
}

void TestItemRun::endsWhenNobodyReadsTheLog()
{
    Bench bench;
    bench.run(ItemCommand::Log, following(u"12"_s));
    bench.console.isRead = false;
    bench.clock.advance(5s);
    QVERIFY(!bench.code);
    bench.lines.append(u"c"_s);
    bench.clock.advance(5s);
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.ends, 1);
    QVERIFY(bench.console.complaints.isEmpty());
}

void TestItemRun::aListThatNobodyReadsIsTrouble()
{
    Bench bench;
    bench.console.isRead = false;
    bench.run(ItemCommand::List, {});
    QCOMPARE(bench.code, ExitCode::Trouble);
}

void TestItemRun::followsALogUntilItIsGone()
{
    Bench bench;
    bench.run(ItemCommand::Log, following(u"12"_s));
    bench.clock.advance(5s);
    QVERIFY(!bench.code);
    bench.state->sessions.clear();
    bench.clock.advance(5s);
    QCOMPARE(bench.code, ExitCode::Ok);
}

void TestItemRun::aLogThatIsNotThereIsTrouble()
{
    Bench bench;
    bench.state->onLog = [](ItemType) -> Script<LogSlice> { return std::unexpected(errorOf(ErrorKind::NotFound)); };
    bench.run(ItemCommand::Log, optionsFor({ u"99"_s }));
    QCOMPARE(bench.code, ExitCode::Trouble);
    QCOMPARE(bench.console.complaints.size(), 1);
}

void TestItemRun::endsWhenInterrupted()
{
    Bench bench;
    bench.run(ItemCommand::Log, following(u"12"_s));
    bench.job->interrupt();
    QCOMPARE(bench.code, ExitCode::Interrupted);
    bench.lines.append(u"later"_s);
    bench.clock.advance(5s);
    QCOMPARE(bench.console.said.constLast(), u"b"_s);
}

KINDLING_TEST(TestItemRun)
#include "tst_itemrun.moc"
