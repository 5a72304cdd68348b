// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kindling {

/// Shows other windows of this user that this one is there, for as long as it lives and however it ends: the kernel lets
/// go of the lock.
class Presence final {
public:
    /// Locks that file, which is made, and its folder, where missing.
    explicit Presence(const QString& path);
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;
    ~Presence();

    /// Nobody else was there when this began. False also where that cannot be known.
    [[nodiscard]] bool wasAlone() const { return m_wasAlone; }

private:
    int m_descriptor = -1;
    bool m_wasAlone = false;
};

} // namespace kindling
