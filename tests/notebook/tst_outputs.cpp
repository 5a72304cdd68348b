// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"
#include "app/notebook/outputreader.h"
#include "app/notebook/rawjson.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
NotebookFile withOutputs(const QList<Output>& outputs)
{
    NotebookFile file;
    NotebookCell cell;
    cell.id = u"c"_s;
    cell.outputs = outputs;
    file.cells.append(cell);
    return file;
}

QList<Output> throughAFile(const QList<Output>& outputs)
{
    const Result<NotebookFile> file = readIpynb(writeIpynb(withOutputs(outputs)));
    return file ? file->cells.first().outputs : QList<Output>();
}

QJsonArray written(const QList<Output>& outputs)
{
    return QJsonDocument::fromJson(writeIpynb(withOutputs(outputs)))["cells"_L1][0]["outputs"_L1].toArray();
}

QByteArray rewritten(const QByteArray& output)
{
    const std::optional<Output> read = readNotebookOutput(output);
    if (!read)
        return {};
    const QByteArray file = *checkedJson(writeIpynb(withOutputs({ *read })));
    return rawElements(RawObject(rawElements(RawObject(file).value(u"cells")).first()).value(u"outputs")).value(0);
}
}

class TestOutputs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void writesAResultWithItsCount()
    {
        Output output;
        output.executionCount = 0;
        output.parts = { { u"text/plain"_s, R"("a\nb")" }, { u"image/png"_s, "\"AAAA\"" } };
        const QJsonObject object = written({ output }).first().toObject();
        QCOMPARE(object["output_type"_L1].toString(), u"execute_result"_s);
        QCOMPARE(object["execution_count"_L1].toInt(-1), 0);
        QVERIFY(object["metadata"_L1].isObject());
        QCOMPARE(object["data"_L1]["text/plain"_L1].toArray(), QJsonArray({ u"a\n"_s, u"b"_s }));
        QCOMPARE(object["data"_L1]["image/png"_L1].toString(), u"AAAA"_s);
    }

    void writesWhatHasNoCountAsDisplayedData()
    {
        Output output;
        output.parts = { { u"text/plain"_s, "\"x\"" } };
        const QJsonObject object = written({ output }).first().toObject();
        QCOMPARE(object["output_type"_L1].toString(), u"display_data"_s);
        QVERIFY(!object.contains("execution_count"_L1));
    }

    void keepsHowManyRowsThereCouldBe()
    {
        Output output;
        output.executionCount = 3;
        output.parts = { { u"application/json"_s, "{\"schema\":{}}" } };
        output.rowLimit = 5000;
        QCOMPARE(written({ output }).first()["metadata"_L1]["kindling"_L1]["rowLimit"_L1].toInt(), 5000);
        const QList<Output> again = throughAFile({ output });
        QCOMPARE(again.first().rowLimit, 5000);
        QCOMPARE(throughAFile(again), again);
        // of what is no query's result it says nothing
        output.parts = { { u"text/plain"_s, "\"x\"" } };
        QVERIFY(written({ output }).first()["metadata"_L1].toObject().isEmpty());
        for (const char* odd : { "-5", "\"many\"", "null", "1e99" }) {
            const QByteArray json = R"({"output_type":"display_data","data":{},"metadata":{"kindling":{"rowLimit":)" + QByteArray(odd) + "}}}";
            QCOMPARE(readNotebookOutput(json)->rowLimit, 0);
        }
    }

    void keepsTablesToTheLetter()
    {
        Output output;
        output.executionCount = 8;
        output.parts = {
            { u"application/json"_s, R"-({"schema":{"type":"struct","fields":[{"name":"d","type":"decimal(38,2)"}]},"data":[[0.00],[12345678901234567890.10]]})-" },
            { u"application/vnd.livy.table.v1+json"_s, R"({"headers":[{"name":"0","type":"INT_TYPE"}],"data":[[1],[null]]})" },
        };
        const QList<Output> again = throughAFile({ output });
        QCOMPARE(again.size(), 1);
        QCOMPARE(again.first().parts, output.parts);
        QCOMPARE(again.first().executionCount, 8);
        QVERIFY2(writeIpynb(withOutputs({ output })).contains("[[0.00], [12345678901234567890.10]]"), "rows on one line");
    }

    void keepsErrors()
    {
        Output output;
        output.status = Output::Status::Error;
        output.errorName = u"ZeroDivisionError"_s;
        output.errorValue = u"division by zero\nsecond line"_s;
        output.traceback = { u"Traceback:\n"_s, u"\x1b[31m  File\x1b[0m\n"_s };
        const QList<Output> again = throughAFile({ output });
        QCOMPARE(again.size(), 1);
        QCOMPARE(again.first().status, Output::Status::Error);
        QCOMPARE(again.first().errorName, output.errorName);
        QCOMPARE(again.first().errorValue, output.errorValue);
        QCOMPARE(again.first().traceback, output.traceback);
        QCOMPARE(throughAFile(again), again);
    }

    void writesWhatWasPrintedBeforeAnErrorAsItsOwnOutput()
    {
        Output output;
        output.status = Output::Status::Error;
        output.errorName = u"E"_s;
        output.parts = { { u"text/plain"_s, "\"before\"" } };
        const QList<Output> again = throughAFile({ output });
        QCOMPARE(again.size(), 2);
        QCOMPARE(again.at(0).parts, output.parts);
        QCOMPARE(again.at(1).errorName, u"E"_s);
        QCOMPARE(throughAFile(again), again);
    }

    void givesJupyterBackItsOwnWords_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::newRow("stream") << R"({"name":"stderr","output_type":"stream","text":["a\n","b"]})"_ba;
        QTest::newRow("display") << R"({"data":{"application/x+json":{"b":1.0,"a":[]},"text/html":["<p>"]},"metadata":{"isolated":true},"output_type":"display_data"})"_ba;
        QTest::newRow("result") << R"({"data":{"text/plain":["1"]},"execution_count":null,"metadata":{"k":1.50},"output_type":"execute_result","transient":{"id":1}})"_ba;
        QTest::newRow("unknown type") << R"({"data":{"x/y":["l1","l2"],"application/pdf":"AA"},"metadata":{},"output_type":"display_data"})"_ba;
        QTest::newRow("error") << R"({"ename":"E","evalue":"","output_type":"error","traceback":[]})"_ba;
    }
    void givesJupyterBackItsOwnWords()
    {
        QFETCH(QByteArray, output);
        const QJsonDocument again = QJsonDocument::fromJson(rewritten(output));
        QCOMPARE(again, QJsonDocument::fromJson(output));
        QCOMPARE(rewritten(rewritten(output)), rewritten(output));
    }

    void readsImagesInLines()
    {
        const std::optional<Output> output = readNotebookOutput(
            R"({"data":{"image/png":["AA\n","BB\n"]},"metadata":{},"output_type":"display_data"})");
        QCOMPARE(output->parts.first().json, R"("AA\nBB\n")"_ba);
    }

    void readsAStreamAsText()
    {
        const std::optional<Output> output = readNotebookOutput(R"({"name":"stdout","output_type":"stream","text":"a\nb"})");
        QCOMPARE(output->parts, QList<MimePart>({ { u"text/plain"_s, R"("a\nb")" } }));
        QCOMPARE(output->executionCount, -1);
    }

    void makesTextOfWhatTheFormatWantsAsText()
    {
        Output output;
        output.parts = { { u"text/plain"_s, "42" }, { u"text/html"_s, "not json" }, { u"image/png"_s, "{\"a\":1}" } };
        const QJsonObject data = written({ output }).first()["data"_L1].toObject();
        QCOMPARE(data["text/plain"_L1].toArray(), QJsonArray({ u"42"_s }));
        QCOMPARE(data["text/html"_L1].toArray(), QJsonArray({ u"not json"_s }));
        QCOMPARE(data["image/png"_L1].toString(), u"{\"a\":1}"_s);
    }

    void refusesWhatIsNoOutput()
    {
        for (const char* json : { "{}", "[]", "1", "null", "\"x\"", R"({"output_type":"future"})", R"({"output_type":3})" })
            QVERIFY(!readNotebookOutput(json));
    }

    void toleratesWrongTypesInside()
    {
        QCOMPARE(readNotebookOutput(R"({"output_type":"error","ename":1,"evalue":null,"traceback":"whole"})")->traceback,
                 QStringList{ u"whole"_s });
        QCOMPARE(readNotebookOutput(R"({"output_type":"error","traceback":[1,"a"]})")->traceback, QStringList({ u"1"_s, u"a"_s }));
        QVERIFY(readNotebookOutput(R"({"output_type":"display_data","data":[1]})")->parts.isEmpty());
        QCOMPARE(readNotebookOutput(R"({"output_type":"stream","text":{"a":1}})")->parts.first().json, "\"\""_ba);
        QCOMPARE(readNotebookOutput(R"({"output_type":"execute_result","execution_count":"x","data":{}})")->executionCount, -1);
    }
};

KINDLING_TEST(TestOutputs)
#include "tst_outputs.moc"
