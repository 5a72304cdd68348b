// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "ui/shell/windowattention.h"

#include <QTest>
#include <QWidget>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
ServerProfile profileOf(const QString& id)
{
    ServerProfile profile;
    profile.id = id;
    profile.url = QUrl(u"http://prod.example:8998"_s);
    return profile;
}
}

class TestWindowAttention final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksSeldomWhileNobodyLooks()
    {
        FakeClock clock;
        auto state = std::make_shared<FakeSparkApi::State>();
        Workspace workspace([&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock);
        workspace.setProfiles({ profileOf(u"a"_s) });
        QWidget window;
        new WindowAttention(&workspace, &window);
        window.show();
        workspace.server(u"a"_s)->start();
        clock.advance(10s);
        const auto looksIn = [&](std::chrono::seconds time) {
            const int before = state->countOf(u"GET sessions"_s);
            clock.advance(time);
            return state->countOf(u"GET sessions"_s) - before;
        };
        const int seen = looksIn(120s);
        QVERIFY2(seen >= 40, qPrintable(QString::number(seen)));
        window.hide();
        clock.advance(10s);
        const int hidden = looksIn(120s);
        QVERIFY2(hidden >= 1 && hidden <= 3, qPrintable(QString::number(hidden)));
        window.show();
        clock.advance(3s);
        QVERIFY(looksIn(120s) >= 40);
        window.showMinimized();
        clock.advance(10s);
        QVERIFY(looksIn(120s) <= 3);
    }
    void aServerThatComesLaterIsAskedLikeTheOthers()
    {
        FakeClock clock;
        auto state = std::make_shared<FakeSparkApi::State>();
        Workspace workspace([&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock);
        QWidget window;
        new WindowAttention(&workspace, &window);
        workspace.setProfiles({ profileOf(u"a"_s) });
        workspace.server(u"a"_s)->start();
        clock.advance(10s);
        const int before = state->countOf(u"GET sessions"_s);
        clock.advance(120s);
        QVERIFY(state->countOf(u"GET sessions"_s) - before <= 3);
    }
};

KINDLING_TEST(TestWindowAttention)
#include "tst_windowattention.moc"
