// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/target.h"
#include "app/core/kind.h"

#include <QMap>

#include <chrono>

namespace kindling {

/// What `kindling run` was asked for.
struct RunOptions {
    QString notebook;
    QString output;
    Target target;
    std::optional<Kind> kind; ///< of the cells that name none
    QString sessionName;      ///< empty = a unique one is made
    QMap<QString, QString> conf;
    std::chrono::seconds timeout{ 0 }; ///< 0 = none
    bool keepsSession = false;
};

/// Reads the words after "run". The error is a sentence about wrong usage.
[[nodiscard]] std::expected<RunOptions, QString> readRunOptions(const QStringList& words, const QProcessEnvironment& environment);
/// "90", "90s", "15m", "2h", "1d" as seconds; nothing for anything else, and for zero.
[[nodiscard]] std::optional<std::chrono::seconds> durationFromText(const QString& text);

/// What `kindling check` was asked for.
struct CheckOptions {
    Target target;
    bool isJson = false;
};

/// Reads the words after "check".
[[nodiscard]] std::expected<CheckOptions, QString> readCheckOptions(const QStringList& words, const QProcessEnvironment& environment);

} // namespace kindling
