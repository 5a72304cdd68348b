// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/loglevel.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kindling {

using namespace std::string_view_literals;

namespace {
constexpr qsizetype headLength = 80;

struct LevelWord {
    std::string_view word;
    LogLevel level;
};
constexpr std::array<LevelWord, 7> levelWords{ { { "INFO", LogLevel::Plain }, { "WARN", LogLevel::Warning },
    { "WARNING", LogLevel::Warning }, { "ERROR", LogLevel::Error }, { "FATAL", LogLevel::Error }, { "DEBUG", LogLevel::Plain },
    { "TRACE", LogLevel::Plain } } };

constexpr bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

constexpr bool isInitial(char c)
{
    return c == 'I' || c == 'W' || c == 'E' || c == 'F' || c == 'D' || c == 'T';
}

constexpr bool isNamePart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '$';
}

/// The word at the start of `rest`, where something that ends a word follows it.
const LevelWord* wordAt(std::string_view rest)
{
    const auto isThere = [rest](const LevelWord& one) {
        if (!rest.starts_with(one.word) || rest.size() == one.word.size())
            return false;
        const char after = rest[one.word.size()];
        return isSpace(after) || after == ':' || after == ']';
    };
    const auto* found = std::ranges::find_if(levelWords, isThere);
    return found == levelWords.end() ? nullptr : found;
}

/// "ValueError: …", "java.lang.OutOfMemoryError".
bool namesThrowable(std::string_view head)
{
    const auto* end = std::ranges::find_if_not(head, isNamePart);
    const std::string_view name = head.substr(0, static_cast<size_t>(end - head.begin()));
    const bool isEnd = end == head.end() || *end == ':';
    return isEnd && (name.ends_with("Error"sv) || name.ends_with("Exception"sv));
}
}

std::optional<LogLevel> namedLevel(QByteArrayView line)
{
    const std::string_view head(line.data(), static_cast<size_t>(std::min(line.size(), headLength)));
    for (size_t i = 0; i < head.size(); ++i) {
        if (!isInitial(head[i]) || (i > 0 && !isSpace(head[i - 1]) && head[i - 1] != '['))
            continue;
        if (const LevelWord* word = wordAt(head.substr(i)))
            return word->level;
    }
    if (head.starts_with("Traceback (most recent call last)"sv) || head.starts_with("Exception in thread "sv) || namesThrowable(head))
        return LogLevel::Error;
    return std::nullopt;
}

bool isContinuation(QByteArrayView line)
{
    return line.isEmpty() || isSpace(line.front()) || line.startsWith("Caused by:") || line.startsWith("at ");
}

} // namespace kindling
