// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/common/dialogs.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/commandtext.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/dialogs/submitbatchdialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
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
class AnsweringDialogs final : public Dialogs {
public:
    void confirm(QWidget*, const Question&, QObject*, std::function<void(bool)>) override { }
    void askOpenFile(QWidget*, const FileQuestion&, QObject*, std::function<void(QString)> answer) override { answer(path); }
    void askSaveFile(QWidget*, const FileQuestion&, QObject*, std::function<void(QString)>) override { }
    QString path;
};

QByteArray previewSession(const NewSession& wanted)
{
    return "{\"name\": \"" + wanted.name.toUtf8() + "\"}";
}

QByteArray previewBatch(const NewBatch& wanted)
{
    return "{\"file\": \"" + wanted.file.toUtf8() + "\"}";
}

QString refuseBraceless(const QByteArray& json)
{
    return json.startsWith('{') ? QString() : u"no object"_s;
}
}

class TestDialogs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void splitsArgumentsAsAShellDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("empty") << u"  "_s << QStringList{};
        QTest::newRow("plain") << u" a  b\tc "_s << QStringList{ u"a"_s, u"b"_s, u"c"_s };
        QTest::newRow("single quotes") << u"'a b\\' c"_s << QStringList{ u"a b\\"_s, u"c"_s };
        QTest::newRow("double quotes") << u"\"a \\\"b\\\"\" c"_s << QStringList{ u"a \"b\""_s, u"c"_s };
        QTest::newRow("glued") << u"--x=\"1 2\"'3'"_s << QStringList{ u"--x=1 23"_s };
        QTest::newRow("empty word") << u"'' a"_s << QStringList{ QString(), u"a"_s };
        QTest::newRow("escaped space") << u"a\\ b"_s << QStringList{ u"a b"_s };
    }
    void splitsArgumentsAsAShellDoes()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        const auto words = splitArguments(text);
        QVERIFY(words.has_value());
        QCOMPARE(*words, expected);
        QCOMPARE(splitArguments(joinArguments(*words)).value_or(QStringList{ u"?"_s }), expected);
    }
    void refusesOpenQuotes()
    {
        QVERIFY(!splitArguments(u"a 'b"_s));
        QVERIFY(!splitArguments(u"a \"b"_s));
        QVERIFY(!splitArguments(u"a \\"_s));
    }
    void readsSettingsByLine()
    {
        const ConfText text = parseConf(u"# note\nspark.a = 1=2\n\nspark.b  x y\n"_s);
        QCOMPARE(text.badLine, 0);
        QCOMPARE(text.conf.value(u"spark.a"_s), u"1=2"_s);
        QCOMPARE(text.conf.value(u"spark.b"_s), u"x y"_s);
        QCOMPARE(parseConf(u"spark.a=1\nnovalue"_s).badLine, 2);
    }
    void knowsMemorySizes()
    {
        for (const auto& good : { u""_s, u"4g"_s, u"512M"_s, u"1024"_s, u" 2 gb "_s })
            QVERIFY2(isMemorySize(good), qPrintable(good));
        for (const auto& bad : { u"g"_s, u"-1g"_s, u"4 apples"_s, u"1.5g"_s })
            QVERIFY2(!isMemorySize(bad), qPrintable(bad));
    }

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
        QCOMPARE(dialog.secret(), u"pw"_s);
        child<QComboBox>(dialog, u"auth"_s)->setCurrentIndex(0);
        QVERIFY(dialog.secret().isEmpty());
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

    void showsTheRequestOfANewSession()
    {
        NewSessionDialog dialog(hostileName(), previewSession, refuseBraceless);
        QVERIFY(dialog.windowTitle().size() < 120);
        child<QLineEdit>(dialog, u"name"_s)->setText(u"etl"_s);
        child<QComboBox>(dialog, u"kind"_s)->setCurrentIndex(1);
        child<QLineEdit>(dialog, u"driverMemory"_s)->setText(u"4 G"_s);
        child<QSpinBox>(dialog, u"executorCores"_s)->setValue(3);
        child<QPlainTextEdit>(dialog, u"conf"_s)->setPlainText(u"spark.x=1"_s);
        QCOMPARE(child<QPlainTextEdit>(dialog, u"requestJson"_s)->toPlainText(), u"{\"name\": \"etl\"}"_s);
        const NewSession wanted = dialog.wanted();
        QCOMPARE(wanted.kind, Kind::PySpark);
        QCOMPARE(wanted.driverMemory, u"4g"_s);
        QCOMPARE(wanted.executorCores, std::optional(3));
        QVERIFY(!wanted.driverCores);
        QCOMPARE(wanted.conf.value(u"spark.x"_s), u"1"_s);
        QVERIFY(!dialog.isRaw());
    }
    void refusesWhatSparkWouldRefuse()
    {
        NewSessionDialog dialog(u"prod"_s, previewSession, {});
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        QVERIFY(accept->isEnabled());
        child<QLineEdit>(dialog, u"driverMemory"_s)->setText(u"lots"_s);
        QVERIFY(!accept->isEnabled());
        QVERIFY(child<QLabel>(dialog, u"problem"_s)->text().contains("Driver memory"_L1));
        child<QLineEdit>(dialog, u"driverMemory"_s)->clear();
        child<QPlainTextEdit>(dialog, u"conf"_s)->setPlainText(u"oops"_s);
        QVERIFY(child<QLabel>(dialog, u"problem"_s)->text().contains("line 1"_L1));
    }
    void marksARequestEditedByHand()
    {
        NewSessionDialog dialog(u"prod"_s, previewSession, refuseBraceless);
        auto* json = child<QPlainTextEdit>(dialog, u"requestJson"_s);
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        json->setPlainText(u"[]"_s);
        QVERIFY(dialog.isRaw());
        QVERIFY(!accept->isEnabled());
        QCOMPARE(child<QLabel>(dialog, u"problem"_s)->text(), u"no object"_s);
        QVERIFY(!child<QLineEdit>(dialog, u"name"_s)->isEnabled());
        json->setPlainText(u"{\"kind\": \"é\"}"_s);
        QVERIFY(accept->isEnabled());
        QCOMPARE(dialog.rawJson(), "{\"kind\": \"é\"}"_ba);
        QVERIFY(child<QLabel>(dialog, u"requestMark"_s)->text().contains("by hand"_L1));
        child<QToolButton>(dialog, u"backToForm"_s)->click();
        QVERIFY(!dialog.isRaw());
        QVERIFY(child<QLineEdit>(dialog, u"name"_s)->isEnabled());
        QCOMPARE(json->toPlainText(), u"{\"name\": \"\"}"_s);
    }
    void keepsWhatTheFormHasNoFieldFor()
    {
        NewSession before;
        before.jars = { u"a.jar"_s };
        before.name = u"again"_s;
        before.numExecutors = 4;
        NewSessionDialog dialog(u"prod"_s, previewSession, {});
        dialog.setWanted(before);
        QCOMPARE(dialog.wanted().jars, before.jars);
        QCOMPARE(dialog.wanted().name, before.name);
        QCOMPARE(dialog.wanted().numExecutors, before.numExecutors);
    }
    void submitsABatchOnceThereIsAFile()
    {
        AnsweringDialogs files;
        SubmitBatchDialog dialog(u"prod"_s, previewBatch, {}, &files);
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        QVERIFY(!accept->isEnabled());
        child<QPushButton>(dialog, u"browse"_s)->click();
        QVERIFY(!accept->isEnabled());
        files.path = u"/jobs/load.py"_s;
        child<QPushButton>(dialog, u"browse"_s)->click();
        QVERIFY(accept->isEnabled());
        child<QLineEdit>(dialog, u"arguments"_s)->setText(u"--day '1 May'"_s);
        QCOMPARE(dialog.wanted().file, files.path);
        QCOMPARE(dialog.wanted().args, QStringList({ u"--day"_s, u"1 May"_s }));
        child<QLineEdit>(dialog, u"arguments"_s)->setText(u"'open"_s);
        QVERIFY(!accept->isEnabled());
        QVERIFY(child<QLabel>(dialog, u"problem"_s)->text().contains("quote"_L1));
    }
    void hasNoBrowseWhereTheServerSeesOtherFiles()
    {
        SubmitBatchDialog dialog(u"prod"_s, previewBatch, {}, nullptr);
        QVERIFY(dialog.findChild<QPushButton*>(u"browse"_s) == nullptr);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        child<QLineEdit>(dialog, u"file"_s)->setText(u"hdfs:///x.jar"_s);
        dialog.open();
        child<QPushButton>(dialog, u"okButton"_s)->click();
        QCOMPARE(accepted.size(), 1);
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
