// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/dialogs/serverdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
ServerProfile storedProfile()
{
    ServerProfile profile{ u"id-1"_s, u"prod"_s, ServerKind::Livy, QUrl(u"https://livy"_s), AuthKind::None, {} };
    profile.doAs = u"etl"_s;
    profile.authorityFile = u"/etc/ca.pem"_s;
    profile.usesSystemProxy = false;
    profile.headerNames = { u"X-Key"_s, u"X-Team"_s };
    profile.clientCertificateFile = u"/home/ann/ann.pem"_s;
    profile.clientKeyFile = u"/home/ann/ann.key"_s;
    profile.largestAnswerMiB = 200;
    return profile;
}

ServerProfile plainProfile()
{
    return { u"id-1"_s, u"prod"_s, ServerKind::Livy, QUrl(u"https://livy"_s), AuthKind::None, {} };
}

/// The dialog of a server, shown.
struct Opened {
    explicit Opened(const ServerProfile& profile)
        : dialog(profile, ServerDialog::SecretHome::Keychain)
    {
        dialog.show();
    }
    [[nodiscard]] QLineEdit* line(const QString& name) { return child<QLineEdit>(dialog, name); }
    [[nodiscard]] QPlainTextEdit* headers() { return child<QPlainTextEdit>(dialog, u"headers"_s); }
    [[nodiscard]] QString problem() { return child<QLabel>(dialog, u"connectionProblem"_s)->text(); }
    [[nodiscard]] bool canBeKept() { return child<QPushButton>(dialog, u"okButton"_s)->isEnabled(); }

    ServerDialog dialog;
};
}

/// The part of the server's dialog about the way to it.
class TestServerConnection final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void isFoldedWhileNothingIsSet()
    {
        Opened plain(plainProfile());
        QVERIFY(!plain.line(u"doAs"_s)->isVisible() && !plain.headers()->isVisible());
        const int height = plain.dialog.height();
        auto* fold = child<QToolButton>(plain.dialog, u"advanced"_s);
        fold->click();
        QVERIFY(plain.line(u"doAs"_s)->isVisible() && plain.headers()->isVisible());
        QVERIFY(plain.dialog.height() > height);
        fold->click();
        QVERIFY(!plain.line(u"doAs"_s)->isVisible());
        QCOMPARE(plain.dialog.height(), height);
        Opened set(storedProfile());
        QVERIFY(set.line(u"doAs"_s)->isVisible());
    }

    void keepsWhatIsStored()
    {
        Opened opened(storedProfile());
        QCOMPARE(opened.dialog.profile(), storedProfile());
        QVERIFY(opened.dialog.secrets().headers.isEmpty());
        QVERIFY(opened.canBeKept());
    }

    void losesNothingThatIsSetElsewhere()
    {
        ServerProfile local{ u"id-1"_s, u"Local"_s, ServerKind::LocalSpark, {}, AuthKind::None, {} };
        local.python = u"/opt/venv"_s;
        local.isReadOnly = true;
        QCOMPARE(Opened(local).dialog.profile(), local);
        ServerProfile watched = storedProfile();
        watched.isReadOnly = true;
        QCOMPARE(Opened(watched).dialog.profile(), watched);
    }

    void givesWhatWasTyped()
    {
        Opened opened(plainProfile());
        opened.line(u"doAs"_s)->setText(u" bob "_s);
        opened.line(u"fingerprint"_s)->setText(QString(64, u'a'));
        opened.line(u"clientCertificateFile"_s)->setText(u" /me.pem "_s);
        opened.line(u"clientKeyFile"_s)->setText(u"/me.key"_s);
        child<QSpinBox>(opened.dialog, u"largestAnswer"_s)->setValue(5000);
        child<QCheckBox>(opened.dialog, u"usesSystemProxy"_s)->setChecked(false);
        opened.headers()->setPlainText(u"X-Key: k: 1\n\n  X-Team:t  \n"_s);
        const ServerProfile profile = opened.dialog.profile();
        QCOMPARE(profile.doAs, u"bob"_s);
        QCOMPARE(profile.fingerprint, QByteArray(32, '\xAA'));
        QVERIFY(!profile.usesSystemProxy);
        QCOMPARE(profile.clientCertificateFile, u"/me.pem"_s);
        QCOMPARE(profile.clientKeyFile, u"/me.key"_s);
        QCOMPARE(profile.largestAnswerMiB, 2048);
        QCOMPARE(profile.headerNames, (QStringList{ u"X-Key"_s, u"X-Team"_s }));
        QCOMPARE(opened.dialog.secrets().headers, (QList<HeaderLine>{ { "X-Key", "k: 1" }, { "X-Team", "t" } }));
        QVERIFY(opened.canBeKept());
    }

    void showsNoStoredValueAndReplacesOnlyWhatIsTyped()
    {
        Opened opened(storedProfile());
        const QStringList lines = opened.headers()->toPlainText().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.at(0).startsWith("X-Key: "_L1));
        opened.headers()->setPlainText(lines.at(0) + u"\nX-Team: new"_s);
        QCOMPARE(opened.dialog.profile().headerNames, storedProfile().headerNames);
        QCOMPARE(opened.dialog.secrets().headers, (QList<HeaderLine>{ { "X-Team", "new" } }));
        QVERIFY(opened.canBeKept());
        // Another name has no value yet.
        opened.headers()->setPlainText(QString(lines.at(0)).replace("X-Key"_L1, "X-Other"_L1));
        QVERIFY(!opened.canBeKept());
        QVERIFY(opened.problem().contains("X-Other"_L1));
    }

    void saysWhatCannotBeKept_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("words");
        const QString https = u"https://livy"_s;
        QTest::newRow("short pin") << u"fingerprint"_s << u"AA:BB"_s << https << u"64 hexadecimal"_s;
        QTest::newRow("pin and authority") << u"fingerprint"_s << QString(64, u'a') << https << u"leave one"_s;
        QTest::newRow("authority without TLS") << u"doAs"_s << QString() << u"http://livy"_s << u"https"_s;
        QTest::newRow("a key alone") << u"clientCertificateFile"_s << QString() << https << u"without its certificate"_s;
        QTest::newRow("no header") << u"headers"_s << u"nonsense"_s << https << u"Name: value"_s;
        QTest::newRow("no value") << u"headers"_s << u"X-Key:"_s << https << u"X-Key"_s;
        QTest::newRow("twice") << u"headers"_s << u"X-Key: 1\nx-key: 2"_s << https << u"twice"_s;
        QTest::newRow("the connection's own") << u"headers"_s << u"Host: other"_s << https << u"Host"_s;
        QTest::newRow("hostile") << u"headers"_s << hostileName().replace(u'\n', u' ') << https << u"Name: value"_s;
        QStringList many;
        for (int i = 0; i < 51; ++i)
            many.append(u"X-%1: v"_s.arg(i));
        QTest::newRow("too many") << u"headers"_s << many.join(u'\n') << https << u"50"_s;
    }
    void saysWhatCannotBeKept()
    {
        QFETCH(QString, field);
        QFETCH(QString, text);
        QFETCH(QString, url);
        QFETCH(QString, words);
        Opened opened(storedProfile());
        opened.line(u"url"_s)->setText(url);
        if (field == "headers"_L1)
            opened.headers()->setPlainText(text);
        else
            opened.line(field)->setText(text);
        QVERIFY(!opened.canBeKept());
        QVERIFY2(opened.problem().contains(words), qPrintable(opened.problem()));
        QVERIFY(!opened.problem().contains("v"_L1 + text));
    }

    void aSignInAndAnAuthorizationHeaderExcludeEachOther()
    {
        Opened opened(plainProfile());
        opened.headers()->setPlainText(u"authorization: Custom x"_s);
        QVERIFY(opened.canBeKept());
        child<QComboBox>(opened.dialog, u"auth"_s)->setCurrentIndex(2);
        opened.line(u"secret"_s)->setText(u"t"_s);
        QVERIFY(!opened.canBeKept());
    }

    void localSparkHasNoneOfIt()
    {
        Opened opened(storedProfile());
        child<QComboBox>(opened.dialog, u"kind"_s)->setCurrentIndex(1);
        QVERIFY(!child<QToolButton>(opened.dialog, u"advanced"_s)->isVisible() && !opened.headers()->isVisible());
        QVERIFY(opened.canBeKept());
        QVERIFY(opened.dialog.profile().headerNames.isEmpty());
        QVERIFY(opened.dialog.secrets().headers.isEmpty());
    }

    void asksForItsFiles_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("field");
        QTest::addColumn<ConnectionFile>("which");
        QTest::newRow("authorities") << u"browseAuthority"_s << u"authorityFile"_s << ConnectionFile::Authorities;
        QTest::newRow("client certificate") << u"browseClientCertificate"_s << u"clientCertificateFile"_s << ConnectionFile::ClientCertificate;
        QTest::newRow("its key") << u"browseClientKey"_s << u"clientKeyFile"_s << ConnectionFile::ClientKey;
    }
    void asksForItsFiles()
    {
        QFETCH(const QString, button);
        QFETCH(const QString, field);
        QFETCH(const ConnectionFile, which);
        Opened opened(plainProfile());
        const QSignalSpy wanted(&opened.dialog, &ServerDialog::fileWanted);
        child<QPushButton>(opened.dialog, button)->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().value<ConnectionFile>(), which);
        opened.dialog.setFile(which, u"/etc/a.pem"_s);
        QCOMPARE(opened.line(field)->text(), u"/etc/a.pem"_s);
    }

    void offersToTrustTheCertificateThatWasShown()
    {
        Opened opened(plainProfile());
        QSignalSpy asked(&opened.dialog, &ServerDialog::testRequested);
        auto* pin = child<QPushButton>(opened.dialog, u"pinButton"_s);
        const ShownCertificate shown{ u"livy"_s, hostileName(), QDateTime(QDate(2030, 1, 2), QTime(3, 4)), QByteArray(32, '\x5A') };
        opened.dialog.showTestResult(failure(ErrorKind::Tls, u"Not trusted"_s));
        QVERIFY(!pin->isVisible());
        opened.dialog.offerPin({});
        QVERIFY(!pin->isVisible());
        opened.dialog.offerPin(shown);
        QVERIFY(pin->isVisible());
        QVERIFY(child<QLabel>(opened.dialog, u"testResult"_s)->text().contains(fingerprintText(shown.fingerprint)));
        pin->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<ServerProfile>().fingerprint, shown.fingerprint);
        QVERIFY(opened.line(u"fingerprint"_s)->isVisible());
        QVERIFY(!pin->isVisible());
        // Where one is pinned, another is an alarm and no offer.
        opened.dialog.offerPin(shown);
        QVERIFY(!pin->isVisible());
    }

    void anOfferIsGoneWhenSomethingElseIsTyped()
    {
        Opened opened(plainProfile());
        opened.dialog.offerPin({ u"livy"_s, u"ca"_s, {}, QByteArray(32, 'x') });
        opened.line(u"url"_s)->setText(u"https://other"_s);
        QVERIFY(!child<QPushButton>(opened.dialog, u"pinButton"_s)->isVisible());
        QVERIFY(opened.dialog.profile().fingerprint.isEmpty());
    }
};

KINDLING_TEST(TestServerConnection)
#include "tst_serverconnection.moc"
