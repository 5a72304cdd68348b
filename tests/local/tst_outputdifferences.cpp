// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/outputdifferences.h"
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Whether the check of outputs sees what differs; the check itself runs in test_live.
class TestOutputDifferences final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void seesWhatDiffers_data()
    {
        QTest::addColumn<QByteArray>("real");
        QTest::addColumn<QByteArray>("ours");
        QTest::addColumn<QStringList>("found");
        const QByteArray ok = R"({"status":"ok","execution_count":3,"data":{"text/plain":"at 0x7f '/srv' 12"}})";
        const QByteArray error = R"({"status":"error","execution_count":3,"ename":"E","evalue":"job 8\nmore","traceback":["a"]})";
        const auto sql = [](const QByteArray& type, const QByteArray& rows) -> QByteArray {
            return QByteArray(R"({"status":"ok","data":{"application/json":{"schema":{"type":"TYPE"},"data":ROWS}}})").replace("TYPE", type).replace("ROWS", rows);
        };
        const auto row = [](const char* name, const QByteArray& real, const QByteArray& ours, const QStringList& found) {
            QTest::newRow(name) << real << ours << found;
        };
        row("nothing", ok, ok, {});
        row("another moment and machine", ok, R"({"status":"ok","execution_count":9,"data":{"text/plain":"at 0x1c '/home/x' 7"}})", {});
        row("another text", ok, R"({"status":"ok","execution_count":3,"data":{"text/plain":"x"}})", { u"text: x for at # '/' #"_s });
        row("a key of the data", ok, R"({"status":"ok","execution_count":3,"data":{"text/plain":"at 0x7f '/srv' 12","text/html":""}})", { u"data.text/html: added"_s });
        row("no data", ok, R"({"status":"ok","execution_count":3})", { u"keys: execution_count status for data execution_count status"_s, u"data: nothing for object"_s, u"text:  for at # '/' #"_s });
        row("no output", ok, "null", { u"output: null for object"_s });
        row("status", ok, error, { u"status: error (E: job #) for ok (:)"_s });
        row("later words", error, R"({"status":"error","execution_count":3,"ename":"E","evalue":"job 9\nother","traceback":["b"]})", {});
        row("words", error, R"({"status":"error","execution_count":3,"ename":"E","evalue":"no job","traceback":["a"]})", { u"words: E: no job for E: job #"_s });
        row("name", error, R"({"status":"error","execution_count":3,"ename":"F","evalue":"job 8","traceback":["a"]})", { u"words: F: job # for E: job #"_s });
        row("traceback", error, R"({"status":"error","execution_count":3,"ename":"E","evalue":"job 8","traceback":[]})", { u"traceback: missing"_s });
        row("traceback of another type", error, R"({"status":"error","execution_count":3,"ename":"E","evalue":"job 8","traceback":"a"})", { u"traceback: another type"_s });
        row("schema", sql("long", "[[1]]"), sql("string", "[[1]]"), { u"schema: another"_s });
        row("null for a value", sql("t", "[[1]]"), sql("t", "[[null]]"), { u"data.application/json.data[][]: null for number"_s });
        row("fewer rows", sql("t", "[[1],[2]]"), sql("t", "[[1]]"), { u"data.application/json.data: 1 items for 2"_s });
        row("rows that were left out", sql("t", R"([[1],"…[998 left out]…"])"), sql("t", "[[1],[2],[3]]"), {});
        row("headers", R"({"status":"ok","data":{"application/vnd.livy.table.v1+json":{"headers":[{"name":"a"}],"data":[]}}})",
            R"({"status":"ok","data":{"application/vnd.livy.table.v1+json":{"headers":[{"name":"b"}],"data":[]}}})", { u"headers: another"_s });
    }
    void seesWhatDiffers()
    {
        QFETCH(QByteArray, real);
        QFETCH(QByteArray, ours);
        QFETCH(QStringList, found);
        QCOMPARE(outputDifferences(parsedJson(real), parsedJson(ours)), found);
    }
};

KINDLING_TEST(TestOutputDifferences)
#include "tst_outputdifferences.moc"
