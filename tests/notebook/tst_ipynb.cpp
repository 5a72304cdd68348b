// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"
#include "app/notebook/rawjson.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
QByteArray notebook(const QByteArray& cells, const QByteArray& metadata = "{}")
{
    return "{\"cells\":[" + cells + "],\"metadata\":" + metadata + ",\"nbformat\":4,\"nbformat_minor\":5}";
}

QByteArray codeCell(const QString& source, const QByteArray& metadata = "{}")
{
    return R"({"cell_type":"code","execution_count":null,"id":"c1","metadata":)" + metadata + R"(,"outputs":[],"source":)"
        + jsonString(source) + '}';
}

NotebookCell firstCell(const QByteArray& json)
{
    const Result<NotebookFile> file = readIpynb(json);
    return file && !file->cells.isEmpty() ? file->cells.first() : NotebookCell();
}

QJsonObject written(const NotebookFile& file)
{
    return QJsonDocument::fromJson(writeIpynb(file)).object();
}

QString writtenSource(const QByteArray& json)
{
    QString text;
    const QJsonArray lines = written(*readIpynb(json))["cells"_L1][0]["source"_L1].toArray();
    for (const QJsonValue& line : lines)
        text += line.toString();
    return text;
}
}

class TestIpynb final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void readsTheSample_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("English") << u"sample.ipynb"_s;
        QTest::newRow("German") << u"sample_de.ipynb"_s;
    }
    void readsTheSample()
    {
        QFETCH(QString, name);
        const Result<NotebookFile> file = loadNotebook(QStringLiteral(KINDLING_SOURCE_DIR "/resources/samples/") + name);
        QVERIFY(file);
        QVERIFY2(file->repairs.isEmpty(), qPrintable(file->repairs));
        QList<Kind> kinds;
        for (const NotebookCell& cell : file->cells) {
            if (cell.type == CellType::Code)
                kinds.append(cell.kind);
        }
        QCOMPARE(kinds, QList<Kind>({ Kind::PySpark, Kind::Sql, Kind::Spark, Kind::PySpark, Kind::PySpark, Kind::PySpark }));
        QVERIFY(file->cells.first().type == CellType::Markdown && file->cells.first().source.startsWith("# "_L1));
        QVERIFY(file->cells.last().source.contains("1 / 0"_L1));
    }

    void bothSamplesRunTheSameCode()
    {
        QStringList codes[2];
        for (int i = 0; i < 2; ++i) {
            const auto file = loadNotebook(QStringLiteral(KINDLING_SOURCE_DIR "/resources/samples/") + (i == 0 ? u"sample.ipynb"_s : u"sample_de.ipynb"_s));
            QVERIFY(file);
            for (const NotebookCell& cell : file->cells)
                codes[i] += cell.type == CellType::Code ? cell.source : cell.id;
        }
        QCOMPARE(codes[0], codes[1]);
    }

    void writesTheSampleAsItWasRead()
    {
        QFile sample(QStringLiteral(KINDLING_SOURCE_DIR "/resources/samples/sample.ipynb"));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        const QByteArray bytes = sample.readAll();
        QCOMPARE(writeIpynb(*readIpynb(bytes)), bytes);
    }

    void writesWhatJupyterOpens()
    {
        NotebookFile file;
        NotebookCell cell;
        cell.id = u"abc"_s;
        cell.source = u"a\n\nb"_s;
        cell.kind = Kind::Sql;
        cell.run.number = 3;
        file.cells.append(cell);
        cell.id = u"has a space"_s;
        cell.type = CellType::Markdown;
        file.cells.append(cell);
        cell.id = u"abc"_s;
        cell.type = CellType::Raw;
        file.cells.append(cell);
        const QJsonObject root = written(file);
        QCOMPARE(root.keys(), QStringList({ u"cells"_s, u"metadata"_s, u"nbformat"_s, u"nbformat_minor"_s }));
        QCOMPARE(root["nbformat"_L1].toInt(), 4);
        QCOMPARE(root["nbformat_minor"_L1].toInt(), 5);
        QVERIFY(root["metadata"_L1]["kernelspec"_L1]["name"_L1].isString());
        const QJsonObject code = root["cells"_L1][0].toObject();
        QCOMPARE(code["source"_L1].toArray(), QJsonArray({ u"a\n"_s, u"\n"_s, u"b"_s }));
        QCOMPARE(code["execution_count"_L1].toInt(), 3);
        QCOMPARE(code["metadata"_L1]["kindling"_L1]["kind"_L1].toString(), u"sql"_s);
        const QJsonObject markdown = root["cells"_L1][1].toObject();
        QCOMPARE(markdown.keys(), QStringList({ u"cell_type"_s, u"id"_s, u"metadata"_s, u"source"_s }));
        QVERIFY(QRegularExpression(u"^[a-zA-Z0-9-_]{1,64}$"_s).match(markdown["id"_L1].toString()).hasMatch());
        QVERIFY2(root["cells"_L1][2]["id"_L1].toString() != u"abc"_s, "ids are doubled");
        QVERIFY(writeIpynb(file).endsWith("}\n"));
    }

    void keepsUnknownFieldsToTheLetter()
    {
        const QByteArray metadata = R"({"zeta":[1.00,12345678901234567890],"kernelspec":{"name":"k","x":null},"alpha":"\u00e9","zeta2":NaN})";
        const QByteArray cellMetadata = R"({"z":1.50,"collapsed":true,"kindling":{"kind":"sql","later":[1.0]},"a":{"tags":["x"]}})";
        const QByteArray cell = R"({"cell_type":"code","execution_count":2,"id":"c1","metadata":)" + cellMetadata
            + R"(,"outputs":[],"source":["a"],"vendor":{"b":1.0,"a":2}})";
        const Result<NotebookFile> file = readIpynb(notebook(cell, metadata));
        QVERIFY(file->repairs.isEmpty());
        const QByteArray again = *checkedJson(writeIpynb(*file));
        QVERIFY(again.contains(QByteArray("\"metadata\":" + metadata)));
        QVERIFY(again.contains(QByteArray("\"metadata\":" + cellMetadata)));
        QVERIFY(again.contains(R"("vendor":{"b":1.0,"a":2})"));
        QCOMPARE(*checkedJson(writeIpynb(*readIpynb(again))), again);
    }

    void keepsAttachmentsOfMarkdown()
    {
        const QByteArray cell = R"({"attachments":{"i.png":{"image/png":"AA=="}},"cell_type":"markdown","id":"m","metadata":{},"source":[]})";
        QVERIFY(checkedJson(writeIpynb(*readIpynb(notebook(cell))))->contains(R"("attachments":{"i.png":{"image/png":"AA=="}})"));
    }

    void keepsTheTimesOfARun()
    {
        NotebookFile file;
        NotebookCell cell;
        cell.id = u"c"_s;
        cell.run.number = 7;
        cell.run.started = QDateTime(QDate(2026, 11, 22), QTime(12, 0, 1, 250), QTimeZone::UTC);
        cell.run.completed = cell.run.started.addMSecs(2345);
        file.cells.append(cell);
        const NotebookCell read = firstCell(writeIpynb(file));
        QCOMPARE(read.run.number, std::optional(7));
        QCOMPARE(read.run.started, cell.run.started);
        QCOMPARE(read.run.completed, cell.run.completed);
        file.cells = { read };
        file.cells.first().run = {};
        QVERIFY(!writeIpynb(file).contains("started"));
    }

    void tellsTheKindByTheKernel_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<Kind>("kind");
        QTest::newRow("none") << "{}"_ba << Kind::PySpark;
        QTest::newRow("python") << R"({"kernelspec":{"name":"python3"}})"_ba << Kind::PySpark;
        QTest::newRow("sparkmagic python") << R"({"kernelspec":{"name":"pysparkkernel"}})"_ba << Kind::PySpark;
        QTest::newRow("sparkmagic scala") << R"({"kernelspec":{"name":"sparkkernel"}})"_ba << Kind::Spark;
        QTest::newRow("sparkmagic r") << R"({"kernelspec":{"name":"sparkrkernel"}})"_ba << Kind::SparkR;
        QTest::newRow("synapse") << R"({"kernelspec":{"name":"synapse_spark"}})"_ba << Kind::Spark;
        QTest::newRow("language") << R"({"language_info":{"name":"scala"}})"_ba << Kind::Spark;
        QTest::newRow("R") << R"({"kernelspec":{"name":"xr","language":"R"}})"_ba << Kind::SparkR;
        QTest::newRow("wrong types") << R"({"kernelspec":[1],"language_info":"x"})"_ba << Kind::PySpark;
    }
    void tellsTheKindByTheKernel()
    {
        QFETCH(QByteArray, metadata);
        QFETCH(Kind, kind);
        QCOMPARE(firstCell(notebook(codeCell(u"x"_s), metadata)).kind, kind);
        QCOMPARE(firstCell(notebook(codeCell(u"x"_s, R"({"kindling":{"kind":"sql"}})"), metadata)).kind, Kind::Sql);
    }

    void tellsTheKindByFabricsLanguage()
    {
        QCOMPARE(firstCell(notebook(codeCell(u"x"_s, R"({"microsoft":{"language":"sparksql"}})"))).kind, Kind::Sql);
        QCOMPARE(firstCell(notebook(codeCell(u"x"_s, R"({"microsoft":{"language":"scala"}})"))).kind, Kind::Spark);
    }

    void takesTheMagicLineOffAndPutsItBack_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<Kind>("kind");
        QTest::newRow("sql") << u"%%sql"_s << Kind::Sql;
        QTest::newRow("spaces") << u"%%sql  "_s << Kind::Sql;
        QTest::newRow("options") << u"%%sql -o rows -n 10"_s << Kind::Sql;
        QTest::newRow("spark") << u"%%spark"_s << Kind::Spark;
        QTest::newRow("scala") << u"%%scala"_s << Kind::Spark;
        QTest::newRow("pyspark") << u"%%pyspark"_s << Kind::PySpark;
        QTest::newRow("r") << u"%%r"_s << Kind::SparkR;
    }
    void takesTheMagicLineOffAndPutsItBack()
    {
        QFETCH(QString, line);
        QFETCH(Kind, kind);
        const QByteArray json = notebook(codeCell(line + u"\nfirst\nsecond"_s));
        const NotebookCell cell = firstCell(json);
        QCOMPARE(cell.kind, kind);
        QCOMPARE(cell.source, u"first\nsecond"_s);
        QCOMPARE(writtenSource(json), line + u"\nfirst\nsecond"_s);
        QVERIFY(!writeIpynb(*readIpynb(json)).contains("\"magic\""));
    }

    void dropsTheMagicLineOfAnotherKind()
    {
        Result<NotebookFile> file = readIpynb(notebook(codeCell(u"%%sql\nx"_s)));
        file->cells.first().kind = Kind::PySpark;
        const NotebookCell again = firstCell(writeIpynb(*file));
        QCOMPARE(again.kind, Kind::PySpark);
        QCOMPARE(again.source, u"x"_s);
    }

    void leavesUnknownMagicsInTheText_data()
    {
        QTest::addColumn<QString>("source");
        for (const char16_t* text : { u"%%time\nx", u"%%R\nx", u"%%spark -c sql\nx", u"%%sql SELECT 1", u"%%configure -f\n{}", u"x\n%%sql",
                                      u"%sql", u"%%", u"%table t", u"" })
            QTest::newRow(qPrintable(QString::fromUtf16(text))) << QString::fromUtf16(text);
    }
    void leavesUnknownMagicsInTheText()
    {
        QFETCH(QString, source);
        const NotebookCell cell = firstCell(notebook(codeCell(source)));
        QCOMPARE(cell.source, source);
        QCOMPARE(cell.kind, Kind::PySpark);
        QCOMPARE(writtenSource(notebook(codeCell(source))), source);
    }

    void keepsAKindItDoesNotKnow()
    {
        const QByteArray json = notebook(codeCell(u"x"_s, R"({"kindling":{"kind":"julia"}})"));
        QCOMPARE(firstCell(json).kind, Kind::Unknown);
        QCOMPARE(written(*readIpynb(json))["cells"_L1][0]["metadata"_L1]["kindling"_L1]["kind"_L1].toString(), u"julia"_s);
    }

    void keepsWhatElseTheFileHas()
    {
        const QByteArray json = R"({"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":2,"zeppelin":{"a":[1.50,{"b":null}]},"x":"y"})";
        const Result<NotebookFile> file = readIpynb(json);
        QVERIFY(file && file->isWhole && file->repairs.isEmpty());
        NotebookDocument document;
        document.reset(file->cells, file->metadata, file->fileFields);
        const QByteArray again = *checkedJson(writeIpynb(fileOf(document)));
        QVERIFY2(again.endsWith(R"("nbformat":4,"nbformat_minor":5,"zeppelin":{"a":[1.50,{"b":null}]},"x":"y"})"), again.constData());
        QVERIFY(readIpynb(again)->fileFields == file->fileFields);
        document.reset({}, "{}");
        QVERIFY(!writeIpynb(fileOf(document)).contains("zeppelin"));
    }

    void readsNbformat3()
    {
        const QByteArray json = R"({"metadata":{"name":"old"},"nbformat":3,"nbformat_minor":0,"worksheets":[{"cells":[
            {"cell_type":"heading","level":2,"metadata":{},"source":["Title"]},
            {"cell_type":"code","collapsed":false,"input":["a = 1\n","a"],"language":"python","metadata":{},"prompt_number":5,"outputs":[
              {"output_type":"pyout","prompt_number":5,"metadata":{},"text":["1"],"html":["<b>","1</b>"]},
              {"output_type":"stream","stream":"stderr","text":["warn\n"]},
              {"output_type":"pyerr","ename":"E","evalue":"v","traceback":["t"]}]},
            {"cell_type":"markdown","metadata":{},"source":"text"}]},{"cells":[{"cell_type":"raw","source":"r"}]}]})";
        const Result<NotebookFile> file = readIpynb(json);
        QVERIFY(file);
        QVERIFY2(file->repairs.isEmpty(), qPrintable(file->repairs));
        QCOMPARE(file->cells.size(), 4);
        QCOMPARE(file->cells.at(0).source, u"## Title"_s);
        QCOMPARE(file->cells.at(1).source, u"a = 1\na"_s);
        QCOMPARE(file->cells.at(1).run.number, std::optional(5));
        const QList<Output>& outputs = file->cells.at(1).outputs;
        QCOMPARE(outputs.size(), 3);
        QCOMPARE(outputs.at(0).executionCount, 5);
        QCOMPARE(outputs.at(0).parts, QList<MimePart>({ { u"text/plain"_s, "\"1\"" }, { u"text/html"_s, "\"<b>1</b>\"" } }));
        QCOMPARE(outputs.at(1).parts.first().json, "\"warn\\n\""_ba);
        QCOMPARE(outputs.at(2).errorName, u"E"_s);
        QCOMPARE(file->cells.at(3).type, CellType::Raw);
        const QByteArray again = writeIpynb(*file);
        QVERIFY(again.contains("\"name\": \"stderr\""));
        QCOMPARE(readIpynb(again)->repairs, QString());
    }

    void savesAtomicallyAndTellsFailures()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"n.ipynb"_s);
        const Result<NotebookFile> file = readIpynb(notebook(codeCell(u"\u00e9\U0001F600"_s)));
        QVERIFY(saveNotebook(path, *file));
        QCOMPARE(loadNotebook(path)->cells.first().source, u"\u00e9\U0001F600"_s);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{ u"n.ipynb"_s });

        const Result<void> failed = saveNotebook(folder.filePath(u"none/n.ipynb"_s), *file);
        QCOMPARE(failed.error().kind, ErrorKind::Io);
        QVERIFY(failed.error().title.contains("none/n.ipynb"_L1));
        QCOMPARE(saveNotebook(folder.path(), *file).error().kind, ErrorKind::Io);
        QCOMPARE(loadNotebook(folder.filePath(u"absent.ipynb"_s)).error().kind, ErrorKind::Io);
        QCOMPARE(loadNotebook(folder.path()).error().kind, ErrorKind::Io);
    }
};

KINDLING_TEST(TestIpynb)
#include "tst_ipynb.moc"
