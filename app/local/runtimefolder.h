// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/sparklocation.h"

namespace kindling::local {

/// The server's private folder (0700) in the cache: its scripts and the drivers' scratch space. Removed with this object;
/// what killed servers left is removed when the next one starts.
class RuntimeFolder {
public:
    static std::expected<RuntimeFolder, StartProblem> make(const QString& cacheFolder);
    RuntimeFolder(RuntimeFolder&& other) noexcept
        : m_path(std::exchange(other.m_path, {}))
    {
    }
    RuntimeFolder(const RuntimeFolder&) = delete;
    RuntimeFolder& operator=(const RuntimeFolder&) = delete;
    RuntimeFolder& operator=(RuntimeFolder&&) = delete;
    ~RuntimeFolder();

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString script(const QString& name) const { return m_path + u'/' + name; }

private:
    explicit RuntimeFolder(QString path)
        : m_path(std::move(path))
    {
    }

    QString m_path;
};

/// A file with the token that only the user can read; removed with this object.
class TokenFile {
public:
    TokenFile() = default;
    TokenFile(const TokenFile&) = delete;
    TokenFile& operator=(const TokenFile&) = delete;
    ~TokenFile();

    /// False = could not be written.
    [[nodiscard]] bool write(const QString& path, const QByteArray& token);

private:
    QString m_path;
};

} // namespace kindling::local
