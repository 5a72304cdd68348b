// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/logtailer.h"

#include <QList>
#include <QString>

#include <optional>

namespace kindling {

/// How loud a line of a log is. A line without a word for it has that of the line it belongs to.
enum class LogLevel : quint8 { Plain, Warning, Error };

/// What is said in place of lines that were not seen.
[[nodiscard]] QString gapWords(const LogLine& gap);
/// The level that a line names itself ("… WARN …", "ERROR: …", "Traceback …", "java.lang.Error: …"), if it does.
[[nodiscard]] std::optional<LogLevel> namedLevel(QStringView line);

/// What a log view shows of a log: which lines pass the filter, how loud each is, and which hold the text searched for.
class LogLines final {
public:
    struct Line {
        QString text;
        LogLevel level = LogLevel::Plain;
        bool isGap = false;
    };

    void clear();
    /// Takes the lines of `all` from `first` on; what was before is known.
    void append(const QList<LogLine>& all, qsizetype first);
    /// Only warnings, errors and gaps.
    void setLoudOnly(bool isLoudOnly);
    /// Any case; empty = nothing is searched for.
    void setSearch(const QString& text);
    [[nodiscard]] const QString& search() const { return m_search; }

    [[nodiscard]] qsizetype count() const { return m_lines.size(); }
    [[nodiscard]] qsizetype rowCount() const { return m_isLoudOnly ? m_loud.size() : m_lines.size(); }
    [[nodiscard]] const Line& at(qsizetype row) const;
    /// Rows that match, ascending.
    [[nodiscard]] const QList<qsizetype>& matches() const { return m_matches; }
    /// The first row with an error at or after `from`, else from the start; -1 = none.
    [[nodiscard]] qsizetype errorRow(qsizetype from) const;
    /// Characters of the longest line.
    [[nodiscard]] qsizetype longest() const { return m_longest; }

private:
    void take(const LogLine& line);
    void findMatches(qsizetype firstRow);
    [[nodiscard]] bool isLoud(const Line& line) const { return line.isGap || line.level != LogLevel::Plain; }

    QList<Line> m_lines;
    QList<qsizetype> m_loud;
    QList<qsizetype> m_matches;
    QString m_search;
    bool m_isLoudOnly = false;
    qsizetype m_longest = 0;
};

} // namespace kindling
