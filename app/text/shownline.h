// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace kindling {

struct LogRow;

/// How a line of a log is shown: one column a character; a tab goes on to the next eighth column, control characters are
/// pictures, and what would be unseen or turn the line around is written out ("[U+202E]"). Beyond the first mebibyte of a
/// line that is not plain a byte counts as a column, so that nothing here takes long.
[[nodiscard]] bool isPlainAscii(QByteArrayView text);
[[nodiscard]] qsizetype columnCount(const LogRow& row);
/// The column at which a byte of the line is shown, and the byte shown at a column, a whole character's first one.
[[nodiscard]] qsizetype columnAt(const LogRow& row, qsizetype byte);
[[nodiscard]] qsizetype byteAt(const LogRow& row, qsizetype column);
/// What stands in those columns; where a character is more than one column wide, a little more.
[[nodiscard]] QString shownText(const LogRow& row, qsizetype firstColumn, qsizetype columns);
/// The index of the character that stands so many columns behind the first in what shownText() gave.
[[nodiscard]] qsizetype unitAt(QStringView shown, qsizetype columns);
/// Bytes of a line as text to be copied: tabs as they are, controls as they are shown.
[[nodiscard]] QString copiedText(QByteArrayView text);

} // namespace kindling
