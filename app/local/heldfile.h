// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <utility>

namespace kindling::local {

/// A file that only the user can read and that is locked while this object lives: the kernel lets go of the lock however
/// the process ends. Removed with this object; what a killed process left is there to be taken or removed by anyone.
class HeldFile {
public:
    /// A fresh one, in the place of one that nobody holds. Nothing = another process holds it, or it cannot be made.
    static std::optional<HeldFile> make(const QString& path);
    /// Removes what nobody holds. False = somebody holds it, or it cannot be removed.
    static bool removeUnheld(const QString& path);

    HeldFile(HeldFile&& other) noexcept
        : m_path(std::exchange(other.m_path, {}))
        , m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    HeldFile& operator=(HeldFile&& other) noexcept;
    HeldFile(const HeldFile&) = delete;
    HeldFile& operator=(const HeldFile&) = delete;
    ~HeldFile();

    [[nodiscard]] QString path() const { return m_path; }
    /// False = not all of it could be written.
    [[nodiscard]] bool write(const QByteArray& content) const;

private:
    HeldFile(QString path, int descriptor)
        : m_path(std::move(path))
        , m_descriptor(descriptor)
    {
    }

    QString m_path;
    int m_descriptor = -1;
};

} // namespace kindling::local
