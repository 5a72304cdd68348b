// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/ringlog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

void RingLog::append(LogSection section, const QString& line)
{
    QStringList& lines = section == LogSection::Stdout ? m_stdout : m_stderr;
    lines.append(line);
    if (lines.size() > linesPerSection)
        lines.removeFirst();
}

QStringList RingLog::lines() const
{
    return QStringList{ u"stdout: "_s } + m_stdout + QStringList{ u"\nstderr: "_s } + m_stderr;
}

QStringList RingLog::tail() const
{
    return lines().last(std::min<qsizetype>(10, lines().size()));
}

LogPage RingLog::page(int from, int size) const
{
    const QStringList all = lines();
    const int total = static_cast<int>(all.size());
    const int count = size < 0 ? total : size;
    const int begin = from < 0 ? std::max(0, total - count) : from;
    return { begin, total, all.mid(begin, count) };
}

} // namespace kindling::local
