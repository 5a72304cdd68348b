// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace kindling {

/// The translation context of what app/livy says to people; what a server said stays as it came.
struct LivyWords {
    Q_DECLARE_TR_FUNCTIONS(kindling::LivyWords)
};

} // namespace kindling
