// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"
#include "app/models/itemsmodel.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/batch/batchpane.h"
#include "ui/common/lockwords.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/navigator/navigatorpane.h"
#include "ui/overview/overviewpane.h"
#include "ui/session/sessionpane.h"

#include <QAction>
#include <QCheckBox>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTreeView>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using Column = ItemsModel::Column;

namespace {
struct Overview {
    Overview()
    {
        fillLikeTheDrawing(fixture);
        fixture.workspace.setLocalUser(u"bo"_s);
        pane.show();
    }
    [[nodiscard]] QModelIndex cell(const QString& id, Column column) const
    {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, static_cast<int>(Column::Id)).data().toString() == id)
                return table->model()->index(row, static_cast<int>(column));
        }
        return {};
    }
    void select(const QStringList& ids) const
    {
        table->clearSelection();
        for (const QString& id : ids)
            table->selectionModel()->select(cell(id, Column::Id), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }

    PanesFixture fixture;
    OverviewPane pane{ &fixture.workspace };
    QTableView* table = child<QTableView>(pane, u"overviewTable"_s);
    QPushButton* stop = child<QPushButton>(pane, u"overviewStop"_s);
    QPushButton* unlock = child<QPushButton>(pane, u"overviewUnlock"_s);
};

QMenu* navigatorMenu(NavigatorPane& pane, const QModelIndex& index)
{
    auto* tree = child<QTreeView>(pane, u"navigatorTree"_s);
    tree->scrollTo(index);
    Q_EMIT tree->customContextMenuRequested(tree->visualRect(index).center());
    return pane.findChildren<QMenu*>(u"navigatorMenu"_s).constLast();
}

void markReadOnly(PanesFixture& fixture, const ServerId& id)
{
    QList<ServerProfile> profiles = fixture.profiles();
    for (ServerProfile& profile : profiles)
        profile.isReadOnly = profile.id == id;
    fixture.workspace.setProfiles(profiles);
}
}

class TestLocks final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void rowsOfOthersAreLockedWithTheReason()
    {
        Overview overview;
        overview.select({ u"12"_s });
        QVERIFY(!overview.stop->isEnabled());
        QVERIFY(overview.stop->toolTip().contains("It belongs to ann."_L1));
        QVERIFY(overview.cell(u"12"_s, Column::Owner).data(Qt::DecorationRole).isValid());
        QCOMPARE(overview.cell(u"12"_s, Column::Owner).data(Qt::AccessibleTextRole).toString(), u"ann, locked"_s);
        QVERIFY(overview.cell(u"12"_s, Column::Owner).data(Qt::ToolTipRole).toString().contains("It belongs to ann."_L1));
        overview.select({ u"13"_s });
        QVERIFY(overview.stop->isEnabled());
        QVERIFY(overview.stop->toolTip().isEmpty());
        QVERIFY(!overview.cell(u"13"_s, Column::Owner).data(Qt::DecorationRole).isValid());
        QCOMPARE(overview.cell(u"13"_s, Column::Owner).data(Qt::ToolTipRole).toString(), u"bo"_s);
    }
    void onlyWhatIsFreeIsStopped()
    {
        Overview overview;
        overview.select({ u"12"_s, u"13"_s, u"731"_s });
        QCOMPARE(overview.stop->text(), u"Stop 1 selected…"_s);
    }
    void unlockingIsVisibleAndTakenBack()
    {
        Overview overview;
        overview.select({ u"12"_s });
        overview.unlock->click();
        QVERIFY(overview.fixture.workspace.guard().isUnlocked());
        QVERIFY(overview.stop->isEnabled());
        QVERIFY(!overview.cell(u"12"_s, Column::Owner).data(Qt::DecorationRole).isValid());
        overview.fixture.workspace.guard().setUnlocked(false);
        QVERIFY(!overview.unlock->isChecked());
        QVERIFY(!overview.stop->isEnabled());
    }
    void nothingIsOfferedOnAReadOnlyServer()
    {
        Overview overview;
        overview.fixture.workspace.guard().setUnlocked(true);
        overview.select({ u"13"_s });
        QVERIFY(overview.stop->isEnabled());
        markReadOnly(overview.fixture, u"prod"_s);
        QVERIFY(!overview.stop->isEnabled());
        QCOMPARE(overview.stop->toolTip(), u"prod is marked read-only: nothing is changed on it."_s);

        Server* server = overview.fixture.workspace.server(u"prod"_s);
        SessionPane session({ .server = server, .key = { u"prod"_s, ItemType::Session, u"13"_s } });
        for (const auto& name : { u"openNotebook"_s, u"keepAlive"_s, u"copyItem"_s, u"stopItem"_s, u"deleteItem"_s }) {
            QVERIFY2(!child<QPushButton>(session, name)->isEnabled(), qPrintable(name));
            QVERIFY(child<QPushButton>(session, name)->toolTip().contains("read-only"_L1));
        }
        BatchPane batch({ .server = server, .key = { u"prod"_s, ItemType::Batch, u"731"_s } });
        for (const auto& name : { u"copyItem"_s, u"deleteItem"_s })
            QVERIFY2(!child<QPushButton>(batch, name)->isEnabled(), qPrintable(name));
        markReadOnly(overview.fixture, {});
        QVERIFY(child<QPushButton>(session, u"deleteItem"_s)->isEnabled());
        QVERIFY(child<QPushButton>(batch, u"deleteItem"_s)->isEnabled());
    }
    void theNavigatorMarksAServerReadOnlyAndKeepsToIt()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        NavigatorPane pane(&fixture.workspace);
        pane.resize(260, 600);
        pane.show();
        const QAbstractItemModel* model = child<QTreeView>(pane, u"navigatorTree"_s)->model();
        const QModelIndex server = model->index(0, 0);
        QSignalSpy asked(&pane, &NavigatorPane::readOnlyRequested);
        auto* action = navigatorMenu(pane, server)->findChild<QAction*>(u"readOnly"_s);
        QVERIFY(!action->isChecked());
        action->trigger();
        QCOMPARE(asked.constFirst(), (QVariantList{ u"prod"_s, true }));
        markReadOnly(fixture, u"prod"_s);
        QCOMPARE(model->index(0, 0).data(Qt::AccessibleTextRole).toString(), u"prod, online · read-only"_s);
        QMenu* menu = navigatorMenu(pane, server);
        QVERIFY(menu->findChild<QAction*>(u"readOnly"_s)->isChecked());
        for (const auto& name : { u"newSession"_s, u"submitBatch"_s }) {
            QVERIFY(!menu->findChild<QAction*>(name)->isEnabled());
            QVERIFY(menu->findChild<QAction*>(name)->toolTip().contains("read-only"_L1));
        }
        QMenu* item = navigatorMenu(pane, model->index(0, 0, model->index(0, 0, server)));
        QVERIFY(!item->findChild<QAction*>(u"notebook"_s)->isEnabled());
        QVERIFY(!item->findChild<QAction*>(u"delete"_s)->isEnabled());
        QVERIFY(item->findChild<QAction*>(u"delete"_s)->toolTip().contains("read-only"_L1));
    }
    void theServerDialogHasACheckBox()
    {
        ServerProfile profile;
        profile.id = u"one"_s;
        profile.name = u"prod"_s;
        profile.url = QUrl(u"https://prod.example.org"_s);
        profile.isReadOnly = true;
        ServerDialog dialog(profile, ServerDialog::SecretHome::Memory);
        auto* box = child<QCheckBox>(dialog, u"readOnly"_s);
        QVERIFY(box->isChecked());
        QVERIFY(dialog.profile().isReadOnly);
        box->click();
        QVERIFY(!dialog.profile().isReadOnly);
    }
};

KINDLING_TEST(TestLocks)
#include "tst_locks.moc"
