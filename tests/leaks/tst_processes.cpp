// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command/playedserver.h"
#include "tests/command/program.h"
#include "tests/support/testmain.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
// As tests/command/program.cpp puts them into the environment.
const QByteArrayList secrets{ "pass-s3cret", "t0ken-s3cret", "k3y-s3cret" };

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Which secret is in there; empty = none.
QByteArray leakIn(const QByteArray& text)
{
    for (const QByteArray& secret : secrets) {
        for (const QByteArray& form : { secret, secret.toBase64(), QByteArray("ann:" + secret).toBase64() }) {
            if (text.contains(form))
                return form;
        }
    }
    return {};
}
}

/// What a process of ours that holds secrets shows to others while it lives and when it dies.
class TestProcesses final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_home = std::make_unique<QTemporaryDir>();
    }

    void aCrashShowsNoSecretAndLeavesNoCore_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<QStringList>("signIn");
        const QStringList basic{ u"--user"_s, u"ann"_s, u"--password-env"_s, u"PW"_s, u"--header-env"_s, u"KEY"_s };
        const QStringList token{ u"--token-env"_s, u"TOKEN"_s, u"--header-env"_s, u"KEY"_s };
        QTest::newRow("fault, Basic") << SIGSEGV << basic;
        QTest::newRow("fault, token") << SIGSEGV << token;
        QTest::newRow("abort") << SIGABRT << token;
    }
    void aCrashShowsNoSecretAndLeavesNoCore()
    {
        QFETCH(const int, signal);
        QFETCH(const QStringList, signIn);
        PlayedServer server;
        Program program(*m_home);
        program.setWorkingDirectory(m_home->path());
        program.setChildProcessModifier([] {
            rlimit limit{};
            ::getrlimit(RLIMIT_CORE, &limit);
            limit.rlim_cur = limit.rlim_max; // as where cores are collected
            ::setrlimit(RLIMIT_CORE, &limit);
        });
        program.begin(QStringList{ u"run"_s, write("hang"), u"--server"_s, server.address() } + signIn);
        QTRY_COMPARE_WITH_TIMEOUT(server.ran().size(), 1, 90s);
        const QString proc = u"/proc/%1/"_s.arg(program.processId());
        const QByteArray command = contentOf(proc + u"cmdline"_s);
        QVERIFY(command.contains("--server"));
        QCOMPARE(leakIn(command), QByteArray());
        QVERIFY2(QString::fromLatin1(contentOf(proc + u"limits"_s)).contains(QRegularExpression(u"Max core file size +0 "_s)),
            contentOf(proc + u"limits"_s).constData());
        program.signal(signal);
        QVERIFY(program.end() != 0);
        QCOMPARE(leakIn(program.all()), QByteArray());
        for (QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();) {
            const QString path = files.next();
            QVERIFY2(!path.contains("core"_L1) || path.contains("/config/"_L1), qPrintable(path));
            QVERIFY2(leakIn(contentOf(path)).isEmpty(), qPrintable(path));
        }
    }

    void noCommandSaysOrKeepsASecret_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<bool>("isRefused");
        for (const bool isRefused : { false, true }) {
            const char* how = isRefused ? "refused" : "let in";
            QTest::addRow("check, %s", how) << QStringList{ u"check"_s, u"%1"_s } << isRefused;
            QTest::addRow("check --json, %s", how) << QStringList{ u"check"_s, u"%1"_s, u"--json"_s } << isRefused;
            QTest::addRow("list, %s", how) << QStringList{ u"list"_s, u"--server"_s, u"%1"_s } << isRefused;
            QTest::addRow("log, %s", how) << QStringList{ u"log"_s, u"0"_s, u"--server"_s, u"%1"_s, u"--follow"_s } << isRefused;
            QTest::addRow("stop, %s", how) << QStringList{ u"stop"_s, u"0"_s, u"--server"_s, u"%1"_s } << isRefused;
        }
    }
    void noCommandSaysOrKeepsASecret()
    {
        QFETCH(QStringList, command);
        QFETCH(const bool, isRefused);
        PlayedServer server(isRefused ? "another-t0ken" : "t0ken-s3cret");
        command.replaceInStrings(u"%1"_s, server.address());
        Program program(*m_home);
        program.begin(command + QStringList{ u"--token-env"_s, u"TOKEN"_s, u"--header-env"_s, u"KEY"_s });
        QVERIFY(program.waitForStarted());
        const QByteArray arguments = contentOf(u"/proc/%1/cmdline"_s.arg(program.processId()));
        QVERIFY(arguments.contains("--token-env"));
        QCOMPARE(leakIn(arguments), QByteArray());
        QVERIFY(program.end() >= 0);
        QVERIFY(!server.asked().isEmpty());
        QCOMPARE(leakIn(program.all()), QByteArray());
        for (QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();)
            QVERIFY2(leakIn(contentOf(files.next())).isEmpty(), qPrintable(files.filePath()));
    }

    void theSearchFindsWhatTheProgramHolds()
    {
        PlayedServer server("t0ken-s3cret");
        Program program(*m_home);
        program.begin({ u"run"_s, write("hang"), u"--server"_s, server.address(), u"--token-env"_s, u"TOKEN"_s });
        QTRY_COMPARE_WITH_TIMEOUT(server.ran().size(), 1, 90s);
        // The environment is the user's own way to hand it over; nobody else can read that.
        const QFile environment(u"/proc/%1/environ"_s.arg(program.processId()));
        QCOMPARE(leakIn(contentOf(environment.fileName())), "pass-s3cret"_ba);
        QCOMPARE(environment.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        program.signal(SIGKILL);
        QCOMPARE(program.end(), -1);
    }

private:
    /// A notebook with one cell.
    QString write(const QByteArray& code)
    {
        QFile file(m_home->filePath(u"nb.ipynb"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(R"({"cells":[{"cell_type":"code","id":"a","metadata":{},"source":")" + code
                + R"(","outputs":[],"execution_count":null}],"metadata":{},"nbformat":4,"nbformat_minor":5})");
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

KINDLING_TEST(TestProcesses)
#include "tst_processes.moc"
