// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <limits>

namespace kindling::local {

/// Of a program's output that becomes lines of a log.
constexpr qsizetype longestLogLine = 64 * 1024;

/// Cuts a byte stream into lines; what is scanned once is not scanned again.
class LineBuffer {
public:
    LineBuffer() = default;
    /// Longer lines come in pieces, between two characters of UTF-8: what a program prints without end is not held.
    explicit LineBuffer(qsizetype longestBytes)
        : m_longest(longestBytes)
    {
    }
    /// The lines that `bytes` completes, without their ends.
    [[nodiscard]] QByteArrayList take(const QByteArray& bytes);
    /// What is left without an end.
    [[nodiscard]] QByteArray takeRest() { return std::exchange(m_rest, {}); }

private:
    void takePieces(QByteArrayList& lines);

    QByteArray m_rest;
    qsizetype m_longest = std::numeric_limits<qsizetype>::max();
};

} // namespace kindling::local
