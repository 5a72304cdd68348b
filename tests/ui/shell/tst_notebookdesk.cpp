// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"
#include "app/notebook/notebookdocument.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/common/messagebar.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/notebookdesk.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {

/// A window with a folder for notebooks.
class Desk {
public:
    explicit Desk(ApiFactory factory = {})
        : shell({}, std::move(factory))
    {
    }
    NotebookDesk* operator->() const { return shell.window->notebooks(); }
    /// nullptr = it did not come
    NotebookPane* opened(const QString& path) const
    {
        NotebookDesk* desk = shell.window->notebooks();
        const qsizetype before = desk->panes().size();
        desk->open(path);
        return QTest::qWaitFor([&] { return desk->panes().size() > before; }, 30'000) ? desk->panes().constLast() : nullptr;
    }
    bool isSaved(NotebookPane* pane) const
    {
        NotebookDesk* desk = shell.window->notebooks();
        desk->save(pane);
        return QTest::qWaitFor([&] { return !desk->isSaving(); }, 30'000) && !pane->document()->isModified();
    }
    QString makeFile(const QString& name, const QString& source) const
    {
        const QString path = shell.folder.filePath(name);
        NotebookCell cell;
        cell.source = source;
        return saveNotebook(path, { { cell }, {}, {} }) ? path : QString();
    }
    static QString textIn(const QString& path)
    {
        const auto file = loadNotebook(path);
        return file && !file->cells.isEmpty() ? file->cells.first().source : QString();
    }
    static QString textIn(const NotebookPane* pane) { return pane->document()->cellAt(0).source; }
    static void type(NotebookPane* pane, const QString& text) { pane->document()->setSource(pane->document()->cellAt(0).id, text); }
    QDir backups() const { return QDir(shell.settings->backupFolder()); }
    QString message() const
    {
        const auto* bar = shell.window->centralWidget()->findChild<MessageBar*>();
        return bar->isHidden() ? QString() : bar->text();
    }
    /// As after a crash: the program is gone, its backups are not.
    void crash()
    {
        shell.window->notebooks()->flushBackups();
        shell.window.reset();
        shell.workspace.reset();
        shell.recorder.reset();
        shell.settings.reset();
    }

    ShellFixture shell;
};

ServerProfile someServer()
{
    ServerProfile profile;
    profile.id = u"one"_s;
    profile.name = u"prod"_s;
    profile.url = QUrl(u"http://127.0.0.1:1"_s);
    return profile;
}

}

class TestNotebookDesk final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void closingARunningNotebookTellsOfItsUnsavedText()
    {
        SystemClock clock;
        auto state = std::make_shared<FakeSparkApi::State>();
        state->sessions = { sparkItem(u"7"_s, u"idle"_s, u"etl"_s) };
        state->onRun = [](const QString&) { return Script<Statement>(statement(0, StatementState::Running)); };
        state->onFetch = [](int) { return Script<Statement>(statement(0, StatementState::Running)); };
        Desk desk([&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); });
        desk.shell.settings->setServers({ someServer() });
        NotebookPane* pane = desk->newNotebook();
        Desk::type(pane, u"while True: pass"_s);
        pane->setTarget(someServer().id, u"7"_s);
        pane->runCell(0);
        QCOMPARE(pane->activeRuns(), 1);

        desk.shell.dialogs.accepts = false;
        desk->requestClose(pane);

        const Question& asked = desk.shell.dialogs.questions.constLast();
        QVERIFY2(asked.title.contains(u"without saving"_s), qUtf8Printable(asked.title));
        QVERIFY2(asked.text.contains(u"typed since"_s) && asked.text.contains(u"1 statement"_s), qUtf8Printable(asked.text));
    }

    void aResultThatComesWhileATabClosesIsNotKept()
    {
        Desk desk;
        NotebookPane* pane = desk->newNotebook();
        const NotebookDocument* kept = pane->document();
        desk->requestClose(pane);
        QVERIFY(desk->panes().isEmpty());
        // Not yet deleted: what was under way may still deliver.
        pane->document()->setOutputs(kept->cellAt(0).id, {}, {});
        QVERIFY(kept->isModified());
        QCoreApplication::sendPostedEvents(pane, QEvent::DeferredDelete); // waits for the backup's writer
        QCOMPARE(desk.backups().entryList(QDir::Files), QStringList());
    }

    void namesTheTextThatIsNowhereBeforeTheWindowCloses()
    {
        Desk desk;
        // A file where the folder should be: refuses root as well.
        QDir folder = desk.backups(); // asked for again, it is made again
        QVERIFY(folder.removeRecursively());
        QFile blocker(folder.path());
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        NotebookPane* pane = desk->newNotebook();
        Desk::type(pane, u"precious"_s);

        desk.shell.dialogs.accepts = false;
        QVERIFY(!desk.shell.window->close());
        QCOMPARE(desk.shell.dialogs.questions.size(), 1);
        QVERIFY2(desk.shell.dialogs.questions.first().text.contains(u"Untitled 1"_s), qUtf8Printable(desk.shell.dialogs.questions.first().text));

        QVERIFY(blocker.remove());
        QVERIFY2(desk.shell.window->close(), "the backup is tried again, and nothing is lost now");
        QCOMPARE(desk.shell.dialogs.questions.size(), 1);
    }

    void asksBeforeItReplacesWhatSomebodyElseWrote()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"first"_s);
        NotebookPane* pane = desk.opened(path);
        Desk::type(pane, u"mine"_s);
        desk.makeFile(u"n.ipynb"_s, u"of somebody else"_s);

        desk.shell.dialogs.accepts = false;
        QVERIFY(!desk.isSaved(pane));
        QCOMPARE(desk.shell.dialogs.questions.size(), 1);
        QCOMPARE(Desk::textIn(path), u"of somebody else"_s);

        desk.shell.dialogs.accepts = true;
        QVERIFY(desk.isSaved(pane));
        QCOMPARE(Desk::textIn(path), u"mine"_s);

        Desk::type(pane, u"mine again"_s);
        QVERIFY(desk.isSaved(pane));
        QCOMPARE(desk.shell.dialogs.questions.size(), 2);
        QCOMPARE(Desk::textIn(path), u"mine again"_s);
    }

    void savesWithoutAQuestionWhereTheFileIsGone()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"first"_s);
        NotebookPane* pane = desk.opened(path);
        Desk::type(pane, u"mine"_s);
        QVERIFY(QFile::remove(path));
        QVERIFY(desk.isSaved(pane));
        QVERIFY(desk.shell.dialogs.questions.isEmpty());
        QCOMPARE(Desk::textIn(path), u"mine"_s);
    }

    void knowsAnOpenFileByItsOtherName()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"x"_s);
        const QString link = desk.shell.folder.filePath(u"link.ipynb"_s);
        QVERIFY(QFile::link(path, link));
        NotebookPane* pane = desk.opened(path);
        desk->newNotebook();
        desk->open(link);
        QCOMPARE(desk->current(), pane);
        QCOMPARE(desk->openPaths(), QStringList{ path });
    }

    void doesNotSaveOntoAFileThatAnotherTabHasOpen()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"theirs"_s);
        QVERIFY(desk.opened(path));
        NotebookPane* other = desk->newNotebook();
        Desk::type(other, u"mine"_s);
        desk.shell.dialogs.path = path;
        desk->saveAs(other);
        QCOMPARE(Desk::textIn(path), u"theirs"_s);
        QVERIFY(other->document()->isModified());
        QVERIFY2(desk.message().contains(u"another tab"_s), qUtf8Printable(desk.message()));
        QCOMPARE(desk->openPaths(), QStringList{ path });
    }

    void aFileNamedAtTheStartIsNotOpenedBesideItsRecoveredText()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"saved"_s);
        Desk::type(desk.opened(path), u"typed before the crash"_s);
        desk.crash();
        desk.shell.open({ path });
        QTRY_COMPARE(desk->panes().size(), 1);
        QCOMPARE(Desk::textIn(desk->panes().first()), u"typed before the crash"_s);
        QCOMPARE(desk->openPaths(), QStringList{ path });
        QVERIFY(desk.isSaved(desk->panes().first()));
        QVERIFY2(desk.shell.dialogs.questions.isEmpty(), "nobody else wrote the file");
        QCOMPARE(desk->panes().size(), 1);
        QCOMPARE(Desk::textIn(path), u"typed before the crash"_s);
    }

    void recoveredTextDoesNotReplaceWhatWasWrittenSince()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"saved"_s);
        Desk::type(desk.opened(path), u"typed before the crash"_s);
        desk.crash();
        desk.makeFile(u"n.ipynb"_s, u"of somebody else"_s);
        desk.shell.open();
        QTRY_COMPARE(desk->panes().size(), 1);
        desk.shell.dialogs.accepts = false;
        QVERIFY(!desk.isSaved(desk->panes().first()));
        QCOMPARE(desk.shell.dialogs.questions.size(), 1);
        QCOMPARE(Desk::textIn(path), u"of somebody else"_s);
    }

    void savedNotebooksComeBackBesideRecoveredOnes()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"saved"_s);
        QVERIFY(desk.opened(path));
        Desk::type(desk->newNotebook(), u"not saved"_s);
        desk.shell.restart();
        QTRY_COMPARE(desk->panes().size(), 2);
        QCOMPARE(desk->openPaths(), QStringList{ path });
        QVERIFY2(desk.message().startsWith(u"1 notebook"_s), qUtf8Printable(desk.message()));
    }

    void putsADamagedBackupAsideAndGoesOn()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"saved"_s);
        QVERIFY(desk.opened(path));
        QVERIFY(QDir().mkpath(desk.backups().path()));
        QFile damaged(desk.backups().filePath(u"half.ipynb"_s));
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("{\"cells\": [");
        damaged.close();

        desk.shell.restart();
        QTRY_COMPARE(desk->panes().size(), 1);
        QVERIFY2(desk.message().contains(u"half.ipynb.damaged"_s), qUtf8Printable(desk.message()));
        QCOMPARE(desk->openPaths(), QStringList{ path });
        QVERIFY(!damaged.exists());
        QCOMPARE(desk.backups().entryList({ u"half.ipynb.damaged-*"_s }, QDir::Files).size(), 1);

        desk.shell.restart();
        QTRY_COMPARE(desk->panes().size(), 1);
        QVERIFY2(desk.message().isEmpty(), qUtf8Printable(desk.message()));
    }

    void whatIsTypedWhileItIsSavedStaysUnsaved()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"first"_s);
        NotebookPane* pane = desk.opened(path);
        Desk::type(pane, u"second"_s);
        desk->save(pane);
        QVERIFY(desk->isSaving());
        Desk::type(pane, u"third"_s);
        QTRY_VERIFY(!desk->isSaving());
        QCOMPARE(Desk::textIn(path), u"second"_s);
        QVERIFY(pane->document()->isModified());
        while (pane->document()->undoStack()->canUndo())
            pane->document()->undoStack()->undo();
        QVERIFY2(pane->document()->isModified(), "the file holds another text than before it was saved");
        desk->save(pane);
        desk->save(pane);
        QTRY_VERIFY(!desk->isSaving() && !pane->document()->isModified());
        QCOMPARE(Desk::textIn(path), u"first"_s);
        QVERIFY2(desk.shell.dialogs.questions.isEmpty(), "what was written here is nobody else's");
    }

    void aTabAndTheWindowCloseAfterWhatIsBeingSaved()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"first"_s);
        NotebookPane* pane = desk.opened(path);
        Desk::type(pane, u"second"_s);
        desk->save(pane);
        desk->requestClose(pane);
        QVERIFY(!desk.shell.window->close());
        QTRY_VERIFY(!desk.shell.window->isVisible());
        QVERIFY(desk->panes().isEmpty());
        QVERIFY(desk.shell.dialogs.questions.isEmpty());
        QCOMPARE(Desk::textIn(path), u"second"_s);
    }

    void theWindowStaysWhenWhatItSavesCannotBeWritten()
    {
        Desk desk;
        NotebookPane* pane = desk->newNotebook();
        Desk::type(pane, u"precious"_s);
        desk.shell.dialogs.path = desk.shell.folder.filePath(u"no such folder/n.ipynb"_s);
        desk->save(pane);
        QVERIFY(!desk.shell.window->close());
        QTRY_VERIFY(!desk->isSaving());
        QVERIFY(desk.shell.window->isVisible());
        QVERIFY2(desk.message().contains(u"no such folder"_s), qUtf8Printable(desk.message()));
        QVERIFY(pane->document()->isModified());
    }

    void remembersFilesThatAreStillBeingRead()
    {
        Desk desk;
        const QString path = desk.makeFile(u"n.ipynb"_s, u"x"_s);
        desk->open(path);
        desk->open(path);
        QCOMPARE(desk->openPaths(), QStringList{ path });
        desk.shell.restart();
        QTRY_COMPARE(desk->panes().size(), 1);
    }
};

KINDLING_TEST(TestNotebookDesk)
#include "tst_notebookdesk.moc"
