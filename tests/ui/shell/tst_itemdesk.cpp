// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/messagebar.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/itemdesk.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/serverdesk.h"

#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
struct Bench {
    Bench()
        : shell({}, [this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); })
    {
        SparkItem session = sparkItem(u"7"_s, u"idle"_s, u"etl-ann"_s);
        session.kindText = u"pyspark"_s;
        session.driverMemory = u"4g"_s;
        session.conf = { { u"spark.x"_s, u"1"_s } };
        state->sessions = { session };
        state->batches = { sparkItem(u"3"_s, u"dead"_s, u"load"_s) };
        state->onCreate = [](ItemType, const QString& name) -> Script<SparkItem> { return sparkItem(u"9"_s, u"starting"_s, name); };
        ServerProfile profile;
        profile.id = u"one"_s;
        profile.name = u"prod"_s;
        profile.url = QUrl(u"http://127.0.0.1:1"_s);
        shell.settings->setServers({ profile });
    }
    [[nodiscard]] bool isOnline() const
    {
        Server* server = shell.workspace->server(u"one"_s);
        return server->connection() == ConnectionState::Online && server->batches().find(u"3"_s);
    }
    [[nodiscard]] SparkItem item(ItemType type, const QString& id) const { return shell.workspace->server(u"one"_s)->store(type).find(id)->item; }
    /// As before Livy 0.8.
    void forgetConfiguration() const
    {
        state->onVersion = [] { return Script<ServerVersion>(ServerVersion{}); };
        state->sessions[0].conf = {};
        state->sessions[0].driverMemory.clear();
    }
    /// The dialog that is open now.
    template<typename Dialog>
    [[nodiscard]] Dialog* dialog() const
    {
        for (Dialog* candidate : shell.window->findChildren<Dialog*>()) {
            if (candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    /// Submits it through the dialog; the key that it got, invalid = none.
    [[nodiscard]] ItemKey submit(const NewBatch& wanted) const
    {
        QSignalSpy created(shell.window->items(), &ItemDesk::batchCreated);
        shell.window->items()->submitBatch(u"one"_s);
        if (auto* open = dialog<SubmitBatchDialog>()) {
            open->setWanted(wanted);
            open->findChild<QPushButton*>(u"okButton"_s)->click();
        }
        const bool hasCome = QTest::qWaitFor([&created] { return !created.isEmpty(); }, 30'000);
        return hasCome ? created.constFirst().constFirst().value<ItemKey>() : ItemKey();
    }
    [[nodiscard]] static QString noteOf(const QWidget& dialog) { return dialog.findChild<ElidedLabel*>(u"templateNote"_s)->text(); }

    SystemClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    ShellFixture shell;
};
}

class TestItemDesk final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void resubmitsWhatWasSubmittedHere()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        NewBatch wanted;
        wanted.file = u"hdfs:///load.py"_s;
        wanted.args = { u"--day"_s, u"1 May"_s };
        wanted.name = u"load-9"_s;
        const ItemKey key = bench.submit(wanted);
        QVERIFY(key.isValid());

        bench.shell.window->items()->copyItem(key, sparkItem(u"9"_s, u"dead"_s, u"load-9"_s));
        QTRY_VERIFY(bench.dialog<SubmitBatchDialog>());
        const auto* again = bench.dialog<SubmitBatchDialog>();
        QVERIFY(again);
        QCOMPARE(again->wanted().file, wanted.file);
        QCOMPARE(again->wanted().args, wanted.args);
        QVERIFY(again->wanted().name.isEmpty());
        QVERIFY(Bench::noteOf(*again).contains("batch 9"_L1));
    }
    void resubmitsWhatAnEarlierRunSubmitted()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        NewBatch wanted;
        wanted.file = u"hdfs:///load.py"_s;
        wanted.name = u"load-9"_s;
        wanted.conf = { { u"spark.db.password"_s, u"s3cret"_s }, { u"spark.x"_s, u"1"_s } };
        QVERIFY(bench.submit(wanted).isValid());
        bench.shell.restart();
        QTRY_VERIFY(bench.isOnline());
        bench.shell.window->items()->copyItem({ u"one"_s, ItemType::Batch, u"9"_s }, sparkItem(u"9"_s, u"dead"_s, u"load-9"_s));
        QTRY_VERIFY(bench.dialog<SubmitBatchDialog>());
        const auto* again = bench.dialog<SubmitBatchDialog>();
        QCOMPARE(again->wanted().file, wanted.file);
        QCOMPARE(again->wanted().conf, (QMap<QString, QString>{ { u"spark.x"_s, u"1"_s } }));
        QVERIFY(again->wanted().name.isEmpty());
        QVERIFY(Bench::noteOf(*again).contains("spark.db.password"_L1));
    }
    void stopsAfterAskingAndLeavesItListed()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        const ItemKey key{ u"one"_s, ItemType::Session, u"7"_s };
        bench.shell.dialogs.accepts = false;
        bench.shell.window->items()->requestStop(key);
        QCOMPARE(bench.shell.dialogs.questions.constLast().acceptText, u"Stop"_s);
        QVERIFY(bench.shell.dialogs.questions.constLast().text.contains("etl-ann"_L1));
        QCOMPARE(bench.state->countOf(u"STOP session"_s), 0);
        bench.shell.dialogs.accepts = true;
        bench.shell.window->items()->requestStop(key);
        QTRY_COMPARE(bench.item(ItemType::Session, u"7"_s).state.value, ItemStateValue::Dead);
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 0);
    }
    void saysWhatItCannotKnowOfABatchOfOthers()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        bench.shell.window->items()->copyItem({ u"one"_s, ItemType::Batch, u"3"_s }, bench.item(ItemType::Batch, u"3"_s));
        QTRY_VERIFY(bench.dialog<SubmitBatchDialog>());
        const auto* dialog = bench.dialog<SubmitBatchDialog>();
        QVERIFY(dialog->wanted().file.isEmpty());
        QVERIFY(Bench::noteOf(*dialog).contains("not submitted from here"_L1));
    }
    void asksForASessionLikeAnother()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        bench.shell.window->items()->copyItem({ u"one"_s, ItemType::Session, u"7"_s }, bench.item(ItemType::Session, u"7"_s));
        QTRY_VERIFY(bench.dialog<NewSessionDialog>());
        const auto* dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        QCOMPARE(dialog->wanted().kind, Kind::PySpark);
        QCOMPARE(dialog->wanted().driverMemory, u"4g"_s);
        QCOMPARE(dialog->wanted().conf.value(u"spark.x"_s), u"1"_s);
        QVERIFY(dialog->wanted().name.isEmpty());
    }
    void keepsWhatWasTypedWhenTheServerRefuses()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        bench.state->onCreate = [](ItemType, const QString&) -> Script<SparkItem> {
            return failure(ErrorKind::Rejected, u"requirement failed: Too many sessions"_s);
        };
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy refused(desk, &ItemDesk::creationFailed);
        desk->newSession(u"one"_s);
        auto* dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit*>(u"queue"_s)->setText(u"adhoc"_s);
        dialog->findChild<QPushButton*>(u"okButton"_s)->click();
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(!bench.dialog<NewSessionDialog>());
        desk->askAgain();
        dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QLineEdit*>(u"queue"_s)->text(), u"adhoc"_s);
        bench.state->onCreate = [](ItemType, const QString& name) -> Script<SparkItem> { return sparkItem(u"9"_s, u"starting"_s, name); };
        QSignalSpy created(desk, &ItemDesk::sessionCreated);
        dialog->findChild<QPushButton*>(u"okButton"_s)->click();
        QTRY_COMPARE(created.size(), 1);
    }
    void aSessionGoesToTheNotebookThatAskedForIt()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        NotebookDesk* notebooks = bench.shell.window->notebooks();
        NotebookPane* asker = notebooks->newNotebook();
        asker->setTarget(u"one"_s, {});
        Q_EMIT asker->newSessionRequested(u"one"_s);
        auto* dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        NotebookPane* other = notebooks->newNotebook();
        dialog->findChild<QPushButton*>(u"okButton"_s)->click();
        QTRY_COMPARE(asker->targetSession(), u"9"_s);
        QCOMPARE(other->targetSession(), QString());
    }
    void aSessionThatNoNotebookAskedForIsOffered()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        NotebookPane* shown = bench.shell.window->notebooks()->newNotebook();
        bench.shell.window->items()->newSession(u"one"_s);
        bench.dialog<NewSessionDialog>()->findChild<QPushButton*>(u"okButton"_s)->click();
        const auto* bar = bench.shell.window->centralWidget()->findChild<MessageBar*>();
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(shown->targetSession(), QString());
        bar->findChild<QPushButton*>(u"messageAction"_s)->click();
        QCOMPARE(shown->targetSession(), u"9"_s);
        QVERIFY(!bar->isVisible());
    }
    void saysThatNothingWasSentWithoutTheServer()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy refused(desk, &ItemDesk::creationFailed);
        desk->newSession(u"one"_s);
        auto* dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        bench.shell.settings->setServers({});
        QVERIFY(!bench.shell.workspace->server(u"one"_s));
        dialog->findChild<QPushButton*>(u"okButton"_s)->click();
        QCOMPARE(refused.size(), 1);
        QVERIFY(refused.at(0).at(0).toString().contains("Nothing was sent"_L1));
    }
    void offersNoRequestOfAnotherBatchWithTheSameNumber()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        NewBatch wanted;
        wanted.file = u"hdfs:///load.py"_s;
        wanted.name = u"load-9"_s;
        const ItemKey key = bench.submit(wanted);
        QVERIFY(key.isValid());
        bench.shell.window->items()->copyItem(key, sparkItem(u"9"_s, u"dead"_s, u"of somebody else"_s));
        QTRY_VERIFY(bench.dialog<SubmitBatchDialog>());
        QVERIFY(bench.dialog<SubmitBatchDialog>()->wanted().file.isEmpty());
    }
    void restartsPythonAfterAQuestion()
    {
        Bench bench;
        bench.state->hasPython = true;
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        const ItemKey key{ u"one"_s, ItemType::Session, u"7"_s };
        bench.shell.dialogs.accepts = false;
        desk->requestPythonRestart(key);
        QCOMPARE(bench.shell.dialogs.questions.last().acceptText, u"Restart Python"_s);
        QVERIFY(bench.shell.dialogs.questions.last().text.contains(u"etl-ann"_s));
        QCOMPARE(bench.state->countOf(u"POST restart-python"_s), 0);
        bench.shell.dialogs.accepts = true;
        desk->requestPythonRestart(key);
        QTRY_COMPARE(bench.state->countOf(u"POST restart-python 7"_s), 1);
        QSignalSpy failed(desk, &ItemDesk::failed);
        bench.state->outage = errorOf(ErrorKind::Network);
        desk->requestPythonRestart(key);
        QTRY_COMPARE(failed.size(), 1);
        desk->requestPythonRestart({ u"one"_s, ItemType::Session, u"99"_s });
        QCOMPARE(bench.shell.dialogs.questions.size(), 3);
    }
    void aNotebookThatWantsAFreshPythonIsAskedFirst()
    {
        Bench bench;
        bench.state->hasPython = true;
        QTRY_VERIFY(bench.isOnline());
        bench.shell.dialogs.accepts = false;
        NotebookPane* notebook = bench.shell.window->notebooks()->newNotebook();
        const ItemKey key{ u"one"_s, ItemType::Session, u"7"_s };
        Q_EMIT notebook->pythonRestartRequested(key);
        QCOMPARE(bench.shell.dialogs.questions.size(), 1);
        QCOMPARE(bench.state->countOf(u"POST restart-python"_s), 0);
        bench.shell.dialogs.accepts = true;
        Q_EMIT notebook->pythonRestartRequested(key);
        QTRY_COMPARE(bench.state->countOf(u"POST restart-python 7"_s), 1);
    }
    void restartsASessionAsItWasForTheNotebookThatAsked()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        NotebookPane* asker = bench.shell.window->notebooks()->newNotebook();
        NotebookPane* other = bench.shell.window->notebooks()->newNotebook();
        asker->setTarget(u"one"_s, u"7"_s);
        QByteArray request;
        connect(bench.shell.workspace.get(), &Workspace::observed, this, [&request](const Observation& seen) {
            if (const auto* act = std::get_if<OwnAct>(&seen.what); act && act->what == OwnAct::What::Create)
                request = act->request;
        });
        bench.shell.dialogs.accepts = false;
        Q_EMIT asker->sessionRestartRequested({ u"one"_s, ItemType::Session, u"7"_s });
        QCOMPARE(bench.shell.dialogs.questions.constLast().acceptText, u"Restart session"_s);
        QVERIFY(bench.shell.dialogs.questions.constLast().text.contains("etl-ann"_L1));
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 0);
        bench.shell.dialogs.accepts = true;
        Q_EMIT asker->sessionRestartRequested({ u"one"_s, ItemType::Session, u"7"_s });
        QTRY_COMPARE(asker->targetSession(), u"9"_s);
        QVERIFY(other->targetSession() != u"9"_s);
        QCOMPARE(bench.state->countOf(u"DELETE sessions 7"_s), 1);
        QCOMPARE(bench.state->countOf(u"POST sessions etl-ann"_s), 1);
        QVERIFY2(request.contains("4g") && request.contains("spark.x"), request.constData());
        QVERIFY(!bench.dialog<NewSessionDialog>());
    }
    void aSessionThatCannotBeDeletedIsNotBegunAnew()
    {
        Bench bench;
        bench.state->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::unexpected(errorOf(ErrorKind::Forbidden)); };
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy failed(desk, &ItemDesk::failed);
        desk->requestSessionRestart({ u"one"_s, ItemType::Session, u"7"_s }, nullptr);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(bench.state->countOf(u"POST sessions"_s), 0);
    }
    void aRestartThatIsRefusedKeepsItsRequest()
    {
        Bench bench;
        bench.state->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return failure(ErrorKind::Rejected, u"Too many sessions"_s); };
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy failed(desk, &ItemDesk::failed);
        desk->requestSessionRestart({ u"one"_s, ItemType::Session, u"7"_s }, nullptr);
        QTRY_VERIFY(bench.dialog<NewSessionDialog>());
        QCOMPARE(failed.size(), 1);
        QCOMPARE(bench.dialog<NewSessionDialog>()->wanted().driverMemory, u"4g"_s);
        QCOMPARE(bench.dialog<NewSessionDialog>()->wanted().name, u"etl-ann"_s);
    }
    void aRestartAsksForWhatNobodyKnowsBeforeItDeletes()
    {
        Bench bench;
        bench.forgetConfiguration();
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        const ItemKey key{ u"one"_s, ItemType::Session, u"7"_s };
        desk->requestSessionRestart(key, nullptr);
        QTRY_VERIFY(bench.dialog<NewSessionDialog>());
        QCOMPARE(bench.dialog<NewSessionDialog>()->wanted().kind, Kind::PySpark);
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 0);
        QCOMPARE(Bench::noteOf(*bench.dialog<NewSessionDialog>()), u"Session 7 is deleted when this is sent."_s);
        bench.dialog<NewSessionDialog>()->reject(); // it goes on as it was
        QVERIFY(!bench.dialog<NewSessionDialog>());
        QVERIFY(bench.shell.workspace->item(key));

        QSignalSpy created(desk, &ItemDesk::sessionCreated);
        desk->requestSessionRestart(key, bench.shell.window.get());
        QTRY_VERIFY(bench.dialog<NewSessionDialog>());
        bench.dialog<NewSessionDialog>()->findChild<QPushButton*>(u"okButton"_s)->click();
        QTRY_COMPARE(created.size(), 1);
        QCOMPARE(created.at(0).at(1).value<QObject*>(), bench.shell.window.get());
        QCOMPARE(bench.state->countOf(u"DELETE sessions 7"_s), 1);
        QCOMPARE(bench.state->countOf(u"POST sessions etl-ann"_s), 1);
        QVERIFY(bench.state->calls.indexOf(u"DELETE sessions 7"_s) < bench.state->calls.indexOf(u"POST sessions etl-ann"_s));
    }
    void whatWasFilledInForARestartOutlivesARefusal()
    {
        Bench bench;
        bench.forgetConfiguration();
        bench.state->onRemove = [](ItemType, const QString&) -> Script<Done> { return std::unexpected(errorOf(ErrorKind::Forbidden)); };
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy refused(desk, &ItemDesk::creationFailed);
        QSignalSpy created(desk, &ItemDesk::sessionCreated);
        desk->requestSessionRestart({ u"one"_s, ItemType::Session, u"7"_s }, nullptr);
        QTRY_VERIFY(bench.dialog<NewSessionDialog>());
        const auto send = [&bench] { bench.dialog<NewSessionDialog>()->findChild<QPushButton*>(u"okButton"_s)->click(); };
        send();
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(bench.state->countOf(u"POST sessions"_s), 0);
        // deleted now, but the new one is refused: it is not deleted twice
        bench.state->onRemove = {};
        bench.state->onCreate = [](ItemType, const QString&) -> Script<SparkItem> { return failure(ErrorKind::Rejected, u"Too many sessions"_s); };
        desk->askAgain();
        send();
        QTRY_COMPARE(refused.size(), 2);
        bench.state->onCreate = [](ItemType, const QString& name) -> Script<SparkItem> { return sparkItem(u"9"_s, u"starting"_s, name); };
        desk->askAgain();
        send();
        QTRY_COMPARE(created.size(), 1);
        QCOMPARE(bench.state->countOf(u"DELETE sessions 7"_s), 2);
    }
    void deletesNothingThatTookTheNumberMeanwhile()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy failed(desk, &ItemDesk::failed);
        bench.shell.dialogs.isHeld = true;
        desk->requestDelete({ { u"one"_s, ItemType::Session, u"7"_s } });
        SparkItem other = sparkItem(u"7"_s, u"idle"_s, u"of somebody else"_s);
        other.appId = u"application_2"_s;
        bench.state->sessions = { other };
        bench.shell.workspace->server(u"one"_s)->refresh();
        QTRY_COMPARE(bench.item(ItemType::Session, u"7"_s).name, other.name);
        bench.shell.dialogs.answerHeld(true);
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed.at(0).at(0).toString().contains("names another one now"_L1));
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 0);
    }
    void namesAFewAndCountsTheRest()
    {
        Bench bench;
        bench.state->batches.clear();
        for (int number = 0; number < 40; ++number)
            bench.state->batches.append(sparkItem(QString::number(number), u"running"_s, u"load-%1"_s.arg(number)));
        QTRY_VERIFY(bench.isOnline());
        QList<ItemKey> keys;
        for (int number = 0; number < 40; ++number)
            keys.append({ u"one"_s, ItemType::Batch, QString::number(number) });
        bench.shell.dialogs.accepts = false;
        bench.shell.window->items()->requestDelete(keys);
        QCOMPARE(bench.shell.dialogs.questions.size(), 1);
        const Question& question = bench.shell.dialogs.questions.first();
        QCOMPARE(question.text.count(u'\n'), 10);
        QVERIFY(question.text.endsWith("and 30 more"_L1));
        QCOMPARE(question.wholeText.count(u'\n'), 39);
    }
    void findsTemplatesOfAnEarlierDialog()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        desk->newSession(u"one"_s);
        auto* dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit*>(u"queue"_s)->setText(u"adhoc"_s);
        dialog->findChild<QComboBox*>(u"template"_s)->setEditText(u"small"_s);
        dialog->findChild<QPushButton*>(u"keepTemplate"_s)->click();
        dialog->reject();
        desk->newSession(u"one"_s);
        dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        dialog->findChild<QComboBox*>(u"template"_s)->setCurrentText(u"small"_s);
        dialog->findChild<QPushButton*>(u"applyTemplate"_s)->click();
        QCOMPARE(dialog->wanted().queue, u"adhoc"_s);
    }
    void namesWhatIsToBeDeletedAndLeavesAloneWhatIsLocked()
    {
        Bench bench;
        bench.state->sessions[0].owner = u"me"_s;
        bench.state->batches[0].owner = u"bo"_s;
        bench.state->sessions += sparkItem(u"8"_s, u"idle"_s, u"etl-bo"_s);
        bench.state->sessions[1].owner = u"bo"_s;
        QTRY_VERIFY(bench.isOnline());
        bench.shell.workspace->setLocalUser(u"me"_s);
        ItemDesk* desk = bench.shell.window->items();
        const ItemKey mine{ u"one"_s, ItemType::Session, u"7"_s };
        const ItemKey other{ u"one"_s, ItemType::Batch, u"3"_s };
        desk->requestDelete({ mine, other });
        QCOMPARE(bench.shell.dialogs.questions.size(), 1);
        const Question question = bench.shell.dialogs.questions.constLast();
        QCOMPARE(question.text, u"Session 7 · etl-ann · idle · of me, on prod"_s);
        QVERIFY(question.detail.contains("1 more"_L1));
        QTRY_COMPARE(bench.state->countOf(u"DELETE"_s), 1);
        QSignalSpy failed(desk, &ItemDesk::failed);
        desk->requestDelete({ other });
        QCOMPARE(bench.shell.dialogs.questions.size(), 1);
        QVERIFY(failed.at(0).at(0).toString().contains("belongs to bo"_L1));
        const ItemKey session{ u"one"_s, ItemType::Session, u"8"_s };
        desk->requestStop(session);
        QCOMPARE(bench.shell.dialogs.questions.size(), 1);
        QVERIFY(failed.at(1).at(0).toString().contains("belongs to bo"_L1));
        bench.shell.workspace->guard().setUnlocked(true);
        desk->requestStop(session);
        QCOMPARE(bench.shell.dialogs.questions.constLast().text, u"Session 8 · etl-bo · idle · of bo, on prod"_s);
        QTRY_COMPARE(bench.state->countOf(u"STOP session"_s), 1);
        bench.shell.dialogs.questions.clear();
        desk->requestDelete({ other });
        QCOMPARE(bench.shell.dialogs.questions.size(), 1);
        QTRY_COMPARE(bench.state->countOf(u"DELETE"_s), 2);
    }
    void hundredsAreCountedByOwnerAndDeletedAFewAtATime()
    {
        Bench bench;
        for (int number = 100; number < 300; ++number) {
            SparkItem item = sparkItem(QString::number(number), u"idle"_s, u"load"_s);
            item.owner = number < 220 ? u"ann"_s : u"bo"_s;
            bench.state->sessions += item;
        }
        int underWay = 0;
        int most = 0;
        bench.state->onRemove = [&](ItemType, const QString& id) -> Script<Done> {
            most = qMax(most, ++underWay);
            bench.clock.after(std::chrono::milliseconds(5), bench.shell.window.get(), [&underWay] { --underWay; });
            if (id == "150"_L1)
                return std::unexpected(errorOf(ErrorKind::Server));
            return Done{};
        };
        QTRY_VERIFY(bench.isOnline());
        bench.shell.workspace->guard().setUnlocked(true);
        QTRY_COMPARE(bench.shell.workspace->server(u"one"_s)->sessions().items().size(), 201);
        QList<ItemKey> keys;
        for (int number = 100; number < 300; ++number)
            keys += ItemKey{ u"one"_s, ItemType::Session, QString::number(number) };
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy failed(desk, &ItemDesk::failed);
        desk->requestDelete(keys);
        const Question question = bench.shell.dialogs.questions.constLast();
        QCOMPARE(question.title, u"Stop and delete these 200?"_s);
        QCOMPARE(question.acceptText, u"Stop and delete 200"_s);
        QCOMPARE(question.text.count(u'\n'), 10);
        QVERIFY(question.text.endsWith("and 190 more; in all 120 of ann, 80 of bo"_L1));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30'000);
        QVERIFY(failed.at(0).at(0).toString().startsWith("1 of 200 could not be deleted."_L1));
        QCOMPARE(bench.state->countOf(u"DELETE"_s), 200);
        QVERIFY2(most <= 5, qPrintable(QString::number(most)));
    }
    void writesTheTableWhereAPersonWantsIt()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy failed(desk, &ItemDesk::failed);
        bench.shell.dialogs.path = bench.shell.folder.filePath(u"table.csv"_s);
        bench.shell.window->findChild<QPushButton*>(u"overviewExport"_s)->click();
        QFile file(bench.shell.dialogs.path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("etl-ann"));
        QCOMPARE(failed.size(), 0);
        bench.shell.dialogs.path = bench.shell.folder.filePath(u"no/such/folder.csv"_s);
        desk->exportTable(u"a"_s);
        QVERIFY(failed.at(0).at(0).toString().contains("folder.csv"_L1));
        bench.shell.dialogs.path.clear();
        desk->exportTable(u"a"_s);
        QCOMPARE(failed.size(), 1);
    }
    void nothingIsMadeOnAReadOnlyServer()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        bench.shell.window->servers()->setReadOnly(u"one"_s, true);
        QVERIFY(bench.shell.settings->servers().constFirst().isReadOnly);
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy failed(desk, &ItemDesk::failed);
        desk->newSession(u"one"_s);
        desk->submitBatch(u"one"_s);
        desk->createSession(u"one"_s, Kind::PySpark);
        desk->copyItem({ u"one"_s, ItemType::Session, u"7"_s }, bench.item(ItemType::Session, u"7"_s));
        desk->requestStop({ u"one"_s, ItemType::Session, u"7"_s });
        desk->requestPythonRestart({ u"one"_s, ItemType::Session, u"7"_s });
        QCOMPARE(failed.size(), 6);
        QVERIFY(bench.shell.dialogs.questions.isEmpty());
        QVERIFY(failed.at(0).at(0).toString().contains("read-only"_L1));
        QVERIFY(!bench.dialog<NewSessionDialog>());
        QVERIFY(!bench.dialog<SubmitBatchDialog>());
        QSignalSpy needed(desk, &ItemDesk::serverNeeded);
        desk->newSession({});
        QCOMPARE(needed.size(), 1);
        NotebookPane* notebook = bench.shell.window->notebooks()->newNotebook();
        QCOMPARE(notebook->targetServer(), u"one"_s);
        for (const auto& name : { u"newSession"_s, u"runCell"_s, u"runAll"_s })
            QVERIFY2(!notebook->findChild<QPushButton*>(name)->isEnabled(), qPrintable(name));
        QCOMPARE(notebook->findChild<ElidedLabel*>(u"targetHint"_s)->text(), u"read-only"_s);
        bench.shell.window->servers()->setReadOnly(u"one"_s, false);
        QVERIFY(notebook->findChild<QPushButton*>(u"newSession"_s)->isEnabled());
    }
};

KINDLING_TEST(TestItemDesk)
#include "tst_itemdesk.moc"
