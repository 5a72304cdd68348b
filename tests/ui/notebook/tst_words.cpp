// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/common/words.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class WordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agesAreShort_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("words");
        QTest::newRow("negative") << -5'000LL << u"0 s"_s;
        QTest::newRow("seconds") << 8'900LL << u"8 s"_s;
        QTest::newRow("last second") << 59'999LL << u"59 s"_s;
        QTest::newRow("minutes") << 240'000LL << u"4 min"_s;
        QTest::newRow("hours") << 3'600'000LL << u"1 h"_s;
        QTest::newRow("days") << 172'800'000LL << u"2 d"_s;
    }
    void agesAreShort()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, words);
        QCOMPARE(ageText(std::chrono::milliseconds(ms)), words);
    }

    void durationsAreExactWhereItMatters_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << 0LL << u"0 ms"_s;
        QTest::newRow("ms") << 340LL << u"340 ms"_s;
        QTest::newRow("seconds") << 2'310LL << u"2.31 s"_s;
        QTest::newRow("not sixty seconds") << 59'996LL << u"1 min 0 s"_s;
        QTest::newRow("minutes") << 252'000LL << u"4 min 12 s"_s;
        QTest::newRow("hours") << 7'500'000LL << u"2 h 5 min"_s;
    }
    void durationsAreExactWhereItMatters()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, words);
        QCOMPARE(durationText(std::chrono::milliseconds(ms)), words);
    }

    void aDamagedSessionSaysWhatDied()
    {
        const ItemState idle = ItemState::fromWire(u"idle"_s);
        QCOMPARE(stateWords(idle), u"idle"_s);
        QCOMPARE(stateWords(idle, u"pyspark"_s), u"Python died"_s);
        QCOMPARE(stateWords(idle, u"spark"_s), u"Scala died"_s);
        QCOMPARE(stateWords(ItemState::fromWire(u"dead"_s), u"pyspark"_s), u"dead"_s);
    }

    void anUnknownStateKeepsTheServersWord()
    {
        QCOMPARE(stateWords(ItemState::fromWire(u"hibernating"_s)), u"hibernating"_s);
        QCOMPARE(stateWords({}), u"unknown"_s);
    }

    void kindsHaveTheNamesPeopleUse()
    {
        QCOMPARE(kindWord(Kind::PySpark), u"PySpark"_s);
        QCOMPARE(kindWord(Kind::Spark), u"Scala"_s);
        QCOMPARE(kindWord(Kind::SparkR), u"SparkR"_s);
        QCOMPARE(kindWord(Kind::Sql), u"SQL"_s);
    }

    void anErrorWithoutATitleIsWordedByItsKind()
    {
        Error error;
        error.kind = ErrorKind::Timeout;
        QVERIFY(errorTitle(error).contains(u"in time"_s));
        error.title = u"Gateway said no"_s;
        error.detail = u"  code 7 \n"_s;
        QCOMPARE(errorText(error), u"Gateway said no\ncode 7"_s);
    }

    void everyConnectionAndRunStateHasAWord()
    {
        QSet<QString> words;
        for (const auto state : { ConnectionState::Unconnected, ConnectionState::Connecting, ConnectionState::Online, ConnectionState::Offline,
                 ConnectionState::SignInNeeded, ConnectionState::Stopped })
            words.insert(connectionWords(state));
        QCOMPARE(words.size(), 6);
        words.clear();
        for (int state = 0; state <= static_cast<int>(RunState::Lost); ++state)
            words.insert(runStateWords(static_cast<RunState>(state)));
        QCOMPARE(words.size(), 10);
    }

    void lengthsOfTimeAreWordedAsAgesAre()
    {
        QCOMPARE(timeWords(u"1h"_s), u"1 h"_s);
        QCOMPARE(timeWords(u" 30m "_s), u"30 min"_s);
        QCOMPARE(timeWords(u"90 s"_s), u"90 s"_s);
        QCOMPARE(timeWords(u"250ms"_s), u"250 ms"_s);
        QCOMPARE(timeWords(u"2d"_s), u"2 d"_s);
        for (const QString& odd : { u""_s, u"h"_s, u"3600"_s, u"1y"_s, u"-1h"_s, u"9999999999s"_s, u"1h 2m"_s })
            QCOMPARE(timeWords(odd), odd);
    }

    void memoryHasAUnitThatPeopleKnow()
    {
        QCOMPARE(memoryWords(u"4g"_s), u"4 GiB"_s);
        QCOMPARE(memoryWords(u" 512M "_s), u"512 MiB"_s);
        for (const QString& odd : { u""_s, u"g"_s, u"lots"_s, u"1024k"_s, u"4gb"_s, u"9999999999g"_s })
            QCOMPARE(memoryWords(odd), odd);
    }

    void timesAreLocalAndMissingOnesEmpty()
    {
        QVERIFY(exactTime({}).isEmpty());
        const QDateTime time(QDate(2026, 11, 22), QTime(14, 2, 5));
        QCOMPARE(clockTime(time, QDate(2026, 11, 22)), u"14:02:05"_s);
        QCOMPARE(clockTime(time, QDate(2026, 11, 23)), exactTime(time));
        QVERIFY(exactTime(time).contains(u"14:02:05"_s));
    }

    void aBriefTimeTellsOnlyWhatTheDayDoesNot_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("thisYear");
        QTest::addColumn<QString>("before");
        QTest::newRow("none") << u"C"_s << u"22 Nov 14:02"_s << u"22 Nov 2026"_s;
        QTest::newRow("American") << u"en_US"_s << u"11/22 14:02"_s << u"11/22/26"_s;
        QTest::newRow("German") << u"de_DE"_s << u"22.11 14:02"_s << u"22.11.26"_s;
        QTest::newRow("the year first") << u"zh_CN"_s << u"11/22 14:02"_s << u"2026/11/22"_s;
    }
    void aBriefTimeTellsOnlyWhatTheDayDoesNot()
    {
        QFETCH(QString, locale);
        const QLocale before;
        QLocale::setDefault(QLocale(locale));
        const QDateTime time(QDate(2026, 11, 22), QTime(14, 2, 5));
        QTEST(briefTime(time, QDate(2026, 11, 23)), "thisYear");
        QTEST(briefTime(time, QDate(2027, 1, 1)), "before");
        QTEST(briefTime(time, {}), "before");
        QCOMPARE(briefTime(time, QDate(2026, 11, 22)), u"14:02:05"_s);
        QVERIFY(briefTime({}, QDate(2026, 11, 22)).isEmpty());
        QLocale::setDefault(before);
    }
};

KINDLING_TEST(WordsTest)
#include "tst_words.moc"
