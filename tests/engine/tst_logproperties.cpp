// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestLogProperties final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRingReadInTimeLosesAndRepeatsNothing_data();
    void aRingReadInTimeLosesAndRepeatsNothing();
    void aRingReadTooLateHasItsGapsExactly_data();
    void aRingReadTooLateHasItsGapsExactly();
    void blankLinesAtTheSeamHideNoGap();
};

namespace {
constexpr int ringSize = 200;

/// A section of a log: everything ever printed, of which a server keeps the end. Some of its lines come again and again.
class Section {
public:
    explicit Section(QRandomGenerator& random)
        : m_random(random)
    {
    }
    void print(int count, int repeatedPercent)
    {
        static const QStringList words{ u""_s, u"\tat java.base/java.lang.Thread.run(Thread.java:840)"_s, u"."_s, u"stderr: "_s, u"}"_s };
        for (int i = 0; i < count; ++i) {
            const bool isRepeated = m_random.bounded(100) < repeatedPercent;
            m_all.append(isRepeated ? words.at(m_random.bounded(static_cast<int>(words.size()))) : u"line %1"_s.arg(m_all.size()));
        }
    }
    [[nodiscard]] QStringList ring() const { return m_all.last(std::min<qsizetype>(ringSize, m_all.size())); }
    [[nodiscard]] const QStringList& all() const { return m_all; }

private:
    QRandomGenerator& m_random;
    QStringList m_all;
};

QStringList asServed(const Section& out, const Section& err)
{
    return QStringList{ u"stdout: "_s } + out.ring() + QStringList{ u"\nstderr: "_s } + err.ring() + QStringList{ u"\nYARN Diagnostics: "_s };
}

QStringList textsOf(const QList<LogLine>& lines, LogSection section)
{
    QStringList result;
    for (const LogLine& line : lines) {
        if (line.section == section)
            result.append(line.isGap ? u"<gap>"_s : line.text);
    }
    return result;
}
}

void TestLogProperties::aRingReadInTimeLosesAndRepeatsNothing_data()
{
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("repeated");
    const auto add = [](int most, int repeated) {
        QTest::addRow("up to %d lines, %d %% repeated", most, repeated) << most << repeated;
    };
    // four lines of the ring must be left where lines repeat themselves: fewer may be there by chance
    for (const int most : { 1, 5, 40, 150, 190, ringSize - 4 }) {
        for (const int repeated : { 0, 30, 60 })
            add(most, repeated);
    }
    add(ringSize - 1, 0);
}

void TestLogProperties::aRingReadInTimeLosesAndRepeatsNothing()
{
    QFETCH(int, most);
    QFETCH(int, repeated);
    QRandomGenerator random(static_cast<quint32>(most * 100 + repeated));
    for (int round = 0; round < 20; ++round) {
        Section out(random);
        Section err(random);
        LogMerger merger;
        QList<LogLine> seen;
        for (int look = 0; look < 40; ++look) {
            const bool isFull = look % 4 == 3;
            out.print(isFull ? most : random.bounded(most + 1), repeated);
            err.print(isFull ? most : random.bounded(most + 1), repeated);
            seen += merger.merge(asServed(out, err));
        }
        QCOMPARE(textsOf(seen, LogSection::Stdout), out.all());
        QCOMPARE(textsOf(seen, LogSection::Stderr), err.all());
    }
}

void TestLogProperties::aRingReadTooLateHasItsGapsExactly_data()
{
    QTest::addColumn<int>("repeated");
    for (const int repeated : { 0, 30, 60 })
        QTest::addRow("%d %% repeated", repeated) << repeated;
}

void TestLogProperties::aRingReadTooLateHasItsGapsExactly()
{
    QFETCH(int, repeated);
    QRandomGenerator random(static_cast<quint32>(repeated));
    for (int round = 0; round < 50; ++round) {
        Section out(random);
        Section err(random);
        out.print(20, repeated);
        LogMerger merger;
        QList<LogLine> seen = merger.merge(asServed(out, err));
        QStringList expected = out.all();
        for (int look = 0; look < 30; ++look) {
            const bool isLate = random.bounded(3) == 0;
            const qsizetype before = out.all().size();
            out.print(isLate ? random.bounded(ringSize + 1, 1000) : random.bounded(150), repeated);
            seen += merger.merge(asServed(out, err));
            expected += isLate ? QStringList{ u"<gap>"_s } + out.ring() : out.all().sliced(before);
        }
        QCOMPARE(textsOf(seen, LogSection::Stdout), expected);
        QVERIFY(textsOf(seen, LogSection::Stderr).isEmpty());
    }
}

void TestLogProperties::blankLinesAtTheSeamHideNoGap()
{
    LogMerger merger;
    merger.merge({ u"stdout: "_s, u"a"_s, u""_s });
    QStringList ring{ u"stdout: "_s, u""_s };
    for (int i = 0; i < ringSize - 2; ++i)
        ring.append(u"line %1"_s.arg(i));
    ring.append(u""_s);
    const QStringList seen = textsOf(merger.merge(ring), LogSection::Stdout);
    QCOMPARE(seen.size(), ringSize + 1);
    QCOMPARE(seen.constFirst(), u"<gap>"_s);
}

KINDLING_TEST(TestLogProperties)
#include "tst_logproperties.moc"
