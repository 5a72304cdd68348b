// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/livy/livyapi.h"
#include "app/net/httptransport.h"
#include "tests/fakelivy/fakelivy.h"
#include "tests/fakelivy/flappingline.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// Counts what is under way and what was sent.
class CountingTransport final : public Transport {
public:
    struct Counts {
        int underWay = 0;
        int sent = 0;
    };
    CountingTransport(std::unique_ptr<Transport> transport, std::shared_ptr<Counts> counts)
        : m_transport(std::move(transport))
        , m_counts(std::move(counts))
    {
    }
    RequestHandle send(HttpRequest request, QObject* context, Callback callback) override
    {
        ++m_counts->sent;
        ++m_counts->underWay;
        const auto end = [counts = m_counts, isOpen = std::make_shared<bool>(true)] {
            if (std::exchange(*isOpen, false))
                --counts->underWay;
        };
        RequestHandle sent = m_transport->send(std::move(request), context, [end, callback](Result<HttpResponse> answer) {
            end();
            callback(std::move(answer));
        });
        return RequestHandle([end, sent]() mutable {
            end();
            sent.cancel();
        });
    }
    void dropConnections() override { m_transport->dropConnections(); }

private:
    std::unique_ptr<Transport> m_transport;
    std::shared_ptr<Counts> m_counts;
};
}

/// The engine over real sockets to a server whose line comes and goes. The engine's time is the test's own.
class TestFlaps final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_livy = std::make_unique<FakeLivy>();
        m_line = std::make_unique<FlappingLine>(m_livy->url());
        m_counts = std::make_shared<CountingTransport::Counts>();
        auto http = std::make_unique<HttpTransport>(u"s"_s, nullptr, m_clock, nullptr);
        ServerProfile profile;
        profile.id = u"s"_s;
        m_server = std::make_unique<Server>(profile, makeLivyApi(m_line->url(), std::make_unique<CountingTransport>(std::move(http), m_counts)), m_clock);
        m_server->start();
        QVERIFY2(passUntil([this] { return m_server->connection() == ConnectionState::Online; }), qPrintable(m_server->problem().title + m_server->problem().detail));
        bool isMade = false;
        m_server->createSession({}, this, [&isMade](const Result<SparkItem>& made) { isMade = made.has_value(); });
        QVERIFY(passUntil([&isMade] { return isMade; }));
        m_livy->driver(0).becomeReady();
        QVERIFY(passUntil([this] { return m_server->sessions().find(u"0"_s)->item.state.acceptsStatements(); }));
    }
    void cleanup()
    {
        m_server.reset();
        m_line.reset();
        m_livy.reset();
    }

    void aLineThatFlapsIsNotHammeredAndComesBack()
    {
        StatementRunner* runner = m_server->runner(u"0"_s);
        const RunId run = runner->run(u"1"_s, Kind::PySpark);
        QVERIFY(passUntil([&] { return runner->find(run)->state == RunState::Running; }));
        for (int flap = 0; flap < 4; ++flap) {
            m_line->goAway();
            const int before = m_counts->sent;
            QVERIFY(pass(60s));
            QCOMPARE(m_server->connection(), ConnectionState::Offline);
            // two lists and a statement, each with at most 30 s between two tries
            const int sent = m_counts->sent - before;
            QVERIFY2(sent >= 6 && sent <= 60, qPrintable(QString::number(sent)));
            QVERIFY(m_line->comeBack());
            QVERIFY(passUntil([this] { return m_server->connection() == ConnectionState::Online; }));
        }
        m_livy->driver(0).finish();
        QVERIFY(passUntil([&] { return runner->find(run)->state == RunState::Finished; }));
        QCOMPARE(m_livy->countOf(u"POST"_s), 2);
        QCOMPARE(m_livy->countOf(u"POST /sessions/0/statements"_s), 1);
        QCOMPARE(m_livy->countOf(u"DELETE"_s), 0);
    }

    void aPostWhoseAnswerTheLineLosesIsLookedForAndNotRepeated()
    {
        m_server->setAttention(Server::Attention::Hidden); // so that it is this answer that is lost
        QVERIFY(pass(3s));
        StatementRunner* runner = m_server->runner(u"0"_s);
        const RunId before = runner->run(u"0"_s, Kind::PySpark); // so that it is known what the session had
        QVERIFY(passUntil([&] { return runner->find(before)->state == RunState::Running; }));
        m_livy->driver(0).finish();
        QVERIFY(passUntil([&] { return runner->find(before)->state == RunState::Finished; }));
        m_line->swallowNextAnswer();
        const RunId run = runner->run(u"1"_s, Kind::PySpark);
        QVERIFY(passUntil([this] { return !m_line->swallows(); }));
        m_line->goAway();
        QVERIFY(pass(10s));
        QVERIFY(m_line->comeBack());
        QVERIFY(passUntil([&] { return runner->find(run)->state == RunState::Running; }));
        m_livy->driver(0).finish();
        QVERIFY(passUntil([&] { return runner->find(run)->state == RunState::Finished; }));
        QCOMPARE(m_livy->countOf(u"POST /sessions/0/statements"_s), 2);
    }

    void aMachineThatWakesConnectsAnewAtOnce()
    {
        m_server->setAttention(Server::Attention::Hidden);
        QVERIFY(pass(3s));
        m_line->freeze();
        m_clock.jump(8h); // it slept
        const auto before = m_livy->countOf(u"GET /sessions"_s);
        QVERIFY(pass(7s));
        QVERIFY(m_livy->countOf(u"GET /sessions"_s) > before);
        QCOMPARE(m_server->connection(), ConnectionState::Online);
    }

private:
    /// Lets time pass in small steps, each with the answers to what was asked in it.
    bool pass(std::chrono::milliseconds time)
    {
        for (std::chrono::milliseconds gone{ 0 }; gone < time; gone += 100ms) {
            m_clock.advance(100ms);
            if (!QTest::qWaitFor([this] { return m_counts->underWay == 0; }, 30s))
                return false;
        }
        return true;
    }
    /// Within two minutes of that time.
    bool passUntil(const std::function<bool()>& isSo)
    {
        for (int steps = 0; steps < 1200 && !isSo(); ++steps) {
            if (!pass(100ms))
                return false;
        }
        return isSo();
    }

    FakeClock m_clock;
    std::unique_ptr<FakeLivy> m_livy;
    std::unique_ptr<FlappingLine> m_line;
    std::shared_ptr<CountingTransport::Counts> m_counts;
    std::unique_ptr<Server> m_server;
};

KINDLING_TEST(TestFlaps)
#include "tst_flaps.moc"
