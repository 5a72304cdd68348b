// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logdocument.h"
#include "app/text/logfile.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds patience{ 30 };

LogFilter lookingFor(const QString& text, bool isRegex = false, bool isCaseSensitive = false)
{
    LogFilter filter;
    filter.pattern = *TextPattern::compile({ text, isRegex, isCaseSensitive });
    return filter;
}

QByteArray randomLine(QRandomGenerator& random)
{
    static const QByteArrayList words{ "INFO", "WARN", "ERROR", "task", "Task", "executor 3", "lost", "größe", "\tat x", ".", "aab" };
    QByteArray line;
    for (int i = random.bounded(6); i > 0; --i)
        line += words.at(random.bounded(static_cast<int>(words.size()))) + ' ';
    return line;
}

/// What a naive reader would find: rows shown, and rows that match.
std::pair<QList<qsizetype>, QList<qsizetype>> naive(const LogText& text, const LogFilter& filter, const QRegularExpression& expression)
{
    QList<qsizetype> shown;
    QList<qsizetype> matches;
    for (qsizetype row = 0; row < text.rowCount(); ++row) {
        const LogRow line = text.row(row);
        const bool isWanted = line.level >= filter.least && (!filter.section || line.section == *filter.section);
        const bool isMatch = filter.pattern && expression.match(QString::fromUtf8(line.text)).hasMatch();
        if (!line.isMark && (!isWanted || (filter.pattern && filter.isMatchingOnly && !isMatch)))
            continue;
        shown += row;
        if (isMatch && !line.isMark)
            matches += row;
    }
    return { shown, matches };
}

std::pair<QList<qsizetype>, QList<qsizetype>> found(const LogDocument& log)
{
    QList<qsizetype> shown;
    for (qsizetype place = 0; place < log.placeCount(); ++place)
        shown += log.rowAt(place);
    return { shown, QList<qsizetype>(log.matches().begin(), log.matches().end()) };
}
}

class TestLogDocument final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Every kind of filter, while the log grows, in few rows (found at once) and in many (found by the worker).
    void findsWhatANaiveReaderWould_data()
    {
        QTest::addColumn<int>("batches");
        QTest::newRow("few") << 20;
        QTest::newRow("many") << 400;
    }
    void findsWhatANaiveReaderWould()
    {
        QFETCH(int, batches);
        QRandomGenerator random(static_cast<quint32>(batches));
        struct Wanted {
            QString text;
            bool isRegex;
            bool isCaseSensitive;
        };
        const QList<Wanted> queries{ { u""_s, false, false }, { u"task"_s, false, true }, { u"task"_s, false, false }, { u"GRÖßE"_s, false, false },
            { u"lost .*executor \\d$"_s, true, true }, { u"^\\s*at|a{2}b"_s, true, false }, { u"."_s, false, true } };
        for (const Wanted& wanted : queries) {
            LogDocument log;
            LogFilter filter;
            if (!wanted.text.isEmpty())
                filter = lookingFor(wanted.text, wanted.isRegex, wanted.isCaseSensitive);
            const QRegularExpression expression(wanted.isRegex ? wanted.text : QRegularExpression::escape(wanted.text),
                wanted.isCaseSensitive ? QRegularExpression::NoPatternOption : QRegularExpression::CaseInsensitiveOption);
            if (random.bounded(2) == 0)
                filter.section = LogSection::Stderr;
            filter.least = static_cast<LogLevel>(random.bounded(3));
            filter.isMatchingOnly = random.bounded(2) == 0;
            const int begun = random.bounded(batches);
            for (int batch = 0; batch < batches; ++batch) {
                if (batch == begun)
                    log.setFilter(filter);
                QByteArray lines;
                for (int i = 0; i < 100; ++i)
                    lines += randomLine(random) + '\n';
                log.append(lines, random.bounded(2) == 0 ? LogSection::Stdout : LogSection::Stderr);
                if (random.bounded(10) == 0)
                    log.append(LogMark{}, LogSection::Stderr);
            }
            QTRY_VERIFY_WITH_TIMEOUT(!log.isSearching(), patience);
            QCOMPARE(found(log), naive(log.text(), filter, expression));
        }
    }
    void searchesUntilWhatTheWorkerFoundIsTaken()
    {
        LogDocument log;
        log.append(QByteArray("executor 3 lost\nplain\n").repeated(50'000), LogSection::Stdout);
        const LogFilter filter = lookingFor(u"executor 3"_s);
        const QRegularExpression expression(u"executor 3"_s);
        log.setFilter(filter);
        // Takes longer than the worker needs, whose results nobody takes before the event loop runs.
        const auto expected = naive(log.text(), filter, expression);
        QVERIFY(log.isSearching());
        QVERIFY(log.matches().empty());
        log.append("executor 3 again\n", LogSection::Stdout);
        QVERIFY(log.isSearching());
        QTRY_VERIFY_WITH_TIMEOUT(!log.isSearching(), patience);
        QCOMPARE(found(log).second.size(), expected.second.size() + 1);
        QCOMPARE(found(log), naive(log.text(), filter, expression));
    }
    void showsWhatWasFoundBeforeUntilThereIsMore()
    {
        LogDocument log;
        log.append(QByteArray("a ERROR b\nplain\n").repeated(50'000), LogSection::Stderr);
        QSignalSpy searched(&log, &LogDocument::searched);
        log.setFilter({ .least = LogLevel::Error });
        QCOMPARE(log.placeCount(), 100'000);
        QVERIFY(log.isSearching());
        QTRY_VERIFY_WITH_TIMEOUT(!log.isSearching(), patience);
        QCOMPARE(log.placeCount(), 50'000);
        QCOMPARE(log.rowAt(49'999), 99'998);
        QCOMPARE(log.placeOf(3), 2);
        QVERIFY(!searched.isEmpty());
    }
    void forgetsASearchThatIsNotWantedAnyMore()
    {
        LogDocument log;
        log.append(QByteArray("needle in hay\nhay\n").repeated(300'000), LogSection::Stderr);
        log.setFilter(lookingFor(u"(n|x)e+dle"_s, true));
        QVERIFY(log.isSearching());
        log.setFilter(lookingFor(u"nowhere"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!log.isSearching(), patience);
        QVERIFY(log.matches().empty());
        log.setFilter(lookingFor(u"needle"_s));
        log.clear();
        QCOMPARE(log.placeCount(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!log.isSearching(), patience);
        QVERIFY(log.matches().empty());
    }
    void saysWhenAnExpressionIsTooMuchWork()
    {
        LogDocument log;
        log.append(QByteArray(60, 'a').append("!\nfine"), LogSection::Stderr);
        log.setFilter(lookingFor(u"^(a+)+$|fine"_s, true));
        QTRY_VERIFY_WITH_TIMEOUT(!log.isSearching(), patience);
        QVERIFY(log.hasGivenUp());
        QCOMPARE(log.matches(), std::vector<quint32>{ 1 });
        log.setFilter(lookingFor(u"fine"_s));
        QVERIFY(!log.hasGivenUp());
    }
    void findsErrorsAmongWhatIsShown()
    {
        LogDocument log;
        log.append("a INFO b\na ERROR in stdout", LogSection::Stdout);
        log.append("a WARN b\na ERROR b", LogSection::Stderr);
        QCOMPARE(log.errorPlace(0), 1);
        QCOMPARE(log.errorPlace(2), 3);
        QCOMPARE(log.errorPlace(4), 1);
        log.setFilter({ .section = LogSection::Stderr });
        QCOMPARE(log.errorPlace(0), 1);
        QCOMPARE(log.rowAt(1), 3);
        log.setFilter({ .section = LogSection::Diagnostics });
        QCOMPARE(log.errorPlace(0), -1);
    }
    void writesWhatIsShown()
    {
        const QTemporaryDir folder;
        LogText text;
        text.append("one\ntwo", LogSection::Stdout);
        text.append(LogMark{}, LogSection::Stdout);
        text.append("grüße", LogSection::Stdout);
        const QString path = folder.filePath(u"a.log"_s);
        const auto contents = [&path] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QFuture<QString> whole = writeLog({ .path = path, .text = text, .rows = {}, .isWhole = true, .markWords = { "[gap]" } });
        QCOMPARE(whole.result(), QString());
        QCOMPARE(contents(), QByteArray("one\ntwo\n[gap]\ngrüße\n"));
        QFuture<QString> part = writeLog({ .path = path, .text = text, .rows = { 1, 3 }, .isWhole = false, .markWords = { "[gap]" } });
        QCOMPARE(part.result(), QString());
        QCOMPARE(contents(), QByteArray("two\ngrüße\n"));
        QFuture<QString> nowhere = writeLog({ .path = folder.filePath(u"no/such/folder/a.log"_s), .text = text, .markWords = { "[gap]" } });
        QVERIFY(!nowhere.result().isEmpty());
    }
};

KINDLING_TEST(TestLogDocument)
#include "tst_logdocument.moc"
