// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/sourcefile.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kindling::rules;

namespace {

struct Outcome {
    int exitCode = -1;
    QString output;
};

Outcome run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(QStringLiteral(KINDLING_SOURCE_DIR));
    process.start(program, arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return { -1, process.errorString() };
    return { process.exitCode(), QString::fromUtf8(process.readAll()) };
}

} // namespace

class TestPackaging final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void validators_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::newRow("desktop entry") << QStringList{ u"desktop-file-validate"_s, u"packaging/org.kindling.Kindling.desktop"_s };
        QTest::newRow("AppStream metadata")
            << QStringList{ u"appstreamcli"_s, u"validate"_s, u"--no-net"_s, u"packaging/org.kindling.Kindling.metainfo.xml"_s };
        QTest::newRow("man page") << QStringList{ u"man"_s, u"--warnings=w"_s, u"-l"_s, u"packaging/kindling.1"_s };
        QTest::newRow("./dev") << QStringList{ u"sh"_s, u"-n"_s, u"dev"_s };
        QTest::newRow(".ci/run") << QStringList{ u"bash"_s, u"-n"_s, u".ci/run"_s };
    }

    void validators()
    {
        QFETCH(QStringList, command);
        const QString program = QStandardPaths::findExecutable(command.takeFirst());
        if (program.isEmpty())
            QSKIP("the validator is not installed");
        const Outcome outcome = run(program, command);
        QVERIFY2(outcome.exitCode == 0 && !outcome.output.contains("warning:"_L1), outcome.output.toUtf8().constData());
    }

    void theVersionIsTheSameEverywhere()
    {
        const QString version = QStringLiteral(KINDLING_VERSION);
        QVERIFY(readTreeFile(u"packaging/org.kindling.Kindling.metainfo.xml"_s).contains(u"<release version=\"%1\""_s.arg(version)));
        QVERIFY(readTreeFile(u"packaging/kindling.1"_s).contains(u"Kindling "_s + version));
        QVERIFY(readTreeFile(u"CHANGELOG.md"_s).contains(u"## "_s + version));
    }

    void theIconsHaveTheSizesTheyClaim()
    {
        QVERIFY(QFile::exists(u":/icons/kindling.svg"_s));
        for (const int size : { 16, 32, 48, 128 }) {
            const QImage icon(u":/icons/kindling-%1.png"_s.arg(size));
            QCOMPARE(icon.size(), QSize(size, size));
            QVERIFY(qAlpha(icon.pixel(size / 2, size / 2)) == 255);
            QVERIFY(qAlpha(icon.pixel(0, 0)) < 128);
        }
    }

    void everyFolderSaysItsDuty()
    {
        QStringList offences;
        for (const QString& top : { u"app"_s, u"ui"_s, u"tests"_s }) {
            const QDir folder(QStringLiteral(KINDLING_SOURCE_DIR "/") + top);
            for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
                const QString path = top + u'/' + name + u"/CMakeLists.txt"_s;
                const bool isLibrary = top != "tests"_L1 && QFile::exists(folder.filePath(name + u"/CMakeLists.txt"_s));
                if (isLibrary && !readTreeFile(path).startsWith("# "_L1))
                    offences << path;
            }
        }
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void devExplainsEveryCommand()
    {
        const Outcome help = run(u"sh"_s, { u"dev"_s, u"help"_s });
        QCOMPARE(help.exitCode, 0);
        for (const QString& command : { u"setup"_s, u"build"_s, u"run"_s, u"test"_s, u"kindling"_s, u"bench"_s, u"shots"_s, u"package"_s })
            QVERIFY2(help.output.contains(u"\n  "_s + command + u' '), command.toUtf8().constData());
        QVERIFY(run(u"sh"_s, { u"dev"_s, u"no-such-command"_s }).exitCode != 0);
    }

    void installingGivesAWorkingTree()
    {
        if (!QFile::exists(QStringLiteral(KINDLING_BINARY)))
            QSKIP("the program is not built");
        const QTemporaryDir prefix;
        const Outcome install = run(QStringLiteral(KINDLING_CMAKE),
            { u"--install"_s, QStringLiteral(KINDLING_BUILD_DIR), u"--prefix"_s, prefix.path() });
        QVERIFY2(install.exitCode == 0, install.output.toUtf8().constData());
        for (const QString& file : { u"bin/kindling"_s, u"share/applications/org.kindling.Kindling.desktop"_s,
                 u"share/metainfo/org.kindling.Kindling.metainfo.xml"_s, u"share/man/man1/kindling.1"_s,
                 u"share/icons/hicolor/scalable/apps/org.kindling.Kindling.svg"_s,
                 u"share/icons/hicolor/16x16/apps/org.kindling.Kindling.png"_s, u"share/doc/kindling/copyright"_s })
            QVERIFY2(QFile::exists(prefix.filePath(file)), file.toUtf8().constData());
        const Outcome version = run(prefix.filePath(u"bin/kindling"_s), { u"--version"_s });
        QVERIFY2(version.exitCode == 0, version.output.toUtf8().constData());
        QVERIFY2(version.output.contains(QStringLiteral(KINDLING_VERSION)), version.output.toUtf8().constData());
    }
};

KINDLING_TEST(TestPackaging)
#include "tst_packaging.moc"
