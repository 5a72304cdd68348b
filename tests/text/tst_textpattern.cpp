// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/textpattern.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
std::shared_ptr<const TextPattern> made(const QString& text, bool isRegex, bool isCaseSensitive = true)
{
    const auto pattern = TextPattern::compile({ text, isRegex, isCaseSensitive });
    return pattern ? *pattern : nullptr;
}
}

class TestTextPattern final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatItIsToFind_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("isRegex");
        QTest::addColumn<bool>("isCaseSensitive");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("size");
        const auto row = [](const char* name, const QString& pattern, bool isRegex, bool isSensitive, const QByteArray& line, int start, int size) {
            QTest::newRow(name) << pattern << isRegex << isSensitive << line << start << size;
        };
        row("literal", u"a.b"_s, false, true, "axb a.b", 4, 3);
        row("other case", u"lost"_s, false, true, "LOST", -1, 0);
        row("any case", u"lost"_s, false, false, "it is LoSt", 6, 4);
        row("any case, beyond ASCII", u"größe"_s, false, false, QByteArray("x GRÖSSE GRÖßE"), 10, 7);
        row("signs are no expression", u"(["_s, false, false, "x ([", 2, 2);
        row("expression", u"task \\d+"_s, true, true, "lost task 12.", 5, 7);
        row("expression, any case", u"TASK"_s, true, false, "a task", 2, 4);
        row("anchors", u"^b$"_s, true, true, "ab", -1, 0);
        row("a character is no byte", u"^.$"_s, true, true, QByteArray("ö"), 0, 2);
        row("nothing matches all", u"x*"_s, true, true, "abc", 0, 0);
        row("NUL", u"b"_s, false, true, QByteArray("a\0b", 3), 2, 1);
        row("empty", QString(), false, true, "abc", -1, 0);
        row("empty expression", QString(), true, true, "abc", -1, 0);
        row("line feed", u"a\nb"_s, false, true, "a\nb", -1, 0);
        row("in an empty line", u"a"_s, true, true, "", -1, 0);
    }
    void findsWhatItIsToFind()
    {
        QFETCH(QString, pattern);
        QFETCH(bool, isRegex);
        QFETCH(bool, isCaseSensitive);
        QFETCH(QByteArray, line);
        QFETCH(int, start);
        QFETCH(int, size);
        TextMatcher matcher(made(pattern, isRegex, isCaseSensitive));
        const auto found = matcher.find(line);
        QCOMPARE(found ? found->start : -1, start);
        if (found)
            QCOMPARE(found->size, size);
        QVERIFY(!matcher.hasGivenUp());
    }
    void saysWhatIsWrongWithAnExpressionAndWhere()
    {
        const auto problem = TextPattern::compile({ u"ä(b"_s, true, true });
        QVERIFY(!problem);
        QCOMPARE(problem.error().position, 3);
        QVERIFY(problem.error().reason.contains(u"parenthesis"_s));
        QVERIFY(!TextPattern::compile({ u"\\C"_s, true, true }));
        QVERIFY(!TextPattern::compile({ u"("_s.repeated(5000), true, true }));
    }
    void givesUpALineThatIsTooMuchWork()
    {
        TextMatcher matcher(made(u"^(a+)+$"_s, true), 10'000);
        QVERIFY(!matcher.find(QByteArray(40, 'a').append('!')));
        QVERIFY(matcher.hasGivenUp());
        QVERIFY(matcher.find("aaa"));
    }
    void findsAcrossThePiecesOfALongLine()
    {
        const qsizetype far = 3 * 1024 * 1024 - 5;
        QByteArray line(far, 'x');
        line += "a needle" + QByteArray(100, 'y');
        for (const bool isRegex : { false, true }) {
            for (const bool isSensitive : { false, true }) {
                TextMatcher matcher(made(u"A Needle"_s.toLower(), isRegex, isSensitive));
                QCOMPARE(matcher.find(line), (TextSpan{ far, 8 }));
            }
        }
        TextMatcher atEnd(made(u"x$"_s, true));
        QVERIFY(!atEnd.find(line));
        TextMatcher umlauts(made(u"Ö"_s, true, true));
        QVERIFY(!umlauts.find(u"ü"_s.repeated(2'000'000).toUtf8()));
        QVERIFY(!umlauts.hasGivenUp());
    }
    void endsWhenInterrupted()
    {
        int asked = 0;
        TextMatcher matcher(made(u"b"_s, true));
        matcher.setInterruption([&asked] { return ++asked == 2; });
        QVERIFY(!matcher.find(QByteArray(10 * 1024 * 1024, 'a')));
        QCOMPARE(asked, 2);
    }
};

KINDLING_TEST(TestTextPattern)
#include "tst_textpattern.moc"
