// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/logline.h"

#include <algorithm>

namespace kindling {

qsizetype overlapOf(const QStringList& before, const QStringList& now)
{
    for (qsizetype start = std::max<qsizetype>(0, before.size() - now.size()); start < before.size(); ++start) {
        if (std::equal(before.cbegin() + start, before.cend(), now.cbegin()))
            return before.size() - start;
    }
    return 0;
}

} // namespace kindling
