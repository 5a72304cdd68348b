// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livycodec.h"
#include "app/livy/textlist.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <array>

using namespace kindling;
using namespace Qt::StringLiterals;

/// What entries of long lists keep of their texts.
class TestTextList final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesEachTextBack()
    {
        const QByteArray odd("a\0\n\xc3\xa9", 5);
        const std::array<QByteArrayView, 4> texts{ odd, "", "x", "" };
        QCOMPARE(TextList(texts).toStringList(), (QStringList{ QString::fromUtf8(odd), QString(), u"x"_s, QString() }));
        QVERIFY(!TextList(texts).isEmpty());
        QVERIFY(TextList(texts) == TextList(texts));
        QVERIFY(TextList(texts) != TextList(std::span(texts).first(3)));
    }
    void isEmptyWithoutTexts()
    {
        QVERIFY(TextList().isEmpty() && TextMap().isEmpty());
        QVERIFY(TextList().toStringList().isEmpty() && TextMap().toMap().isEmpty());
        QVERIFY(TextList(std::span<const QByteArrayView>()) == TextList());
    }
    void givesTextsBackByName()
    {
        const TextMap map{ { u"b"_s, u"é"_s }, { u"a"_s, QString() }, { u"b"_s, u"2"_s } };
        QCOMPARE(map.toMap(), (QMap<QString, QString>{ { u"a"_s, QString() }, { u"b"_s, u"2"_s } }));
    }
    void entriesHaveTheirWordsTogether()
    {
        QByteArrayList entries;
        for (int number = 0; number < 2000; ++number)
            entries += "{\"id\":" + QByteArray::number(number) + ",\"state\":\"idle\",\"kind\":\"spark\",\"queue\":\"etl\",\"owner\":\"u" + QByteArray::number(number) + "\"}";
        const ItemPage page = decodeItemPage("{\"sessions\":[" + entries.join(',') + "]}").value();
        QCOMPARE(page.items.size(), 2000);
        for (qsizetype index = 0; index < page.items.size(); ++index) {
            QCOMPARE(page.items.at(index).owner, u"u%1"_s.arg(index));
            QCOMPARE(page.items.at(index).queue, u"etl"_s);
        }
        QCOMPARE(page.items.at(1).queue.constData(), page.items.at(0).queue.constData());
    }
    void keepsLastWordsButNotTheLogOfASessionAtWork()
    {
        const QStringList both{ u"a"_s, u"b"_s };
        QCOMPARE(decodeItem(R"({"id":1,"state":"running","log":["a","b"]})")->log.toStringList(), both);
        QCOMPARE(decodeItem(R"({"id":1,"state":"starting","kind":"sql","log":["a","b"]})")->log.toStringList(), both);
        QCOMPARE(decodeItem(R"({"id":1,"state":"dead","kind":"sql","log":["a","b"]})")->log.toStringList(), both);
        QVERIFY(decodeItem(R"({"id":1,"state":"idle","kind":"sql","log":["a","b"]})")->log.isEmpty());
    }
};

KINDLING_TEST(TestTextList)
#include "tst_textlist.moc"
