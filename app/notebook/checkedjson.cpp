// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/rawjson.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr int depthLimit = 500;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Checks JSON and copies its tokens.
class Compactor {
public:
    explicit Compactor(QByteArrayView text)
        : m_text(text)
    {
        m_out.reserve(text.size());
    }
    std::optional<QByteArray> run()
    {
        if (!value(0))
            return std::nullopt;
        skipSpace();
        if (m_at != m_text.size())
            return std::nullopt;
        return std::move(m_out);
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }
    bool take(char c)
    {
        skipSpace();
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        m_out.append(c);
        ++m_at;
        return true;
    }
    bool value(int depth)
    {
        if (depth > depthLimit)
            return false;
        skipSpace();
        const char c = peek();
        if (c == '{')
            return container('{', '}', [this, depth] { return string() && take(':') && value(depth + 1); });
        if (c == '[')
            return container('[', ']', [this, depth] { return value(depth + 1); });
        if (c == '"')
            return string();
        if (isDigit(c) || (c == '-' && !m_text.sliced(m_at).startsWith("-I")))
            return number();
        for (const char* word : { "true", "false", "null", "NaN", "Infinity", "-Infinity" }) {
            if (literal(word))
                return true;
        }
        return false;
    }
    template<typename Item>
    bool container(char open, char close, const Item& item)
    {
        if (!take(open))
            return false;
        if (take(close))
            return true;
        do {
            if (!item())
                return false;
        } while (take(','));
        return take(close);
    }
    bool literal(QByteArrayView word)
    {
        if (!m_text.sliced(m_at).startsWith(word))
            return false;
        m_out.append(word);
        m_at += word.size();
        return true;
    }
    bool digits()
    {
        const qsizetype from = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at > from;
    }
    bool number()
    {
        const qsizetype from = m_at;
        m_at += peek() == '-' ? 1 : 0;
        if (!digits())
            return false;
        if (peek() == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            m_at += peek() == '-' || peek() == '+' ? 1 : 0;
            if (!digits())
                return false;
        }
        m_out.append(m_text.sliced(from, m_at - from));
        return true;
    }
    bool string()
    {
        if (!take('"'))
            return false;
        while (m_at < m_text.size()) {
            const qsizetype from = m_at;
            while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\' && !isControl(m_text[m_at]))
                ++m_at;
            m_out.append(m_text.sliced(from, m_at - from));
            if (m_at >= m_text.size())
                return false;
            const char c = m_text[m_at];
            if (c == '"')
                return take('"');
            if (c == '\\') {
                if (!escape())
                    return false;
            } else {
                m_out.append("\\u00").append(QByteArray::number(static_cast<int>(c), 16).rightJustified(2, '0'));
                ++m_at;
            }
        }
        return false;
    }
    static bool isControl(char c) { return c >= 0 && c < ' '; }
    bool escape()
    {
        const char c = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        qsizetype length = 2;
        if (c == 'u') {
            length = 6;
            if (m_at + length > m_text.size() || !std::ranges::all_of(m_text.sliced(m_at + 2, 4), isHex))
                return false;
        } else if (c == '\0' || !QByteArrayView("\"\\/bfnrt").contains(c)) {
            return false;
        }
        m_out.append(m_text.sliced(m_at, length));
        m_at += length;
        return true;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    QByteArray m_out;
};
}

std::optional<QByteArray> checkedJson(QByteArrayView text)
{
    return Compactor(text).run();
}

} // namespace kindling
