// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/logline.h"
#include "app/text/loglevel.h"

#include <QDateTime>
#include <QString>

#include <array>
#include <memory>
#include <vector>

namespace kindling {

class LogChunk;

/// Something between lines that is no line of the server.
struct LogMark {
    enum class Kind : quint8 {
        Gap,       ///< lines were not seen
        Statement, ///< a statement was sent, or began, about here
        Older,     ///< there were lines before the first one
    };
    Kind kind = Kind::Gap;
    int keptLines = 0;                         ///< of a gap, as LogLine
    std::chrono::milliseconds unwatched{ 0 };  ///< of a gap, as LogLine
    QString text = {};                         ///< of a statement: its code
    QDateTime when = {};                       ///< of a statement
};

/// One row of a log: a line, or a mark, which has no text. The view is valid until the log changes.
struct LogRow {
    QByteArrayView text;     ///< valid UTF-8 without line feeds; may hold any other control character
    LogSection section = LogSection::Stdout;
    LogLevel level = LogLevel::Plain;
    bool isMark = false;
    bool isPlain = true;     ///< printable ASCII only: a byte is a character is a column
};

/// The text of a log of millions of lines: UTF-8 in chunks, four bytes a row besides. A value: a copy shares the
/// chunks, costs nothing to speak of, and may be read in another thread while this one grows.
class LogText final {
public:
    LogText();

    /// A text with line feeds becomes as many rows.
    void append(const LogLine& line);
    /// Lines with line feeds between them, or one line, of any bytes: what is no UTF-8 is shown as U+FFFD, the escapes
    /// of a terminal are taken out.
    void append(QByteArrayView lines, LogSection section);
    void append(const LogMark& mark, LogSection section);
    void clear();

    [[nodiscard]] qsizetype rowCount() const { return m_rowCount; }
    [[nodiscard]] LogRow row(qsizetype row) const;
    /// The mark of a row that is one.
    [[nodiscard]] const LogMark& mark(qsizetype row) const;
    [[nodiscard]] const std::vector<std::pair<qsizetype, LogMark>>& marks() const { return m_marks; }
    /// Columns of the longest line.
    [[nodiscard]] qsizetype longest() const { return m_longest; }
    /// The first row at or after `first` that is at least as loud; -1 = none.
    [[nodiscard]] qsizetype nextOf(LogLevel level, qsizetype first) const;
    [[nodiscard]] bool hasSection(LogSection section) const { return m_hasSection.at(static_cast<size_t>(section)); }

    [[nodiscard]] qsizetype chunkCount() const { return static_cast<qsizetype>(m_chunks.size()); }
    [[nodiscard]] const LogChunk& chunk(qsizetype index) const { return *m_chunks[static_cast<size_t>(index)].chunk; }
    [[nodiscard]] qsizetype firstRowOf(qsizetype index) const { return m_chunks[static_cast<size_t>(index)].firstRow; }
    /// The chunk that holds a row.
    [[nodiscard]] qsizetype chunkOf(qsizetype row) const;

private:
    struct Part {
        std::shared_ptr<LogChunk> chunk;
        qsizetype firstRow = 0;
    };
    void appendOne(QByteArrayView line, LogSection section);
    void appendOdd(QByteArrayView line, LogSection section);
    void appendRow(const LogRow& row);
    [[nodiscard]] LogChunk& chunkFor(qsizetype bytes);

    std::vector<Part> m_chunks;
    std::vector<std::pair<qsizetype, LogMark>> m_marks; ///< by row
    std::array<LogLevel, logSectionCount> m_lastLevel{}; ///< of the last line; Plain after a gap
    std::array<bool, logSectionCount> m_hasSection{};
    qsizetype m_rowCount = 0;
    qsizetype m_longest = 0;
};

/// A stretch of rows, each followed by a line feed. Only LogText writes to it.
class LogChunk final {
public:
    /// Room for `bytes` at least, of one row at least.
    explicit LogChunk(qsizetype bytes);
    LogChunk(const LogChunk& other);
    LogChunk& operator=(const LogChunk&) = delete;
    ~LogChunk() = default;

    [[nodiscard]] bool hasRoomFor(qsizetype bytes) const;
    void append(const LogRow& row);
    /// No row comes any more.
    void close() { m_rows.shrink_to_fit(); }

    [[nodiscard]] qsizetype rowCount() const { return static_cast<qsizetype>(m_rows.size()); }
    [[nodiscard]] LogRow row(qsizetype index) const;
    [[nodiscard]] QByteArrayView bytes() const { return { m_bytes.get(), m_used }; }
    /// Where the text of a row begins within bytes(); of rowCount(): their end.
    [[nodiscard]] qsizetype startOf(qsizetype index) const;
    /// The row that a byte belongs to, which is `from` or a later one.
    [[nodiscard]] qsizetype rowAt(qsizetype byte, qsizetype from) const;
    /// The loudest of its rows.
    [[nodiscard]] LogLevel loudest() const { return m_loudest; }
    [[nodiscard]] bool hasMarks() const { return m_hasMarks; }

private:
    std::unique_ptr<char[]> m_bytes;
    qsizetype m_capacity;
    qsizetype m_used = 0;
    std::vector<quint32> m_rows; ///< start in the low bits, what LogRow tells in the high ones
    LogLevel m_loudest = LogLevel::Plain;
    bool m_hasMarks = false;
};

} // namespace kindling
