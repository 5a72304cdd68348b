// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"
#include "tests/local/outputdifferences.h"
#include "tests/local/purposes.h"
#include "tests/local/recording.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// The differential check of outputs: every statement of the recordings of real Livy servers, in their order, with its
/// cancel, on sessions of real Spark.
class TestRecordedOutputs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server.process.setProcessEnvironment([] {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"SPARKR_DRIVER_R"_s, u"/nowhere/R"_s); // that Livy's machine had none
            return environment;
        }());
        m_server.startOrSkip({ u"--no-token"_s });
        if (QTest::currentTestResolved())
            return;
        for (const QString& file : { u"livy-0.9.0-interactive"_s, u"livy-0.9.0-interactive-2"_s, u"livy-0.9.0-interactive-3"_s }) {
            const QList<Record> records = recordsOf(file);
            QVERIFY2(!records.isEmpty(), qPrintable(file));
            for (const Record& record : records) {
                repeat(record);
                if (QTest::currentTestFailed())
                    return;
            }
            m_server.ask("DELETE", sessionPath());
            m_recordedSession.clear();
        }
    }
    void init()
    {
        if (m_server.process.state() != QProcess::Running)
            QSKIP("The server is not running.");
    }

    void areAsTheRealServersWereUnlessListed()
    {
        QVERIFY2(m_purposes.unlisted().isEmpty(), qPrintable(u"\n"_s + m_purposes.unlisted().join(u'\n')));
        QCOMPARE(m_purposes.exchanges(), 96);
    }

    void everyListedDifferenceIsSeenAndSaysWhy() { QCOMPARE(m_purposes.idle(), QStringList()); }

    void theDocumentShowsTheTable()
    {
        const QString table = m_purposes.table(u"statements"_s);
        QCOMPARE(shownInDocument(u"<!-- outputs: KINDLING_WRITE_DOCS=1 test_live writes them -->\n"_s, table), table);
    }

private:
    void repeat(const Record& record)
    {
        static const QRegularExpression pattern(u"^/sessions/(\\d+)/statements(?:/(\\d+))?(/cancel)?$"_s);
        const auto match = pattern.match(QString::fromUtf8(record.target));
        if (record.method == "POST" && record.target == "/sessions")
            m_kinds.insert(QString::number(record.json[u"id"_s].toInt()), record.json[u"kind"_s].toString());
        if (!match.hasMatch() || record.status >= 300)
            return;
        if (record.method == "POST" && match.captured(2).isEmpty())
            post(match.captured(1), record);
        else if (record.method == "POST")
            cancel(match.captured(2).toInt());
        else if (record.json[u"state"_s] == u"available"_s || record.json[u"state"_s] == u"cancelled"_s)
            compare(record);
    }

    void post(const QString& session, const Record& record)
    {
        if (session != m_recordedSession)
            begin(session);
        const QJsonObject body = QJsonDocument::fromJson(record.body).object();
        const int id = record.json[u"id"_s].toInt();
        m_codes.insert(id, body[u"kind"_s].toString(m_kinds.value(session)) + u": "_s + body[u"code"_s].toString().replace(u'\n', u' '));
        QCOMPARE(m_server.ask("POST", sessionPath() + u"/statements"_s, record.body).json[u"id"_s].toInt(-1), id);
    }

    void begin(const QString& session)
    {
        m_recordedSession = session;
        m_ended = -1;
        const QJsonObject body{ { u"kind"_s, m_kinds.value(session) } };
        m_session = m_server.ask("POST", u"/sessions"_s, QJsonDocument(body).toJson()).json[u"id"_s].toInt(-1);
        QCOMPARE(m_server.waitForState(sessionPath() + u"/state"_s, { u"idle"_s, u"dead"_s }, 180), u"idle"_s);
    }

    /// As the recorded one was: while it runs, or while it waits for another.
    void cancel(int id)
    {
        const QString path = statementPath(id);
        if (id == m_ended + 1) {
            QCOMPARE(m_server.waitForState(path, { u"running"_s, u"available"_s }, 60), u"running"_s);
            if (m_codes.value(id).contains(u"sc.parallelize"_s))
                QTRY_VERIFY_WITH_TIMEOUT(isJobRunning(), 60'000);
        }
        QCOMPARE(m_server.ask("POST", path + u"/cancel"_s).status, 200);
    }

    bool isJobRunning()
    {
        const QJsonValue session = m_server.ask("GET", sessionPath()).json;
        KindlingServer spark;
        spark.url = QUrl(session[u"appInfo"_s][u"sparkUiUrl"_s].toString());
        const QString jobs = u"/api/v1/applications/%1/jobs?status=running"_s.arg(session[u"appId"_s].toString());
        return !spark.ask("GET", jobs).json.toArray().isEmpty();
    }

    void compare(const Record& record)
    {
        const int id = record.json[u"id"_s].toInt();
        const QString state = m_server.waitForState(statementPath(id), { u"available"_s, u"cancelled"_s }, 120);
        const QJsonValue ours = m_server.ask("GET", statementPath(id)).json;
        QStringList found = outputDifferences(record.json[u"output"_s], ours[u"output"_s]);
        if (state != record.json[u"state"_s].toString())
            found += u"state: %1 for %2"_s.arg(state, record.json[u"state"_s].toString());
        m_purposes.judge(record.file, m_codes.value(id), found);
        m_ended = std::max(m_ended, id);
    }

    [[nodiscard]] QString sessionPath() const { return u"/sessions/%1"_s.arg(m_session); }
    [[nodiscard]] QString statementPath(int id) const { return sessionPath() + u"/statements/%1"_s.arg(id); }

    KindlingServer m_server;
    Purposes m_purposes{ u"livy-output-differences.json"_s };
    QMap<QString, QString> m_kinds; ///< of the recorded sessions
    QString m_recordedSession;
    int m_session = -1; ///< ours
    QMap<int, QString> m_codes; ///< the statements of that session
    int m_ended = -1; ///< the last of them that was seen ended
};

KINDLING_TEST(TestRecordedOutputs)
#include "tst_outputs.moc"
