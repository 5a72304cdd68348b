// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logtext.h"

#include "app/results/ansi.h"
#include "app/text/shownline.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace kindling {

namespace {
constexpr int startBits = 20;
constexpr qsizetype chunkBytes = qsizetype(1) << startBits;
constexpr quint32 startMask = (quint32(1) << startBits) - 1;
constexpr int levelShift = startBits;
constexpr int sectionShift = levelShift + 2;
constexpr quint32 twoBits = 3;
constexpr quint32 markBit = quint32(1) << (sectionShift + 2);
constexpr quint32 plainBit = markBit << 1;
/// Taking escapes out of more than this would be felt: they are shown as they are.
constexpr qsizetype mostEscaped = 64 * 1024;

quint32 packed(qsizetype start, const LogRow& row)
{
    return static_cast<quint32>(start) | static_cast<quint32>(row.level) << levelShift | static_cast<quint32>(row.section) << sectionShift
        | (row.isMark ? markBit : 0) | (row.isPlain ? plainBit : 0);
}

LogLevel levelOf(quint32 entry)
{
    return static_cast<LogLevel>(entry >> levelShift & twoBits);
}
}

LogChunk::LogChunk(qsizetype bytes)
    : m_capacity(std::max(chunkBytes, bytes + 1))
{
    m_bytes = std::make_unique_for_overwrite<char[]>(static_cast<size_t>(m_capacity));
}

LogChunk::LogChunk(const LogChunk& other)
    : m_bytes(std::make_unique_for_overwrite<char[]>(static_cast<size_t>(other.m_capacity)))
    , m_capacity(other.m_capacity)
    , m_used(other.m_used)
    , m_rows(other.m_rows)
    , m_loudest(other.m_loudest)
    , m_hasMarks(other.m_hasMarks)
{
    std::memcpy(m_bytes.get(), other.m_bytes.get(), static_cast<size_t>(m_used));
}

bool LogChunk::hasRoomFor(qsizetype bytes) const
{
    return m_used < chunkBytes && m_capacity - m_used > bytes;
}

void LogChunk::append(const LogRow& row)
{
    m_rows.push_back(packed(m_used, row));
    if (!row.text.isEmpty())
        std::memcpy(m_bytes.get() + m_used, row.text.data(), static_cast<size_t>(row.text.size()));
    m_used += row.text.size();
    m_bytes[static_cast<size_t>(m_used++)] = '\n';
    m_loudest = std::max(m_loudest, row.level);
    m_hasMarks = m_hasMarks || row.isMark;
}

qsizetype LogChunk::startOf(qsizetype index) const
{
    return index < rowCount() ? static_cast<qsizetype>(m_rows[static_cast<size_t>(index)] & startMask) : m_used;
}

LogRow LogChunk::row(qsizetype index) const
{
    const quint32 entry = m_rows[static_cast<size_t>(index)];
    const qsizetype start = startOf(index);
    return { bytes().sliced(start, startOf(index + 1) - 1 - start), static_cast<LogSection>(entry >> sectionShift & twoBits), levelOf(entry),
        (entry & markBit) != 0, (entry & plainBit) != 0 };
}

qsizetype LogChunk::rowAt(qsizetype byte, qsizetype from) const
{
    // Found rows are often neighbours, so the steps grow from there.
    qsizetype step = 1;
    while (from + step < rowCount() && startOf(from + step) <= byte)
        step *= 2;
    const auto isAfter = [](qsizetype wanted, quint32 entry) { return wanted < static_cast<qsizetype>(entry & startMask); };
    const auto begin = m_rows.begin() + from + step / 2;
    const auto end = m_rows.begin() + std::min(from + step, rowCount());
    return std::upper_bound(begin, end, byte, isAfter) - m_rows.begin() - 1;
}

LogText::LogText() = default;

LogChunk& LogText::chunkFor(qsizetype bytes)
{
    if (m_chunks.empty() || !m_chunks.back().chunk->hasRoomFor(bytes)) {
        if (!m_chunks.empty() && m_chunks.back().chunk.use_count() == 1)
            m_chunks.back().chunk->close();
        m_chunks.push_back({ std::make_shared<LogChunk>(bytes), m_rowCount });
    } else if (m_chunks.back().chunk.use_count() > 1) {
        m_chunks.back().chunk = std::make_shared<LogChunk>(*m_chunks.back().chunk);
    } else {
        // whoever shared it has read it to the end before
        std::atomic_thread_fence(std::memory_order_acquire);
    }
    return *m_chunks.back().chunk;
}

void LogText::append(const LogLine& line)
{
    if (line.isGap)
        append(LogMark{ .kind = LogMark::Kind::Gap, .keptLines = line.keptLines, .unwatched = line.unwatched }, line.section);
    else
        append(line.text.toUtf8(), line.section);
}

void LogText::append(QByteArrayView lines, LogSection section)
{
    m_hasSection.at(static_cast<size_t>(section)) = true;
    if (lines.endsWith('\n') && lines.size() > 1)
        lines.chop(1);
    while (true) {
        const void* end = lines.isEmpty() ? nullptr : std::memchr(lines.data(), '\n', static_cast<size_t>(lines.size()));
        if (end == nullptr)
            break;
        const qsizetype size = static_cast<const char*>(end) - lines.data();
        appendOne(lines.first(size), section);
        lines = lines.sliced(size + 1);
    }
    appendOne(lines, section);
}

void LogText::appendOne(QByteArrayView line, LogSection section)
{
    if (line.endsWith('\r'))
        line.chop(1);
    if (isPlainAscii(line)) {
        appendRow({ .text = line, .section = section });
        m_longest = std::max(m_longest, line.size());
    } else {
        appendOdd(line, section);
    }
}

void LogText::appendOdd(QByteArrayView line, LogSection section)
{
    QByteArray mended;
    if (line.size() <= mostEscaped && line.contains('\x1b'))
        mended = plainText(QString::fromUtf8(line)).replace(u'\n', u' ').toUtf8();
    else if (!line.isValidUtf8())
        mended = QString::fromUtf8(line).toUtf8();
    const QByteArrayView text = mended.isNull() ? line : QByteArrayView(mended);
    appendRow({ .text = text, .section = section, .isPlain = isPlainAscii(text) });
    m_longest = std::max(m_longest, columnCount(m_chunks.back().chunk->row(m_chunks.back().chunk->rowCount() - 1)));
}

void LogText::appendRow(const LogRow& row)
{
    LogLevel& last = m_lastLevel.at(static_cast<size_t>(row.section));
    LogRow taken = row;
    if (const auto level = namedLevel(row.text))
        taken.level = *level;
    else if (isContinuation(row.text))
        taken.level = last;
    last = taken.level;
    chunkFor(row.text.size()).append(taken);
    ++m_rowCount;
}

void LogText::append(const LogMark& mark, LogSection section)
{
    m_marks.emplace_back(m_rowCount, mark);
    if (mark.kind == LogMark::Kind::Gap)
        m_lastLevel.at(static_cast<size_t>(section)) = LogLevel::Plain;
    chunkFor(0).append({ .text = {}, .section = section, .isMark = true });
    ++m_rowCount;
}

void LogText::clear()
{
    *this = LogText();
}

qsizetype LogText::chunkOf(qsizetype row) const
{
    const auto after = std::ranges::upper_bound(m_chunks, row, {}, &Part::firstRow);
    return after - m_chunks.begin() - 1;
}

LogRow LogText::row(qsizetype row) const
{
    const Part& part = m_chunks[static_cast<size_t>(chunkOf(row))];
    return part.chunk->row(row - part.firstRow);
}

const LogMark& LogText::mark(qsizetype row) const
{
    const auto found = std::ranges::lower_bound(m_marks, row, {}, &std::pair<qsizetype, LogMark>::first);
    return found->second;
}

qsizetype LogText::nextOf(LogLevel level, qsizetype first) const
{
    if (first >= m_rowCount)
        return -1;
    for (auto part = m_chunks.begin() + chunkOf(first); part != m_chunks.end(); ++part) {
        if (part->chunk->loudest() < level)
            continue;
        for (qsizetype index = std::max<qsizetype>(0, first - part->firstRow); index < part->chunk->rowCount(); ++index) {
            if (part->chunk->row(index).level >= level)
                return part->firstRow + index;
        }
    }
    return -1;
}

} // namespace kindling
