// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/rawjson.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestRawJson final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesOutWhiteSpaceAndNothingElse()
    {
        QCOMPARE(*checkedJson(" { \"b\" : [ 1 , 2.50 , -3e+07 ] ,\n\t\"a\" : \" x \\u00e9 \" } \r\n"),
                 "{\"b\":[1,2.50,-3e+07],\"a\":\" x \\u00e9 \"}"_ba);
    }

    void keepsNumbersToTheLetter()
    {
        const QByteArray json = "[12345678901234567890,0.10000000000000000001,1.00,-0,NaN,-Infinity,Infinity]";
        QCOMPARE(*checkedJson(json), json);
    }

    void refusesWhatIsNoJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : { "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "[1 2]", "01x", "1.", ".5", "1e", "-",
                                  "\"open", "\"bad \\x\"", "\"bad \\u12g4\"", "\"\\u12", "\"\\", "nul", "truefalse", "1 2", "[1]]", "-Inf" })
            QTest::newRow(text) << QByteArray(text);
    }
    void refusesWhatIsNoJson()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!checkedJson(text));
    }

    void refusesEndlessNesting()
    {
        QVERIFY(checkedJson(QByteArray(400, '[').append(QByteArray(400, ']'))));
        QVERIFY(!checkedJson(QByteArray(100'000, '[').append(QByteArray(100'000, ']'))));
        QVERIFY(!checkedJson(QByteArray("{\"a\":").repeated(100'000)));
    }

    void escapesRawControlCharacters()
    {
        QCOMPARE(*checkedJson("\"a\nb\tc\x01\""), "\"a\\u000ab\\u0009c\\u0001\""_ba);
    }

    void decodesStrings()
    {
        const QByteArray json = "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\xC3\xA9\"";
        QCOMPARE(*rawString(json), u"a\"\\/\b\f\n\r\t\u00e9\U0001F600\u00e9"_s);
        QCOMPARE(*rawString("\"\""), QString());
        QVERIFY(!rawString("1"));
        QVERIFY(!rawString(""));
    }

    void replacesLoneSurrogates()
    {
        QCOMPARE(*rawString("\"a\\ud800b\\udc00\\ud83d\""), u"a\uFFFDb\uFFFD\uFFFD"_s);
        QCOMPARE(jsonString(QString(QChar(0xd800)) + u'x'), "\"\xEF\xBF\xBDx\""_ba);
    }

    void quotesSoThatItReadsBackTheSame()
    {
        QString every;
        for (char16_t code = 0; code < 0x300; ++code)
            every += QChar(code);
        every += u"\U0001F600\u2028"_s;
        const QByteArray json = jsonString(every);
        QCOMPARE(*rawString(json), every);
        QCOMPARE(QJsonDocument::fromJson("{\"a\":" + json + '}').object().value("a"_L1).toString(), every);
        QCOMPARE(*checkedJson(json), json);
    }

    void splitsArraysAndObjects()
    {
        QCOMPARE(rawElements("[1,\"a,]\",[2,[3]],{\"x\":\"}\"},null]"),
                 QList<QByteArray>({ "1", "\"a,]\"", "[2,[3]]", "{\"x\":\"}\"}", "null" }));
        QVERIFY(rawElements("[]").isEmpty());
        QVERIFY(rawElements("{}").isEmpty());
        const RawObject object("{\"b\":[1,{\"c\":2}],\"a\\\"\":\"x\\\\\",\"n\":null}");
        QCOMPARE(object.members().size(), 3);
        QCOMPARE(object.value(u"b"), "[1,{\"c\":2}]"_ba);
        QCOMPARE(object.string(u"a\""), u"x\\"_s);
        QCOMPARE(object.typeOf(u"n"), RawType::Null);
        QCOMPARE(object.typeOf(u"none"), RawType::Absent);
        QCOMPARE(object.toJson(), "{\"b\":[1,{\"c\":2}],\"a\\\"\":\"x\\\\\",\"n\":null}"_ba);
        QVERIFY(RawObject("[1]").isEmpty());
    }

    void setsAndRemovesMembersInPlace()
    {
        RawObject object("{\"a\":1,\"b\":2,\"a\":3}");
        QCOMPARE(object.value(u"a"), "3"_ba);
        object.set(u"a"_s, "4");
        QCOMPARE(object.toJson(), "{\"a\":4,\"b\":2}"_ba);
        object.set(u"c"_s, "5");
        object.remove(u"b");
        QCOMPARE(object.toJson(), "{\"a\":4,\"c\":5}"_ba);
    }

    void readsIntegersOnly()
    {
        QCOMPARE(rawInteger("12"), std::optional(12));
        for (const char* text : { "1.5", "99999999999", "\"1\"", "null", "" })
            QVERIFY(!rawInteger(text));
    }

    void indentsLikeJupyterDownToALevel()
    {
        const QByteArray json = "{\"a\":[1,{\"b\":[]}],\"c\":{},\"d\":\"{,:\"}";
        QCOMPARE(indentedJson(json, 9), "{\n \"a\": [\n  1,\n  {\n   \"b\": []\n  }\n ],\n \"c\": {},\n \"d\": \"{,:\"\n}"_ba);
        QCOMPARE(indentedJson(json, 1), "{\n \"a\": [1, {\"b\": []}],\n \"c\": {},\n \"d\": \"{,:\"\n}"_ba);
        QCOMPARE(*checkedJson(indentedJson(json, 2)), json);
    }
};

KINDLING_TEST(TestRawJson)
#include "tst_rawjson.moc"
