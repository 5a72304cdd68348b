// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsonnode.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
/// With " for each '.
QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

const RawParts wanted{ .members = { u"output" }, .itemsOf = { u"data" } };
}

/// JSON whose raw parts are neither copied nor read.
class TestJsonOutline final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesRawPartsOut_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("outline");
        QTest::addColumn<QByteArrayList>("parts");
        QTest::newRow("member") << json("{'id':1,'output':{'a':[1,']}']} ,'z':2}") << json("{'id':1,'output':null ,'z':2}") << QByteArrayList{ json("{'a':[1,']}']}") };
        QTest::newRow("spaces") << json("{ 'output' :\n 5 }") << json("{ 'output' :\n null }") << QByteArrayList{ "5" };
        QTest::newRow("at any depth") << json("[[{'x':{'output':'a\\\\\\'b'}}]]") << json("[[{'x':{'output':null}}]]") << QByteArrayList{ json("'a\\\\\\'b'") };
        QTest::newRow("items") << json("{'data':[ {'output':1}, [2],3 ]}") << json("{'data':[ null, null,null ]}") << QByteArrayList{ json("{'output':1}"), "[2]", "3" };
        QTest::newRow("members of") << json("{'data':{'a':[1], 'b' : 'c'}}") << json("{'data':{'a':null, 'b' : null}}") << QByteArrayList{ "[1]", json("'c'") };
        QTest::newRow("no list") << json("{'data':'output','x':['output','data']}") << json("{'data':'output','x':['output','data']}") << QByteArrayList{};
        QTest::newRow("empty") << json("{'data':[],'data':{ }}") << json("{'data':[],'data':{ }}") << QByteArrayList{};
        QTest::newRow("escaped name") << json("{'\\u006futput':[1],'\\'output':[2]}") << json("{'\\u006futput':null,'\\'output':[2]}") << QByteArrayList{ "[1]" };
    }
    void takesRawPartsOut()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, outline);
        QFETCH(const QByteArrayList, parts);
        const JsonOutline taken = outlineOf(text, wanted);
        QCOMPARE(taken.text, outline);
        QByteArrayList found;
        for (const JsonOutline::Part& part : taken.parts) {
            QCOMPARE(taken.text.sliced(part.place, 4), "null");
            found += part.json.toByteArray();
        }
        QCOMPARE(found, parts);
        QVERIFY(readJson(text, wanted));
    }
    void tellsANullOfTheTextFromOneThatStandsForAPart()
    {
        const auto document = readJson(json("{'a':null,'output':null,'data':[null,[1],null]}"), wanted).value();
        QCOMPARE(document.root().at(u"a").type(), JsonNode::Type::Null);
        QCOMPARE(document.root().at(u"output").type(), JsonNode::Type::Null);
        QByteArrayList items;
        for (const JsonNode& item : document.root().at(u"data").children())
            items += item.type() == JsonNode::Type::Raw ? item.bytes().toByteArray() : "-"_ba;
        QCOMPARE(items, (QByteArrayList{ "-", "[1]", "-" }));
    }
    void refusesWhatIsCutOff()
    {
        const QByteArray whole = json("{'id':1,'output':{'a':'\\\\'},'data':{'text/plain':['x',{}],'b':5},'end':[{'data':[1, ']']}]}");
        QVERIFY(readJson(whole, wanted));
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY2(!readJson(whole.first(size), wanted), whole.first(size).constData());
    }
    void refusesWhatIsNoJsonAroundRawParts_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : { "{'output':}", "{'output':,'a':1}", "{'output':1 2}", "{'output':1'a'}", "{'output' [1]}", "{'data':[1,]}",
                 "{'data':[1 2]}", "{'data':{'a' 1}}", "{'data':{1:1}}", "{'data':{'a':}}", "{'data':[1]]}", "['output':1]",
                 "{'output':1}{'output':1}", "{'output':{}}}" })
            QTest::newRow(text) << json(text);
    }
    void refusesWhatIsNoJsonAroundRawParts()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!readJson(text, wanted));
    }
    void repairsBadBytesInRawParts()
    {
        const auto document = readJson("{\"output\":[\"caf\xe9\"],\"id\":\"\xff\"}", wanted).value();
        QCOMPARE(document.root().at(u"output").bytes(), u"[\"caf\ufffd\"]"_s.toUtf8());
        QCOMPARE(document.root().at(u"id").text(), u"\ufffd"_s);
    }
};

KINDLING_TEST(TestJsonOutline)
#include "tst_jsonoutline.moc"
