// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/observation.h"

namespace kindling {

/// Observations that wait to be written, in their order. Beyond 64 MiB the oldest are given up.
class Backlog {
public:
    void append(const Observation& observation);
    void append(const QList<Observation>& batch);
    [[nodiscard]] const QList<Observation>& all() const { return m_all; }
    [[nodiscard]] bool isEmpty() const { return m_all.isEmpty(); }
    /// All of it; none is left.
    [[nodiscard]] QList<Observation> take();
    void clear() { static_cast<void>(take()); }

private:
    QList<Observation> m_all;
    qint64 m_bytes = 0;
};

} // namespace kindling
