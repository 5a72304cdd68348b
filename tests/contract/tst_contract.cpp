// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractworld.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// What the engine may rely on, whatever the dialect.
class TestContract final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        QFETCH_GLOBAL(QString, world);
        m_world = makeWorld(world);
        m_context = std::make_unique<QObject>();
    }
    void cleanup()
    {
        m_context.reset();
        m_world.reset();
    }
    void initTestCase_data()
    {
        QTest::addColumn<QString>("world");
        for (const QString& name : worldNames())
            QTest::newRow(qPrintable(name)) << name;
    }

    void tellsItsVersion()
    {
        const auto version = m_world->wait<ServerVersion>([this](auto reply) { api().version(context(), reply); });
        QVERIFY(version);
        QVERIFY(version->isAtLeast(0, 7) && !version->isAtLeast(0, 10));
        QVERIFY(version->text.startsWith(u"0."_s));
    }
    void listsWhatWasCreated()
    {
        QCOMPARE(page()->total, 0);
        const auto made = create(u"etl"_s);
        QVERIFY(made);
        QCOMPARE(made->state.value, ItemStateValue::Starting);
        const auto list = page();
        QCOMPARE(list->total, 1);
        QCOMPARE(list->items.size(), 1);
        QCOMPARE(list->items.first().id, made->id);
        QCOMPARE(list->items.first().name, u"etl"_s);
        QVERIFY(list->problem.isEmpty());
    }
    void findsASessionByIdAndByName()
    {
        const QString id = create(u"a b/ü;x"_s)->id;
        QCOMPARE(fetch(id)->name, u"a b/ü;x"_s);
        QCOMPARE(fetch(u"a b/ü;x"_s)->id, id);
        QCOMPARE(fetch(u"nobody"_s).error().kind, ErrorKind::NotFound);
        QCOMPARE(fetch(u"99"_s).error().kind, ErrorKind::NotFound);
    }
    void pagesOldestFirst()
    {
        for (int i = 0; i < 5; ++i)
            QVERIFY(create(u"s%1"_s.arg(i)));
        const auto second = page(2, 2);
        QCOMPARE(second->from, 2);
        QCOMPARE(second->total, 5);
        QCOMPARE(second->items.size(), 2);
        QCOMPARE(second->items.first().name, u"s2"_s);
        QCOMPARE(page(4, 2)->items.size(), 1);
        QCOMPARE(page(9, 2)->items.size(), 0);
    }
    void showsAStateAlone()
    {
        const QString id = create(u"a"_s)->id;
        QCOMPARE(state(id)->value, ItemStateValue::Starting);
        m_world->becomeIdle(id);
        QCOMPARE(state(id)->raw, u"idle"_s);
        QVERIFY(state(id)->acceptsStatements());
        QCOMPARE(state(u"99"_s).error().kind, ErrorKind::NotFound);
    }
    void keepsASessionAlive()
    {
        const QString id = create(u"a"_s)->id;
        m_world->becomeIdle(id);
        QCOMPARE(m_world->wait<SparkItem>([&](auto reply) { api().sessions()->keepAlive(id, context(), reply); })->id, id);
        const auto gone = m_world->wait<SparkItem>([&](auto reply) { api().sessions()->keepAlive(u"99"_s, context(), reply); });
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    }
    void removesForGoodAndTakesTheMissingAsRemoved()
    {
        const QString id = create(u"a"_s)->id;
        m_world->becomeIdle(id);
        for (int i = 0; i < 2; ++i)
            QVERIFY(m_world->wait<Done>([&](auto reply) { api().sessions()->remove(id, context(), reply); }));
        QCOMPARE(page()->total, 0);
        QCOMPARE(fetch(id).error().kind, ErrorKind::NotFound);
    }
    void stopKeepsTheEntryAsEnded()
    {
        const QString id = create(u"a"_s)->id;
        m_world->becomeIdle(id);
        QVERIFY(m_world->wait<Done>([&](auto reply) { api().sessions()->stop(id, context(), reply); }));
        QVERIFY(fetch(id)->state.isEnded());
    }
    void interruptEndsTheWholeSession()
    {
        const QString id = create(u"a"_s)->id;
        m_world->becomeIdle(id);
        QVERIFY(m_world->wait<Done>([&](auto reply) { api().sessions()->endByInterrupt(id, context(), reply); }));
        QVERIFY(fetch(id)->state.isEnded());
    }
    void takesFilesForASession_data()
    {
        QTest::addColumn<SessionFileKind>("kind");
        QTest::newRow("jar") << SessionFileKind::Jar;
        QTest::newRow("Python module") << SessionFileKind::PyFile;
        QTest::newRow("file") << SessionFileKind::File;
    }
    void takesFilesForASession()
    {
        QFETCH(const SessionFileKind, kind);
        const QString id = create(u"a"_s)->id;
        m_world->becomeIdle(id);
        QVERIFY(m_world->wait<Done>([&](auto reply) { api().sessionFiles()->add(id, kind, u"/tmp/a.jar"_s, context(), reply); }));
        const SessionUpload upload{ kind, u"a b.jar"_s, QByteArray("PK\x03\x04\r\n\0--", 9) };
        QVERIFY(m_world->wait<Done>([&](auto reply) { api().sessionFiles()->upload(id, upload, context(), reply); }));
    }

    void runsAStatementToItsEnd()
    {
        const QString id = idleSession();
        const auto posted = run(id, u"1+1"_s);
        QVERIFY(posted);
        QVERIFY(!isTerminal(posted->state));
        m_world->finish(id, posted->id, "2");
        const auto ended = statement(id, posted->id);
        QCOMPARE(ended->state, StatementState::Available);
        QCOMPARE(ended->code, u"1+1"_s);
        QCOMPARE(ended->output->parts.first().mime, u"text/plain"_s);
        QCOMPARE(ended->output->parts.first().json, QByteArray("\"2\""));
        QCOMPARE(ended->progress, 1.0);
    }
    void savesAStatementsAnswer()
    {
        const QTemporaryDir folder;
        const QString id = idleSession();
        const int number = run(id, u"'saved'"_s)->id;
        m_world->finish(id, number, "2");
        const AnswerTarget target{ folder.filePath(u"answer.json"_s), {} };
        const auto saved = m_world->wait<qint64>([&](auto reply) { api().statements()->save(id, number, target, context(), reply); });
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().title));
        QFile file(target.path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.size(), *saved);
        QVERIFY(file.readAll().contains("'saved'"));
        const AnswerTarget other{ folder.filePath(u"none.json"_s), {} };
        const auto missing = m_world->wait<qint64>([&](auto reply) { api().statements()->save(id, 99, other, context(), reply); });
        QCOMPARE(missing.error().kind, ErrorKind::NotFound);
        QVERIFY(!QFile::exists(other.path));
    }
    void listsStatementsInBothOrdersAndInParts()
    {
        QVERIFY(m_world->wait<ServerVersion>([this](auto reply) { api().version(context(), reply); }));
        const QString id = idleSession();
        for (int i = 0; i < 4; ++i) {
            const int number = run(id, QString::number(i))->id;
            m_world->finish(id, number, "x");
        }
        const auto all = statements(id, {});
        QCOMPARE(all->total, 4);
        QCOMPARE(idsOf(*all), (QList{ 0, 1, 2, 3 }));
        QCOMPARE(idsOf(*statements(id, { 1, 2, false })), (QList{ 1, 2 }));
        QCOMPARE(idsOf(*statements(id, { 0, 2, true })), (QList{ 3, 2 }));
        QCOMPARE(idsOf(*statements(id, { 3, -1, true })), (QList{ 0 }));
    }
    void aStatementThatIsNotThereIsNotFound()
    {
        const QString id = idleSession();
        QCOMPARE(statement(id, 7).error().kind, ErrorKind::NotFound);
    }
    void takesACancelOfWhatRunsAndOfWhatNeverWas()
    {
        const QString id = idleSession();
        const int number = run(id, u"while True: pass"_s)->id;
        for (const int each : { number, 99 })
            QVERIFY(m_world->wait<Done>([&](auto reply) { api().statements()->cancel(id, each, context(), reply); }));
    }
    void completesCode()
    {
        const QString id = idleSession();
        const CompletionQuery query{ u"spark.ran"_s, Kind::Spark, 9 };
        const auto candidates = m_world->wait<QStringList>([&](auto reply) { api().statements()->complete(id, query, context(), reply); });
        QVERIFY(candidates);
        QVERIFY(candidates->isEmpty() || candidates->contains(u"range"_s));
    }
    void givesTheLogWithItsSections()
    {
        const QString id = idleSession();
        m_world->print(id, u"hello"_s);
        const auto log = m_world->wait<LogSlice>([&](auto reply) { api().logs()->sessionLog(id, {}, context(), reply); });
        QVERIFY(log);
        QVERIFY(log->lines.contains(u"hello"_s));
        QCOMPARE(log->lines.first(), u"stdout: "_s);
        QCOMPARE(log->total, log->lines.size());
    }
    void keepsBatchesApartFromSessions()
    {
        create(u"same"_s);
        NewBatch wanted;
        wanted.file = u"/tmp/job.py"_s;
        wanted.name = u"same"_s;
        const auto made = m_world->wait<SparkItem>([&](auto reply) { api().batches()->create(wanted, context(), reply); });
        QVERIFY(made);
        QCOMPARE(made->id, u"0"_s);
        QCOMPARE(m_world->wait<ItemPage>([&](auto reply) { api().batches()->list(0, 10, context(), reply); })->total, 1);
        QCOMPARE(m_world->wait<SparkItem>([&](auto reply) { api().batches()->fetch(u"0"_s, context(), reply); })->name, u"same"_s);
        QVERIFY(m_world->wait<ItemState>([&](auto reply) { api().batches()->state(u"0"_s, context(), reply); })->isAlive());
        QVERIFY(m_world->wait<LogSlice>([&](auto reply) { api().logs()->batchLog(u"0"_s, {}, context(), reply); }));
        QVERIFY(m_world->wait<Done>([&](auto reply) { api().batches()->remove(u"0"_s, context(), reply); }));
        QCOMPARE(m_world->wait<ItemPage>([&](auto reply) { api().batches()->list(0, 10, context(), reply); })->total, 0);
        QCOMPARE(page()->total, 1);
    }

    void staysSilentAfterCancelAndAfterTheContextDied()
    {
        int calls = 0;
        const Reply<ItemPage> count = [&calls](const Result<ItemPage>&) { ++calls; };
        api().sessions()->list(0, 10, context(), count).cancel();
        auto gone = std::make_unique<QObject>();
        api().sessions()->list(0, 10, gone.get(), count);
        gone.reset();
        QVERIFY(page());
        QVERIFY(page());
        QCOMPARE(calls, 0);
    }
    void previewsWhatItWouldSend()
    {
        NewSession session;
        session.name = u"n"_s;
        QVERIFY(api().preview(session).startsWith('{'));
        QVERIFY(api().preview(NewBatch{}).startsWith('{'));
    }

private:
    [[nodiscard]] SparkApi& api() const { return m_world->api(); }
    [[nodiscard]] QObject* context() const { return m_context.get(); }
    Result<SparkItem> create(const QString& name)
    {
        NewSession wanted;
        wanted.name = name;
        wanted.kind = Kind::PySpark;
        return m_world->wait<SparkItem>([&](auto reply) { api().sessions()->create(wanted, context(), reply); });
    }
    QString idleSession()
    {
        const QString id = create(u"idle"_s)->id;
        m_world->becomeIdle(id);
        return id;
    }
    Result<ItemPage> page(int from = 0, int size = 100)
    {
        return m_world->wait<ItemPage>([&](auto reply) { api().sessions()->list(from, size, context(), reply); });
    }
    Result<SparkItem> fetch(const QString& id)
    {
        return m_world->wait<SparkItem>([&](auto reply) { api().sessions()->fetch(id, context(), reply); });
    }
    Result<ItemState> state(const QString& id)
    {
        return m_world->wait<ItemState>([&](auto reply) { api().sessions()->state(id, context(), reply); });
    }
    Result<Statement> run(const QString& session, const QString& code)
    {
        return m_world->wait<Statement>([&](auto reply) { api().statements()->run(session, code, Kind::PySpark, context(), reply); });
    }
    Result<Statement> statement(const QString& session, int number)
    {
        return m_world->wait<Statement>([&](auto reply) { api().statements()->fetch(session, number, context(), reply); });
    }
    Result<StatementPage> statements(const QString& session, const StatementRange& range)
    {
        return m_world->wait<StatementPage>([&](auto reply) { api().statements()->list(session, range, context(), reply); });
    }
    static QList<int> idsOf(const StatementPage& page)
    {
        QList<int> ids;
        for (const Statement& each : page.statements)
            ids += each.id;
        return ids;
    }

    std::unique_ptr<ContractWorld> m_world;
    std::unique_ptr<QObject> m_context;
};

KINDLING_TEST(TestContract)
#include "tst_contract.moc"
