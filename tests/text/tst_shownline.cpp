// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logtext.h"
#include "app/text/shownline.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
LogRow rowOf(const QByteArray& text)
{
    return { .text = text, .isPlain = isPlainAscii(text) };
}

constexpr qsizetype all = 100'000;
}

class TestShownLine final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsEveryCharacterSafely_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("copied");
        const auto same = [](const char* name, const QByteArray& line) { QTest::newRow(name) << line << QString::fromUtf8(line) << QString::fromUtf8(line); };
        same("plain", "26/11/22 WARN x");
        same("umlauts", QByteArray("Größe €"));
        same("emoji", u"👩‍💻 done"_s.toUtf8());
        QTest::newRow("tabs") << QByteArray("\tat x\ty") << u"        at x    y"_s << u"\tat x\ty"_s;
        QTest::newRow("NUL and bell") << QByteArray("a\0b\a", 4) << u"a␀b␇"_s << u"a␀b␇"_s;
        QTest::newRow("carriage return") << QByteArray("10%\r20%") << u"10%␍20%"_s << u"10%␍20%"_s;
        QTest::newRow("delete") << QByteArray("a\x7f") << u"a␡"_s << u"a␡"_s;
        QTest::newRow("bidi override") << u"a\u202eb"_s.toUtf8() << u"a[U+202E]b"_s << u"a[U+202E]b"_s;
        QTest::newRow("isolate") << u"\u2066x"_s.toUtf8() << u"[U+2066]x"_s << u"[U+2066]x"_s;
        QTest::newRow("line separator") << u"a\u2028b"_s.toUtf8() << u"a[U+2028]b"_s << u"a[U+2028]b"_s;
        QTest::newRow("zero width") << u"a\u200bb"_s.toUtf8() << u"a[U+200B]b"_s << u"a[U+200B]b"_s;
        QTest::newRow("C1") << u"a\u0085b"_s.toUtf8() << u"a[U+0085]b"_s << u"a[U+0085]b"_s;
        QTest::newRow("empty") << QByteArray() << QString() << QString();
    }
    void showsEveryCharacterSafely()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, shown);
        QFETCH(QString, copied);
        QCOMPARE(shownText(rowOf(line), 0, all), shown);
        QCOMPARE(copiedText(line), copied);
    }
    void knowsPlainTextFromOther()
    {
        for (int code = 0; code < 256; ++code) {
            for (const int before : { 0, 3, 7, 8, 20 }) {
                const QByteArray text = QByteArray(before, 'x') + static_cast<char>(code) + QByteArray(9, '~');
                QCOMPARE(isPlainAscii(text), code >= 0x20 && code < 0x7f);
            }
        }
    }
    /// A stretch of a line is what the whole line shows there, and columns and bytes name the same characters.
    void showsStretchesOfTheWhole()
    {
        QRandomGenerator random(7);
        const QStringList parts{ u"a"_s, u"WARN "_s, u"\t"_s, u"ö"_s, u"漢"_s, u"\u202e"_s, u"😀"_s, QChar(u'\0'), u"\u0301"_s };
        for (int run = 0; run < 300; ++run) {
            QString text;
            for (int i = random.bounded(30); i > 0; --i)
                text += parts.at(random.bounded(static_cast<int>(parts.size())));
            const QByteArray utf8 = text.toUtf8();
            const LogRow row = rowOf(utf8);
            const QList<uint> whole = shownText(row, 0, all).toUcs4();
            QCOMPARE(columnCount(row), whole.size());
            const qsizetype first = random.bounded(static_cast<int>(whole.size()) + 1);
            const qsizetype count = random.bounded(20) + 1;
            const QList<uint> stretch = shownText(row, first, count).toUcs4();
            QVERIFY(stretch.size() >= qMin(count, whole.size() - first));
            QCOMPARE(whole.sliced(first, stretch.size()), stretch);
            const qsizetype byte = byteAt(row, first);
            QVERIFY(columnAt(row, byte) <= first);
            QCOMPARE(byteAt(row, columnAt(row, byte)), byte);
            QVERIFY(byte == utf8.size() || (static_cast<uchar>(utf8.at(byte)) & 0xc0) != 0x80);
        }
    }
    void doesNotCountThroughHugeLines()
    {
        const QByteArray utf8 = u"ö"_s.repeated(30'000'000).toUtf8();
        const LogRow row = rowOf(utf8);
        const qsizetype columns = columnCount(row);
        QVERIFY(columns > 30'000'000);
        QCOMPARE(shownText(row, 0, 3), u"ööö"_s);
        const QString end = shownText(row, columns - 6, 100);
        QVERIFY(!end.isEmpty());
        QCOMPARE(end.count(u'ö'), end.size());
        QCOMPARE(byteAt(row, columns), utf8.size());
        QVERIFY(shownText(row, columns + 50, 10).isEmpty());
    }
};

KINDLING_TEST(TestShownLine)
#include "tst_shownline.moc"
