// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace kindling {

/// `kindling serve` with what stands after `serve`, in a process that has its QCoreApplication. Serves until SIGTERM or
/// SIGINT; the exit code: 0, 2 for wrong arguments, 3 where it cannot start (`kindling: error: CODE: text` on stderr,
/// CODE as in app/local/sparklocation.h).
int runServe(const QStringList& arguments);

} // namespace kindling
