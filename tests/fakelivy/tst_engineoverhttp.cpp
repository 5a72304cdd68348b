// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/livy/livyapi.h"
#include "tests/fakelivy/fakelivy.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// The engine, LivyApi and the transport together, against a whole server.
class TestEngineOverHttp final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_livy = std::make_unique<FakeLivy>();
        ServerProfile profile;
        profile.id = u"s"_s;
        m_server = std::make_unique<Server>(profile, m_livy->makeApi(), m_clock);
        m_notes.clear();
        connect(m_server.get(), &Server::transitionSeen, this, [this](const Transition& seen) { m_notes.append(seen.to.raw + u' ' + seen.note); });
    }
    void cleanup()
    {
        m_server.reset();
        m_livy.reset();
    }

    void runsACellOnASessionOfItsOwn()
    {
        m_livy->quirks.flickersIdle = true;
        m_livy->quirks.completesLate = true;
        const QString id = startedSession();
        StatementRunner* runner = m_server->runner(id);
        const RunId run = runner->run(u"1+1"_s, Kind::PySpark);
        QTRY_VERIFY_WITH_TIMEOUT(m_livy->driver(0).runningId == 0, 30'000);
        QCOMPARE(m_livy->driver(0).runningCode, u"1+1"_s);
        Q_EMIT m_livy->driver(0).progressed(0, 0.5);
        QTRY_COMPARE_WITH_TIMEOUT(runner->find(run)->progress, 0.5, 30'000);
        m_livy->driver(0).finish();
        QTRY_COMPARE_WITH_TIMEOUT(runner->find(run)->state, RunState::Finished, 30'000);
        QCOMPARE(runner->find(run)->output->parts.first().json, QByteArray("\"2\""));
        QCOMPARE(m_livy->countOf(u"POST /sessions/0/statements"_s), 1);
    }
    void aRestartedServerWithTheSameIdsIsNotBelieved()
    {
        const QString id = startedSession();
        StatementRunner* runner = m_server->runner(id);
        const RunId run = runner->run(u"1"_s, Kind::PySpark);
        QTRY_COMPARE_WITH_TIMEOUT(runner->find(run)->state, RunState::Running, 30'000);
        const auto state = stateOf(runner, run);
        m_livy->restart();
        bool isMade = false;
        const auto stranger = m_livy->makeApi();
        NewSession wanted;
        wanted.name = u"somebody else's"_s;
        stranger->sessions()->create(wanted, this, [&isMade](const Result<SparkItem>& made) { isMade = made && made->id == u"0"_s; });
        QTRY_VERIFY_WITH_TIMEOUT(isMade, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->sessions().find(id)->item.name == u"somebody else's"_s, 30'000);
        QVERIFY(m_notes.contains(u"gone replaced"_s));
        QCOMPARE(*state, RunState::Lost);
        QVERIFY(!m_server->runner(id)->find(run));
    }
    void aSessionDeletedElsewhereTakesItsRunsAlong()
    {
        const QString id = startedSession();
        StatementRunner* runner = m_server->runner(id);
        const RunId run = runner->run(u"1"_s, Kind::PySpark);
        QTRY_COMPARE_WITH_TIMEOUT(runner->find(run)->state, RunState::Running, 30'000);
        const auto state = stateOf(runner, run);
        const auto stranger = m_livy->makeApi();
        stranger->sessions()->remove(id, this, [](const Result<Done>&) {});
        QTRY_COMPARE_WITH_TIMEOUT(*state, RunState::Lost, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_server->sessions().find(id), 30'000);
    }
    void sessionsThatHangStopNobodyElse()
    {
        constexpr int sessions = 8;
        start();
        QList<StatementRunner*> runners;
        for (int i = 0; i < sessions; ++i) {
            const QString id = createdSession();
            QCOMPARE(id, QString::number(i));
            m_livy->driver(i).becomeReady();
            runners.append(m_server->runner(id));
            runners.last()->run(u"1"_s, Kind::PySpark);
        }
        m_server->refresh();
        for (const StatementRunner* runner : std::as_const(runners))
            QTRY_COMPARE_WITH_TIMEOUT(runner->runs().constFirst().state, RunState::Running, 30'000);
        m_livy->quirks.hangsStatements = true;
        QTRY_COMPARE_WITH_TIMEOUT(m_livy->hangingCount(), 3, 30'000); // of the four reads at a time, one is for lists
        const auto lists = m_livy->asked().count(u"GET /sessions"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_livy->asked().count(u"GET /sessions"_s) > lists + 2, 30'000);
        QCOMPARE(m_livy->hangingCount(), 3);
        QCOMPARE(m_server->connection(), ConnectionState::Online);
        // and what changes something has a way of its own
        bool isRemoved = false;
        m_server->remove(ItemType::Session, u"7"_s, this, [&isRemoved](const Result<Done>& done) { isRemoved = done.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(isRemoved, 30'000);
    }
    void asksForNoStatementBeforeItsSessionIsUp()
    {
        m_livy->quirks.hangsWhileStarting = true;
        const QString id = createdSession();
        // posting is not tried before the session is up, so nothing can hang
        m_server->runner(id)->run(u"1"_s, Kind::PySpark);
        const int lists = m_livy->countOf(u"GET /sessions"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_livy->countOf(u"GET /sessions"_s) > lists + 1, 30'000);
        QCOMPARE(m_livy->hangingCount(), 0);
        QCOMPARE(m_livy->countOf(u"POST /sessions/0/statements"_s), 0);
    }
    void aPhantomBatchIsShownSoThatItCanBeDeleted()
    {
        m_livy->quirks.keepsPhantoms = true;
        start();
        NewBatch wanted;
        wanted.file = u"/etc/passwd"_s;
        std::optional<Result<SparkItem>> made;
        m_server->createBatch(wanted, this, [&made](Result<SparkItem> answer) { made = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(made && !*made, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->batches().items().size(), 1, 30'000);
        bool isRemoved = false;
        m_server->remove(ItemType::Batch, u"0"_s, this, [&isRemoved](const Result<Done>& done) { isRemoved = done.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(isRemoved, 30'000);
        QCOMPARE(m_livy->countOf(u"DELETE"_s), 1);
    }

private:
    /// What becomes of a run; its runner goes with its session.
    std::shared_ptr<RunState> stateOf(StatementRunner* runner, RunId run)
    {
        const auto state = std::make_shared<RunState>(runner->find(run)->state);
        connect(runner, &StatementRunner::runChanged, this, [runner, run, state](RunId changed) {
            if (changed == run)
                *state = runner->find(run)->state;
        });
        return state;
    }
    void start()
    {
        m_server->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->connection(), ConnectionState::Online, 30'000);
    }
    QString createdSession()
    {
        if (m_server->connection() != ConnectionState::Online)
            start();
        QString id;
        m_server->createSession({}, this, [&id](const Result<SparkItem>& made) { id = made ? made->id : u"none"_s; });
        const bool came = QTest::qWaitFor([&id] { return !id.isEmpty(); }, std::chrono::seconds(30));
        return came ? id : QString();
    }
    QString startedSession()
    {
        const QString id = createdSession();
        m_livy->driver(0).becomeReady();
        m_server->refresh();
        const bool isUp = QTest::qWaitFor([&] { return m_server->sessions().find(id)->item.state.acceptsStatements(); }, std::chrono::seconds(30));
        return isUp ? id : QString();
    }

    SystemClock m_clock;
    std::unique_ptr<FakeLivy> m_livy;
    std::unique_ptr<Server> m_server;
    QStringList m_notes;
};

KINDLING_TEST(TestEngineOverHttp)
#include "tst_engineoverhttp.moc"
