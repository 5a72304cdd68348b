// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livyapi.h"
#include "tests/fakelivy/fakelivy.h"
#include "tests/support/awaited.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Each quirk of Livy, as LivyApi meets it over real HTTP.
class TestQuirks final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_server = std::make_unique<FakeLivy>();
        m_api = m_server->makeApi();
    }
    void cleanup()
    {
        m_api.reset();
        m_server.reset();
    }

    void fieldSetsDifferByRelease_data()
    {
        QTest::addColumn<int>("release");
        QTest::addColumn<int>("minor");
        QTest::addColumn<QString>("memory");
        QTest::addColumn<QString>("ttl");
        QTest::addColumn<QString>("idle");
        QTest::newRow("0.7") << static_cast<int>(Release::Livy07) << 7 << QString() << QString() << QString();
        // what it calls ttl is another field's value
        QTest::newRow("0.8") << static_cast<int>(Release::Livy08) << 8 << u"1g"_s << QString() << QString();
        QTest::newRow("0.9") << static_cast<int>(Release::Livy09) << 9 << u"1g"_s << u"8h"_s << u"1h"_s;
    }
    void fieldSetsDifferByRelease()
    {
        QFETCH(const int, release);
        QFETCH(const int, minor);
        m_server->quirks.release = static_cast<Release>(release);
        QCOMPARE(wait<ServerVersion>([this](auto reply) { m_api->version(this, reply); })->minor, minor);
        NewSession wanted;
        wanted.driverMemory = u"1g"_s;
        wanted.ttl = u"8h"_s;
        wanted.idleTimeout = u"1h"_s;
        const auto made = wait<SparkItem>([&](auto reply) { m_api->sessions()->create(wanted, this, reply); });
        QVERIFY(made); // no field that this release refuses was sent
        QTEST(made->driverMemory, "memory");
        QTEST(made->ttl, "ttl");
        QTEST(made->idleTimeout, "idle");
    }
    void anOldReleaseRefusesWhatItDoesNotKnow()
    {
        m_server->quirks.release = Release::Livy07;
        const auto refused = wait<SparkItem>([this](auto reply) { m_api->sessions()->createRaw("{\"ttl\":\"1h\"}", this, reply); });
        QCOMPARE(refused.error().kind, ErrorKind::Rejected);
        QVERIFY(refused.error().title.contains(u"does not know a field"_s));
    }
    void idleFlickersWhileAStatementRuns()
    {
        m_server->quirks.flickersIdle = true;
        idleSession();
        QVERIFY(run(u"1"_s));
        QStringList seen;
        for (int i = 0; i < 4; ++i)
            seen += wait<ItemState>([this](auto reply) { m_api->sessions()->state(u"0"_s, this, reply); })->raw;
        QCOMPARE(seen, (QStringList{ u"busy"_s, u"idle"_s, u"busy"_s, u"idle"_s }));
    }
    void aRefusedBatchStaysAsAPhantom()
    {
        m_server->quirks.keepsPhantoms = true;
        NewBatch wanted;
        wanted.file = u"/etc/passwd"_s;
        wanted.name = u"ghost"_s;
        const auto refused = wait<SparkItem>([&](auto reply) { m_api->batches()->create(wanted, this, reply); });
        QVERIFY(refused.error().title.contains(u"takes no files from this folder"_s));
        const auto list = wait<ItemPage>([this](auto reply) { m_api->batches()->list(0, 10, this, reply); });
        QCOMPARE(list->items.size(), 1);
        QCOMPARE(list->items.first().state.value, ItemStateValue::Starting);
        QCOMPARE(list->items.first().name, u"ghost"_s);
    }
    void idsBeginAgainAfterARestart()
    {
        QCOMPARE(create(u"before"_s)->id, u"0"_s);
        m_server->restart();
        const auto gone = wait<SparkItem>([this](auto reply) { m_api->sessions()->fetch(u"0"_s, this, reply); });
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
        QCOMPARE(create(u"after"_s)->id, u"0"_s);
    }
    void getOfStatementsHangsWhileTheSessionStarts()
    {
        m_server->quirks.hangsWhileStarting = true;
        QVERIFY(create(u"a"_s));
        int answers = 0;
        auto handle = m_api->statements()->list(u"0"_s, {}, this, [&answers](const Result<StatementPage>&) { ++answers; });
        QTRY_COMPARE_WITH_TIMEOUT(m_server->hangingCount(), 1, 30'000);
        QVERIFY(wait<ItemPage>([this](auto reply) { m_api->sessions()->list(0, 10, this, reply); })); // others are served meanwhile
        handle.cancel();
        m_server->driver(0).becomeReady();
        QVERIFY(wait<StatementPage>([this](auto reply) { m_api->statements()->list(u"0"_s, {}, this, reply); }));
        QCOMPARE(answers, 0);
    }
    void answersMayBePacked()
    {
        m_server->quirks.packs = true;
        for (int i = 0; i < 50; ++i)
            QVERIFY(create(u"a session with quite a long name %1"_s.arg(i)));
        const auto list = wait<ItemPage>([this](auto reply) { m_api->sessions()->list(0, 100, this, reply); });
        QCOMPARE(list->items.size(), 50);
        QVERIFY(list->items.last().name.endsWith(u"49"_s));
    }
    void refusalsMayBePagesOfJetty()
    {
        m_server->quirks.answersPages = true;
        const auto gone = wait<SparkItem>([this](auto reply) { m_api->sessions()->fetch(u"9"_s, this, reply); });
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
        QCOMPARE(gone.error().title.contains(u"does not have this session"_s), true);
        QVERIFY(!gone.error().detail.contains(u'<'));
    }
    void csrfProtectionIsSatisfied()
    {
        m_server->quirks.wantsRequestedBy = true;
        QVERIFY(create(u"a"_s));
        QVERIFY(wait<Done>([this](auto reply) { m_api->sessions()->remove(u"0"_s, this, reply); }));
    }
    void anEndMayBeSeenBeforeItsTime()
    {
        m_server->quirks.completesLate = true;
        idleSession();
        QVERIFY(run(u"1"_s));
        m_server->driver(0).finish();
        const auto first = wait<Statement>([this](auto reply) { m_api->statements()->fetch(u"0"_s, 0, this, reply); });
        QCOMPARE(first->state, StatementState::Available);
        QVERIFY(!first->completed.isValid());
        QVERIFY(wait<Statement>([this](auto reply) { m_api->statements()->fetch(u"0"_s, 0, this, reply); })->completed.isValid());
    }
    void aDeadSessionRefusesInLivysWords()
    {
        idleSession();
        QVERIFY(run(u"1"_s));
        Q_EMIT m_server->driver(0).ended();
        const auto read = wait<Statement>([this](auto reply) { m_api->statements()->fetch(u"0"_s, 0, this, reply); });
        QCOMPARE(read.error().title, u"The session has ended."_s);
        QCOMPARE(run(u"2"_s).error().title, u"The session has ended."_s);
    }

private:
    template<typename T, typename Call>
    Result<T> wait(Call call)
    {
        return awaited<T>(std::move(call));
    }
    Result<SparkItem> create(const QString& name)
    {
        NewSession wanted;
        wanted.name = name;
        return wait<SparkItem>([&](auto reply) { m_api->sessions()->create(wanted, this, reply); });
    }
    void idleSession()
    {
        QVERIFY(create(u"idle"_s));
        m_server->driver(0).becomeReady();
    }
    Result<Statement> run(const QString& code)
    {
        return wait<Statement>([&](auto reply) { m_api->statements()->run(u"0"_s, code, Kind::PySpark, this, reply); });
    }

    std::unique_ptr<FakeLivy> m_server;
    std::unique_ptr<SparkApi> m_api;
};

KINDLING_TEST(TestQuirks)
#include "tst_quirks.moc"
