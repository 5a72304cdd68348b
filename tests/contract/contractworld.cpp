// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractworld.h"

#include "tests/fakelivy/fakelivy.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"

namespace kindling::test {

using namespace Qt::StringLiterals;

namespace {
class FakeApiWorld final : public ContractWorld {
public:
    FakeApiWorld()
    {
        m_state->onLog = [this](ItemType) { return Script<LogSlice>(LogSlice{ 0, static_cast<int>(m_log.size()), m_log }); };
    }
    SparkApi& api() override { return m_api; }
    void becomeIdle(const QString& session) override { item(session).state = ItemState::fromWire(u"idle"_s); }
    void finish(const QString&, int number, const QByteArray& text) override
    {
        Statement& ended = m_state->statements[number];
        ended.state = StatementState::Available;
        ended.progress = 1;
        ended.output = okOutput(text);
    }
    void print(const QString&, const QString& line) override { m_log.append(line); }
    void pump() override { m_clock.advance(std::chrono::milliseconds(10)); }

private:
    SparkItem& item(const QString& session) { return m_state->sessions[session.toInt()]; }

    FakeClock m_clock;
    std::shared_ptr<FakeSparkApi::State> m_state = std::make_shared<FakeSparkApi::State>();
    FakeSparkApi m_api{ m_clock, m_state };
    QStringList m_log{ u"stdout: "_s, u"\nstderr: "_s };
};

class LivyWorld final : public ContractWorld {
public:
    explicit LivyWorld(const Quirks& quirks) { m_server.quirks = quirks; }
    SparkApi& api() override { return *m_api; }
    void becomeIdle(const QString& session) override { m_server.driver(session.toInt()).becomeReady(); }
    void finish(const QString& session, int number, const QByteArray& text) override
    {
        ScriptedDriver& driver = m_server.driver(session.toInt());
        QCOMPARE(driver.runningId, number);
        driver.finish("{\"status\":\"ok\",\"execution_count\":" + QByteArray::number(number) + ",\"data\":{\"text/plain\":\"" + text + "\"}}");
    }
    void print(const QString& session, const QString& line) override
    {
        Q_EMIT m_server.driver(session.toInt()).logged(local::LogSection::Stdout, line);
    }

private:
    FakeLivy m_server;
    std::unique_ptr<SparkApi> m_api = m_server.makeApi();
};

QList<std::pair<QString, Quirks>> servers()
{
    return { { u"Local Spark"_s, {} }, { u"Livy 0.7"_s, { .release = Release::Livy07 } }, { u"Livy 0.8"_s, { .release = Release::Livy08 } },
        { u"Livy 0.9"_s, { .release = Release::Livy09 } }, { u"Livy behind gzip"_s, { .packs = true } },
        { u"Livy with CSRF protection"_s, { .wantsRequestedBy = true } } };
}
}

std::unique_ptr<ContractWorld> makeWorld(const QString& name)
{
    for (const auto& [server, quirks] : servers()) {
        if (server == name)
            return std::make_unique<LivyWorld>(quirks);
    }
    return std::make_unique<FakeApiWorld>();
}

QStringList worldNames()
{
    QStringList names{ u"FakeSparkApi"_s };
    for (const auto& [server, quirks] : servers())
        names += server;
    return names;
}

} // namespace kindling::test
