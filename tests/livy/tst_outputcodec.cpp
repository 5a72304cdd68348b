// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/outputcodec.h"
#include "app/livy/itemmemory.h"
#include "app/livy/jsonnode.h"
#include "app/livy/livycodec.h"
#include "app/livy/rowlimit.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
Rendering render(const QByteArray& data)
{
    const auto output = parseOutput("{\"status\":\"ok\",\"execution_count\":3,\"data\":" + data + '}');
    if (output)
        return renderOutput(*output);
    Rendering nothing;
    nothing.note = output.error().detail;
    return nothing;
}

QByteArray sql(const QByteArray& fields, const QByteArray& rows)
{
    return "{\"application/json\":{\"schema\":{\"type\":\"struct\",\"fields\":[" + fields + "]},\"data\":" + rows + "}}";
}

QByteArray field(const QByteArray& name, const QByteArray& type)
{
    return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"nullable\":true,\"metadata\":{}}";
}
}

class TestOutputCodec final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rendersText()
    {
        const Rendering text = render("{\"text/plain\":\"a\\u001b[31mb\\n\"}");
        QCOMPARE(text.text, u"a\x1b[31mb\n"_s);
        QVERIFY(text.note.isEmpty() && !text.table && !text.isError);
        QCOMPARE(render("{\"text/html\":\"<b>x</b>\"}").html, u"<b>x</b>"_s);
        QVERIFY(render("{}").isEmpty());
        QVERIFY(render("null").isEmpty());
    }
    void rendersPictures()
    {
        QCOMPARE(render("{\"image/png\":\"iVBO\\nRw==\"}").image, QByteArray::fromHex("89504e47"));
        const Rendering bad = render("{\"image/png\":\"*not base64*\"}");
        QVERIFY(bad.image.isEmpty() && !bad.note.isEmpty());
        QVERIFY(!render("{\"image/png\":5}").note.isEmpty());
    }
    void keepsEveryDigitOfATable()
    {
        const QByteArray fields = field("l", "\"long\"") + ',' + field("d", "\"decimal(38,18)\"") + ',' + field("r", "\"double\"") + ','
            + field("n", "{\"type\":\"array\",\"elementType\":\"integer\"}") + ',' + field("l", "\"boolean\"");
        const Rendering shown = render(sql(fields, "[[9223372036854775807,1.2345678901234567E+19,-0.0,[1, 2],true],"
                                                   "[99999999999999999999,12345678901234567890.123456789012345678,\"Infinity\",{\"a b\": 1},null],"
                                                   "[-9223372036854775808,\"1.10\",NaN,null,false]]"));
        QVERIFY(shown.table);
        const Table& table = *shown.table;
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(table.columnCount(), 5);
        QCOMPARE(table.column(4).name, u"l"_s);
        QCOMPARE(table.column(1).typeText, u"decimal(38,18)"_s);
        QCOMPARE(table.column(3).type, ColumnType::Nested);
        QVERIFY(table.cell(0, 0) == Cell(std::numeric_limits<std::int64_t>::max()));
        QVERIFY(table.cell(1, 0) == Cell(u"99999999999999999999"_s));
        QVERIFY(table.cell(2, 0) == Cell(std::numeric_limits<std::int64_t>::min()));
        QVERIFY(table.cell(0, 1) == Cell(u"1.2345678901234567E+19"_s));
        QVERIFY(table.cell(1, 1) == Cell(u"12345678901234567890.123456789012345678"_s));
        QVERIFY(table.cell(2, 1) == Cell(u"1.10"_s));
        QVERIFY(std::signbit(std::get<double>(table.cell(0, 2))));
        QVERIFY(std::isinf(std::get<double>(table.cell(1, 2))));
        QVERIFY(std::isnan(std::get<double>(table.cell(2, 2))));
        QVERIFY(table.cell(0, 3) == Cell(u"[1,2]"_s));
        QVERIFY(table.cell(1, 3) == Cell(u"{\"a b\":1}"_s));
        QVERIFY(table.cell(2, 3) == Cell());
        QVERIFY(table.cell(0, 4) == Cell(true));
    }
    void knowsTheServersRowCap()
    {
        for (const int rows : { 999, 1000, 1001 }) {
            const QByteArray list = '[' + QByteArray("[1],").repeated(rows - 1) + "[1]]";
            const Rendering shown = render(sql(field("a", "\"integer\""), list));
            QCOMPARE(shown.table->rowCount(), rows);
            QCOMPARE(shown.table->isCapped(), rows == 1000);
        }
    }
    void knowsTheRowLimitOfTheSession()
    {
        for (const int rows : { 999, 1000, 1500 }) {
            Output output;
            output.parts = { { u"application/json"_s, "{\"schema\":{\"fields\":[{\"name\":\"a\",\"type\":\"integer\"}]},\"data\":["
                                                          + QByteArray("[1],").repeated(rows - 1) + "[1]]}" } };
            output.rowLimit = 1500;
            QCOMPARE(renderOutput(output).table->isCapped(), rows == 1500);
        }
        QCOMPARE(rowLimitOf({}), 0);
        QCOMPARE(rowLimitOf({ { rowLimitSetting(), u" 5000 "_s } }), 5000);
        for (const QString& odd : { u""_s, u"many"_s, u"-1"_s, u"99999999999"_s })
            QCOMPARE(rowLimitOf({ { rowLimitSetting(), odd } }), 0);
    }
    void readsAMillionRows()
    {
        const Rendering shown = render(sql(field("a", "\"integer\""), '[' + QByteArray("[1],").repeated(999'999) + "[2]]"));
        QCOMPARE(shown.table->rowCount(), 1'000'000);
        QVERIFY(shown.table->cell(999'999, 0) == Cell(std::int64_t(2)));
    }
    void putsScalasUnnamedHeadersInOrder()
    {
        const Rendering shown = render("{\"application/vnd.livy.table.v1+json\":{\"headers\":[{\"type\":\"BIGINT_TYPE\",\"name\":\"0\"},"
                                       "{\"type\":\"STRING_TYPE\",\"name\":\"2\"},{\"type\":\"DOUBLE_TYPE\",\"name\":\"1\"}],\"data\":[[1,2,\"x\"],[2]]}}");
        QCOMPARE(shown.table->column(1).name, u"1"_s);
        QCOMPARE(shown.table->column(1).type, ColumnType::Real);
        QVERIFY(shown.table->cell(0, 1) == Cell(2.0));
        QVERIFY(shown.table->isRagged());
        QVERIFY(!shown.note.isEmpty());
    }
    void saysThatARowHasMoreCellsThanColumns()
    {
        QVERIFY(render(sql(field("a", "\"integer\""), "[[1,2,3]]")).note.contains(u"more cells"_s));
    }
    void findsTheEndsOfRowsInALongTable()
    {
        const QByteArray row = "[\"],[\\\\\\\"\",[[\"a]\"],[1]],{\"b\":\"}\"}]";
        const QByteArray rows = '[' + QByteArray(row + ",\n ").repeated(30'000) + row + ']';
        const Rendering shown = render(sql(field("a", "\"string\"") + ',' + field("b", "{}") + ',' + field("c", "{}"), rows));
        QVERIFY(shown.table);
        QCOMPARE(shown.table->rowCount(), 30'001);
        for (const qsizetype each : { 0, 12'345, 30'000 }) {
            QCOMPARE(shown.table->cell(each, 0), Cell(u"],[\\\""_s));
            QCOMPARE(shown.table->cell(each, 1), Cell(u"[[\"a]\"],[1]]"_s));
            QCOMPARE(shown.table->cell(each, 2), Cell(u"{\"b\":\"}\"}"_s));
        }
    }
    void refusesALongTableThatIsNoJson_data()
    {
        QTest::addColumn<QByteArray>("last");
        for (const char* text : { ",", "[1],,[1]", "[1] [1]", "[1],]", "]", "7", "[1", "[1],\"a", "[tru]", "[\"\\x\"]", "[1]]" })
            QTest::newRow(text) << QByteArray(text);
    }
    void refusesALongTableThatIsNoJson()
    { // at its end, at a batch's, and at its beginning
        QFETCH(const QByteArray, last);
        const QByteArray rows = QByteArray("[1],").repeated(100'000);
        const QByteArray batch = rows.first(QByteArray("[1],").size() * 65'537);
        for (const QByteArray& list : QByteArrayList{ '[' + rows + last + ']', '[' + rows + "[1]}", '[' + batch + last + ',' + rows + "[1]]", '[' + last + ',' + rows + "[1]]" })
            QVERIFY(!render(sql(field("a", "\"integer\""), list)).table);
    }
    void rowsThatLackMostCellsFillNoMemory()
    {
        QByteArrayList fields;
        for (int index = 0; index < 2000; ++index)
            fields += field("c" + QByteArray::number(index), "\"integer\"");
        const auto render2000 = [all = fields.join(',')](int rows) { return render(sql(all, '[' + QByteArray("[],").repeated(rows) + "[]]")); };
        QCOMPARE(render2000(999).table->rowCount(), 1000);
        const Rendering refused = render2000(5'000'000);
        QVERIFY(!refused.table);
        QVERIFY(refused.note.contains(u"data[10001]"_s));
    }
    void recognisesAMagicThatFailed()
    {
        const auto output = parseOutput("{\"status\":\"ok\",\"execution_count\":1,\"data\":{\"msg_type\":\"execute_reply\",\"content\":"
                                        "{\"status\":\"error\",\"ename\":\"KeyError\",\"evalue\":\"x\",\"traceback\":[\"a\\n\",\"b\"]}}}");
        QCOMPARE(output.value().status, Output::Status::Error);
        const Rendering shown = renderOutput(*output);
        QVERIFY(shown.isError);
        QCOMPARE(shown.errorTitle, u"KeyError: x"_s);
        QCOMPARE(shown.errorText, u"x\na\nb"_s);
        QVERIFY(rawText(*output).contains(u"execute_reply"_s));
    }
    void joinsTracebacksWithAndWithoutLineEnds()
    {
        const auto text = [](const QByteArray& traceback) {
            return renderOutput(parseOutput("{\"status\":\"error\",\"ename\":\"Error\",\"evalue\":null,\"traceback\":" + traceback + '}').value()).errorText;
        };
        QCOMPARE(text("[\"a\\n\",\"b\\n\"]"), u"a\nb"_s);
        QCOMPARE(text("[\"a\",\"b\"]"), u"a\nb"_s);
        QCOMPARE(text("[]"), QString());
    }
    void keepsJsonAsItIs()
    {
        const Rendering shown = render("{\"application/json\":{\"a\":[1.10,99999999999999999999,{}],\"b\":\"x, {y\"}}");
        QCOMPARE(shown.json, u"{\n  \"a\": [\n    1.10,\n    99999999999999999999,\n    {}\n  ],\n  \"b\": \"x, {y\"\n}"_s);
    }
    void refusesWrongTypes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("path");
        QTest::newRow("no object") << QByteArray("[]") << u"output"_s;
        QTest::newRow("no status") << QByteArray("{}") << u"output.status"_s;
        QTest::newRow("status") << QByteArray("{\"status\":5}") << u"output.status"_s;
        QTest::newRow("data") << QByteArray("{\"status\":\"ok\",\"data\":[1]}") << u"data"_s;
        QTest::newRow("count") << QByteArray("{\"status\":\"ok\",\"execution_count\":\"a\",\"data\":{}}") << u"output.execution_count"_s;
        QTest::newRow("traceback") << QByteArray("{\"status\":\"error\",\"traceback\":[\"a\",5]}") << u"output.traceback[1]"_s;
    }
    void refusesWrongTypes()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QString, path);
        const auto output = parseOutput(json);
        QVERIFY(!output);
        QCOMPARE(output.error().kind, ErrorKind::Protocol);
        QVERIFY2(output.error().detail.startsWith(path), qPrintable(output.error().detail));
    }
    void namesThePathInsideAList()
    {
        const auto page = decodeItemPage("{\"from\":0,\"total\":2,\"sessions\":[{\"id\":1,\"state\":\"idle\"},{\"id\":{},\"state\":\"idle\"}]}");
        // one that cannot be read does not hide the others
        QCOMPARE(page->items.size(), 1);
        QCOMPARE(page->sent, 2);
        QVERIFY(page->problem.startsWith(u"sessions[1].id"_s));
        const auto odd = decodeItemPage("{\"sessions\":[{\"id\":1,\"state\":\"idle\",\"conf\":[]},{\"id\":2,\"state\":7},{\"id\":3,\"state\":\"dead\"}]}");
        QCOMPARE(odd->items.size(), 3);
        QCOMPARE(odd->items.at(0).problem, u"sessions[0].conf: an object was expected"_s);
        QCOMPARE(odd->items.at(0).state.value, ItemStateValue::Idle);
        QCOMPARE(odd->items.at(1).state.value, ItemStateValue::Unknown);
        QVERIFY(odd->items.at(2).problem.isEmpty());
        QVERIFY(decodeStatement("{\"id\":99999999999,\"state\":\"x\"}").error().detail.startsWith(u"id"_s));
    }
    void takesUnchangedEntriesFromTheLookBefore()
    {
        ItemMemory memory;
        const QByteArray one = "{\"id\":1,\"name\":\"etl\",\"state\":\"idle\"}";
        const QByteArray bad = "{\"id\":2,\"state\":\"idle\",\"conf\":7}";
        const QByteArray list = "{\"from\":0,\"sessions\":[" + one + ", " + bad + "]}";
        const ItemPage first = decodeItemPage(list, &memory).value();
        const ItemPage again = decodeItemPage(list, &memory).value();
        QVERIFY(again.items.at(0) == first.items.at(0));
        // the very same text in memory: it was not read again
        QCOMPARE(again.items.at(0).name.constData(), first.items.at(0).name.constData());
        QCOMPARE(again.problem, u"sessions[1].conf: an object was expected"_s);
        const ItemPage changed = decodeItemPage(QByteArray(list).replace("idle", "busy"), &memory).value();
        QCOMPARE(changed.items.at(0).state.value, ItemStateValue::Busy);
        // it was away for two looks: forgotten
        (void)decodeItemPage("{\"from\":0,\"sessions\":[]}", &memory);
        (void)decodeItemPage("{\"from\":0,\"sessions\":[]}", &memory);
        QVERIFY(!memory.find(one));
    }
    void entriesOfAListHaveTheirWordsTogether()
    {
        QByteArrayList entries;
        for (int number = 0; number < 2000; ++number)
            entries += "{\"id\":1,\"state\":\"idle\",\"queue\":\"etl\",\"owner\":\"u" + QByteArray::number(number) + "\"}";
        const ItemPage page = decodeItemPage("{\"sessions\":[" + entries.join(',') + "]}").value();
        QCOMPARE(page.items.size(), 2000);
        for (qsizetype index = 0; index < page.items.size(); ++index) {
            QCOMPARE(page.items.at(index).owner, u"u%1"_s.arg(index));
            QCOMPARE(page.items.at(index).queue, u"etl"_s);
        }
        QCOMPARE(page.items.at(1).queue.constData(), page.items.at(0).queue.constData());
    }
    void keepsUnknownWordsAndIgnoresUnknownMembers()
    {
        const auto item = decodeItem("{\"id\":\"7c1f-a\",\"state\":\"napping\",\"new\":[{\"x\":1e999}]}");
        QCOMPARE(item.value().id, u"7c1f-a"_s);
        QCOMPARE(item->state.raw, u"napping"_s);
        QCOMPARE(item->state.value, ItemStateValue::Unknown);
    }
    void aTotalIsNeverPastTheLargestNumber()
    {
        constexpr int largest = std::numeric_limits<int>::max();
        QCOMPARE(decodeLog("{\"from\":2147483647,\"log\":[\"a\"]}")->total, largest);
        QCOMPARE(decodeItemPage("{\"from\":2147483647,\"sessions\":[{\"id\":0,\"state\":\"idle\"}]}")->total, largest);
        QCOMPARE(decodeLog("{\"from\":-2147483648,\"log\":[\"a\"]}")->total, std::numeric_limits<int>::min() + 1);
    }
    void repairsBadBytes()
    {
        const auto log = decodeLog("{\"from\":0,\"total\":2,\"log\":[\"caf\xe9\",\"\\ud800x\"]}");
        QCOMPARE(log.value().lines.at(0), u"caf\ufffd"_s);
        QVERIFY(log->lines.at(1).isValidUtf16());
    }
    void survivesDeepNesting()
    {
        for (const int depth : { 100, 500, 5000, 100'000 }) {
            const QByteArray deep = QByteArray("[").repeated(depth) + QByteArray("]").repeated(depth);
            (void)render("{\"application/json\":" + deep + '}');
            (void)render(sql(field("a", "\"string\""), "[[" + deep + "]]"));
            QCOMPARE(readJson(deep).has_value(), depth <= 100);
        }
    }
    void refusesWhatIsNoJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* text : { "", " ", "{", "{}}", "{} {}", "[1,]", "1,2", "]", "{\"a\" 1}", "nul", "truex", "01", "1.", "-", "+1", "\"a", "{\"a\":}", "<html>" })
            QTest::newRow(qPrintable(u"»%1«"_s.arg(QString::fromLatin1(text)))) << QByteArray(text);
    }
    void refusesWhatIsNoJson()
    {
        QFETCH(const QByteArray, json);
        QVERIFY(!readJson(json));
    }
    void readsBareValues()
    {
        QCOMPARE(readJson("\"a\\nb\"").value().root().text(), u"a\nb"_s);
        QCOMPARE(readJson(" -1.5e3 ").value().root().toDouble(), -1500.0);
        QCOMPARE(readJson("null").value().root().type(), JsonNode::Type::Null);
        QVERIFY(readJson("true").value().root().boolean());
    }
};

KINDLING_TEST(TestOutputCodec)
#include "tst_outputcodec.moc"
