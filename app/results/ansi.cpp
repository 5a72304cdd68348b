// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results/ansi.h"

#include <QHash>

#include <algorithm>
#include <optional>

namespace kindling {

namespace {
constexpr QChar escape(0x1b);
constexpr QChar bell(0x07);

// The line being written, as a terminal holds it: text, a style per unit, and a cursor.
class LineBuffer {
public:
    void write(QStringView run, int style)
    {
        const qsizetype overwritten = std::min(run.size(), m_text.size() - m_column);
        if (overwritten == 0)
            m_text.append(run); // makes room ahead, which replace() does not
        else
            m_text.replace(m_column, overwritten, run.data(), run.size());
        m_styles.resize(m_text.size());
        std::fill_n(m_styles.begin() + m_column, run.size(), style);
        m_column += run.size();
        // Half of a surrogate pair was overwritten: its other half is no character any more.
        if (overwritten > 0 && m_column < m_text.size() && m_text.at(m_column).isLowSurrogate())
            m_text[m_column] = u' ';
    }
    void carriageReturn() { m_column = 0; }
    void backspace()
    {
        if (m_column == 0)
            return;
        const bool isPair = m_column > 1 && m_text.at(m_column - 1).isLowSurrogate();
        m_column -= isPair ? 2 : 1;
    }
    void eraseToEnd()
    {
        m_text.truncate(m_column);
        m_styles.resize(m_text.size());
    }
    void eraseAll()
    {
        m_text = QString(m_column, u' ');
        m_styles.fill(0, m_column);
    }
    void flushTo(QList<AnsiSpan>& spans, const QList<AnsiStyle>& styles)
    {
        for (qsizetype from = 0; from < m_text.size();) {
            qsizetype to = from + 1;
            while (to < m_text.size() && m_styles.at(to) == m_styles.at(from))
                ++to;
            appendTo(spans, QStringView(m_text).sliced(from, to - from), styles.at(m_styles.at(from)));
            from = to;
        }
        m_text.clear();
        m_styles.clear();
        m_column = 0;
    }
    static void appendTo(QList<AnsiSpan>& spans, QStringView text, const AnsiStyle& style)
    {
        if (spans.isEmpty() || spans.last().style != style)
            spans.append({ {}, style });
        spans.last().text.append(text);
    }

private:
    QString m_text;
    QList<int> m_styles;
    qsizetype m_column = 0;
};

// 38;5;n and 38;2;r;g;b (also with colons); advances `index` past what it took.
std::optional<AnsiColor> extendedColor(const QList<int>& codes, qsizetype& index)
{
    const auto codeAt = [&codes](qsizetype at) { return at < codes.size() ? codes.at(at) : -1; };
    const auto isByte = [](int code) { return code >= 0 && code <= 255; };
    const int mode = codeAt(index + 1);
    if (mode == 5) {
        const int value = codeAt(index + 2);
        index += 2;
        if (!isByte(value))
            return std::nullopt;
        return AnsiColor{ AnsiColor::Type::Indexed, static_cast<std::uint32_t>(value) };
    }
    if (mode == 2) {
        const int red = codeAt(index + 2);
        const int green = codeAt(index + 3);
        const int blue = codeAt(index + 4);
        index += 4;
        if (!isByte(red) || !isByte(green) || !isByte(blue))
            return std::nullopt;
        return AnsiColor{ AnsiColor::Type::Rgb, static_cast<std::uint32_t>((red << 16) | (green << 8) | blue) };
    }
    return std::nullopt;
}

AnsiColor indexedColor(int index)
{
    return { AnsiColor::Type::Indexed, static_cast<std::uint32_t>(index) };
}

bool applyColor(int code, AnsiStyle& style)
{
    if (code >= 30 && code <= 37)
        style.foreground = indexedColor(code - 30);
    else if (code >= 90 && code <= 97)
        style.foreground = indexedColor(code - 90 + 8);
    else if (code >= 40 && code <= 47)
        style.background = indexedColor(code - 40);
    else if (code >= 100 && code <= 107)
        style.background = indexedColor(code - 100 + 8);
    else if (code == 39)
        style.foreground = {};
    else if (code == 49)
        style.background = {};
    else
        return false;
    return true;
}

void applyAttribute(int code, AnsiStyle& style)
{
    if (code == 0)
        style = {};
    else if (code == 1)
        style.isBold = true;
    else if (code == 3)
        style.isItalic = true;
    else if (code == 4 || code == 21)
        style.isUnderlined = true;
    else if (code == 22)
        style.isBold = false;
    else if (code == 23)
        style.isItalic = false;
    else if (code == 24)
        style.isUnderlined = false;
}

void applySgr(const QList<int>& codes, AnsiStyle& style)
{
    for (qsizetype index = 0; index < codes.size(); ++index) {
        const int code = codes.at(index);
        if (code == 38 || code == 48) {
            const std::optional<AnsiColor> color = extendedColor(codes, index);
            if (color)
                (code == 38 ? style.foreground : style.background) = *color;
        } else if (!applyColor(code, style)) {
            applyAttribute(code, style);
        }
    }
}

/// One number for each style.
quint64 packed(const AnsiStyle& style)
{
    const auto bits = [](const AnsiColor& color) { return (static_cast<quint64>(color.type) << 24) | color.value; };
    const int flags = (style.isBold ? 1 : 0) | (style.isItalic ? 2 : 0) | (style.isUnderlined ? 4 : 0);
    return (bits(style.foreground) << 32) | (bits(style.background) << 4) | static_cast<quint64>(flags);
}

QList<int> parameters(QStringView text)
{
    QList<int> codes{ 0 };
    for (const QChar character : text) {
        if (character == u';' || character == u':')
            codes.append(0);
        else if (character >= u'0' && character <= u'9')
            codes.last() = std::min(codes.last() * 10 + (character.unicode() - u'0'), 9999);
    }
    return codes;
}

class Parser {
public:
    explicit Parser(QStringView text)
        : m_text(text)
    {
    }
    QList<AnsiSpan> parse()
    {
        while (m_at < m_text.size())
            step();
        m_line.flushTo(m_spans, m_styles);
        return std::move(m_spans);
    }

private:
    static bool isPrinted(QChar character)
    {
        return character == u'\t' || (character >= u' ' && (character < QChar(0x7f) || character > QChar(0x9f)));
    }
    void step()
    {
        const QChar character = m_text.at(m_at);
        if (isPrinted(character)) {
            const qsizetype from = m_at;
            while (m_at < m_text.size() && isPrinted(m_text.at(m_at)))
                ++m_at;
            m_line.write(m_text.sliced(from, m_at - from), m_style);
            return;
        }
        ++m_at;
        if (character == u'\n') {
            m_line.flushTo(m_spans, m_styles);
            LineBuffer::appendTo(m_spans, u"\n", m_styles.at(m_style));
        } else if (character == u'\r') {
            m_line.carriageReturn();
        } else if (character == u'\b') {
            m_line.backspace();
        } else if (character == escape) {
            escapeSequence();
        } else if (character == QChar(0x9b)) {
            controlSequence();
        }
    }
    void escapeSequence()
    {
        if (m_at >= m_text.size())
            return;
        const QChar character = m_text.at(m_at);
        if (character == u'[') {
            ++m_at;
            controlSequence();
        } else if (character == u']' || character == u'P' || character == u'_' || character == u'^') {
            ++m_at;
            stringSequence();
        } else {
            skipIntermediates();
        }
    }
    void skipIntermediates()
    {
        while (m_at < m_text.size() && m_text.at(m_at) >= u' ' && m_text.at(m_at) <= u'/')
            ++m_at;
        if (m_at < m_text.size() && m_text.at(m_at) > u'/' && m_text.at(m_at) < QChar(0x7f))
            ++m_at;
    }
    // A title or link: ends at BEL or ESC \. A line feed ends it too, so that a broken one cannot swallow a text.
    void stringSequence()
    {
        while (m_at < m_text.size() && m_text.at(m_at) != u'\n') {
            const QChar character = m_text.at(m_at++);
            if (character == bell)
                return;
            if (character == escape) {
                m_at += m_at < m_text.size() && m_text.at(m_at) == u'\\' ? 1 : 0;
                return;
            }
        }
    }
    void controlSequence()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && m_text.at(m_at) >= u' ' && m_text.at(m_at) <= u'?')
            ++m_at;
        if (m_at >= m_text.size() || m_text.at(m_at) < u'@' || m_text.at(m_at) > u'~')
            return;
        const QStringView body = m_text.sliced(from, m_at - from);
        const QChar final = m_text.at(m_at++);
        if (final == u'm' && !body.startsWith(u'?') && !body.startsWith(u'>'))
            changeStyle(parameters(body));
        else if (final == u'K')
            eraseInLine(parameters(body).first());
    }
    void changeStyle(const QList<int>& codes)
    {
        AnsiStyle style = m_styles.at(m_style);
        applySgr(codes, style);
        const auto known = m_known.constFind(packed(style));
        m_style = known != m_known.cend() ? *known : static_cast<int>(m_styles.size());
        if (known != m_known.cend())
            return;
        m_known.insert(packed(style), m_style);
        m_styles.append(style);
    }
    void eraseInLine(int mode)
    {
        if (mode == 0)
            m_line.eraseToEnd();
        else if (mode == 2)
            m_line.eraseAll();
    }

    QStringView m_text;
    qsizetype m_at = 0;
    LineBuffer m_line;
    QList<AnsiStyle> m_styles{ {} };
    QHash<quint64, int> m_known{ { packed({}), 0 } }; ///< where a style stands in m_styles
    int m_style = 0;
    QList<AnsiSpan> m_spans;
};
}

QList<AnsiSpan> parseAnsi(const QString& text)
{
    return Parser(text).parse();
}

QString plainText(const QString& text)
{
    QString plain;
    for (const AnsiSpan& span : parseAnsi(text))
        plain += span.text;
    return plain;
}

} // namespace kindling
