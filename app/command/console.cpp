// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/console.h"

#include "app/results/ansi.h"

#include <QCoreApplication>

#include <cerrno>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Console)
};

const auto clearLine = u"\r\x1b[K"_s;
constexpr qsizetype shortestSecret = 4; ///< replacing less would garble the text and hide nothing
}

QString Console::withoutSecrets(const QString& text) const
{
    QString clean = text;
    for (const QString& secret : m_secrets) {
        if (secret.size() >= shortestSecret)
            clean.replace(secret, "***"_L1);
    }
    return clean;
}

StandardConsole::StandardConsole(std::FILE* out, std::FILE* err, bool isTerminal)
    : m_out(out)
    , m_err(err)
    , m_isTerminal(isTerminal)
{
}

StandardConsole::~StandardConsole()
{
    clearStatus();
}

void StandardConsole::say(const QString& line)
{
    clearStatus();
    write(m_out, plainText(line) + u'\n');
}

void StandardConsole::show(const QString& status)
{
    if (!m_isTerminal)
        return;
    // a line that the terminal wrapped could not be taken back
    write(m_out, clearLine + u"\x1b[?7l"_s + plainText(status) + u"\x1b[?7h"_s);
    m_hasStatus = true;
}

void StandardConsole::complain(const QString& what, const QString& next)
{
    clearStatus();
    write(m_err, u"kindling: "_s + plainText(what) + u'\n');
    if (!next.isEmpty())
        write(m_err, u"  "_s + plainText(next) + u'\n');
}

void StandardConsole::clearStatus()
{
    if (m_hasStatus)
        write(m_out, clearLine);
    m_hasStatus = false;
}

void StandardConsole::write(std::FILE* file, const QString& text)
{
    const QByteArray bytes = withoutSecrets(text).toLocal8Bit();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), file);
    const bool isWritten = std::fflush(file) == 0 && std::ferror(file) == 0;
    const int why = errno;
    if (isWritten || file != m_out || !std::exchange(m_isHeard, false))
        return;
    // a reader that has gone, as head does, has what it wanted
    if (why != EPIPE)
        complain(Words::tr("The output cannot be written: %1").arg(qt_error_string(why)), {});
}

} // namespace kindling
