// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"

#include <QVariant>

namespace kindling {

/// What every model answers for a session or batch by the roles of roles.h; invalid for other roles.
[[nodiscard]] QVariant itemRole(const TrackedItem& item, const QString& serverName, int role);
/// "12 etl-ann"
[[nodiscard]] QString itemLabel(const QString& id, const QString& name);

/// Runs of neighbours in a descending list of rows, so that each is removed in one go: `remove(first, last)`.
template<typename Remove>
void forEachRun(const QList<int>& descendingRows, Remove remove)
{
    for (qsizetype i = 0; i < descendingRows.size();) {
        const int last = descendingRows.at(i);
        int first = last;
        while (++i < descendingRows.size() && descendingRows.at(i) == first - 1)
            --first;
        remove(first, last);
    }
}

} // namespace kindling
