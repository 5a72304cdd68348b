// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace kindling {

/// Tells a file from another one that took its name.
struct FileMark {
    quint64 device = 0;
    quint64 number = 0;

    friend bool operator==(const FileMark&, const FileMark&) = default;
};
/// Nothing = there is no such file.
[[nodiscard]] std::optional<FileMark> fileMark(const QString& path);

/// The name under which a damaged file is set aside: beside it, with the time of its last change; not taken yet.
[[nodiscard]] QString damagedName(const QString& path);
/// The name of a copy of it as it is now, made now or before; empty = none can be made.
[[nodiscard]] QString copyAside(const QString& path);

} // namespace kindling
