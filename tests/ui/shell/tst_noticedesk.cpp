// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/common/messagebar.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/noticedesk.h"
#include "ui/shell/noticewords.h"

#include <QMainWindow>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestNoticeDesk final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void wordsEachKind_data();
    void wordsEachKind();
    void wordsManyAsOne();
    void aNameCannotPretendToBeMore();
    void postsToTheDesktop();
    void aChosenNoticeOpensItsBatch();
    void aChosenNoticeOpensTheNotebookOfItsSession();
    void manyOpenTheOverview();
    void tellsInTheWindowWhereTheDesktopShowsNone();
    void whatNobodyHasReadIsToldAlong();
    void aStatementInTheCurrentTabIsNotTold();
    void followsTheSettings();
};

namespace {
/// The parts of a window that notices need, on a clock of the test's.
struct Bench {
    Bench()
    {
        window.setCentralWidget(tabs);
        window.show();
        ServerProfile profile;
        profile.id = u"prod"_s;
        profile.name = u"Production"_s;
        state->batches = { sparkItem(u"7"_s, u"running"_s, u"nightly"_s), sparkItem(u"8"_s, u"running"_s, u"etl"_s) };
        state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"adhoc"_s) };
        workspace.setProfiles({ profile });
        clock.advance(100ms);
    }
    void fail(qsizetype batch)
    {
        state->batches[batch].state = ItemState::fromWire(u"dead"_s);
        clock.advance(5s);
    }
    void runLong()
    {
        workspace.servers().constFirst()->runner(u"0"_s)->run(u"x"_s, Kind::PySpark);
        clock.advance(2min);
        state->statements[0].state = StatementState::Available;
        clock.advance(10s);
    }
    QTemporaryDir folder;
    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    Settings settings{ folder.path() };
    std::unique_ptr<SecretStore> secrets = makeMemoryStore();
    Workspace workspace{ [this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock };
    LocalSpark localSpark{ {} };
    Recorder recorder{ settings.recordFile(), clock };
    RequestLog requestLog;
    RequestsModel requests{ &requestLog };
    AnsweringDialogs dialogs;
    RememberingChannel channel;
    Services services{ settings, *secrets, workspace, localSpark, recorder, requests, dialogs, channel, clock, {} };
    QMainWindow window;
    CentralTabs* tabs = new CentralTabs(services, &window);
    NotebookDesk* notebooks = new NotebookDesk(services, tabs, &window);
    MessageBar* bar = new MessageBar(&window);
    NoticeDesk* desk = new NoticeDesk(services, tabs, notebooks, bar);
};

Notice noticeOf(NoticeKind kind, ItemType type)
{
    return { .kind = kind, .server = u"s"_s, .serverName = u"prod"_s, .item = { u"s"_s, type, u"7"_s }, .itemName = u"etl"_s, .duration = 5min };
}
}

void TestNoticeDesk::wordsEachKind_data()
{
    QTest::addColumn<Notice>("notice");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("body");
    const QString batch = u"etl (batch 7) on prod"_s;
    const QString session = u"etl (session 7) on prod"_s;
    Notice notice = noticeOf(NoticeKind::LongStatement, ItemType::Session);
    QTest::newRow("done") << notice << u"A statement is done after 5 min"_s << session;
    notice.run = RunState::Failed;
    QTest::newRow("failed") << notice << u"A statement failed after 5 min"_s << session;
    notice.run = RunState::Lost;
    QTest::newRow("lost") << notice << u"A statement was lost after 5 min"_s << session;
    notice = noticeOf(NoticeKind::BatchFailed, ItemType::Batch);
    QTest::newRow("batch") << notice << u"A batch failed"_s << batch;
    notice.state = ItemState::fromWire(u"killed"_s);
    QTest::newRow("killed") << notice << u"A batch was killed"_s << batch;
    notice.itemName.clear();
    QTest::newRow("without a name") << notice << u"A batch was killed"_s << u"batch 7 on prod"_s;
    notice = noticeOf(NoticeKind::SessionExpires, ItemType::Session);
    QTest::newRow("idle") << notice << u"A session ends in 5 min"_s << session + u"\nNobody uses it; keep it alive, or let it go."_s;
    notice.isForGood = true;
    QTest::newRow("its life") << notice << u"A session ends in 5 min"_s << session + u"\nIts time to live is over then, where its server keeps to that."_s;
    notice = noticeOf(NoticeKind::BatchRunsLong, ItemType::Batch);
    QTest::newRow("runs long") << notice << u"A batch has been running for at least 5 min"_s << batch;
    notice = noticeOf(NoticeKind::SessionIdleLong, ItemType::Session);
    QTest::newRow("idle long") << notice << u"A session has been idle for at least 5 min"_s << session;
    notice = { .kind = NoticeKind::ServerUnreachable, .server = u"s"_s, .serverName = u"prod"_s, .duration = 5min, .problem = errorOf(ErrorKind::Network) };
    QTest::newRow("away") << notice << u"prod cannot be reached"_s << u"What is shown of it is as it was last seen."_s;
    notice.problem->kind = ErrorKind::SignIn;
    QTest::newRow("sign-in") << notice << u"prod wants a sign-in"_s << u"Nothing on it is watched until somebody signs in."_s;
    notice.isBack = true;
    QTest::newRow("back") << notice << u"prod is back"_s << u"It could not be reached for 5 min."_s;
}

void TestNoticeDesk::wordsEachKind()
{
    QFETCH(Notice, notice);
    const NoticeText text = noticeText({ notice });
    QTEST(text.title, "title");
    QTEST(text.body, "body");
}

void TestNoticeDesk::wordsManyAsOne()
{
    QList<Notice> notices(4, noticeOf(NoticeKind::BatchFailed, ItemType::Batch));
    const QString place = u"etl (batch 7) on prod"_s;
    QCOMPARE(noticeText(notices).body, QStringList(3, place).join(u", "_s) + u", …"_s);
    notices.append(noticeOf(NoticeKind::LongStatement, ItemType::Session));
    QCOMPARE(noticeText(notices).body.count(u'\n'), 1);
    QVERIFY(noticeText({}).title.isEmpty());
}

void TestNoticeDesk::aNameCannotPretendToBeMore()
{
    Notice notice = noticeOf(NoticeKind::BatchFailed, ItemType::Batch);
    notice.itemName = u"a\nb\u202ec\u0007 "_s + QString(10'000, u'x');
    notice.item.id = QString(10'000, u'7');
    notice.serverName = QString(58, u'y') + u"\U0001F680\U0001F680"_s;
    const NoticeText text = noticeText({ notice });
    QVERIFY2(text.body.startsWith(u"a bc x"_s), qPrintable(text.body.left(20)));
    QVERIFY(text.body.size() < 250);
    QVERIFY(text.body.isValidUtf16());
    QVERIFY(!text.body.contains(u'\n'));
}

void TestNoticeDesk::postsToTheDesktop()
{
    Bench bench;
    bench.fail(0);
    QCOMPARE(bench.channel.posted.size(), 1);
    QCOMPARE(bench.channel.posted.first().title, u"A batch failed"_s);
    QCOMPARE(bench.channel.posted.first().body, u"nightly (batch 7) on Production"_s);
    QVERIFY(bench.bar->isHidden());
}

void TestNoticeDesk::aChosenNoticeOpensItsBatch()
{
    Bench bench;
    bench.fail(0);
    bench.window.showMinimized();
    Q_EMIT bench.channel.activated(bench.channel.posted.firstKey());
    QCOMPARE(bench.tabs->currentItem(), (ItemKey{ u"prod"_s, ItemType::Batch, u"7"_s }));
    QVERIFY(!bench.window.isMinimized());
    bench.tabs->showOverview();
    Q_EMIT bench.channel.activated(bench.channel.posted.firstKey());
    Q_EMIT bench.channel.activated(4711);
    QCOMPARE(bench.tabs->currentIndex(), 0);
}

void TestNoticeDesk::aChosenNoticeOpensTheNotebookOfItsSession()
{
    Bench bench;
    NotebookPane* pane = bench.notebooks->newNotebook();
    pane->setTarget(u"prod"_s, u"0"_s);
    bench.tabs->showOverview();
    bench.runLong();
    QCOMPARE(bench.channel.posted.size(), 1);
    Q_EMIT bench.channel.activated(bench.channel.posted.firstKey());
    QCOMPARE(bench.tabs->currentWidget(), pane);
}

void TestNoticeDesk::manyOpenTheOverview()
{
    Bench bench;
    for (int i = 20; i < 60; ++i)
        bench.state->batches.append(sparkItem(QString::number(i), u"running"_s));
    bench.clock.advance(5s);
    for (SparkItem& batch : bench.state->batches)
        batch.state = ItemState::fromWire(u"dead"_s);
    bench.notebooks->newNotebook();
    bench.clock.advance(5s);
    QCOMPARE(bench.channel.posted.size(), 1);
    QVERIFY2(bench.channel.posted.first().title.startsWith(u"42"_s), qPrintable(bench.channel.posted.first().title));
    Q_EMIT bench.channel.activated(bench.channel.posted.firstKey());
    QCOMPARE(bench.tabs->currentIndex(), 0);
}

void TestNoticeDesk::tellsInTheWindowWhereTheDesktopShowsNone()
{
    Bench bench;
    bench.channel.isThere = false;
    bench.fail(0);
    QVERIFY(bench.bar->isVisible());
    QCOMPARE(bench.bar->text(), u"A batch failed"_s);
    bench.bar->findChild<QPushButton*>(u"messageAction"_s)->click();
    QCOMPARE(bench.tabs->currentItem().id, u"7"_s);
    QVERIFY(bench.bar->isHidden());
}

void TestNoticeDesk::whatNobodyHasReadIsToldAlong()
{
    Bench bench;
    bench.channel.isThere = false;
    bench.fail(0);
    bench.fail(1);
    QVERIFY2(bench.bar->text().startsWith(u"2 "_s), qPrintable(bench.bar->text()));
    bench.bar->dismiss();
    bench.state->outage = errorOf(ErrorKind::Network);
    bench.clock.advance(1min);
    QCOMPARE(bench.bar->text(), u"Production cannot be reached"_s);
}

void TestNoticeDesk::aStatementInTheCurrentTabIsNotTold()
{
    Bench bench;
    bench.notebooks->newNotebook()->setTarget(u"prod"_s, u"0"_s);
    bench.window.activateWindow();
    QTRY_VERIFY_WITH_TIMEOUT(bench.window.isActiveWindow(), 30'000);
    bench.runLong();
    QVERIFY(bench.channel.posted.isEmpty());
}

void TestNoticeDesk::followsTheSettings()
{
    Bench bench;
    NoticePolicy policy;
    policy.isOn = false;
    bench.settings.setNoticePolicy(policy);
    bench.fail(0);
    QVERIFY(bench.channel.posted.isEmpty());
    policy.isOn = true;
    bench.settings.setNoticePolicy(policy);
    bench.fail(1);
    QCOMPARE(bench.channel.posted.size(), 1);
}

KINDLING_TEST(TestNoticeDesk)
#include "tst_noticedesk.moc"
