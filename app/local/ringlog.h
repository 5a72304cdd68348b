// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace kindling::local {

enum class LogSection { Stdout, Stderr };

/// What a page of a log holds, and where it begins.
struct LogPage {
    int from = 0;
    int total = 0;
    QStringList lines;
};

/// The last lines of a driver's output, per section, with Livy's markers as lines of their own (livy-protocol 4).
class RingLog {
public:
    static constexpr int linesPerSection = 200;

    void append(LogSection section, const QString& line);
    [[nodiscard]] QStringList lines() const;
    /// The last ten lines, as the session and batch objects carry them.
    [[nodiscard]] QStringList tail() const;
    /// Livy's paging: a negative `from` means the tail, a negative `size` everything.
    [[nodiscard]] LogPage page(int from, int size) const;

private:
    QStringList m_stdout;
    QStringList m_stderr;
};

} // namespace kindling::local
