// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/models/itemsmodel.h"
#include "app/notebook/ipynb.h"
#include "app/notebook/notebookdocument.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/drawnwindow.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/common/wrappedtext.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/log/logpane.h"
#include "ui/navigator/navigatortree.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/itemdesk.h"
#include "ui/shell/localsparkpane.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/serverdesk.h"
#include "ui/shell/welcomepane.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTranslator>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
ServerProfile someServer()
{
    ServerProfile profile;
    profile.id = u"one"_s;
    profile.name = u"prod"_s;
    profile.url = QUrl(u"http://127.0.0.1:1"_s);
    return profile;
}

QTabWidget* tabsOf(const ShellFixture& shell)
{
    return shell.window->findChild<QTabWidget*>(u"centralTabs"_s);
}

/// As a person does with the mouse.
void dragTab(QTabBar& bar, int from, int to)
{
    const QPoint start = bar.tabRect(from).center();
    const QRect goal = bar.tabRect(to);
    const QPoint end(to > from ? goal.right() : goal.left(), start.y());
    QTest::mousePress(&bar, Qt::LeftButton, {}, start);
    for (int step = 1; step <= 20; ++step)
        QTest::mouseMove(&bar, start + (end - start) * step / 20);
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, end);
}

QString makeScript(const QTemporaryDir& folder, const QByteArray& text)
{
    const QString path = folder.filePath(u"fake-kindling"_s);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write("#!/bin/sh\n" + text);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}
}

class TestMainWindow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void showsTheWelcomePageUntilThereIsAServer()
    {
        ShellFixture shell;
        QVERIFY(shell.window->findChild<QWidget*>(u"welcomePane"_s)->isVisible());
        shell.settings->setServers({ someServer() });
        QCOMPARE(tabsOf(shell)->tabText(0), u"Overview"_s);
        QVERIFY(!shell.window->findChild<QWidget*>(u"welcomePane"_s)->isVisible());
        shell.settings->setServers({});
        QCOMPARE(tabsOf(shell)->tabText(0), u"Welcome"_s);
    }

    void keepsWhatIsChosenInTheSettings()
    {
        ShellFixture shell;
        shell.window->findChild<QAction*>(u"settingsAction"_s)->trigger();
        auto* dialog = shell.window->findChild<SettingsDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QRadioButton*>(u"schemeDark"_s)->click();
        dialog->findChild<QSpinBox*>(u"recordDays"_s)->setValue(5);
        dialog->findChild<QCheckBox*>(u"noticesAreOn"_s)->click();
        dialog->findChild<QPushButton*>(u"okButton"_s)->click();
        QCOMPARE(shell.settings->colorScheme(), ColorSchemeChoice::Dark);
        QCOMPARE(toneOf(QApplication::palette()), ThemeTone::Dark);
        QCOMPARE(shell.settings->recordPolicy().days, 5);
        QVERIFY(!shell.settings->noticePolicy().isOn);
        shell.settings->setColorScheme(ColorSchemeChoice::Light);
        QCOMPARE(toneOf(QApplication::palette()), ThemeTone::Light);
    }

    void keepsTheOverviewFirstWhereverTabsAreDragged_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::newRow("overview to the right") << 0 << 1;
        QTest::newRow("overview to the end") << 0 << 2;
        QTest::newRow("notebook to the front") << 1 << 0;
        QTest::newRow("last notebook to the front") << 2 << 0;
    }
    void keepsTheOverviewFirstWhereverTabsAreDragged()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        ShellFixture shell;
        shell.settings->setServers({ someServer() });
        const QList<NotebookPane*> notebooks{ shell.window->notebooks()->newNotebook(), shell.window->notebooks()->newNotebook() };
        QTabWidget* tabs = tabsOf(shell);
        dragTab(*tabs->tabBar(), from, to);
        QCOMPARE(tabs->tabText(0), u"Overview"_s);
        for (int index = tabs->count() - 1; index >= 0; --index)
            Q_EMIT tabs->tabCloseRequested(index);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(tabs->count(), 1);
        QVERIFY(tabs->widget(0)->isVisible());
        shell.restart(); // which saves the layout of the overview
        QVERIFY(shell.window->notebooks()->panes().isEmpty());
    }

    void marksAndSavesAChangedNotebook()
    {
        ShellFixture shell;
        NotebookPane* pane = shell.window->notebooks()->newNotebook();
        NotebookDocument* document = pane->document();
        document->setSource(document->cellAt(0).id, u"1 + 1"_s);
        QVERIFY(tabsOf(shell)->tabText(tabsOf(shell)->currentIndex()).endsWith(u'•'));

        shell.dialogs.path = shell.folder.filePath(u"a & b.ipynb"_s);
        shell.window->notebooks()->save(pane);

        QTRY_VERIFY(!document->isModified());
        QCOMPARE(tabsOf(shell)->tabText(tabsOf(shell)->currentIndex()), u"a && b.ipynb"_s);
        const auto saved = loadNotebook(shell.dialogs.path);
        QVERIFY(saved.has_value());
        QCOMPARE(saved->cells.first().source, u"1 + 1"_s);
    }

    void asksBeforeUnsavedTextIsGone()
    {
        ShellFixture shell;
        NotebookPane* pane = shell.window->notebooks()->newNotebook();
        pane->document()->setSource(pane->document()->cellAt(0).id, u"precious"_s);
        shell.dialogs.accepts = false;
        shell.window->notebooks()->requestClose(pane);
        QCOMPARE(shell.dialogs.questions.size(), 1);
        QCOMPARE(shell.window->notebooks()->panes().size(), 1);
        shell.dialogs.accepts = true;
        shell.window->notebooks()->requestClose(pane);
        QCOMPARE(shell.window->notebooks()->panes().size(), 0);
    }

    void aNewNotebookCanBeTypedIntoAtOnce()
    {
        ShellFixture shell;
        shell.window->activateWindow();
        NotebookPane* pane = shell.window->notebooks()->newNotebook();
        QVERIFY(QTest::qWaitForWindowActive(shell.window.get()));
        QVERIFY(QApplication::focusWidget());
        QTest::keyClicks(QApplication::focusWidget(), u"1+2"_s);
        QCOMPARE(pane->document()->cellAt(0).source, u"1+2"_s);
    }

    void opensAFileOnlyOnce()
    {
        ShellFixture shell;
        const QString path = shell.folder.filePath(u"n.ipynb"_s);
        QVERIFY(saveNotebook(path, {}).has_value());
        shell.window->notebooks()->open(path);
        QTRY_VERIFY(shell.window->notebooks()->current());
        shell.window->notebooks()->open(path);
        QCOMPARE(shell.window->notebooks()->panes().size(), 1);
        QCOMPARE(shell.settings->recentNotebooks(), QStringList{ path });
    }

    void tellsWhyAFileCannotBeRead()
    {
        ShellFixture shell;
        shell.window->notebooks()->open(shell.folder.filePath(u"missing.ipynb"_s));
        const auto* bar = shell.window->centralWidget()->findChild<MessageBar*>();
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(!shell.window->notebooks()->current());
        QVERIFY(bar->text().contains(u"missing.ipynb"_s));
    }

    void keepsServersAndOpenFilesBetweenStarts()
    {
        ShellFixture shell;
        shell.settings->setServers({ someServer() });
        const QString path = shell.folder.filePath(u"n.ipynb"_s);
        QVERIFY(saveNotebook(path, {}).has_value());
        shell.window->notebooks()->open(path);

        shell.restart();

        QCOMPARE(shell.settings->servers(), QList{ someServer() });
        QCOMPARE(shell.window->notebooks()->openPaths(), QStringList{ path });
        QCOMPARE(tabsOf(shell)->tabText(0), u"Overview"_s);
    }

    void keepsTheOverviewsColumnsBetweenStarts()
    {
        ShellFixture shell;
        shell.settings->setServers({ someServer() });
        const auto table = [&shell] { return shell.window->findChild<QTableView*>(u"overviewTable"_s); };
        const int queue = static_cast<int>(ItemsModel::Column::Queue);
        const int name = static_cast<int>(ItemsModel::Column::Name);
        QVERIFY(!table()->isColumnHidden(queue));
        table()->setColumnHidden(queue, true);
        table()->setColumnWidth(name, 321);

        shell.restart();

        QVERIFY(table()->isColumnHidden(queue));
        QCOMPARE(table()->columnWidth(name), 321);
    }

    void opensANotebookOnASession()
    {
        DrawnWindow drawn;
        QTRY_VERIFY_WITH_TIMEOUT(drawn.isFilled(), 30'000);
        auto* tabs = drawn.window().findChild<CentralTabs*>();
        Q_EMIT tabs->notebookRequested({ u"prod"_s, ItemType::Session, u"12"_s });
        const NotebookPane* pane = drawn.window().notebooks()->current();
        QVERIFY(pane);
        QCOMPARE(tabs->currentWidget(), pane);
        QVERIFY(pane->findChild<QComboBox*>(u"targetServer"_s)->currentText().contains("prod"_L1));
        QVERIFY(pane->findChild<QComboBox*>(u"targetSession"_s)->currentText().contains("12 etl-ann"_L1));
    }

    void keepsUnsavedTextForTheNextStart()
    {
        ShellFixture shell;
        NotebookPane* pane = shell.window->notebooks()->newNotebook();
        pane->document()->setSource(pane->document()->cellAt(0).id, u"typed and not saved"_s);

        shell.restart();

        QTRY_COMPARE(shell.window->notebooks()->panes().size(), 1);
        const NotebookDocument* document = shell.window->notebooks()->panes().first()->document();
        QCOMPARE(document->cellAt(0).source, u"typed and not saved"_s);
        QVERIFY(document->isModified());
    }

    void addsATestedServerAndKeepsItsSecretOutOfTheSettings()
    {
        ShellFixture shell;
        shell.window->servers()->addServer();
        auto* dialog = shell.window->findChild<ServerDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit*>(u"name"_s)->setText(u"gateway"_s);
        dialog->findChild<QLineEdit*>(u"url"_s)->setText(u"https://gw.invalid/livy"_s);
        dialog->accept();
        QTRY_COMPARE(shell.settings->servers().size(), 1);
        QCOMPARE(shell.settings->servers().first().url, QUrl(u"https://gw.invalid/livy"_s));
    }

    void asksWhichServerWhereThereIsNone()
    {
        ShellFixture shell;
        shell.window->items()->newSession({});
        QVERIFY(shell.window->centralWidget()->findChild<MessageBar*>()->isVisible());
    }

    void showsWhyLocalSparkDidNotStartAndOffersToFetchIt()
    {
        const QTemporaryDir scripts;
        ShellFixture shell(makeScript(scripts, "echo 'kindling: error: missing-pyspark: Spark is not installed.' >&2\nexit 3\n"));
        shell.window->servers()->startLocalSpark();
        QTRY_COMPARE(shell.localSpark.phase(), LocalSpark::Phase::Failed);
        auto* pane = shell.window->findChild<QWidget*>(u"localSparkPane"_s);
        QVERIFY(pane->isVisible());
        const auto* bar = pane->findChild<MessageBar*>();
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->text(), u"Spark itself is not on this machine."_s);
        QCOMPARE(bar->findChild<WrappedText*>(u"messageDetail"_s)->text(), u"Spark is not installed."_s);
        QVERIFY(bar->findChild<QPushButton*>()->isVisible());
    }

    void offersASessionOnceLocalSparkRuns()
    {
        const QTemporaryDir scripts;
        ShellFixture shell(makeScript(scripts, "echo 'Listening on http://127.0.0.1:1'\necho 'No token'\nexec sleep 60\n"));
        shell.window->servers()->startLocalSpark();
        auto* button = shell.window->findChild<QPushButton*>(u"localSparkSessionButton"_s);
        QVERIFY(!button->isVisible());
        QTRY_VERIFY(button->isVisible());
        auto* pane = shell.window->findChild<LocalSparkPane*>();
        const QSignalSpy wanted(pane, &LocalSparkPane::sessionRequested);
        button->click();
        QCOMPARE(wanted.count(), 1);
    }

    void theFocusGoesToTheNextActOfLocalSpark()
    {
        const QTemporaryDir scripts;
        ShellFixture shell(makeScript(scripts, "echo 'Listening on http://127.0.0.1:1'\necho 'No token'\nexec sleep 60\n"));
        shell.window->activateWindow();
        auto* start = shell.window->findChild<QPushButton*>(u"startLocalButton"_s);
        start->setFocus();
        QTest::keyClick(start, Qt::Key_Space);
        const auto focusName = [&shell] { return shell.window->focusWidget() ? shell.window->focusWidget()->objectName() : QString(); };
        QTRY_COMPARE(focusName(), u"localSparkLog"_s);
        QTRY_COMPARE(focusName(), u"localSparkSessionButton"_s);
        shell.window->servers()->stopLocalSpark();
        QTRY_COMPARE(focusName(), u"startLocalSparkButton"_s);
    }

    void theStatusBarTellsHowMuchIsAsked()
    {
        ShellFixture empty;
        QVERIFY(!empty.window->findChild<QLabel*>(u"statusRate"_s)->isVisible());
        empty.close();
        DrawnWindow drawn;
        QTRY_VERIFY(drawn.isFilled());
        const auto* rate = drawn.window().findChild<QLabel*>(u"statusRate"_s);
        QTRY_VERIFY_WITH_TIMEOUT(rate->isVisible(), 30'000);
        QVERIFY(rate->text().endsWith(" reads/s"_L1));
        QVERIFY(rate->text() != "0.0 reads/s"_L1);
        for (const QString& server : { u"prod: "_s, u"fabric / sales: "_s, u"Local Spark: "_s })
            QVERIFY2(rate->toolTip().contains(server), qPrintable(rate->toolTip()));
    }

    void theNavigatorMarksWhatIsInFront()
    {
        DrawnWindow drawn;
        QTRY_VERIFY(drawn.isFilled());
        auto* tabs = drawn.window().findChild<CentralTabs*>();
        const auto& marked = drawn.window().findChild<NavigatorTree*>()->marked();
        const ItemKey session{ u"prod"_s, ItemType::Session, u"13"_s };
        const ItemKey batch{ u"prod"_s, ItemType::Batch, u"729"_s };
        QVERIFY(!marked.isValid());
        tabs->showItem(batch);
        QCOMPARE(marked, batch);
        tabs->showOverview();
        QVERIFY(!marked.isValid());
        NotebookPane* notebook = drawn.window().notebooks()->newNotebook();
        const QWidget* focus = drawn.window().focusWidget();
        notebook->setTarget(session.server, session.id);
        QCOMPARE(marked, session);
        QCOMPARE(drawn.window().focusWidget(), focus);
        tabs->showItem(batch);
        QCOMPARE(marked, batch);
        tabs->setCurrentWidget(notebook);
        QCOMPARE(marked, session);
        drawn.window().notebooks()->requestClose(notebook);
        QCOMPARE(marked, tabs->currentItem());
    }

    void aKeyMovesFromPartToPart()
    {
        DrawnWindow drawn;
        QTRY_VERIFY(drawn.isFilled());
        MainWindow& window = drawn.window();
        const auto* navigator = window.findChild<QDockWidget*>(u"navigatorDock"_s);
        const auto* log = window.findChild<QDockWidget*>(u"logDock"_s);
        auto* table = window.findChild<QWidget*>(u"overviewTable"_s);
        table->setFocus();
        const auto press = [&window](const QString& name) {
            window.findChild<QAction*>(name)->trigger();
            return window.focusWidget();
        };
        QVERIFY(log->isAncestorOf(press(u"nextPartAction"_s)));
        QVERIFY(navigator->isAncestorOf(press(u"nextPartAction"_s)));
        QCOMPARE(press(u"nextPartAction"_s), table); // where it was left
        QVERIFY(navigator->isAncestorOf(press(u"previousPartAction"_s)));
        for (QDockWidget* dock : window.findChildren<QDockWidget*>())
            dock->hide();
        QCOMPARE(press(u"nextPartAction"_s), table);
        QCOMPARE(press(u"nextPartAction"_s), table);
    }

    void closesWithoutAQuestionWhereNothingRuns()
    {
        ShellFixture shell;
        QVERIFY(shell.window->close());
        QVERIFY(shell.dialogs.questions.isEmpty());
    }

    void asksBeforeTheSessionsOfLocalSparkEndWithTheWindow()
    {
        const QTemporaryDir scripts;
        const QString script = makeScript(scripts, "echo 'Listening on http://127.0.0.1:1'; echo 'No token'; exec sleep 60\n");
        SystemClock clock;
        auto state = std::make_shared<FakeSparkApi::State>();
        state->sessions = { sparkItem(u"0"_s, u"idle"_s, u"etl"_s) };
        ShellFixture shell(script, [&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); });
        shell.window->servers()->startLocalSpark();
        QTRY_COMPARE(shell.localSpark.phase(), LocalSpark::Phase::Running);
        QTRY_COMPARE(shell.workspace->servers().first()->sessions().items().size(), 1);

        shell.dialogs.accepts = false;
        QVERIFY(!shell.window->close());
        QCOMPARE(shell.dialogs.questions.size(), 1);
        QCOMPARE(shell.localSpark.phase(), LocalSpark::Phase::Running);

        shell.dialogs.accepts = true;
        shell.window->close();
        QTRY_COMPARE(shell.localSpark.phase(), LocalSpark::Phase::Stopped);
    }

    void theSampleSpeaksTheWindowsLanguage_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("title");
        QTest::newRow("German") << u"de"_s << u"# Ein erster Blick"_s;
        QTest::newRow("English") << u"en"_s << u"# A first look"_s;
        QTest::newRow("one without a sample") << u"xx"_s << u"# A first look"_s;
    }
    void theSampleSpeaksTheWindowsLanguage()
    {
        QFETCH(QString, language);
        QFETCH(QString, title);
        QTranslator words;
        QVERIFY(words.load(u":/i18n/kindling_%1.qm"_s.arg(language)));
        QCoreApplication::installTranslator(&words);
        ShellFixture shell;
        NotebookPane* pane = shell.window->notebooks()->openSample();
        QVERIFY(pane);
        QVERIFY(pane->document()->cellAt(0).source.startsWith(title));
    }

    void ofRecentNotebooksOnlyThePresentOnesAreSeen()
    {
        WelcomePane pane;
        pane.setRecentNotebooks({ u"/a.ipynb"_s, u"/b.ipynb"_s });
        pane.setRecentNotebooks({ u"/b.ipynb"_s });
        int seen = 0;
        for (const QWidget* link : pane.findChildren<QWidget*>(u"recentNotebook"_s))
            seen += link->isVisibleTo(&pane) ? 1 : 0;
        QCOMPARE(seen, 1);
    }

    void aTabBringsItsLogUp()
    {
        DrawnWindow drawn;
        QTRY_VERIFY(drawn.isFilled());
        auto* dock = drawn.window().findChild<QDockWidget*>(u"logDock"_s);
        drawn.window().findChild<CentralTabs*>()->showItem({ u"prod"_s, ItemType::Batch, u"729"_s });
        const auto* log = dock->findChild<LogPane*>();
        dock->hide();
        drawn.window().findChild<QPushButton*>(u"showLog"_s)->click();
        QVERIFY(dock->isVisible());
        QCOMPARE(log->item(), (ItemKey{ u"prod"_s, ItemType::Batch, u"729"_s }));
        QTRY_VERIFY(log->isVisible());
    }

    void theStatusBarCountsAsTheOverviewDoes()
    {
        DrawnWindow drawn;
        QTRY_VERIFY(drawn.isFilled());
        const auto* counts = drawn.window().findChild<ElidedLabel*>(u"statusCounts"_s);
        QTRY_COMPARE(counts->text(), u"prod: 2 running, 2 failed"_s);
    }

    void countsOnceForAllThatAnAnswerChanges()
    {
        SystemClock clock;
        auto state = std::make_shared<FakeSparkApi::State>();
        ShellFixture shell({}, [&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); });
        shell.settings->setServers({ someServer() });
        const auto* counts = shell.window->findChild<ElidedLabel*>(u"statusCounts"_s);
        QTRY_COMPARE(counts->text(), u"nothing running"_s);
        QStringList between;
        connect(shell.workspace.get(), &Workspace::transitionSeen, counts, [&] { between += counts->text(); });
        state->sessions = { sparkItem(u"0"_s, u"busy"_s), sparkItem(u"1"_s, u"busy"_s), sparkItem(u"2"_s, u"dead"_s) };
        shell.workspace->servers().first()->sessions().merge(state->sessions);
        QCOMPARE(between, QStringList(3, u"nothing running"_s));
        QTRY_COMPARE(counts->text(), u"prod: 2 running, 1 failed"_s);
    }

    void namesWhatADeletionEnds()
    {
        SystemClock clock;
        auto state = std::make_shared<FakeSparkApi::State>();
        state->sessions = { sparkItem(u"7"_s, u"busy"_s, u"etl-ann"_s) };
        state->sessions.first().owner = u"ann"_s;
        ShellFixture shell({}, [&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); });
        shell.settings->setServers({ someServer() });
        QTRY_COMPARE(shell.workspace->servers().first()->sessions().items().size(), 1);
        shell.workspace->guard().setUnlocked(true);
        const ItemKey key{ someServer().id, ItemType::Session, u"7"_s };

        shell.dialogs.accepts = false;
        shell.window->items()->requestDelete({ key });
        const QString text = shell.dialogs.questions.constLast().text;
        for (const QString& word : { u"7"_s, u"etl-ann"_s, u"ann"_s, u"prod"_s })
            QVERIFY2(text.contains(word), qUtf8Printable(text));
        QCOMPARE(state->countOf(u"DELETE sessions"_s), 0);

        shell.dialogs.accepts = true;
        shell.window->items()->requestDelete({ key });
        QTRY_COMPARE(state->countOf(u"DELETE sessions"_s), 1);
    }
};

KINDLING_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
