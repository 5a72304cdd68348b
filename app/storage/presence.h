// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kindling {

/// Shows other programs that write the same records that this one is there, with a Local Spark perhaps, for as long as it
/// lives and however it ends: the kernel lets go of the lock.
class Presence final {
public:
    /// Locks a file beside the one of the records; it and its folder are made where missing.
    explicit Presence(const QString& recordFile);
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
