// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto patience = 240s;

/// Says a word, waits for a file, and says another.
const QString job = uR"(import os, time
print("word one", flush=True)
while not os.path.exists("%1"):
    time.sleep(0.1)
print("word two", flush=True)
)"_s;

/// `kindling` with some arguments, as in a terminal.
struct Command {
    Command(const KindlingServer& server, const QStringList& words)
    {
        QObject::connect(&process, &QProcess::readyReadStandardOutput, &process, [this] { out += process.readAllStandardOutput(); });
        process.start(QStringLiteral(KINDLING_BINARY), words + QStringList{ u"--server"_s, server.url.toString() });
    }
    ~Command()
    {
        process.kill();
        process.waitForFinished(endPatienceMs);
    }
    [[nodiscard]] bool says(const QByteArray& text)
    {
        return QTest::qWaitFor([&] { return out.contains(text) || process.state() == QProcess::NotRunning; }, patience) && out.contains(text);
    }
    /// The exit code; -1 = it did not end.
    [[nodiscard]] int end()
    {
        const bool hasEnded = QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, patience);
        return hasEnded && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

    QProcess process;
    QByteArray out;
};
}

/// `kindling list`, `stop` and `log` on real sessions and batches, which share a server.
class TestItemCommands final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<KindlingServer>();
        m_server->startOrSkip({ u"--no-token"_s });
    }
    void cleanupTestCase() { m_server.reset(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        if (!m_server || m_server->process.state() != QProcess::Running)
            QSKIP("The server is not running.");
    }

    void aSessionIsListedFollowedAndStopped()
    {
        const auto made = m_server->ask("POST", u"/sessions"_s, R"({"kind":"pyspark","name":"etl"})");
        QCOMPARE(made.status, 201);
        const QString id = QString::number(made.json[u"id"].toInt());
        QCOMPARE(m_server->waitForState(u"/sessions/%1/state"_s.arg(id), { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
        const QJsonObject listed = itemListed(u"sessions"_s, u"session/"_s + id);
        QCOMPARE(listed[u"state"_s], u"idle"_s);
        QCOMPARE(listed[u"name"_s], u"etl"_s);
        QVERIFY(listed[u"appId"_s].toString().startsWith(u"local-"_s));

        Command log(*m_server, { u"log"_s, u"session/"_s + id });
        QCOMPARE(log.end(), 0);
        QVERIFY2(log.out.contains("Spark"), log.out.constData());
        Command following(*m_server, { u"log"_s, u"session/"_s + id, u"--follow"_s });
        m_server->run(id.toInt(), u"pyspark"_s, u"import sys\nprint('word three', file=sys.__stderr__, flush=True)"_s);
        QVERIFY2(following.says("word three"), following.out.constData());
        QCOMPARE(following.process.state(), QProcess::Running);

        const QList<qint64> drivers = descendantsOf(m_server->pid());
        QVERIFY(drivers.size() >= 2);
        Command stop(*m_server, { u"stop"_s, u"session/"_s + id });
        QCOMPARE(stop.end(), 0);
        QVERIFY(itemListed(u"sessions"_s, u"session/"_s + id).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(drivers, isRunning), endPatienceMs);
        QCOMPARE(following.end(), 0);
        Command again(*m_server, { u"stop"_s, u"session/"_s + id });
        QCOMPARE(again.end(), 3);
    }

    void aBatchIsFollowedToItsEnd()
    {
        const QString item = beginBatch();
        QVERIFY(!item.isEmpty());
        QCOMPARE(itemListed(u"batches"_s, item)[u"state"_s], u"running"_s);
        Command following(*m_server, { u"log"_s, item, u"--follow"_s });
        QVERIFY2(following.says("word one"), following.out.constData());
        QVERIFY(!following.out.contains("word two"));
        Command sofar(*m_server, { u"log"_s, item });
        QCOMPARE(sofar.end(), 0);
        QCOMPARE(sofar.out.count("word one"), 1);
        QFile go(m_folder.filePath(u"go"_s));
        QVERIFY(go.open(QIODevice::WriteOnly));
        QCOMPARE(following.end(), 0);
        QCOMPARE(following.out.count("word one"), 1);
        QCOMPARE(following.out.count("word two"), 1);
        QCOMPARE(itemListed(u"batches"_s, item)[u"state"_s], u"success"_s);
        QVERIFY(go.remove());
    }

    void aBatchIsStopped()
    {
        const QString item = beginBatch();
        QVERIFY(!item.isEmpty());
        const QList<qint64> processes = descendantsOf(m_server->pid());
        QVERIFY(processes.size() >= 2);
        Command stop(*m_server, { u"stop"_s, item });
        QCOMPARE(stop.end(), 0);
        QVERIFY(stop.out.contains(item.toUtf8()));
        QVERIFY(itemListed(u"batches"_s, item).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(processes, isRunning), endPatienceMs);
    }

private:
    /// One that has said its first word; its name for the commands, empty = it did not come that far.
    QString beginBatch()
    {
        QFile file(m_folder.filePath(u"job.py"_s));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(job.arg(m_folder.filePath(u"go"_s)).toUtf8());
        file.close();
        const auto made = m_server->ask("POST", u"/batches"_s, QJsonDocument(QJsonObject{ { u"file"_s, file.fileName() } }).toJson());
        const QString id = QString::number(made.json[u"id"].toInt(-1));
        const auto hasSpoken = [&] { return m_server->raw(u"/batches/%1/log?size=-1"_s.arg(id)).contains("word one"); };
        return made.status == 201 && QTest::qWaitFor(hasSpoken, patience) ? u"batch/"_s + id : QString();
    }
    /// As `kindling list --json` shows it; empty = it does not.
    QJsonObject itemListed(const QString& list, const QString& item)
    {
        Command command(*m_server, { u"list"_s, u"--json"_s });
        if (command.end() != 0)
            return {};
        const QJsonArray items = QJsonDocument::fromJson(command.out).object()[list].toArray();
        const auto found = std::ranges::find_if(items, [&item](const QJsonValue& each) { return each[u"item"] == item; });
        return found == items.end() ? QJsonObject() : (*found).toObject();
    }

    std::unique_ptr<KindlingServer> m_server;
    QTemporaryDir m_folder;
};

KINDLING_TEST(TestItemCommands)
#include "tst_itemcommands.moc"
