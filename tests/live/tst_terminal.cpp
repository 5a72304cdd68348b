// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto patience = 280s;

struct Ended {
    int code = -1; ///< -1 = it did not end, or crashed
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QByteArray all() const { return out + err; }
};

Ended runKindling(const QStringList& arguments)
{
    QProcess program;
    program.start(QStringLiteral(KINDLING_BINARY), arguments);
    const bool hasEnded = QTest::qWaitFor([&program] { return program.state() == QProcess::NotRunning; }, patience);
    if (!hasEnded)
        program.terminate();
    program.waitForFinished(endPatienceMs);
    return { hasEnded && program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1, program.readAllStandardOutput(),
        program.readAllStandardError() };
}

QJsonObject cell(const QString& source, const QString& type = u"code"_s)
{
    QJsonObject made{ { u"cell_type"_s, type }, { u"metadata"_s, QJsonObject() }, { u"source"_s, source } };
    if (type == "code"_L1) {
        made[u"outputs"_s] = QJsonArray();
        made[u"execution_count"_s] = QJsonValue::Null;
    }
    return made;
}
}

/// `kindling run` and `kindling check` with real Spark.
class TestTerminal final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void runsASparkmagicNotebookOnThisMachine()
    {
        const QString notebook = write({ cell(u"# Sales"_s, u"markdown"_s),
            cell(u"df = spark.range(1000).selectExpr('id', 'id % 7 as day')\ndf.createOrReplaceTempView('sales')\ndf.count()"_s),
            cell(u"%%sql -q\ncreate or replace temp view days as select day, count(*) as n from sales group by day"_s),
            cell(u"%%sql -n 3\nselect * from days order by day"_s), cell(u"%%spark\nspark.table(\"days\").count()"_s) });
        const Ended run = runKindling({ u"run"_s, notebook, u"--server"_s, u"local"_s, u"--timeout"_s, u"250s"_s });
        if (run.code == 3 && !run.out.contains("is starting"))
            QSKIP(qPrintable(u"No Spark on this machine: "_s + QString::fromUtf8(run.err)));
        QVERIFY2(run.code == 0, run.all().constData());
        const QJsonArray cells = output()[u"cells"].toArray();
        QCOMPARE(cells.size(), 5);
        QCOMPARE(data(cells, 1)[u"text/plain"].toArray().first(), u"1000"_s);
        QVERIFY(cells[2][u"outputs"].toArray().isEmpty());
        QCOMPARE(data(cells, 3)[u"application/json"][u"data"].toArray(), (QJsonArray{ QJsonArray{ 0, 143 }, QJsonArray{ 1, 143 }, QJsonArray{ 2, 143 } }));
        QVERIFY(data(cells, 4)[u"text/plain"].toArray().first().toString().contains(u"Long = 7"_s));
        QCOMPARE(cells[3][u"source"].toArray().first(), u"%%sql -n 3\n"_s);
        QVERIFY(QFile::exists(notebook));
    }

    void leavesNothingBehindOnAServer()
    {
        KindlingServer server;
        server.startOrSkip({});
        if (QTest::currentTestResolved())
            return;
        const auto end = qScopeGuard([&server] {
            server.process.terminate();
            server.process.waitForFinished(endPatienceMs);
        });
        QVERIFY2(server.tokenLine.startsWith(u"Token: "_s), qPrintable(server.tokenLine));
        const QStringList target{ server.url.toString(), u"--token-file"_s, server.tokenLine.sliced(7) };

        const QString notebook = write({ cell(u"1 + 1"_s), cell(u"1 / 0"_s), cell(u"3"_s) });
        const Ended run = runKindling(QStringList{ u"run"_s, notebook, u"--server"_s } + target);
        QVERIFY2(run.code == 1, run.all().constData());
        QVERIFY(run.err.contains("ZeroDivisionError"));
        const QJsonArray cells = output()[u"cells"].toArray();
        QCOMPARE(data(cells, 0)[u"text/plain"].toArray().first(), u"2"_s);
        QCOMPARE(cells[1][u"outputs"].toArray().first()[u"ename"], u"ZeroDivisionError"_s);
        QVERIFY(cells[2][u"outputs"].toArray().isEmpty());

        const Ended check = runKindling(QStringList{ u"check"_s } + target + QStringList{ u"--json"_s });
        QCOMPARE(check.code, 0);
        const QJsonArray steps = QJsonDocument::fromJson(check.out).object()[u"steps"].toArray();
        QCOMPARE(steps.last()[u"sessions"], 0);
        QCOMPARE(steps[4][u"dialect"], u"local-spark"_s);
        QCOMPARE(runKindling({ u"check"_s, server.url.toString() }).code, 3);
    }

    void aSignalEndsSparkToo_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("killed") << SIGKILL;
    }
    void aSignalEndsSparkToo()
    {
        QFETCH(int, signal);
        QProcess program;
        const QString notebook = write({ cell(u"import time\ntime.sleep(600)"_s) });
        program.setChildProcessModifier([] { std::signal(SIGINT, SIG_DFL); }); // the tests may be a background job
        program.start(QStringLiteral(KINDLING_BINARY), { u"run"_s, notebook, u"--server"_s, u"local"_s });
        QByteArray said;
        const bool isRunning = QTest::qWaitFor(
            [&] {
                said += program.readAllStandardOutput();
                return said.contains("PySpark: runs") || program.state() == QProcess::NotRunning;
            },
            patience);
        if (program.state() == QProcess::NotRunning && program.exitCode() == 3)
            QSKIP(qPrintable(u"No Spark on this machine: "_s + QString::fromUtf8(program.readAllStandardError())));
        QVERIFY(isRunning);
        const QList<qint64> children = descendantsOf(program.processId());
        QVERIFY(children.size() >= 3);
        ::kill(static_cast<pid_t>(program.processId()), signal);
        QVERIFY(QTest::qWaitFor([&program] { return program.state() == QProcess::NotRunning; }, 60s));
        QCOMPARE(program.exitCode(), signal == SIGINT ? 130 : SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(children, isAlive), 30s);
    }

private:
    static bool isAlive(qint64 pid) { return kindling::test::isRunning(pid); }
    QString write(const QJsonArray& cells)
    {
        const QJsonObject metadata{ { u"kernelspec"_s, QJsonObject{ { u"name"_s, u"pysparkkernel"_s }, { u"display_name"_s, u"PySpark"_s } } } };
        QFile file(m_folder.filePath(u"nb.ipynb"_s));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(QJsonDocument(QJsonObject{ { u"nbformat"_s, 4 }, { u"nbformat_minor"_s, 4 }, { u"metadata"_s, metadata }, { u"cells"_s, cells } }).toJson());
        return file.fileName();
    }
    [[nodiscard]] QJsonObject output() const
    {
        QFile file(m_folder.filePath(u"nb.out.ipynb"_s));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    /// The MIME bundle of a cell's first output.
    [[nodiscard]] static QJsonValue data(const QJsonArray& cells, int index) { return cells[index][u"outputs"].toArray().first()[u"data"]; }

    QTemporaryDir m_folder;
};

KINDLING_TEST(TestTerminal)
#include "tst_terminal.moc"
