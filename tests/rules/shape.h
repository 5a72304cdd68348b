// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/rules/sourcefile.h"

namespace kindling::rules {

struct Function {
    QString name;            ///< as written before its parameters
    qsizetype offset = 0;    ///< of its first character
    qsizetype lines = 0;     ///< from its first line to its closing brace
    qsizetype parameters = 0;
    int nesting = 0;         ///< blocks of if, for, while, switch and try inside each other; a lambda counts anew
    [[nodiscard]] bool isConstructor() const;
};

/// The functions defined in a file, found by their braces; lambdas belong to the function around them.
[[nodiscard]] QList<Function> functionsOf(const SourceFile& file);
/// Files and functions past the limits of the conventions.
[[nodiscard]] QStringList sizeOffences(const SourceFile& file);

} // namespace kindling::rules
