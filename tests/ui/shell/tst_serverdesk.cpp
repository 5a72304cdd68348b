// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/shell/serverdesk.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
/// The dialog of a new server, with a name and an address.
ServerDialog* openDialog(ShellFixture& shell)
{
    shell.window->servers()->addServer();
    auto* dialog = shell.window->findChild<ServerDialog*>();
    dialog->findChild<QLineEdit*>(u"name"_s)->setText(u"gateway"_s);
    dialog->findChild<QLineEdit*>(u"url"_s)->setText(u"https://gw.invalid/livy"_s);
    return dialog;
}

/// What the secret store has in that entry; empty = nothing.
QString secretOf(ShellFixture& shell, const ServerId& entry)
{
    std::optional<QString> secret;
    QObject context;
    shell.secrets->read(entry, &context, [&secret](const Result<QString>& read) { secret = read.value_or(QString()); });
    (void)QTest::qWaitFor([&secret] { return secret.has_value(); }, 30'000);
    return secret.value_or(u"no answer"_s);
}
}

/// Adding, testing and removing servers, with everything that is kept for them.
class TestServerDesk final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void storesHeadersBesideTheSettings()
    {
        ShellFixture shell;
        ServerDialog* dialog = openDialog(shell);
        dialog->findChild<QPlainTextEdit*>(u"headers"_s)->setPlainText(u"X-Key: s3cret"_s);
        dialog->accept();
        QTRY_COMPARE(shell.settings->servers().size(), 1);
        const ServerProfile stored = shell.settings->servers().first();
        QCOMPARE(stored.headerNames, QStringList{ u"X-Key"_s });
        QCOMPARE(secretOf(shell, headersEntry(stored.id)), u"X-Key: s3cret"_s);

        shell.window->servers()->removeServer(stored.id);
        QTRY_COMPARE(secretOf(shell, headersEntry(stored.id)), QString());
    }

    void offersThePinWhereATestFailsForTheCertificate()
    {
        ShellFixture shell;
        shell.probeAnswer = failure(ErrorKind::Tls, u"Not trusted"_s);
        shell.shownCertificate.fingerprint = QByteArray(32, 'x');
        ServerDialog* dialog = openDialog(shell);
        dialog->findChild<QPlainTextEdit*>(u"headers"_s)->setPlainText(u"X-Key: s3cret"_s);
        dialog->findChild<QPushButton*>(u"testButton"_s)->click();
        auto* pin = dialog->findChild<QPushButton*>(u"pinButton"_s);
        QTRY_VERIFY(pin->isVisible());
        QCOMPARE(shell.probedSecrets.headers, (QList<HeaderLine>{ { "X-Key", "s3cret" } }));
        shell.probeAnswer = ServerVersion{};
        pin->click();
        QTRY_VERIFY(dialog->findChild<QLabel*>(u"testResult"_s)->text().startsWith("It works"_L1));
        QCOMPARE(shell.probedProfile.fingerprint, QByteArray(32, 'x'));
    }

    void choosesTheFileOfAuthorities()
    {
        ShellFixture shell;
        shell.dialogs.path = u"/etc/ca.pem"_s;
        ServerDialog* dialog = openDialog(shell);
        dialog->findChild<QPushButton*>(u"browseAuthority"_s)->click();
        QCOMPARE(dialog->findChild<QLineEdit*>(u"authorityFile"_s)->text(), u"/etc/ca.pem"_s);
    }
};

KINDLING_TEST(TestServerDesk)
#include "tst_serverdesk.moc"
