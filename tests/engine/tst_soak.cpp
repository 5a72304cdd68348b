// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "app/engine/noticewatch.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "app/storage/recorder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <malloc.h>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A day of a window that is left open, on the virtual clock: what is held must be the same at its end as after the first
/// two hours.
class TestSoak final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void aDayOfWatchingLeavesNothingBehind();
};

namespace {
constexpr int sessionCount = 50;
constexpr int batchCount = 20;
constexpr int mostRecordedMiB = 16;
constexpr int lastingCount = 5; ///< the first ones, which are worked with and never end

/// What the process holds.
struct Held {
    qint64 usedKiB = 0; ///< of the heap; 0 = the allocator does not tell
    qint64 residentKiB = 0;
    qsizetype handles = 0;
    qsizetype objects = 0;
    int waiting = 0; ///< callbacks on the clock

    [[nodiscard]] QString toText() const
    {
        return u"heap %1 KiB, resident %2 KiB, %3 handles, %4 objects, %5 callbacks"_s.arg(usedKiB).arg(residentKiB).arg(handles).arg(objects).arg(waiting);
    }
};

qint64 residentKiB()
{
    QFile file(u"/proc/self/status"_s);
    static const QRegularExpression line(u"VmRSS:\\s+(\\d+) kB"_s);
    return file.open(QIODevice::ReadOnly) ? line.match(QString::fromLatin1(file.readAll())).captured(1).toLongLong() : 0;
}

qsizetype handleCount()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::System | QDir::AllEntries | QDir::NoDotAndDotDot).size();
}

/// A server that works all day, where one answer of ten is a fault, with all that reads what is seen of it.
class Day final {
public:
    Day()
        : workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
        , watch(workspace)
    {
        state->onList = [this](ItemType type, int from, int size) { return list(type, from, size); };
        state->onLog = [this](ItemType) { return log(); };
        state->onFetch = [this](int number) { return fetched(number); };
        state->onRun = [this](const QString& code) { return ranOne(code); };
        state->onCreate = [this](ItemType, const QString& name) { return created(name); };
        QObject::connect(&workspace, &Workspace::observed, &recorder, &Recorder::record);
        QObject::connect(&watch, &NoticeWatch::noticed, &watch, [this] { ++notices; });
        recorder.setPolicy({ .isOn = true, .days = 1, .mebibytes = mostRecordedMiB });
        watch.setPolicy({ .rules = { { NoticeRule::What::BatchRunsLong, u"*"_s, 60min } } });
        for (int i = 0; i < sessionCount; ++i)
            state->sessions.append(born(u"idle"_s));
        for (int i = 0; i < batchCount; ++i)
            state->batches.append(born(u"running"_s));
        ServerProfile profile;
        profile.id = u"prod"_s;
        workspace.setWatchesLogs(true);
        workspace.setProfiles({ profile });
        clock.advance(100ms);
        server().setAttention(Server::Attention::Background);
    }

    void passQuarter()
    {
        for (int minute = 0; minute < 15; ++minute) {
            change();
            clock.advance(1min);
            sent += state->countOf(u"POST statements"_s) + state->countOf(u"POST batches"_s);
            state->calls.clear();
            if (state->statements.size() > 100) // as many as a server keeps
                state->statements.removeFirst();
        }
        settle();
    }

    [[nodiscard]] Held held() const
    {
        return { .usedKiB = static_cast<qint64>(::mallinfo2().uordblks / 1024), .residentKiB = residentKiB(), .handles = handleCount(),
            .objects = workspace.findChildren<QObject*>().size() + recorder.findChildren<QObject*>().size(), .waiting = clock.pendingCount() };
    }
    [[nodiscard]] Server& server() const { return *workspace.servers().constFirst(); }
    [[nodiscard]] int printedLines() const { return printed; }
    [[nodiscard]] int ranStatements() const { return ran; }
    [[nodiscard]] int noticeCount() const { return notices; }
    [[nodiscard]] int sentPosts() const { return sent; }
    [[nodiscard]] int wantedPosts() const { return ran + wantedBatches; }
    [[nodiscard]] int faultyPosts() const { return faulty; }
    [[nodiscard]] int answeredBatches() const { return answered; }
    [[nodiscard]] int askedBatches() const { return wantedBatches; }
    [[nodiscard]] qint64 recordBytes() const { return QFileInfo(folder.filePath(u"records.sqlite"_s)).size(); }
    [[nodiscard]] const Error& recordProblem() const { return recorder.problem(); }

private:
    SparkItem born(const QString& word)
    {
        const QString id = QString::number(lastId++);
        return sparkItem(id, word, u"item "_s + id);
    }
    [[nodiscard]] bool isFault() { return random.bounded(10) == 0; }
    Script<ItemPage> list(ItemType type, int from, int size)
    {
        if (isFault())
            return std::unexpected(errorOf(ErrorKind::Network));
        const QList<SparkItem>& all = type == ItemType::Session ? state->sessions : state->batches;
        return ItemPage{ .from = from, .total = static_cast<int>(all.size()), .items = all.mid(from, size), .sent = all.mid(from, size).size() };
    }
    Script<LogSlice> log()
    {
        if (isFault())
            return std::unexpected(errorOf(ErrorKind::Network));
        // all share one log: each new line comes once for each of them
        const bool prints = printed == 0 || random.bounded(500) == 0;
        for (int i = 0; prints && i < 20; ++i)
            lines.append(u"26/11/22 08:00:00 INFO TaskSetManager: Finished task %1 in stage 7.0"_s.arg(printed++));
        lines = QStringList{ u"stdout: "_s } + lines.last(std::min(printed, 200));
        return LogSlice{ 0, static_cast<int>(lines.size()), lines };
    }
    Script<Statement> fetched(int number)
    {
        if (isFault())
            return std::unexpected(errorOf(ErrorKind::Network));
        Statement done = statement(number, StatementState::Available, u"x"_s);
        done.output = okOutput(QByteArray(2000, 'x'));
        return done;
    }
    /// One of two whose answer is lost has arrived all the same; then nobody but the server knows it.
    template<typename T>
    Script<T> answerToPost(const std::function<T()>& arrive)
    {
        if (!isFault())
            return arrive();
        ++faulty;
        if (random.bounded(2) == 0)
            return std::unexpected(errorOf(ErrorKind::Network)); // it was not even sent
        if (random.bounded(2) == 0)
            arrive();
        return std::unexpected(errorOf(ErrorKind::UnknownOutcome));
    }
    Script<Statement> ranOne(const QString& code)
    {
        return answerToPost<Statement>([this, &code] {
            state->statements.append(statement(lastStatement++, StatementState::Waiting, code));
            return state->statements.constLast();
        });
    }
    Script<SparkItem> created(const QString& name)
    {
        return answerToPost<SparkItem>([this, &name] {
            state->batches.append(sparkItem(QString::number(lastId++), u"running"_s, name));
            return state->batches.constLast();
        });
    }
    void createBatch()
    {
        ++wantedBatches;
        NewBatch wanted;
        wanted.name = u"wanted %1"_s.arg(wantedBatches);
        server().createBatch(wanted, &workspace, [this](const Result<SparkItem>&) { ++answered; });
    }
    /// One ends, one starts, some work, and a statement of ours runs.
    void change()
    {
        const bool isSession = events.bounded(2) == 0;
        QList<SparkItem>& all = isSession ? state->sessions : state->batches;
        const qsizetype chosen = events.bounded(isSession ? lastingCount : 0, static_cast<int>(all.size()));
        if (all.at(chosen).state.isEnded()) {
            all.removeAt(chosen);
            if (isSession || all.size() < batchCount / 2) // faults let some never come
                all.append(born(isSession ? u"idle"_s : u"running"_s));
            if (!isSession)
                createBatch();
        } else {
            all[chosen].state = ItemState::fromWire(events.bounded(2) == 0 ? u"dead"_s : isSession ? u"busy"_s : u"success"_s);
        }
        if (events.bounded(5) == 0) {
            server().runner(QString::number(events.bounded(lastingCount)))->run(u"x"_s, Kind::PySpark);
            ++ran;
        }
    }
    /// What was seen is in the database, and what was given up is gone.
    void settle()
    {
        bool isAnswered = false;
        recorder.lives({ .server = {}, .item = {}, .most = 1 }, &recorder, [&isAnswered](const auto&) { isAnswered = true; });
        QVERIFY(QTest::qWaitFor([&isAnswered] { return isAnswered; }, 120'000));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    QTemporaryDir folder;
    FakeClock clock;
    QRandomGenerator random{ 24 }; ///< of answers, which come as often as the engine's jitter has it
    QRandomGenerator events{ 25 }; ///< of what happens: that is the same in each run
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    Recorder recorder{ folder.filePath(u"records.sqlite"_s), clock };
    Workspace workspace;
    NoticeWatch watch;
    QStringList lines{ u"stdout: "_s };
    int printed = 0;
    int lastId = 0;
    int ran = 0;
    int lastStatement = 0;
    int wantedBatches = 0;
    int answered = 0;
    int sent = 0;
    int faulty = 0;
    int notices = 0;
};
}

void TestSoak::aDayOfWatchingLeavesNothingBehind()
{
    Day day;
    QList<Held> hours;
    for (int hour = 1; hour <= 24; ++hour) {
        for (int quarter = 0; quarter < 4; ++quarter)
            day.passQuarter();
        if (QTest::currentTestFailed())
            return;
        hours.append(day.held());
        if (hour == 1 || hour == 2 || hour % 6 == 0)
            qInfo("hour %2d: %s, records %lld KiB", hour, qUtf8Printable(hours.constLast().toText()), day.recordBytes() / 1024);
    }
    qInfo("%d log lines, %d statements, %d messages, %d POSTs, %d of them faulty", day.printedLines(), day.ranStatements(), day.noticeCount(),
        day.sentPosts(), day.faultyPosts());
    QVERIFY(day.faultyPosts() > 20);
    QVERIFY(day.sentPosts() <= day.wantedPosts()); // whatever became of it, nothing was sent again
    qInfo("%d batches asked for, %d answered", day.askedBatches(), day.answeredBatches());
    QVERIFY(day.askedBatches() > 100);
    QVERIFY(day.answeredBatches() >= day.askedBatches() - 3); // and each was answered
    QVERIFY2(day.server().activeRunCount() <= 3, qPrintable(QString::number(day.server().activeRunCount())));
    QCOMPARE(day.recordProblem().kind, ErrorKind::Cancelled);
    QCOMPARE(day.server().sessions().items().size(), sessionCount);
    QVERIFY(day.printedLines() > 1000 && day.ranStatements() > 200 && day.noticeCount() > 50);
    QVERIFY(day.recordBytes() > 1024 * 1024 && day.recordBytes() <= 2 * mostRecordedMiB * 1024 * 1024);
    const Held& early = hours.at(1);
    const Held& late = hours.constLast();
    QVERIFY2(late.handles <= early.handles + 3, qPrintable(late.toText()));
    QVERIFY2(late.objects <= early.objects + early.objects / 4, qPrintable(late.toText()));
    QVERIFY2(late.waiting <= early.waiting + 10, qPrintable(late.toText()));
    QVERIFY2(late.usedKiB <= early.usedKiB * 5 / 4 + 4 * 1024, qPrintable(late.toText()));
#ifndef __SANITIZE_ADDRESS__ // it keeps what was freed for long
    QVERIFY2(late.residentKiB <= early.residentKiB * 3 / 2 + 16 * 1024, qPrintable(late.toText()));
#endif
}

KINDLING_TEST(TestSoak)
#include "tst_soak.moc"
