// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/rawjson.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
// The end of the string that begins at `from`, behind its closing quote.
qsizetype stringEnd(QByteArrayView json, qsizetype from)
{
    qsizetype at = from + 1;
    while (at < json.size() && json[at] != '"')
        at += json[at] == '\\' ? 2 : 1;
    return std::min(at + 1, json.size());
}

qsizetype valueEnd(QByteArrayView json, qsizetype from)
{
    int depth = 0;
    qsizetype at = from;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = stringEnd(json, at);
            if (depth == 0)
                return at;
            continue;
        }
        if (c == '{' || c == '[')
            ++depth;
        else if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return at;
        else if (c == '}' || c == ']')
            --depth;
        ++at;
        if (depth == 0 && (c == '}' || c == ']'))
            return at;
    }
    return json.size();
}

QString withoutLoneSurrogates(QString text)
{
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!text.at(at).isSurrogate())
            continue;
        if (text.at(at).isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate())
            ++at;
        else
            text[at] = QChar::ReplacementCharacter;
    }
    return text;
}

QChar escapedChar(char c)
{
    switch (c) {
    case 'b':
        return u'\b';
    case 'f':
        return u'\f';
    case 'n':
        return u'\n';
    case 'r':
        return u'\r';
    case 't':
        return u'\t';
    }
    return QLatin1Char(c);
}

// A container's inside goes on lines of its own if it has any and is not nested too deep.
class Indenter {
public:
    Indenter(QByteArrayView json, int levels)
        : m_json(json)
        , m_levels(levels)
    {
    }
    QByteArray run()
    {
        for (qsizetype at = 0; at < m_json.size();) {
            if (m_json[at] == '"') {
                const qsizetype end = stringEnd(m_json, at);
                m_out.append(m_json.sliced(at, end - at));
                at = end;
            } else {
                token(at++);
            }
        }
        return std::move(m_out);
    }

private:
    bool isLined() const { return m_depth <= m_levels; }
    void newLine()
    {
        if (isLined())
            m_out.append('\n').append(QByteArray(m_depth, ' '));
    }
    void token(qsizetype at)
    {
        const char c = m_json[at];
        const char next = at + 1 < m_json.size() ? m_json[at + 1] : '\0';
        if (c == '}' || c == ']') {
            const bool isHollow = at > 0 && (m_json[at - 1] == '{' || m_json[at - 1] == '[');
            const bool wasLined = isLined();
            --m_depth;
            if (!isHollow && wasLined)
                newLine();
            m_out.append(c);
            return;
        }
        m_out.append(c);
        if (c == '{' || c == '[') {
            ++m_depth;
            if (next != '}' && next != ']')
                newLine();
        } else if (c == ',') {
            if (!isLined())
                m_out.append(' ');
            newLine();
        } else if (c == ':') {
            m_out.append(' ');
        }
    }

    QByteArrayView m_json;
    int m_levels;
    int m_depth = 0;
    QByteArray m_out;
};
}

QByteArray indentedJson(QByteArrayView json, int levels)
{
    return Indenter(json, levels).run();
}

RawType rawTypeOf(QByteArrayView json)
{
    if (json.isEmpty())
        return RawType::Absent;
    const char c = json.front();
    if (c == '{')
        return RawType::Object;
    if (c == '[')
        return RawType::Array;
    if (c == '"')
        return RawType::String;
    if (c == 't' || c == 'f')
        return RawType::Boolean;
    return c == 'n' ? RawType::Null : RawType::Number;
}

std::optional<QString> rawString(QByteArrayView json)
{
    if (rawTypeOf(json) != RawType::String)
        return std::nullopt;
    const QByteArrayView body = json.sliced(1, json.size() - 2);
    QString text;
    qsizetype from = 0;
    for (qsizetype at = 0; at < body.size();) {
        if (body[at] != '\\') {
            ++at;
            continue;
        }
        text += QString::fromUtf8(body.sliced(from, at - from));
        const bool isUnicode = body[at + 1] == 'u';
        text += isUnicode ? QChar(body.sliced(at + 2, 4).toUShort(nullptr, 16)) : escapedChar(body[at + 1]);
        at += isUnicode ? 6 : 2;
        from = at;
    }
    text += QString::fromUtf8(body.sliced(from));
    return withoutLoneSurrogates(std::move(text));
}

std::optional<int> rawInteger(QByteArrayView json)
{
    bool isInteger = false;
    const int value = json.toInt(&isInteger);
    return isInteger ? std::optional(value) : std::nullopt;
}

QList<QByteArray> rawElements(QByteArrayView json)
{
    QList<QByteArray> elements;
    if (rawTypeOf(json) != RawType::Array)
        return elements;
    for (qsizetype at = 1; at < json.size() - 1;) {
        const qsizetype end = valueEnd(json, at);
        elements.append(json.sliced(at, end - at).toByteArray());
        at = end + 1;
    }
    return elements;
}

QByteArray jsonString(const QString& text)
{
    QByteArray json = "\"";
    for (const char c : withoutLoneSurrogates(text).toUtf8()) {
        if (c == '"' || c == '\\')
            json.append('\\').append(c);
        else if (c == '\n')
            json.append("\\n");
        else if (c == '\t')
            json.append("\\t");
        else if (c == '\r')
            json.append("\\r");
        else if (c >= 0 && c < ' ')
            json.append("\\u00").append(QByteArray::number(static_cast<int>(c), 16).rightJustified(2, '0'));
        else
            json.append(c);
    }
    return json.append('"');
}

QByteArray arrayJson(const QList<QByteArray>& values)
{
    return '[' + values.join(',') + ']';
}

RawObject::RawObject(QByteArrayView json)
{
    if (rawTypeOf(json) != RawType::Object)
        return;
    for (qsizetype at = 1; at < json.size() - 1;) {
        const qsizetype keyEnd = stringEnd(json, at);
        const qsizetype end = valueEnd(json, keyEnd + 1);
        m_members.append({ rawString(json.sliced(at, keyEnd - at)).value_or(QString()),
                           json.sliced(keyEnd + 1, end - keyEnd - 1).toByteArray() });
        at = end + 1;
    }
}

QByteArray RawObject::value(QStringView key) const
{
    const auto found = std::ranges::find(m_members.crbegin(), m_members.crend(), key, &Member::key);
    return found == m_members.crend() ? QByteArray() : found->value;
}

void RawObject::set(const QString& key, const QByteArray& value)
{
    const auto found = std::ranges::find(m_members, key, &Member::key);
    if (found == m_members.end()) {
        m_members.append({ key, value });
        return;
    }
    found->value = value;
    m_members.erase(std::remove_if(found + 1, m_members.end(), [&key](const Member& member) { return member.key == key; }),
                    m_members.end());
}

void RawObject::remove(QStringView key)
{
    m_members.removeIf([key](const Member& member) { return member.key == key; });
}

QByteArray RawObject::toJson() const
{
    QByteArray json = "{";
    for (const Member& member : m_members) {
        if (json.size() > 1)
            json.append(',');
        json.append(jsonString(member.key)).append(':').append(member.value);
    }
    return json.append('}');
}

} // namespace kindling
