// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panes/panesfixture.h"

#include <QLocale>

#include <chrono>

namespace kindling::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

PanesFixture::PanesFixture()
    : workspace(
          [this](const ServerProfile& profile) -> std::unique_ptr<SparkApi> {
              return std::make_unique<FakeSparkApi>(clock, m_states.at(profile.id));
          },
          clock)
{
}

Server* PanesFixture::addServer(const ServerId& id, const QString& name)
{
    m_states[id] = std::make_shared<FakeSparkApi::State>();
    ServerProfile profile;
    profile.id = id;
    profile.name = name;
    profile.url = QUrl(u"https://%1.example.org:8998"_s.arg(id));
    m_profiles += profile;
    workspace.setProfiles(m_profiles);
    return workspace.server(id);
}

void PanesFixture::removeServer(const ServerId& id)
{
    m_profiles.removeIf([&id](const ServerProfile& profile) { return profile.id == id; });
    workspace.setProfiles(m_profiles);
}

void PanesFixture::poll()
{
    for (Server* server : workspace.servers())
        server->refresh();
    for (int i = 0; i < 6; ++i)
        clock.advance(50ms);
}

namespace {
struct Drawn {
    const char* id;
    const char* name;
    const char* state;
    const char* owner;
    const char* kind;
    int memory, executors, executorMemory, cores;
    const char* queue;
};

SparkItem itemOf(const Drawn& drawn)
{
    SparkItem item = sparkItem(QString::fromLatin1(drawn.id), QString::fromLatin1(drawn.state), QString::fromLatin1(drawn.name));
    item.owner = QString::fromLatin1(drawn.owner);
    item.kindText = QString::fromLatin1(drawn.kind);
    item.driverMemory = u"%1g"_s.arg(drawn.memory);
    item.numExecutors = drawn.executors;
    item.executorMemory = drawn.executorMemory > 0 ? u"%1g"_s.arg(drawn.executorMemory) : QString();
    item.driverCores = 2;
    item.executorCores = drawn.executors > 0 ? (drawn.cores - 2) / drawn.executors : 0;
    item.queue = QString::fromLatin1(drawn.queue);
    if (item.state.value != ItemStateValue::Starting) {
        item.appId = u"application_17_04%1"_s.arg(item.id);
        item.sparkUiUrl = u"http://spark.example.org:4040/proxy/"_s + item.appId;
    }
    item.conf = { { u"spark.sql.shuffle.partitions"_s, u"64"_s }, { u"spark.dynamicAllocation.enabled"_s, u"true"_s } };
    return item;
}
}

void fillLikeTheDrawing(PanesFixture& fixture)
{
    constexpr Drawn sessions[] = {
        { "9", "nightly", "dead", "ops", "shared", 4, 8, 8, 34, "etl" },
        { "11", "notebook-bo", "idle", "bo", "shared", 2, 2, 4, 10, "adhoc" },
        { "12", "etl-ann", "idle", "ann", "shared", 4, 8, 8, 34, "etl" },
        { "13", "adhoc", "idle", "bo", "pyspark", 2, 2, 4, 10, "adhoc" },
        { "14", "features", "starting", "cy", "spark", 8, 4, 16, 36, "ml" },
    };
    constexpr Drawn batches[] = {
        { "728", "compact", "success", "ops", "", 2, 2, 4, 10, "etl" },
        { "729", "load-orders", "dead", "ops", "", 2, 6, 4, 26, "etl" },
        { "730", "load-users", "success", "ops", "", 2, 2, 4, 10, "etl" },
        { "731", "load-orders", "starting", "ops", "", 2, 6, 4, 26, "etl" },
    };
    fixture.addServer(u"prod"_s, u"prod"_s);
    fixture.addServer(u"fabric"_s, u"fabric / sales"_s);
    fixture.addServer(u"local"_s, u"Local Spark"_s);
    auto& prod = fixture.state(u"prod"_s);
    for (const Drawn& drawn : sessions)
        prod.sessions += itemOf(drawn);
    for (const Drawn& drawn : batches)
        prod.batches += itemOf(drawn);
    fixture.state(u"fabric"_s).sessions += itemOf({ "7c1f90aa-04e2", "weekly", "idle", "dana", "spark", 56, 0, 0, 8, "" });
    fixture.state(u"local"_s).sessions += itemOf({ "0", "sample", "idle", "me", "shared", 1, 0, 0, 2, "" });
    fixture.poll();
    fixture.clock.advance(3min);
    prod.sessions[3].state = ItemState::fromWire(u"busy"_s);
    prod.batches[3].state = ItemState::fromWire(u"running"_s);
    fixture.poll();
    fixture.workspace.server(u"prod"_s)->sessions().setDamage(u"11"_s, u"pyspark"_s);
    fixture.clock.advance(8s);
}

QStringList drawnWords()
{
    return { u"prod"_s, u"fabric / sales"_s, u"Local Spark"_s, u"nightly"_s, u"notebook-bo"_s, u"etl-ann"_s, u"adhoc"_s,
        u"features"_s, u"compact"_s, u"load-orders"_s, u"load-users"_s, u"weekly"_s, u"sample"_s, u"ops"_s, u"ann"_s, u"dana"_s,
        u"etl"_s, u"application_17_04"_s, u"7c1f90aa-04e2"_s, u"spark.sql.shuffle.partitions"_s,
        u"spark.dynamicAllocation.enabled"_s, u"true"_s, u"prod.example.org"_s, u"stdout"_s, u"stderr"_s, QLocale().toString(QDate(2026, 11, 22), u"MMM"_s) };
}

QString hostileName()
{
    const QString part = u"<b>bold</b><img src=x>\n\tליגה %1 & مرحبا \u202e reversed \x01"_s;
    return part.repeated(10'000 / part.size() + 1);
}

} // namespace kindling::test
