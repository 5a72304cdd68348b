// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/answerdifferences.h"
#include "tests/local/purposes.h"
#include "tests/local/replay.h"
#include "tests/support/testmain.h"

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
}

/// The differential check: every request of the recordings of real Livy servers, in their order, against the tables over
/// scripted drivers.
class TestRecordings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (const QStringList& files : servers) {
            Replay replay;
            for (const QString& file : files) {
                const QList<Record> records = recordsOf(file);
                QVERIFY2(!records.isEmpty(), qPrintable(file));
                for (const Record& record : records)
                    m_purposes.judge(record.file, record.title(), differencesOf(record, replay.answer(record)));
            }
        }
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void answersAsTheRealServersDidUnlessListed()
    {
        QVERIFY2(m_purposes.unlisted().isEmpty(), qPrintable(u"\n"_s + m_purposes.unlisted().join(u'\n')));
        QCOMPARE(m_purposes.exchanges(), 413);
    }

    void everyListedDifferenceIsSeenAndSaysWhy() { QCOMPARE(m_purposes.idle(), QStringList()); }

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
        QTest::newRow("null") << jsonResponse(200, R"({"id":null,"state":"idle","log":[]})") << u"$.id: null"_s;
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
        const QString table = m_purposes.table(u"requests"_s);
        QCOMPARE(shownInDocument(u"<!-- differences: KINDLING_WRITE_DOCS=1 test_local writes them -->\n"_s, table), table);
    }

private:
    Purposes m_purposes{ u"livy-differences.json"_s };
};

KINDLING_TEST(TestRecordings)
#include "tst_recordings.moc"
