// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/loglines.h"

#include "ui/common/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype headLength = 80;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::LogLines)
};

bool isContinuation(QStringView line)
{
    return line.isEmpty() || line.front().isSpace() || line.startsWith("Caused by:"_L1) || line.startsWith("at "_L1);
}
}

QString gapWords(const LogLine& gap)
{
    if (gap.unwatched <= Clock::Duration(0))
        return Words::tr("──── Earlier lines were not seen: the server keeps %Ln ────", nullptr, gap.keptLines);
    return Words::tr("──── Lines were not seen here: nobody looked for %1, and the server keeps %Ln ────", nullptr, gap.keptLines)
        .arg(ageText(gap.unwatched));
}

std::optional<LogLevel> namedLevel(QStringView line)
{
    static const QRegularExpression word(u"(?:^|[\\s\\[])(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)(?=[\\s:\\]])"_s);
    static const QRegularExpression thrown(u"^(?:Traceback \\(most recent call last\\)|Exception in thread |[\\w.$]*(?:Error|Exception)(?::|$))"_s);
    const QStringView head = line.first(qMin(line.size(), headLength));
    const auto match = word.matchView(head);
    if (match.hasMatch()) {
        const QStringView level = match.capturedView(1);
        if (level.startsWith("WARN"_L1))
            return LogLevel::Warning;
        return level == "ERROR"_L1 || level == "FATAL"_L1 ? LogLevel::Error : LogLevel::Plain;
    }
    if (thrown.matchView(head).hasMatch())
        return LogLevel::Error;
    return std::nullopt;
}

void LogLines::clear()
{
    m_lines.clear();
    m_loud.clear();
    m_matches.clear();
    m_longest = 0;
}

void LogLines::append(const QList<LogLine>& all, qsizetype first)
{
    const qsizetype firstRow = rowCount();
    for (qsizetype i = first; i < all.size(); ++i)
        take(all.at(i));
    findMatches(firstRow);
}

void LogLines::take(const LogLine& line)
{
    Line taken{ line.isGap ? gapWords(line) : line.text, LogLevel::Plain, line.isGap };
    // Servers send whole chunks of print() as one line, and tabs and escapes as they are.
    for (QChar& c : taken.text) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    if (!line.isGap) {
        if (const auto level = namedLevel(taken.text))
            taken.level = *level;
        else if (!m_lines.isEmpty() && !m_lines.constLast().isGap && isContinuation(taken.text))
            taken.level = m_lines.constLast().level;
    }
    m_longest = qMax(m_longest, taken.text.size());
    if (isLoud(taken))
        m_loud += m_lines.size();
    m_lines += std::move(taken);
}

void LogLines::setLoudOnly(bool isLoudOnly)
{
    m_isLoudOnly = isLoudOnly;
    m_matches.clear();
    findMatches(0);
}

void LogLines::setSearch(const QString& text)
{
    m_search = text;
    m_matches.clear();
    findMatches(0);
}

void LogLines::findMatches(qsizetype firstRow)
{
    if (m_search.isEmpty())
        return;
    for (qsizetype row = firstRow; row < rowCount(); ++row) {
        if (!at(row).isGap && at(row).text.contains(m_search, Qt::CaseInsensitive))
            m_matches += row;
    }
}

const LogLines::Line& LogLines::at(qsizetype row) const
{
    return m_lines.at(m_isLoudOnly ? m_loud.at(row) : row);
}

qsizetype LogLines::errorRow(qsizetype from) const
{
    const qsizetype rows = rowCount();
    for (qsizetype step = 0; step < rows; ++step) {
        const qsizetype row = (qMax<qsizetype>(0, from) + step) % rows;
        if (!at(row).isGap && at(row).level == LogLevel::Error)
            return row;
    }
    return -1;
}

} // namespace kindling
