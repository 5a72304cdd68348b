// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"
#include "app/notebook/rawjson.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
QByteArray sample()
{
    QFile file(QStringLiteral(KINDLING_SOURCE_DIR "/resources/samples/sample.ipynb"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Whatever was read must be writable, and what is written must be sound.
void checkWritable(const NotebookFile& file)
{
    const QByteArray bytes = writeIpynb(file);
    const Result<NotebookFile> again = readIpynb(bytes);
    QVERIFY(again);
    QVERIFY2(again->repairs.isEmpty(), qPrintable(again->repairs));
    QCOMPARE(again->cells.size(), file.cells.size());
    QCOMPARE(writeIpynb(*again), bytes);
}
}

class TestIpynbHostile final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void refusesATruncatedFile()
    {
        const QByteArray whole = sample();
        QVERIFY(whole.size() > 1000);
        for (qsizetype size = 50; size < whole.trimmed().size(); size += 50) {
            const Result<NotebookFile> file = readIpynb(whole.first(size));
            QVERIFY(!file);
            QCOMPARE(file.error().kind, ErrorKind::Protocol);
            QVERIFY(!file.error().title.isEmpty());
        }
    }

    void survivesEveryFlippedByte()
    {
        QRandomGenerator random(11);
        const QByteArray whole = sample();
        for (int round = 0; round < 1500; ++round) {
            QByteArray bytes = whole;
            bytes[random.bounded(bytes.size())] = static_cast<char>(random.bounded(256));
            const Result<NotebookFile> file = readIpynb(bytes);
            if (file)
                checkWritable(*file);
        }
    }

    void readsAnEmptyFileAsAnEmptyNotebook()
    {
        for (const char* text : { "", "  \n" }) {
            const Result<NotebookFile> file = readIpynb(text);
            QVERIFY(file && file->cells.isEmpty() && !file->repairs.isEmpty() && !file->isWhole);
        }
    }

    void refusesWhatIsNoNotebook_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : { "[]", "1", "null", "\"x\"", "{}", "{\"cells\":1}", "<html>", "# %%\n1", R"({"nbformat":5,"cells":[]})" })
            QTest::newRow(text) << QByteArray(text);
    }
    void refusesWhatIsNoNotebook()
    {
        QFETCH(QByteArray, text);
        const Result<NotebookFile> file = readIpynb(text);
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::Protocol);
    }

    void mendsWrongTypes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("cellCount");
        QTest::addColumn<bool>("isWhole");
        const auto cells = [](const QByteArray& list) { return "{\"nbformat\":4,\"metadata\":{},\"cells\":[" + list + "]}"; };
        QTest::newRow("no cells") << "{\"nbformat\":4,\"metadata\":{}}"_ba << 0 << false;
        QTest::newRow("cells of a wrong type") << R"({"nbformat":4,"cells":{"a":1}})"_ba << 0 << false;
        QTest::newRow("metadata of a wrong type") << R"({"nbformat":4,"metadata":[1],"cells":[]})"_ba << 0 << true;
        QTest::newRow("things that are no cells") << cells(R"(1,null,"x",[],{"cell_type":"raw","source":""})") << 1 << false;
        QTest::newRow("unknown type") << cells(R"({"cell_type":"chart","source":"x"})") << 1 << false;
        QTest::newRow("no type") << cells(R"({"source":"x"})") << 1 << false;
        QTest::newRow("no source") << cells(R"({"cell_type":"code"})") << 1 << false;
        QTest::newRow("number as source") << cells(R"({"cell_type":"code","source":7})") << 1 << false;
        QTest::newRow("mixed source") << cells(R"({"cell_type":"code","source":["a",1,null,"b"]})") << 1 << false;
        QTest::newRow("metadata list") << cells(R"({"cell_type":"code","source":"","metadata":[]})") << 1 << true;
        QTest::newRow("outputs object") << cells(R"({"cell_type":"code","source":"","outputs":{}})") << 1 << true;
        QTest::newRow("broken output") << cells(R"({"cell_type":"code","source":"","outputs":[1,{}]})") << 1 << true;
        QTest::newRow("doubled ids") << cells(R"({"id":"a","cell_type":"raw","source":""},{"id":"a","cell_type":"raw","source":""})") << 2 << true;
        QTest::newRow("bad id") << cells(R"({"id":"a b","cell_type":"raw","source":""},{"id":3,"cell_type":"raw","source":""})") << 2 << true;
    }
    void mendsWrongTypes()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, cellCount);
        QFETCH(bool, isWhole);
        const Result<NotebookFile> file = readIpynb(text);
        QVERIFY(file);
        QCOMPARE(file->cells.size(), cellCount);
        QCOMPARE(file->isWhole, isWhole);
        QVERIFY2(!file->repairs.isEmpty(), "said nothing");
        QSet<CellId> ids;
        for (const NotebookCell& cell : file->cells)
            ids.insert(cell.id);
        QCOMPARE(ids.size(), cellCount);
        checkWritable(*file);
    }

    void putsEveryTypeInEveryPlace()
    {
        const QByteArray whole = *checkedJson(R"({"nbformat":4,"metadata":{"kernelspec":{"name":"x"}},"cells":[{"cell_type":"code","id":"a",
            "execution_count":1,"metadata":{"kindling":{"kind":"sql","started":"x"},"microsoft":{"language":"r"}},"source":["a"],"outputs":[
            {"output_type":"stream","name":"stdout","text":["x"]},{"output_type":"error","ename":"e","evalue":"v","traceback":["t"]},
            {"output_type":"execute_result","execution_count":1,"metadata":{},"data":{"text/plain":["x"],"application/json":{}}}]}]})");
        for (const char* value : { "null", "true", "-1", "1e999", "NaN", "\"\"", "[]", "{}", "[[[]]]", "{\"cells\":[{}]}" }) {
            for (qsizetype colon = whole.indexOf("\":"); colon >= 0; colon = whole.indexOf("\":", colon + 1)) {
                const QByteArray rest = whole.sliced(colon + 2);
                const qsizetype length = replacedLength(rest);
                const Result<NotebookFile> file = readIpynb(whole.first(colon + 2) + value + rest.sliced(length));
                if (file)
                    checkWritable(*file);
            }
        }
    }

    void replacesInvalidBytesAndSaysSo()
    {
        const Result<NotebookFile> file = readIpynb("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"raw\",\"source\":\"a\xff\xfe" "b\xc3\"}]}");
        QVERIFY(file);
        QVERIFY(!file->repairs.isEmpty());
        QCOMPARE(file->cells.first().source, u"a\uFFFD\uFFFDb\uFFFD"_s);
        QVERIFY(!file->isWhole);
        checkWritable(*file);
        const Result<NotebookFile> elsewhere = readIpynb("{\"nbformat\":4,\"metadata\":{\"a\":\"\xff\"},\"cells\":[{\"cell_type\":\"raw\",\"source\":\"b\"}]}");
        QVERIFY(elsewhere->isWhole && !elsewhere->repairs.isEmpty());
    }

    void replacesLoneSurrogates()
    {
        const Result<NotebookFile> file = readIpynb(R"({"nbformat":4,"cells":[{"cell_type":"raw","source":"a\ud800b"}]})");
        QCOMPARE(file->cells.first().source, u"a\uFFFDb"_s);
        checkWritable(*file);
    }

    void skipsAByteOrderMark()
    {
        QCOMPARE(readIpynb("\xEF\xBB\xBF{\"nbformat\":4,\"metadata\":{},\"cells\":[]}")->repairs, QString());
    }

    void writesHostileCellsFromMemory()
    {
        NotebookFile file;
        NotebookCell cell;
        cell.id = QString(500, u'x');
        cell.source = QString(QChar(0xdc00)) + QChar(0) + u"\u2028\r\n"_s;
        cell.metadata = "{broken";
        cell.fileFields = "[1]";
        Output output;
        output.fileFields = "no";
        output.parts = { { u"\"\n"_s, "{" }, { QString(), {} } };
        output.executionCount = 3;
        cell.outputs = { output };
        file.cells = { cell };
        file.metadata = "nonsense";
        QVERIFY(!QJsonDocument::fromJson(writeIpynb(file)).isNull());
        checkWritable(file);
    }

    void takesTenMegabytesOfOutput()
    {
        NotebookFile file;
        NotebookCell cell;
        cell.id = u"big"_s;
        Output output;
        output.parts.append({ u"text/plain"_s, jsonString(u"line of output \u00e9\n"_s.repeated(600'000)) });
        output.parts.append({ u"application/json"_s, "[" + QByteArray("[1,2.50,\"x\"],").repeated(100'000) + "[]]" });
        cell.outputs.append(output);
        file.cells.append(cell);
        QElapsedTimer timer;
        timer.start();
        const Result<NotebookFile> again = readIpynb(writeIpynb(file));
        QVERIFY(again);
        QCOMPARE(again->cells.first().outputs.first().parts, output.parts);
        QVERIFY2(timer.elapsed() < 30'000, "more than linear");
    }

private:
    // How long the value is that begins here.
    static qsizetype replacedLength(const QByteArray& rest)
    {
        for (qsizetype length = 1; length <= rest.size(); ++length) {
            const char next = length < rest.size() ? rest.at(length) : '\0';
            if ((next == ',' || next == '}' || next == ']') && checkedJson(rest.first(length)))
                return length;
        }
        return rest.size();
    }
};

KINDLING_TEST(TestIpynbHostile)
#include "tst_ipynbhostile.moc"
