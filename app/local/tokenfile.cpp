// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/tokenfile.h"

#include "app/local/access.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
constexpr qsizetype shortestToken = 16;
constexpr qsizetype longestToken = 1024;

std::unexpected<StartProblem> problem(const QString& text, const QString& path)
{
    return std::unexpected(StartProblem{ u"token-file"_s, text.arg(path) });
}

/// What can stand in a header, whole and unchanged.
bool isToken(const QByteArray& text)
{
    return text.size() >= shortestToken && text.size() <= longestToken
        && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}
}

void removeOldTokens(const QString& folder)
{
    const QDir files(folder);
    const QStringList names = files.entryList({ u"serve-*.token"_s }, QDir::Files | QDir::System | QDir::Hidden);
    for (const QString& name : names)
        HeldFile::removeUnheld(files.filePath(name));
}

bool TokenFile::write(const QString& folder, quint16 port, const QByteArray& token)
{
    QDir().mkpath(folder);
    removeOldTokens(folder);
    m_file = HeldFile::make(folder + u"/serve-%1.token"_s.arg(port));
    return m_file && m_file->write(token + '\n');
}

std::expected<QByteArray, StartProblem> keptToken(const QString& path)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly)) {
        const QByteArray token = Access::makeToken();
        if (file.write(token + '\n') < 0 || !file.flush())
            return problem(u"The token cannot be written to %1."_s, path);
        return token;
    }
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return problem(u"The token file %1 can neither be made nor read."_s, path);
    if (file.permissions() & others)
        return problem(u"Others than you may use the token file %1. Let only yourself read it: chmod 600, and a new token."_s, path);
    const QByteArray token = file.read(2 * longestToken).trimmed();
    if (!isToken(token))
        return problem(u"The token file %1 holds no token: one line of 16 to 1024 letters, digits and signs, without spaces. "
                       "Remove it, and a new one is made."_s, path);
    return token;
}

} // namespace kindling::local
