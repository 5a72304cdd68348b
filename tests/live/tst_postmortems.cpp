// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/engine/postmortem.h"
#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "app/livy/livyapi.h"
#include "app/net/httptransport.h"
#include "app/storage/recorder.h"
#include "tests/live/kindlingserver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Sessions of real Spark that die in three real ways, and what the window would tell of it: the engine watches over HTTP,
/// the recorder keeps, the cause is read from the records. The cases share the server.
class TestPostMortems final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server.startOrSkip({ u"--no-token"_s, u"--sessions"_s, u"9"_s });
        if (QTest::currentTestResolved())
            return;
        ServerProfile profile;
        profile.id = u"spark"_s;
        profile.url = m_server.url;
        connect(&m_workspace, &Workspace::observed, &m_recorder, &Recorder::record);
        m_workspace.setWatchesLogs(true);
        m_workspace.setProfiles({ profile });
        QTRY_COMPARE_WITH_TIMEOUT(spark().connection(), ConnectionState::Online, patienceMs);
    }
    void cleanupTestCase()
    {
        m_workspace.setProfiles({});
        m_server.process.kill();
        m_server.process.waitForFinished(endPatienceMs);
    }

    void aKilledDriver()
    {
        const QString id = begin({});
        if (QTest::currentTestFailed())
            return;
        const qint64 java = javaOfNewest();
        QVERIFY(java > 1);
        ::kill(static_cast<pid_t>(java), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), ItemStateValue::Dead, patienceMs);
        tells(id, u"driver-killed"_s, u"The JVM of this session ended with exit code -9."_s);
    }

    void aDriverOutOfMemory()
    {
        NewSession small;
        small.driverMemory = u"512m"_s;
        // as clusters set it: a driver without memory ends instead of limping on
        small.conf.insert(u"spark.driver.extraJavaOptions"_s, u"-XX:+ExitOnOutOfMemoryError"_s);
        const QString id = begin(small);
        if (QTest::currentTestFailed())
            return;
        spark().runner(id)->run(u"var all = List[Array[Byte]]()\nwhile (true) all = new Array[Byte](20000000) :: all"_s, Kind::Spark);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), ItemStateValue::Dead, patienceMs);
        tells(id, u"java-out-of-memory"_s, u"Terminating due to java.lang.OutOfMemoryError: Java heap space"_s);
    }

    void aPythonThatExits()
    {
        const QString id = begin({});
        if (QTest::currentTestFailed())
            return;
        spark().runner(id)->run(u"import os\nos._exit(3)"_s, Kind::PySpark);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), ItemStateValue::Error, patienceMs);
        tells(id, u"interpreter-died"_s, u"The user's Python ended with exit code 3."_s);
    }

private:
    static constexpr int patienceMs = 280'000;

    Server& spark() { return *m_workspace.servers().constFirst(); }

    /// A session that is idle.
    QString begin(NewSession wanted)
    {
        wanted.kind = Kind::PySpark;
        std::optional<Result<SparkItem>> made;
        spark().createSession(wanted, this, [&made](Result<SparkItem> answer) { made = std::move(answer); });
        const auto isIdle = [&] { return made && *made && stateOf((*made)->id) == ItemStateValue::Idle; };
        if (!QTest::qWaitFor(isIdle, patienceMs))
            QTest::qFail("the session did not start", __FILE__, __LINE__);
        return made && *made ? (*made)->id : QString();
    }

    ItemStateValue stateOf(const QString& id)
    {
        const TrackedItem* item = spark().sessions().find(id);
        return item ? item->item.state.value : ItemStateValue::Unknown;
    }

    /// The newest session's JVM: the last one that was started.
    [[nodiscard]] qint64 javaOfNewest() const
    {
        qint64 newest = -1;
        for (const qint64 pid : descendantsOf(m_server.pid())) {
            QFile file(u"/proc/%1/comm"_s.arg(pid));
            if (file.open(QIODevice::ReadOnly) && file.readAll().trimmed() == "java")
                newest = std::max(newest, pid);
        }
        return newest;
    }

    /// What the records say by now.
    PostMortem postMortemOf(const QString& id)
    {
        std::optional<Result<PostMortem>> read;
        readPostMortem(m_recorder, { .item = { u"spark"_s, ItemType::Session, id } }, this, [&read](Result<PostMortem> answer) { read = std::move(answer); });
        const bool isRead = QTest::qWaitFor([&read] { return read.has_value(); }, patienceMs);
        return isRead && *read ? **read : PostMortem();
    }

    /// Waits for the post-mortem with that cause, shown by that line; prints it.
    void tells(const QString& id, const QString& cause, const QString& line)
    {
        PostMortem told;
        const auto isTold = [&] {
            told = postMortemOf(id);
            return told.causeId == cause;
        };
        QVERIFY2(QTest::qWaitFor(isTold, patienceMs), qPrintable(u"told: "_s + told.causeId + u'\n' + textOf(told)));
        QVERIFY(told.causeLine >= told.log.first);
        const QString shown = told.log.lines.at(told.causeLine - told.log.first).text;
        QVERIFY2(shown.contains(line), qPrintable(shown));
        QVERIFY(told.states.size() >= 3);
        const CauseWords words = wordsOf(told.causeId);
        QVERIFY(!words.says.isEmpty() && !words.advice.isEmpty());
        qInfo("%s", qUtf8Printable(words.says + u' ' + words.advice + u'\n' + textOf(told)));
        std::optional<Result<Done>> removed;
        spark().remove(ItemType::Session, id, this, [&removed](const Result<Done>& answer) { removed = answer; });
        QTRY_VERIFY_WITH_TIMEOUT(removed.has_value(), patienceMs);
    }

    /// States and the last lines before the one that shows the cause.
    static QString textOf(const PostMortem& told)
    {
        QStringList lines;
        for (const RecordedState& state : told.states)
            lines.append(u"  "_s + state.when.toString(u"HH:mm:ss "_s) + state.to.raw + u' ' + state.note);
        const qsizetype end = told.causeLine < 0 ? told.log.lines.size() : told.causeLine - told.log.first + 1;
        for (const LogLine& each : told.log.lines.first(end).last(std::min<qsizetype>(end, 6)))
            lines.append(u"  | "_s + each.text.left(160));
        return lines.join(u'\n');
    }

    KindlingServer m_server;
    QTemporaryDir m_folder;
    SystemClock m_clock;
    Recorder m_recorder{ m_folder.filePath(u"records.sqlite"_s), m_clock };
    Workspace m_workspace{ [this](const ServerProfile& profile) {
                              return makeLivyApi(profile.url, std::make_unique<HttpTransport>(profile.id, nullptr, m_clock, nullptr));
                          },
        m_clock };
};

KINDLING_TEST(TestPostMortems)
#include "tst_postmortems.moc"
