// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QStringList>

namespace kindling::local {

/// What became of a program that was run to its end.
struct Probe {
    bool isRun = false; ///< and ended with success
    QString text; ///< all that it printed
};

/// Waits for its end, at most 20 s.
[[nodiscard]] Probe probe(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment);

} // namespace kindling::local
