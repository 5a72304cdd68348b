// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/access.h"
#include "app/local/runtimefolder.h"
#include "app/local/tokenfile.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther
    | QFileDevice::WriteOther | QFileDevice::ExeOther;
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
}

/// What a server keeps on the disk while it lives: its folder, its token; and what killed ones left.
class TestOwnFiles final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void theServersFolderIsPrivateHoldsTheScriptsAndGoes()
    {
        QString path;
        {
            const auto folder = RuntimeFolder::make(m_folder->path());
            QVERIFY(folder.has_value());
            path = folder->path();
            QVERIFY(QFile::exists(folder->script(u"supervisor.py"_s)));
            QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
        }
        QVERIFY(!QFile::exists(path));
        QVERIFY(QDir(at(u"servers"_s)).isEmpty());
        const auto impossible = RuntimeFolder::make(u"/proc/kindling"_s);
        QVERIFY(!impossible.has_value());
        QCOMPARE(impossible.error().code, u"no-space"_s);
    }

    void serversLeaveEachOthersFoldersAloneAndRemoveThoseOfTheDead()
    {
        for (const QString& left : { u"servers/killed/session-0"_s, u"servers/older/session-0"_s })
            QVERIFY(QDir().mkpath(at(left)));
        put(u"servers/killed.lock"_s, {});
        put(u"servers/without.lock"_s, {});
        const auto first = RuntimeFolder::make(m_folder->path());
        QVERIFY(first.has_value());
        const auto second = RuntimeFolder::make(m_folder->path());
        QVERIFY(second.has_value());
        QVERIFY(first->path() != second->path());
        QVERIFY(QFile::exists(first->script(u"guard.py"_s)));
        QVERIFY(QFile::exists(second->script(u"guard.py"_s)));
        const QStringList names = QDir(at(u"servers"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        QVERIFY2(names.size() == 4 && !names.contains(u"killed"_s) && !names.contains(u"older"_s), qPrintable(names.join(u' ')));
    }

    void aFileIsHeldByOneOnly()
    {
        const QString path = at(u"held"_s);
        {
            const auto first = HeldFile::make(path);
            QVERIFY(first.has_value());
            QVERIFY(!HeldFile::make(path).has_value());
            QVERIFY(!HeldFile::removeUnheld(path));
            QVERIFY(QFile::exists(path));
        }
        QVERIFY(!QFile::exists(path));
        QVERIFY(HeldFile::removeUnheld(path));
        QVERIFY(!HeldFile::make(at(u"no/such/folder"_s)).has_value());
    }

    void aLinkIsNotFollowed()
    {
        put(u"precious"_s, "x");
        QVERIFY(QFile::link(at(u"precious"_s), at(u"held"_s)));
        const auto held = HeldFile::make(at(u"held"_s));
        QVERIFY(held && held->write("secret"));
        QCOMPARE(contentOf(at(u"precious"_s)), QByteArray("x"));
    }

    void theTokenFileReplacesAnOldOneAndGoes()
    {
        QVERIFY(QDir().mkpath(at(u"deep"_s)));
        put(u"deep/serve-1.token"_s, "old, and everybody may read it");
        put(u"deep/serve-2.token"_s, "of a server that was killed");
        QString path;
        {
            TokenFile token;
            QVERIFY(token.write(at(u"deep"_s), 1, "abc"));
            path = token.path();
            QCOMPARE(path, at(u"deep/serve-1.token"_s));
            QCOMPARE(contentOf(path), QByteArray("abc\n"));
            QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
            QVERIFY(!QFile::exists(at(u"deep/serve-2.token"_s)));
            TokenFile another;
            QVERIFY(another.write(at(u"deep"_s), 3, "def"));
            QCOMPARE(contentOf(path), QByteArray("abc\n"));
            QVERIFY(!TokenFile().write(at(u"deep"_s), 1, "ghi"));
            QVERIFY(!TokenFile().write(u"/proc/kindling"_s, 1, "ghi"));
        }
        QVERIFY(!QFile::exists(path));
    }

    void aTokenFileOfTheUsersOwnStays()
    {
        const QString path = at(u"own.token"_s);
        const auto made = keptToken(path);
        QVERIFY(made.has_value());
        QCOMPARE(made->size(), Access::makeToken().size());
        QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
        QCOMPARE(keptToken(path).value_or("none"), *made);
        put(u"own.token"_s, "  my-own:token-of-letters \r\n");
        QCOMPARE(keptToken(path).value_or("none"), QByteArray("my-own:token-of-letters"));
    }

    void refusesTokenFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QFileDevice::Permissions>("permissions");
        QTest::addColumn<QString>("words");
        const QFileDevice::Permissions good = ownerOnly;
        const QByteArray token(40, 'x');
        QTest::newRow("others read it") << token << (good | QFileDevice::ReadOther) << u"Others than you"_s;
        QTest::newRow("the group writes it") << token << (good | QFileDevice::WriteGroup) << u"Others than you"_s;
        QTest::newRow("empty") << QByteArray() << good << u"holds no token"_s;
        QTest::newRow("short") << QByteArray(15, 'x') << good << u"holds no token"_s;
        QTest::newRow("huge") << QByteArray(100'000, 'x') << good << u"holds no token"_s;
        QTest::newRow("two lines") << token + '\n' + token << good << u"holds no token"_s;
        QTest::newRow("two words") << token + ' ' + token << good << u"holds no token"_s;
        QTest::newRow("binary") << QByteArray(40, '\xff') << good << u"holds no token"_s;
        QTest::newRow("NUL") << QByteArray(40, '\0') << good << u"holds no token"_s;
    }
    void refusesTokenFiles()
    {
        QFETCH(QByteArray, content);
        QFETCH(QFileDevice::Permissions, permissions);
        QFETCH(QString, words);
        put(u"own.token"_s, content);
        QVERIFY(QFile::setPermissions(at(u"own.token"_s), permissions));
        const auto token = keptToken(at(u"own.token"_s));
        QVERIFY(!token.has_value());
        QCOMPARE(token.error().code, u"token-file"_s);
        QVERIFY2(token.error().text.contains(words), qPrintable(token.error().text));
        QCOMPARE(contentOf(at(u"own.token"_s)), content);
    }

    void refusesWhatIsNoFile()
    {
        QVERIFY(!keptToken(m_folder->path()).has_value());
        QVERIFY(!keptToken(at(u"no/such/folder"_s)).has_value());
        QCOMPARE(::mkfifo(at(u"pipe"_s).toLocal8Bit().constData(), 0600), 0);
        QVERIFY(!keptToken(at(u"pipe"_s)).has_value());
    }

private:
    [[nodiscard]] QString at(const QString& name) const { return m_folder->filePath(name); }
    void put(const QString& name, const QByteArray& content) const
    {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(content), content.size());
        if (name.startsWith(u"own"))
            QVERIFY(file.setPermissions(ownerOnly));
    }
    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

KINDLING_TEST(TestOwnFiles)
#include "tst_ownfiles.moc"
