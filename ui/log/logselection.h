// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text/logdocument.h"

#include <QString>

#include <compare>

namespace kindling {

/// A character of a log: a row of the text, and a byte of that.
struct LogPlace {
    qsizetype row = -1;
    qsizetype byte = 0;

    friend auto operator<=>(const LogPlace&, const LogPlace&) = default;
};

/// What is selected of a log: whole lines, or from one character to another. Rows that are not shown are not part of
/// it; nothing is put together before the text is asked for.
class LogSelection final {
public:
    [[nodiscard]] bool isEmpty() const { return m_cursor.row < 0 || (!m_isLines && m_anchor == m_cursor); }
    /// Where it ends that the person moves.
    [[nodiscard]] const LogPlace& cursor() const { return m_cursor; }
    /// The line that the keyboard is on; -1 = none.
    [[nodiscard]] qsizetype currentRow() const { return m_cursor.row; }
    void clear() { *this = {}; }
    void selectLine(qsizetype row) { selectLines(row, row); }
    void selectLines(qsizetype anchor, qsizetype cursor);
    /// Whole lines from where it began.
    void extendToLine(qsizetype row);
    void selectCharacters(const LogPlace& anchor, const LogPlace& cursor);
    /// `by` rows came before all others.
    void shift(qsizetype by);

    [[nodiscard]] bool holdsLine(qsizetype row) const;
    /// The characters of a row that are selected; of a line that is selected whole: all.
    [[nodiscard]] TextSpan spanOf(qsizetype row, const LogRow& line) const;
    /// The selected text with line ends between lines; nothing if it were longer than `most` bytes.
    [[nodiscard]] std::optional<QString> text(const LogDocument& log, qsizetype most) const;

private:
    [[nodiscard]] const LogPlace& first() const { return std::min(m_anchor, m_cursor); }
    [[nodiscard]] const LogPlace& last() const { return std::max(m_anchor, m_cursor); }

    LogPlace m_anchor;
    LogPlace m_cursor;
    bool m_isLines = true;
};

} // namespace kindling
