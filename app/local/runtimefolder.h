// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/heldfile.h"
#include "app/local/sparklocation.h"

#include <QDir>

namespace kindling::local {

/// The server's private folder (0700) in the cache: its scripts and the drivers' scratch space. Removed with this object;
/// what killed servers left is removed when the next one starts. A lock beside it tells that its server lives.
class RuntimeFolder {
public:
    static std::expected<RuntimeFolder, StartProblem> make(const QString& cacheFolder);
    RuntimeFolder(RuntimeFolder&&) noexcept = default;
    RuntimeFolder& operator=(RuntimeFolder&&) = delete;
    RuntimeFolder(const RuntimeFolder&) = delete;
    RuntimeFolder& operator=(const RuntimeFolder&) = delete;
    ~RuntimeFolder();

    [[nodiscard]] QString path() const { return m_lock.path().chopped(lockEnd.size()); }
    [[nodiscard]] QString script(const QString& name) const { return path() + u'/' + name; }

private:
    static constexpr QLatin1StringView lockEnd{ ".lock" };

    explicit RuntimeFolder(HeldFile lock)
        : m_lock(std::move(lock))
    {
    }
    static void removeLeftovers(const QDir& servers);

    HeldFile m_lock;
};

} // namespace kindling::local
