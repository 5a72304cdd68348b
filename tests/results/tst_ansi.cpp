// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results/ansi.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
AnsiColor indexed(std::uint32_t index)
{
    return { AnsiColor::Type::Indexed, index };
}

AnsiStyle styleOf(const QString& codes)
{
    const QList<AnsiSpan> spans = parseAnsi(u"\x1b["_s + codes + u"mX"_s);
    return spans.isEmpty() ? AnsiStyle() : spans.first().style;
}
}

class TestAnsi final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void givesPlainTextAsOneSpan()
    {
        const QList<AnsiSpan> spans = parseAnsi(u"one\ntwo\tthree\n"_s);
        QCOMPARE(spans.size(), 1);
        QCOMPARE(spans.first().text, u"one\ntwo\tthree\n"_s);
        QCOMPARE(spans.first().style, AnsiStyle());
        QVERIFY(parseAnsi({}).isEmpty());
    }

    void splitsATracebackByItsColours()
    {
        const QList<AnsiSpan> spans = parseAnsi(u"\x1b[0;31mZeroDivisionError\x1b[0m: by zero"_s);
        QCOMPARE(spans.size(), 2);
        QCOMPARE(spans.at(0).text, u"ZeroDivisionError"_s);
        QCOMPARE(spans.at(0).style.foreground, indexed(1));
        QCOMPARE(spans.at(1).text, u": by zero"_s);
        QCOMPARE(spans.at(1).style, AnsiStyle());
    }

    void understandsEveryColourForm()
    {
        QCOMPARE(styleOf(u"37"_s).foreground, indexed(7));
        QCOMPARE(styleOf(u"90"_s).foreground, indexed(8));
        QCOMPARE(styleOf(u"97"_s).foreground, indexed(15));
        QCOMPARE(styleOf(u"44"_s).background, indexed(4));
        QCOMPARE(styleOf(u"103"_s).background, indexed(11));
        QCOMPARE(styleOf(u"38;5;208"_s).foreground, indexed(208));
        QCOMPARE(styleOf(u"48:5:17"_s).background, indexed(17));
        const AnsiColor rgb{ AnsiColor::Type::Rgb, 0x0a141e };
        QCOMPARE(styleOf(u"38;2;10;20;30"_s).foreground, rgb);
        QCOMPARE(styleOf(u"31;39"_s).foreground, AnsiColor());
        QCOMPARE(styleOf(u"41;49"_s).background, AnsiColor());
    }

    void goesOnAfterAnExtendedColour()
    {
        const AnsiStyle style = styleOf(u"38;5;9;1;4;3"_s);
        QCOMPARE(style.foreground, indexed(9));
        QVERIFY(style.isBold && style.isUnderlined && style.isItalic);
        QVERIFY(styleOf(u"38;2;1;2;3;1"_s).isBold);
    }

    void switchesAttributesOff()
    {
        QVERIFY(!styleOf(u"1;22"_s).isBold);
        QVERIFY(!styleOf(u"3;23"_s).isItalic);
        QVERIFY(!styleOf(u"4;24"_s).isUnderlined);
        QCOMPARE(styleOf(u"1;4;31;0"_s), AnsiStyle());
        QCOMPARE(styleOf(u"1;4;31;"_s), AnsiStyle());
    }

    void ignoresColoursOutOfRange()
    {
        QCOMPARE(styleOf(u"38;5;256"_s), AnsiStyle());
        QCOMPARE(styleOf(u"38;2;256;0;0"_s), AnsiStyle());
        QCOMPARE(styleOf(u"38;5"_s), AnsiStyle());
        QCOMPARE(styleOf(u"38"_s), AnsiStyle());
        QCOMPARE(styleOf(u"99999999999999999999"_s), AnsiStyle());
    }

    void leavesWhatATerminalWouldLeave_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("left");
        QTest::newRow("carriage return overwrites") << u"10 %\r20 %\r100 %\n"_s << u"100 %\n"_s;
        QTest::newRow("shorter text leaves the rest") << u"abcdef\rXY"_s << u"XYcdef"_s;
        QTest::newRow("windows line ends") << u"a\r\nb\r\n"_s << u"a\nb\n"_s;
        QTest::newRow("backspace") << u"abc\b\bX"_s << u"aXc"_s;
        QTest::newRow("backspace at the start") << u"\b\b\bok"_s << u"ok"_s;
        QTest::newRow("backspace over a pair") << u"a\U0001F600\bX"_s << u"aX "_s;
        QTest::newRow("half a pair overwritten") << u"\U0001F600b\rX"_s << u"X b"_s;
        QTest::newRow("erase to the end") << u"abcdef\rXY\x1b[K"_s << u"XY"_s;
        QTest::newRow("erase the line") << u"abc\x1b[2K\rX"_s << u"X  "_s;
        QTest::newRow("cursor movement") << u"a\x1b[2Ab\x1b[10;5Hc"_s << u"abc"_s;
        QTest::newRow("private mode") << u"\x1b[?25lhidden\x1b[?25h"_s << u"hidden"_s;
        QTest::newRow("private colour") << u"\x1b[>4;2mx"_s << u"x"_s;
        QTest::newRow("title ended by bell") << u"\x1b]0;title\x07text"_s << u"text"_s;
        QTest::newRow("link ended by ST") << u"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"_s << u"link"_s;
        QTest::newRow("title never ended") << u"\x1b]0;title\nnext"_s << u"\nnext"_s;
        QTest::newRow("character set") << u"\x1b(Btext\x1b="_s << u"text"_s;
        QTest::newRow("8-bit escape") << u"\u009b31mred"_s << u"red"_s;
        QTest::newRow("other controls") << u"a\x01\x7f\x07"_s + QChar(0) + u"b"_s << u"ab"_s;
        QTest::newRow("escape at the end") << u"text\x1b"_s << u"text"_s;
        QTest::newRow("sequence cut off") << u"text\x1b[31;"_s << u"text"_s;
        QTest::newRow("broken sequence") << u"\x1b[3\nnext"_s << u"\nnext"_s;
    }
    void leavesWhatATerminalWouldLeave()
    {
        QFETCH(QString, raw);
        QTEST(plainText(raw), "left");
    }

    void keepsTheStyleOfOverwrittenPartsApart()
    {
        const QList<AnsiSpan> spans = parseAnsi(u"\x1b[31mabcd\r\x1b[32mX\n"_s);
        QCOMPARE(spans.size(), 3);
        QCOMPARE(spans.at(0).text, u"X"_s);
        QCOMPARE(spans.at(0).style.foreground, indexed(2));
        QCOMPARE(spans.at(1).text, u"bcd"_s);
        QCOMPARE(spans.at(1).style.foreground, indexed(1));
        QCOMPARE(spans.at(2).text, u"\n"_s);
    }

    void survivesRandomText()
    {
        QRandomGenerator random(7);
        const QString alphabet = u"\x1b[]m;0123458K\r\b\n\x07(abc\U0001F600"_s;
        for (int round = 0; round < 2000; ++round) {
            QString raw;
            for (int length = random.bounded(60); length > 0; --length)
                raw += alphabet.at(random.bounded(alphabet.size()));
            const QList<AnsiSpan> spans = parseAnsi(raw);
            for (qsizetype index = 1; index < spans.size(); ++index)
                QVERIFY(spans.at(index).style != spans.at(index - 1).style);
            const QString plain = plainText(raw);
            QVERIFY(!plain.contains(u'\x1b') && !plain.contains(u'\r'));
            QCOMPARE(plain.count(u'\n'), raw.count(u'\n'));
        }
    }

    void takesAColourForEachCharacter()
    {
        QString text;
        for (int color = 0; color < 200'000; ++color)
            text += u"\x1b[38;2;%1;%2;%3mx"_s.arg(color >> 16).arg((color >> 8) & 255).arg(color & 255);
        QElapsedTimer timer;
        timer.start();
        const QList<AnsiSpan> spans = parseAnsi(text);
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(spans.size(), 200'000);
        for (int color = 0; color < 200'000; ++color)
            QCOMPARE(spans.at(color).style.foreground, (AnsiColor{ AnsiColor::Type::Rgb, static_cast<std::uint32_t>(color) }));
    }

    void givesEachStyleItsOwnSpan()
    {
        const QStringList codes{ u"0"_s, u"1"_s, u"3"_s, u"4"_s, u"30"_s, u"38;2;0;0;0"_s, u"38;2;0;0;1"_s, u"38;5;1"_s, u"40"_s, u"48;2;0;0;0"_s,
            u"48;2;255;255;255"_s, u"38;2;255;255;255"_s, u"48;5;16"_s };
        QString text;
        for (const QString& code : codes + codes)
            text += u"\x1b[0m\x1b["_s + code + u"mx"_s;
        const QList<AnsiSpan> spans = parseAnsi(text);
        QCOMPARE(spans.size(), 2 * codes.size());
        for (qsizetype i = 0; i < codes.size(); ++i) {
            QCOMPARE(spans.at(i).style, styleOf(codes.at(i)));
            QCOMPARE(spans.at(i + codes.size()).style, spans.at(i).style);
        }
    }

    void takesTenMegabytesInReasonableTime()
    {
        QElapsedTimer timer;
        timer.start();
        const QString raw = QString(5'000'000, u'x') + u'\r' + QString(5'000'000, u'y');
        QCOMPARE(plainText(raw).size(), 5'000'000);
        QCOMPARE(plainText(u"\x1b[31ma\x1b[32mb\n"_s.repeated(500'000)).size(), 1'500'000);
        QVERIFY2(timer.elapsed() < 20'000, "more than linear");
    }
};

KINDLING_TEST(TestAnsi)
#include "tst_ansi.moc"
