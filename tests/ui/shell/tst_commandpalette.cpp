// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "tests/support/fakesparkapi.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/shellfixture.h"
#include "tests/ui/shown.h"
#include "ui/common/flatstyle.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/notebookdesk.h"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
struct Palette {
    explicit Palette(ShellFixture& shell)
    {
        shell.window->findChild<QAction*>(u"findCommandAction"_s)->trigger();
        dialog = shell.window->findChild<CommandPalette*>();
        text = dialog->findChild<QLineEdit*>(u"paletteText"_s);
        list = dialog->findChild<QListWidget*>(u"paletteList"_s);
    }
    [[nodiscard]] QStringList shown() const
    {
        QStringList texts;
        for (int row = 0; row < list->count(); ++row)
            texts += list->item(row)->text();
        return texts;
    }
    CommandPalette* dialog;
    QLineEdit* text;
    QListWidget* list;
};
}

class TestCommandPalette final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void lettersMatchInTheirOrderBestAtTheBeginningsOfWords()
    {
        QVERIFY(matchScore(u"nn", u"File ▸ New notebook") > 0);
        QCOMPARE(matchScore(u"kn", u"New"), 0);
        QCOMPARE(matchScore(u"newx", u"New"), 0);
        QVERIFY(matchScore(u"", u"anything") > 0);
        QVERIFY(matchScore(u"SAVE", u"File ▸ Save") > matchScore(u"save", u"File ▸ Save as"));
        QVERIFY(matchScore(u"etl", u"Session 12 etl-ann") > matchScore(u"etl", u"Session 13 reset all"));
        QVERIFY(matchScore(u"s 12", u"Session 12 etl-ann") > 0);
    }
    void runsAnActionOfTheMenusByKeyboardAlone()
    {
        ShellFixture shell;
        Palette palette(shell);
        QVERIFY(palette.dialog->isVisible());
        QTest::keyClicks(palette.text, u"new notebook"_s);
        QCOMPARE(palette.shown().constFirst(), u"File ▸ New notebook"_s);
        QCOMPARE(palette.list->item(0)->data(Qt::UserRole).toString(), QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText));
        QTest::keyClick(palette.text, Qt::Key_Return);
        QTRY_COMPARE(shell.window->notebooks()->panes().size(), 1);
        QTRY_VERIFY(!shell.window->findChild<CommandPalette*>());
    }
    void rowsKeepTheFieldsMargin()
    {
        ShellFixture shell;
        const Palette palette(shell);
        QWidget& rows = *palette.list->viewport();
        const QRect second(1, palette.list->sizeHintForRow(0), 100, palette.list->sizeHintForRow(0));
        QVERIFY(qAbs(inkLeft(rows, second) - fieldPadding) <= 1);
    }
    void offersNothingThatCannotBeDoneNow()
    {
        ShellFixture shell;
        const Palette palette(shell);
        QVERIFY(palette.shown().contains(u"File ▸ Quit"_s));
        QVERIFY(!palette.shown().contains(u"File ▸ Save"_s));
    }
    void goesToAServerASessionABatchAndATab()
    {
        SystemClock clock;
        const auto state = std::make_shared<FakeSparkApi::State>();
        state->sessions = { sparkItem(u"12"_s, u"idle"_s, u"etl-ann"_s) };
        state->batches = { sparkItem(u"7"_s, u"running"_s, u"load"_s) };
        ShellFixture shell({}, [&](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); });
        ServerProfile profile;
        profile.id = u"one"_s;
        profile.name = u"prod"_s;
        profile.url = QUrl(u"http://127.0.0.1:1"_s);
        shell.settings->setServers({ profile });
        QTRY_VERIFY(shell.workspace->server(u"one"_s)->batches().find(u"7"_s));
        auto* tabs = shell.window->findChild<QTabWidget*>(u"centralTabs"_s);
        const auto choose = [&](const QString& text, const QString& expected) {
            Palette palette(shell);
            QTest::keyClicks(palette.text, text);
            const QString found = palette.shown().value(0);
            QTest::keyClick(palette.text, Qt::Key_Return);
            return found == expected;
        };
        QVERIFY(choose(u"etl"_s, u"Session 12 etl-ann"_s));
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), u"Session 12"_s);
        QVERIFY(choose(u"b7"_s, u"Batch 7 load"_s));
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), u"Batch 7"_s);
        QVERIFY(choose(u"tab session"_s, u"Tab ▸ Session 12"_s));
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), u"Session 12"_s);
        QVERIFY(choose(u"server prod"_s, u"Server prod"_s));
        QTRY_COMPARE(tabs->currentIndex(), 0);
    }
    void arrowsChooseAndEscapeCloses()
    {
        ShellFixture shell;
        Palette palette(shell);
        QCOMPARE(palette.list->currentRow(), 0);
        QTest::keyClick(palette.text, Qt::Key_Down);
        QCOMPARE(palette.list->currentRow(), 1);
        QTest::keyClick(palette.text, Qt::Key_Up);
        QCOMPARE(palette.list->currentRow(), 0);
        QTest::keyClicks(palette.text, u"zzqq"_s);
        QCOMPARE(palette.list->count(), 0);
        QTest::keyClick(palette.text, Qt::Key_Return);
        QVERIFY(palette.dialog->isVisible());
        QTest::keyClick(palette.dialog, Qt::Key_Escape);
        QTRY_VERIFY(!shell.window->findChild<CommandPalette*>());
    }
    void opensByItsButtonToo()
    {
        ShellFixture shell;
        auto* button = shell.window->findChild<QPushButton*>(u"paletteButton"_s);
        QVERIFY(button->toolTip() == "Ctrl+Shift+P"_L1);
        button->click();
        QVERIFY(shell.window->findChild<CommandPalette*>());
    }
};

KINDLING_TEST(TestCommandPalette)
#include "tst_commandpalette.moc"
