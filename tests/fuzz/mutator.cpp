// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/mutator.h"

namespace kindling::test {

namespace {
const QList<QByteArray>& dictionary()
{
    static const QList<QByteArray> words{ "null", "NaN", "Infinity", "-Infinity", "-0", "1e999", "9223372036854775808", "0.1e-400", "true", "{}", "[]", "[[[[", "}}",
        "\"\"", "\"id\":", "\"state\":", "\"output\":", "\"data\":", "\"application/json\":", "\"schema\":{\"type\":\"struct\",\"fields\":[",
        "\"text/plain\":", "\\ud800", "\\u0000", "\xff\xfe", "\xed\xa0\x80", QByteArray("\0", 1), "\xe2\x80\xae", ",", ":", "\\", "\"", "\n\tat a.b.C(D.java:1)",
        "java.lang.Exception: ", "<html>", "</script>", "\nstderr: ", "stdout: ", QByteArray(300, '['), QByteArray(2000, 'x'),
        "\r\n", "\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: 0\r\n", "Content-Length: 99999999999\r\n",
        "Content-Encoding: gzip\r\n", "Location: /a\r\n", "Location: //\r\n", "Connection: close\r\n", "Set-Cookie: a=b\r\n", "0\r\n\r\n" };
    return words;
}
}

Mutator::Mutator(quint32 seed, QList<QByteArray> corpus)
    : m_random(seed)
    , m_corpus(std::move(corpus))
{
}

QByteArray Mutator::next()
{
    QByteArray text = m_corpus.at(below(m_corpus.size()));
    for (int changes = 1 + below(8); changes > 0; --changes)
        change(text);
    return text;
}

void Mutator::change(QByteArray& text)
{
    const int at = below(text.size() + 1);
    const int length = below(std::min<qsizetype>(64, text.size() - at) + 1);
    switch (below(7)) {
    case 0:
        if (at < text.size())
            text[at] = static_cast<char>(text.at(at) ^ (1 << below(8)));
        break;
    case 1: text.remove(at, length); break;
    case 2: text.insert(at, dictionary().at(below(dictionary().size()))); break;
    case 3: text.replace(at, length, dictionary().at(below(dictionary().size()))); break;
    case 4: text.insert(at, text.mid(below(text.size()), length)); break;
    case 5: text.truncate(at); break;
    default: {
        const QByteArray other = m_corpus.at(below(m_corpus.size()));
        text = text.first(at) + other.sliced(below(other.size()));
    }
    }
}

} // namespace kindling::test
