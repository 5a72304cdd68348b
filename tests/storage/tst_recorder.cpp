// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/outputblob.h"
#include "app/storage/pendinganswer.h"
#include "tests/storage/recordbench.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace kindling;
using namespace kindling::test;
using namespace std::chrono_literals;

class TestRecorder final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void keepsStatesWithTheirTimes();
    void learnsWhatIsToldLater();
    void writesInBatches();
    void writesWhatWaitsAtTheEnd();
    void aForgottenIdIsAnotherLifeWhenItComesBack();
    void anotherNameIsAnotherLife();
    void whatALifeCameToIsKeptWhereAnotherFollowsAtOnce();
    void aSessionThatStartsAgainIsAnotherLife();
    void aStartOfOursIsNoNewLife();
    void keepsStatementsAndTheirEnds();
    void learnsWhoseAStatementIs();
    void keepsEveryLostStatementWithoutANumber();
    void findsStatementsByTextNewestFirst();
    void aWildcardIsALetter();
    void givesTheOutputAsItCame();
    void aStatementWithoutOutputSaysSo();
    void givesARangeOfTheLog();
    void keepsOwnActsAndGaps();
    void keepsHowALifeWasConfigured();
    void tellsWhatThoseThatAreThereWereAskedForWith();
    void tellsWhenALifeWasLastUsed();
    void keepsNothingWhileItIsOff();
    void anEndedStatementDoesNotRunAgain();
    void tellsNobodyWhoHasGone();
    void anAnswerKeepsNothingOfWhoHasGone_data();
    void anAnswerKeepsNothingOfWhoHasGone();
    void itsFileIsForItsOwnerOnly();
};

void TestRecorder::keepsStatesWithTheirTimes()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"starting"_s);
    bench.clock.advance(7s);
    bench.seeState(RecordBench::item(), u"starting"_s, u"idle"_s);
    bench.see(RecordBench::item(), StateSeen{ ItemState::fromWire(u"idle"_s), goneState(), u"deleted"_s });
    const QList<RecordedState> states = bench.states();
    QCOMPARE(states.size(), 3);
    QCOMPARE(states.at(1).from, ItemState::fromWire(u"starting"_s));
    QCOMPARE(states.at(1).to, ItemState::fromWire(u"idle"_s));
    QCOMPARE(states.at(0).when.secsTo(states.at(1).when), 7);
    QCOMPARE(states.at(2).note, u"deleted"_s);
    const QList<RecordedLife> lives = bench.lives();
    QCOMPARE(lives.size(), 1);
    QCOMPARE(lives.at(0).facts.key, RecordBench::item().key);
    QVERIFY(lives.at(0).isGone);
    QCOMPARE(lives.at(0).state, goneState());
    QCOMPARE(lives.at(0).firstSeen.secsTo(lives.at(0).lastSeen), 7);
}

void TestRecorder::learnsWhatIsToldLater()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"starting"_s);
    ItemFacts more = RecordBench::item();
    more.appId = u"application_7"_s;
    more.owner = u"ann"_s;
    more.kind = u"pyspark"_s;
    more.idleTimeout = u"30m"_s;
    more.sparkUi = u"http://a/ui"_s;
    more.driverLog = u"http://a/log"_s;
    bench.seeState(more, u"starting"_s, u"idle"_s);
    bench.seeState(RecordBench::item(), u"idle"_s, u"busy"_s);
    bench.restart();
    QCOMPARE(bench.lives().at(0).facts, more);
}

void TestRecorder::writesInBatches()
{
    RecordBench bench;
    QSignalSpy recorded(bench.recorder.get(), &Recorder::recorded);
    for (int i = 0; i < 100; ++i)
        bench.seeState(RecordBench::item(QString::number(i)), {}, u"idle"_s);
    bench.clock.advance(499ms);
    QCOMPARE(recorded.size(), 0);
    bench.clock.advance(1ms);
    QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 60'000);
    QCOMPARE(bench.lives().size(), 100);
    QCOMPARE(recorded.size(), 1);
}

void TestRecorder::writesWhatWaitsAtTheEnd()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.restart();
    QCOMPARE(bench.words(), QStringList{ u"idle"_s });
}

void TestRecorder::aForgottenIdIsAnotherLifeWhenItComesBack()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.seeState(RecordBench::item(), u"idle"_s, u"gone"_s);
    bench.seeLines(RecordBench::item(), { u"last words"_s });
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    const QList<RecordedLife> lives = bench.lives({ .server = {}, .item = RecordBench::item().key });
    QCOMPARE(lives.size(), 2);
    QCOMPARE(bench.words(lives.at(0).number), QStringList{ u"idle"_s });
    QCOMPARE(bench.words(lives.at(1).number), (QStringList{ u"idle"_s, u"gone"_s }));
    QCOMPARE(bench.log({ .life = lives.at(0).number }).total, 0);
    QCOMPARE(bench.log({ .life = lives.at(1).number }).total, 1);
}

void TestRecorder::anotherNameIsAnotherLife()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(u"0"_s, u"etl"_s), {}, u"idle"_s);
    bench.restart();
    bench.seeState(RecordBench::item(u"0"_s, u"adhoc"_s), {}, u"idle"_s);
    bench.seeState({ .key = { u"other"_s, ItemType::Session, u"0"_s } }, {}, u"idle"_s);
    bench.seeState({ .key = { u"prod"_s, ItemType::Batch, u"0"_s } }, {}, u"running"_s);
    QCOMPARE(bench.lives().size(), 4);
    QCOMPARE(bench.lives({ .server = u"other"_s, .item = {} }).size(), 1);
}

void TestRecorder::whatALifeCameToIsKeptWhereAnotherFollowsAtOnce()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.see(RecordBench::item(), StateSeen{ ItemState::fromWire(u"idle"_s), goneState(), u"replaced"_s });
    bench.seeState(RecordBench::item(u"3"_s, u"another"_s), {}, u"busy"_s); // in the same batch
    const QList<RecordedLife> lives = bench.lives();
    QCOMPARE(lives.size(), 2);
    QVERIFY(lives.at(1).isGone);
    QCOMPARE(lives.at(1).facts.name, u"etl"_s);
    QVERIFY(!lives.at(0).isGone);
    QCOMPARE(lives.at(0).facts.name, u"another"_s);
}

void TestRecorder::aSessionThatStartsAgainIsAnotherLife()
{
    RecordBench bench;
    const ItemFacts nameless = RecordBench::item(u"0"_s, {});
    bench.seeState(nameless, {}, u"starting"_s);
    bench.seeState(nameless, {}, u"starting"_s); // seen by a second start of ours
    bench.seeState(nameless, u"starting"_s, u"idle"_s);
    bench.seeState(nameless, {}, u"starting"_s);
    QCOMPARE(bench.lives().size(), 2);
    bench.seeState(nameless, u"starting"_s, u"dead"_s);
    bench.seeState(nameless, {}, u"idle"_s); // nobody comes back from the dead
    QCOMPARE(bench.lives().size(), 3);
}

void TestRecorder::aStartOfOursIsNoNewLife()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.restart();
    bench.clock.advance(1h);
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.seeState(RecordBench::item(), u"idle"_s, u"busy"_s);
    QCOMPARE(bench.lives().size(), 1);
    QCOMPARE(bench.words(), (QStringList{ u"idle"_s, u"busy"_s }));
    QCOMPARE(bench.lives().at(0).firstSeen.secsTo(bench.lives().at(0).lastSeen), 3600);
}

void TestRecorder::keepsStatementsAndTheirEnds()
{
    RecordBench bench;
    bench.seeStatement(RecordBench::item(), 4, u"df.show()"_s, RunState::Running);
    QCOMPARE(bench.statements().at(0).what.state, RunState::Running);
    StatementSeen end{ .id = 4, .code = u"df.show()"_s, .kind = Kind::PySpark, .state = RunState::Failed, .submitted = bench.clock.now(),
        .started = bench.clock.now().addSecs(1), .completed = bench.clock.now().addSecs(3), .problem = {}, .output = Output() };
    end.output->status = Output::Status::Error;
    end.output->errorName = u"AnalysisException"_s;
    end.output->errorValue = u"no such table"_s;
    bench.see(RecordBench::item(), end);
    const QList<RecordedStatement> statements = bench.statements();
    QCOMPARE(statements.size(), 1);
    const RecordedStatement& kept = statements.at(0);
    QCOMPARE(kept.what.id, 4);
    QCOMPARE(kept.what.code, u"df.show()"_s);
    QCOMPARE(kept.what.kind, Kind::PySpark);
    QCOMPARE(kept.what.state, RunState::Failed);
    QCOMPARE(kept.what.submitted, end.submitted);
    QCOMPARE(kept.what.started, end.started);
    QCOMPARE(kept.what.completed, end.completed);
    QCOMPARE(kept.error, u"AnalysisException: no such table"_s);
    QCOMPARE(kept.item.key, RecordBench::item().key);
    QCOMPARE(kept.item.name, u"etl"_s);
    QVERIFY(kept.hasOutput);
}

void TestRecorder::learnsWhoseAStatementIs()
{
    RecordBench bench;
    const StatementSeen listed{ .id = 4, .code = u"df.show()"_s, .kind = Kind::Unknown, .state = RunState::Running, .submitted = {},
        .started = {}, .completed = {}, .problem = {}, .output = {} };
    bench.see(RecordBench::item(), listed);
    StatementSeen own = listed;
    own.kind = Kind::PySpark;
    own.state = RunState::Finished;
    own.submitted = bench.clock.now();
    own.started = bench.clock.now().addSecs(1);
    own.completed = bench.clock.now().addSecs(3);
    bench.see(RecordBench::item(), own);
    StatementSeen later = listed;
    later.state = RunState::Finished;
    bench.see(RecordBench::item(), later);
    const QList<RecordedStatement> statements = bench.statements();
    QCOMPARE(statements.size(), 1);
    QCOMPARE(statements.at(0).what.kind, Kind::PySpark);
    QCOMPARE(statements.at(0).what.submitted, own.submitted);
    QCOMPARE(statements.at(0).what.started, own.started);
    QCOMPARE(statements.at(0).what.completed, own.completed);
}

void TestRecorder::keepsEveryLostStatementWithoutANumber()
{
    RecordBench bench;
    for (const RunState state : { RunState::Lost, RunState::Failed, RunState::Lost }) {
        bench.see(RecordBench::item(), StatementSeen{ .id = -1, .code = u"x"_s, .kind = Kind::Sql, .state = state, .submitted = bench.clock.now(),
                                           .started = {}, .completed = {}, .problem = u"refused"_s, .output = {} });
    }
    QCOMPARE(bench.statements().size(), 3);
    QCOMPARE(bench.statements().at(1).what.state, RunState::Failed);
    QCOMPARE(bench.statements().at(1).what.problem, u"refused"_s);
}

void TestRecorder::findsStatementsByTextNewestFirst()
{
    RecordBench bench;
    for (int i = 0; i < 5; ++i)
        bench.seeStatement(RecordBench::item(), i, u"SELECT %1 FROM Sales"_s.arg(i));
    bench.seeStatement(RecordBench::item(u"9"_s, u"nightly"_s), 0, u"print(1)"_s);
    const QList<RecordedStatement> first = bench.statements({ .text = u"sales"_s, .most = 2 });
    QCOMPARE(first.size(), 2);
    QCOMPARE(first.at(0).what.code, u"SELECT 4 FROM Sales"_s);
    const QList<RecordedStatement> rest = bench.statements({ .text = u"sales"_s, .below = first.at(1).number });
    QCOMPARE(rest.size(), 3);
    QCOMPARE(rest.at(0).what.code, u"SELECT 2 FROM Sales"_s);
    QCOMPARE(bench.statements({ .text = u"nightly"_s }).size(), 1);
    QCOMPARE(bench.statements({ .text = {}, .life = first.at(0).life }).size(), 5);
    QCOMPARE(bench.statements().size(), 6);
}

void TestRecorder::aWildcardIsALetter()
{
    RecordBench bench;
    bench.seeStatement(RecordBench::item(), 0, u"like '%x_\\'"_s);
    bench.seeStatement(RecordBench::item(), 1, u"plain '; DROP TABLE life; --"_s);
    for (const QString& found : { u"%x"_s, u"x_"_s, u"_\\"_s })
        QCOMPARE(bench.statements({ .text = found }).size(), 1);
    QCOMPARE(bench.statements({ .text = u"'; DROP"_s }).size(), 1);
    QCOMPARE(bench.statements({ .text = u"x%"_s }).size(), 0);
}

void TestRecorder::givesTheOutputAsItCame()
{
    RecordBench bench;
    Output output;
    output.executionCount = 3;
    output.parts = { { u"text/plain"_s, "\"\\u00fc\"" }, { u"application/json"_s, R"({"n":9223372036854775807})" } };
    output.traceback = { u"a\n"_s, {} };
    bench.see(RecordBench::item(), StatementSeen{ .id = 0, .code = u"x"_s, .kind = Kind::Sql, .state = RunState::Finished,
                                       .submitted = bench.clock.now(), .started = {}, .completed = {}, .problem = {}, .output = output });
    const qint64 number = bench.statements().at(0).number;
    const auto got = bench.answer<UnpackedOutput>([&](auto callback) { bench.recorder->output(number, &bench.context, callback); });
    QCOMPARE(got.output, output);
    QVERIFY(got.isWhole);
}

void TestRecorder::anEndedStatementDoesNotRunAgain()
{
    RecordBench bench;
    StatementSeen seen{ .id = 0, .code = u"x"_s, .kind = Kind::Sql, .state = RunState::Cancelled, .submitted = bench.clock.now(),
        .started = {}, .completed = {}, .problem = {}, .output = {} };
    bench.see(RecordBench::item(), seen);
    seen.output = Output();
    seen.output->status = Output::Status::Error;
    seen.output->errorName = u"Late"_s;
    seen.completed = bench.clock.now();
    bench.see(RecordBench::item(), seen); // what it gave comes after its end
    seen.output.reset();
    bench.see(RecordBench::item(), seen);
    seen.state = RunState::Running; // another instance, which is behind
    seen.completed = {};
    bench.see(RecordBench::item(), seen);
    const QList<RecordedStatement> statements = bench.statements();
    QCOMPARE(statements.size(), 1);
    QCOMPARE(statements.at(0).what.state, RunState::Cancelled);
    QCOMPARE(statements.at(0).what.completed, bench.clock.now());
    QVERIFY(statements.at(0).hasOutput);
    QCOMPARE(statements.at(0).error, u"Late: "_s);
}

void TestRecorder::aStatementWithoutOutputSaysSo()
{
    RecordBench bench;
    bench.seeStatement(RecordBench::item(), 0, u"x"_s, RunState::Running);
    const qint64 number = bench.statements().at(0).number;
    QVERIFY(!bench.statements().at(0).hasOutput);
    for (const qint64 asked : { number, number + 1 }) {
        std::optional<Result<UnpackedOutput>> got;
        bench.recorder->output(asked, &bench.context, [&got](const Result<UnpackedOutput>& result) { got = result; });
        QTRY_VERIFY_WITH_TIMEOUT(got, 60'000);
        QVERIFY(!*got);
        QCOMPARE(got->error().kind, ErrorKind::NotFound);
    }
}

void TestRecorder::givesARangeOfTheLog()
{
    RecordBench bench;
    QStringList lines;
    for (int i = 0; i < 50; ++i)
        lines.append(u"line %1"_s.arg(i));
    bench.seeLines(RecordBench::item(), lines);
    const RecordedLog middle = bench.log({ .life = 0, .first = 10, .most = 5 });
    QCOMPARE(middle.total, 50);
    QCOMPARE(middle.first, 10);
    QCOMPARE(middle.lines.size(), 5);
    QCOMPARE(middle.lines.at(0).text, u"line 10"_s);
    QCOMPARE(middle.times.at(0), bench.clock.now());
    const RecordedLog end = bench.log({ .life = 0, .first = -1, .most = 5 });
    QCOMPARE(end.first, 45);
    QCOMPARE(end.lines.constLast().text, u"line 49"_s);
    QVERIFY(bench.log({ .life = 99 }).lines.isEmpty());
}

void TestRecorder::keepsOwnActsAndGaps()
{
    RecordBench bench;
    bench.see(RecordBench::item(), OwnAct{ OwnAct::What::Remove, u"etl"_s, {} });
    bench.see({ .key = { u"prod"_s, ItemType::Batch, {} }, .name = u"nightly"_s }, OwnAct{ OwnAct::What::Create, u"nightly"_s, u"refused"_s });
    const QDateTime before = bench.clock.now();
    bench.clock.advance(1h);
    bench.see({ .key = { u"prod"_s, ItemType::Session, {} } }, GapSeen{ before });
    const auto acts = bench.answer<QList<RecordedAct>>([&](auto callback) { bench.recorder->acts(10, &bench.context, callback); });
    QCOMPARE(acts.size(), 2);
    QCOMPARE(acts.at(0).what.what, OwnAct::What::Create);
    QCOMPARE(acts.at(0).what.answer, u"refused"_s);
    QCOMPARE(acts.at(0).item.key.type, ItemType::Batch);
    QCOMPARE(acts.at(1).what.what, OwnAct::What::Remove);
    QCOMPARE(acts.at(1).item.key, RecordBench::item().key);
    const auto gaps = bench.answer<QList<RecordedGap>>([&](auto callback) { bench.recorder->gaps({}, &bench.context, callback); });
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(gaps.at(0).server, u"prod"_s);
    QCOMPARE(gaps.at(0).from, before);
    QCOMPARE(gaps.at(0).to, bench.clock.now());
    QVERIFY(bench.lives().isEmpty()); // an act that came to nothing has no life
}

void TestRecorder::keepsHowALifeWasConfigured()
{
    RecordBench bench;
    const auto configuration = [&bench](LifeNumber life) {
        return bench.answer<RecordedConfiguration>([&](auto callback) { bench.recorder->configuration(life, &bench.context, callback); });
    };
    const ItemState idle = ItemState::fromWire(u"idle"_s);
    bench.see(RecordBench::item(), StateSeen{ {}, idle, {}, "{\"kind\":\"spark\"}" });
    bench.see(RecordBench::item(), OwnAct{ OwnAct::What::Create, u"etl"_s, {}, "{\"queue\":\"a\"}" });
    bench.see(RecordBench::item(), StateSeen{ idle, idle, {}, "{\"kind\":\"sql\"}" }); // told again, in the same state
    bench.see(RecordBench::item(), StateSeen{ idle, goneState(), {} });
    bench.clock.advance(1min);
    bench.seeState(RecordBench::item(), {}, u"idle"_s); // another one of its id
    const auto lives = bench.lives();
    QCOMPARE(lives.size(), 2);
    QCOMPARE(configuration(lives.at(1).number).requested, "{\"queue\":\"a\"}"_ba);
    QCOMPARE(configuration(lives.at(1).number).effective, "{\"kind\":\"sql\"}"_ba);
    QVERIFY(configuration(lives.at(0).number).requested.isEmpty());
    QVERIFY(configuration(lives.at(0).number).effective.isEmpty());
    std::optional<Result<RecordedConfiguration>> unknown;
    bench.recorder->configuration(99, &bench.context, [&unknown](Result<RecordedConfiguration> answer) { unknown = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(unknown.has_value(), 60'000);
    QCOMPARE(unknown->error().kind, ErrorKind::NotFound);
}

void TestRecorder::tellsWhatThoseThatAreThereWereAskedForWith()
{
    RecordBench bench;
    const auto create = [&bench](const QString& id, const QByteArray& request) {
        bench.seeState(RecordBench::item(id), {}, u"starting"_s);
        bench.see(RecordBench::item(id), OwnAct{ OwnAct::What::Create, u"etl"_s, {}, request });
        bench.clock.advance(1min);
    };
    const auto requests = [&bench](int most) {
        return bench.answer<QList<RecordedRequest>>([&](auto callback) { bench.recorder->requests(most, &bench.context, callback); });
    };
    create(u"1"_s, "{\"queue\":\"gone\"}");
    create(u"2"_s, "{\"queue\":\"of an earlier one\"}");
    create(u"3"_s, "{\"queue\":\"a\"}");
    create(u"4"_s, {});
    create(u"5"_s, "{\"queue\":\"b\"}");
    for (const QString& id : { u"1"_s, u"2"_s })
        bench.see(RecordBench::item(id), StateSeen{ ItemState::fromWire(u"starting"_s), goneState(), {} });
    bench.seeState(RecordBench::item(u"2"_s), {}, u"idle"_s); // another one of its id
    bench.see(RecordBench::item(u"3"_s), OwnAct{ OwnAct::What::RunStatement, {}, {}, {} });
    bench.seeState(RecordBench::item(u"3"_s), u"starting"_s, u"idle"_s);
    const QList<RecordedRequest> known = requests(10);
    QCOMPARE(known.size(), 2);
    QCOMPARE(known.at(0).json, "{\"queue\":\"b\"}"_ba);
    QCOMPARE(known.at(1).json, "{\"queue\":\"a\"}"_ba);
    QCOMPARE(known.at(1).life.facts, RecordBench::item(u"3"_s));
    QCOMPARE(known.at(1).life.state, ItemState::fromWire(u"idle"_s));
    QCOMPARE(requests(1).size(), 1);
}

void TestRecorder::tellsWhenALifeWasLastUsed()
{
    RecordBench bench;
    const auto lastUse = [&bench](LifeNumber life) {
        return bench.answer<RecordedUse>([&](auto callback) { bench.recorder->lastUse(life, &bench.context, callback); });
    };
    const auto act = [&bench](OwnAct::What what, const QString& answer = {}, const QString& id = u"3"_s) {
        bench.see(RecordBench::item(id), OwnAct{ what, {}, answer });
        bench.clock.advance(1min);
    };
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    const LifeNumber first = bench.lives().value(0).number;
    QVERIFY(!lastUse(first).touched.isValid());
    const QDateTime ran = bench.clock.now();
    act(OwnAct::What::RunStatement);
    const QDateTime touched = bench.clock.now();
    act(OwnAct::What::KeepAlive);
    act(OwnAct::What::KeepAlive, u"refused"_s);
    act(OwnAct::What::Remove);
    act(OwnAct::What::Stop);
    act(OwnAct::What::RunStatement, {}, u"4"_s);
    QCOMPARE(lastUse(first).touched, touched);
    QCOMPARE(lastUse(first).ran, ran);
    bench.see(RecordBench::item(), StateSeen{ ItemState::fromWire(u"idle"_s), goneState(), {} });
    bench.seeState(RecordBench::item(), {}, u"idle"_s); // another one of its id
    act(OwnAct::What::RunStatement);
    QCOMPARE(lastUse(first).touched, touched);
    QVERIFY(lastUse(bench.lives().value(0).number).ran > touched);
    QVERIFY(!lastUse(99).touched.isValid());
}

void TestRecorder::keepsNothingWhileItIsOff()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(u"1"_s), {}, u"idle"_s);
    QCOMPARE(bench.lives().size(), 1);
    bench.recorder->setPolicy({ .isOn = false });
    bench.seeState(RecordBench::item(u"2"_s), {}, u"idle"_s);
    bench.clock.advance(1min);
    QCOMPARE(bench.lives().size(), 1);
    bench.recorder->setPolicy({});
    bench.seeState(RecordBench::item(u"3"_s), {}, u"idle"_s);
    QCOMPARE(bench.lives().size(), 2);
}

void TestRecorder::anAnswerKeepsNothingOfWhoHasGone_data()
{
    QTest::addColumn<bool>("isAnswered");
    QTest::newRow("gone before the answer") << false;
    QTest::newRow("gone when it was on its way") << true;
}

void TestRecorder::anAnswerKeepsNothingOfWhoHasGone()
{
    QFETCH(const bool, isAnswered);
    auto asker = std::make_shared<RequestHandle>(); // holds what it asked, and the answer's callback holds it
    const std::weak_ptr<RequestHandle> watched = asker;
    auto context = std::make_unique<QObject>();
    {
        const PendingAnswer<int> pending(context.get(), [asker](const Result<int>&) { asker->cancel(); });
        *asker = pending.handle();
        asker.reset();
        if (isAnswered)
            pending.deliver(1);
        context.reset();
        if (!isAnswered)
            pending.deliver(1);
    }
    QVERIFY(watched.expired());
}

void TestRecorder::tellsNobodyWhoHasGone()
{
    RecordBench bench;
    int answers = 0;
    const auto count = [&answers](const Result<QList<RecordedLife>>&) { ++answers; };
    auto context = std::make_unique<QObject>();
    bench.recorder->lives({}, context.get(), count);
    context.reset();
    RequestHandle handle = bench.recorder->lives({}, &bench.context, count);
    handle.cancel();
    QCOMPARE(answers, 0);
    bench.lives();
    QCOMPARE(answers, 0);
    bench.recorder->lives({}, &bench.context, count);
    bench.recorder.reset(); // nor when the recorder has
    QCOMPARE(answers, 0);
}

void TestRecorder::itsFileIsForItsOwnerOnly()
{
    RecordBench bench;
    bench.seeState(RecordBench::item(), {}, u"idle"_s);
    bench.lives();
    for (const QString& suffix : { u""_s, u"-wal"_s }) {
        QVERIFY(QFile::exists(bench.file() + suffix));
        const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFile::permissions(bench.file() + suffix) & others, QFile::Permissions());
    }
}

KINDLING_TEST(TestRecorder)
#include "tst_recorder.moc"
