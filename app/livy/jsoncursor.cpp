// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsoncursor.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string_view>

namespace kindling {

namespace {
enum class Mark : unsigned char { None, Space, Comma, Colon, Quote, Opening, Closing };

constexpr auto marks = [] {
    std::array<Mark, std::numeric_limits<unsigned char>::max() + 1> result{};
    const auto set = [&result](std::string_view characters, Mark mark) {
        for (const char c : characters)
            result[static_cast<unsigned char>(c)] = mark;
    };
    set(" \t\r\n", Mark::Space);
    set(",", Mark::Comma);
    set(":", Mark::Colon);
    set("\"", Mark::Quote);
    set("[{", Mark::Opening);
    set("]}", Mark::Closing);
    return result;
}();

Mark markOf(char c)
{
    return marks[static_cast<unsigned char>(c)];
}

/// Its place, or the end.
const char* nextQuote(const char* at, const char* end)
{
    const void* found = at == end ? nullptr : std::memchr(at, '"', static_cast<std::size_t>(end - at));
    return found ? static_cast<const char*>(found) : end;
}
}

bool JsonCursor::isBefore(char c)
{
    while (m_at != m_end && markOf(*m_at) == Mark::Space)
        ++m_at;
    return m_at != m_end && *m_at == c;
}

bool JsonCursor::take(char c)
{
    const bool isThere = isBefore(c);
    m_at += isThere ? 1 : 0;
    return isThere;
}

QByteArrayView JsonCursor::takeValue()
{
    const bool isText = isBefore('"');
    const char* const begin = m_at;
    if (isText)
        skipText();
    else if (m_at != m_end && markOf(*m_at) == Mark::Opening)
        skipContainer();
    else
        skipToken();
    return { begin, m_at };
}

bool JsonCursor::findText()
{
    m_at = nextQuote(m_at, m_end);
    return m_at != m_end;
}

void JsonCursor::skipText()
{
    const char* from = m_at + 1;
    while (true) {
        m_at = nextQuote(from, m_end);
        if (m_at == m_end)
            return;
        const char* const quote = m_at++;
        const char* escapes = quote;
        while (escapes != from && escapes[-1] == '\\')
            --escapes;
        if ((quote - escapes) % 2 == 0)
            return;
        from = m_at;
    }
}

void JsonCursor::skipContainer()
{
    qsizetype depth = 0;
    while (m_at != m_end) {
        const Mark mark = markOf(*m_at);
        if (mark == Mark::Quote) {
            skipText();
            continue;
        }
        ++m_at;
        if (mark == Mark::Opening)
            ++depth;
        else if (mark == Mark::Closing && --depth == 0)
            return;
    }
}

void JsonCursor::skipToken()
{
    m_at = std::find_if(m_at, m_end, [](char c) { return markOf(c) != Mark::None; });
}

} // namespace kindling
