// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/dialogs/commandtext.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestCommandText final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splitsArgumentsAsAShellDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("empty") << u"  "_s << QStringList{};
        QTest::newRow("plain") << u" a  b\tc "_s << QStringList{ u"a"_s, u"b"_s, u"c"_s };
        QTest::newRow("single quotes") << u"'a b\\' c"_s << QStringList{ u"a b\\"_s, u"c"_s };
        QTest::newRow("double quotes") << u"\"a \\\"b\\\"\" c"_s << QStringList{ u"a \"b\""_s, u"c"_s };
        QTest::newRow("glued") << u"--x=\"1 2\"'3'"_s << QStringList{ u"--x=1 23"_s };
        QTest::newRow("empty word") << u"'' a"_s << QStringList{ QString(), u"a"_s };
        QTest::newRow("escaped space") << u"a\\ b"_s << QStringList{ u"a b"_s };
    }
    void splitsArgumentsAsAShellDoes()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        const auto words = splitArguments(text);
        QVERIFY(words.has_value());
        QCOMPARE(*words, expected);
        QCOMPARE(splitArguments(joinArguments(*words)).value_or(QStringList{ u"?"_s }), expected);
    }
    void refusesOpenQuotes()
    {
        QVERIFY(!splitArguments(u"a 'b"_s));
        QVERIFY(!splitArguments(u"a \"b"_s));
        QVERIFY(!splitArguments(u"a \\"_s));
    }
    void readsSettingsByLine()
    {
        const ConfText text = parseConf(u"# note\nspark.a = 1=2\n\nspark.b  x y\n"_s);
        QCOMPARE(text.badLine, 0);
        QCOMPARE(text.conf.value(u"spark.a"_s), u"1=2"_s);
        QCOMPARE(text.conf.value(u"spark.b"_s), u"x y"_s);
        QCOMPARE(parseConf(u"spark.a=1\nnovalue"_s).badLine, 2);
    }
};

KINDLING_TEST(TestCommandText)
#include "tst_commandtext.moc"
