// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/requestcodec.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/common/dialogs.h"
#include "ui/common/elidedlabel.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/submitbatchdialog.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
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

RequestTarget targetOf(int minor)
{
    RequestTarget target;
    target.server.name = u"prod"_s;
    target.server.url = QUrl(u"https://gw.example.org/livy/"_s);
    target.version.minor = minor;
    target.version.text = minor > 0 ? u"0.%1.0"_s.arg(minor) : QString();
    return target;
}

QByteArray previewSession(const NewSession& wanted)
{
    ServerVersion newest;
    newest.major = 1;
    return encodeSession(wanted, newest);
}

/// A shelf that lives as long as the test.
TemplateShelf shelfOn(QMap<QString, QByteArray>& kept)
{
    return {
        [&kept] { return kept; },
        [&kept](const QString& name, const QByteArray& json) {
            kept.insert(name, json);
            return true;
        },
        [&kept](const QString& name) { kept.remove(name); },
    };
}

QString problemIn(const QWidget& dialog)
{
    return child<QLabel>(dialog, u"problem"_s)->text();
}
}

class TestRequestDialogs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void everyFieldOfASessionGetsIntoTheRequest()
    {
        NewSessionDialog dialog(targetOf(9), previewSession, {});
        child<QComboBox>(dialog, u"kind"_s)->setCurrentIndex(1);
        const QMap<QString, QString> lines{ { u"name"_s, u"etl"_s }, { u"proxyUser"_s, u"ann"_s }, { u"driverMemory"_s, u"4 G"_s },
            { u"executorMemory"_s, u"2g"_s }, { u"queue"_s, u"adhoc"_s }, { u"idleTimeout"_s, u"30m"_s }, { u"ttl"_s, u"8h"_s } };
        for (const auto& [name, value] : lines.asKeyValueRange())
            child<QLineEdit>(dialog, name)->setText(value);
        const QMap<QString, QString> texts{ { u"jars"_s, u"/a.jar\n\n hdfs:///b.jar "_s }, { u"pyFiles"_s, u"/c.py"_s },
            { u"files"_s, u"/d"_s }, { u"archives"_s, u"/e.zip"_s }, { u"conf"_s, u"spark.x=1"_s } };
        for (const auto& [name, value] : texts.asKeyValueRange())
            child<QPlainTextEdit>(dialog, name)->setPlainText(value);
        const QMap<QString, int> numbers{ { u"driverCores"_s, 1 }, { u"executorCores"_s, 3 }, { u"numExecutors"_s, 4 }, { u"heartbeatTimeoutInSecond"_s, 60 } };
        for (const auto& [name, value] : numbers.asKeyValueRange())
            child<QSpinBox>(dialog, name)->setValue(value);
        const QByteArray expected = R"({"kind":"pyspark","name":"etl","proxyUser":"ann","jars":["/a.jar","hdfs:///b.jar"],"pyFiles":["/c.py"],)"
            R"("files":["/d"],"archives":["/e.zip"],"driverMemory":"4g","driverCores":1,"executorMemory":"2g","executorCores":3,"numExecutors":4,)"
            R"("queue":"adhoc","conf":{"spark.x":"1"},"heartbeatTimeoutInSecond":60,"ttl":"8h","idleTimeout":"30m"})"_ba;
        QCOMPARE(previewSession(dialog.wanted()), expected);
        QCOMPARE(child<QPlainTextEdit>(dialog, u"requestJson"_s)->toPlainText(), QString::fromUtf8(expected));
        QVERIFY(problemIn(dialog).isEmpty());
        // The form takes the whole of it back.
        NewSessionDialog other(targetOf(9), previewSession, {});
        other.setWanted(dialog.wanted());
        QCOMPARE(previewSession(other.wanted()), expected);
    }
    void everyFieldOfABatchGetsIntoTheRequest()
    {
        SubmitBatchDialog dialog(targetOf(9), encodeBatch, {}, nullptr);
        const QMap<QString, QString> lines{ { u"file"_s, u"hdfs:///x.jar"_s }, { u"className"_s, u"org.X"_s }, { u"args"_s, u"--day '1 May'"_s },
            { u"name"_s, u"load"_s }, { u"proxyUser"_s, u"ann"_s }, { u"driverMemory"_s, u"1g"_s }, { u"executorMemory"_s, u"2g"_s }, { u"queue"_s, u"etl"_s } };
        for (const auto& [name, value] : lines.asKeyValueRange())
            child<QLineEdit>(dialog, name)->setText(value);
        const QMap<QString, QString> texts{ { u"jars"_s, u"/a.jar\n/b.jar"_s }, { u"pyFiles"_s, u"/c.py"_s }, { u"files"_s, u"/d"_s }, { u"archives"_s, u"/e.zip"_s },
            { u"conf"_s, u"spark.x 1"_s } };
        for (const auto& [name, value] : texts.asKeyValueRange())
            child<QPlainTextEdit>(dialog, name)->setPlainText(value);
        const QMap<QString, int> numbers{ { u"driverCores"_s, 1 }, { u"executorCores"_s, 3 }, { u"numExecutors"_s, 4 } };
        for (const auto& [name, value] : numbers.asKeyValueRange())
            child<QSpinBox>(dialog, name)->setValue(value);
        const QByteArray expected = R"({"file":"hdfs:///x.jar","className":"org.X","args":["--day","1 May"],"name":"load","proxyUser":"ann",)"
            R"("jars":["/a.jar","/b.jar"],"pyFiles":["/c.py"],"files":["/d"],"archives":["/e.zip"],"driverMemory":"1g","driverCores":1,)"
            R"("executorMemory":"2g","executorCores":3,"numExecutors":4,"queue":"etl","conf":{"spark.x":"1"}})"_ba;
        QCOMPARE(encodeBatch(dialog.wanted()), expected);
        SubmitBatchDialog other(targetOf(9), encodeBatch, {}, nullptr);
        other.setWanted(dialog.wanted());
        QCOMPARE(encodeBatch(other.wanted()), expected);
    }
    void allFieldsStandUnderTheTemplates()
    {
        NewSessionDialog dialog(targetOf(9), previewSession, {});
        dialog.show();
        const int left = child<QComboBox>(dialog, u"template"_s)->mapTo(&dialog, QPoint()).x();
        auto* pages = child<QTabWidget>(dialog, u"pages"_s);
        const QStringList fieldOfPage{ u"name"_s, u"queue"_s, u"jars"_s, {}, u"ttl"_s };
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            QCoreApplication::sendPostedEvents();
            if (!fieldOfPage.at(page).isEmpty())
                QCOMPARE(child<QWidget>(dialog, fieldOfPage.at(page))->mapTo(&dialog, QPoint()).x(), left);
        }
    }
    void namesTheFieldAndTheRule_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("expected");
        QTest::newRow("digits for a name") << u"name"_s << u"12"_s << u"Name: not digits"_s;
        QTest::newRow("a long name") << u"name"_s << QString(201, u'x') << u"Name: at most 200"_s;
        QTest::newRow("memory") << u"driverMemory"_s << u"lots"_s << u"Driver memory: a number and a unit"_s;
        QTest::newRow("other memory") << u"executorMemory"_s << u"1.5g"_s << u"Executor memory: "_s;
        QTest::newRow("idle") << u"idleTimeout"_s << u"soon"_s << u"Ends when idle for: "_s;
        QTest::newRow("ttl") << u"ttl"_s << u"8 hours"_s << u"Lives at most: "_s;
        QTest::newRow("relative jar") << u"jars"_s << u"/a.jar\nb.jar"_s << u"Jars: file 2 needs"_s;
        QTest::newRow("comma") << u"files"_s << u"/a,b"_s << u"Files: no comma in a path (file 1)"_s;
        QTest::newRow("drive") << u"archives"_s << u"C:\\a.zip"_s << u"Archives: file 1"_s;
        QTest::newRow("setting") << u"conf"_s << u"a=1\noops"_s << u"Spark settings, line 2"_s;
    }
    void namesTheFieldAndTheRule()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QString, expected);
        NewSessionDialog dialog(targetOf(9), previewSession, {});
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        QVERIFY(accept->isEnabled());
        auto* widget = child<QWidget>(dialog, field);
        if (auto* line = qobject_cast<QLineEdit*>(widget))
            line->setText(typed);
        else if (auto* text = qobject_cast<QPlainTextEdit*>(widget))
            text->setPlainText(typed);
        QVERIFY2(problemIn(dialog).startsWith(expected), qPrintable(problemIn(dialog)));
        QVERIFY(!accept->isEnabled());
        // The page of the field is marked, and no other.
        auto* pages = child<QTabWidget>(dialog, u"pages"_s);
        for (int page = 0; page < pages->count(); ++page)
            QCOMPARE(!pages->tabIcon(page).isNull(), pages->widget(page)->isAncestorOf(widget));
    }
    void knowsSizesAndTimes()
    {
        for (const auto& good : { u""_s, u"4g"_s, u"512M"_s, u" 2g "_s, u"1t"_s })
            QVERIFY2(isMemorySize(good), qPrintable(good));
        for (const auto& bad : { u"g"_s, u"-1g"_s, u"4 apples"_s, u"1.5g"_s, u"1024"_s, u"2 g"_s, u"2gb"_s })
            QVERIFY2(!isMemorySize(bad), qPrintable(bad));
        for (const auto& good : { u""_s, u"90s"_s, u"30m"_s, u"5min"_s, u"1000"_s, u"2d"_s, u"7us"_s })
            QVERIFY2(isTimeSpan(good), qPrintable(good));
        for (const auto& bad : { u"m"_s, u"1.5h"_s, u"1w"_s, u"-1s"_s, u"1 h"_s })
            QVERIFY2(!isTimeSpan(bad), qPrintable(bad));
    }
    void offersNoFieldThatTheServerWouldRefuse_data()
    {
        QTest::addColumn<int>("minor");
        QTest::addColumn<bool>("hasTtl");
        QTest::addColumn<bool>("hasIdle");
        QTest::newRow("0.7") << 7 << false << false;
        QTest::newRow("0.8") << 8 << true << false;
        QTest::newRow("0.9") << 9 << true << true;
        QTest::newRow("untold") << 0 << false << false;
    }
    void offersNoFieldThatTheServerWouldRefuse()
    {
        QFETCH(int, minor);
        QFETCH(bool, hasTtl);
        QFETCH(bool, hasIdle);
        NewSessionDialog dialog(targetOf(minor), previewSession, {});
        QCOMPARE(child<QLineEdit>(dialog, u"ttl"_s)->isEnabled(), hasTtl);
        QCOMPARE(child<QLineEdit>(dialog, u"idleTimeout"_s)->isEnabled(), hasIdle);
        NewSession wanted;
        wanted.ttl = u"8h"_s;
        wanted.idleTimeout = u"1h"_s;
        dialog.setWanted(wanted);
        QCOMPARE(dialog.wanted().ttl.isEmpty(), !hasTtl);
        QVERIFY(problemIn(dialog).isEmpty());
        // Written by hand it is refused by name.
        child<QPlainTextEdit>(dialog, u"requestJson"_s)->setPlainText(u"{\"ttl\": \"8h\"}"_s);
        QCOMPARE(problemIn(dialog).startsWith("Lives at most: only servers from Livy 0.8"_L1), !hasTtl);
    }
    void marksARequestEditedByHand()
    {
        NewSessionDialog dialog(targetOf(9), previewSession, {});
        auto* json = child<QPlainTextEdit>(dialog, u"requestJson"_s);
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        json->setPlainText(u"[]"_s);
        QVERIFY(dialog.isRaw());
        QVERIFY(!accept->isEnabled());
        QVERIFY(problemIn(dialog).contains("object"_L1));
        QVERIFY(!child<QLineEdit>(dialog, u"name"_s)->isEnabled());
        json->setPlainText(u"{\"driverCores\": \"2\"}"_s);
        QVERIFY(problemIn(dialog).startsWith("driverCores"_L1));
        json->setPlainText(u"{\"name\": \"é\", \"extra\": 1}"_s);
        QVERIFY(accept->isEnabled());
        QCOMPARE(dialog.rawJson(), "{\"name\": \"é\", \"extra\": 1}"_ba);
        QVERIFY(child<QLabel>(dialog, u"requestMark"_s)->text().contains("by hand"_L1));
        child<QToolButton>(dialog, u"backToForm"_s)->click();
        QVERIFY(!dialog.isRaw());
        // What the form can say of it stays.
        QCOMPARE(child<QLineEdit>(dialog, u"name"_s)->text(), u"é"_s);
        QCOMPARE(json->toPlainText(), u"{\"kind\":\"shared\",\"name\":\"é\"}"_s);
    }
    void keepsTheFormWhenWhatWasWrittenIsUnreadable()
    {
        NewSessionDialog dialog(targetOf(9), previewSession, {});
        child<QLineEdit>(dialog, u"name"_s)->setText(u"etl"_s);
        child<QPlainTextEdit>(dialog, u"requestJson"_s)->setPlainText(u"{"_s);
        child<QToolButton>(dialog, u"backToForm"_s)->click();
        QCOMPARE(dialog.wanted().name, u"etl"_s);
        QVERIFY(problemIn(dialog).isEmpty());
    }
    void keepsATemplateWithoutNameAndSecrets()
    {
        QMap<QString, QByteArray> kept;
        NewSessionDialog dialog(targetOf(8), previewSession, shelfOn(kept));
        child<QLineEdit>(dialog, u"name"_s)->setText(u"etl"_s);
        child<QLineEdit>(dialog, u"queue"_s)->setText(u"adhoc"_s);
        child<QPlainTextEdit>(dialog, u"conf"_s)->setPlainText(u"spark.x=1\nspark.hadoop.fs.s3a.secret.key=hunter2"_s);
        auto* keep = child<QPushButton>(dialog, u"keepTemplate"_s);
        QVERIFY(!keep->isEnabled());
        child<QComboBox>(dialog, u"template"_s)->setEditText(u" small "_s);
        keep->click();
        QCOMPARE(kept.keys(), QStringList{ u"small"_s });
        QCOMPARE(kept.value(u"small"_s), R"({"kind":"shared","queue":"adhoc","conf":{"spark.x":"1"}})"_ba);
        QVERIFY(child<ElidedLabel>(dialog, u"templateNote"_s)->text().contains("fs.s3a.secret.key"_L1));
        // There is one of this name now: it is not replaced.
        QVERIFY(!keep->isEnabled());
        child<QPushButton>(dialog, u"removeTemplate"_s)->click();
        QVERIFY(kept.isEmpty());
        QVERIFY(child<QComboBox>(dialog, u"template"_s)->currentText().isEmpty());
    }
    void keepsATemplateOfABatchWithoutItsPasswords()
    {
        QMap<QString, QByteArray> kept;
        SubmitBatchDialog dialog(targetOf(9), encodeBatch, shelfOn(kept), nullptr);
        NewBatch wanted;
        wanted.file = u"https://ann:hunter2@repo.example/etl.jar"_s;
        wanted.args = { u"--password"_s, u"hunter2"_s, u"jdbc:pg://h/db?user=u&password=hunter2"_s, u"2026-11-22"_s };
        wanted.jars = { u"https://ann:hunter2@repo.example/a.jar"_s, u"/b.jar"_s };
        dialog.setWanted(wanted);
        child<QComboBox>(dialog, u"template"_s)->setEditText(u"etl"_s);
        child<QPushButton>(dialog, u"keepTemplate"_s)->click();
        const QByteArray json = kept.value(u"etl"_s);
        QVERIFY2(!json.contains("hunter2"), json.constData());
        QVERIFY(json.contains("2026-11-22") && json.contains("/b.jar") && json.contains("repo.example/etl.jar"));
        const QString note = child<ElidedLabel>(dialog, u"templateNote"_s)->text();
        for (const QString& field : { u"File"_s, u"Arguments"_s, u"Jars"_s })
            QVERIFY2(note.contains(field), qPrintable(note));
    }
    void keepsATemplateByEnterAndSendsNothing()
    {
        QMap<QString, QByteArray> kept;
        NewSessionDialog dialog(targetOf(8), previewSession, shelfOn(kept));
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.open();
        auto* name = child<QComboBox>(dialog, u"template"_s);
        name->setFocus();
        QTest::keyClicks(name, u"small"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(kept.keys(), QStringList{ u"small"_s });
        QTest::keyClick(name, Qt::Key_Enter);
        QVERIFY(dialog.isVisible());
        QCOMPARE(accepted.size(), 0);
    }
    void fillsInATemplateAndKeepsWhatWasTyped()
    {
        QMap<QString, QByteArray> kept{ { u"big"_s, R"({"kind":"sql","driverMemory":"8g","queue":"etl","conf":{"spark.x":"1","spark.y":"2"}})"_ba } };
        NewSessionDialog dialog(targetOf(9), previewSession, shelfOn(kept));
        child<QLineEdit>(dialog, u"queue"_s)->setText(u"adhoc"_s);
        child<QPlainTextEdit>(dialog, u"conf"_s)->setPlainText(u"spark.x=9"_s);
        child<QComboBox>(dialog, u"template"_s)->setCurrentIndex(0);
        child<QPushButton>(dialog, u"applyTemplate"_s)->click();
        const NewSession wanted = dialog.wanted();
        QCOMPARE(wanted.kind, Kind::Sql);
        QCOMPARE(wanted.driverMemory, u"8g"_s);
        QCOMPARE(wanted.queue, u"adhoc"_s);
        QCOMPARE(wanted.conf, (QMap<QString, QString>{ { u"spark.x"_s, u"9"_s }, { u"spark.y"_s, u"2"_s } }));
        const QString note = child<ElidedLabel>(dialog, u"templateNote"_s)->text();
        QVERIFY2(note.contains("Queue"_L1) && note.contains("conf.spark.x"_L1), qPrintable(note));
    }
    void losesNothingUnreadableToATemplate()
    {
        QMap<QString, QByteArray> kept{ { u"big"_s, "{\"file\":\"/a.py\"}"_ba } };
        SubmitBatchDialog dialog(targetOf(9), encodeBatch, shelfOn(kept), nullptr);
        child<QLineEdit>(dialog, u"args"_s)->setText(u"'open"_s);
        child<QComboBox>(dialog, u"template"_s)->setCurrentIndex(0);
        child<QPushButton>(dialog, u"applyTemplate"_s)->click();
        QCOMPARE(child<QLineEdit>(dialog, u"args"_s)->text(), u"'open"_s);
        QVERIFY(child<QLineEdit>(dialog, u"file"_s)->text().isEmpty());
    }
    void copiesTheRequestAsCommands()
    {
        RequestTarget target = targetOf(9);
        target.server.auth = AuthKind::Basic;
        target.server.user = u"ann o"_s;
        SubmitBatchDialog batch(target, encodeBatch, {}, nullptr);
        NewBatch wanted;
        wanted.file = u"/jobs/it's.py"_s;
        wanted.args = { u"1 May"_s };
        wanted.jars = { u"/a.jar"_s, u"/b.jar"_s };
        wanted.conf = { { u"spark.x"_s, u"a b"_s } };
        wanted.numExecutors = 4;
        batch.setWanted(wanted);
        child<QAction>(batch, u"copyCurl"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(),
            uR"(curl -X POST -H 'Content-Type: application/json' -H 'X-Requested-By: kindling' -u 'ann o' --data '{"file":"/jobs/it'\''s.py","args":["1 May"],"jars":["/a.jar","/b.jar"],"numExecutors":4,"conf":{"spark.x":"a b"}}' https://gw.example.org/livy/batches)"_s);
        child<QAction>(batch, u"copySpark"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(),
            uR"(spark-submit --num-executors 4 --jars /a.jar,/b.jar --conf 'spark.x=a b' '/jobs/it'\''s.py' '1 May')"_s);
        target.server.auth = AuthKind::Bearer;
        NewSessionDialog session(target, previewSession, {});
        child<QComboBox>(session, u"kind"_s)->setCurrentIndex(2);
        child<QAction>(session, u"copyCurl"_s)->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains("-H 'Authorization: Bearer '\"$TOKEN\""_L1));
        child<QAction>(session, u"copySpark"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"spark-shell"_s);
        child<QAction>(session, u"copyJson"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"{\"kind\":\"spark\"}"_s);
    }
    void curlGoesTheServersWay()
    {
        RequestTarget target = targetOf(9);
        target.server.doAs = u"bo & co"_s;
        target.server.authorityFile = u"/etc/own ca.pem"_s;
        target.server.clientCertificateFile = u"/me.pem"_s;
        target.server.clientKeyFile = u"/me.key"_s;
        target.server.usesSystemProxy = false;
        target.server.headerNames = { u"X-Api-Key"_s };
        SubmitBatchDialog dialog(target, encodeBatch, {}, nullptr);
        child<QLineEdit>(dialog, u"file"_s)->setText(u"/a.py"_s);
        child<QAction>(dialog, u"copyCurl"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(),
            uR"(curl -X POST -H 'Content-Type: application/json' -H 'X-Requested-By: kindling' --cacert '/etc/own ca.pem' --cert /me.pem --key /me.key --noproxy '*' -H 'X-Api-Key: '"$HEADER_X_API_KEY" --data '{"file":"/a.py"}' 'https://gw.example.org/livy/batches?doAs=bo%20%26%20co')"_s);
    }
    void submitsABatchOnceThereIsAFile()
    {
        AnsweringDialogs files;
        SubmitBatchDialog dialog(targetOf(9), encodeBatch, {}, &files);
        auto* accept = child<QPushButton>(dialog, u"okButton"_s);
        QVERIFY(!accept->isEnabled());
        child<QPushButton>(dialog, u"browse"_s)->click();
        QVERIFY(!accept->isEnabled());
        files.path = u"/jobs/load.py"_s;
        child<QPushButton>(dialog, u"browse"_s)->click();
        QVERIFY(accept->isEnabled());
        QCOMPARE(dialog.wanted().file, files.path);
        child<QLineEdit>(dialog, u"args"_s)->setText(u"'open"_s);
        QVERIFY(!accept->isEnabled());
        QVERIFY(problemIn(dialog).startsWith("Arguments: a quote"_L1));
        child<QLineEdit>(dialog, u"args"_s)->clear();
        child<QLineEdit>(dialog, u"file"_s)->setText(u"load.py"_s);
        QVERIFY(problemIn(dialog).startsWith("File: a path from /"_L1));
        child<QPlainTextEdit>(dialog, u"requestJson"_s)->setPlainText(u"{\"name\": \"x\"}"_s);
        QVERIFY(problemIn(dialog).startsWith("File: a batch needs one"_L1));
    }
    void hasNoBrowseWhereTheServerSeesOtherFiles()
    {
        SubmitBatchDialog dialog(targetOf(9), encodeBatch, {}, nullptr);
        QVERIFY(dialog.findChild<QPushButton*>(u"browse"_s) == nullptr);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        child<QLineEdit>(dialog, u"file"_s)->setText(u"hdfs:///x.jar"_s);
        dialog.open();
        child<QPushButton>(dialog, u"okButton"_s)->click();
        QCOMPARE(accepted.size(), 1);
    }
    void standsNamesOfServersOfAnyKind()
    {
        RequestTarget target = targetOf(9);
        target.server.name = hostileName();
        target.version.text = hostileName();
        target.version.minor = 7;
        const NewSessionDialog dialog(target, previewSession, {});
        QVERIFY(dialog.windowTitle().size() < 120);
        QVERIFY(child<QLineEdit>(dialog, u"ttl"_s)->placeholderText().size() < 120);
    }
};

KINDLING_TEST(TestRequestDialogs)
#include "tst_requestdialogs.moc"
