// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#define PCRE2_CODE_UNIT_WIDTH 8

#include "app/text/textpattern.h"

#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype pieceBytes = 1024 * 1024;
constexpr qsizetype pieceOverlap = 64 * 1024;
constexpr size_t firstStack = 32 * 1024;
constexpr size_t mostStack = 1024 * 1024;

struct Freed {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
    void operator()(pcre2_jit_stack* stack) const { pcre2_jit_stack_free(stack); }
};
template<typename T>
using Held = std::unique_ptr<T, Freed>;

PCRE2_SPTR bytesOf(QByteArrayView text)
{
    // an empty view may have no address at all
    return reinterpret_cast<PCRE2_SPTR>(text.isEmpty() ? "" : text.data());
}

QString reasonOf(int error)
{
    std::array<PCRE2_UCHAR, 256> words{};
    pcre2_get_error_message(error, words.data(), words.size());
    return QString::fromUtf8(reinterpret_cast<const char*>(words.data()));
}

quint32 optionsFor(const TextQuery& query, const QByteArray& text)
{
    quint32 options = query.isCaseSensitive ? 0 : PCRE2_CASELESS;
    if (!query.isRegex)
        options |= PCRE2_LITERAL;
    else
        options |= PCRE2_NEVER_BACKSLASH_C;
    // ASCII alone is looked for byte by byte, which is faster.
    const bool isAscii = std::ranges::all_of(text, [](char c) { return static_cast<uchar>(c) < 0x80; });
    return isAscii && !query.isRegex ? options : options | PCRE2_UTF;
}
}

class TextPattern::Private final {
public:
    QByteArray literal; ///< looked for byte by byte where there is no code
    Held<pcre2_code> code;
    bool isLiteral = true;
    bool isCompiled = false; ///< to machine code
    bool isNothing = false;  ///< no line can hold it
};

TextPattern::TextPattern(std::unique_ptr<Private> made)
    : d(std::move(made))
{
}

TextPattern::~TextPattern() = default;

bool TextPattern::isLiteral() const
{
    return d->isLiteral;
}

std::expected<std::shared_ptr<const TextPattern>, PatternProblem> TextPattern::compile(const TextQuery& query)
{
    auto made = std::make_unique<Private>();
    made->literal = query.text.toUtf8();
    made->isLiteral = !query.isRegex;
    made->isNothing = made->literal.isEmpty() || (made->isLiteral && made->literal.contains('\n'));
    if (query.isRegex || !query.isCaseSensitive) {
        int error = 0;
        PCRE2_SIZE offset = 0;
        const QByteArray& text = made->literal;
        made->code.reset(pcre2_compile(bytesOf(text), static_cast<PCRE2_SIZE>(text.size()), optionsFor(query, text), &error, &offset, nullptr));
        if (!made->code) {
            const auto position = QString::fromUtf8(text.first(std::min(text.size(), static_cast<qsizetype>(offset)))).size();
            return std::unexpected(PatternProblem{ reasonOf(error), position });
        }
        made->isCompiled = pcre2_jit_compile(made->code.get(), PCRE2_JIT_COMPLETE) == 0;
    }
    return std::shared_ptr<const TextPattern>(new TextPattern(std::move(made)));
}

class TextMatcher::Private final {
public:
    Held<pcre2_match_data> found;
    Held<pcre2_match_context> context;
    Held<pcre2_jit_stack> stack;
};

TextMatcher::TextMatcher(std::shared_ptr<const TextPattern> pattern, quint32 steps)
    : m_pattern(std::move(pattern))
    , d(std::make_unique<Private>())
{
    const pcre2_code* code = m_pattern->d->code.get();
    if (code == nullptr)
        return;
    d->found.reset(pcre2_match_data_create_from_pattern(code, nullptr));
    d->context.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(d->context.get(), steps);
    if (m_pattern->d->isCompiled) {
        d->stack.reset(pcre2_jit_stack_create(firstStack, mostStack, nullptr));
        pcre2_jit_stack_assign(d->context.get(), nullptr, d->stack.get());
    }
}

TextMatcher::~TextMatcher() = default;

void TextMatcher::setInterruption(std::function<bool()> isInterrupted)
{
    m_isInterrupted = std::move(isInterrupted);
}

std::optional<TextSpan> TextMatcher::findBytes(QByteArrayView text, qsizetype from) const
{
    const QByteArray& wanted = m_pattern->d->literal;
    const void* at = memmem(text.data() + from, static_cast<size_t>(text.size() - from), wanted.constData(), static_cast<size_t>(wanted.size()));
    if (at == nullptr)
        return std::nullopt;
    return TextSpan{ static_cast<const char*>(at) - text.data(), wanted.size() };
}

std::optional<TextSpan> TextMatcher::findIn(QByteArrayView text, qsizetype from, qsizetype end)
{
    const TextPattern::Private& pattern = *m_pattern->d;
    const auto size = static_cast<PCRE2_SIZE>(end);
    const auto start = static_cast<PCRE2_SIZE>(from);
    const quint32 options = PCRE2_NO_UTF_CHECK | (end < text.size() ? PCRE2_NOTEOL : 0);
    const int found = pattern.isCompiled
        ? pcre2_jit_match(pattern.code.get(), bytesOf(text), size, start, options, d->found.get(), d->context.get())
        : pcre2_match(pattern.code.get(), bytesOf(text), size, start, options, d->found.get(), d->context.get());
    if (found < 0) {
        m_hasGivenUp = m_hasGivenUp || found != PCRE2_ERROR_NOMATCH;
        return std::nullopt;
    }
    const PCRE2_SIZE* place = pcre2_get_ovector_pointer(d->found.get());
    // \K may put the start behind the end
    const auto first = static_cast<qsizetype>(std::min(place[0], place[1]));
    return TextSpan{ first, static_cast<qsizetype>(place[1]) - first };
}

std::optional<TextSpan> TextMatcher::find(QByteArrayView text, qsizetype from)
{
    if (m_pattern->d->isNothing || from > text.size())
        return std::nullopt;
    if (!m_pattern->d->code)
        return findBytes(text, from);
    while (true) {
        qsizetype end = std::min(text.size(), from + pieceBytes);
        while (end < text.size() && (static_cast<uchar>(text.at(end)) & 0xc0) == 0x80)
            ++end;
        const auto found = findIn(text, from, end);
        if (found || end == text.size() || (m_isInterrupted && m_isInterrupted()))
            return found;
        from = end - pieceOverlap;
        while ((static_cast<uchar>(text.at(from)) & 0xc0) == 0x80)
            --from;
    }
}

} // namespace kindling
