// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/serverlist.h"
#include "app/storage/settings.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
ServerProfile profileOf(const QString& id, const QString& url)
{
    return { id, u"prod"_s, ServerKind::Livy, QUrl(url), AuthKind::Basic, u"ann"_s };
}
}

class TestSettings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_home = std::make_unique<QTemporaryDir>();
    }

    void beginsWithDefaults()
    {
        const Settings settings(folder());
        QVERIFY(settings.servers().isEmpty());
        QCOMPARE(settings.colorScheme(), ColorSchemeChoice::System);
        QVERIFY(settings.recentNotebooks().isEmpty());
        QVERIFY(settings.openNotebooks().isEmpty());
        QVERIFY(settings.layout(u"window"_s).isEmpty());
        QVERIFY(settings.setAside().isEmpty());
    }

    void keepsEverythingBetweenStarts()
    {
        ServerProfile local{ u"local-1"_s, u"Local \u00e9 = ; \"x\""_s, ServerKind::LocalSpark, {}, AuthKind::None, {} };
        ServerProfile gateway = profileOf(u"a-1"_s, u"https://gw.example/gateway/livy"_s);
        ServerProfile token = profileOf(u"b-2"_s, u"http://h:8998"_s);
        token.auth = AuthKind::Bearer;
        const QByteArray state = QByteArray::fromHex("00ff0a5c22003b");
        {
            Settings settings(folder());
            settings.setServers({ local, gateway, token });
            settings.setColorScheme(ColorSchemeChoice::Dark);
            settings.addRecentNotebook(u"/a, b.ipynb"_s);
            settings.setOpenNotebooks({ u"/one.ipynb"_s, u"/two.ipynb"_s });
            settings.setLayout(u"window/main=1"_s, state);
        }
        const Settings settings(folder());
        QCOMPARE(settings.servers(), QList<ServerProfile>({ local, gateway, token }));
        QCOMPARE(settings.colorScheme(), ColorSchemeChoice::Dark);
        QCOMPARE(settings.recentNotebooks(), QStringList{ u"/a, b.ipynb"_s });
        QCOMPARE(settings.openNotebooks(), QStringList({ u"/one.ipynb"_s, u"/two.ipynb"_s }));
        QCOMPARE(settings.layout(u"window/main=1"_s), state);
        QVERIFY(settings.setAside().isEmpty());
    }

    void keepsHowAServerIsReached()
    {
        ServerProfile wanted = profileOf(u"a-1"_s, u"https://gw.example/livy"_s);
        wanted.doAs = u"ben"_s;
        wanted.isReadOnly = true;
        wanted.python = u"/opt/env"_s;
        wanted.authorityFile = u"/etc/own \u00e9.pem"_s;
        wanted.fingerprint = QByteArray(32, '\xa7');
        wanted.usesSystemProxy = false;
        wanted.headerNames = { u"X-Team"_s, u"X-Key"_s };
        wanted.clientCertificateFile = u"/etc/me.pem"_s;
        wanted.clientKeyFile = u"/etc/me.key"_s;
        wanted.largestAnswerMiB = 300;
        Settings(folder()).setServers({ wanted });
        QCOMPARE(Settings(folder()).servers(), QList<ServerProfile>{ wanted });
    }

    void keepsTheLargestAnswerWithinBounds()
    {
        ServerProfile wanted = profileOf(u"a-1"_s, u"https://gw.example/livy"_s);
        QCOMPARE(wanted.largestAnswerMiB, 64);
        for (const auto& [asked, kept] : QList<std::pair<int, int>>{ { 0, 1 }, { -5, 1 }, { 1, 1 }, { 2048, 2048 }, { 1'000'000, 2048 } }) {
            wanted.largestAnswerMiB = asked;
            QCOMPARE(cleanedProfile(wanted)->largestAnswerMiB, kept);
        }
        wanted.largestAnswerMiB = 300;
        Settings(folder()).setServers({ wanted });
        QFile file(folder() + u"/preferences.conf"_s);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        QVERIFY(text.contains("largestAnswerMiB=300"));
        file.resize(0);
        file.seek(0);
        file.write(text.replace("largestAnswerMiB=300", "largestAnswerMiB=much"));
        file.close();
        QCOMPARE(Settings(folder()).servers().first().largestAnswerMiB, 64);
    }

    void dropsHeaderNamesThatNoRequestMayHold()
    {
        ServerProfile wanted = profileOf(u"a-1"_s, u"https://gw.example/livy"_s);
        wanted.headerNames = { u"X-Team"_s, u"a: b"_s, u"x\r\ny"_s, QString(), u"x-team"_s, QString(300, u'x'), u"\u00e9"_s };
        QCOMPARE(cleanedProfile(wanted)->headerNames, QStringList{ u"X-Team"_s });
    }

    void neverLosesAPinThatCannotBeRead_data()
    {
        QTest::addColumn<QString>("pin");
        QTest::newRow("no hex") << u"zz"_s;
        QTest::newRow("short") << u"a7a7"_s;
        QTest::newRow("long") << QString(66, u'a');
        QTest::newRow("odd") << QString(63, u'a');
    }
    void neverLosesAPinThatCannotBeRead()
    {
        QFETCH(QString, pin);
        ServerProfile wanted = profileOf(u"a-1"_s, u"https://gw.example/livy"_s);
        wanted.fingerprint = QByteArray(32, '\xa7');
        Settings(folder()).setServers({ wanted });
        QFile file(folder() + u"/preferences.conf"_s);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        QVERIFY(text.contains(wanted.fingerprint.toHex()));
        file.resize(0);
        file.seek(0);
        file.write(text.replace(wanted.fingerprint.toHex(), pin.toLatin1()));
        file.close();
        QVERIFY(Settings(folder()).servers().isEmpty());
    }

    void keepsHowMuchIsRecorded()
    {
        const RecordPolicy wanted{ .isOn = false, .days = 7, .mebibytes = 300 };
        {
            Settings settings(folder());
            QCOMPARE(settings.recordPolicy(), RecordPolicy());
            QSignalSpy changed(&settings, &Settings::recordPolicyChanged);
            settings.setRecordPolicy(wanted);
            settings.setRecordPolicy(wanted);
            QCOMPARE(changed.size(), 1);
            QVERIFY(settings.recordFile().startsWith(folder()));
        }
        Settings settings(folder());
        QCOMPARE(settings.recordPolicy(), wanted);
        settings.setRecordPolicy({ .isOn = true, .days = -3, .mebibytes = 2'000'000'000 });
        QCOMPARE(settings.recordPolicy(), (RecordPolicy{ .isOn = true, .days = 1, .mebibytes = 1024 * 1024 }));
    }

    void keepsWhatIsToBeTold()
    {
        const NoticePolicy wanted{ .isOn = false, .silenced = { NoticeKind::BatchFailed, NoticeKind::ServerUnreachable }, .onlyOwnBatches = true,
            .longStatement = std::chrono::seconds(90),
            .rules = { { NoticeRule::What::BatchRunsLong, u"nightly=*, \"é\";"_s, std::chrono::minutes(90) },
                { NoticeRule::What::SessionIdleLong, {}, std::chrono::minutes(600) } } };
        {
            Settings settings(folder());
            QCOMPARE(settings.noticePolicy(), NoticePolicy());
            QSignalSpy changed(&settings, &Settings::noticePolicyChanged);
            settings.setNoticePolicy(wanted);
            settings.setNoticePolicy(wanted);
            QCOMPARE(changed.size(), 1);
        }
        Settings settings(folder());
        QCOMPARE(settings.noticePolicy(), wanted);
        NoticePolicy fewer = wanted;
        fewer.rules.removeFirst();
        settings.setNoticePolicy(fewer);
        QCOMPARE(Settings(folder()).noticePolicy(), fewer);
    }
    void whatIsToBeToldHasItsMeasure()
    {
        NoticePolicy wild{ .longStatement = std::chrono::seconds(-5) };
        const NoticeRule rule{ NoticeRule::What::BatchRunsLong, u" a "_s, std::chrono::minutes(0) };
        wild.rules = { rule, rule, { rule.what, QString(201, u'x'), rule.limit }, { rule.what, u"a\nb"_s, rule.limit }, { rule.what, QString(QChar(0xd800)), rule.limit } };
        const NoticePolicy clean = cleanedPolicy(wild);
        QCOMPARE(clean.longStatement, std::chrono::seconds(1));
        QCOMPARE(clean.rules, (QList<NoticeRule>{ { rule.what, u"a"_s, std::chrono::minutes(1) } }));
        for (int i = 0; i < 200; ++i)
            wild.rules.append({ rule.what, QString::number(i), rule.limit });
        QCOMPARE(cleanedPolicy(wild).rules.size(), 50);
    }
    void readsNonsenseAboutNoticesAsNothing()
    {
        write(u"preferences.conf"_s,
            "[notices]\nisOn=@Size(1 2)\nsilenced=no-such, batch-failed\nlongStatementSeconds=abc\nrules\\size=2000000000\n"
            "rules\\1\\what=batch-runs-long\nrules\\1\\minutes=soon\n"
            "rules\\2\\what=no-such\nrules\\2\\minutes=5\n"
            "rules\\3\\what=session-idle-long\nrules\\3\\pattern=@Size(1 2)\nrules\\3\\minutes=-7\n");
        const NoticePolicy policy = Settings(folder()).noticePolicy();
        QCOMPARE(policy.silenced, QSet<NoticeKind>{ NoticeKind::BatchFailed });
        QCOMPARE(policy.longStatement, NoticePolicy().longStatement);
        QCOMPARE(policy.rules, (QList<NoticeRule>{ { NoticeRule::What::SessionIdleLong, {}, std::chrono::minutes(1) } }));
    }

    void keepsWhatRulesHaveTold()
    {
        QVERIFY(Settings(folder()).toldRules().isEmpty());
        const QDateTime since = QDateTime(QDate(2026, 11, 22), QTime(12, 0), QTimeZone::UTC);
        const ItemKey session{ u"prod"_s, ItemType::Session, u"0"_s };
        const QList<ToldRule> wanted{ { { NoticeRule::What::BatchRunsLong, {}, std::chrono::minutes(90) }, { u"a, b;\"="_s, ItemType::Batch, u"7\n"_s }, since },
            { { NoticeRule::What::SessionIdleLong, u"etl*, é"_s, std::chrono::minutes(1) }, session, since.addMSecs(1) } };
        Settings(folder()).setToldRules(wanted);
        QCOMPARE(Settings(folder()).toldRules(), wanted);
        Settings(folder()).setToldRules(QList<ToldRule>(5000, wanted.at(1)));
        QCOMPARE(Settings(folder()).toldRules().size(), 2000);
        Settings(folder()).setToldRules({});
        QVERIFY(Settings(folder()).toldRules().isEmpty());
    }
    void readsNonsenseAboutWhatRulesHaveToldAsNothing()
    {
        write(u"state.conf"_s,
            "[notices]\ntold=no-such, \"\", 60, a, batch, 7, 1, batch-runs-long, \"\", 60, a, neither, 7, 1,"
            " batch-runs-long, \"\", 60, a, batch, 7, soon, session-idle-long, x, 60, a, session, 7, 1000, batch-runs-long, 60\n");
        const QList<ToldRule> told = Settings(folder()).toldRules();
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.at(0).rule.pattern, u"x"_s);
        write(u"state.conf"_s, "[notices]\ntold=@Size(1 2)\n");
        QVERIFY(Settings(folder()).toldRules().isEmpty());
    }

    void keepsRequestsUnderNamesAndReplacesNone()
    {
        Settings settings(folder());
        const QString name = u"nightly / é=1"_s;
        QVERIFY(settings.addRequestTemplate(ItemType::Session, name, "{\"queue\":\"a, b;\"}"));
        Settings other(folder());
        QVERIFY(other.addRequestTemplate(ItemType::Session, u"two"_s, "{}"));
        QVERIFY(!settings.addRequestTemplate(ItemType::Session, u"two"_s, "{\"name\":\"x\"}"));
        QVERIFY(settings.addRequestTemplate(ItemType::Batch, u"two"_s, "[]"));
        QCOMPARE(settings.requestTemplates(ItemType::Session),
            (QMap<QString, QByteArray>{ { name, "{\"queue\":\"a, b;\"}" }, { u"two"_s, "{}" } }));
        settings.removeRequestTemplate(ItemType::Session, u"two"_s);
        QCOMPARE(settings.requestTemplates(ItemType::Session).keys(), QStringList{ name });
        QCOMPARE(Settings(folder()).requestTemplates(ItemType::Batch).keys(), QStringList{ u"two"_s });
    }
    void keepsNoRequestWithoutMeasure()
    {
        Settings settings(folder());
        QVERIFY(!settings.addRequestTemplate(ItemType::Session, {}, "{}"));
        QVERIFY(!settings.addRequestTemplate(ItemType::Session, QString(101, u'x'), "{}"));
        QVERIFY(!settings.addRequestTemplate(ItemType::Session, u"big"_s, QByteArray(65 * 1024, ' ')));
        QVERIFY(!settings.addRequestTemplate(ItemType::Session, u"none"_s, {}));
        write(u"preferences.conf"_s, "[templates]\nsessions\\a=@Size(1 2)\nsessions\\b={}\n");
        QCOMPARE(Settings(folder()).requestTemplates(ItemType::Session).keys(), QStringList{ u"b"_s });
    }

    void forgetsRemovedServers()
    {
        {
            Settings settings(folder());
            settings.setServers({ profileOf(u"a"_s, u"http://a"_s), profileOf(u"b"_s, u"http://b"_s) });
            settings.setServers({ profileOf(u"b"_s, u"http://b"_s) });
        }
        QCOMPARE(Settings(folder()).servers(), QList<ServerProfile>{ profileOf(u"b"_s, u"http://b"_s) });
    }

    void twoInstancesLoseNoServerOfEachOther()
    {
        const ServerProfile a = profileOf(u"a"_s, u"http://a"_s);
        const ServerProfile otherA = profileOf(u"a"_s, u"http://other"_s);
        const ServerProfile b = profileOf(u"b"_s, u"http://b"_s);
        const ServerProfile c = profileOf(u"c"_s, u"http://c"_s);
        Settings first(folder());
        Settings second(folder());
        first.setServers({ a });
        second.setServers({ b });
        QCOMPARE(second.servers(), (QList{ b, a }));
        QCOMPARE(Settings(folder()).servers(), second.servers());
        first.setServers({ otherA });
        QCOMPARE(first.servers(), (QList{ otherA, b }));
        second.setServers({ a }); // it left that one alone
        QCOMPARE(second.servers(), QList{ otherA });
        first.setServers({ otherA, b, c }); // where b was removed meanwhile
        QCOMPARE(first.servers(), (QList{ otherA, c }));
        QCOMPARE(Settings(folder()).servers(), first.servers());
    }

    void aFileThatIsGoneTakesNoServerAlong()
    {
        const ServerProfile a = profileOf(u"a"_s, u"http://a"_s);
        const ServerProfile b = profileOf(u"b"_s, u"http://b"_s);
        QCOMPARE(mergedServers({ a }, { a, b }, {}), (QList{ a, b }));
        QCOMPARE(mergedServers({ a }, { a }, { { b }, true }), (QList{ a, b }));
    }

    void tellsChangesOnce()
    {
        Settings settings(folder());
        QSignalSpy servers(&settings, &Settings::serversChanged);
        QSignalSpy scheme(&settings, &Settings::colorSchemeChanged);
        QSignalSpy recent(&settings, &Settings::recentNotebooksChanged);
        for (int round = 0; round < 2; ++round) {
            settings.setServers({ profileOf(u"a"_s, u"http://a"_s) });
            settings.setColorScheme(ColorSchemeChoice::Light);
            settings.addRecentNotebook(u"/x"_s);
        }
        QCOMPARE(servers.size(), 1);
        QCOMPARE(scheme.size(), 1);
        QCOMPARE(recent.size(), 1);
    }

    void ordersRecentNotebooksAndForgetsTheOldest()
    {
        Settings settings(folder());
        for (int number = 0; number < 20; ++number)
            settings.addRecentNotebook(u"/%1"_s.arg(number));
        settings.addRecentNotebook(u"/15"_s);
        const QStringList recent = settings.recentNotebooks();
        QCOMPARE(recent.size(), 12);
        QCOMPARE(recent.first(), u"/15"_s);
        QCOMPARE(recent.at(1), u"/19"_s);
        QCOMPARE(recent.count(u"/15"_s), 1);
        settings.addRecentNotebook({});
        settings.addRecentNotebook(QString(100'000, u'x'));
        QCOMPARE(settings.recentNotebooks(), recent);
    }

    void writesNoSecretOfAnAddress()
    {
        {
            Settings settings(folder());
            settings.setServers({ profileOf(u"a"_s, u"https://ann:hunter2@host/x?token=hunter2#hunter2"_s) });
            QCOMPARE(settings.servers().first().url, QUrl(u"https://host/x"_s));
        }
        QDirIterator files(folder(), QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("hunter2"));
            ++count;
        }
        QVERIFY(count > 0);
    }

    void dropsUnusableProfilesAndKeepsACopy()
    {
        write(u"preferences.conf"_s, R"([General]
format=1
[servers]
size=6
1\id=good
1\name=" two\nlines\x1b "
1\kind=livy
1\url=https://ann:secret@host:8998/livy/
1\auth=none
2\id=../../etc/passwd
2\kind=livy
2\url=http://h
2\auth=none
3\id=script
3\kind=livy
3\url=javascript:alert(1)
3\auth=none
4\id=good
4\kind=livy
4\url=http://other
4\auth=none
5\id=kind
5\kind=quantum
5\url=http://h
5\auth=none
6\id=auth
6\kind=livy
6\url=http://h
6\auth=@Invalid()
)");
        Settings settings(folder());
        QCOMPARE(settings.servers().size(), 1);
        const ServerProfile server = settings.servers().first();
        QCOMPARE(server.name, u"twolines"_s);
        QCOMPARE(server.url, QUrl(u"https://host:8998/livy"_s));
        QVERIFY(settings.setAside().contains("preferences.conf.damaged-"_L1));
        QVERIFY(QFile::exists(settings.setAside()));
        QVERIFY(QFile::exists(folder() + u"/preferences.conf"_s));
    }

    void copiesWhatANewerProgramAddedMeanwhile()
    {
        Settings settings(folder());
        settings.setServers({ profileOf(u"a"_s, u"http://a"_s) });
        QVERIFY(settings.setAside().isEmpty());
        {
            QSettings newer(QDir(folder()).filePath(u"preferences.conf"_s), QSettings::IniFormat);
            newer.beginWriteArray(u"servers"_s, 2);
            newer.setArrayIndex(1);
            newer.setValue(u"id"_s, u"b"_s);
            newer.setValue(u"kind"_s, u"of-tomorrow"_s);
            newer.endArray();
        }
        settings.setServers({ profileOf(u"a"_s, u"http://a"_s), profileOf(u"c"_s, u"http://c"_s) });
        QFile copy(settings.setAside());
        QVERIFY2(copy.open(QIODevice::ReadOnly), qPrintable(settings.setAside()));
        QVERIFY(copy.readAll().contains("of-tomorrow"));
        QCOMPARE(settings.servers().size(), 2);
        const QString first = settings.setAside();
        settings.setServers({ profileOf(u"a"_s, u"http://a"_s) });
        QCOMPARE(settings.setAside(), first); // once is enough
    }
    void copiesWhatItDroppedOnce()
    {
        write(u"preferences.conf"_s, "[General]\nformat=1\n[servers]\nsize=1\n1\\id=kind\n1\\kind=quantum\n1\\url=http://h\n1\\auth=none\n");
        QString aside;
        for (int start = 0; start < 3; ++start)
            aside = Settings(folder()).setAside();
        QVERIFY(QFile::exists(aside));
        QCOMPARE(QDir(folder()).entryList({ u"*.damaged-*"_s }).size(), 1);
    }

    void doesNotCountToTheSizeAFileClaims()
    {
        for (const char* size : { "2147483647", "-5", "x" }) {
            write(u"preferences.conf"_s, "[servers]\nsize=" + QByteArray(size) + "\n");
            QVERIFY(Settings(folder()).servers().isEmpty());
        }
    }

    void putsADamagedFileAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("binary") << QByteArray("\x7f" "ELF\0\1\2", 7);
        QTest::newRow("no text") << "[General]\nformat=1\n\xff\xfe=\xc3\n"_ba;
        QTest::newRow("no settings") << "this is a letter to my aunt\nand a second line\n"_ba;
        QTest::newRow("newer") << "[General]\nformat=2\n[view]\ncolorScheme=dark\n"_ba;
    }
    void putsADamagedFileAside()
    {
        QFETCH(QByteArray, bytes);
        for (const QString& name : { u"preferences.conf"_s, u"state.conf"_s }) {
            m_home = std::make_unique<QTemporaryDir>();
            write(name, bytes);
            Settings settings(folder());
            QCOMPARE(settings.colorScheme(), ColorSchemeChoice::System);
            QVERIFY(settings.setAside().startsWith(QDir(folder()).filePath(name + u".damaged-"_s)));
            QFile aside(settings.setAside());
            QVERIFY(aside.open(QIODevice::ReadOnly));
            QCOMPARE(aside.readAll(), bytes);
            settings.setColorScheme(ColorSchemeChoice::Dark);
            QCOMPARE(Settings(folder()).colorScheme(), ColorSchemeChoice::Dark);
        }
    }

    void usesDefaultsForValuesOfAWrongType()
    {
        write(u"preferences.conf"_s, "[view]\ncolorScheme=@Size(1 2)\n");
        write(u"state.conf"_s, "[layout]\nwindow=text\nbig=@ByteArray(" + QByteArray(300 * 1024, 'x') + ")\n[notebooks]\nrecent=@Rect(1 2 3 4)\n");
        const Settings settings(folder());
        QCOMPARE(settings.colorScheme(), ColorSchemeChoice::System);
        QVERIFY(settings.layout(u"window"_s).isEmpty());
        QVERIFY(settings.layout(u"big"_s).isEmpty());
        QVERIFY(settings.recentNotebooks().isEmpty());
    }

    void survivesAFileCutAnywhere()
    {
        {
            Settings settings(folder());
            settings.setServers({ profileOf(u"a"_s, u"http://a"_s), profileOf(u"b"_s, u"http://b"_s) });
            settings.setColorScheme(ColorSchemeChoice::Dark);
        }
        QFile file(folder() + u"/preferences.conf"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        for (qsizetype size = 0; size < whole.size(); size += 7) {
            m_home = std::make_unique<QTemporaryDir>();
            write(u"preferences.conf"_s, whole.first(size));
            const Settings settings(folder());
            for (const ServerProfile& server : settings.servers())
                QVERIFY(cleanedProfile(server) == server);
        }
    }

    void keepsHostileNamesOfLayoutsApart()
    {
        Settings settings(folder());
        settings.setLayout(u"../notebooks/recent"_s, "x");
        settings.setLayout(u"a/b"_s, "1");
        settings.setLayout(u"a"_s, "2");
        QVERIFY(settings.recentNotebooks().isEmpty());
        QCOMPARE(settings.layout(u"a/b"_s), "1"_ba);
        QCOMPARE(settings.layout(u"a"_s), "2"_ba);
    }

    void makesAFolderForBackupsThatOthersCannotRead()
    {
        const Settings settings(folder());
        const QString path = settings.backupFolder();
        QVERIFY(QDir(path).exists());
        QVERIFY(path.startsWith(folder()));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
        QVERIFY(QDir(Settings().backupFolder()).exists());
    }

    void worksWithoutAWritableFolder()
    {
        QFile blocker(folder());
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Settings settings(folder());
        settings.setColorScheme(ColorSchemeChoice::Dark);
        settings.setServers({ profileOf(u"a"_s, u"http://a"_s) });
        QCOMPARE(settings.servers().size(), 1);
        QCOMPARE(settings.colorScheme(), ColorSchemeChoice::Dark);
    }

private:
    QString folder() const { return m_home->filePath(u"config"_s); }
    void write(const QString& name, const QByteArray& bytes) const
    {
        QDir().mkpath(folder());
        QFile file(QDir(folder()).filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

KINDLING_TEST(TestSettings)
#include "tst_settings.moc"
