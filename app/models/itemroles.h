// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"

#include <QList>
#include <QVariant>

#include <numeric>

namespace kindling {

/// What every model answers for a session or batch by the roles of roles.h; invalid for other roles.
[[nodiscard]] QVariant itemRole(const TrackedItem& item, int role);
/// Who it runs as, else who made it.
[[nodiscard]] const QString& ownerOf(const SparkItem& item);
/// "12 etl-ann"
[[nodiscard]] QString itemLabel(const QString& id, const QString& name);

/// The first line of a piece of code, cut where it is long.
[[nodiscard]] QString firstLineOf(const QString& code);
/// int ms by the driver's clock; invalid = not told
[[nodiscard]] QVariant tookMs(const StatementSeen& statement);

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

/// More gaps than this are not closed one by one: each moves all rows behind it.
constexpr int mostGaps = 16;

[[nodiscard]] inline bool hasManyGaps(const QList<int>& descendingRows)
{
    int gaps = 0;
    forEachRun(descendingRows, [&gaps](int, int) { ++gaps; });
    return gaps > mostGaps;
}

/// Moves the rows of a descending list behind all others, in their order. Gives for each row where it went.
template<typename Row>
[[nodiscard]] QList<int> sink(QList<Row>& rows, const QList<int>& descendingRows)
{
    QList<Row> kept;
    QList<Row> sunk;
    QList<int> places(rows.size());
    kept.reserve(rows.size());
    const qsizetype firstSunk = rows.size() - descendingRows.size();
    qsizetype left = descendingRows.size();
    for (qsizetype row = 0; row < rows.size(); ++row) {
        const bool sinks = left > 0 && descendingRows.at(left - 1) == row;
        left -= static_cast<qsizetype>(sinks);
        places[row] = static_cast<int>(sinks ? firstSunk + sunk.size() : kept.size());
        (sinks ? sunk : kept).append(std::move(rows[row]));
    }
    kept.append(std::move(sunk));
    rows = std::move(kept);
    return places;
}

/// The last `count` of `size` rows, descending.
[[nodiscard]] inline QList<int> lastRows(qsizetype count, qsizetype size)
{
    QList<int> rows(count);
    std::iota(rows.rbegin(), rows.rend(), static_cast<int>(size - count));
    return rows;
}

} // namespace kindling
