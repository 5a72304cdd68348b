// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logtext.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
QByteArrayList textsOf(const LogText& text)
{
    QByteArrayList texts;
    for (qsizetype row = 0; row < text.rowCount(); ++row)
        texts += text.row(row).text.toByteArray();
    return texts;
}

LogText textOf(const QByteArrayList& lines)
{
    LogText text;
    for (const QByteArray& line : lines)
        text.append(line, LogSection::Stderr);
    return text;
}
}

class TestLogText final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsHowLoudALineIs_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("level");
        QTest::newRow("info") << QByteArray("26/11/22 14:02:09 INFO DAGScheduler: an ERROR in words") << 0;
        QTest::newRow("trace") << QByteArray("TRACE x ERROR y") << 0;
        QTest::newRow("warn") << QByteArray("14:02 WARN Task: lost") << 1;
        QTest::newRow("warning") << QByteArray("WARNING: deprecated") << 1;
        QTest::newRow("error") << QByteArray("26/11/22 14:02:09 ERROR Task: x") << 2;
        QTest::newRow("fatal") << QByteArray("FATAL x") << 2;
        QTest::newRow("bracket") << QByteArray("[ERROR] x") << 2;
        QTest::newRow("traceback") << QByteArray("Traceback (most recent call last):") << 2;
        QTest::newRow("thread") << QByteArray("Exception in thread \"main\" x") << 2;
        QTest::newRow("exception") << QByteArray("java.lang.OutOfMemoryError: heap") << 2;
        QTest::newRow("exception alone") << QByteArray("org.x.MyException") << 2;
        QTest::newRow("python") << QByteArray("ValueError: bad") << 2;
        QTest::newRow("in a word") << QByteArray("Errors happen to WARNINGS") << -1;
        QTest::newRow("word at the end") << QByteArray("this is an ERROR") << -1;
        QTest::newRow("empty") << QByteArray() << -1;
        QTest::newRow("far") << QByteArray(QByteArray("x ").repeated(500'000) + " ERROR ") << -1;
    }
    void knowsHowLoudALineIs()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, level);
        const auto named = namedLevel(line);
        QCOMPARE(named ? static_cast<int>(*named) : -1, level);
    }
    void keepsAStackWithItsErrorInEachSection()
    {
        LogText text;
        text.append("a ERROR b", LogSection::Stderr);
        text.append("said", LogSection::Stdout);
        text.append("\tat x\nCaused by: y\nplain\n  more", LogSection::Stderr);
        QList<int> levels;
        for (qsizetype row = 0; row < text.rowCount(); ++row)
            levels += static_cast<int>(text.row(row).level);
        QCOMPARE(levels, QList<int>({ 2, 0, 2, 2, 0, 0 }));
        text.append("x ERROR y", LogSection::Stderr);
        text.append(LogLine{ LogSection::Stderr, {}, true, 200, 4min });
        text.append("\tat z", LogSection::Stderr);
        QCOMPARE(text.row(8).level, LogLevel::Plain);
        QVERIFY(text.row(7).isMark);
        QCOMPARE(text.mark(7).keptLines, 200);
        QCOMPARE(text.mark(7).unwatched, 4min);
        QCOMPARE(text.nextOf(LogLevel::Error, 0), 0);
        QCOMPARE(text.nextOf(LogLevel::Error, 4), 6);
        QCOMPARE(text.nextOf(LogLevel::Error, 7), -1);
        QCOMPARE(text.nextOf(LogLevel::Plain, 100), -1);
    }
    void makesOneRowOfEachLine()
    {
        LogText text;
        text.append(LogLine{ LogSection::Stdout, u"one\ntwo\r\n\nfour\n"_s });
        text.append(LogLine{ LogSection::Stderr, {} });
        text.append("\n", LogSection::Diagnostics);
        QCOMPARE(textsOf(text), QByteArrayList({ "one", "two", "", "four", "", "", "" }));
        QCOMPARE(text.row(3).section, LogSection::Stdout);
        QCOMPARE(text.row(4).section, LogSection::Stderr);
        QVERIFY(text.hasSection(LogSection::Diagnostics));
        text.clear();
        QCOMPARE(text.rowCount(), 0);
        QCOMPARE(text.chunkCount(), 0);
        QVERIFY(!text.hasSection(LogSection::Stdout));
    }
    void mendsWhatIsNoText()
    {
        const LogText text = textOf({ "bad \xff\xfe bytes", "\x1b[31mERROR\x1b[0m red", QByteArray("nul \0 nul", 9), "\x1b]8;;file:///x\aq", "ö\xc3" });
        QCOMPARE(QString::fromUtf8(text.row(0).text), u"bad \ufffd\ufffd bytes"_s);
        QCOMPARE(text.row(1).text, QByteArrayView("ERROR red"));
        QCOMPARE(text.row(1).level, LogLevel::Error);
        QCOMPARE(text.row(2).text.size(), 9);
        QVERIFY(!text.row(3).text.contains('\x1b'));
        for (qsizetype row = 0; row < text.rowCount(); ++row)
            QVERIFY(text.row(row).text.isValidUtf8());
        // a lone half of a pair, as a driver may send it
        LogText half;
        half.append(LogLine{ LogSection::Stdout, QString(QChar(0xd83d)) + u"x"_s });
        QVERIFY(half.row(0).text.isValidUtf8());
    }
    void keepsLinesOfAnyLength()
    {
        const QByteArray big(30 * 1024 * 1024, 'b');
        const QByteArray colourful = QByteArray("\x1b[31m").repeated(1'000'000);
        const LogText text = textOf({ "before", big, "after", colourful, "end" });
        QCOMPARE(text.rowCount(), 5);
        QCOMPARE(text.row(1).text, QByteArrayView(big));
        QCOMPARE(text.row(2).text, QByteArrayView("after"));
        QCOMPARE(text.row(4).text, QByteArrayView("end"));
        QCOMPARE(text.longest(), big.size());
    }
    /// Against a plain list, with lines of all lengths, whatever way they came.
    void holdsWhatWasAppended()
    {
        QRandomGenerator random(11);
        for (int run = 0; run < 5; ++run) {
            QByteArrayList expected;
            LogText text;
            while (expected.size() < 30'000) {
                QByteArrayList batch;
                for (int i = random.bounded(200) + 1; i > 0; --i)
                    batch += QByteArray(random.bounded(random.bounded(20) == 0 ? 3000 : 60), static_cast<char>('a' + random.bounded(26)));
                expected += batch;
                if (random.bounded(2) == 0) {
                    text.append(batch.join('\n').append('\n'), LogSection::Stdout);
                } else {
                    for (const QByteArray& line : batch)
                        text.append(LogLine{ LogSection::Stdout, QString::fromLatin1(line) });
                }
            }
            QCOMPARE(text.rowCount(), expected.size());
            for (int i = 0; i < 2000; ++i) {
                const qsizetype row = random.bounded(static_cast<int>(expected.size()));
                QCOMPARE(text.row(row).text, QByteArrayView(expected.at(row)));
            }
            for (qsizetype index = 0; index < text.chunkCount(); ++index) {
                const LogChunk& chunk = text.chunk(index);
                const qsizetype byte = random.bounded(static_cast<int>(chunk.bytes().size()));
                const qsizetype found = chunk.rowAt(byte, 0);
                QVERIFY(chunk.startOf(found) <= byte && byte < chunk.startOf(found + 1));
            }
        }
    }
    void aCopyStaysAsItWas()
    {
        LogText text = textOf({ "one", "two" });
        const LogText copy = text;
        text.append("three", LogSection::Stdout);
        QCOMPARE(textsOf(copy), QByteArrayList({ "one", "two" }));
        QCOMPARE(textsOf(text), QByteArrayList({ "one", "two", "three" }));
    }
    void marksHaveTheirPlace()
    {
        LogText text = textOf({ "one" });
        text.append(LogMark{ .kind = LogMark::Kind::Statement, .text = u"1 + 1"_s }, LogSection::Stdout);
        text.append("two", LogSection::Stderr);
        text.append(LogMark{}, LogSection::Stderr);
        QVERIFY(text.row(1).isMark);
        QVERIFY(!text.row(2).isMark);
        QCOMPARE(text.mark(1).text, u"1 + 1"_s);
        QCOMPARE(text.mark(3).kind, LogMark::Kind::Gap);
        QVERIFY(!text.hasSection(LogSection::Stdout));
    }
};

KINDLING_TEST(TestLogText)
#include "tst_logtext.moc"
