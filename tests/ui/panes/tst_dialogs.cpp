// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/serverdialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

class TestDialogs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void addsAServerOnlyWithNameAndAddress()
    {
        ServerDialog dialog({}, ServerDialog::SecretHome::Keychain);
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        QVERIFY(!accept->isEnabled());
        child<QLineEdit>(dialog, u"name"_s)->setText(u"prod"_s);
        child<QLineEdit>(dialog, u"url"_s)->setText(u"ftp://x"_s);
        QVERIFY(!accept->isEnabled());
        QVERIFY(child<QLabel>(dialog, u"urlHint"_s)->text().contains("http"_L1));
        child<QLineEdit>(dialog, u"url"_s)->setText(u"https://livy.example.org:8998/gateway/"_s);
        QVERIFY(accept->isEnabled());
        const ServerProfile profile = dialog.profile();
        QCOMPARE(profile.url, QUrl(u"https://livy.example.org:8998/gateway"_s));
        QVERIFY(!profile.id.isEmpty());
        QCOMPARE(dialog.profile().id, profile.id);
    }
    void asksForASecretWhereOneIsNeeded()
    {
        ServerDialog dialog({}, ServerDialog::SecretHome::Memory);
        child<QLineEdit>(dialog, u"name"_s)->setText(u"prod"_s);
        child<QLineEdit>(dialog, u"url"_s)->setText(u"http://livy"_s);
        child<QComboBox>(dialog, u"auth"_s)->setCurrentIndex(1);
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        QVERIFY(!accept->isEnabled());
        child<QLineEdit>(dialog, u"user"_s)->setText(u"ann"_s);
        child<QLineEdit>(dialog, u"secret"_s)->setText(u"pw"_s);
        QVERIFY(accept->isEnabled());
        QCOMPARE(child<QLineEdit>(dialog, u"secret"_s)->echoMode(), QLineEdit::Password);
        QVERIFY(child<QLabel>(dialog, u"urlHint"_s)->text().contains("https"_L1));
        QVERIFY(child<QLabel>(dialog, u"secretHint"_s)->text().contains("until Kindling ends"_L1));
        QCOMPARE(dialog.profile().user, u"ann"_s);
        QCOMPARE(dialog.secrets().signIn, u"pw"_s);
        child<QComboBox>(dialog, u"auth"_s)->setCurrentIndex(0);
        QVERIFY(dialog.secrets().signIn.isEmpty());
    }
    void keepsAStoredSecretUnlessAnotherIsTyped()
    {
        const ServerProfile profile{ u"id-1"_s, u"prod"_s, ServerKind::Livy, QUrl(u"https://livy"_s), AuthKind::Bearer, {} };
        ServerDialog dialog(profile, ServerDialog::SecretHome::Keychain);
        QVERIFY(child<QPushButton>(dialog, u"okButton"_s)->isEnabled());
        QVERIFY(child<QLineEdit>(dialog, u"secret"_s)->text().isEmpty());
        QCOMPARE(dialog.profile(), profile);
        // Another way to sign in has no stored secret.
        child<QComboBox>(dialog, u"auth"_s)->setCurrentIndex(1);
        child<QLineEdit>(dialog, u"user"_s)->setText(u"ann"_s);
        QVERIFY(!child<QPushButton>(dialog, u"okButton"_s)->isEnabled());
    }
    void testsWhatWasTypedAndForgetsTheAnswerWhenItChanges()
    {
        ServerDialog dialog({}, ServerDialog::SecretHome::Keychain);
        QSignalSpy asked(&dialog, &ServerDialog::testRequested);
        auto* test = child<QPushButton>(dialog, u"testButton"_s);
        QVERIFY(!test->isEnabled());
        child<QLineEdit>(dialog, u"name"_s)->setText(u"prod"_s);
        child<QLineEdit>(dialog, u"url"_s)->setText(u"https://livy"_s);
        test->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.at(0).at(0).value<ServerProfile>().url, QUrl(u"https://livy"_s));
        dialog.showTestRunning();
        QVERIFY(!test->isEnabled());
        auto* result = child<QLabel>(dialog, u"testResult"_s);
        dialog.showTestResult(u"Livy 0.9"_s);
        QVERIFY(result->text().contains("Livy 0.9"_L1));
        dialog.showTestResult(failure(ErrorKind::SignIn, u"Refused"_s, hostileName()));
        QVERIFY(result->text().startsWith("Refused"_L1));
        QCOMPARE(result->textFormat(), Qt::PlainText);
        QVERIFY(test->isEnabled());
        child<QLineEdit>(dialog, u"url"_s)->setText(u"https://other"_s);
        QVERIFY(result->text().isEmpty());
    }
    void needsNoAddressForLocalSpark()
    {
        ServerDialog dialog({}, ServerDialog::SecretHome::Keychain);
        child<QComboBox>(dialog, u"kind"_s)->setCurrentIndex(1);
        child<QLineEdit>(dialog, u"name"_s)->setText(u"Local"_s);
        QVERIFY(child<QPushButton>(dialog, u"okButton"_s)->isEnabled());
        QVERIFY(child<QLineEdit>(dialog, u"url"_s)->isHidden());
        QCOMPARE(dialog.profile().kind, ServerKind::LocalSpark);
        QVERIFY(dialog.profile().url.isEmpty());
    }

    void tellsVersions()
    {
        AboutDialog dialog;
        QVERIFY(dialog.versions().contains(QString::fromLatin1(qVersion())));
        QVERIFY(dialog.versions().contains("GPL-3.0-or-later"_L1));
        child<QPushButton>(dialog, u"copyVersions"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), dialog.versions());
    }
};

KINDLING_TEST(TestDialogs)
#include "tst_dialogs.moc"
