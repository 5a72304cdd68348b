// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "ui/shell/removals.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr int many = 6;

/// Two servers with six sessions each; no DELETE is answered.
struct Bench {
    Bench()
    {
        for (int number = 0; number < many; ++number)
            state->sessions += sparkItem(QString::number(number), u"idle"_s, u"etl"_s);
        state->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::nullopt; };
        workspace.setProfiles({ profileOf(u"a"_s), profileOf(u"b"_s) });
        clock.advance(100ms);
    }
    static ServerProfile profileOf(const QString& id)
    {
        ServerProfile profile;
        profile.id = profile.name = id;
        profile.url = QUrl(u"http://%1:8998"_s.arg(id));
        return profile;
    }
    [[nodiscard]] QList<TrackedItem> itemsOf(const QString& server) const { return workspace.server(server)->sessions().items(); }
    /// Whoever waits hears of the end of what it asked.
    void settle()
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        clock.advance(1min);
    }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    Workspace workspace{ [this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock };
    Removals removals{ workspace };
    QSignalSpy failed{ &removals, &Removals::failed };
};
}

class TestRemovals final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void whatARemovedServerLeftOpenIsToldOnce()
    {
        Bench bench;
        bench.removals.add(bench.itemsOf(u"a"_s));
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 4);
        bench.workspace.setProfiles({ Bench::profileOf(u"b"_s) });
        QCOMPARE(bench.failed.size(), 0);
        bench.settle();
        QCOMPARE(bench.failed.size(), 1);
        QVERIFY2(bench.failed.at(0).at(0).toString().startsWith("4 of 4 could not be deleted"_L1), qPrintable(bench.failed.at(0).at(0).toString()));
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 4); // what waited went with its server
    }

    void aRemovedServerHoldsUpNoOther()
    {
        Bench bench;
        bench.removals.add(bench.itemsOf(u"a"_s));
        bench.workspace.setProfiles({ Bench::profileOf(u"b"_s) });
        bench.settle();
        bench.state->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::unexpected(errorOf(ErrorKind::Forbidden)); };
        bench.removals.add(bench.itemsOf(u"b"_s));
        bench.settle();
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 4 + many);
        QCOMPARE(bench.failed.size(), 2);
        QVERIFY(bench.failed.at(1).at(0).toString().startsWith("6 of 6 could not be deleted"_L1));
    }

    void nothingMoreIsDeletedOnAServerThatBeganAnew()
    {
        Bench bench;
        bench.removals.add(bench.itemsOf(u"a"_s));
        bench.workspace.server(u"a"_s)->connectWith(std::make_unique<FakeSparkApi>(bench.clock, bench.state));
        bench.settle();
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 4);
        QCOMPARE(bench.failed.size(), 1);
        QVERIFY2(bench.failed.at(0).at(0).toString().startsWith("6 of 6 could not be deleted"_L1), qPrintable(bench.failed.at(0).at(0).toString()));
        QCOMPARE(bench.itemsOf(u"a"_s).size(), many);
    }
};

KINDLING_TEST(TestRemovals)
#include "tst_removals.moc"
