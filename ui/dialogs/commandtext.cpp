// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/commandtext.h"

#include <QRegularExpression>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
class Splitter {
public:
    void take(QChar c)
    {
        if (m_isEscaped) {
            append(c);
            m_isEscaped = false;
        } else if (c == u'\\' && m_quote != u'\'') {
            m_isEscaped = true;
        } else if (!m_quote.isNull()) {
            takeQuoted(c);
        } else if (c == u'\'' || c == u'"') {
            m_quote = c;
            m_hasWord = true;
        } else if (c.isSpace()) {
            finishWord();
        } else {
            append(c);
        }
    }
    [[nodiscard]] std::optional<QStringList> finish()
    {
        if (m_isEscaped || !m_quote.isNull())
            return std::nullopt;
        finishWord();
        return m_words;
    }

private:
    void takeQuoted(QChar c)
    {
        if (c == m_quote)
            m_quote = {};
        else
            append(c);
    }
    void append(QChar c)
    {
        m_word += c;
        m_hasWord = true;
    }
    void finishWord()
    {
        if (m_hasWord)
            m_words += m_word;
        m_word.clear();
        m_hasWord = false;
    }

    QStringList m_words;
    QString m_word;
    QChar m_quote;
    bool m_hasWord = false; ///< an empty pair of quotes is a word too
    bool m_isEscaped = false;
};
}

std::optional<QStringList> splitArguments(const QString& text)
{
    Splitter splitter;
    for (const QChar c : text)
        splitter.take(c);
    return splitter.finish();
}

QString joinArguments(const QStringList& arguments)
{
    static const QRegularExpression plain(u"^[\\w@%+=:,./-]+$"_s);
    QStringList words;
    for (const QString& argument : arguments) {
        if (plain.match(argument).hasMatch())
            words += argument;
        else
            words += u'\'' + QString(argument).replace(u'\'', "'\\''"_L1) + u'\'';
    }
    return words.join(u' ');
}

ConfText parseConf(const QString& text)
{
    static const QRegularExpression line(u"^([^=\\s]+)(?:\\s*=\\s*|\\s+)(.*)$"_s);
    ConfText result;
    int number = 0;
    for (const QString& raw : text.split(u'\n')) {
        ++number;
        const QString typed = raw.trimmed();
        if (typed.isEmpty() || typed.startsWith(u'#'))
            continue;
        const auto match = line.match(typed);
        if (match.hasMatch())
            result.conf.insert(match.captured(1), match.captured(2));
        else if (result.badLine == 0)
            result.badLine = number;
    }
    return result;
}

} // namespace kindling
