// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"
#include "app/storage/recorder.h"
#include "app/storage/settings.h"
#include "tests/command/playedserver.h"
#include "tests/command/program.h"
#include "tests/support/testmain.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto patience = 90s;
}

/// `kindling run`, `kindling check` and the others as a scheduler starts them, against a server in this process.
class TestProgram final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void runsANotebook()
    {
        PlayedServer server;
        Program program(*m_home);
        const QString notebook = write({ u"one"_s, u"two"_s });
        QCOMPARE(program.runToEnd({ u"run"_s, notebook, u"--server"_s, server.address() }), 0);
        QCOMPARE(program.err, QByteArray());
        QCOMPARE(server.ran(), (QStringList{ u"one"_s, u"two"_s }));
        QVERIFY(!server.hasSessions());
        QCOMPARE(server.countOf(u"POST /sessions"_s), 1);
        QVERIFY(program.out.contains("[1/2] Cell 1, PySpark: done"));
        QVERIFY(program.out.endsWith("Session 0 was deleted.\n"));
        QVERIFY(!program.out.contains('\r'));
        QCOMPARE(outputTexts(), (QStringList{ u"\"done one\""_s, u"\"done two\""_s }));
        QCOMPARE(read(notebook), m_written);
    }

    void aFailingCellEndsTheRun()
    {
        PlayedServer server;
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, write({ u"one"_s, u"fail"_s, u"three"_s }), u"--server"_s, server.address() }), 1);
        QCOMPARE(server.ran(), (QStringList{ u"one"_s, u"fail"_s }));
        QVERIFY(!server.hasSessions());
        const QByteArray words = "Cell 2 failed on " + server.address().toUtf8() + ": ValueError: no good\nTraceback\n  line 1\n";
        QVERIFY2(program.err.contains(words), program.err.constData());
        const NotebookFile output = readIpynb(read(outputPath())).value();
        QCOMPARE(output.cells.at(1).outputs.first().errorName, u"ValueError"_s);
        QVERIFY(output.cells.at(2).outputs.isEmpty());
    }

    void aServerThatIsDownIsTrouble()
    {
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, write({ u"one"_s }), u"--server"_s, u"http://127.0.0.1:1"_s }), 3);
        QVERIFY2(program.err.contains("Nothing answers at 127.0.0.1:1."), program.err.constData());
    }

    void theTimeIsKept()
    {
        PlayedServer server;
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, write({ u"hang"_s }), u"--server"_s, server.address(), u"--timeout"_s, u"8s"_s }), 4);
        QVERIFY(!server.hasSessions());
        QVERIFY2(program.err.contains("The time given (8.0 s) is over."), program.err.constData());
    }

    void theTimeIsKeptWhileTheSessionStarts()
    {
        PlayedServer server;
        server.isEverReady = false;
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, write({ u"one"_s }), u"--server"_s, server.address(), u"--timeout"_s, u"4s"_s }), 4);
        QVERIFY(!server.hasSessions());
        QVERIFY(server.ran().isEmpty());
    }

    void signalsEndTheRunAndItsSession_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void signalsEndTheRunAndItsSession()
    {
        QFETCH(int, number);
        PlayedServer server;
        Program program(*m_home);
        program.begin({ u"run"_s, write({ u"one"_s, u"hang"_s }), u"--server"_s, server.address() });
        QTRY_COMPARE_WITH_TIMEOUT(server.ran().size(), 2, patience);
        program.signal(number);
        QCOMPARE(program.end(), 130);
        QVERIFY(!server.hasSessions());
        QVERIFY(program.err.contains("Interrupted."));
        QCOMPARE(outputTexts(), QStringList{ u"\"done one\""_s });
    }

    void outlivesASignalThatItsStarterHadItIgnore_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("nohup") << SIGHUP;
        QTest::newRow("a script's background job") << SIGINT;
    }
    void outlivesASignalThatItsStarterHadItIgnore()
    {
        QFETCH(const int, number);
        PlayedServer server;
        Program program(*m_home);
        program.setChildProcessModifier([number] { std::signal(number, SIG_IGN); });
        program.begin({ u"run"_s, write({ u"slow"_s, u"two"_s }), u"--server"_s, server.address() });
        QTRY_COMPARE_WITH_TIMEOUT(server.ran().size(), 1, patience);
        program.signal(number);
        server.mayGoOn = true;
        QCOMPARE(program.end(), 0);
        QCOMPARE(server.ran().size(), 2);
        QVERIFY(!program.err.contains("Interrupted."));
    }

    void aKilledRunLosesAtMostTheRunningCell()
    {
        PlayedServer server;
        Program program(*m_home);
        program.begin({ u"run"_s, write({ u"one"_s, u"two"_s, u"hang"_s }), u"--server"_s, server.address() });
        QTRY_COMPARE_WITH_TIMEOUT(server.ran().size(), 3, patience);
        program.signal(SIGKILL);
        QCOMPARE(program.end(), -1);
        QCOMPARE(outputTexts(), (QStringList{ u"\"done one\""_s, u"\"done two\""_s }));
    }

    void theOutputIsWholeAtEachMoment()
    {
        PlayedServer server;
        server.mayGoOn = true;
        QStringList sources;
        for (int number = 0; number < 40; ++number)
            sources.append(u"cell %1 "_s.arg(number) + QString(20'000, u'x'));
        Program program(*m_home);
        program.begin({ u"run"_s, write(sources), u"--server"_s, server.address() });
        int looks = 0;
        int broken = 0;
        QTimer watch;
        connect(&watch, &QTimer::timeout, this, [&] {
            if (!QFile::exists(outputPath()))
                return;
            ++looks;
            const auto file = readIpynb(read(outputPath()));
            broken += !file || file->cells.size() != 40 || !file->repairs.isEmpty() ? 1 : 0;
        });
        watch.start(1ms);
        QCOMPARE(program.end(), 0);
        watch.stop();
        QVERIFY(looks > 20);
        QCOMPARE(broken, 0);
        QCOMPARE(outputTexts().size(), 40);
    }

    void wrongUsageDoesNothing()
    {
        PlayedServer server;
        const QString notebook = write({ u"one"_s });
        const QString local = write({ u"one"_s, u"%%local\nx"_s }, u"local.ipynb"_s);
        for (const QStringList& arguments : { QStringList{ u"run"_s }, QStringList{ u"run"_s, notebook, u"--server"_s, u"nowhere"_s },
                 QStringList{ u"run"_s, notebook, u"--server"_s, server.address(), u"--output"_s, notebook },
                 QStringList{ u"run"_s, local, u"--server"_s, server.address() },
                 QStringList{ u"run"_s, notebook, u"--server"_s, server.address(), u"--token"_s, u"t0ken-s3cret"_s },
                 QStringList{ u"check"_s }, QStringList{ u"check"_s, server.address(), u"--kind"_s, u"sql"_s } }) {
            Program program(*m_home);
            QCOMPARE(program.runToEnd(arguments), 2);
            QVERIFY2(program.err.startsWith("kindling: "), program.err.constData());
            QVERIFY(!program.all().contains("t0ken-s3cret"));
        }
        QVERIFY(server.asked().isEmpty());
        QVERIFY(!QFile::exists(outputPath()));
    }

    void signsInWithoutTellingTheSecret_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("code");
        QTest::newRow("token from the environment") << QStringList{ u"--token-env"_s, u"TOKEN"_s } << 0;
        QTest::newRow("token from a file") << QStringList{ u"--token-file"_s, u"FILE"_s } << 0;
        QTest::newRow("password") << QStringList{ u"--user"_s, u"ann"_s, u"--password-env"_s, u"TOKEN"_s } << 0;
        QTest::newRow("wrong password") << QStringList{ u"--user"_s, u"ann"_s, u"--password-env"_s, u"PW"_s } << 3;
        QTest::newRow("none") << QStringList{} << 3;
    }
    void signsInWithoutTellingTheSecret()
    {
        QFETCH(QStringList, options);
        QFETCH(int, code);
        PlayedServer server("t0ken-s3cret");
        QFile file(m_home->filePath(u"token"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("t0ken-s3cret\n");
        file.close();
        options.replaceInStrings(u"FILE"_s, file.fileName());
        Program program(*m_home);
        QCOMPARE(program.runToEnd(QStringList{ u"run"_s, write({ u"one"_s }), u"--server"_s, server.address() } + options), code);
        QCOMPARE(program.err.contains("--token-env"), code == 3);
        QVERIFY(file.remove());
        QVERIFY(!leaks(program, "t0ken-s3cret") && !leaks(program, "pass-s3cret"));
    }

    void secretsThatAServerRepeatsAreNotPrinted_data()
    {
        QTest::addColumn<QStringList>("signIn");
        QTest::addColumn<QString>("path");
        for (const QString& path : { u"/sessions"_s, u"/sessions/0/statements"_s }) {
            QTest::addRow("token at %s", qPrintable(path)) << QStringList{ u"--token-env"_s, u"TOKEN"_s } << path;
            QTest::addRow("password at %s", qPrintable(path)) << QStringList{ u"--user"_s, u"ann"_s, u"--password-env"_s, u"TOKEN"_s } << path;
        }
    }
    void secretsThatAServerRepeatsAreNotPrinted()
    {
        QFETCH(QStringList, signIn);
        QFETCH(QString, path);
        PlayedServer server("t0ken-s3cret");
        server.repeatsCredentialsAt = path;
        Program program(*m_home);
        QCOMPARE(program.runToEnd(QStringList{ u"run"_s, write({ u"one"_s }), u"--server"_s, server.address(), u"--header-env"_s, u"KEY"_s } + signIn), 3);
        QVERIFY2(program.err.contains("***"), program.err.constData());
        QVERIFY(!leaks(program, "t0ken-s3cret") && !leaks(program, "ann:t0ken-s3cret") && !leaks(program, "k3y-s3cret"));
        QVERIFY(!server.hasSessions());
    }

    void goesOnWhenNobodyReadsWhatItSays()
    {
        PlayedServer server;
        Program program(*m_home);
        program.begin({ u"run"_s, write({ u"one"_s, u"two"_s }), u"--server"_s, server.address() });
        program.closeReadChannel(QProcess::StandardOutput);
        QCOMPARE(program.end(), 0);
        QCOMPARE(server.ran().size(), 2);
        QVERIFY(!server.hasSessions());
    }

    void explainsItself()
    {
        for (const QStringList& arguments : { QStringList{ u"--help"_s }, QStringList{ u"run"_s, u"--help"_s }, QStringList{ u"check"_s, u"-h"_s } }) {
            Program program(*m_home);
            QCOMPARE(program.runToEnd(arguments), 0);
            QVERIFY(program.out.startsWith("Usage: kindling"));
        }
    }

    void saysWhatItMendedInANotebook()
    {
        PlayedServer server;
        const QString notebook = writeText(R"({"nbformat":4,"metadata":7,"cells":[{"cell_type":"code","metadata":{},"outputs":[],"source":"one"}]})");
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, notebook, u"--server"_s, server.address() }), 0);
        QVERIFY2(program.err.contains("was dropped"), program.err.constData());
        QCOMPARE(outputTexts(), QStringList{ u"\"done one\""_s });
    }

    void runsNothingOfADamagedNotebook_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        const auto cells = [](const QByteArray& list) {
            return R"({"nbformat":4,"metadata":{},"cells":[{"cell_type":"code","metadata":{},"outputs":[],"source":"one"},)" + list + "]}";
        };
        QTest::newRow("no bytes") << ""_ba << "was empty"_ba;
        QTest::newRow("no JSON") << "not JSON"_ba << "not a notebook"_ba;
        QTest::newRow("no cell") << cells("5") << "was dropped"_ba;
        QTest::newRow("a cell without text") << cells(R"({"cell_type":"code","source":7})") << "no readable text"_ba;
        QTest::newRow("a cell of no known type") << cells(R"({"cell_type":"chart","source":"x"})") << "no known type"_ba;
    }
    void runsNothingOfADamagedNotebook()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, words);
        PlayedServer server;
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, writeText(text), u"--server"_s, server.address() }), 2);
        QVERIFY2(program.err.contains(words), program.err.constData());
        QVERIFY(server.asked().isEmpty());
        QVERIFY(!QFile::exists(outputPath()));
    }

    void knowsTheStoredServers()
    {
        PlayedServer server;
        ServerProfile stored;
        stored.id = u"1"_s;
        stored.name = u"prod"_s;
        stored.url = QUrl(server.address());
        Settings(m_home->filePath(u"config/kindling"_s)).setServers({ stored });
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, write({ u"one"_s }), u"--server"_s, u"prod"_s, u"--name"_s, u"nightly"_s }), 0);
        QVERIFY2(program.out.contains("Starting the session nightly on prod"), program.out.constData());
    }

    void keepsTheSessionWhenAsked()
    {
        PlayedServer server;
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"run"_s, write({ u"one"_s }), u"--server"_s, server.address(), u"--keep-session"_s }), 0);
        QVERIFY(server.hasSessions());
        QVERIFY(program.out.contains("is kept."));
    }

    void checksAServer()
    {
        PlayedServer server;
        Program people(*m_home);
        QCOMPARE(people.runToEnd({ u"check"_s, server.address() }), 0);
        for (const QByteArray& line : { "✓ Name        127.0.0.1 is 127.0.0.1\n"_ba, "✓ TCP         connected to 127.0.0.1\n"_ba,
                 "✓ Sign-in     none is needed\n"_ba, "✓ Version     0.9.0-incubating\n"_ba, "✓ Counts      0 sessions, 0 batches\n"_ba })
            QVERIFY2(people.out.contains(line), people.out.constData());
        Program programs(*m_home);
        QCOMPARE(programs.runToEnd({ u"check"_s, server.address(), u"--json"_s }), 0);
        const QJsonObject report = QJsonDocument::fromJson(programs.out).object();
        QCOMPARE(report[u"ok"], true);
        QCOMPARE(report[u"url"], server.address());
        QCOMPARE(report[u"steps"].toArray().last()[u"sessions"], 0);
        QVERIFY(!report.contains(u"error"_s));
        QVERIFY(!server.asked().join(QString()).contains(u"POST"_s));
    }

    void aCheckEndsAtTheFirstStepThatFails_data()
    {
        QTest::addColumn<QString>("address"); // empty = the server here, which wants a token
        QTest::addColumn<QString>("step");
        QTest::newRow("unknown name") << u"http://livy.example.invalid"_s << u"name"_s;
        QTest::newRow("nothing listens") << u"http://127.0.0.1:1"_s << u"tcp"_s;
        QTest::newRow("no token") << QString() << u"sign-in"_s;
    }
    void aCheckEndsAtTheFirstStepThatFails()
    {
        QFETCH(QString, address);
        PlayedServer server("t0ken-s3cret");
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"check"_s, address.isEmpty() ? server.address() : address, u"--json"_s }), 3);
        const QJsonObject report = QJsonDocument::fromJson(program.out).object();
        QCOMPARE(report[u"ok"], false);
        QTEST(report[u"steps"].toArray().last()[u"step"].toString(), "step");
        QCOMPARE(report[u"steps"].toArray().last()[u"ok"], false);
        QVERIFY(!report[u"error"].toString().isEmpty());
        QVERIFY(!report[u"next"].toString().isEmpty());
    }

    void refusesToStopWhatIsNotThere()
    {
        PlayedServer server;
        Program program(*m_home);
        QCOMPARE(program.runToEnd({ u"stop"_s, u"99"_s, u"batch/7"_s, u"--server"_s, server.address() }), 3);
        QCOMPARE(program.out, QByteArray());
        for (const QByteArray& words : { "There is no session/99 on "_ba, "There is no batch/7 on "_ba })
            QVERIFY2(program.err.contains(words), program.err.constData());
        QCOMPARE(server.asked().filter(u"DELETE"_s), QStringList());
    }

    void whatATerminalDoesIsRecorded_data()
    {
        QTest::addColumn<bool>("isNamed");
        QTest::newRow("a stored server by its name") << true;
        QTest::newRow("the same by its address") << false;
    }
    void whatATerminalDoesIsRecorded()
    {
        QFETCH(bool, isNamed);
        PlayedServer server;
        ServerProfile stored;
        stored.id = u"1"_s;
        stored.name = u"prod"_s;
        stored.url = QUrl(server.address());
        Settings(m_home->filePath(u"config/kindling"_s)).setServers({ stored });
        const QString where = isNamed ? stored.name : server.address();
        Program run(*m_home);
        QCOMPARE(run.runToEnd({ u"run"_s, write({ u"one"_s }), u"--server"_s, where, u"--name"_s, u"nightly"_s, u"--keep-session"_s }), 0);
        Program stop(*m_home);
        QCOMPARE(stop.runToEnd({ u"stop"_s, u"0"_s, u"--server"_s, where }), 0);
        QVERIFY(!server.hasSessions());

        SystemClock clock;
        Recorder recorder(m_home->filePath(u"state/kindling/history/records.sqlite"_s), clock);
        const auto acts = recorded<RecordedAct>([&](auto callback) { recorder.acts(10, this, callback); });
        QList<OwnAct::What> done;
        for (const RecordedAct& act : acts) {
            done.prepend(act.what.what);
            QCOMPARE(act.item.key.server, stored.id);
            QCOMPARE(act.what.answer, QString());
        }
        QCOMPARE(done, (QList{ OwnAct::What::Create, OwnAct::What::RunStatement, OwnAct::What::Remove }));
        const auto statements = recorded<RecordedStatement>([&](auto callback) { recorder.statements({ .text = {} }, this, callback); });
        QCOMPARE(statements.size(), 1);
        QCOMPARE(statements.at(0).what.code, u"one"_s);
        QVERIFY(statements.at(0).hasOutput);
        const auto states = recorded<RecordedState>([&](auto callback) { recorder.states({ .life = 0, .since = {} }, this, callback); });
        QVERIFY(!states.isEmpty());
        QCOMPARE(states.constLast().note, u"deleted"_s);
    }

    void recordsNothingWhereThatIsSwitchedOff()
    {
        PlayedServer server;
        Settings(m_home->filePath(u"config/kindling"_s)).setRecordPolicy({ .isOn = false });
        Program run(*m_home);
        QCOMPARE(run.runToEnd({ u"run"_s, write({ u"one"_s }), u"--server"_s, server.address() }), 0);
        SystemClock clock;
        Recorder recorder(m_home->filePath(u"state/kindling/history/records.sqlite"_s), clock);
        QVERIFY(recorded<RecordedAct>([&](auto callback) { recorder.acts(10, this, callback); }).isEmpty());
    }

    void aReaderThatGoesEndsTheProgramQuietly()
    {
        PlayedServer server;
        Program program(*m_home);
        QProcess reader;
        program.setStandardOutputProcess(&reader);
        program.begin({ u"list"_s, u"--json"_s, u"--server"_s, server.address() });
        // the server answers only when this thread is back in its event loop
        reader.start(u"true"_s, QStringList());
        QVERIFY(reader.waitForFinished(30'000));
        QCOMPARE(program.end(), 3);
        QCOMPARE(program.err, QByteArray());
    }

private:
    /// The answer of a recorder to `question(callback)`.
    template<typename T, typename Question>
    static QList<T> recorded(Question question)
    {
        std::optional<Result<QList<T>>> got;
        question([&got](Result<QList<T>> answer) { got = std::move(answer); });
        const bool isThere = QTest::qWaitFor([&got] { return got.has_value(); }, 60'000);
        return isThere ? got->value_or(QList<T>()) : QList<T>();
    }
    [[nodiscard]] QString outputPath() const { return m_home->filePath(u"nb.out.ipynb"_s); }
    [[nodiscard]] static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Writes the notebook with these cells and returns its path.
    QString write(const QStringList& sources, const QString& name = u"nb.ipynb"_s)
    {
        NotebookFile file;
        for (const QString& source : sources) {
            NotebookCell cell;
            cell.id = u"c%1"_s.arg(file.cells.size());
            cell.source = source;
            cell.metadata = "{}";
            file.cells.append(cell);
        }
        const QString path = m_home->filePath(name);
        if (!saveNotebook(path, file))
            return {};
        m_written = read(path);
        return path;
    }
    QString writeText(const QByteArray& text)
    {
        QFile file(m_home->filePath(u"nb.ipynb"_s));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }
    /// The first output of each cell that has one, as JSON text.
    [[nodiscard]] QStringList outputTexts() const
    {
        QStringList texts;
        const NotebookFile file = readIpynb(read(outputPath())).value_or(NotebookFile{});
        for (const NotebookCell& cell : file.cells) {
            if (!cell.outputs.isEmpty() && !cell.outputs.first().parts.isEmpty())
                texts.append(QString::fromUtf8(cell.outputs.first().parts.first().json));
        }
        return texts;
    }
    /// Is the secret in what the program said, or in any file that it wrote?
    [[nodiscard]] bool leaks(const Program& program, const QByteArray& secret) const
    {
        QByteArray all = program.all();
        QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext())
            all += read(files.next());
        return all.contains(secret) || all.contains(secret.toBase64());
    }

    std::unique_ptr<QTemporaryDir> m_home;
    QByteArray m_written;
};

KINDLING_TEST(TestProgram)
#include "tst_program.moc"
