// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/replay.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
/// Each group ran against one server: a later file goes on where the one before it ended.
const QList<QStringList> servers{ { u"livy-0.9.0-interactive"_s, u"livy-0.9.0-interactive-2"_s, u"livy-0.9.0-interactive-3"_s,
                                      u"livy-0.9.0-operations"_s },
    { u"livy-0.7.1-batches"_s } };

/// A difference on purpose, from tests/data/livy-differences.json.
struct Difference {
    QRegularExpression file;
    QRegularExpression request;
    QRegularExpression found;
    QString livy;
    QString kindling;
    QString harm;
    int requests = 0; ///< how many it was seen in

    [[nodiscard]] bool covers(const Record& record, const QString& difference) const
    {
        return file.match(record.file).hasMatch() && request.match(record.title()).hasMatch()
            && found.match(difference).hasMatch();
    }
};

struct Count {
    int requests = 0;
    int agree = 0;
    int onPurpose = 0;
};

QList<Difference> differencesOnPurpose()
{
    QFile file(QStringLiteral(KINDLING_SOURCE_DIR) + u"/tests/data/livy-differences.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Difference> list;
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue& row : rows) {
        list.append({ QRegularExpression(row[u"file"_s].toString()), QRegularExpression(row[u"request"_s].toString()),
            QRegularExpression(row[u"differs"_s].toString()), row[u"livy"_s].toString(), row[u"kindling"_s].toString(),
            row[u"harm"_s].toString() });
    }
    return list;
}

QString tableRow(const QStringList& cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}
}

/// The differential check: every request of the recordings of real Livy servers, in their order, against the tables over
/// scripted drivers.
class TestRecordings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_purposes = differencesOnPurpose();
        QVERIFY(!m_purposes.isEmpty());
        for (const QStringList& files : servers) {
            Replay replay;
            for (const QString& file : files) {
                const QList<Record> records = recordsOf(file);
                QVERIFY2(!records.isEmpty(), qPrintable(file));
                for (const Record& record : records)
                    judge(record, differencesOf(record, replay.answer(record)));
            }
        }
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void answersAsTheRealServersDidUnlessListed()
    {
        QVERIFY2(m_unlisted.isEmpty(), qPrintable(u"\n"_s + m_unlisted.join(u'\n')));
        int requests = 0;
        for (const Count& count : std::as_const(m_counts))
            requests += count.requests;
        QCOMPARE(requests, 413);
    }

    void everyListedDifferenceIsSeenAndSaysWhy()
    {
        for (const Difference& purpose : std::as_const(m_purposes)) {
            QVERIFY2(purpose.requests > 0, qPrintable(u"never seen: "_s + purpose.livy));
            QVERIFY(!purpose.livy.isEmpty() && !purpose.kindling.isEmpty() && !purpose.harm.isEmpty());
        }
    }

    void theCheckSeesWhatDiffers_data()
    {
        QTest::addColumn<HttpResponse>("answer");
        QTest::addColumn<QString>("found");
        const QByteArray good = R"({"id":0,"state":"idle","log":[]})";
        QTest::newRow("nothing") << jsonResponse(200, good) << QString();
        QTest::newRow("status") << jsonResponse(201, good) << u"status: 201 for 200"_s;
        QTest::newRow("type of the content") << HttpResponse{ 200, { { "Content-Type", "text/html" } }, good } << u"content type: text/html for application/json;charset=utf-8"_s;
        QTest::newRow("header") << HttpResponse{ 200, { { "Content-Type", "application/json;charset=utf-8" }, { "X", "1" } }, good } << u"header x: added"_s;
        QTest::newRow("missing key") << jsonResponse(200, R"({"id":0,"state":"idle"})") << u"$.log: missing"_s;
        QTest::newRow("added key") << jsonResponse(200, R"({"id":0,"state":"idle","log":[],"a":1})") << u"$.a: added"_s;
        QTest::newRow("another type") << jsonResponse(200, R"({"id":"0","state":"idle","log":[]})") << u"$.id: another type"_s;
        QTest::newRow("state") << jsonResponse(200, R"({"id":0,"state":"busy","log":[]})") << u"state: busy for idle"_s;
        QTest::newRow("no JSON") << jsonResponse(200, "{") << u"body: no JSON"_s;
    }
    void theCheckSeesWhatDiffers()
    {
        QFETCH(HttpResponse, answer);
        QFETCH(QString, found);
        Record record{ .file = {}, .note = {}, .method = "GET", .target = "/sessions/0", .body = {}, .status = 200, .headers = {},
            .json = parsedJson(R"({"id":0,"state":"idle","log":["a"]})"), .text = {} };
        for (const QString& name : { u"x-frame-options"_s, u"x-content-type-options"_s, u"x-xss-protection"_s, u"content-security-policy"_s })
            record.headers.insert(name, u"x"_s);
        record.headers.insert(u"content-type"_s, u"application/json;charset=utf-8"_s);
        QCOMPARE(differencesOf(record, answer), found.isEmpty() ? QStringList() : QStringList{ found });
    }

    void theCheckReadsTheWordsOfErrors_data()
    {
        QTest::addColumn<QByteArray>("real");
        QTest::addColumn<QByteArray>("ours");
        QTest::addColumn<bool>("areSame");
        const QByteArray java = R"("java.lang.X: Session is in state starting\n\tat a.b")";
        QTest::newRow("the first line") << java << QByteArray(R"("java.lang.X: Session is in state starting")") << true;
        QTest::newRow("a part of it") << java << QByteArray(R"("java.lang.X")") << false;
        QTest::newRow("another end") << java << QByteArray(R"("java.lang.X: Session is in state dead")") << false;
        QTest::newRow("another id") << QByteArray(R"({"msg":"Session '9' not found."})") << QByteArray(R"({"msg":"Session '1' not found."})") << true;
        QTest::newRow("other words") << QByteArray(R"({"msg":"Session '9' not found."})") << QByteArray(R"({"msg":"Nothing found."})") << false;
    }
    void theCheckReadsTheWordsOfErrors()
    {
        QFETCH(QByteArray, real);
        QFETCH(QByteArray, ours);
        QFETCH(bool, areSame);
        const Record record{ .file = {}, .note = {}, .method = "GET", .target = "/", .body = {}, .status = 500, .headers = {},
            .json = parsedJson(real), .text = {} };
        const QStringList found = differencesOf(record, jsonResponse(500, ours)).filter(u"words: "_s);
        QCOMPARE(found.isEmpty(), areSame);
    }

    void theDocumentShowsTheTable()
    {
        const QString path = QStringLiteral(KINDLING_SOURCE_DIR) + u"/docs/local-spark.md"_s;
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        file.close();
        const QString begin = u"<!-- differences: KINDLING_WRITE_DOCS=1 test_local writes them -->\n"_s;
        const QString end = u"<!-- end of differences -->\n"_s;
        QVERIFY(text.contains(begin) && text.contains(end));
        const QString shown = text.section(begin, 1).section(end, 0, 0);
        if (qEnvironmentVariableIsSet("KINDLING_WRITE_DOCS") && file.open(QIODevice::WriteOnly))
            file.write((text.section(begin, 0, 0) + begin + table() + end + text.section(end, 1)).toUtf8());
        else
            QCOMPARE(shown, table());
    }

private:
    void judge(const Record& record, const QStringList& found)
    {
        Count& count = m_counts[record.file];
        ++count.requests;
        count.agree += found.isEmpty() ? 1 : 0;
        QList<Difference*> seen;
        for (const QString& difference : found) {
            const auto purpose = std::ranges::find_if(m_purposes, [&](const Difference& d) { return d.covers(record, difference); });
            if (purpose == m_purposes.end())
                m_unlisted += record.file + u": "_s + record.title().left(150) + u" -> "_s + difference;
            else if (!seen.contains(&*purpose))
                seen += &*purpose;
        }
        for (Difference* purpose : seen)
            ++purpose->requests;
        count.onPurpose += seen.isEmpty() ? 0 : 1;
    }

    [[nodiscard]] QString table() const
    {
        QString text = tableRow({ u"recording"_s, u"requests"_s, u"agree"_s, u"differ on purpose"_s, u"differ otherwise"_s })
            + u"|---|---|---|---|---|\n"_s;
        Count sum;
        for (auto it = m_counts.begin(); it != m_counts.end(); ++it) {
            const Count& count = it.value();
            text += tableRow({ it.key(), QString::number(count.requests), QString::number(count.agree), QString::number(count.onPurpose), u"0"_s });
            sum = { sum.requests + count.requests, sum.agree + count.agree, sum.onPurpose + count.onPurpose };
        }
        text += tableRow({ u"**all**"_s, QString::number(sum.requests), QString::number(sum.agree), QString::number(sum.onPurpose), u"0"_s })
            + u'\n' + tableRow({ u"Livy"_s, u"here"_s, u"what copying would have harmed"_s, u"requests"_s }) + u"|---|---|---|---|\n"_s;
        for (const Difference& purpose : m_purposes)
            text += tableRow({ purpose.livy, purpose.kindling, purpose.harm, QString::number(purpose.requests) });
        return text;
    }

    QList<Difference> m_purposes;
    QMap<QString, Count> m_counts;
    QStringList m_unlisted;
};

KINDLING_TEST(TestRecordings)
#include "tst_recordings.moc"
