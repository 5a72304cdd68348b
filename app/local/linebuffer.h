// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace kindling::local {

/// Cuts a byte stream into lines; what is scanned once is not scanned again.
class LineBuffer {
public:
    /// The lines that `bytes` completes, without their ends.
    [[nodiscard]] QByteArrayList take(const QByteArray& bytes);
    /// What is left without an end.
    [[nodiscard]] QByteArray takeRest() { return std::exchange(m_rest, {}); }

private:
    QByteArray m_rest;
};

} // namespace kindling::local
