// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/common/elidedlabel.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/shell/itemdesk.h"

#include <QComboBox>
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
        ItemDesk* desk = bench.shell.window->items();
        QSignalSpy created(desk, &ItemDesk::batchCreated);
        desk->submitBatch(u"one"_s);
        auto* dialog = bench.dialog<SubmitBatchDialog>();
        QVERIFY(dialog);
        NewBatch wanted;
        wanted.file = u"hdfs:///load.py"_s;
        wanted.args = { u"--day"_s, u"1 May"_s };
        wanted.name = u"load-9"_s;
        dialog->setWanted(wanted);
        dialog->findChild<QPushButton*>(u"okButton"_s)->click();
        QTRY_COMPARE(created.size(), 1);

        desk->copyItem(created.at(0).at(0).value<ItemKey>(), sparkItem(u"9"_s, u"dead"_s, u"load-9"_s));
        const auto* again = bench.dialog<SubmitBatchDialog>();
        QVERIFY(again);
        QCOMPARE(again->wanted().file, wanted.file);
        QCOMPARE(again->wanted().args, wanted.args);
        QVERIFY(again->wanted().name.isEmpty());
        QVERIFY(Bench::noteOf(*again).contains("batch 9"_L1));
    }
    void saysWhatItCannotKnowOfABatchOfOthers()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        bench.shell.window->items()->copyItem({ u"one"_s, ItemType::Batch, u"3"_s }, bench.item(ItemType::Batch, u"3"_s));
        const auto* dialog = bench.dialog<SubmitBatchDialog>();
        QVERIFY(dialog);
        QVERIFY(dialog->wanted().file.isEmpty());
        QVERIFY(Bench::noteOf(*dialog).contains("not submitted from this window"_L1));
    }
    void asksForASessionLikeAnother()
    {
        Bench bench;
        QTRY_VERIFY(bench.isOnline());
        bench.shell.window->items()->copyItem({ u"one"_s, ItemType::Session, u"7"_s }, bench.item(ItemType::Session, u"7"_s));
        const auto* dialog = bench.dialog<NewSessionDialog>();
        QVERIFY(dialog);
        QCOMPARE(dialog->wanted().kind, Kind::PySpark);
        QCOMPARE(dialog->wanted().driverMemory, u"4g"_s);
        QCOMPARE(dialog->wanted().conf.value(u"spark.x"_s), u"1"_s);
        QVERIFY(dialog->wanted().name.isEmpty());
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
};

KINDLING_TEST(TestItemDesk)
#include "tst_itemdesk.moc"
