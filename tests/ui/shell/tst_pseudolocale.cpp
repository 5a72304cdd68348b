// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/settings.h"
#include "tests/support/testmain.h"
#include "tests/ui/pseudolocale.h"
#include "tests/ui/shell/drawnwindow.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/serverdesk.h"

#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPseudoLocale final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_locale.isLoaded()); }

    void theWelcomePageIsWhole() { check(*ShellFixture().window); }

    void theWindowAtWorkIsWhole()
    {
        ShellFixture shell;
        ServerProfile profile;
        profile.id = u"one"_s;
        profile.name = u"[prod]"_s;
        profile.url = QUrl(u"http://127.0.0.1:1"_s);
        shell.settings->setServers({ profile });
        shell.window->resize(1440, 900);
        shell.window->notebooks()->newNotebook();
        check(*shell.window);
        shell.window->servers()->startLocalSpark();
        check(*shell.window);
    }

    void theWindowWithRowsIsWhole_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("hasDocks");
        QTest::newRow("1440 x 900") << QSize(1440, 900) << true;
        QTest::newRow("900 x 600, docks closed") << QSize(900, 600) << false;
    }
    void theWindowWithRowsIsWhole()
    {
        QFETCH(QSize, size);
        QFETCH(bool, hasDocks);
        DrawnWindow drawn;
        MainWindow& window = drawn.window();
        QTRY_VERIFY(drawn.isFilled());
        for (QDockWidget* dock : window.findChildren<QDockWidget*>())
            dock->setVisible(hasDocks);
        QCoreApplication::sendPostedEvents();
        window.resize(size);
        auto* tabs = window.findChild<CentralTabs*>();
        check(window);
        tabs->showItem({ u"prod"_s, ItemType::Session, u"13"_s });
        check(window);
        tabs->showItem({ u"prod"_s, ItemType::Batch, u"729"_s });
        check(window);
        window.notebooks()->newNotebook();
        check(window);
        QCOMPARE(window.size(), size);
    }

    void theDialogsAreWhole()
    {
        ShellFixture shell;
        const auto noJson = [](const auto&) { return QByteArray(); };
        RequestTarget target;
        target.server.name = u"[prod]"_s;
        ServerDialog server({}, ServerDialog::SecretHome::Memory);
        NewSessionDialog session(target, noJson, {});
        SubmitBatchDialog batch(target, noJson, {}, &shell.dialogs);
        AboutDialog about(nullptr);
        SettingsDialog settings({ .notices = { .rules = { {}, { NoticeRule::What::SessionIdleLong, u"[etl*]"_s, 60min } } } }, u"/records"_s);
        for (QDialog* dialog : std::initializer_list<QDialog*>{ &server, &session, &batch, &about, &settings }) {
            dialog->show();
            check(*dialog);
            auto* pages = dialog->findChild<QTabWidget*>(u"pages"_s);
            for (int page = 1; pages && page < pages->count(); ++page) {
                pages->setCurrentIndex(page);
                check(*dialog);
            }
            if (pages && dialog != &settings) {
                dialog->findChild<QLineEdit*>(u"driverMemory"_s)->setText(u"lots"_s);
                check(*dialog);
            }
        }
    }

    void theServerDialogIsWholeForEverySignIn()
    {
        for (const auto home : { ServerDialog::SecretHome::Memory, ServerDialog::SecretHome::Keychain }) {
            ServerDialog dialog({}, home);
            dialog.show();
            auto* auth = dialog.findChild<QComboBox*>(u"auth"_s);
            auto* kind = dialog.findChild<QComboBox*>(u"kind"_s);
            auto* url = dialog.findChild<QLineEdit*>(u"url"_s);
            for (const auto* address : { "", "ftp://x", "http://", "http://me:pw@host/", "http://livy.example.org:8998" }) {
                url->setText(QString::fromLatin1(address));
                for (int index = 0; index < auth->count(); ++index) {
                    auth->setCurrentIndex(index);
                    check(dialog);
                }
            }
            dialog.showTestResult(failure(ErrorKind::SignIn, {}));
            check(dialog);
            for (int index = 0; index < kind->count(); ++index) {
                kind->setCurrentIndex(index);
                check(dialog);
            }
        }
    }

    void tellsTranslatedFromRawWords()
    {
        QCOMPARE(untranslatedPart(u"[Ïdlé [ïn] héré·] of prod"_s, { u"prod"_s }), QString());
        QCOMPARE(untranslatedPart(u"[Ïdlé··] since long"_s, {}), u"since long"_s);
        QCOMPARE(untranslatedPart(u"12 s · 3"_s, {}), QString());
    }

    void findsAnUntranslatedAndACutText()
    {
        QWidget top;
        QLabel plain(u"Hello there"_s, &top);
        plain.setFixedWidth(3);
        top.show();
        const QStringList problems = textProblems(top);
        QCOMPARE(problems.size(), 2);
        QVERIFY(textProblems(top, { u"Hello there"_s }).constFirst().startsWith(u"cut off"_s));
    }

private:
    static void check(const QWidget& top)
    {
        QCoreApplication::sendPostedEvents();
        const QStringList problems = textProblems(top, drawnWords() + QStringList{ u"Kindling"_s, u"Ctrl+Enter"_s, u"Ctrl+Shift+P"_s, u"Debian GNU/Linux"_s, u"livy.example.org"_s, u"trixie"_s, u"/records"_s });
        QVERIFY2(problems.isEmpty(), qUtf8Printable(problems.join(u'\n')));
    }

    PseudoLocale m_locale;
};

KINDLING_TEST(TestPseudoLocale)
#include "tst_pseudolocale.moc"
