// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/sourcefile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace kindling::rules {

namespace {

/// Walks the text once and blanks what is not code.
class Blanker {
public:
    explicit Blanker(SourceFile& file)
        : m_file(file)
    {
    }

    void run()
    {
        while (m_at < m_file.text.size()) {
            if (startsWith("//"_L1))
                blankComment(untilLineEnd());
            else if (startsWith("/*"_L1))
                blankComment(after("*/"_L1, m_at + 2));
            else if (startsWith("R\""_L1))
                rawString();
            else if (now() == u'"')
                quoted(u'"');
            else if (now() == u'\'' && !isDigitSeparator())
                quoted(u'\'');
            else
                ++m_at;
        }
    }

private:
    [[nodiscard]] QChar now() const { return m_file.text.at(m_at); }
    [[nodiscard]] bool startsWith(QLatin1StringView s) const { return QStringView(m_file.text).sliced(m_at).startsWith(s); }

    [[nodiscard]] qsizetype after(const QString& mark, qsizetype from) const
    {
        const auto at = m_file.text.indexOf(mark, from);
        return at < 0 ? m_file.text.size() : at + mark.size();
    }

    [[nodiscard]] qsizetype untilLineEnd() const
    {
        const auto at = m_file.text.indexOf(u'\n', m_at);
        return at < 0 ? m_file.text.size() : at;
    }

    [[nodiscard]] bool isDigitSeparator() const
    {
        auto start = m_at;
        while (start > 0 && (m_file.text.at(start - 1).isLetterOrNumber() || m_file.text.at(start - 1) == u'\''))
            --start;
        return start < m_at && m_file.text.at(start).isDigit();
    }

    static void blank(QString& text, qsizetype from, qsizetype to)
    {
        for (auto i = from; i < to; ++i) {
            if (text.at(i) != u'\n')
                text[i] = u' ';
        }
    }

    void blankComment(qsizetype end)
    {
        blank(m_file.plain, m_at, end);
        blank(m_file.code, m_at, end);
        m_at = end;
    }

    void rawString()
    {
        const auto open = m_file.text.indexOf(u'(', m_at);
        const QString mark = u')' + m_file.text.sliced(m_at + 2, open - m_at - 2) + u'"';
        const auto end = after(mark, open);
        blank(m_file.code, m_at + 2, end - 1);
        m_at = end;
    }

    void quoted(QChar quote)
    {
        auto end = m_at + 1;
        while (end < m_file.text.size() && m_file.text.at(end) != quote && m_file.text.at(end) != u'\n')
            end += m_file.text.at(end) == u'\\' ? 2 : 1;
        end = std::min(end, m_file.text.size());
        blank(m_file.code, m_at + 1, end);
        m_at = std::min(end + 1, m_file.text.size());
    }

    SourceFile& m_file;
    qsizetype m_at = 0;
};

} // namespace

QString SourceFile::place(qsizetype offset, const QString& what) const
{
    return u"%1:%2: %3"_s.arg(path).arg(lineAt(offset)).arg(what);
}

SourceFile makeSource(const QString& path, const QString& text)
{
    SourceFile file{ path, text, text, text };
    Blanker(file).run();
    return file;
}

QList<SourceFile> readSources(const QStringList& folders)
{
    QStringList paths;
    for (const QString& folder : folders) {
        QDirIterator files(QStringLiteral(KINDLING_SOURCE_DIR "/") + folder, { u"*.cpp"_s, u"*.h"_s }, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext())
            paths << files.next().sliced(QStringLiteral(KINDLING_SOURCE_DIR "/").size());
    }
    paths.sort();
    QList<SourceFile> sources;
    for (const QString& path : std::as_const(paths))
        sources << makeSource(path, readTreeFile(path));
    return sources;
}

QString readTreeFile(const QString& path)
{
    QFile file(QStringLiteral(KINDLING_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QByteArray listed(const QStringList& offences)
{
    return QByteArray("\n  ") + offences.join(u"\n  "_s).toUtf8();
}

} // namespace kindling::rules
